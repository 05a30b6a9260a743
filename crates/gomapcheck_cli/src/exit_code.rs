/// How a run ended; the numbers are golangci-lint's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExitCode(u8);

impl ExitCode {
    /// No findings.
    pub const CLEAN: Self = Self(0);
    /// Findings, unless `--issues-exit-code` says another number.
    pub const ISSUES: Self = Self(1);
    /// The work could not be done: a bad flag, a missing directory, a fault inside the program.
    pub const FAILURE: Self = Self(3);
    /// The time given by `--timeout` ran out.
    pub const TIMEOUT: Self = Self(4);
    /// There were no Go files.
    pub const NO_GO_FILES: Self = Self(5);
    /// `config` was asked for a configuration, and there is none.
    pub const NO_CONFIGURATION: Self = Self(6);
    /// No findings, but a part of the work could not be done.
    pub const ERROR_LOGGED: Self = Self(7);
    /// Ctrl-C; what shells give a program that SIGINT ended.
    pub const INTERRUPTED: Self = Self(130);
    /// Asked to end; what shells give a program that SIGTERM ended.
    pub const TERMINATED: Self = Self(143);

    /// The code with this number.
    #[must_use]
    pub fn new(number: u8) -> Self {
        Self(number)
    }

    /// The number for the operating system.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}
