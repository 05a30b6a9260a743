//! From patterns and a directory to packages and their files, as `go list` would choose them, without Go
