//! The command line: flags, commands, messages, exit codes
