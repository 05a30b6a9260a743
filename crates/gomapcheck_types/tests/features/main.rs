//! One example a feature of the type system: Go code in which comments state what is found out about the line.
//!
//! `// type: T` is the type of the longest expression that ends the line, `// calls: f` what the last call of the line
//! calls, `// ops: write m, read n` the line's map operations in their order.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails has failed")]

mod calls;
mod declarations;
mod expressions;
mod external;
mod generics;
mod map_operations;
mod robustness;
mod selectors;
mod support;
