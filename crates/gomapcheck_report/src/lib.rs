//! Printers: findings to text, golangci-lint JSON and others
