//! Guards that comments declare, at the map or at the lock.

use gomapcheck_ir::{self as ir, ExprKind, NoteTarget, StructId, ValueId};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{FieldRef, Program, StructRef, TypeId, ValueRef};
use rustc_hash::FxHashMap;

use crate::conflict::Location;
use crate::contexts::{lock_of_value, package_value};
use crate::domain::{Key, KeyOwner};
use crate::guards::note::{guard_named, guarded_named};
use crate::lock_types::{is_lock, lock_in};
use crate::models::Models;

/// The declared guard of each declaration that has one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Declared {
    guards: FxHashMap<Key, (Key, Location)>,
}

impl Declared {
    /// The lock and the comment that declares it.
    pub(crate) fn of(&self, map: &Key) -> Option<(&Key, Location)> {
        self.guards.get(map).map(|(lock, location)| (lock, *location))
    }

    /// Declares a guard; the first comment wins.
    pub(crate) fn insert(&mut self, map: Key, lock: Key, comment: Location) {
        self.guards.entry(map).or_insert((lock, comment));
    }
}

/// Reads the comments of the packages of these files, each file once.
pub(crate) fn declared_guards(program: &Program<'_>, models: &Models, files: &[FileId]) -> Declared {
    let mut packages: Vec<_> = files.iter().map(|file| program.package_of(*file)).collect();
    packages.sort_by_key(|package| package.id);
    packages.dedup_by_key(|package| package.id);
    let all = packages.iter().flat_map(|package| package.files.iter().copied());
    let mut declared = Declared::default();
    for file in all {
        let ir = program.ir(file);
        let mut reader = Reader { program, models, file, ir, declared: &mut declared };
        for note in &ir.notes {
            match note.target {
                NoteTarget::Field(structure, index) => reader.at_field(structure, index, note),
                NoteTarget::Value(value) => reader.at_value(value, note),
                NoteTarget::Function(_) | NoteTarget::Type(_) | NoteTarget::Code(_) => {}
            }
        }
    }
    declared
}

struct Reader<'r, 'p> {
    program: &'r Program<'p>,
    models: &'r Models,
    file: FileId,
    ir: &'r ir::File,
    declared: &'r mut Declared,
}

impl Reader<'_, '_> {
    fn at_field(&mut self, structure: StructId, index: u32, note: &ir::Note) {
        let comment = Location { file: self.file, span: note.span };
        let Some(owner) = self.struct_key(structure) else { return };
        let fields = &self.ir.struct_type(structure).fields;
        let Some(field) = fields.get(index as usize) else { return };
        let key = |field: &ir::Field| owner.field(None, field.name);
        if self.is_lock(self.field_type(structure, index)) {
            let Some(guarded) = guarded_named(&note.text) else { return };
            let named: Vec<&ir::Field> = fields
                .iter()
                .filter(|other| guarded.names.iter().any(|name| name == other.name.as_str()))
                .collect();
            let meant = match (named.is_empty(), guarded.following) {
                (true, true) => self.fields_behind(structure, index),
                _ => named,
            };
            let is_excepted =
                |field: &&ir::Field| guarded.excepted.iter().any(|name| name == field.name.as_str());
            let maps: Vec<Key> = meant.into_iter().filter(|field| !is_excepted(field)).map(key).collect();
            for map in maps {
                self.declared.insert(map, key(field), comment);
            }
        } else if let Some(lock) =
            guard_named(&note.text).and_then(|lock| self.lock_in(structure, &owner, &lock))
        {
            self.declared.insert(key(field), lock, comment);
        }
    }

    fn at_value(&mut self, value: ValueId, note: &ir::Note) {
        let comment = Location { file: self.file, span: note.span };
        let key = |value: ValueRef| Key::owner(KeyOwner::Value(value));
        let this = ValueRef::new(self.file, value);
        if self.is_lock(self.value_type(value)) {
            let Some(guarded) = guarded_named(&note.text) else { return };
            for name in guarded.names {
                if let Some(map) = package_value(self.program, self.file, Name::new(&name)) {
                    self.declared.insert(key(map), key(this), comment);
                }
            }
        } else if let Some(lock) = guard_named(&note.text) {
            let last = lock.rsplit('.').next().unwrap_or(&lock);
            if let Some(lock) = package_value(self.program, self.file, Name::new(last)) {
                let lock = lock_of_value(self.program, self.models, lock);
                self.declared.insert(key(this), lock, comment);
            }
        }
    }

