//! Which objects the instances of one launch share.

use gomapcheck_ir::{ExprId, ExprKind, ExprList, LocalKind};
use gomapcheck_source::{Name, Span};
use gomapcheck_types::{FunctionRef, LocalRef, Program, TypeRef};

use crate::domain::{Held, KeyOwner, Lock, Lockset, Place, Root, Step};
use crate::pair::parts::whole_of;
use crate::pair::restart::is_started_again;
use crate::summary::{Access, Launch, Multiplicity};

/// Where variables and functions stand: what tells the objects of one iteration from those of the next.
pub(crate) trait Scopes: Sync {
    /// Where a local is declared, and whether it is a loop's variable that all iterations share (before Go 1.22).
    fn local(&self, local: LocalRef) -> (Span, bool);

    /// Whether a function or literal uses a variable of a function around it.
    fn captures(&self, function: FunctionRef, local: LocalRef) -> bool;

    /// Where an expression of the function's file stands.
    fn expr(&self, function: FunctionRef, expr: ExprId) -> Span;

    /// Whether a map in a map is chosen, at an access, by the same thing as the element in it: `byZone[p.zone][p.name]`. Then
    /// one key alone does not tell the things apart, and several of them share an inner map.
    fn is_chosen_in_two_steps(&self, access: &Access) -> bool;

    /// Whether a struct type has a field of this name of its own.
    fn has_field(&self, ty: TypeRef, name: Name) -> bool;

    /// Where a function stands.
    fn function(&self, function: FunctionRef) -> Span;

    /// The struct whose method a function is, if it has another struct in it, embedded as a value.
    fn whole_of(&self, function: FunctionRef, part: TypeRef) -> Option<TypeRef>;

    /// Whether a launch of the function is repeated by a loop that starts it again when it is over.
    fn is_started_again(&self, function: FunctionRef, launch: &Launch) -> bool;
}

