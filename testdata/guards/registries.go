package guards

import "sync"

var (
	extractorsLock sync.RWMutex
	extractors     = map[string]func() int{}
)

// RegisterExtractor is called by init functions alone.
func RegisterExtractor(name string, extractor func() int) {
	extractorsLock.Lock()
	defer extractorsLock.Unlock()
	extractors[name] = extractor
}

func init() {
	RegisterExtractor("first", func() int { return 1 })
	RegisterExtractor("second", func() int { return 2 })
}

// RightExtractorOf looks up what has been registered by then.
func RightExtractorOf(name string) func() int {
	return extractors[name] // want-possible unguarded-map-access "extractors"
}

var (
	openExtractorsLock sync.RWMutex
	openExtractors     = map[string]func() int{}
)

// RegisterOpenExtractor is called later, too.
func RegisterOpenExtractor(name string, extractor func() int) {
	openExtractorsLock.Lock()
	defer openExtractorsLock.Unlock()
	openExtractors[name] = extractor
}

func init() {
	RegisterOpenExtractor("first", func() int { return 1 })
}

// RegisterMore is called at any time.
func RegisterMore(names []string) {
	for _, name := range names {
		RegisterOpenExtractor(name, func() int { return 3 })
	}
}

// RacyExtractorOf may look one up meanwhile.
func RacyExtractorOf(name string) func() int {
	return openExtractors[name] // want unguarded-map-access "openExtractors"
}
