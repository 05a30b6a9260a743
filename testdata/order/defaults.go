package order

// Preset has options, which may be left out.
type Preset struct{ options map[string]int }

// SafeDefaults has a goroutine look at the options, or at some of its own.
func SafeDefaults(s *Preset, done chan<- int) int {
	go sumOptions(s.options, done)
	return len(s.options)
}

func sumOptions(options map[string]int, done chan<- int) {
	if options == nil {
		options = make(map[string]int)
		for _, name := range keys {
			options[name] = 1
		}
	}
	sum := 0
	for _, value := range options {
		sum += value
	}
	done <- sum
}

// RacyDefaults has the goroutine write to whichever it has.
func RacyDefaults(s *Preset, done chan<- int) int {
	go addOptions(s.options, done)
	return len(s.options)
}

func addOptions(options map[string]int, done chan<- int) {
	if options == nil {
		options = make(map[string]int)
	}
	options["b"] = 1 // want concurrent-map-read-write "options"
	done <- len(options)
}
