use std::borrow::Cow;

use gomapcheck_source::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::effect::{Effect, LaunchKind, LaunchModel, LockOperation};
use super::import_path::{canonical, is_copy, label};
use super::row::{Area, Field, Kind, LOCK, Launch, Means, READ_LOCK, READ_UNLOCK, Registration, Row, Shape};
use super::row::{TRY_LOCK, TRY_READ_LOCK, UNLOCK};
use super::user::{FunctionPath, UserRow};

/// The tables. Immutable once built; shared by all threads.
#[derive(Debug)]
pub struct Models {
    pub(super) calls: FxHashMap<(Name, Option<Name>, Name), Effect>,
    /// The names in `calls`: what is not among them needs no second look under another path.
    names: FxHashSet<Name>,
    pub(super) fields: FxHashMap<(Name, Name, Name), LaunchModel>,
    pub(super) adapters: FxHashMap<(Name, Name), Option<LaunchModel>>,
    pub(super) methods: FxHashMap<Name, Vec<Signature>>,
    functions: Vec<Signature>,
    pub(super) registrations: Vec<Service>,
    /// Types that order access to their own maps, by what the user says.
    containers: FxHashSet<(Name, Name)>,
    /// Every import path of the tables.
    packages: FxHashMap<&'static str, Name>,
}

/// Parameter types and what runs the functions that have them.
#[derive(Debug)]
pub(super) struct Signature {
    /// `None` where any type will do.
    pub(super) parameters: Vec<Option<(Name, Name)>>,
    pub(super) launch: LaunchModel,
}

/// A [`Registration`] with its types taken apart.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) shape: &'static Registration,
    pub(super) types: Vec<(Name, Name)>,
}

impl Default for Models {
    fn default() -> Self {
        Self::new()
    }
}

impl Models {
    /// The built-in tables.
    #[must_use]
    pub fn new() -> Self {
        let mut models = Self {
            calls: FxHashMap::default(),
            names: FxHashSet::default(),
            fields: FxHashMap::default(),
            adapters: FxHashMap::default(),
            methods: FxHashMap::default(),
            functions: Vec::new(),
            registrations: Vec::new(),
            containers: FxHashSet::default(),
            packages: FxHashMap::default(),
        };
        for area in super::AREAS {
            models.add_area(area);
        }
        models
    }

    /// The built-in tables, extended and overruled by rows from the configuration. Rows whose function name cannot be
    /// read ([`UserRow::check`]) have no effect.
    #[must_use]
    pub fn with_user_rows(rows: &[UserRow]) -> Self {
        let mut models = Self::new();
        for row in rows {
            if let Ok(FunctionPath { package, receiver, name }) = row.path() {
                let package = Name::new(&canonical(package));
                let receiver = receiver.map(Name::new);
                let name = Name::new(name);
                match row.effect.effect(package, receiver, name) {
                    Some(effect) => models.add_call(package, receiver, name, effect),
                    None => drop(models.containers.insert((package, name))),
                }
            }
        }
        models
    }

    /// What calling `package.name` or `package.receiver.name` means; `None` when no table knows it. The package may be
    /// vendored, of any major version, or under a name that its repository has left.
    #[must_use]
    pub fn call(&self, package: Name, receiver: Option<Name>, name: Name) -> Option<&Effect> {
        self.calls.get(&(package, receiver, name)).or_else(|| {
            if !self.names.contains(&name) {
                return None;
            }
            self.calls.get(&(self.known_package(package)?, receiver, name))
        })
    }

    /// Whether the user says that this type orders access to its own maps.
    #[must_use]
    pub fn is_container(&self, package: Name, name: Name) -> bool {
        !self.containers.is_empty()
            && self.containers.contains(&(Name::new(&canonical(package.as_str())), name))
    }

    /// Whether some table knows a function or lock method of this name, in whatever package: a cheap first look.
    #[must_use]
    pub fn may_know(&self, name: Name) -> bool {
        self.names.contains(&name) || self.lock_method(name, 0).is_some()
    }

    /// Whether a package is a copy of one in the tables, under a path of its own: where its functions are in view, they tell
    /// more than the original's name.
    #[must_use]
    pub fn is_copy(&self, package: Name) -> bool {
        is_copy(package.as_str())
    }

