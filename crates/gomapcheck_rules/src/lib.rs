//! The rules: from conflicts to worded findings
