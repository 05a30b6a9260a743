//! Tree-sitter queries of gomapcheck, as data: the text of each `.scm` file of this folder.
