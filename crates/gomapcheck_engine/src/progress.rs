/// A part of a run that takes time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Files are read and lowered.
    Reading,
    /// Names and types are resolved.
    Typing,
    /// Accesses are summarised and paired.
    Pairing,
}

impl Stage {
    /// What happens, as a progress line says it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading files",
            Self::Typing => "resolving types",
            Self::Pairing => "looking for races",
        }
    }
}

/// Who is told how far a run is. Called from many threads.
pub trait Progress: Sync {
    /// A stage begins; `total` is its number of steps, 0 when that is not known.
    fn begin(&self, stage: Stage, total: usize);

    /// A step of the current stage is done.
    fn advance(&self);

    /// Whether the run is to end without a result. Asked between files and between stages.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Tells no one.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}

    fn advance(&self) {}
}
