use std::cmp::Ordering;

use gomapcheck_diagnostics::Diagnostic;

use crate::error::CliError;

/// What golangci-lint calls weightier; other words come first, in their own order.
const SEVERITIES: [&str; 5] = ["low", "medium", "high", "warning", "error"];

/// What findings can be sorted by.
const ORDERS: [&str; 3] = ["linter", "file", "severity"];

/// Whether these are orders that exist, each once.
///
/// # Errors
/// For the first that is not.
pub(super) fn check(orders: &[String]) -> Result<(), CliError> {
    for (index, order) in orders.iter().enumerate() {
        if !ORDERS.contains(&&**order) {
            let known = ORDERS.join(", ");
            let message = format!("{order} is no value for --output.sort-order; it takes {known}");
            return Err(CliError::Usage(message));
        }
        if orders.iter().take(index).any(|earlier| earlier == order) {
            return Err(CliError::Usage(format!("--output.sort-order names {order} several times")));
        }
    }
    Ok(())
}

/// Sorts sorted findings anew, first things first. All are one linter's, so that `linter` changes nothing.
pub(super) fn sort(diagnostics: &mut [Diagnostic], orders: &[String]) {
    if orders.iter().any(|order| order == "severity") {
        diagnostics.sort_by(|a, b| {
            let by = |order: &String| match &**order {
                "file" => (&a.location.path, a.location.start).cmp(&(&b.location.path, b.location.start)),
                "severity" => weight(a).cmp(&weight(b)),
                _ => Ordering::Equal,
            };
            orders.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
    }
}

fn weight(diagnostic: &Diagnostic) -> (Option<usize>, &str) {
    let word = diagnostic.severity_text();
    (SEVERITIES.iter().position(|known| *known == word), word)
}