    /// If a declared method of the analysed packages is run by servers because of its name and signature (`ServeHTTP`,
    /// `Reconcile`, `Collect`, …): what runs it. `params` are its parameter types' qualified names, pointers and
    /// channels followed.
    #[must_use]
    pub fn implicit_launch(&self, method: Name, params: &[Option<(Name, Name)>]) -> Option<LaunchModel> {
        let signatures = self.methods.get(&method)?;
        signatures.iter().find(|signature| signature.fits(params)).map(|signature| signature.launch)
    }

    /// If a method is a remote procedure by its shape, as code generators prescribe it to services: `Put(context.Context,
    /// *PutRequest) (*PutResponse, error)`, `Watch(*WatchRequest, Store_WatchServer) error`. Clients have further parameters.
    #[must_use]
    pub fn remote_procedure(
        &self,
        method: Name,
        params: &[Option<(Name, Name)>],
        results: usize,
    ) -> Option<LaunchModel> {
        let is_named = |param: Option<(Name, Name)>, prefix: &str, suffix: &str| {
            param.is_some_and(|(_, ty)| {
                let rest = ty.as_str().strip_suffix(suffix).and_then(|ty| ty.strip_suffix(method.as_str()));
                rest.is_some_and(
                    |rest| if prefix.is_empty() { rest.is_empty() } else { rest.ends_with(prefix) },
                )
            })
        };
        let is_context =
            |param: Option<(Name, Name)>| param.is_some_and(|(package, _)| package.as_str() == "context");
        let fits = match (params, results) {
            ([context, request], 2) => is_context(*context) && is_named(*request, "", "Request"),
            ([.., stream], 1) => params.len() <= 2 && is_named(*stream, "_", "Server"),
            _ => false,
        };
        fits.then(|| compile(&super::row::handler(0), Name::new("the RPC server")))
    }

    /// Whether functions of this signature are a program's commands, which a command line library runs
    /// (`func(*cobra.Command, []string) error`). `params` as for [`Models::implicit_launch`].
    #[must_use]
    pub fn is_command(&self, params: &[Option<(Name, Name)>]) -> bool {
        super::commands::is_command(params)
    }

    /// If functions of this signature are handlers by their nature, whatever their name
    /// (`func(http.ResponseWriter, *http.Request)`, `func(*gin.Context)`): what runs them. Always weak: the function
    /// may be a helper that handlers call. `params` as for [`Models::implicit_launch`].
    #[must_use]
    pub fn signature_launch(&self, params: &[Option<(Name, Name)>]) -> Option<LaunchModel> {
        self.functions.iter().find(|signature| signature.fits(params)).map(|signature| signature.launch)
    }

    /// What runs the functions that are stored in this field of a library's struct: `http.Server.Handler`,
    /// `leaderelection.LeaderCallbacks.OnNewLeader`.
    #[must_use]
    pub fn field_launch(&self, package: Name, owner: Name, field: Name) -> Option<LaunchModel> {
        let get = |package| self.fields.get(&(package, owner, field)).copied();
        get(package).or_else(|| get(self.known_package(package)?))
    }

    /// Whether a conversion to this type keeps the function value (`http.HandlerFunc(f)`).
    #[must_use]
    pub fn is_function_adapter(&self, package: Name, name: Name) -> bool {
        self.adapter(package, name).is_some()
    }

    /// What runs a function because it was converted to this type, wherever the value then goes
    /// (`return http.HandlerFunc(f)` in a middleware).
    #[must_use]
    pub fn adapter_launch(&self, package: Name, name: Name) -> Option<LaunchModel> {
        self.adapter(package, name)?
    }

    /// Whether a function registers a service, judged by its name and its first parameter's type:
    /// `RegisterGreeterServer(s *grpc.Server, …)`, as code generators write it into any package.
    #[must_use]
    pub fn is_service_registration(&self, function: Name, first_parameter: Option<(Name, Name)>) -> bool {
        self.service_registration(function, &[first_parameter]).is_some()
    }

    /// Whether a function of this name may register a service: [`Models::service_registration`] tells.
    #[must_use]
    pub fn may_register_service(&self, function: Name) -> bool {
        self.registrations.iter().any(|service| service.is_named_so(function))
    }

    /// If a function registers a service, judged by its name and its parameters' types: the launch of the service's
    /// methods. Its `first_argument` is the service.
    #[must_use]
    pub fn service_registration(
        &self,
        function: Name,
        params: &[Option<(Name, Name)>],
    ) -> Option<LaunchModel> {
        let service = self.registrations.iter().find(|service| {
            service.is_named_so(function)
                && params.get(service.shape.witness).copied().flatten().is_some_and(|parameter| {
                    service.types.iter().any(|expected| is_same_type(*expected, parameter))
                })
        })?;
        let launch = super::row::handler(service.shape.service).service().single();
        Some(compile(&launch, function))
    }

