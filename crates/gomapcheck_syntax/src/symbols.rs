use gomapcheck_ir::{LocalId, TypeDeclId, TypeParamId};
use gomapcheck_source::Name;
use rustc_hash::FxHashMap;

use crate::lexical::to_u32;

/// An identifier of the file being lowered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct SymbolId(u32);

/// The blank identifier.
pub(crate) const BLANK: SymbolId = SymbolId(0);

/// How many identifiers a thread keeps from file to file: as many as its cache holds well.
const KEPT_SYMBOLS: usize = 1 << 13;

/// What a declared identifier stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entity {
    Local(LocalId),
    Type(TypeDeclId),
    TypeParam(TypeParamId),
}

struct Symbol {
    name: Name,
    /// The innermost binding in force, as index + 1; 0 for none.
    binding: u32,
}

struct Binding {
    entity: Entity,
    symbol: SymbolId,
    outer: u32,
}

/// The file's identifiers and the lexical scopes in force.
///
/// One hash look-up for each identifier in the text interns it and finds what it stands for: each symbol knows its
/// innermost binding, and closing a scope puts the outer ones back.
pub(crate) struct Symbols {
    by_text: FxHashMap<&'static str, SymbolId>,
    symbols: Vec<Symbol>,
    bindings: Vec<Binding>,
    scopes: Vec<u32>,
}

impl Symbols {
    /// No identifiers, no scopes.
    pub(crate) fn new() -> Self {
        let mut symbols = Self {
            by_text: FxHashMap::default(),
            symbols: Vec::new(),
            bindings: Vec::new(),
            scopes: Vec::new(),
        };
        symbols.clear();
        symbols
    }

    /// Closes every scope. Identifiers stay for the next file, which often has the same, unless they are too many.
    pub(crate) fn clear(&mut self) {
        while !self.scopes.is_empty() {
            self.close();
        }
        if self.symbols.len() <= KEPT_SYMBOLS && !self.symbols.is_empty() {
            return;
        }
        self.by_text.clear();
        self.symbols.clear();
        self.bindings.clear();
        self.scopes.clear();
        self.intern("_");
    }

    /// The symbol of an identifier.
    #[inline]
    pub(crate) fn intern(&mut self, text: &str) -> SymbolId {
        if let Some(symbol) = self.by_text.get(text) {
            return *symbol;
        }
        let name = Name::new(text);
        let symbol = SymbolId(to_u32(self.symbols.len()));
        self.symbols.push(Symbol { name, binding: 0 });
        self.by_text.insert(name.as_str(), symbol);
        symbol
    }

    /// The identifier itself.
    #[inline]
    pub(crate) fn name(&self, symbol: SymbolId) -> Name {
        self.symbols[symbol.0 as usize].name
    }

    /// What the identifier stands for in the innermost scope that declares it.
    #[inline]
    pub(crate) fn lookup(&self, symbol: SymbolId) -> Option<Entity> {
        let binding = self.symbols[symbol.0 as usize].binding as usize;
        Some(self.bindings.get(binding.checked_sub(1)?)?.entity)
    }

    /// What the identifier stands for, if the innermost scope itself declares it.
    pub(crate) fn lookup_here(&self, symbol: SymbolId) -> Option<Entity> {
        let binding = self.symbols[symbol.0 as usize].binding;
        let first = self.scopes.last().copied().unwrap_or(0);
        if binding > first { self.lookup(symbol) } else { None }
    }

    /// Declares the identifier in the innermost scope; the blank identifier declares nothing.
    pub(crate) fn declare(&mut self, symbol: SymbolId, entity: Entity) {
        if symbol == BLANK || self.scopes.is_empty() {
            return;
        }
        let slot = &mut self.symbols[symbol.0 as usize].binding;
        let outer = *slot;
        self.bindings.push(Binding { entity, symbol, outer });
        *slot = to_u32(self.bindings.len());
    }

    /// Opens a scope.
    pub(crate) fn open(&mut self) {
        self.scopes.push(to_u32(self.bindings.len()));
    }

    /// Closes the innermost scope.
    pub(crate) fn close(&mut self) {
        let first = self.scopes.pop().unwrap_or(0) as usize;
        while self.bindings.len() > first {
            if let Some(binding) = self.bindings.pop() {
                self.symbols[binding.symbol.0 as usize].binding = binding.outer;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_a_scope_uncovers_the_outer_declaration() {
        let mut symbols = Symbols::new();
        let x = symbols.intern("x");
        let (outer, inner) = (Entity::Local(LocalId::new(0)), Entity::Local(LocalId::new(1)));
        symbols.open();
        symbols.declare(x, outer);
        symbols.open();
        assert!(symbols.lookup_here(x).is_none());
        symbols.declare(x, inner);
        assert!(symbols.lookup(x) == Some(inner));
        symbols.close();
        assert!(symbols.lookup(x) == Some(outer));
        symbols.close();
        assert!(symbols.lookup(x).is_none());
    }
}
