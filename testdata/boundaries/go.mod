module example.com/boundaries

go 1.25
