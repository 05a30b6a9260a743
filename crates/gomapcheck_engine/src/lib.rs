//! Runs the stages over packages in dependency order and in parallel
