use std::sync::{Arc, OnceLock};

use gomapcheck_ir::File;
use gomapcheck_source::FileId;

/// Rows hold 1, 2, 4, … entries: enough of them for every 32-bit id, none moved when more files turn up.
const ROWS: usize = 32;

type Entry = OnceLock<Arc<File>>;

/// Each file's IR, made once and then read without a lock.
pub(crate) struct FileTable {
    rows: [OnceLock<Box<[Entry]>>; ROWS],
}

impl FileTable {
    pub(crate) fn new() -> Self {
        Self { rows: [const { OnceLock::new() }; ROWS] }
    }

    /// The entry of a file; `make` runs if no thread has made it yet.
    pub(crate) fn get_or_make(&self, id: FileId, make: impl FnOnce() -> Arc<File>) -> &Arc<File> {
        // Row r begins at index 2^r - 1; an id of `u32::MAX` would need a row more, and no run has so many files.
        let place = id.index() + 1;
        let row = place.ilog2() as usize;
        let entries = self.rows[row.min(ROWS - 1)]
            .get_or_init(|| (0..1_usize << row).map(|_| OnceLock::new()).collect());
        entries[place - (1 << row)].get_or_init(make)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_is_made_once_and_kept_apart() {
        let table = FileTable::new();
        for round in 0..2 {
            for id in (0..100).map(FileId) {
                let file = table.get_or_make(id, || {
                    assert_eq!(round, 0, "made again");
                    Arc::new(File::new(id))
                });
                assert_eq!(file.id, id);
            }
        }
    }
}
