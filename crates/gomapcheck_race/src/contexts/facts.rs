//! What is known of each function besides its summary: who may call it, what its comments promise, what it is called.

use gomapcheck_ir::{self as ir, ExprKind, FunctionKind, LocalKind};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{FunctionRef, LocalRef, Program, QualifiedFunction, Type, TypeId, TypeRef, ValueRef};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::analyse::Options;
use crate::conflict::{Location, LockMode};
use crate::contexts::for_tests::{files_for_tests, says_for_tests};
use crate::contexts::hidden::Reachable;
use crate::contexts::locks_of::lock_keys;
use crate::contexts::promise::{PromiseText, disclaims, promise_of_name, promise_of_note};
use crate::contexts::value_uses::{ValueUse, used_as_values};
use crate::domain::{Key, KeyOwner};
use crate::lock_types::{is_lock, lock_in};
use crate::models::{LaunchModel, Models};
use crate::summaries::Summaries;
use crate::summarise::decodes;
use crate::summary::Summary;

/// What kind of function, as far as callers matter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Role {
    /// A function or method with a name.
    #[default]
    Declared,
    /// A function literal.
    Literal,
    /// Runs before everything that it does not start itself: `init`, `main`, `TestMain`, package initialisers.
    Initial,
}

/// What a function expects of its callers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Promise {
    /// The locks that are held at entry; none when it is not said which.
    pub(crate) locks: Vec<Key>,
    /// How they are held.
    pub(crate) mode: LockMode,
    /// Whether they are known by pointers to them, which may lead to locks that have other names elsewhere.
    pub(crate) by_pointer: bool,
}

/// What is known of a function besides its summary.
#[derive(Clone, Debug)]
pub(crate) struct FunctionFacts {
    pub(crate) name: QualifiedFunction,
    pub(crate) role: Role,
    /// Whether packages that are not analysed may call it.
    pub(crate) exported: bool,
    /// Whether its name is upper-case, whoever may import it.
    pub(crate) upper_case: bool,
    pub(crate) in_test: bool,
    /// Whether it stands in a test file, or in one that is for tests alone.
    pub(crate) for_tests: bool,
    /// Whether its comment says that it is for tests alone.
    pub(crate) told_for_tests: bool,
    /// Where it is mentioned other than to be called; for a literal: where it stands, unless that is a call of its own.
    pub(crate) value_uses: Vec<Location>,
    /// The declared functions and initialisers in which it is mentioned so, in the order of the mentions.
    pub(crate) used_in: Vec<FunctionRef>,
    /// Whether a command line library runs it as the program's command.
    pub(crate) is_command: bool,
    /// The declared function around a literal, itself for others.
    pub(crate) outermost: FunctionRef,
    /// The type whose method it is.
    pub(crate) receiver: Option<TypeRef>,
    /// The declared types that the receiver embeds.
    pub(crate) embedded: Vec<TypeRef>,
    /// The declared types among its results.
    pub(crate) results: Vec<TypeRef>,
    /// Variables that are structs by value with a lock in them, among those whose lock it takes.
    pub(crate) copied_locks: Vec<LocalRef>,
    /// Variables that are locks of its own, among those that it takes.
    pub(crate) made_locks: Vec<LocalRef>,
    /// Whether a statement of its body puts a lock in a field: `s.mu = new(sync.Mutex)`.
    pub(crate) makes_locks: bool,
    /// Whether decoding libraries call it on an object that is being filled.
    pub(crate) decodes: bool,
    /// Whether its body is one simple statement: it does what it does whenever it is called.
    pub(crate) forwards: bool,
    pub(crate) promise: Option<Promise>,
    /// Which servers run it for its name and parameters.
    pub(crate) implicit: Option<LaunchModel>,
    /// Whether a comment asks not to look at its accesses, or says that it is not for several goroutines.
    pub(crate) ignored: bool,
}

