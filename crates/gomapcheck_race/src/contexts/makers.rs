//! The functions that give objects of a type: before one of them is called, nobody calls the objects' methods.

use std::sync::OnceLock;

use gomapcheck_types::TypeRef;
use rustc_hash::FxHashMap;

use crate::contexts::World;

/// The makers by type, told when they are first asked for: few programs ask.
#[derive(Debug, Default)]
pub(super) struct Makers(OnceLock<FxHashMap<TypeRef, Vec<u32>>>);

impl World<'_> {
    /// The functions that give objects of a declared type, those of tests left out.
    pub(crate) fn makers_of(&self, ty: TypeRef) -> &[u32] {
        let makers = self.makers.0.get_or_init(|| {
            let mut makers: FxHashMap<TypeRef, Vec<u32>> = FxHashMap::default();
            for (number, facts) in (0..).zip(&self.facts).filter(|(_, facts)| !facts.for_tests) {
                facts.results.iter().for_each(|ty| makers.entry(*ty).or_default().push(number));
            }
            makers
        });
        makers.get(&ty).map_or(&[], Vec::as_slice)
    }
}
