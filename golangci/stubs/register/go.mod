module github.com/golangci/plugin-module-register

go 1.24.0
