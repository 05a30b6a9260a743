use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use gomapcheck_ir::File;
use gomapcheck_race::models::{Models, UserRow};
use gomapcheck_race::summarise::{self, Detail};
use gomapcheck_race::{Conflict, Options, names_test_code};
use gomapcheck_source::{
    Arrangement, FileId, FileRole, LineIndex, Name, Package, PackageGraph, PackageId, Problem, ProblemKind,
    Provider,
};
use gomapcheck_syntax::Mode;
use gomapcheck_types::{IrProvider, Program};
use rayon::prelude::*;

use crate::file_table::FileTable;
use crate::{Progress, Stage, Statistics};

/// The stages of one run and what they share.
pub struct Engine<'a> {
    sources: &'a dyn Provider,
    progress: &'a dyn Progress,
    files: FileTable,
    problems: Mutex<Vec<Problem>>,
    models: Models,
    reads_guard_comments: bool,
    is_last_act: bool,
}

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The conflicts, in an order that depends on the input alone.
    pub conflicts: Vec<Conflict>,
    /// What the run went through.
    pub statistics: Statistics,
    /// What was passed over on the way, sorted.
    pub problems: Vec<Problem>,
    /// In how many steps the functions were summarised: a measure of the work that no machine changes.
    pub steps: u64,
}

impl<'a> Engine<'a> {
    /// An engine for one run over `sources`.
    #[must_use]
    pub fn new(sources: &'a dyn Provider, progress: &'a dyn Progress) -> Self {
        Self {
            sources,
            progress,
            files: FileTable::new(),
            problems: Mutex::default(),
            models: Models::default(),
            reads_guard_comments: true,
            is_last_act: false,
        }
    }

    /// The same with what the user says of functions of their own; rows whose function cannot be read have no effect.
    #[must_use]
    pub fn with_rows(mut self, rows: &[UserRow]) -> Self {
        if !rows.is_empty() {
            self.models = Models::with_user_rows(rows);
        }
        self
    }

    /// The same with or without what comments say of locks: `// guarded by mu`, `// mu must be held`.
    #[must_use]
    pub fn with_guard_comments(mut self, are_read: bool) -> Self {
        self.reads_guard_comments = are_read;
        self
    }

    /// The same for a process that ends when it has told what the analysis found: what the analysis made is left to the
    /// system, which takes it back at once, instead of being taken down piece by piece.
    #[must_use]
    pub fn as_last_act(mut self) -> Self {
        self.is_last_act = true;
        self
    }

