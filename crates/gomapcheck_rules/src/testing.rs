//! Conflicts for the rules' tests: made by hand, so that wording is tested without an analysis.

use std::path::Path;
use std::sync::Arc;

use gomapcheck_diagnostics::Diagnostic;
use gomapcheck_race::{
    AccessEvidence, Confidence, Conflict, ConflictKind, GuardEvidence, HeldLock, Location, LockMode, MapName,
    Operation, Step,
};
use gomapcheck_source::{FileId, FileRole, Name, Package, PackageId, Provider, SourceFile, Span};

const TEXT: &str = "package store\n\nfunc (s *Store) Put() {\n\ts.items[k] = v\n}\n\nfunc (s *Store) Get() int {\n\tgo s.Put()\n\treturn s.items[k]\n}\n";

/// One file, `store/store.go`; a second one, generated, with the same text.
struct Sources;

impl Provider for Sources {
    fn package(&self, _: PackageId) -> Arc<Package> {
        unimplemented!("rules ask for files alone")
    }

    fn file(&self, id: FileId) -> Arc<SourceFile> {
        let name = ["store.go", "store.pb.go"][id.index()];
        Arc::new(SourceFile {
            id,
            package: PackageId(0),
            path: Path::new("/module/store").join(name),
            size: TEXT.len(),
            role: FileRole::Source,
            generated: id == FileId(1),
        })
    }

    fn text(&self, _: FileId) -> Arc<str> {
        TEXT.into()
    }

    fn release_text(&self, _: FileId) {}

    fn resolve_import(&self, _: PackageId, _: Name) -> Option<PackageId> {
        None
    }

    fn display_path(&self, path: &Path) -> String {
        path.strip_prefix("/module").unwrap().to_string_lossy().into_owned()
    }
}

/// Where the `number`th occurrence of `code` stands.
fn location(code: &str, number: usize) -> Location {
    let (start, _) = TEXT.match_indices(code).nth(number).unwrap();
    let start = u32::try_from(start).unwrap();
    Location { file: FileId(0), span: Span::new(start, start + u32::try_from(code.len()).unwrap()) }
}

fn lock(name: &str, mode: LockMode) -> HeldLock {
    HeldLock { name: name.into(), mode, acquired: Some(location("s.Put", 0)) }
}

fn read() -> AccessEvidence {
    AccessEvidence {
        location: location("s.items", 1),
        operation: Operation::Read,
        expression: "s.items".into(),
        function: "(*Store).Get".into(),
        in_test: false,
        locks: Vec::new(),
        steps: Vec::new(),
    }
}

fn write() -> AccessEvidence {
    AccessEvidence {
        location: location("s.items", 0),
        operation: Operation::Write,
        function: "(*Store).Put".into(),
        steps: vec![Step { location: location("go s.Put()", 0), text: "started by a go statement".into() }],
        ..read()
    }
}

fn iteration() -> AccessEvidence {
    AccessEvidence { operation: Operation::Iterate, ..read() }
}

/// A conflict of this kind without locks: for most, a read and a write in another goroutine.
pub(crate) fn race(kind: ConflictKind) -> Conflict {
    let own = || AccessEvidence { steps: Vec::new(), ..write() };
    let (first, second) = match kind {
        ConflictKind::WriteWrite => (write(), write()),
        ConflictKind::IterationWrite => (iteration(), write()),
        // The defects of one goroutine: nothing is started.
        ConflictKind::RangeMutation => (own(), iteration()),
        ConflictKind::SyncMapCheckThenAct => (own(), read()),
        _ => (read(), write()),
    };
    Conflict {
        first,
        second: Some(second),
        kind,
        confidence: Confidence::Certain,
        map: MapName { written: "s.items".into(), declared: "field Store.items".into() },
        guard: None,
        reason: String::new(),
        others: Vec::new(),
    }
}

/// A bare read of a map whose other accesses hold a lock.
pub(crate) fn guarded(kind: ConflictKind) -> Conflict {
    let guard = GuardEvidence {
        lock: "Store.mu".into(),
        held_in: 3,
        of: 4,
        example: Some(location("s.items", 0)),
        declared: None,
    };
    let second = AccessEvidence { locks: vec![lock("s.mu", LockMode::Write)], steps: Vec::new(), ..write() };
    Conflict { second: Some(second), confidence: Confidence::Likely, guard: Some(guard), ..race(kind) }
}

/// A write under `RLock`.
pub(crate) fn read_locked() -> Conflict {
    let first = AccessEvidence { locks: vec![lock("s.mu", LockMode::Read)], steps: Vec::new(), ..write() };
    Conflict { first, second: Some(read()), ..race(ConflictKind::WriteUnderReadLock) }
}

/// Two accesses under two locks.
pub(crate) fn mixed() -> Conflict {
    let with = |name: &str, access| AccessEvidence { locks: vec![lock(name, LockMode::Write)], ..access };
    Conflict {
        first: with("s.writers", write()),
        second: Some(with("s.readers", read())),
        ..race(ConflictKind::MixedLocks)
    }
}

/// A guarded map that is returned.
pub(crate) fn escape() -> Conflict {
    let first = AccessEvidence { operation: Operation::Escape, ..read() };
    Conflict { first, second: None, ..guarded(ConflictKind::GuardedEscape) }
}

/// The findings that the rules make of a conflict.
pub(crate) fn found(conflict: &Conflict) -> Vec<Diagnostic> {
    crate::check(std::slice::from_ref(conflict), &Sources)
}

/// The finding that the rules make of a conflict, as text: message, confidence and severity, trace, advice.
pub(crate) fn worded(conflict: &Conflict) -> String {
    let findings = found(conflict);
    let [finding] = &findings[..] else { return format!("{} findings, not one", findings.len()) };
    let mut text = format!("{}: {}\n", finding.location, finding.text());
    text += &format!("{}, {}\n", finding.confidence, finding.severity);
    for step in &finding.trace {
        text += &format!("  {}: {}\n", step.location, step.text);
    }
    text + &format!("help: {}\n", finding.advice)
}

/// The same conflict with its reported access in a generated file.
pub(crate) fn in_generated_file(mut conflict: Conflict) -> Conflict {
    conflict.first.location.file = FileId(1);
    conflict
}
