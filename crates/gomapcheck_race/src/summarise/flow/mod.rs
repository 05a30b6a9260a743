//! What flows into variables of interface types: a call through one of them reaches the methods of what is stored there alone.
//!
//! Only calls that could reach several types ask, and only variables, fields, parameters and results of their interfaces are
//! looked at, in one walk over the files. What is not understood makes all that depends on it unknown, and a call through
//! something unknown reaches every implementation.

mod interest;
mod stores;

use gomapcheck_ir::{ExprId, FunctionId, LocalKind};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{
    FieldRef, FunctionRef, LocalRef, MethodTarget, Program, Resolution, TypeId, TypeRef, ValueRef,
};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::summarise::flow::interest::Interest;
use crate::summarise::flow::stores::Walk;

/// So many places are followed back from one call; beyond, nothing is known.
const MOST_PLACES: usize = 32;

/// A place that holds an interface value. A parameter is the variable that it becomes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Slot {
    Field(FieldRef),
    Variable(ValueRef),
    Local(LocalRef),
    Result(FunctionRef, u32),
    /// A parameter of each function of this name: what a call hands over that may reach any of them.
    ParamOf(Name, u32),
}

/// What an expression of an interface type gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    /// `nil`, or an object of a type that is not at hand.
    Nothing,
    /// An object of this type.
    Object(TypeId),
    /// What is stored there.
    Slot(Slot),
    Unknown,
}

/// A function that is named.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Named {
    Function(FunctionRef),
    /// Any function of this name: a method of an interface, or something unknown.
    Any(Name),
}

/// What a file tells.
#[derive(Default, Debug)]
struct Facts {
    in_test: bool,
    stores: Vec<(Slot, Source)>,
    /// How often a function is named without being called, where it is.
    escapes: FxHashMap<Named, i32>,
}

/// A call through an interface that few types of the program implement.
#[derive(Clone, Debug)]
pub(super) struct InterfaceCall {
    /// The function that it stands in.
    pub(super) owner: Option<FunctionId>,
    /// What stands before the dot.
    pub(super) receiver: ExprId,
    /// The interface.
    pub(super) interface: TypeRef,
    /// The method.
    pub(super) method: Name,
    /// The embedded interface field that the method is promoted from.
    pub(super) embedded: Option<FieldRef>,
    /// The implementations of the program.
    pub(super) reached: Vec<FunctionRef>,
}

/// The interface calls that reach fewer functions than implement the interface, by the expression before the dot.
#[derive(Default, Debug)]
pub(super) struct Dispatch(FxHashMap<(FileId, ExprId), SmallVec<[FunctionRef; 2]>>);

impl Dispatch {
    /// Narrows these calls, those of one file together.
    pub(super) fn find(program: &Program<'_>, calls: &[(FileId, Vec<InterfaceCall>)]) -> Self {
        let several = |call: &&InterfaceCall| call.reached.len() > 1;
        let asked = || calls.iter().flat_map(|(_, calls)| calls).filter(several);
        let interfaces: FxHashSet<TypeRef> = asked().map(|call| call.interface).collect();
        if interfaces.is_empty() {
            return Self::default();
        }
        let files = program.files();
        let interest = Interest::find(program, &files, interfaces);
        let facts: Vec<Facts> =
            files.par_iter().map(|file| Walk::new(program, &interest, *file).facts()).collect();
        let flow = Flow::new(program, &interest, facts);
        let narrowed = calls.par_iter().flat_map_iter(|(file, calls)| {
            let asked = calls.iter().filter(several);
            asked.filter_map(|call| Some(((*file, call.receiver), flow.narrowed(*file, call)?)))
        });
        Self(narrowed.collect())
    }

    /// The functions that a call reaches, if they are not all that implement the interface.
    pub(super) fn of(&self, file: FileId, receiver: ExprId) -> Option<&[FunctionRef]> {
        if self.0.is_empty() { None } else { self.0.get(&(file, receiver)).map(SmallVec::as_slice) }
    }
}

/// All that is stored in a slot.
#[derive(Default, Debug)]
struct Stored {
    sources: SmallVec<[Source; 2]>,
    /// Something that is no test stores there.
    by_program: bool,
}

/// What is stored where.
struct Flow<'a> {
    program: &'a Program<'a>,
    interest: &'a Interest,
    stored: FxHashMap<Slot, Stored>,
    /// How often a function is named without being called.
    escapes: FxHashMap<Named, i32>,
    /// Without a main package others may use what is exported.
    has_main: bool,
}

impl<'a> Flow<'a> {
    fn new(program: &'a Program<'a>, interest: &'a Interest, facts: Vec<Facts>) -> Self {
        let mut stored: FxHashMap<Slot, Stored> = FxHashMap::default();
        let mut escapes: FxHashMap<Named, i32> = FxHashMap::default();
        for file in facts {
            for (slot, source) in file.stores {
                let stored = stored.entry(slot).or_default();
                stored.by_program |= !file.in_test;
                if !stored.sources.contains(&source) {
                    stored.sources.push(source);
                }
            }
            #[expect(clippy::iter_over_hash_type, reason = "sums are the same in any order")]
            for (named, count) in file.escapes {
                *escapes.entry(named).or_default() += count;
            }
        }
        let files = program.files();
        let has_main = files.iter().any(|file| program.package_of(*file).name.as_str() == "main");
        Self { program, interest, stored, escapes, has_main }
    }