    /// The lock operation of a method of a type outside the analysed packages, told by its name alone. Per-key locks
    /// (`Lock(name)`) take parameters and are none. Ask [`Models::call`] first: it knows locks that guard nothing.
    #[must_use]
    pub fn lock_method(&self, name: Name, parameter_count: usize) -> Option<LockOperation> {
        let effect = match name.as_str() {
            _ if parameter_count > 0 => return None,
            "Lock" => LOCK,
            "Unlock" => UNLOCK,
            "RLock" => READ_LOCK,
            "RUnlock" => READ_UNLOCK,
            "TryLock" => TRY_LOCK,
            "TryRLock" => TRY_READ_LOCK,
            _ => return None,
        };
        match effect {
            Effect::Lock(operation) => Some(operation),
            _ => None,
        }
    }

    /// The package under the path that the tables use, if that is not its own.
    fn known_package(&self, package: Name) -> Option<Name> {
        match canonical(package.as_str()) {
            Cow::Borrowed(path) if path == package.as_str() => None,
            path => self.packages.get(&*path).copied(),
        }
    }

    fn adapter(&self, package: Name, name: Name) -> Option<Option<LaunchModel>> {
        let get = |package| self.adapters.get(&(package, name)).copied();
        get(package).or_else(|| get(self.known_package(package)?))
    }

    fn add_area(&mut self, area: &'static Area) {
        for row in area.rows {
            for (package, receiver, name) in row_keys(row) {
                let effect = match row.means {
                    Means::Is(effect) => effect,
                    Means::Launch(launch) => Effect::Launch(compile(&launch, label(package, receiver, name))),
                };
                self.add_call(package, receiver, name, effect);
            }
        }
        for field in area.fields {
            for (package, owner, name) in field_keys(field) {
                let launch = compile(&field.launch, label(package, Some(owner), name));
                self.packages.insert(package.as_str(), package);
                self.fields.insert((package, owner, name), launch);
            }
        }
        for adapter in area.adapters {
            let package = Name::new(adapter.package);
            self.packages.insert(package.as_str(), package);
            for name in names(adapter.types) {
                let launch = adapter.launch.map(|launch| compile(&launch, label(package, None, name)));
                self.adapters.insert((package, name), launch);
            }
        }
        for shape in area.shapes {
            self.add_shape(shape);
        }
        for registration in area.registrations {
            let types = registration.types.split_whitespace().filter_map(qualified).collect();
            self.registrations.push(Service { shape: registration, types });
        }
    }

    fn add_call(&mut self, package: Name, receiver: Option<Name>, name: Name, effect: Effect) {
        self.packages.insert(package.as_str(), package);
        self.names.insert(name);
        self.calls.insert((package, receiver, name), effect);
    }

    fn add_shape(&mut self, shape: &Shape) {
        let parameters = shape.parameters.split_whitespace().map(qualified).collect();
        let signature = Signature { parameters, launch: compile(&shape.launch, Name::new(shape.label)) };
        if shape.name.is_empty() {
            self.functions.push(signature);
        } else {
            self.methods.entry(Name::new(shape.name)).or_default().push(signature);
        }
    }
}

impl Service {
    fn is_named_so(&self, function: Name) -> bool {
        let text = function.as_str();
        let inner = text.strip_prefix(self.shape.prefix);
        inner.is_some_and(|inner| inner.ends_with(self.shape.suffix))
    }
}

impl Signature {
    fn fits(&self, params: &[Option<(Name, Name)>]) -> bool {
        let fits = |(index, expected): (usize, &Option<(Name, Name)>)| match (*expected, params[index]) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(expected), Some(found)) => is_same_type(expected, found),
        };
        self.parameters.len() == params.len() && self.parameters.iter().enumerate().all(fits)
    }
}

/// Whether a type of the program is the one that a table means.
fn is_same_type(expected: (Name, Name), found: (Name, Name)) -> bool {
    expected.1 == found.1
        && (expected.0 == found.0 || expected.0.as_str() == canonical(found.0.as_str()).as_ref())
}