impl FunctionFacts {
    /// Facts of a function of which nothing is known but its name.
    #[cfg(test)]
    pub(crate) fn new(function: FunctionRef, name: QualifiedFunction) -> Self {
        Self {
            name,
            role: Role::Declared,
            exported: false,
            upper_case: false,
            in_test: false,
            for_tests: false,
            told_for_tests: false,
            value_uses: Vec::new(),
            used_in: Vec::new(),
            is_command: false,
            outermost: function,
            receiver: None,
            embedded: Vec::new(),
            results: Vec::new(),
            copied_locks: Vec::new(),
            made_locks: Vec::new(),
            makes_locks: false,
            decodes: false,
            forwards: false,
            promise: None,
            implicit: None,
            ignored: false,
        }
    }
}

/// Facts by the function's number in the summaries.
pub(crate) fn collect(
    program: &Program<'_>,
    models: &Models,
    options: &Options<'_>,
    summaries: &Summaries,
) -> Vec<FunctionFacts> {
    let files = program.files();
    let reachable = Reachable::of(program, &files);
    let for_tests = files_for_tests(program, options, &files);
    let uses: Vec<Vec<ValueUse>> = files.par_iter().map(|file| used_as_values(program, *file)).collect();
    let mut values: FxHashMap<FunctionRef, Vec<ValueUse>> = FxHashMap::default();
    for usage in uses.into_iter().flatten() {
        // What tests do with a function tells nothing of it.
        if (options.is_test)(usage.function.file) || !(options.is_test)(usage.location.file) {
            values.entry(usage.function).or_default().push(usage);
        }
    }
    let notes = notes_by_function(program, &files);
    summaries
        .functions()
        .par_iter()
        .map(|function| {
            let notes = notes.get(function).map(Vec::as_slice).unwrap_or_default();
            let known = (summaries.get(*function), values.get(function).cloned().unwrap_or_default());
            let mut facts = facts_of(program, models, options, (*function, notes), known);
            facts.exported &= !is_hidden(program, &reachable, *function);
            facts.for_tests = for_tests.contains(&function.file);
            facts
        })
        .collect()
}

/// The comments above functions that are notes.
fn notes_by_function<'p>(
    program: &'p Program<'_>,
    files: &[FileId],
) -> FxHashMap<FunctionRef, Vec<&'p ir::Note>> {
    let mut notes: FxHashMap<FunctionRef, Vec<&ir::Note>> = FxHashMap::default();
    for file in files {
        for note in &program.ir(*file).notes {
            if let ir::NoteTarget::Function(function) = note.target {
                notes.entry(FunctionRef::new(*file, function)).or_default().push(note);
            }
        }
    }
    notes
}

/// Whether a method belongs to a type that outsiders get no hold of.
fn is_hidden(program: &Program<'_>, reachable: &Reachable, f: FunctionRef) -> bool {
    let function = program.ir(f.file).function(f.function);
    function
        .receiver
        .is_some_and(|receiver| reachable.hides(program, program.type_of(f.file, receiver.ty), function.name))
}

fn facts_of(
    program: &Program<'_>,
    models: &Models,
    options: &Options<'_>,
    (f, notes): (FunctionRef, &[&ir::Note]),
    (summary, uses): (Option<&Summary>, Vec<ValueUse>),
) -> FunctionFacts {
    let ir = program.ir(f.file);
    let function = ir.function(f.function);
    let (copied_locks, made_locks) = local_locks(program, models, summary);
    let package = program.package_of(f.file);
    let name = program.function_name(f);
    let receiver = receiver_type(program, f);
    let in_test = (options.is_test)(f.file);
    let upper_case = function.name.is_exported();
    let role = role_of(function, package.name);
    FunctionFacts {
        role,
        upper_case,
        exported: upper_case
            && role == Role::Declared
            && !in_test
            && package.name.as_str() != "main"
            && !is_internal(name.package.as_str()),
        in_test,
        for_tests: in_test,
        told_for_tests: notes.iter().any(|note| says_for_tests(&note.text)),
        is_command: !uses.is_empty() && is_command(program, models, f),
        value_uses: uses.iter().map(|usage| usage.location).collect(),
        used_in: uses.iter().map(|usage| usage.within).collect(),
        outermost: outermost(ir, f),
        receiver,
        embedded: embedded_types(program, f),
        results: result_types(program, f),
        copied_locks,
        made_locks,
        makes_locks: makes_locks(program, models, f),
        decodes: decodes(program, f),
        forwards: forwards(ir, function),
        promise: promise(program, models, f, receiver, notes)
            .filter(|promise| !takes_itself(summary, promise)),
        implicit: implicit_launch(program, models, f, function, in_test),
        ignored: notes
            .iter()
            .any(|note| note.text.contains("+checklocksignore") || note.text.contains("gomapcheck:ignore"))
            || notes.iter().any(|note| disclaims(&note.text)),
        name,
    }
}

