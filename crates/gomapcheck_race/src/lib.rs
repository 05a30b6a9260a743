//! Summaries, contexts, guards and pairs: from typed IR to conflicts with evidence
