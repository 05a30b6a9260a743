use gomapcheck_ir::Directive;
use gomapcheck_source::{FileId, PackageId};

use crate::Engine;

/// The `//nolint` comments of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileDirectives {
    /// The file.
    pub file: FileId,
    /// Its comments in order; never empty.
    pub directives: Vec<Directive>,
}

impl Engine<'_> {
    /// The `//nolint` comments of the target packages, file by file; files without any are left out.
    #[must_use]
    pub fn directives(&self, targets: &[PackageId]) -> Vec<FileDirectives> {
        let files = self.files_of(targets).into_iter();
        let directives_of = |file: FileId| {
            let directives = self.lowered(file).directives.clone();
            (!directives.is_empty()).then_some(FileDirectives { file, directives })
        };
        files.filter_map(directives_of).collect()
    }
}