/// Whether a function's body is one statement without branches.
fn forwards(ir: &ir::File, function: &ir::Function) -> bool {
    let body = function.body.map(|body| ir.stmts_of(body));
    let [only] = body.unwrap_or_default() else { return false };
    matches!(
        ir.stmt(*only).kind,
        ir::StmtKind::Expr(_)
            | ir::StmtKind::Return { .. }
            | ir::StmtKind::Go { .. }
            | ir::StmtKind::Defer { .. }
            | ir::StmtKind::Assign { .. }
    )
}

/// Whether a function assigns a lock to a field.
fn makes_locks(program: &Program<'_>, models: &Models, f: FunctionRef) -> bool {
    let ir = program.ir(f.file);
    let Some(body) = ir.function(f.function).body else { return false };
    ir.stmts_of(body).iter().any(|stmt| {
        let ir::StmtKind::Assign { targets, op: None, .. } = ir.stmt(*stmt).kind else { return false };
        ir.exprs_of(targets).iter().any(|target| {
            matches!(ir.kind(ir.unparen(*target)), ExprKind::Selector { .. })
                && is_lock(program, models, program.type_of(f.file, *target))
        })
    })
}

fn role_of(function: &ir::Function, package: Name) -> Role {
    match function.kind {
        FunctionKind::Literal => Role::Literal,
        FunctionKind::Initializer => Role::Initial,
        FunctionKind::Method => Role::Declared,
        FunctionKind::Declared => match function.name.as_str() {
            "init" | "TestMain" => Role::Initial,
            "main" if package.as_str() == "main" => Role::Initial,
            _ => Role::Declared,
        },
    }
}

fn is_internal(import_path: &str) -> bool {
    import_path.split('/').any(|element| element == "internal")
}

pub(super) fn outermost(ir: &ir::File, f: FunctionRef) -> FunctionRef {
    let mut id = f.function;
    while let Some(parent) = ir.function(id).parent {
        id = parent;
    }
    FunctionRef::new(f.file, id)
}

fn receiver_type(program: &Program<'_>, f: FunctionRef) -> Option<TypeRef> {
    let receiver = program.ir(f.file).function(f.function).receiver?;
    program.named(program.type_of(f.file, receiver.ty))
}

fn embedded_types(program: &Program<'_>, f: FunctionRef) -> Vec<TypeRef> {
    let Some(receiver) = program.ir(f.file).function(f.function).receiver else { return Vec::new() };
    let fields = program.fields(program.type_of(f.file, receiver.ty));
    let embedded = fields.into_iter().filter(|(field, _)| program.field(*field).embedded);
    embedded.filter_map(|(_, ty)| program.named(ty)).collect()
}

fn result_types(program: &Program<'_>, f: FunctionRef) -> Vec<TypeRef> {
    match program.ty(program.signature_of(f)) {
        Type::Signature(shape) => shape.results.iter().filter_map(|ty| program.named(*ty)).collect(),
        _ => Vec::new(),
    }
}