    /// The lock that a comment in a struct names: a field of the struct, else a package variable.
    fn lock_in(&self, structure: StructId, owner: &Key, written: &str) -> Option<Key> {
        let mut parts = written.rsplit('.');
        let last = Name::new(parts.next()?);
        let is_path = parts.count() > 1;
        let fields = &self.ir.struct_type(structure).fields;
        let mut named = (0..).zip(fields).filter(|(_, field)| !is_path && field.name == last);
        if let Some((index, _)) = named.next() {
            let ty = self.field_type(structure, index);
            return Some(lock_in(self.program, self.models, owner.field(None, last), ty));
        }
        if let Some(embedded) = self.embedded_lock(structure, last) {
            return Some(owner.field(None, embedded));
        }
        let value = package_value(self.program, self.file, last)?;
        Some(lock_of_value(self.program, self.models, value))
    }

    /// The embedded mutex of a struct whose comments speak of its "lock" or "mutex".
    fn embedded_lock(&self, structure: StructId, written: Name) -> Option<Name> {
        let noun = ["lock", "mutex", "Mutex", "RWMutex"].contains(&written.as_str());
        let fields = (0..).zip(&self.ir.struct_type(structure).fields);
        let mut locks = fields
            .filter(|(index, field)| field.embedded && self.is_lock(self.field_type(structure, *index)))
            .map(|(_, field)| field.name);
        locks.next().filter(|_| noun)
    }

    /// The fields after field `index`, up to the next lock or, as far as the distances tell, the next blank line.
    fn fields_behind(&self, structure: StructId, index: u32) -> Vec<&ir::Field> {
        let fields = &self.ir.struct_type(structure).fields;
        let mut behind: Vec<&ir::Field> = Vec::new();
        for next in index + 1..u32::try_from(fields.len()).unwrap_or(0) {
            let (before, field) = (&fields[next as usize - 1], &fields[next as usize]);
            let gap = field.span.start.saturating_sub(self.ir.span(before.ty).end);
            // Two line feeds and a tab; where a comment lies between, the distance says nothing.
            let blank_line = gap == 3 && !behind.is_empty();
            if blank_line || self.is_lock(self.field_type(structure, next)) {
                break;
            }
            behind.push(field);
        }
        behind
    }

    fn is_lock(&self, ty: TypeId) -> bool {
        is_lock(self.program, self.models, ty)
    }

    fn field_type(&self, structure: StructId, index: u32) -> TypeId {
        self.program.field_type(FieldRef { structure: StructRef::new(self.file, structure), index })
    }

    fn value_type(&self, value: ValueId) -> TypeId {
        let declaration = self.ir.value(value);
        let typed = declaration.ty.or(declaration.init);
        typed.map_or(TypeId::UNKNOWN, |expr| self.program.type_of(self.file, expr))
    }

    /// The declared type of a struct, or the package variable that is one.
    fn struct_key(&self, structure: StructId) -> Option<Key> {
        let field = FieldRef { structure: StructRef::new(self.file, structure), index: 0 };
        if let Some(owner) = self.program.field_owner(field) {
            return Some(Key::owner(KeyOwner::Type(owner)));
        }
        let is_it = |expr: Option<ir::ExprId>| {
            expr.is_some_and(|expr| self.ir.kind(expr) == ExprKind::StructType(structure))
        };
        let literal = |expr: Option<ir::ExprId>| match expr.map(|expr| self.ir.kind(expr)) {
            Some(ExprKind::Composite { ty, .. }) => ty,
            _ => None,
        };
        let index = self.ir.values.iter().position(|value| is_it(value.ty) || is_it(literal(value.init)))?;
        Some(Key::owner(KeyOwner::Value(ValueRef::new(self.file, ValueId::new(index)))))
    }
}
