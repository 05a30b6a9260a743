//! Fixture format, // want matcher and miniature library stubs, for tests only
