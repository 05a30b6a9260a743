use std::fmt;

use gomapcheck_ir::ExprId;
use gomapcheck_source::Name;
use gomapcheck_types::{LocalRef, ValueRef};
use smallvec::SmallVec;

/// Where a path begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Root {
    /// What parameter number n refers to at entry; the receiver of a method is number 0 and shifts the others.
    Param(u32),
    /// A local variable of this function, or one of an enclosing function that this literal captures.
    Local(LocalRef),
    /// A package-level variable.
    Global(ValueRef),
    /// A package-level variable of a package that is not at hand.
    External(Name, Name),
    /// The object that this expression of this function makes: a literal, `make`, `new`, or a call that returns a fresh one.
    Fresh(ExprId),
}

/// One step of a path. Pointers are followed silently.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// A struct field; embedded ones are spelled out.
    Field(Name),
    /// Some element of a map, slice, array or channel.
    Element,
}

/// Where a map, a lock or another object lives, as this function names it: a root and a path of bounded length.
///
/// Equal places of one invocation denote the same object unless the path passes an [`Step::Element`], where they may differ.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Where the path begins.
    pub root: Root,
    /// The steps from there.
    pub path: SmallVec<[Step; 3]>,
}

/// Longer paths are not followed: they are rare, and recursive types have paths without end.
const LONGEST_PATH: usize = 7;

impl Place {
    /// The root itself.
    #[must_use]
    pub fn root(root: Root) -> Self {
        Self { root, path: SmallVec::new() }
    }

    /// The place one step further; `None` when the path gets too long.
    #[must_use]
    pub fn step(&self, step: Step) -> Option<Self> {
        if self.path.len() >= LONGEST_PATH {
            return None;
        }
        let mut longer = self.clone();
        longer.path.push(step);
        Some(longer)
    }

    /// This place seen from where its root is `base`; `None` when the path gets too long.
    #[must_use]
    pub fn rebase(&self, base: &Self) -> Option<Self> {
        if base.path.len() + self.path.len() > LONGEST_PATH {
            return None;
        }
        let mut place = base.clone();
        place.path.extend_from_slice(&self.path);
        Some(place)
    }

    /// Whether some step chooses among elements, so that equal places may be different objects.
    #[must_use]
    pub fn passes_element(&self) -> bool {
        self.path.contains(&Step::Element)
    }

    /// Whether `self` is `other` or an object on the way to it.
    #[must_use]
    pub fn is_prefix_of(&self, other: &Self) -> bool {
        self.root == other.root && other.path.starts_with(&self.path)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.root {
            Root::Param(n) => write!(f, "param{n}")?,
            Root::Local(local) => write!(f, "local{}", local.local.index())?,
            Root::Global(value) => write!(f, "global{}:{}", value.file.0, value.value.index())?,
            Root::External(package, name) => write!(f, "{package}.{name}")?,
            Root::Fresh(expr) => write!(f, "fresh{}", expr.index())?,
        }
        for step in &self.path {
            match step {
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Element => f.write_str("[]")?,
            }
        }
        Ok(())
    }
}