impl Scopes for Program<'_> {
    fn local(&self, local: LocalRef) -> (Span, bool) {
        let ir = self.ir(local.file);
        let declared = ir.local(local.local);
        let is_loop = declared.kind == LocalKind::Loop;
        let shared = is_loop && !self.package_of(local.file).go_version.has_per_iteration_loop_variables();
        (declared.span, shared)
    }

    fn captures(&self, function: FunctionRef, local: LocalRef) -> bool {
        let captures = &self.ir(function.file).function(function.function).captures;
        function.file == local.file && captures.iter().any(|capture| capture.local == local.local)
    }

    fn expr(&self, function: FunctionRef, expr: ExprId) -> Span {
        self.ir(function.file).span(expr)
    }

    fn is_chosen_in_two_steps(&self, access: &Access) -> bool {
        let ir = self.ir(access.location.file);
        let ExprKind::Index { indices: outer, .. } = ir.kind(ir.unparen(access.operand)) else {
            return false;
        };
        // An expression stands behind its parts.
        let behind = &ir.exprs[access.operand.index() + 1..];
        let inner = behind.iter().find_map(|expr| match expr.kind {
            ExprKind::Index { base, indices } if base == access.operand => Some(indices),
            _ => None,
        });
        let field = |list: ExprList| match ir.exprs_of(list) {
            [index] => match ir.kind(ir.unparen(*index)) {
                ExprKind::Selector { base, name } => match ir.kind(ir.unparen(base)) {
                    ExprKind::Local(local) => Some((local, name)),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        match (field(outer), inner.and_then(field)) {
            (Some(outer), Some(inner)) => outer.0 == inner.0 && outer.1 != inner.1,
            _ => false,
        }
    }

    fn has_field(&self, ty: TypeRef, name: Name) -> bool {
        let ir = self.ir(ty.file);
        match ir.type_decl(ty.decl).ty.map(|declared| ir.kind(declared)) {
            Some(ExprKind::StructType(id)) => {
                ir.struct_type(id).fields.iter().any(|field| field.name == name)
            }
            _ => true,
        }
    }

    fn function(&self, function: FunctionRef) -> Span {
        self.ir(function.file).function(function.function).span
    }

    fn whole_of(&self, function: FunctionRef, part: TypeRef) -> Option<TypeRef> {
        whole_of(self, function, part)
    }

    fn is_started_again(&self, function: FunctionRef, launch: &Launch) -> bool {
        is_started_again(self, function, launch)
    }
}

/// Whether all instances of `launch`, a launch of `function`, mean the same object by `place`.
pub(crate) fn is_shared_by_instances(
    scopes: &dyn Scopes,
    function: FunctionRef,
    launch: &Launch,
    place: &Place,
) -> bool {
    let (span, shared_loop_variable) = match place.root {
        Root::Param(_) | Root::Global(_) | Root::External(..) => return true,
        Root::Local(local) if local.file != function.file => return false,
        Root::Local(local) => {
            let (span, shared) = scopes.local(local);
            // What was handed over as an argument is what the variable held at that time.
            let is_captured = launch.target.is_none_or(|target| scopes.captures(target, local));
            (span, shared && is_captured)
        }
        // Made by what is launched: each instance has its own.
        Root::Fresh(expr) if expr == launch.site => return false,
        Root::Fresh(expr) => (scopes.expr(function, expr), false),
    };
    let in_body = launch
        .target
        .filter(|target| target.file == function.file && *target != function)
        .is_some_and(|target| scopes.function(target).contains(span));
    let in_loop = match launch.multiplicity {
        Multiplicity::Loop { start, end } => start <= span.start && span.start < end,
        Multiplicity::One | Multiplicity::Many => false,
    };
    !in_body && (!in_loop || shared_loop_variable)
}

/// Whether all instances of `launch` mean the same lock by `lock`; one that nothing is known of counts as shared.
pub(crate) fn is_lock_shared(
    scopes: &dyn Scopes,
    function: FunctionRef,
    launch: &Launch,
    lock: &Lock,
) -> bool {
    let declared = match lock.key.owner {
        // The variable of a function that launches for this one, once for all.
        KeyOwner::Local(local) if lock.place.is_none() && local.file != function.file => return true,
        KeyOwner::Local(local) => Some(Place::root(Root::Local(local))),
        _ => None,
    };
    let place = lock.place.as_ref().or(declared.as_ref());
    // The object that a constructor returns and starts goroutines for may have other names as well.
    if !launch.calls.is_empty() && place.is_some_and(|place| place.root == Root::Fresh(launch.site)) {
        return true;
    }
    place.is_none_or(|place| is_shared_by_instances(scopes, function, launch, place))
}

/// Without the locks chosen from several, unless the map is chosen with them: which of them is held may differ.
pub(crate) fn without_chosen(locks: &Lockset, map: &Place) -> Lockset {
    let is_certain = |held: &&Held| match &held.lock.place {
        Some(place) => !place.passes_element() || place.is_prefix_of(map),
        // By its declaration alone, a lock in a container is told from no other; one known by a variable has been looked up.
        None => {
            held.lock.key.depth == 0 || matches!(held.lock.key.owner, KeyOwner::Type(_) | KeyOwner::Value(_))
        }
    };
    if map.passes_element() { locks.clone() } else { locks.iter().filter(is_certain).cloned().collect() }
}

/// Whether two sides hold locks of one object that cannot be of one type: a lock in it, and one in a field that its type does
/// not have. What an interface holds is one or the other, so that only one of the sides ever runs on it.
pub(crate) fn are_of_different_types(scopes: &dyn Scopes, a: &Lockset, b: &Lockset) -> bool {
    let one_way = |a: &Lockset, b: &Lockset| {
        a.iter().any(|held| b.iter().any(|other| is_without(scopes, &held.lock, &other.lock)))
    };
    one_way(a, b) || one_way(b, a)
}

/// Whether the object that has the first lock is, by its declared type, without the field that the second lock is behind.
fn is_without(scopes: &dyn Scopes, lock: &Lock, behind: &Lock) -> bool {
    let (KeyOwner::Type(ty), Some(place), Some(inner)) = (lock.key.owner, &lock.place, &behind.place) else {
        return false;
    };
    let Some(length) = place.path.len().checked_sub(lock.key.path.len()) else { return false };
    let object = &place.path[..length];
    let is_one = place.root == inner.root
        && lock.key.depth == 0
        && inner.path.starts_with(object)
        && !object.contains(&Step::Element);
    match inner.path.get(length) {
        Some(Step::Field(name)) => is_one && inner.path.len() > length + 1 && !scopes.has_field(ty, *name),
        _ => false,
    }
}
