//! Package patterns, in which `...` stands for any text.

/// A pattern over slash-separated paths, ready for matching in linear time.
///
/// `...` matches any text, a final `/...` also nothing at all, and no `...` reaches through a directory called `vendor`:
/// `./...` does not match `./vendor/x`, `./vendor/...` does.
pub(crate) struct Glob {
    whole: Vec<String>,
    without_tail: Option<Vec<String>>,
}

/// Stands for a `vendor` element with something below it; no wildcard matches it.
const VENDOR: char = '\0';

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        let without_tail = pattern.strip_suffix("/...").map(pieces);
        Self { whole: pieces(pattern), without_tail }
    }

    pub(crate) fn matches(&self, path: &str) -> bool {
        let path = hide_vendor(path);
        matches_pieces(&self.whole, &path)
            || self.without_tail.as_ref().is_some_and(|pieces| matches_pieces(pieces, &path))
    }
}

fn pieces(pattern: &str) -> Vec<String> {
    hide_vendor(pattern).split("...").map(str::to_owned).collect()
}

fn hide_vendor(path: &str) -> String {
    let mut hidden = String::with_capacity(path.len());
    let mut elements = path.split('/').peekable();
    while let Some(element) = elements.next() {
        let is_last = elements.peek().is_none();
        if element == "vendor" && !is_last {
            hidden.push(VENDOR);
        } else {
            hidden.push_str(element);
        }
        if !is_last {
            hidden.push('/');
        }
    }
    hidden
}

fn matches_pieces(pieces: &[String], path: &str) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return false };
    let Some(mut path) = path.strip_prefix(first.as_str()) else { return false };
    let Some((last, middle)) = rest.split_last() else { return path.is_empty() };
    for piece in middle {
        let Some((gap, behind)) = path.split_once(piece.as_str()) else { return false };
        if gap.contains(VENDOR) {
            return false;
        }
        path = behind;
    }
    path.strip_suffix(last.as_str()).is_some_and(|gap| !gap.contains(VENDOR))
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn a_final_wildcard_matches_the_directory_itself_and_all_below() {
        let glob = Glob::new("/m/net/...");
        assert!(glob.matches("/m/net"));
        assert!(glob.matches("/m/net/http"));
        assert!(!glob.matches("/m/network"));
    }

    #[test]
    fn wildcards_stand_for_any_text() {
        assert!(Glob::new("/m/net...").matches("/m/network/x"));
        assert!(Glob::new("/m/.../internal").matches("/m/a/b/internal"));
        assert!(!Glob::new("/m/.../internal").matches("/m/a/b/internal/c"));
        assert!(Glob::new("/m/a").matches("/m/a"));
        assert!(!Glob::new("/m/a").matches("/m/a/b"));
    }

    #[test]
    fn wildcards_do_not_reach_into_vendor() {
        assert!(!Glob::new("/m/...").matches("/m/vendor/x"));
        assert!(Glob::new("/m/...").matches("/m/cmd/vendor"));
        assert!(Glob::new("/m/vendor/...").matches("/m/vendor/x/y"));
        assert!(Glob::new("/m/vendor/...").matches("/m/vendor"));
    }
}
