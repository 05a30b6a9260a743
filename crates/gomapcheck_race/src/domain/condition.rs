use std::sync::LazyLock;

use gomapcheck_source::Name;

use crate::domain::{Root, SharedList};

/// What is known of a variable that keeps its value: that it equals a constant, or that it does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Condition {
    /// The variable: a parameter, or a local that is assigned once, outside of loops.
    pub subject: Root,
    /// The constant, as what declares it; see [`Condition::truth`].
    pub constant: Root,
    /// Whether the variable equals it.
    pub holds: bool,
}

/// What a condition says of a variable with a known value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is met.
    Met,
    /// It cannot be met.
    Contradicted,
    /// The two values cannot be compared.
    Open,
}

impl Condition {
    /// The constant `true`. That a truth value is false is told as that it does not equal it.
    #[must_use]
    pub fn truth() -> Root {
        static TRUE: LazyLock<Root> = LazyLock::new(|| Root::External(Name::new(""), Name::new("true")));
        *TRUE
    }

    /// The constant `false`.
    #[must_use]
    pub fn falsehood() -> Root {
        static FALSE: LazyLock<Root> = LazyLock::new(|| Root::External(Name::new(""), Name::new("false")));
        *FALSE
    }

    /// What it says where the variable has the value `known`.
    #[must_use]
    pub fn verdict(&self, known: Root) -> Verdict {
        let is_equal = if known == self.constant {
            true
        } else if are_apart(known, self.constant) {
            false
        } else {
            return Verdict::Open;
        };
        if is_equal == self.holds { Verdict::Met } else { Verdict::Contradicted }
    }

    /// Whether the two cannot both be met.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> bool {
        self.subject == other.subject
            && if self.constant == other.constant {
                self.holds != other.holds
            } else {
                self.holds && other.holds && are_apart(self.constant, other.constant)
            }
    }
}

/// Whether two constants surely differ: names that one package declares for different things.
fn are_apart(a: Root, b: Root) -> bool {
    match (a, b) {
        (Root::External(x, _), Root::External(y, _)) => x == y && a != b,
        (Root::Global(_), Root::Global(_)) => a != b,
        _ => false,
    }
}

/// Whether some condition of one list cannot be met together with one of another.
#[must_use]
pub fn exclude_each_other(a: &SharedList<Condition>, b: &SharedList<Condition>) -> bool {
    a.iter().any(|one| b.iter().any(|other| one.contradicts(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(constant: &str, holds: bool) -> Condition {
        let constant = Root::External(Name::new("net/http"), Name::new(constant));
        Condition { subject: Root::Param(1), constant, holds }
    }

    #[test]
    fn a_variable_has_one_value() {
        let (get, post) = (condition("MethodGet", true), condition("MethodPost", true));
        assert!(get.contradicts(&post) && get.contradicts(&condition("MethodGet", false)));
        assert!(!get.contradicts(&get) && !get.contradicts(&condition("MethodPost", false)));
        assert!(!get.contradicts(&Condition { subject: Root::Param(2), ..post }));
        assert_eq!(get.verdict(post.constant), Verdict::Contradicted);
        assert_eq!(condition("MethodPost", false).verdict(get.constant), Verdict::Met);
        assert_eq!(get.verdict(Condition::truth()), Verdict::Open);
    }
}
