//! Import paths as the tables write them: without vendoring, without major versions, under today's name.

use std::borrow::Cow;

use gomapcheck_source::Name;

/// Repositories that have moved: former and present import path.
const MOVED: &[(&str, &str)] = &[
    ("github.com/Shopify/sarama", "github.com/IBM/sarama"),
    ("github.com/Sirupsen/logrus", "github.com/sirupsen/logrus"),
    ("github.com/bufbuild/connect-go", "connectrpc.com/connect"),
    ("github.com/nats-io/go-nats", "github.com/nats-io/nats.go"),
    ("github.com/nats-io/nats", "github.com/nats-io/nats.go"),
    ("github.com/pressly/chi", "github.com/go-chi/chi"),
    ("github.com/codegangsta/negroni", "github.com/urfave/negroni"),
    ("github.com/tal-tech/go-zero", "github.com/zeromicro/go-zero"),
    ("golang.org/x/net/context", "context"),
    ("gopkg.in/fsnotify", "github.com/fsnotify/fsnotify"),
    ("gopkg.in/robfig/cron", "github.com/robfig/cron"),
    ("nhooyr.io/websocket", "github.com/coder/websocket"),
];

/// A package that lives on in copies, and what their paths end with.
const ORIGINAL: &str = "golang.org/x/sync/errgroup";
const COPIED: &str = "/errgroup";

/// Whether a package is a copy of one in the tables.
pub(super) fn is_copy(path: &str) -> bool {
    path.ends_with(COPIED) && !path.ends_with(ORIGINAL)
}

/// `path` as the tables write it.
pub(super) fn canonical(path: &str) -> Cow<'_, str> {
    let path = without_vendor(path);
    let path = without_versions(path);
    // Many have copied it, and kept what it means.
    if path.ends_with(COPIED) {
        return Cow::Borrowed(ORIGINAL);
    }
    for (former, present) in MOVED {
        if let Some(rest) = path.strip_prefix(former)
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return Cow::Owned(format!("{present}{rest}"));
        }
    }
    path
}

/// A function's name in messages: `errgroup.Group.Go`.
pub(super) fn label(package: Name, receiver: Option<Name>, name: Name) -> Name {
    let package = short_name(package.as_str());
    Name::new(&match receiver {
        Some(receiver) => format!("{package}.{receiver}.{name}"),
        None => format!("{package}.{name}"),
    })
}

/// The name by which people know the package: its last element, without what says that it is Go.
fn short_name(canonical: &str) -> &str {
    let element = canonical.rsplit('/').next().unwrap_or(canonical);
    let element = element.strip_suffix(".go").unwrap_or(element);
    element.strip_prefix("go-").unwrap_or(element)
}

fn without_vendor(path: &str) -> &str {
    match path.rfind("/vendor/") {
        Some(start) => &path[start + "/vendor/".len()..],
        None => path.strip_prefix("vendor/").unwrap_or(path),
    }
}

/// Drops `/v2`, `/v3`, … wherever they stand, and gopkg.in's `.v1`. A `/v1` is no module version but part of a name.
fn without_versions(path: &str) -> Cow<'_, str> {
    let in_gopkg = path.starts_with("gopkg.in/");
    // Most paths have neither, and this is asked for many calls.
    if !in_gopkg && !path.contains("/v") && !path.starts_with('v') {
        return Cow::Borrowed(path);
    }
    let is_canonical = |element: &str| !is_major(element) && (!in_gopkg || undotted(element) == element);
    if path.split('/').all(is_canonical) {
        return Cow::Borrowed(path);
    }
    let mut canonical = String::with_capacity(path.len());
    for element in path.split('/').filter(|element| !is_major(element)) {
        if !canonical.is_empty() {
            canonical.push('/');
        }
        canonical.push_str(if in_gopkg { undotted(element) } else { element });
    }
    Cow::Owned(canonical)
}

fn is_major(element: &str) -> bool {
    element.strip_prefix('v').is_some_and(|digits| {
        digits != "1" && !digits.starts_with('0') && !digits.is_empty() && all_digits(digits)
    })
}

fn undotted(element: &str) -> &str {
    match element.rsplit_once(".v") {
        Some((name, digits)) if !digits.is_empty() && all_digits(digits) => name,
        _ => element,
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{MOVED, canonical, label};

    #[test]
    fn drops_versions() {
        assert_eq!(canonical("github.com/labstack/echo/v4"), "github.com/labstack/echo");
        assert_eq!(canonical("github.com/go-chi/chi/v5/middleware"), "github.com/go-chi/chi/middleware");
        assert_eq!(canonical("gopkg.in/tomb.v2"), "gopkg.in/tomb");
        assert_eq!(canonical("k8s.io/api/core/v1"), "k8s.io/api/core/v1");
        assert_eq!(canonical("net/http"), "net/http");
    }

    #[test]
    fn drops_vendoring() {
        assert_eq!(
            canonical("example.org/a/vendor/golang.org/x/sync/errgroup"),
            "golang.org/x/sync/errgroup"
        );
        assert_eq!(canonical("vendor/golang.org/x/net/dns"), "golang.org/x/net/dns");
    }

    #[test]
    fn follows_moves() {
        assert_eq!(canonical("github.com/Shopify/sarama"), "github.com/IBM/sarama");
        assert_eq!(canonical("gopkg.in/robfig/cron.v2"), "github.com/robfig/cron");
        assert_eq!(canonical("github.com/nats-io/nats.go/jetstream"), "github.com/nats-io/nats.go/jetstream");
        assert_eq!(
            canonical("github.com/nats-io/nats-server/server"),
            "github.com/nats-io/nats-server/server"
        );
    }

    #[test]
    fn a_moved_path_has_one_end() {
        for (former, present) in MOVED {
            assert_eq!(canonical(former), *present);
            assert_eq!(canonical(present), *present);
        }
    }

    #[test]
    fn labels_are_what_people_say() {
        let group = label("golang.org/x/sync/errgroup".into(), Some("Group".into()), "Go".into());
        assert_eq!(group.as_str(), "errgroup.Group.Go");
        assert_eq!(label("github.com/nsqio/go-nsq".into(), None, "New".into()).as_str(), "nsq.New");
    }

    #[test]
    fn never_panics() {
        for path in ["", "/", "v", "/v2", "v2", "/vendor/", "gopkg.in/", "gopkg.in/.v", "é/v3/ü"] {
            let once = canonical(path).into_owned();
            assert_eq!(canonical(&once), once, "{path:?}");
        }
    }
}
