//! What a row promises, as Go code.

use gomapcheck_race::LockMode;
use gomapcheck_race::models::{Effect, Entry, Joined, LaunchKind, LaunchModel, LockOperation, MapEffect};
use gomapcheck_source::Name;

use super::{Case, Expected};

/// A function that writes a map that its surroundings know.
const WRITER: &str = "func() { seen[\"a\"] = true }";
const DECLARE: &str = "seen := map[string]bool{}";
const READ: &str = "_ = seen[\"b\"]";
const WRITE: &str = "seen[\"b\"] = true";

/// The other methods of a row's receiver that its cases need.
#[derive(Default)]
pub(super) struct Neighbours {
    wait: Option<Name>,
    locks: Vec<(Name, LockOperation)>,
    done: Option<Name>,
}

impl Neighbours {
    pub(super) fn new(entries: &[&Entry], of: &Entry) -> Self {
        let Entry::Call { package: own, receiver: Some(of), .. } = of else { return Self::default() };
        let mut neighbours = Self::default();
        for entry in entries {
            let Entry::Call { package, receiver: Some(receiver), name, effect } = entry else { continue };
            if package != own || receiver != of {
                continue;
            }
            match effect {
                Effect::Wait => neighbours.wait = Some(*name),
                Effect::WaitGroupDone => neighbours.done = Some(*name),
                Effect::Lock(operation) => neighbours.locks.push((*name, *operation)),
                _ => {}
            }
        }
        neighbours
    }

    fn lock(&self, wanted: LockOperation) -> Option<Name> {
        self.locks.iter().find(|(_, operation)| *operation == wanted).map(|(name, _)| *name)
    }
}

/// The cases of one entry.
pub(super) fn cases(entry: &Entry, neighbours: &Neighbours) -> Vec<Case> {
    match entry {
        Entry::Call { package, receiver, name, effect } => {
            let row = match receiver {
                Some(receiver) => format!("{package}.{receiver}.{name}"),
                None => format!("{package}.{name}"),
            };
            Call { row, receiver: *receiver, name: *name, neighbours }.cases(effect)
        }
        Entry::Field { owner: (package, owner), field, launch } => {
            let row = format!("{package}.{owner}.{field}");
            // Callbacks that take turns are launched where the struct is handed over.
            let expected = if launch.parallel { Expected::Found } else { Expected::Silent };
            vec![function(&row, &[DECLARE, &format!("_ = api.{owner}{{{field}: {WRITER}}}")], expected)]
        }
        Entry::Adapter { ty: (package, name), launch } => {
            let row = format!("{package}.{name}");
            let kept = [DECLARE, &format!("f := api.{name}({WRITER})"), "go f()", READ];
            let mut cases = vec![function(&row, &kept, Expected::Found)];
            if launch.is_some_and(|launch| launch.parallel) {
                let launched = [DECLARE, &format!("_ = api.{name}({WRITER})")];
                cases.push(function(&row, &launched, Expected::Found));
            }
            cases
        }
        Entry::Method { name, parameters, .. } => vec![method(*name, parameters)],
        Entry::Registration { prefix, suffix, witness, ty: (package, name), service } => {
            let row = format!("{prefix}…{suffix} of {package}.{name}");
            let count = usize::from(*service).max(*witness) + 1;
            let parameter = |n| if n == *witness { format!("a{n} *api.{name}") } else { format!("a{n} any") };
            let argument =
                |n| if n == usize::from(*service) { "&serviceNAME{seen: map[string]bool{}}" } else { "nil" };
            let parameters: Vec<String> = (0..count).map(parameter).collect();
            let arguments: Vec<&str> = (0..count).map(argument).collect();
            let code = format!(
                "type serviceNAME struct{{ seen map[string]bool }}\n\n\
                 func (s *serviceNAME) Serve() {{ s.seen[\"a\"] = true }}\n\n\
                 func {prefix}NAME{suffix}({}) {{}}\n\n\
                 func NAME() {{\n\t{prefix}NAME{suffix}({})\n}}\n",
                parameters.join(", "),
                arguments.join(", "),
            );
            vec![Case { row, code, expected: Expected::Found }]
        }
    }
}

/// A function of these statements.
fn function(row: &str, statements: &[&str], expected: Expected) -> Case {
    let code = format!("func NAME() {{\n\t{}\n}}\n", statements.join("\n\t"));
    Case { row: row.to_owned(), code, expected }
}