    /// The functions that a call reaches, where they are fewer than its implementations.
    fn narrowed(&self, file: FileId, call: &InterfaceCall) -> Option<SmallVec<[FunctionRef; 2]>> {
        let start = match call.embedded {
            Some(field) => Source::Slot(Slot::Field(field)),
            None => stores::source(self.program, file, call.receiver, 0),
        };
        let Source::Slot(start) = start else { return None };
        let mut methods: SmallVec<[FunctionRef; 4]> = SmallVec::new();
        for ty in self.objects(start)? {
            match self.program.method(ty, call.method)?.method {
                MethodTarget::Declared(function) => methods.push(function),
                MethodTarget::External(..) => {}
                MethodTarget::Interface(..) => return None,
            }
        }
        let reached = || call.reached.iter().filter(|function| methods.contains(function));
        let fewer = (1..call.reached.len()).contains(&reached().count());
        fewer.then(|| reached().copied().collect())
    }

    /// The types of all that is ever stored in a slot; `None` when something else may be.
    fn objects(&self, start: Slot) -> Option<SmallVec<[TypeId; 4]>> {
        let mut objects: SmallVec<[TypeId; 4]> = SmallVec::new();
        let mut places: SmallVec<[Slot; 8]> = SmallVec::from_slice(&[start]);
        let mut next = 0;
        while let Some(slot) = places.get(next).copied() {
            next += 1;
            let stored: SmallVec<[&Stored; 2]> = [Some(slot), self.slot_by_name(slot)]
                .into_iter()
                .flatten()
                .filter_map(|s| self.stored.get(&s))
                .collect();
            let by_program = stored.iter().any(|stored| stored.by_program);
            if stored.is_empty() || places.len() > MOST_PLACES || !self.is_closed(slot, by_program) {
                return None;
            }
            for source in stored.iter().flat_map(|stored| &stored.sources) {
                match source {
                    Source::Nothing => {}
                    Source::Object(ty) if objects.contains(ty) => {}
                    Source::Object(ty) => objects.push(*ty),
                    Source::Slot(from) if places.contains(from) => {}
                    Source::Slot(from) => places.push(*from),
                    Source::Unknown => return None,
                }
            }
        }
        Some(objects)
    }

    /// A parameter as calls know it that name its function alone.
    fn slot_by_name(&self, slot: Slot) -> Option<Slot> {
        let Slot::Local(local) = slot else { return None };
        let ir = self.program.ir(local.file);
        let declared = ir.local(local.local);
        match declared.kind {
            LocalKind::Param(n) => Some(Slot::ParamOf(ir.function(declared.function).name, n)),
            _ => None,
        }
    }

    /// Whether nothing is stored in a slot that is out of view; `by_program` tells of what is stored in view.
    fn is_closed(&self, slot: Slot, by_program: bool) -> bool {
        let in_view = |file: FileId, is_exported: bool| {
            !is_exported || self.is_internal(file) || (self.has_main && by_program)
        };
        match slot {
            Slot::Field(field) => {
                let owner = self.program.field_owner(field).map(|owner| self.program.type_name(owner).1);
                let is_exported = self.program.field(field).name.is_exported()
                    && owner.is_none_or(|owner| owner.is_exported());
                in_view(field.structure.file, is_exported)
            }
            Slot::Variable(value) => {
                in_view(value.file, self.program.ir(value.file).value(value.value).name.is_exported())
            }
            Slot::Local(local) => {
                let ir = self.program.ir(local.file);
                let declared = ir.local(local.local);
                let function = FunctionRef::new(local.file, declared.function);
                match declared.kind {
                    LocalKind::Receiver => false,
                    LocalKind::Param(_) => {
                        let name = ir.function(declared.function).name;
                        let escapes = |named: Named| self.escapes.get(&named).copied().unwrap_or(0);
                        self.interest.params(function).is_some()
                            && escapes(Named::Function(function)) + escapes(Named::Any(name)) == 0
                            && in_view(local.file, name.is_exported())
                    }
                    _ => true,
                }
            }
            Slot::Result(..) | Slot::ParamOf(..) => true,
        }
    }

    /// Whether other modules cannot use what a file exports.
    fn is_internal(&self, file: FileId) -> bool {
        let package = self.program.package_of(file);
        package.name.as_str() == "main"
            || package.import_path.as_str().split('/').any(|part| part == "internal")
    }
}

/// The place that a name or selector denotes, if it can be given another value.
fn place(file: FileId, resolution: &Resolution) -> Option<Slot> {
    match resolution {
        Resolution::Local(local) => Some(Slot::Local(LocalRef::new(file, *local))),
        Resolution::Value(value) => Some(Slot::Variable(*value)),
        Resolution::Field(selection) => Some(Slot::Field(selection.field)),
        _ => None,
    }
}