    /// Analyses the target packages together; `None` when [`Progress::is_stopped`] ended it.
    #[must_use]
    pub fn analyse(&self, graph: &PackageGraph) -> Option<Analysis> {
        let statistics = self.lower(&graph.targets);
        self.begin(Stage::Typing)?;
        let program = Program::check(self, &graph.targets);
        self.begin(Stage::Pairing)?;
        let gomapcheck_race::Analysis { conflicts, steps, .. } = self.races(&program);
        if self.is_last_act {
            std::mem::forget(program);
        }
        self.go_on()?;
        let mut problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner).clone();
        problems.sort();
        Some(Analysis { conflicts, statistics, problems, steps })
    }

    /// The IR of a file as text.
    #[must_use]
    pub fn printed_ir(&self, file: FileId) -> String {
        self.lowered(file).to_string()
    }

    fn begin(&self, stage: Stage) -> Option<()> {
        self.go_on()?;
        self.progress.begin(stage, 0);
        Some(())
    }

    fn go_on(&self) -> Option<()> {
        (!self.progress.is_stopped()).then_some(())
    }

    /// Lowers every file of the target packages in parallel and counts what is in them.
    pub(crate) fn lower(&self, targets: &[PackageId]) -> Statistics {
        let mut files = self.files_of(targets);
        self.progress.begin(Stage::Reading, files.len());
        // The largest first, each thread taking the next: a large file at the end would keep the others waiting.
        files.sort_by_cached_key(|id| std::cmp::Reverse(self.sources.file(*id).size));
        let of_files = files
            .into_iter()
            .par_bridge()
            .map(|id| {
                if self.progress.is_stopped() {
                    return Statistics::default();
                }
                let statistics = self.statistics_of(id);
                self.progress.advance();
                statistics
            })
            .reduce(Statistics::default, std::ops::Add::add);
        Statistics { packages: targets.len(), ..of_files }
    }

    /// The files of these packages in order.
    pub(crate) fn files_of(&self, packages: &[PackageId]) -> Vec<FileId> {
        packages.iter().flat_map(|id| self.sources.package(*id).files.clone()).collect()
    }

    /// A file's IR: whole for target packages, declarations alone for others.
    pub(crate) fn lowered(&self, id: FileId) -> &Arc<File> {
        self.files.get_or_make(id, || Arc::new(self.lower_file(id)))
    }

    pub(crate) fn sources(&self) -> &'a dyn Provider {
        self.sources
    }

    pub(crate) fn progress(&self) -> &'a dyn Progress {
        self.progress
    }

    fn lower_file(&self, id: FileId) -> File {
        let source = self.sources.file(id);
        let mode = match self.sources.package(source.package).arrangement {
            Arrangement::Target => Mode::Whole,
            Arrangement::Neighbour | Arrangement::Dependency => Mode::Declarations,
        };
        let text = self.sources.text(id);
        // One file that the reader cannot bear must not cost the others; it is told, and counts as empty.
        let lowered = catch_unwind(AssertUnwindSafe(|| gomapcheck_syntax::lower(id, &text, mode)));
        self.sources.release_text(id);
        let mut file = lowered.unwrap_or_else(|_| {
            self.problems.lock().unwrap_or_else(PoisonError::into_inner).push(Problem {
                kind: ProblemKind::Source,
                path: source.path.clone(),
                message:
                    "reading this file failed inside gomapcheck and it was passed over: please report it"
                        .into(),
            });
            File { line_count: LineIndex::new(&text).line_count(), ..File::new(id) }
        });
        if !self.reads_guard_comments {
            file.notes.clear();
        }
        file
    }

    fn races(&self, program: &Program<'_>) -> gomapcheck_race::Analysis {
        let is_test = |file: FileId| self.sources.file(file).role == FileRole::Test;
        let is_named_for_tests = |file: FileId| {
            let source = self.sources.file(file);
            source.path.file_stem().and_then(|stem| stem.to_str()).is_some_and(names_test_code)
        };
        let options = Options {
            is_test: &is_test,
            is_named_for_tests: &is_named_for_tests,
            is_last_act: self.is_last_act,
        };
        gomapcheck_race::analyse(program, &self.models, &options)
    }

    /// The summary of each function of the target packages as text, in the order of the files.
    #[must_use]
    pub fn printed_summaries(&self, graph: &PackageGraph) -> String {
        self.lower(&graph.targets);
        let program = Program::check(self, &graph.targets);
        let summaries = summarise::program(&program, &self.models, Detail::All);
        let mut text = String::new();
        for function in program.functions() {
            if let Some(summary) = summaries.get(function) {
                text.push_str(&gomapcheck_race::print_summary(&program, function, summary));
            }
        }
        text
    }

    fn statistics_of(&self, id: FileId) -> Statistics {
        let file = self.lowered(id);
        Statistics {
            packages: 0,
            files: 1,
            lines: file.line_count as usize,
            bytes: self.sources.file(id).size,
            functions: file.functions.len(),
            opaque_functions: file.functions.iter().filter(|function| is_misunderstood(function)).count(),
        }
    }
}

/// Assembly and linkname declarations have no body to understand; what the grammar cannot read has.
fn is_misunderstood(function: &gomapcheck_ir::Function) -> bool {
    function.opaque == Some(gomapcheck_ir::OpaqueReason::SyntaxError)
}

impl IrProvider for Engine<'_> {
    fn package(&self, id: PackageId) -> Arc<Package> {
        self.sources.package(id)
    }

    fn resolve_import(&self, importer: PackageId, path: Name) -> Option<PackageId> {
        self.sources.resolve_import(importer, path)
    }

    fn ir(&self, file: FileId) -> Arc<File> {
        Arc::clone(self.lowered(file))
    }

    fn is_test(&self, file: FileId) -> bool {
        self.sources.file(file).role == FileRole::Test
    }
}
