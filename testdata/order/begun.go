package order

// parts is filled when the program begins, and again when it is told to.
var parts = map[string]int{}

// LoadNamedParts loads parts by their names.
func LoadNamedParts(names []string) {
	for _, name := range names {
		parts[name]++
	}
}

// LoadListedParts loads parts from a list.
func LoadListedParts(list map[string]int) {
	for name, count := range list {
		parts[name] += count
	}
}

func initParts(names []string) {
	LoadNamedParts(names)
	LoadListedParts(map[string]int{"spare": 1})
}

// serveParts has a goroutine load what it is told to, until there is no more.
func serveParts(reload <-chan string) {
	done := make(chan struct{}, 1)
	go func() {
		for name := range reload {
			if name == "" {
				return
			}
			initParts([]string{name})
			if len(reload) == 0 {
				done <- struct{}{}
			}
		}
	}()
	<-done
}

// BeginParts loads before it serves.
func BeginParts(names []string, reload <-chan string) {
	initParts(names)
	serveParts(reload)
}

// spares is filled likewise.
var spares = map[string]int{}

// LoadNamedSpares loads spares by their names.
func LoadNamedSpares(names []string) {
	for _, name := range names {
		spares[name]++ // want concurrent-map-write "spares"
	}
}

// LoadListedSpares loads spares from a list.
func LoadListedSpares(list map[string]int) {
	for name, count := range list {
		spares[name] += count
	}
}

func initSpares(names []string) {
	LoadNamedSpares(names)
	LoadListedSpares(map[string]int{"spare": 1})
}

func serveSpares(reload <-chan string, done chan<- struct{}) {
	go func() {
		for name := range reload {
			initSpares([]string{name})
		}
		close(done)
	}()
}

// BeginSpares serves while it loads.
func BeginSpares(names []string, reload <-chan string, done chan<- struct{}) {
	serveSpares(reload, done)
	initSpares(names)
}