/// The types of a function's parameters, the receiver's first.
fn parameter_types(program: &Program<'_>, f: FunctionRef) -> Vec<TypeId> {
    let ir = program.ir(f.file);
    let receiver = ir.function(f.function).receiver.map(|receiver| program.type_of(f.file, receiver.ty));
    let mut types: Vec<TypeId> = receiver.into_iter().collect();
    if let Type::Signature(shape) = program.ty(program.signature_of(f)) {
        types.extend(shape.params.iter());
    }
    types
}

/// The local variables whose locks a function holds at an access: structs by value, and locks declared in it.
fn local_locks(
    program: &Program<'_>,
    models: &Models,
    summary: Option<&Summary>,
) -> (Vec<LocalRef>, Vec<LocalRef>) {
    let sites = summary.map(|summary| summary.sites.as_slice()).unwrap_or_default();
    let held = sites.iter().flat_map(|access| access.locks.perhaps.iter());
    let local = |key: &Key| match key.owner {
        KeyOwner::Local(local) => Some(local),
        _ => None,
    };
    let mut locals: Vec<LocalRef> = held.filter_map(|held| local(&held.lock.key)).collect();
    locals.sort_unstable();
    locals.dedup();
    let (mut copied, mut made) = (Vec::new(), Vec::new());
    for local in locals {
        let ty = program.local_type(local.file, local.local);
        if matches!(program.ty(ty), Type::Pointer(_)) {
            continue;
        }
        if is_lock(program, models, ty) {
            let is_variable = program.ir(local.file).local(local.local).kind == LocalKind::Variable;
            if is_variable {
                made.push(local);
            }
        } else if !lock_keys(program, models, ty).by_value.is_empty() {
            copied.push(local);
        }
    }
    (copied, made)
}

fn implicit_launch(
    program: &Program<'_>,
    models: &Models,
    f: FunctionRef,
    function: &ir::Function,
    in_test: bool,
) -> Option<LaunchModel> {
    if function.kind != FunctionKind::Method || in_test {
        return None;
    }
    let Type::Signature(shape) = program.ty(program.signature_of(f)) else { return None };
    let params = parameter_names(program, f);
    models
        .implicit_launch(function.name, &params)
        .or_else(|| models.remote_procedure(function.name, &params, shape.results.len()))
}

/// Whether a function has the parameters by which command line libraries know a program's commands.
fn is_command(program: &Program<'_>, models: &Models, f: FunctionRef) -> bool {
    models.is_command(&parameter_names(program, f))
}

/// The names of the types of a function's parameters, the receiver left out.
fn parameter_names(program: &Program<'_>, f: FunctionRef) -> Vec<Option<(Name, Name)>> {
    match program.ty(program.signature_of(f)) {
        Type::Signature(shape) => {
            shape.params.iter().map(|ty| program.qualified_name(element_of(program, *ty))).collect()
        }
        _ => Vec::new(),
    }
}

/// What a channel carries; other types themselves.
fn element_of(program: &Program<'_>, ty: TypeId) -> TypeId {
    match program.ty(ty) {
        Type::Chan(_, element) => *element,
        _ => ty,
    }
}

/// What name and doc comment say is held at entry.
fn promise(
    program: &Program<'_>,
    models: &Models,
    f: FunctionRef,
    receiver: Option<TypeRef>,
    notes: &[&ir::Note],
) -> Option<Promise> {
    let function = program.ir(f.file).function(f.function);
    if function.kind == FunctionKind::Literal {
        return None;
    }
    // Where there is no object whose lock could be meant, nor a package's own business, the name speaks of something else.
    let has_callers_lock = function.receiver.is_some()
        || !function.name.is_exported()
        || !program.ir(f.file).signature(function.signature).params.is_empty();
    // A type such as `bodyLocked`, without a lock of its own, stands for an object whose lock is held.
    let by_type = || {
        let param = function.receiver?;
        let has_own = !lock_keys(program, models, program.type_of(f.file, param.ty)).all().is_empty();
        promise_of_name(program.type_name(receiver?).1.as_str()).filter(|_| !has_own)
    };
    let text = notes
        .iter()
        .find_map(|note| promise_of_note(&note.text))
        .or_else(|| promise_of_name(function.name.as_str()).filter(|_| has_callers_lock))
        .or_else(by_type)?;
    let locks = promised_locks(program, models, f, receiver, &text);
    let is_pointer = |lock: &Key| {
        names_pointer(program, function.receiver.map(|param| program.type_of(f.file, param.ty)), lock)
    };
    let by_pointer = locks.iter().any(is_pointer);
    Some(Promise { locks, mode: text.mode, by_pointer })
}

