//! Type arguments found from the arguments of a call.

use smallvec::SmallVec;

use crate::substitute::Substitution;
use crate::world::World;
use crate::{Basic, Type, TypeId, TypeParamRef};

/// Types nested deeper do not come from people.
const DEEPEST: u32 = 32;

/// The type arguments of one generic call, as far as they are known.
pub(crate) struct Inference<'w, 'a> {
    world: &'w World<'a>,
    bindings: Substitution,
    /// Interfaces and the types whose methods were held against theirs.
    compared: SmallVec<[(TypeId, TypeId); 4]>,
}

/// More comparisons of method sets do not come from one call that people wrote.
const MOST_COMPARISONS: usize = 64;

impl<'w, 'a> Inference<'w, 'a> {
    /// Starts with nothing known about these parameters but the first few arguments, which were written.
    pub(crate) fn new(world: &'w World<'a>, params: &[TypeParamRef], written: &[TypeId]) -> Self {
        let written = written.iter().copied().chain(std::iter::repeat(TypeId::UNKNOWN));
        Self { world, bindings: params.iter().copied().zip(written).collect(), compared: SmallVec::new() }
    }

    fn binding(&mut self, param: TypeParamRef) -> Option<&mut TypeId> {
        self.bindings.iter_mut().find(|(p, _)| *p == param).map(|(_, id)| id)
    }

    /// Learns from an argument with a type.
    pub(crate) fn argument(&mut self, param: TypeId, argument: TypeId) {
        self.unify(param, argument, 0);
    }

    /// Learns from an untyped constant, after all arguments with types.
    pub(crate) fn untyped_argument(&mut self, param: TypeId, constant: TypeId) {
        let world = self.world;
        if let Type::TypeParam(param) = world.types.ty(param)
            && let Some(bound) = self.binding(*param)
            && (bound.is_unknown() || wider(world, *bound, constant))
        {
            *bound = constant;
        }
    }

    /// Learns from constraints with a core type, and gives all that is known. Untyped constants get their default types.
    pub(crate) fn finish(mut self) -> Substitution {
        for binding in &mut self.bindings {
            binding.1 = self.world.default_type(binding.1);
        }
        // Each round that matters binds a parameter.
        for _ in 0..self.bindings.len() {
            let before = self.bindings.clone();
            for (param, bound) in before.iter().copied() {
                self.constraint(param, bound);
            }
            if self.bindings == before {
                break;
            }
        }
        self.bindings
    }

    fn constraint(&mut self, param: TypeParamRef, bound: TypeId) {
        let world = self.world;
        let [core] = world.terms(param)[..] else { return };
        if bound.is_unknown() {
            let with: Substitution =
                self.bindings.iter().copied().filter(|(_, id)| !id.is_unknown()).collect();
            let core = world.substitute(core, &with);
            let complete = !self.bindings.iter().any(|(p, _)| world.mentions(core, *p));
            if complete && let Some(binding) = self.binding(param) {
                *binding = core;
            }
        } else {
            self.unify(core, bound, 0);
        }
    }

    fn unify(&mut self, param: TypeId, argument: TypeId, depth: u32) {
        let world = self.world;
        if depth > DEEPEST || argument.is_unknown() || !world.types.entry(param).generic {
            return;
        }
        let depth = depth + 1;
        if let Type::TypeParam(name) = world.types.ty(param)
            && let Some(bound) = self.binding(*name)
        {
            if bound.is_unknown() || prefers(world, *bound, argument) {
                *bound = argument;
            }
            return;
        }
        match (world.types.ty(param), world.types.ty(argument)) {
            (Type::Named(left, params), Type::Named(right, arguments)) if left == right => {
                self.unify_all(params, arguments, depth);
            }
            (Type::Named(..), Type::Named(..) | Type::Pointer(_)) if world.is_interface(param) => {
                self.unify_methods(param, argument, depth);
            }
            (Type::Named(..), Type::Named(..)) => {}
            (Type::Named(..), _) => self.unify(world.underlying(param), argument, depth),
            (_, Type::Named(..)) => self.unify(param, world.underlying(argument), depth),
            (Type::Pointer(left), Type::Pointer(right))
            | (Type::Slice(left), Type::Slice(right))
            | (Type::Array(left), Type::Array(right))
            | (Type::Chan(_, left), Type::Chan(_, right)) => self.unify(*left, *right, depth),
            (Type::Map { key, value }, Type::Map { key: other_key, value: other_value }) => {
                self.unify(*key, *other_key, depth);
                self.unify(*value, *other_value, depth);
            }
            (Type::Signature(left), Type::Signature(right)) => {
                self.unify_all(&left.params, &right.params, depth);
                self.unify_all(&left.results, &right.results, depth);
            }
            (Type::Struct(left, params), Type::Struct(right, arguments)) if left == right => {
                for ((_, param), (_, argument)) in params.iter().zip(arguments) {
                    self.unify(*param, *argument, depth);
                }
            }
            (Type::Interface(_), _) => self.unify_methods(param, argument, depth),
            _ => {}
        }
    }

    fn unify_all(&mut self, params: &[TypeId], arguments: &[TypeId], depth: u32) {
        for (param, argument) in params.iter().zip(arguments) {
            self.unify(*param, *argument, depth);
        }
    }

    /// The methods of an interface against those of a type that implements it.
    fn unify_methods(&mut self, interface: TypeId, argument: TypeId, depth: u32) {
        let world = self.world;
        let Type::Interface(shape) = world.types.ty(world.underlying(interface)) else { return };
        if self.compared.len() >= MOST_COMPARISONS || self.compared.contains(&(interface, argument)) {
            return;
        }
        self.compared.push((interface, argument));
        for (name, signature) in &shape.methods {
            if let Some(selected) = world.select(argument, *name, None)
                && let crate::select::Member::Method(_, found) = selected.member
            {
                self.unify(*signature, found, depth);
            }
        }
    }
}

/// Whether the argument names the type whose structure is bound already.
fn prefers(world: &World<'_>, bound: TypeId, argument: TypeId) -> bool {
    bound != argument
        && !matches!(world.types.ty(bound), Type::Named(..))
        && matches!(world.types.ty(argument), Type::Named(..))
        && world.underlying(argument) == bound
}

/// Whether the second untyped constant needs more than the first can hold.
fn wider(world: &World<'_>, bound: TypeId, constant: TypeId) -> bool {
    let rank = |id: TypeId| match world.types.ty(id) {
        Type::Basic(Basic::UntypedInt) => 1,
        Type::Basic(Basic::UntypedRune) => 2,
        Type::Basic(Basic::UntypedFloat) => 3,
        Type::Basic(Basic::UntypedComplex) => 4,
        _ => 0,
    };
    rank(bound) > 0 && rank(constant) > rank(bound)
}

impl World<'_> {
    pub(crate) fn is_interface(&self, id: TypeId) -> bool {
        matches!(self.types.ty(self.underlying(id)), Type::Interface(_))
    }

    /// Whether a type changes when the parameter is replaced.
    fn mentions(&self, id: TypeId, param: TypeParamRef) -> bool {
        self.types.entry(id).generic && self.substitute(id, &[(param, TypeId::UNKNOWN)]) != id
    }
}
