// Its test files are the fixtures.
module example.com/parallel

go 1.25
