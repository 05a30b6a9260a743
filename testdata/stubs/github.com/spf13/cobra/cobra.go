// Package cobra is a miniature of the library of this name: just enough for the fixtures to compile and run.
package cobra

// Command is what a command line can ask for.
type Command struct {
	Use  string
	RunE func(command *Command, args []string) error
}

// ExecuteArgs runs the command.
func (c *Command) ExecuteArgs(args []string) error { return c.RunE(c, args) }
