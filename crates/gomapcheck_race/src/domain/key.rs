use std::sync::LazyLock;

use gomapcheck_source::Name;
use gomapcheck_types::{LocalRef, StructRef, TypeRef, ValueRef};
use smallvec::SmallVec;

use crate::domain::{Place, Root, Step};

/// What declares a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum KeyOwner {
    /// A declared struct type; the path begins with one of its fields.
    Type(TypeRef),
    /// A type of a package that is not at hand, or without a struct of its own: import path and name.
    External(Name, Name),
    /// A struct type without a name that no variable leads to.
    Struct(StructRef),
    /// A package-level variable.
    Value(ValueRef),
    /// A local variable or parameter.
    Local(LocalRef),
}

static ONCE: LazyLock<KeyOwner> = LazyLock::new(|| KeyOwner::External(Name::new("sync"), Name::new("Once")));

/// A map or lock as its declaration names it, the same for all objects of a type: `Store.items`, `pkg.cache`.
///
/// The analysis of one function distinguishes objects by [`crate::domain::Place`]; what is known of all functions together
/// (guards, contexts) is told by key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// The nearest declaration on the way to the place.
    pub owner: KeyOwner,
    /// The fields from there.
    pub path: SmallVec<[Name; 1]>,
    /// How many element steps follow the last field: 1 for the inner maps of a map of maps.
    pub depth: u8,
}

impl Key {
    /// The owner itself.
    #[must_use]
    pub fn owner(owner: KeyOwner) -> Self {
        Self { owner, path: SmallVec::new(), depth: 0 }
    }

    /// Field `name` of this struct; `owner` is the declared type that the struct belongs to, if it has one.
    #[must_use]
    pub fn field(&self, owner: Option<KeyOwner>, name: Name) -> Self {
        let mut key = owner.map_or_else(|| self.clone(), Self::owner);
        key.path.push(name);
        key.depth = 0;
        key
    }

    /// An element of this container.
    #[must_use]
    pub fn element(&self) -> Self {
        Self { depth: self.depth.saturating_add(1), ..self.clone() }
    }

    /// The container around an element, at the declaration itself.
    #[must_use]
    pub fn outermost(&self) -> Self {
        Self { depth: 0, ..self.clone() }
    }

    /// The last step to what an atomic box or a concurrent map holds: `Config.current.Load()`.
    #[must_use]
    pub fn loaded() -> Name {
        static LOADED: LazyLock<Name> = LazyLock::new(|| Name::new("Load()"));
        *LOADED
    }

    /// Whether the key is that of what an atomic box or a concurrent map holds.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.path.last().is_some_and(|name| *name == Self::loaded())
    }

    /// What declares a map in an object that a cache gives to all who ask, as far as that is told by the cache: the fields that
    /// lead to it. `None` for any other place.
    #[must_use]
    pub fn of_cached(place: &Place) -> Option<Self> {
        let Root::External(package, name) = place.root else { return None };
        let fields = place.path.iter().filter_map(|step| match step {
            Step::Field(name) => Some(*name),
            Step::Element => None,
        });
        let owner = KeyOwner::External(package, name);
        place.is_cached().then(|| Self { owner, path: fields.collect(), depth: 0 })
    }

    /// Whether the key is told by a cache that gives the object to all who ask.
    #[must_use]
    pub fn is_cached(&self) -> bool {
        matches!(self.owner, KeyOwner::External(_, name) if name.as_str().ends_with("()"))
    }

    /// The key under which a `sync.Once` is treated as a lock: held for writing by its function, for reading ever after.
    #[must_use]
    pub fn once() -> Self {
        Self::owner(*ONCE)
    }

    /// Whether it is [`Key::once`].
    #[must_use]
    pub fn is_once(&self) -> bool {
        self.owner == *ONCE && self.path.is_empty() && self.depth == 0
    }

    /// The last step to what a flag stands for that goroutines raise by an atomic operation: it is held like a lock, but it
    /// guards nothing by itself.
    #[must_use]
    pub fn raised() -> Name {
        static RAISED: LazyLock<Name> = LazyLock::new(|| Name::new("CompareAndSwap()"));
        *RAISED
    }

    /// Whether the key is that of a raised flag.
    #[must_use]
    pub fn is_flag(&self) -> bool {
        self.path.last().is_some_and(|name| *name == Self::raised())
    }

    /// Whether the key tells objects of different invocations apart from nothing: a local of one function.
    #[must_use]
    pub fn is_local(&self) -> bool {
        matches!(self.owner, KeyOwner::Local(_))
    }
}
