use std::sync::OnceLock;

use tree_sitter::Query;

use crate::kind::language;

/// The query that finds what is damaged at the top of a tree, compiled once.
pub(crate) fn damage_query() -> Option<&'static Query> {
    static QUERY: OnceLock<Option<Query>> = OnceLock::new();
    QUERY.get_or_init(|| Query::new(&language(), gomapcheck_queries::DAMAGE).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queries_fit_the_grammar() {
        assert!(damage_query().is_some());
    }
}