/// Whether a lock is a field of this type that points to it, or is an interface.
fn names_pointer(program: &Program<'_>, receiver: Option<TypeId>, lock: &Key) -> bool {
    let field = receiver.zip(lock.path.last()).and_then(|(ty, name)| program.field_by_name(ty, *name));
    field.is_some_and(|selection| {
        let ty = program.field_type(selection.field);
        matches!(program.ty(program.underlying(ty)), Type::Pointer(_) | Type::Interface(_))
    })
}

/// Whether a function takes the lock that it is said to expect: then the words meant something else.
fn takes_itself(summary: Option<&Summary>, promise: &Promise) -> bool {
    summary.is_some_and(|summary| promise.locks.iter().any(|lock| summary.takes(lock)))
}

/// The locks that a promise names; where it names none, the only lock of the receiver.
fn promised_locks(
    program: &Program<'_>,
    models: &Models,
    f: FunctionRef,
    receiver: Option<TypeRef>,
    text: &PromiseText,
) -> Vec<Key> {
    let owner_locks = |ty: TypeId| lock_keys(program, models, ty).all();
    let receiver_param = program.ir(f.file).function(f.function).receiver;
    let receiver_type = receiver_param.map(|param| program.type_of(f.file, param.ty));
    let Some(path) = &text.lock else {
        let mut locks = receiver_type.map(owner_locks).unwrap_or_default();
        locks.truncate(if locks.len() == 1 { 1 } else { 0 });
        return locks;
    };
    let Some(last) = path.rsplit('.').next() else { return Vec::new() };
    let named = |key: &Key| key.path.last().is_some_and(|name| name.as_str() == last);
    for ty in parameter_types(program, f) {
        let found: Vec<Key> = owner_locks(ty).into_iter().filter(named).collect();
        if !found.is_empty() {
            return found;
        }
    }
    // A field that has the name but is not known to be a lock: a lock behind an interface or a type of its own.
    if let (Some(ty), Some(owner)) = (receiver_type, receiver)
        && let Some(selection) = program.field_by_name(ty, Name::new(last))
    {
        let owner = program.field_owner(selection.field).unwrap_or(owner);
        let field = Key::owner(KeyOwner::Type(owner)).field(None, Name::new(last));
        return vec![lock_in(program, models, field, program.field_type(selection.field))];
    }
    package_value(program, f.file, Name::new(last))
        .map(|value| vec![lock_of_value(program, models, value)])
        .unwrap_or_default()
}

/// The lock that a comment means which names this package-level variable: itself, or the lock embedded in its struct.
pub(crate) fn lock_of_value(program: &Program<'_>, models: &Models, value: ValueRef) -> Key {
    let declaration = program.ir(value.file).value(value.value);
    let typed = declaration.ty.or(declaration.init);
    let ty = typed.map_or(TypeId::UNKNOWN, |expr| program.type_of(value.file, expr));
    lock_in(program, models, Key::owner(KeyOwner::Value(value)), ty)
}

/// The package-level variable of this name in the package of `file`.
pub(crate) fn package_value(program: &Program<'_>, file: FileId, name: Name) -> Option<ValueRef> {
    program.package_of(file).files.iter().find_map(|file| {
        let index = program.ir(*file).values.iter().position(|value| value.name == name)?;
        Some(ValueRef::new(*file, ir::ValueId::new(index)))
    })
}
