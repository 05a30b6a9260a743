//! Rows that the configuration adds to the tables.

use std::fmt;
use std::str::FromStr;

use gomapcheck_source::Name;

use super::effect::{Effect, Joined, LaunchKind, LaunchModel};
use super::import_path::label;
use super::row::{LOCK, UNLOCK};

/// A function of the user's and what calling it means, or a type and what it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UserRow {
    /// The function: `import/path.Function` or `import/path.Type.Method`; Go's own `(*import/path.Type).Method` is
    /// understood too. For [`UserEffect::Container`] a type: `import/path.Type`.
    pub function: String,
    /// What it means.
    pub effect: UserEffect,
}

/// What a user can say of a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UserEffect {
    /// Starts its function arguments on goroutines.
    Launcher,
    /// Registers its function arguments to be called many times at once.
    Handler,
    /// Takes the lock that is its receiver.
    Lock,
    /// Releases the lock that is its receiver.
    Unlock,
    /// Waits for what its receiver has launched.
    Joins,
    /// Calls its function arguments before it returns.
    CallsNow,
    /// Is a type that orders access to its own maps in a way that cannot be seen.
    Container,
}

/// Why a user's row has no effect.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UserRowError {
    /// The function's name has no package or no name.
    FunctionName(String),
    /// The type's name has no package or no name.
    TypeName(String),
    /// No such effect.
    Effect(String),
}

impl fmt::Display for UserRowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FunctionName(name) => {
                write!(
                    f,
                    "`{name}` is no function: write `import/path.Function` or `import/path.Type.Method`"
                )
            }
            Self::TypeName(name) => write!(f, "`{name}` is no type: write `import/path.Type`"),
            Self::Effect(effect) => write!(
                f,
                "`{effect}` is no effect: write launcher, handler, lock, unlock, joins, calls-now or container"
            ),
        }
    }
}

impl std::error::Error for UserRowError {}

impl FromStr for UserEffect {
    type Err = UserRowError;

    fn from_str(text: &str) -> Result<Self, UserRowError> {
        match text {
            "launcher" => Ok(Self::Launcher),
            "handler" => Ok(Self::Handler),
            "lock" => Ok(Self::Lock),
            "unlock" => Ok(Self::Unlock),
            "joins" => Ok(Self::Joins),
            "calls-now" => Ok(Self::CallsNow),
            "container" => Ok(Self::Container),
            _ => Err(UserRowError::Effect(text.to_owned())),
        }
    }
}

impl UserEffect {
    /// What calling a function means; `None` for what is said of a type.
    pub(super) fn effect(self, package: Name, receiver: Option<Name>, name: Name) -> Option<Effect> {
        let launch = |kind, parallel, joined| {
            Effect::Launch(LaunchModel {
                kind,
                first_argument: 0,
                single_argument: false,
                results: false,
                methods: false,
                object_methods: &[],
                parallel,
                joined,
                weak: false,
            })
        };
        let label = label(package, receiver, name);
        Some(match self {
            // Without a receiver, no `joins` row could name the group.
            Self::Launcher if receiver.is_none() => launch(LaunchKind::Launcher(label), false, Joined::Never),
            Self::Launcher => launch(LaunchKind::Launcher(label), false, Joined::ByReceiver),
            Self::Handler => launch(LaunchKind::Handler(label), true, Joined::Never),
            Self::Lock => LOCK,
            Self::Unlock => UNLOCK,
            Self::Joins => Effect::Wait,
            Self::CallsNow => Effect::CallsNow,
            Self::Container => return None,
        })
    }
}

/// A function's name, taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct FunctionPath<'a> {
    pub(super) package: &'a str,
    pub(super) receiver: Option<&'a str>,
    pub(super) name: &'a str,
}

impl UserRow {
    /// Whether the name can be read.
    ///
    /// # Errors
    /// If it has no package or no name.
    pub fn check(&self) -> Result<(), UserRowError> {
        self.path().map(|_| ())
    }

    pub(super) fn path(&self) -> Result<FunctionPath<'_>, UserRowError> {
        let path = parse(&self.function);
        match self.effect {
            UserEffect::Container => path
                .filter(|path| path.receiver.is_none())
                .ok_or_else(|| UserRowError::TypeName(self.function.clone())),
            _ => path.ok_or_else(|| UserRowError::FunctionName(self.function.clone())),
        }
    }
}

fn parse(function: &str) -> Option<FunctionPath<'_>> {
    if let Some(rest) = function.strip_prefix('(') {
        let (owner, name) = rest.split_once(").")?;
        let (package, receiver) = owner.trim_start_matches('*').rsplit_once('.')?;
        return checked(package, Some(receiver), name);
    }
    let (head, name) = function.rsplit_once('.')?;
    let last_element = head.rfind('/').map_or(0, |slash| slash + 1);
    match head[last_element..].rsplit_once('.') {
        Some((element, receiver)) if !is_part_of_path(receiver) => {
            let package = &head[..last_element + element.len()];
            let receiver = receiver.trim_start_matches("(*").trim_end_matches(')');
            checked(package, Some(receiver), name)
        }
        _ => checked(head, None, name),
    }
}

