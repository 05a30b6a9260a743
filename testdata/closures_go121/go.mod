module example.com/closures_go121

go 1.21
