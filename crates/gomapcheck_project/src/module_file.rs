//! What go.mod and go.work files say. Lines that make no sense are passed over and counted, never fatal.

use gomapcheck_source::GoVersion;
use std::collections::BTreeMap;

/// The parts of a go.mod or go.work file that decide which packages an import means.
#[derive(Clone, Debug, Default)]
pub(crate) struct ModuleFile {
    /// The path behind `module`.
    pub(crate) module: Option<String>,
    /// The version behind `go`.
    pub(crate) go_version: Option<GoVersion>,
    /// Module paths and their versions behind `require`.
    pub(crate) requirements: BTreeMap<String, String>,
    /// What stands behind `replace`.
    pub(crate) replacements: Vec<Replacement>,
    /// Directories behind `use`, as written.
    pub(crate) uses: Vec<String>,
    /// Directories behind `ignore`, as written.
    pub(crate) ignores: Vec<String>,
    /// The first line, from 1, that could not be understood.
    pub(crate) first_bad_line: Option<usize>,
}

/// `replace module [version] => target [target_version]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replacement {
    /// The module replaced.
    pub(crate) module: String,
    /// The only version replaced; every version if absent.
    pub(crate) version: Option<String>,
    /// A directory if there is no version behind it, else a module.
    pub(crate) target: String,
    /// The version of the replacing module.
    pub(crate) target_version: Option<String>,
}

impl ModuleFile {
    /// Reads as much of `text` as makes sense.
    pub(crate) fn parse(text: &str) -> Self {
        let mut file = Self::default();
        let mut block: Option<String> = None;
        for (index, line) in text.lines().enumerate() {
            let understood = file.parse_line(line, &mut block);
            if !understood {
                file.first_bad_line.get_or_insert(index + 1);
            }
        }
        file
    }

    fn parse_line(&mut self, line: &str, block: &mut Option<String>) -> bool {
        let Some(words) = words(line) else { return false };
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (&*block, words.as_slice()) {
            (_, []) => true,
            (Some(_), [")"]) => {
                *block = None;
                true
            }
            (Some(verb), _) => {
                let verb = verb.clone();
                self.directive(&verb, &words)
            }
            (None, [verb, "("]) => {
                *block = Some((*verb).to_owned());
                is_known(verb)
            }
            (None, [verb, "(", ")"]) => is_known(verb),
            (None, _) => {
                let verb = words.remove(0);
                self.directive(verb, &words)
            }
        }
    }

    fn directive(&mut self, verb: &str, arguments: &[&str]) -> bool {
        match (verb, arguments) {
            ("module", [path]) => self.module = Some((*path).to_owned()),
            ("go", [version]) => match parse_version(version) {
                Some(version) => self.go_version = Some(version),
                None => return false,
            },
            ("require", [module, version]) => {
                self.requirements.insert((*module).to_owned(), (*version).to_owned());
            }
            ("replace", _) => match parse_replacement(arguments) {
                Some(replacement) => self.replacements.push(replacement),
                None => return false,
            },
            ("use", [directory]) => self.uses.push((*directory).to_owned()),
            ("ignore", [directory]) => self.ignores.push((*directory).to_owned()),
            ("exclude" | "retract" | "tool" | "toolchain" | "godebug", [_, ..]) => {}
            _ => return false,
        }
        true
    }
}

fn is_known(verb: &str) -> bool {
    [
        "module",
        "go",
        "require",
        "replace",
        "use",
        "ignore",
        "exclude",
        "retract",
        "tool",
        "toolchain",
        "godebug",
    ]
    .contains(&verb)
}

fn parse_replacement(arguments: &[&str]) -> Option<Replacement> {
    let arrow = arguments.iter().position(|word| *word == "=>")?;
    let (old, new) = (&arguments[..arrow], &arguments[arrow + 1..]);
    let (module, version) = match old {
        [module] => (module, None),
        [module, version] => (module, Some((*version).to_owned())),
        _ => return None,
    };
    let (target, target_version) = match new {
        [target] => (target, None),
        [target, version] => (target, Some((*version).to_owned())),
        _ => return None,
    };
    Some(Replacement { module: (*module).to_owned(), version, target: (*target).to_owned(), target_version })
}

/// Reads `1.22`, `1.22.3`, `1.22rc1`; only the first two numbers count.
fn parse_version(text: &str) -> Option<GoVersion> {
    let (major, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(GoVersion { major: major.parse().ok()?, minor: rest[..digits].parse().ok()? })
}

/// Splits a line into words, brackets of blocks and quoted strings; `None` if a quote is left open.
fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with("//") {
        let first = rest.chars().next()?;
        let end = match first {
            '"' | '`' => {
                let length = rest[1..].find(first)?;
                words.push(rest[1..=length].to_owned());
                rest = rest[length + 2..].trim_start();
                continue;
            }
            '(' | ')' | ',' | '[' | ']' => 1,
            _ => rest.find(|c: char| c.is_whitespace() || "(),[]".contains(c)).unwrap_or(rest.len()),
        };
        let (word, behind) = rest.split_at(end);
        // A comment may begin right behind a word.
        match word.find("//") {
            Some(comment) => {
                words.push(word[..comment].to_owned());
                return Some(words);
            }
            None => words.push(word.to_owned()),
        }
        rest = behind.trim_start();
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::{ModuleFile, Replacement};
    use gomapcheck_source::GoVersion;

    #[test]
    fn reads_a_module_file() {
        let file = ModuleFile::parse(
            "module \"example.com/m\" // the module\r\n\ngo 1.21.3\ntoolchain go1.22.0\n\nrequire (\n\ta.org/x v1.2.3 // indirect\n\tb.org/y/v2 v2.0.0\n)\nrequire c.org/z v0.1.0\n\nreplace a.org/x => ../x\nreplace (\n\tb.org/y/v2 v2.0.0 => d.org/y/v2 v2.0.1\n)\nretract [v1.0.0, v1.1.0]\nignore ./node_modules\n",
        );
        assert_eq!(file.module.as_deref(), Some("example.com/m"));
        assert_eq!(file.go_version, Some(GoVersion { major: 1, minor: 21 }));
        assert_eq!(file.requirements["a.org/x"], "v1.2.3");
        assert_eq!(file.requirements.len(), 3);
        assert_eq!(file.replacements[0].target, "../x");
        assert_eq!(
            file.replacements[1],
            Replacement {
                module: "b.org/y/v2".into(),
                version: Some("v2.0.0".into()),
                target: "d.org/y/v2".into(),
                target_version: Some("v2.0.1".into()),
            }
        );
        assert_eq!(file.ignores, ["./node_modules"]);
        assert_eq!(file.first_bad_line, None);
    }

    #[test]
    fn reads_a_workspace_file() {
        let file = ModuleFile::parse("go 1.22\nuse ./a\nuse (\n\t./b\n\t../c\n)\n");
        assert_eq!(file.uses, ["./a", "./b", "../c"]);
        assert_eq!(file.first_bad_line, None);
    }

    #[test]
    fn passes_over_what_makes_no_sense() {
        let file =
            ModuleFile::parse("<<<<<<< HEAD\nmodule m\n=======\n>>>>>>> x\nrequire a.org/x\ngo 1.20\n");
        assert_eq!(file.module.as_deref(), Some("m"));
        assert_eq!(file.go_version, Some(GoVersion { major: 1, minor: 20 }));
        assert_eq!(file.first_bad_line, Some(1));
    }
}
