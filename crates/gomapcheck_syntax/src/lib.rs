//! tree-sitter-go in, IR out: the only crate that knows the grammar
