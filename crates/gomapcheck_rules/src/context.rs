use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use gomapcheck_diagnostics as diagnostics;
use gomapcheck_diagnostics::{Diagnostic, MapName};
use gomapcheck_race::{Confidence, Conflict, ConflictKind, Location};
use gomapcheck_source::{FileId, LineIndex, Provider};

use crate::{Metadata, evidence, wording};

/// What rules may ask while they word a conflict: where places stand, and how a finding is put together.
pub struct RuleContext<'a> {
    sources: &'a dyn Provider,
    files: RefCell<BTreeMap<FileId, Rc<FileView>>>,
}

/// A file as printers need it; made once for each file with a finding.
struct FileView {
    path: Arc<str>,
    absolute: Arc<str>,
    text: Arc<str>,
    lines: LineIndex,
    generated: bool,
}

impl<'a> RuleContext<'a> {
    pub(crate) fn new(sources: &'a dyn Provider) -> Self {
        Self { sources, files: RefCell::default() }
    }

    /// Where a place stands, as `file:line:column`.
    #[must_use]
    pub fn place(&self, location: Location) -> String {
        self.location(location).to_string()
    }

    /// A place ready to be printed.
    #[must_use]
    pub fn location(&self, location: Location) -> diagnostics::Location {
        let file = self.file(location.file);
        diagnostics::Location {
            path: Arc::clone(&file.path),
            absolute: Arc::clone(&file.absolute),
            offset: location.span.start,
            start: file.lines.position(location.span.start),
            end_offset: location.span.end,
            end: file.lines.position(location.span.end),
            start_utf16: file.lines.utf16_column(&file.text, location.span.start),
            end_utf16: file.lines.utf16_column(&file.text, location.span.end),
        }
    }

    /// The finding of `rule` for a conflict, with all evidence of the conflict.
    pub(crate) fn finding(
        &self,
        rule: &'static Metadata,
        conflict: &Conflict,
        message: &str,
        advice: &str,
    ) -> Diagnostic {
        let reported = self.location(conflict.first.location);
        let possible = conflict.confidence == Confidence::Possible;
        Diagnostic {
            rule: rule.name,
            message: wording::on_one_line(message),
            source_lines: vec![self.source_line(conflict.first.location.file, reported.start.line)],
            location: reported,
            confidence: confidence(conflict.confidence),
            severity: if possible { rule.severity.lowered() } else { rule.severity },
            severity_word: None,
            map: MapName {
                written: wording::on_one_line(&conflict.map.written),
                declared: wording::on_one_line(&conflict.map.declared),
            },
            other: conflict.second.as_ref().map(|access| evidence::related(self, access)),
            trace: evidence::trace(self, conflict),
            flows: evidence::flows(self, conflict),
            also: conflict.others.iter().map(|access| evidence::related(self, access)).collect(),
            advice: wording::on_one_line(advice),
            generated: self.file(conflict.first.location.file).generated,
            diff_position: None,
        }
    }

    /// The conflict with its ends exchanged when only the reported one stands in a generated file: findings there are
    /// dropped, and the race is as real at its other end. Kinds that blame one access in particular stay as they are.
    pub(crate) fn reported_outside_generated_code<'c>(&self, conflict: &'c Conflict) -> Cow<'c, Conflict> {
        let symmetric = matches!(
            conflict.kind,
            ConflictKind::WriteWrite | ConflictKind::ReadWrite | ConflictKind::IterationWrite
        );
        let generated = |location: Location| self.file(location.file).generated;
        match &conflict.second {
            Some(second)
                if symmetric && generated(conflict.first.location) && !generated(second.location) =>
            {
                let mut exchanged = conflict.clone();
                exchanged.map.written.clone_from(&second.expression);
                exchanged.second = Some(std::mem::replace(&mut exchanged.first, second.clone()));
                Cow::Owned(exchanged)
            }
            _ => Cow::Borrowed(conflict),
        }
    }

    fn source_line(&self, file: FileId, line: u32) -> String {
        let file = self.file(file);
        // A span outside the text would be a fault elsewhere; a report without its source line is still a report.
        file.text.get(file.lines.line_range(line)).unwrap_or_default().trim_matches('\r').to_owned()
    }

    fn file(&self, id: FileId) -> Rc<FileView> {
        let mut files = self.files.borrow_mut();
        let view = files.entry(id).or_insert_with(|| {
            let file = self.sources.file(id);
            let text = self.sources.text(id);
            Rc::new(FileView {
                path: self.sources.display_path(&file.path).into(),
                absolute: file.path.to_string_lossy().into(),
                lines: LineIndex::new(&text),
                text,
                generated: file.generated,
            })
        });
        Rc::clone(view)
    }
}

fn confidence(confidence: Confidence) -> diagnostics::Confidence {
    match confidence {
        Confidence::Possible => diagnostics::Confidence::Possible,
        Confidence::Likely => diagnostics::Confidence::Likely,
        Confidence::Certain => diagnostics::Confidence::Certain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn first_line(conflict: &Conflict) -> String {
        testing::worded(conflict).lines().next().unwrap().to_owned()
    }

    #[test]
    fn a_race_with_generated_code_is_reported_at_its_other_end() {
        let race = testing::in_generated_file(testing::race(ConflictKind::ReadWrite));
        let line = first_line(&race);
        assert!(line.starts_with("store/store.go:4:2: "), "{line}");
        assert!(line.contains("read at store/store.pb.go:9:9"), "{line}");
        let unguarded = testing::in_generated_file(testing::guarded(ConflictKind::Unguarded));
        assert!(first_line(&unguarded).starts_with("store/store.pb.go:"));
    }

    #[test]
    fn a_goroutine_that_races_with_itself_is_told_so_once() {
        let mut race = testing::race(ConflictKind::WriteWrite);
        race.second = Some(race.first.clone());
        insta::assert_snapshot!(testing::worded(&race), @r"
        store/store.go:4:2: concurrent-map-write: map s.items (field Store.items) is written here by several goroutines (store/store.go:4:2 in each), with no common lock
        certain, error
          store/store.go:8:2: started by a go statement
          store/store.go:4:2: s.items is written in (*Store).Put, holding no lock
        help: guard every access with one sync.Mutex, or give the map to one goroutine and wait for it before others look
        ");
    }

    #[test]
    fn a_possible_finding_weighs_less() {
        let mut race = testing::race(ConflictKind::ReadWrite);
        race.confidence = Confidence::Possible;
        assert!(testing::worded(&race).contains("possible, warning"));
    }
}
