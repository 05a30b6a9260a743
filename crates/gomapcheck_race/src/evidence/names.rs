//! Names of functions, maps and locks as a reader of the code knows them.

use gomapcheck_ir::{FunctionKind, Param};
use gomapcheck_source::Name;
use gomapcheck_types::{FunctionRef, LocalRef, Program, Type};

use crate::conflict::Location;
use crate::domain::{Key, KeyOwner, Lock, Place, Root, Step};
use crate::evidence::finding::Side;
use crate::summary::Access;

/// Names things of one program.
#[derive(Clone, Copy)]
pub(crate) struct Names<'n, 'p> {
    program: &'n Program<'p>,
}

impl<'n, 'p> Names<'n, 'p> {
    /// For this program.
    pub(crate) fn new(program: &'n Program<'p>) -> Self {
        Self { program }
    }

    /// A function as Go's stack traces name it, without the import path: `(*Store).Put`, `main.func1`.
    pub(crate) fn function(&self, f: FunctionRef) -> String {
        let name = self.program.function_name(f);
        let ir = self.program.ir(f.file);
        if ir.function(f.function).kind == FunctionKind::Initializer {
            return "the package's variable initialisers".to_owned();
        }
        match name.receiver {
            None => name.name.to_string(),
            Some(receiver) if self.has_pointer_receiver(f) => format!("(*{receiver}).{}", name.name),
            Some(receiver) => format!("{receiver}.{}", name.name),
        }
    }

    fn has_pointer_receiver(&self, f: FunctionRef) -> bool {
        let ir = self.program.ir(f.file);
        let mut id = f.function;
        while let Some(parent) = ir.function(id).parent {
            id = parent;
        }
        ir.function(id).receiver.is_some_and(|receiver| {
            matches!(self.program.ty(self.program.type_of(f.file, receiver.ty)), Type::Pointer(_))
        })
    }

    /// Where a function's name stands.
    pub(crate) fn place_of(&self, f: FunctionRef) -> Location {
        Location { file: f.file, span: self.program.ir(f.file).function(f.function).name_span }
    }

    /// The map of one side of a finding, as the code writes it there.
    pub(crate) fn map(&self, side: &Side<'_>) -> String {
        let elsewhere = side.at != side.access.location && side.function == side.terms;
        let given = side.access.place.as_ref().filter(|_| elsewhere);
        given.and_then(|place| self.place(side.terms, place)).unwrap_or_else(|| self.operand(side.access))
    }

    /// The map of an access as the code writes it.
    pub(crate) fn operand(&self, access: &Access) -> String {
        self.program.display_expr(access.location.file, access.operand)
    }

    /// What declares a map: `field Store.items`, `package variable cache`, `variable seen`.
    pub(crate) fn declared(&self, key: &Key) -> String {
        let what = match (key.owner, key.path.is_empty()) {
            (KeyOwner::Value(_) | KeyOwner::External(..), true) => "package variable ",
            (KeyOwner::Local(_), true) => "variable ",
            (KeyOwner::Type(_) | KeyOwner::Struct(_), true) => "type ",
            _ => "field ",
        };
        let declared = format!("{what}{}", self.key(key));
        match key.depth {
            0 => declared,
            1 => format!("values of {declared}"),
            _ => format!("inner values of {declared}"),
        }
    }

    /// A map or lock by its declaration: `Store.mu`, `cache`.
    pub(crate) fn key(&self, key: &Key) -> String {
        let mut name = match key.owner {
            KeyOwner::Type(ty) => self.program.type_name(ty).1.to_string(),
            KeyOwner::External(_, name) => name.to_string(),
            KeyOwner::Struct(_) => "struct".to_owned(),
            KeyOwner::Value(value) => self.program.ir(value.file).value(value.value).name.to_string(),
            KeyOwner::Local(local) => self.local(local).to_string(),
        };
        for field in &key.path {
            name.push('.');
            name.push_str(field.as_str());
        }
        name
    }

    /// A lock as function `terms` writes it, `s.mu`; by its declaration where the function has no name for it.
    pub(crate) fn lock(&self, terms: FunctionRef, lock: &Lock) -> String {
        let written = lock.place.as_ref().and_then(|place| self.place(terms, place));
        written.unwrap_or_else(|| self.key(&lock.key))
    }

    fn place(&self, terms: FunctionRef, place: &Place) -> Option<String> {
        let mut name = match place.root {
            Root::Param(n) => self.param(terms, n)?.to_string(),
            Root::Local(local) => self.local(local).to_string(),
            Root::Global(value) => self.program.ir(value.file).value(value.value).name.to_string(),
            Root::External(_, name) => name.to_string(),
            Root::Fresh(_) => return None,
        };
        for step in &place.path {
            match step {
                Step::Field(field) => {
                    name.push('.');
                    name.push_str(field.as_str());
                }
                Step::Element => name.push_str("[…]"),
            }
        }
        Some(name)
    }

    fn param(&self, f: FunctionRef, number: u32) -> Option<Name> {
        let ir = self.program.ir(f.file);
        let function = ir.function(f.function);
        let params = &ir.signature(function.signature).params;
        let mut all = function.receiver.iter().chain(params);
        all.nth(number as usize).and_then(|param: &Param| param.name)
    }

    fn local(&self, local: LocalRef) -> Name {
        self.program.ir(local.file).local(local.local).name
    }
}
