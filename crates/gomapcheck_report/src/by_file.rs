use std::collections::BTreeMap;

use gomapcheck_diagnostics::Diagnostic;

/// The findings of each file, files in the order of their names, findings as they come.
pub(crate) fn by_file(diagnostics: &[Diagnostic]) -> BTreeMap<&str, Vec<&Diagnostic>> {
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        files.entry(&diagnostic.location.path).or_default().push(diagnostic);
    }
    files
}
