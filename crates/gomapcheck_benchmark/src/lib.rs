//! A bench per stage against the raw parse, allocation counts, growth tests