/// A method that servers run: itself in parallel, or beside callers out of view.
fn method(name: Name, parameters: &[Option<(Name, Name)>]) -> Case {
    let parameter = |(n, ty): (usize, &Option<(Name, Name)>)| match ty {
        Some((package, name)) => format!("a{n} *«{package}».{name}"),
        None => format!("a{n} string"),
    };
    let parameters: Vec<String> = parameters.iter().enumerate().map(parameter).collect();
    let code = format!(
        "type serverNAME struct{{ seen map[string]bool }}\n\n\
         func (s *serverNAME) {name}({}) {{ s.seen[\"a\"] = true }}\n",
        parameters.join(", "),
    );
    Case { row: format!("method {name}"), code, expected: Expected::Found }
}

/// A call's row.
struct Call<'n> {
    row: String,
    receiver: Option<Name>,
    name: Name,
    neighbours: &'n Neighbours,
}

impl Call<'_> {
    fn cases(&self, effect: &Effect) -> Vec<Case> {
        match effect {
            Effect::Launch(launch) => self.launches(launch),
            Effect::Lock(operation) => self.locks(*operation),
            Effect::AssertsHeld(mode) => {
                let call = self.call("");
                let racy = matches!(mode, LockMode::Read);
                let expected = if racy { Expected::Found } else { Expected::Silent };
                vec![self.case(&[&format!("go func() {{ {call}; {WRITE} }}()"), &call, WRITE], expected)]
            }
            Effect::Wait => self.waits(),
            Effect::OnceDo => {
                let once = self.call(WRITER);
                let beside = format!("go {WRITER}()");
                vec![
                    self.case(&[&format!("go func() {{ {once} }}()"), &once, READ], Expected::Silent),
                    self.case(&[&beside, &once], Expected::Found),
                ]
            }
            Effect::OnceFunction => {
                let wrapped = format!("f := {}", self.call(WRITER));
                vec![self.case(&[&wrapped, "f()", READ], Expected::Silent)]
            }
            Effect::NeverReturns => {
                let end = self.call("");
                vec![self.case(&[&format!("go {WRITER}()"), &end, READ], Expected::Silent)]
            }
            Effect::Maps(maps) | Effect::Copies(maps) => maps.iter().map(|map| self.map(map)).collect(),
            Effect::FailsTest(maps) => {
                let unless_done = format!("select {{ case <-done: default: {} }}", self.call(""));
                let work = format!("go func() {{ {WRITE}; close(done) }}()");
                let waits = ["done := make(chan bool)", &work, &unless_done, READ];
                let looks = maps.iter().map(|map| self.map(map));
                looks.chain([self.case(&waits, Expected::Silent)]).collect()
            }
            Effect::Returns(n) => {
                let kept = format!("f := {}", self.call(&self.at(*n, WRITER)));
                vec![self.case(&[&kept, "clock.AfterFunc(1, f)", READ], Expected::Found)]
            }
            Effect::CallsNow | Effect::Case | Effect::Awaits => {
                let now = self.call(WRITER);
                vec![
                    self.case(&[&now, READ], Expected::Silent),
                    self.case(&[&format!("go func() {{ {now} }}()"), READ], Expected::Found),
                ]
            }
            // What these do shows in what follows them alone; `testdata/` has cases of each.
            Effect::ReadLocker
            | Effect::WaitGroupAdd
            | Effect::Limit
            | Effect::WaitGroupDone
            | Effect::Fresh
            | Effect::ParallelTest
            | Effect::Subtest
            | Effect::Pool
            | Effect::AtomicLoad
            | Effect::LoadElement
            | Effect::AtomicStore
            | Effect::Cached
            | Effect::CachedList
            | Effect::Field(_)
            | Effect::Asserts(..)
            | Effect::Flag(_) => Vec::new(),
        }
    }

    /// A function with a map `seen` and, for methods, a receiver `r`.
    fn case(&self, statements: &[&str], expected: Expected) -> Case {
        let receiver = self.receiver.map(|receiver| format!("var r api.{receiver}"));
        let mut all: Vec<&str> = receiver.as_deref().into_iter().collect();
        all.push(DECLARE);
        all.extend(statements);
        function(&self.row, &all, expected)
    }

    fn call(&self, arguments: &str) -> String {
        self.call_of(self.name, arguments)
    }

    fn call_of(&self, name: Name, arguments: &str) -> String {
        let owner = if self.receiver.is_some() { "r" } else { "api" };
        format!("{owner}.{name}({arguments})")
    }

    /// Arguments with `value` at place n.
    fn at(&self, n: u8, value: &str) -> String {
        format!("{}{value}", "nil, ".repeat(usize::from(n)))
    }

    fn launches(&self, launch: &LaunchModel) -> Vec<Case> {
        let mut cases = Vec::new();
        let is_over = launch.joined == Joined::AtReturn;
        let expected = if is_over && !launch.parallel { Expected::Silent } else { Expected::Found };
        if !launch.methods {
            let argument = match launch.results {
                true => format!("func() func() {{ return {WRITER} }}"),
                false => WRITER.to_owned(),
            };
            let call = self.call(&self.at(launch.first_argument, &argument));
            // What is over at its return, and parallel, races with itself; the others with what follows.
            let after = if is_over && launch.parallel { "" } else { READ };
            cases.push(self.case(&[&call, after], expected));
            if let (Joined::ByReceiver, false, Some(wait)) =
                (launch.joined, launch.parallel, self.neighbours.wait)
            {
                cases.push(self.case(&[&call, &self.call_of(wait, ""), READ], Expected::Silent));
            }
            let is_self_parallel = launch.parallel || matches!(launch.kind, LaunchKind::Launcher(_));
            if is_self_parallel && !is_over {
                cases.push(self.case(&[&format!("for range 2 {{ {call} }}")], Expected::Found));
            }
        }
        let methods = if launch.methods { &["Serve"][..] } else { launch.object_methods };
        cases.extend(methods.iter().map(|method| self.object(launch, method)));
        cases
    }

    /// An object with a method that the call launches.
    fn object(&self, launch: &LaunchModel, method: &str) -> Case {
        let object = "s := &serviceNAME{seen: map[string]bool{}}";
        let call = self.call(&self.at(launch.first_argument, "s"));
        let mut case = self.case(&[object, &call, "_ = s.seen[\"b\"]"], Expected::Found);
        let declared = format!(
            "type serviceNAME struct{{ seen map[string]bool }}\n\n\
             func (s *serviceNAME) {method}() {{ s.seen[\"a\"] = true }}\n\n"
        );
        case.code.insert_str(0, &declared);
        case
    }

    fn locks(&self, operation: LockOperation) -> Vec<Case> {
        let release =
            |mode| self.neighbours.lock(LockOperation::Release(mode)).map(|name| self.call_of(name, ""));
        match operation {
            LockOperation::Acquire(mode) => {
                let Some(release) = release(mode) else { return Vec::new() };
                let guarded = format!("{}; {WRITE}; {release}", self.call(""));
                let early = format!("{}; {release}; {WRITE}", self.call(""));
                let expected = if mode == LockMode::Write { Expected::Silent } else { Expected::Found };
                vec![
                    self.case(&[&format!("go func() {{ {guarded} }}()"), &guarded], expected),
                    self.case(&[&format!("go func() {{ {early} }}()"), &early], Expected::Found),
                ]
            }
            LockOperation::Try(LockMode::Write) => {
                let Some(release) = release(LockMode::Write) else { return Vec::new() };
                let guarded = format!("if {} {{ {WRITE}; {release} }}", self.call(""));
                vec![self.case(&[&format!("go func() {{ {guarded} }}()"), &guarded], Expected::Silent)]
            }
            LockOperation::Try(LockMode::Read) | LockOperation::Release(_) => Vec::new(),
        }
    }

    fn waits(&self) -> Vec<Case> {
        let Some(done) = self.neighbours.done else { return Vec::new() };
        let done = self.call_of(done, "");
        let launch = format!("go func() {{ defer {done}; seen[\"a\"] = true }}()");
        vec![
            self.case(&[&launch, &self.call(""), READ], Expected::Silent),
            self.case(&[&launch, READ, &self.call("")], Expected::Found),
        ]
    }

    /// An operation on a map among the arguments, or on the receiver, beside a deletion.
    fn map(&self, map: &MapEffect) -> Case {
        match map.argument {
            Some(argument) => {
                let call = self.call(&self.at(argument, "seen"));
                self.case(&[&format!("go func() {{ {call} }}()"), "delete(seen, \"b\")"], Expected::Found)
            }
            None => {
                let receiver = self.receiver.map(|receiver| receiver.to_string()).unwrap_or_default();
                let beside = format!("go func() {{ {} }}()", self.call("nil, nil"));
                let made = format!("r := api.{receiver}{{}}");
                function(&self.row, &[&made, &beside, "delete(r, \"b\")"], Expected::Found)
            }
        }
    }
}
