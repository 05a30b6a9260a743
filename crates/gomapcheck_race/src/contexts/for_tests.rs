//! Which files are for tests alone: what they import, what they are called, and who imports their packages.

use gomapcheck_ir::{self as ir, ExprKind};
use gomapcheck_source::{FileId, Name};
use gomapcheck_types::Program;
use rustc_hash::FxHashSet;

use crate::analyse::Options;

/// Elements of import paths that tests have for themselves, unless the program imports such a package after all.
const ELEMENTS: [&str; 14] = [
    "e2e",
    "fake",
    "fakes",
    "mock",
    "mocks",
    "stub",
    "stubs",
    "test",
    "testhelper",
    "testhelpers",
    "testing",
    "tests",
    "testutil",
    "testutils",
];

/// Words at the beginning or the end of file names.
const WORDS: [&str; 7] = ["mock", "mocks", "testhelper", "testhelpers", "testing", "testutil", "testutils"];

/// Words at the end of file names; at the beginning they may be the subject: `fake_dns`, `stub_resolver`.
const LAST_WORDS: [&str; 4] = ["fake", "fakes", "stub", "stubs"];

/// Whether a file's name, without `.go`, says that it is for tests: `mock_store`, `store_mock`, `test_util`.
#[must_use]
pub fn names_test_code(stem: &str) -> bool {
    let is_word = |word: Option<&str>| word.is_some_and(|word| WORDS.contains(&word));
    is_word(stem.split('_').next())
        || stem.rsplit('_').next().is_some_and(|last| WORDS.contains(&last) || LAST_WORDS.contains(&last))
        || ["test_util", "test_helper", "test_common"].iter().any(|prefix| stem.starts_with(prefix))
}

/// What doc comments say of functions for tests.
const PHRASES: [&str; 8] = [
    "for testing only",
    "testing purpose",
    "only for test",
    "only used for test",
    "only used in test",
    "only used in unit test",
    "only used by test",
    "only used by unit test",
];

/// Whether a function's doc comment says that it is for tests alone.
pub(super) fn says_for_tests(text: &str) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = words.to_ascii_lowercase();
    PHRASES.iter().any(|phrase| plain.contains(phrase))
}

/// The files, of these, that are for tests alone, test files among them.
pub(super) fn files_for_tests(
    program: &Program<'_>,
    options: &Options<'_>,
    files: &[FileId],
) -> FxHashSet<FileId> {
    let packages = packages_for_tests(program, options, files);
    let is_for_tests = |file: &&FileId| {
        (options.is_test)(**file)
            || (options.is_named_for_tests)(**file)
            || takes_tests(program.ir(**file))
            || packages.contains(&program.package_of(**file).import_path)
    };
    files.iter().filter(is_for_tests).copied().collect()
}

/// Types of the package `testing` that those have who write for tests.
const TYPES: [&str; 6] = ["B", "F", "M", "PB", "T", "TB"];

/// Whether a file has to do with running tests. `testing.Testing()` is for those who are run by one.
fn takes_tests(ir: &ir::File) -> bool {
    let Some(import) = ir.imports.iter().find(|one| one.path.as_str() == "testing") else { return false };
    let package = import.alias.map_or("testing", Name::as_str);
    ir.exprs.iter().any(|expr| match expr.kind {
        ExprKind::Selector { base, name } => {
            let is_package = matches!(ir.kind(base), ExprKind::Name(base) if base.as_str() == package);
            is_package && TYPES.contains(&name.as_str())
        }
        _ => false,
    })
}

/// The packages with such import paths that nothing imports but tests and one another.
fn packages_for_tests(program: &Program<'_>, options: &Options<'_>, files: &[FileId]) -> FxHashSet<Name> {
    let is_main = |file: FileId| program.package_of(file).name.as_str() == "main";
    let path = |file: FileId| program.package_of(file).import_path;
    let mut packages: FxHashSet<Name> =
        files.iter().filter(|file| !is_main(**file)).map(|file| path(*file)).collect();
    packages.retain(|path| path.as_str().split('/').any(|element| ELEMENTS.contains(&element)));
    let mut is_settled = packages.is_empty();
    while !is_settled {
        let before = packages.len();
        for file in files.iter().filter(|file| !(options.is_test)(**file)) {
            if !packages.contains(&path(*file)) {
                program.ir(*file).imports.iter().for_each(|import| {
                    packages.remove(&import.path);
                });
            }
        }
        is_settled = packages.len() == before;
    }
    packages
}

#[cfg(test)]
mod tests {
    use super::{names_test_code, says_for_tests};

    #[test]
    fn file_names_tell_what_is_for_tests() {
        for stem in [
            "mock_store",
            "store_mock",
            "testing",
            "test_util",
            "test_helpers",
            "testutil",
            "store_stub",
            "fake",
        ] {
            assert!(names_test_code(stem), "{stem}");
        }
        for stem in ["store", "test_state", "fake_dns", "stub_resolver", "mockingbird", "latest"] {
            assert!(!names_test_code(stem), "{stem}");
        }
    }

    #[test]
    fn comments_tell_what_is_for_tests() {
        for text in ["Reset is for testing only.", "Only used in unit tests.", "Exposed only\nfor tests"] {
            assert!(says_for_tests(text), "{text}");
        }
        for text in ["It is only used once.", "Test runs the tests."] {
            assert!(!says_for_tests(text), "{text}");
        }
    }
}
