//! Calls that hand objects over to have their methods run: what order the summaries of those methods must be made in.

use gomapcheck_ir::{ExprId, ExprKind};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::{Callee, FunctionRef, InterfaceShape, MethodTarget, Program, Type, TypeId};
use smallvec::SmallVec;

use crate::models::{Effect, LaunchModel, Models};
use crate::summarise::decoder::{decoder_of, filled};
use crate::summarise::encoder::{encoded, encoder_of};

/// Interfaces with more methods are not handed over to be called back.
pub(super) const MOST_METHODS: usize = 8;

/// The methods of its arguments' types that a call may have run.
pub(super) fn methods_run(
    program: &Program<'_>,
    models: &Models,
    (file, call): (FileId, ExprId),
    callee: &Callee,
) -> SmallVec<[FunctionRef; 4]> {
    let ir = program.ir(file);
    let ExprKind::Call { callee: expr, args, .. } = ir.kind(call) else { return SmallVec::new() };
    let args = ir.exprs_of(args);
    let mut found = SmallVec::new();
    if args.is_empty() {
        return found;
    }
    let Some((package, receiver, name)) = name_of(program, callee) else { return found };
    let known = models.call(package, receiver, name).copied();
    match known.or_else(|| registration(program, models, (file, expr), name)) {
        Some(Effect::Launch(model)) if model.methods || !model.object_methods.is_empty() => {
            let first = usize::from(model.first_argument);
            for (n, arg) in args.iter().enumerate().skip(first) {
                let ty = program.type_of(file, *arg);
                found.extend(served(program, &model, ty, interface_asked(program, (file, expr), n)));
            }
        }
        Some(Effect::Maps(maps)) => {
            let filled = filled(maps, args).map(|(_, arg)| program.type_of(file, arg));
            found.extend(filled.filter_map(|ty| decoder_of(program, ty)));
            let encoded = encoded(maps, args).map(|arg| program.type_of(file, arg));
            found.extend(encoded.filter_map(|ty| encoder_of(program, ty)));
        }
        None => called_by_library(program, (file, expr), args, callee, &mut found),
        Some(_) => {}
    }
    found
}

/// The interface that parameter `n` of a function asks for, if it has methods.
pub(super) fn interface_asked<'p>(
    program: &'p Program<'_>,
    (file, callee): (FileId, ExprId),
    n: usize,
) -> Option<&'p InterfaceShape> {
    let shape = |ty: TypeId| program.ty(program.underlying(ty));
    let Type::Signature(signature) = shape(program.type_of(file, callee)) else { return None };
    match shape(*signature.params.get(n)?) {
        Type::Interface(interface) if !interface.methods.is_empty() => Some(interface),
        _ => None,
    }
}

/// The methods of an object of this type that a server runs: of a service those that it is asked for.
pub(super) fn served<'p>(
    program: &'p Program<'_>,
    model: &LaunchModel,
    ty: TypeId,
    interface: Option<&'p InterfaceShape>,
) -> impl Iterator<Item = FunctionRef> + use<'p> {
    let model = *model;
    let is_asked = move |name: &Name| {
        interface.is_none_or(|interface| interface.methods.iter().any(|(method, _)| method == name))
    };
    let named = program.named(ty);
    named.map(|named| program.methods_of(named)).unwrap_or_default().iter().filter_map(move |(name, f)| {
        let wanted = (model.methods && name.is_exported() && is_asked(name))
            || model.object_methods.contains(&name.as_str());
        (wanted && program.ir(f.file).function(f.function).body.is_some()).then_some(*f)
    })
}

/// What a call means by its name and its parameters' types: generated code registers services in any package.
pub(super) fn registration(
    program: &Program<'_>,
    models: &Models,
    (file, callee): (FileId, ExprId),
    name: Name,
) -> Option<Effect> {
    if !models.may_register_service(name) {
        return None;
    }
    let shape = program.ty(program.underlying(program.type_of(file, callee)));
    let Type::Signature(signature) = shape else { return None };
    let params: Vec<_> = signature.params.iter().map(|param| program.qualified_name(*param)).collect();
    models.service_registration(name, &params).map(Effect::Launch)
}

fn name_of(program: &Program<'_>, callee: &Callee) -> Option<(Name, Option<Name>, Name)> {
    let declared = |f: FunctionRef| {
        let name = program.function_name(f);
        (name.package, name.receiver, name.name)
    };
    Some(match callee {
        Callee::Function(f) => declared(*f),
        Callee::ExternalFunction(package, name) => (*package, None, *name),
        Callee::Method { selection, .. } => match selection.method {
            MethodTarget::Declared(f) => declared(f),
            MethodTarget::External(package, ty, name) => (package, Some(ty), name),
            MethodTarget::Interface(Some(interface), name) => {
                let (package, ty) = program.type_name(interface);
                (package, Some(ty), name)
            }
            MethodTarget::Interface(None, _) => return None,
        },
        _ => return None,
    })
}

/// `heap.Push(queue, x)` runs the queue's methods.
fn called_by_library(
    program: &Program<'_>,
    (file, expr): (FileId, ExprId),
    args: &[ExprId],
    callee: &Callee,
    found: &mut SmallVec<[FunctionRef; 4]>,
) {
    let declared = match callee {
        Callee::Function(f) => *f,
        Callee::Method { selection, .. } => match selection.method {
            MethodTarget::Declared(f) => f,
            _ => return,
        },
        _ => return,
    };
    if !program.package_of(declared.file).standard {
        return;
    }
    let shape = program.ty(program.underlying(program.type_of(file, expr)));
    let Type::Signature(signature) = shape else { return };
    for (arg, param) in args.iter().zip(signature.params.iter()) {
        let Type::Interface(interface) = program.ty(program.underlying(*param)) else { continue };
        if interface.methods.is_empty() || interface.methods.len() > MOST_METHODS {
            continue;
        }
        let Some(named) = program.named(program.type_of(file, *arg)) else { continue };
        let methods = program.methods_of(named);
        let method = |name: &Name| methods.binary_search_by(|(method, _)| method.cmp(name)).ok();
        found.extend(interface.methods.iter().filter_map(|(name, _)| method(name)).map(|at| methods[at].1));
    }
}
