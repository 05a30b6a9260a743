use std::path::Path;
use std::sync::Arc;

use gomapcheck_diagnostics::Generated;
use gomapcheck_project::Workspace;
use gomapcheck_source::{FileId, Name, Package, PackageId, Provider, SourceFile};

/// The workspace's files, with those marked as generated that the configuration counts as such.
pub(crate) struct Sources<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) generated: Generated,
}

impl Provider for Sources<'_> {
    fn package(&self, id: PackageId) -> Arc<Package> {
        self.workspace.package(id)
    }

    fn file(&self, id: FileId) -> Arc<SourceFile> {
        let file = self.workspace.file(id);
        // The strict reading is what the workspace does by itself.
        let is_settled = self.generated == Generated::Strict;
        if is_settled || self.generated.counts(&self.text(id)) == file.generated {
            return file;
        }
        Arc::new(SourceFile { generated: !file.generated, ..SourceFile::clone(&file) })
    }

    fn text(&self, id: FileId) -> Arc<str> {
        self.workspace.text(id)
    }

    fn release_text(&self, id: FileId) {
        self.workspace.release_text(id);
    }

    fn resolve_import(&self, importer: PackageId, path: Name) -> Option<PackageId> {
        self.workspace.resolve_import(importer, path)
    }

    fn display_path(&self, path: &Path) -> String {
        self.workspace.display_path(path)
    }
}
