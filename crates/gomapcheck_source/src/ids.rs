use std::fmt;

/// A Go source file of this run, dependencies included. Dense from 0; valid for one run only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A package of this run, dependencies included. Dense from 0; valid for one run only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageId(pub u32);

impl FileId {
    /// The id as an index into tables of files.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl PackageId {
    /// The id as an index into tables of packages.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "file#{}", self.0)
    }
}

impl fmt::Debug for PackageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "package#{}", self.0)
    }
}