/// Whether what follows a dot belongs to an import path's last element: `yaml.v3`, `nats.go`.
fn is_part_of_path(text: &str) -> bool {
    let is_version = text
        .strip_prefix('v')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    is_version || text == "go"
}

fn checked<'a>(package: &'a str, receiver: Option<&'a str>, name: &'a str) -> Option<FunctionPath<'a>> {
    let is_identifier = |text: &str| {
        text.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
            && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    let is_complete = !package.is_empty() && is_identifier(name) && receiver.is_none_or(is_identifier);
    is_complete.then_some(FunctionPath { package, receiver, name })
}

#[cfg(test)]
mod tests {
    use gomapcheck_source::Name;

    use super::{FunctionPath, UserEffect, UserRow, parse};
    use crate::models::{Effect, Joined, Models};

    fn path(text: &str) -> (&str, Option<&str>, &str) {
        let FunctionPath { package, receiver, name } = parse(text).expect("a function's name");
        (package, receiver, name)
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(path("example.org/pool.Go"), ("example.org/pool", None, "Go"));
        assert_eq!(path("example.org/pool.Pool.Go"), ("example.org/pool", Some("Pool"), "Go"));
        assert_eq!(path("example.org/pool.(*Pool).Go"), ("example.org/pool", Some("Pool"), "Go"));
        assert_eq!(path("(*example.org/pool.Pool).Go"), ("example.org/pool", Some("Pool"), "Go"));
        assert_eq!(path("(example.org/pool.Pool).Go"), ("example.org/pool", Some("Pool"), "Go"));
        assert_eq!(path("gopkg.in/tomb.v2.Tomb.Go"), ("gopkg.in/tomb.v2", Some("Tomb"), "Go"));
        assert_eq!(path("gopkg.in/tomb.v2.Go"), ("gopkg.in/tomb.v2", None, "Go"));
        assert_eq!(
            path("github.com/nats-io/nats.go.Connect"),
            ("github.com/nats-io/nats.go", None, "Connect")
        );
        assert_eq!(path("main.spawn"), ("main", None, "spawn"));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in ["", "Go", ".Go", "example.org/pool.", "example.org/pool", "(*pool.Pool", "a..b", "a.b c"]
        {
            let row = UserRow { function: text.to_owned(), effect: UserEffect::Launcher };
            assert!(row.check().is_err(), "{text:?}");
        }
    }

    #[test]
    fn effects_have_names() {
        assert_eq!("calls-now".parse(), Ok(UserEffect::CallsNow));
        let message = "launches".parse::<UserEffect>().unwrap_err().to_string();
        assert!(message.starts_with("`launches` is no effect"));
    }

    #[test]
    fn rows_extend_and_overrule_the_tables() {
        let row = |function: &str, effect| UserRow { function: function.to_owned(), effect };
        let models = Models::with_user_rows(&[
            row("example.org/pool/v2.Pool.Go", UserEffect::Launcher),
            row("example.org/pool/v2.Pool.Drain", UserEffect::Joins),
            row("time.AfterFunc", UserEffect::CallsNow),
            row("not a function", UserEffect::Lock),
        ]);
        let call = |package: &str, receiver: Option<&str>, name: &str| {
            models.call(package.into(), receiver.map(Name::new), name.into()).copied()
        };
        let go = call("example.org/pool/v2", Some("Pool"), "Go");
        assert!(matches!(go, Some(Effect::Launch(launch)) if launch.joined == Joined::ByReceiver));
        assert_eq!(call("example.org/a/vendor/example.org/pool", Some("Pool"), "Drain"), Some(Effect::Wait));
        assert_eq!(call("time", None, "AfterFunc"), Some(Effect::CallsNow));
        assert!(call("sync", Some("Mutex"), "Lock").is_some());
    }

    #[test]
    fn a_container_is_a_type() {
        let row = |name: &str| UserRow { function: name.to_owned(), effect: UserEffect::Container };
        let models = Models::with_user_rows(&[row("example.org/store/v2.Store")]);
        assert!(models.is_container("example.org/store/v2".into(), "Store".into()));
        assert!(models.is_container("example.org/a/vendor/example.org/store".into(), "Store".into()));
        assert!(!models.is_container("example.org/store".into(), "Other".into()));
        let message = row("example.org/store.Store.Get").check().unwrap_err().to_string();
        assert_eq!(message, "`example.org/store.Store.Get` is no type: write `import/path.Type`");
    }
}