fn compile(launch: &Launch, label: Name) -> LaunchModel {
    let kind = match launch.kind {
        Kind::Launcher => LaunchKind::Launcher(label),
        Kind::Handler => LaunchKind::Handler(label),
        Kind::Callback => LaunchKind::Callback(label),
        Kind::Test => LaunchKind::Test(label),
    };
    LaunchModel {
        kind,
        first_argument: launch.first_argument,
        single_argument: launch.single_argument,
        results: launch.results,
        methods: launch.methods,
        object_methods: launch.object_methods,
        parallel: launch.parallel,
        joined: launch.joined,
        weak: launch.weak,
    }
}

/// The names of a list; nothing for `_`.
fn names(list: &str) -> impl Iterator<Item = Name> {
    list.split_whitespace().map(Name::new)
}

/// A qualified type; `None` for `_`.
fn qualified(text: &str) -> Option<(Name, Name)> {
    let (package, name) = text.rsplit_once('.')?;
    Some((Name::new(package), Name::new(name)))
}

fn row_keys(row: &Row) -> impl Iterator<Item = (Name, Option<Name>, Name)> {
    names(row.packages).flat_map(move |package| {
        names(row.receivers).flat_map(move |receiver| {
            let receiver = (receiver.as_str() != "_").then_some(receiver);
            names(row.names).map(move |name| (package, receiver, name))
        })
    })
}

fn field_keys(field: &Field) -> impl Iterator<Item = (Name, Name, Name)> {
    let package = Name::new(field.package);
    names(field.owner).flat_map(move |owner| names(field.names).map(move |name| (package, owner, name)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use gomapcheck_source::Name;

    use super::{Models, canonical, field_keys, names, row_keys};
    use crate::models::AREAS;
    use crate::models::testing::models;

    #[test]
    fn no_two_rows_speak_of_one_function() {
        let mut seen = BTreeSet::new();
        for row in AREAS.iter().flat_map(|area| area.rows) {
            for key in row_keys(row) {
                assert!(seen.insert(key), "two rows: {key:?}");
            }
        }
        assert_eq!(seen.len(), models().calls.len());
    }

    #[test]
    fn no_two_rows_speak_of_one_field_or_type() {
        let mut fields = BTreeSet::new();
        for key in AREAS.iter().flat_map(|area| area.fields).flat_map(field_keys) {
            assert!(fields.insert(key), "two rows: {key:?}");
        }
        let mut types = BTreeSet::new();
        for adapter in AREAS.iter().flat_map(|area| area.adapters) {
            for name in names(adapter.types) {
                assert!(types.insert((adapter.package, name)), "two rows: {adapter:?} {name}");
            }
        }
    }

    #[test]
    fn no_two_shapes_are_alike() {
        let mut seen = BTreeSet::new();
        for shape in AREAS.iter().flat_map(|area| area.shapes) {
            assert!(seen.insert((shape.name, shape.parameters)), "two rows: {shape:?}");
            assert!(!shape.name.is_empty() || shape.launch.weak, "certain of a mere signature: {shape:?}");
        }
    }

    #[test]
    fn tables_are_written_in_canonical_paths() {
        let areas = AREAS.iter();
        let rows = areas.clone().flat_map(|area| area.rows).flat_map(|row| names(row.packages));
        let fields = areas.clone().flat_map(|area| area.fields).map(|field| field.package.into());
        let adapters = areas.flat_map(|area| area.adapters).map(|adapter| adapter.package.into());
        for package in rows.chain(fields).chain(adapters).collect::<BTreeSet<Name>>() {
            assert_eq!(canonical(package.as_str()), package.as_str());
        }
    }

    #[test]
    fn what_no_table_knows_means_nothing() {
        let models = Models::default();
        assert!(models.call("example.org/a".into(), None, "HandleFunc".into()).is_none());
        assert!(models.call("net/http".into(), Some("Nothing".into()), "HandleFunc".into()).is_none());
        assert!(models.call("net/http".into(), None, "NoSuchFunction".into()).is_none());
        assert!(models.implicit_launch("ServeHTTP".into(), &[]).is_none());
    }

    #[test]
    fn foreign_locks_are_known_by_their_methods() {
        assert!(models().lock_method("Lock".into(), 0).is_some());
        assert!(models().lock_method("TryRLock".into(), 0).is_some());
        assert!(models().lock_method("Lock".into(), 1).is_none());
        assert!(models().lock_method("LockKey".into(), 0).is_none());
    }
}
