//! Libraries that read a command line, and run the one function of the program that it asks for.

use gomapcheck_source::Name;

use super::import_path::canonical;

/// The types by whose values a command's function learns what it was called with.
const CALLS: &[(&str, &str)] = &[
    ("github.com/alecthomas/kingpin", "ParseContext"),
    ("github.com/spf13/cobra", "Command"),
    ("github.com/urfave/cli", "Command"),
    ("github.com/urfave/cli", "Context"),
];

/// Whether one of these types is what a command line library gives to a program's command.
pub(super) fn is_command(params: &[Option<(Name, Name)>]) -> bool {
    params.iter().flatten().any(|(package, name)| {
        let mut named = CALLS.iter().filter(|(_, call)| *call == name.as_str()).peekable();
        named.peek().is_some() && named.any(|(library, _)| *library == canonical(package.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::is_command;
    use crate::models::testing::qualified;

    #[test]
    fn a_command_is_known_by_what_it_is_given() {
        assert!(is_command(&[qualified("github.com/spf13/cobra.Command"), None]));
        assert!(is_command(&[qualified("github.com/urfave/cli/v2.Context")]));
        assert!(!is_command(&[qualified("context.Context")]));
        assert!(!is_command(&[qualified("net/http.Request")]));
    }
}
