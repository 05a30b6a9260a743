// Command startup is several small programs. What each does before it starts a goroutine comes before all that this one does.
package main

import (
	"io"
	"net/http"
	"os"

	"example.com/startup/handles"
	"example.com/startup/mounts"
	"example.com/startup/pages"
	"example.com/startup/rules"
	"example.com/startup/sources"
	"github.com/spf13/cobra"
)

func main() {
	names := os.Args[1:]
	done := make(chan int, 2)
	switch len(names) {
	case 1:
		safeHandles(names, done)
	case 2:
		racyHandles(names, done)
	case 3:
		safeSources(names, done)
	case 4:
		racySources(names, done)
	case 5:
		_ = newSafeCommand(done).ExecuteArgs(names)
	case 6:
		_ = newRacyCommand(done).ExecuteArgs(names)
	case 7:
		safeMount(names, use, done)
	case 8:
		racyMount(names, use, done)
	case 9:
		safeRules(names, len(names[0]) > 1, done)
	case 10:
		safePages(names, listen)
	case 11:
		racyPages(names, listen)
	case 12:
		racyPagesAgain(names, listen)
	default:
		racyRules(names, len(names[0]) > 1, done)
	}
	<-done
}

// What is read without the lock is read before others are there.
func safeHandles(names []string, done chan<- int) {
	sum := handles.Saved(names)
	go serveHandles(names, done)
	done <- sum
}

func serveHandles(names []string, done chan<- int) {
	for _, name := range names {
		handles.Open(name)
		handles.Close(name)
	}
	done <- 1
}

// Here it is read afterwards.
func racyHandles(names []string, done chan<- int) {
	go serveOpenHandles(names, done)
	done <- handles.SavedLate(names)
}

func serveOpenHandles(names []string, done chan<- int) {
	for _, name := range names {
		handles.OpenLate(name)
		handles.CloseLate(name)
	}
	done <- 1
}

// The sources are loaded before the one goroutine that loads them again.
func safeSources(names []string, done chan<- int) {
	loadSources(names)
	reload := make(chan string, 1)
	reload <- names[0]
	close(reload)
	go func() {
		for name := range reload {
			loadSources([]string{name})
		}
		done <- 1
	}()
}

func loadSources(names []string) {
	if len(names) == 1 {
		sources.FromOne(names[0])
		return
	}
	sources.FromAll(names)
}

// Here they are loaded while that one does so.
func racySources(names []string, done chan<- int) {
	reload := make(chan string, 1)
	reload <- names[0]
	close(reload)
	go func() {
		for name := range reload {
			loadOpenSources([]string{name})
		}
		done <- 1
	}()
	loadOpenSources(names)
}

func loadOpenSources(names []string) {
	if len(names) == 1 {
		sources.OpenFromOne(names[0])
		return
	}
	sources.OpenFromAll(names)
}

// A command line library runs the one command that was asked for.
func newSafeCommand(done chan<- int) *cobra.Command {
	return &cobra.Command{
		Use: "safe",
		RunE: func(_ *cobra.Command, names []string) error {
			sum := handles.Kept(names)
			go func() {
				for _, name := range names {
					handles.Keep(name)
					handles.Drop(name)
				}
				done <- sum
			}()
			return nil
		},
	}
}

func newRacyCommand(done chan<- int) *cobra.Command {
	return &cobra.Command{
		Use: "racy",
		RunE: func(_ *cobra.Command, names []string) error {
			go func() {
				for _, name := range names {
					handles.KeepLate(name)
					handles.DropLate(name)
				}
				done <- 1
			}()
			handles.KeptLate(names)
			return nil
		},
	}
}

// Who is given an object uses it from then on.
func safeMount(names []string, use func(io.Writer), done chan<- int) {
	go tick(done)
	sum := mounts.Restored(names)
	use(mounts.New(sum))
}

func racyMount(names []string, use func(io.Writer), done chan<- int) {
	go tick(done)
	use(mounts.NewLate())
	mounts.RestoredLate(names)
}

func tick(done chan<- int) { done <- 1 }

var writers []io.Writer

func use(writer io.Writer) { writers = append(writers, writer) }

// All of the program runs on the goroutine that a service manager has started, or all of it on that of main.
func safeRules(names []string, inBackground bool, done chan<- int) {
	if inBackground {
		(&service{names, done}).Start()
		return
	}
	run(names, done)
}

type service struct {
	names []string
	done  chan<- int
}

// Start does not wait.
func (s *service) Start() { go run(s.names, s.done) }

func run(names []string, done chan<- int) {
	rules.Compile(names)
	sum := rules.Known(names)
	go func() { done <- rules.Known(names) + sum }()
}

func racyRules(names []string, inBackground bool, done chan<- int) {
	if inBackground {
		(&openService{names, done}).Start()
		return
	}
	runOpen(names, done)
}

type openService struct {
	names []string
	done  chan<- int
}

// Start does not wait.
func (s *openService) Start() { go runOpen(s.names, s.done) }

func runOpen(names []string, done chan<- int) {
	go func() { done <- rules.KnownLate(names) }()
	rules.CompileLate(names)
}

func listen(handler http.Handler) { _ = http.ListenAndServe(":0", handler) }

// The servers start when what they need is there, on whichever goroutine that happens.
func safePages(names []string, listen func(http.Handler)) {
	go pages.Serve(names, listen)
}

func racyPages(names []string, listen func(http.Handler)) {
	go pages.ServeLate(names, listen)
}

// What is called again fills what the first servers look into.
func racyPagesAgain(names []string, listen func(http.Handler)) {
	go func() {
		pages.ServeAgain(names, listen)
		pages.ServeAgain(names, listen)
	}()
}
