/// What a run went through.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Statistics {
    /// Target packages.
    pub packages: usize,
    /// Their files.
    pub files: usize,
    /// The lines of these.
    pub lines: usize,
    /// The bytes of these.
    pub bytes: usize,
    /// The functions in them, literals included.
    pub functions: usize,
    /// Functions that could not be understood wholly.
    pub opaque_functions: usize,
}

impl std::ops::Add for Statistics {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            packages: self.packages + other.packages,
            files: self.files + other.files,
            lines: self.lines + other.lines,
            bytes: self.bytes + other.bytes,
            functions: self.functions + other.functions,
            opaque_functions: self.opaque_functions + other.opaque_functions,
        }
    }
}
