use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

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

/// By what an element on the way to a place is chosen, as far as that is known. It is no part of what a place is: places that
/// differ in nothing else are equal, as nobody knows whether `xs[i]` is `xs[0]`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice(u32);

/// Loops are told apart by numbers from here on.
const FIRST_LOOP: u32 = 8;

impl Choice {
    /// By something that may differ each time.
    pub const UNKNOWN: Self = Self(0);
    /// By the constant 0.
    pub const ZERO: Self = Self(1);
    /// By the constant 1.
    pub const ONE: Self = Self(2);

    /// By the loop that has its element in this variable: in one of its rounds the same element.
    #[must_use]
    pub fn of_loop(variable: ExprId) -> Self {
        Self(u32::try_from(variable.index()).unwrap_or(u32::MAX).saturating_add(FIRST_LOOP))
    }

    /// The variable in which the loop that chooses has its element.
    #[must_use]
    pub fn loop_variable(self) -> Option<ExprId> {
        Some(ExprId::new(self.0.checked_sub(FIRST_LOOP)? as usize))
    }

    /// The choice as other functions know it: they have no part in its rounds.
    #[must_use]
    pub fn from_outside(self) -> Self {
        if self.loop_variable().is_some() { Self::UNKNOWN } else { self }
    }

    /// Whether both are known to choose the same element, by a loop in one of its rounds.
    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        self.0 != 0 && self.0 == other.0
    }
}

impl PartialEq for Choice {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Choice {}

impl PartialOrd for Choice {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Choice {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl Hash for Choice {
    fn hash<H: Hasher>(&self, _: &mut H) {}
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
    /// By what its first elements are chosen, outermost first; unknown beyond those it passes.
    pub(crate) choices: [Choice; KNOWN_CHOICES],
}

/// Of so many elements on the way to a place it is told by what they are chosen.
const KNOWN_CHOICES: usize = 2;

/// Longer paths are not followed: they are rare, and recursive types have paths without end.
const LONGEST_PATH: usize = 7;

impl Place {
    /// The root itself.
    #[must_use]
    pub fn root(root: Root) -> Self {
        Self { root, path: SmallVec::new(), choices: [Choice::UNKNOWN; KNOWN_CHOICES] }
    }

    /// The place one step further; `None` when the path gets too long.
    #[must_use]
    pub fn step(&self, step: Step) -> Option<Self> {
        let mut longer = self.clone();
        longer.go(step, Choice::UNKNOWN).then_some(longer)
    }

    /// Goes one step further, to an element that is chosen so or to a field; `false` when the path would get too long.
    #[must_use]
    pub fn go(&mut self, step: Step, by: Choice) -> bool {
        if self.path.len() >= LONGEST_PATH {
            return false;
        }
        if step == Step::Element {
            let passed = self.elements();
            if let Some(choice) = self.choices.get_mut(passed) {
                *choice = by;
            }
        }
        self.path.push(step);
        true
    }

    /// The place of an element that is chosen so; `None` when the path gets too long.
    #[must_use]
    pub fn element(&self, by: Choice) -> Option<Self> {
        let mut element = self.clone();
        element.go(Step::Element, by).then_some(element)
    }

    /// Where a container has what this expression puts into it, as one of its elements: by a name that no field has. `None`
    /// when the path gets too long.
    #[must_use]
    pub fn put_in(&self, written: ExprId) -> Option<Self> {
        self.step(Step::Element)?.step(Step::Field(Name::new(&format!("{}()", written.index()))))
    }

    /// The elements among which [`Place::put_in`] has put this, if it has.
    #[must_use]
    pub fn elements_around(&self) -> Option<Self> {
        let [.., Step::Element, Step::Field(name)] = self.path.as_slice() else { return None };
        name.as_str().ends_with("()").then(|| {
            let mut elements = self.clone();
            elements.path.pop();
            elements
        })
    }

    /// This place seen from where its root is `base`; `None` when the path gets too long.
    #[must_use]
    pub fn rebase(&self, base: &Self) -> Option<Self> {
        if base.path.len() + self.path.len() > LONGEST_PATH {
            return None;
        }
        let mut place = base.clone();
        place.path.extend_from_slice(&self.path);
        let behind = place.choices.iter_mut().skip(base.elements());
        behind.zip(self.choices).for_each(|(choice, by)| *choice = by);
        Some(place)
    }

    /// Whether some step chooses among elements, so that equal places may be different objects.
    #[must_use]
    pub fn passes_element(&self) -> bool {
        self.path.contains(&Step::Element)
    }

    fn elements(&self) -> usize {
        self.path.iter().filter(|step| **step == Step::Element).count()
    }

    /// By what its elements are chosen, outermost first.
    pub fn choices(&self) -> impl Iterator<Item = Choice> {
        let unknown = std::iter::repeat(Choice::UNKNOWN);
        self.choices.into_iter().chain(unknown).take(self.elements())
    }

    /// The same place, its elements chosen otherwise.
    #[must_use]
    pub fn with_choices(&self, chosen: impl Fn(Choice) -> Choice) -> Self {
        Self { choices: self.choices.map(chosen), ..self.clone() }
    }

    /// Forgets what another name of the same place does not choose alike.
    pub fn agree_with(&mut self, other: &Self) {
        for (mine, others) in self.choices.iter_mut().zip(other.choices) {
            if !mine.is_like(others) {
                *mine = Choice::UNKNOWN;
            }
        }
    }

    /// Where the objects are that a cache gives to all who ask: by a name that nothing declares.
    #[must_use]
    pub fn in_cache(package: Name, cache: &str, method: Name) -> Self {
        Self::root(Root::External(package, Name::new(&format!("{cache}.{method}()"))))
    }

    /// Whether it is in an object that a cache gives to all who ask.
    #[must_use]
    pub fn is_cached(&self) -> bool {
        matches!(self.root, Root::External(_, name) if name.as_str().ends_with("()"))
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
