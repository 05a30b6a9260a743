package order

import "sync"

// Atlas is prepared by whoever needs it first.
type Atlas struct {
	mu    sync.Mutex
	ready bool
	pages map[string]int
}

func (a *Atlas) prepare() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ready {
		return
	}
	a.pages = map[string]int{}
	a.pages["a"] = 1
	a.ready = true
}

// Page comes after the preparation.
func (a *Atlas) Page(name string) int {
	a.prepare()
	return a.pages[name]
}

// SafeAtlas asks from several goroutines.
func SafeAtlas() {
	a := &Atlas{}
	for range 4 {
		go a.Page("a")
	}
}

// Glossary is read by a function that may fail, into a map that is there.
type Glossary struct {
	mu    sync.Mutex
	terms map[string]int
	read  bool
}

func (g *Glossary) load() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.read {
		for i, key := range []string{"a", "b"} {
			g.terms[key] = i
		}
		g.read = true
	}
	return nil
}

// Terms comes after it, in a helper.
func (g *Glossary) Terms() (int, error) {
	if err := g.load(); err != nil {
		return 0, err
	}
	return g.count(), nil
}

func (g *Glossary) count() int { return len(g.terms) }

// SafeGlossary asks from several goroutines.
func SafeGlossary() {
	g := &Glossary{terms: map[string]int{}}
	for range 4 {
		go g.Terms()
	}
}

// Almanac has its map when it has been made.
type Almanac struct {
	mu   sync.Mutex
	days map[string]int
}

func (a *Almanac) all() map[string]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.days == nil {
		a.days = map[string]int{}
		a.days["a"] = 1
	}
	return a.days
}

// SafeAlmanac asks from several goroutines.
func SafeAlmanac() {
	a := &Almanac{}
	for range 4 {
		go func() {
			for range a.all() {
				a.all()
			}
		}()
	}
}

// Digest is prepared again when it has been forgotten.
type Digest struct {
	mu    sync.Mutex
	ready bool
	pages map[string]int
}

func (d *Digest) prepare() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ready {
		return
	}
	d.pages["a"]++ // want concurrent-map-read-write "d.pages"
	d.ready = true
}

// Forget puts the flag down.
func (d *Digest) Forget() {
	d.mu.Lock()
	d.ready = false
	d.mu.Unlock()
}

// Page may meet another preparation.
func (d *Digest) Page(name string) (count int) {
	d.prepare()
	for range 1000 {
		count += d.pages[name] // want concurrent-map-read-write "d.pages"
	}
	return count
}

// RacyDigest asks and forgets from several goroutines.
func RacyDigest() {
	d := &Digest{pages: map[string]int{}}
	for range 4 {
		go func() {
			for range 100 {
				d.Page("a")
				d.Forget()
			}
		}()
	}
}

// Sketch is not always prepared.
type Sketch struct {
	mu    sync.Mutex
	ready bool
	lines map[string]int
}

func (s *Sketch) prepare() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ready {
		return
	}
	s.lines["a"] = 1 // want concurrent-map-read-write "s.lines"
	s.ready = true
}

// Line prepares it for some.
func (s *Sketch) Line(name string) int {
	if name == "a" {
		s.prepare()
	}
	return s.lines[name] // want concurrent-map-read-write "s.lines"
}

// RacySketch asks from several goroutines.
func RacySketch() {
	s := &Sketch{lines: map[string]int{}}
	for _, name := range []string{"a", "b", "c"} {
		go s.Line(name)
	}
}

// Cashbook is prepared, and then it changes.
type Cashbook struct {
	mu    sync.Mutex
	lines map[string]int
}

func (l *Cashbook) prepare() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lines == nil {
		l.lines = map[string]int{}
	}
}

// Add holds the lock.
func (l *Cashbook) Add(name string) {
	l.prepare()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[name]++ // want concurrent-map-read-write "l.lines"
}

// Line does not.
func (l *Cashbook) Line(name string) int {
	l.prepare()
	return l.lines[name] // want concurrent-map-read-write "l.lines"
}

// RacyCashbook adds and asks from several goroutines.
func RacyCashbook() {
	l := &Cashbook{}
	for range 4 {
		go l.Add("a")
		go l.Line("a")
	}
}
