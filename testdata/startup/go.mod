module example.com/startup

go 1.25

require github.com/spf13/cobra v1.10.1

replace github.com/spf13/cobra => ../stubs/github.com/spf13/cobra
