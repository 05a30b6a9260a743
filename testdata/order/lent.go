package order

// visited is what a walk asks of those who walk.
type visited interface {
	Has(name string) bool
	Mark(name string)
}

func walkAll(v visited, names []string) {
	for _, name := range names {
		if !v.Has(name) {
			v.Mark(name)
		}
	}
}

type forgetful struct{}

func (forgetful) Has(string) bool { return false }

func (forgetful) Mark(string) {}

// WalkForgetful walks on whichever goroutine, with nothing to remember.
func WalkForgetful(names []string) { walkAll(forgetful{}, names) }

// crawler belongs to one goroutine, and lends itself to the walk.
type crawler struct {
	seen map[string]bool
	in   chan []string
}

func (c *crawler) Has(name string) bool { return c.seen[name] }

func (c *crawler) Mark(name string) { c.seen[name] = true }

func (c *crawler) run() {
	for names := range c.in {
		walkAll(c, names)
	}
}

// SafeCrawl takes names for a crawler.
func SafeCrawl() chan<- []string {
	c := &crawler{seen: map[string]bool{}, in: make(chan []string)}
	go c.run()
	return c.in
}

// known is what a round asks of those who make it.
type known interface {
	Knows(name string) bool
	Learn(name string)
}

func learnAll(k known, names []string) {
	for _, name := range names {
		if !k.Knows(name) {
			k.Learn(name)
		}
	}
}

// LearnNothing makes a round on whichever goroutine.
func LearnNothing(names []string) { learnAll(ignorant{}, names) }

type ignorant struct{}

func (ignorant) Knows(string) bool { return true }

func (ignorant) Learn(string) {}

// ranger lends itself as well, and is given to those who ask it from elsewhere.
type ranger struct {
	seen map[string]bool
	in   chan []string
}

// Knows is called by whoever has the ranger.
func (r *ranger) Knows(name string) bool { return r.seen[name] } // want concurrent-map-read-write "r.seen"

func (r *ranger) Learn(name string) { r.seen[name] = true } // want concurrent-map-read-write "r.seen"

func (r *ranger) run() {
	for names := range r.in {
		learnAll(r, names)
	}
}

// NewRanger starts a ranger, and gives it to whoever asks.
func NewRanger(in chan []string) known {
	r := &ranger{seen: map[string]bool{}, in: in}
	go r.run()
	return r
}
