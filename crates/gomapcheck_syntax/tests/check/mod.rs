//! What must hold for every lowered file.

use gomapcheck_ir::{ExprKind, File, FunctionId, FunctionKind, StmtId, StmtKind, StmtList};
use gomapcheck_source::Span;

/// Fails unless every id is in range, every span lies in the text, and locals and captures agree with the functions.
pub(crate) fn check(file: &File, text: &str) {
    // Printing follows every id there is.
    let printed = file.to_string();
    assert!(printed.starts_with("package "));
    check_spans(file, text);
    check_functions(file);
    for (index, expr) in file.exprs.iter().enumerate() {
        if let ExprKind::Local(local) = expr.kind {
            assert!(local.index() < file.locals.len(), "expression {index} names no local");
        }
    }
    for function in file.functions.iter() {
        if let Some(body) = function.body {
            check_block(file, body, 0);
        }
    }
}

fn check_spans(file: &File, text: &str) {
    let inside = |span: Span| {
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{span:?} leaves the text");
    };
    file.exprs.iter().for_each(|expr| inside(expr.span));
    file.stmts.iter().for_each(|stmt| inside(stmt.span));
    file.clauses.iter().for_each(|clause| inside(clause.span));
    file.locals.iter().for_each(|local| inside(local.span));
    file.values.iter().for_each(|value| inside(value.span));
    file.types.iter().for_each(|ty| inside(ty.span));
    file.imports.iter().for_each(|import| inside(import.span));
    file.errors.iter().for_each(|span| inside(*span));
    file.functions.iter().for_each(|function| {
        inside(function.span);
        assert!(function.span.contains(function.name_span));
    });
    for local in &file.locals {
        assert_eq!(text.get(local.span.range()), Some(local.name.as_str()));
    }
}

fn check_functions(file: &File) {
    for (id, function) in file.functions_with_ids() {
        assert_eq!(function.kind == FunctionKind::Literal, function.parent.is_some());
        if let Some(parent) = function.parent {
            assert!(parent.index() < id.index(), "a literal comes after the function around it");
        }
        assert!(function.body.is_some() || function.opaque.is_some(), "without body and without reason");
        let mut seen = Vec::new();
        for capture in &function.captures {
            assert!(!seen.contains(&capture.local), "captured twice");
            seen.push(capture.local);
            let home = file.local(capture.local).function;
            assert!(encloses(file, home, id), "captured from a function that does not enclose");
        }
    }
}

fn encloses(file: &File, outer: FunctionId, inner: FunctionId) -> bool {
    let mut next = file.function(inner).parent;
    while let Some(function) = next {
        if function == outer {
            return true;
        }
        next = file.function(function).parent;
    }
    false
}

fn check_block(file: &File, body: StmtList, depth: u32) {
    for id in file.stmts_of(body) {
        check_stmt(file, *id, depth + 1);
    }
}

fn check_stmt(file: &File, id: StmtId, depth: u32) {
    assert!(depth <= 2 * gomapcheck_syntax::MAX_DEPTH, "nested too deeply");
    let blocks: Vec<StmtList> = match file.stmt(id).kind {
        StmtKind::Block(body) | StmtKind::For { body, .. } | StmtKind::Range { body, .. } => vec![body],
        StmtKind::If { then, otherwise, .. } => {
            otherwise.into_iter().for_each(|other| check_stmt(file, other, depth + 1));
            vec![then]
        }
        StmtKind::Labeled { stmt, .. } => {
            check_stmt(file, stmt, depth + 1);
            Vec::new()
        }
        StmtKind::Switch { clauses, clause_count, .. }
        | StmtKind::TypeSwitch { clauses, clause_count, .. }
        | StmtKind::Select { clauses, clause_count } => {
            file.clauses_of(clauses, clause_count).iter().map(|clause| clause.body).collect()
        }
        _ => Vec::new(),
    };
    blocks.into_iter().for_each(|block| check_block(file, block, depth));
}
