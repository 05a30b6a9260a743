module golang.org/x/tools

go 1.24.0
