package guards

import "sync"

// counter counts words for one text at a time; its lock is for the goroutines that Count starts.
type counter struct {
	mu    sync.Mutex
	words map[string]int
	total int
}

func (c *counter) add(word string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.words[word]++
}

func (c *counter) sum() {
	for _, n := range c.words {
		c.total += n
	}
}

// Count waits for its goroutines before it sums up.
func Count(c *counter, words []string) int {
	var group sync.WaitGroup
	for _, word := range words {
		group.Go(func() { c.add(word) })
	}
	group.Wait()
	c.sum()
	return c.total
}

// hasty is what counter is, but summed up while its goroutines still count.
type hasty struct {
	mu    sync.Mutex
	words map[string]int
	total int
}

func (t *hasty) add(word string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.words[word]++
}

func (t *hasty) sum() {
	for _, n := range t.words { // want concurrent-map-iteration "t.words"
		t.total += n
	}
}

// Hasty forgets to wait before it sums up.
func Hasty(t *hasty, words []string) int {
	var group sync.WaitGroup
	for _, word := range words {
		group.Go(func() { t.add(word) })
	}
	t.sum()
	group.Wait()
	return t.total
}

// Poll asks all hosts at once and then uses the answers, in two rounds of goroutines.
type Poll struct {
	Hosts   []string
	mu      sync.Mutex
	answers map[string]string
}

// Gather waits for the first round before it begins the second, which only reads.
func (s *Poll) Gather(ask bool, visit func(string)) {
	if ask {
		var first sync.WaitGroup
		for _, host := range s.Hosts {
			first.Add(1)
			go func() {
				defer first.Done()
				s.mu.Lock()
				s.answers[host] = "here"
				s.mu.Unlock()
			}()
		}
		first.Wait()
	}
	var second sync.WaitGroup
	for _, host := range s.Hosts {
		second.Add(1)
		go func() {
			defer second.Done()
			visit(s.answers[host])
		}()
	}
	second.Wait()
}

// Watch is what Poll is, but others may ask for the answers at any time.
type Watch struct {
	Hosts   []string
	mu      sync.Mutex
	answers map[string]string
}

// Gather asks all hosts at once.
func (w *Watch) Gather() {
	var group sync.WaitGroup
	for _, host := range w.Hosts {
		group.Go(func() {
			w.mu.Lock()
			w.answers[host] = "here"
			w.mu.Unlock()
		})
	}
	group.Wait()
}

// Put holds the lock, as it may run at any time.
func (w *Watch) Put(host string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[host] = "there"
}

// Get forgets the lock.
func (w *Watch) Get(host string) string {
	return w.answers[host] // want unguarded-map-access "w.answers"
}

// rounds has a table that it fills in before each round of goroutines, out of caution under the lock.
type rounds struct {
	mu    sync.Mutex // guards table
	table map[string]int
	seen  chan int
}

func (r *rounds) prepare(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.table["round"] = n
}

func (r *rounds) work() { r.seen <- r.table["round"] }

// Rounds waits for each round before it prepares the next.
func Rounds(r *rounds, workers int) {
	for n := range 3 {
		r.prepare(n)
		var group sync.WaitGroup
		for range workers {
			group.Go(r.work)
		}
		group.Wait()
	}
}

// overlapping is what rounds is, but its rounds overlap.
type overlapping struct {
	mu    sync.Mutex // guards table
	table map[string]int
	seen  chan int
}

func (o *overlapping) prepare(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.table["round"] = n
}

func (o *overlapping) work() {
	o.seen <- o.table["round"] // want concurrent-map-read-write "o.table"
}

// Overlapping waits for all rounds at the end.
func Overlapping(o *overlapping, workers int) {
	var group sync.WaitGroup
	for n := range 3 {
		o.prepare(n)
		for range workers {
			group.Go(o.work)
		}
	}
	group.Wait()
}

// merged has its goroutines fill a map in a callback that a helper runs in several goroutines, of which one is not in a loop.
type merged struct {
	mu    sync.Mutex
	items map[string]int
}

func (m *merged) add(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[key]++
}

func (m *merged) sizes() int { return len(m.items) }

func inParts(keys []string, visit func(string)) {
	var group sync.WaitGroup
	group.Go(func() { visit("first") })
	for _, key := range keys {
		group.Go(func() { visit(key) })
	}
	group.Wait()
}

// Merge hands a callback to a helper that waits for its goroutines.
func Merge(m *merged, keys []string) int {
	inParts(keys, func(key string) { m.add(key) })
	return m.sizes()
}

// MergeAll needs no lock for what others have merged.
func MergeAll(parts map[string]any) int {
	all := parts["all"].(*merged)
	for key := range parts {
		all.add(key)
	}
	return all.sizes()
}

// Bare does so without any lock.
func Bare(keys []string) map[string]int {
	found := map[string]int{}
	inParts(keys, func(key string) { found[key]++ }) // want concurrent-map-write "found"
	return found
}

// twice runs a function in two goroutines at once and waits for them.
func twice(visit func(string)) {
	var group sync.WaitGroup
	group.Go(func() { visit("first") })
	group.Go(func() { visit("second") })
	group.Wait()
}

// Twice hands it a function that takes no lock.
func Twice() map[string]int {
	found := map[string]int{}
	twice(func(key string) { found[key]++ }) // want concurrent-map-write "found"
	return found
}

// inTurn waits for one goroutine before it starts the next.
func inTurn(visit func(string)) {
	var group sync.WaitGroup
	group.Go(func() { visit("first") })
	group.Wait()
	group.Go(func() { visit("second") })
	group.Wait()
}

// InTurn needs no lock.
func InTurn() map[string]int {
	found := map[string]int{}
	inTurn(func(key string) { found[key]++ })
	return found
}

// schema is filled by goroutines that are waited for; from then on it is only read, now and then under the lock.
type schema struct {
	mu    sync.RWMutex
	types map[string]int
}

func (s *schema) learn(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.types[name]++
}

func (s *schema) knows(name string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.types[name] > 0
}

func (s *schema) names() []string {
	var names []string
	for name := range s.types {
		names = append(names, name)
	}
	return names
}

func learnAll(s *schema, names []string) {
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() { s.learn(name) })
	}
	group.Wait()
}

// loader has a schema of its own.
type loader struct {
	schema  *schema
	answers chan bool
}

func (l *loader) learn(names []string) { learnAll(l.schema, names) }

func (l *loader) answer() { l.answers <- l.schema.knows("a") }

func (l *loader) list() []string { return l.schema.names() }

// Learned leaves a goroutine behind that only looks.
func Learned(names []string, l *loader) []string {
	l.learn(names)
	go l.answer()
	return l.list()
}

// growing is what schema is, but the goroutine that is left behind goes on learning.
type growing struct {
	mu    sync.RWMutex
	types map[string]int
}

func (g *growing) learn(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.types[name]++
}

func (g *growing) names() []string {
	var names []string
	for name := range g.types { // want concurrent-map-iteration "g.types"
		names = append(names, name)
	}
	return names
}

func growAll(g *growing, names []string) {
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() { g.learn(name) })
	}
	group.Wait()
}

// Grown leaves a goroutine behind that learns.
func Grown(g *growing, names []string, learned chan<- bool) []string {
	growAll(g, names)
	go func() {
		g.learn("z")
		learned <- true
	}()
	return g.names()
}

// classes is copied by goroutines that the holder of its lock waits for.
type classes struct {
	mu    sync.Mutex
	ranks map[string]int
}

// Set holds the lock.
func (c *classes) Set(name string, rank int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ranks[name] = rank
}

// Snapshot holds it until the goroutines have ended.
func (c *classes) Snapshot(names []string) map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	var (
		copied = map[string]int{}
		own    sync.Mutex
		group  sync.WaitGroup
	)
	clone := func(name string) {
		defer group.Done()
		rank := c.ranks[name]
		own.Lock()
		copied[name] = rank
		own.Unlock()
	}
	for _, name := range names {
		if name != "" {
			group.Add(1)
			go clone(name)
		}
	}
	group.Wait()
	return copied
}

// impatient is what classes is, but gives the lock back before its goroutines have ended.
type impatient struct {
	mu    sync.Mutex
	ranks map[string]int
}

// Set holds the lock.
func (i *impatient) Set(name string, rank int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.ranks[name] = rank
}

// Drop holds it as well.
func (i *impatient) Drop(name string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.ranks, name)
}

// Snapshot waits without it.
func (i *impatient) Snapshot(names []string) map[string]int {
	var (
		copied = map[string]int{}
		own    sync.Mutex
		group  sync.WaitGroup
	)
	clone := func(name string) {
		defer group.Done()
		rank := i.ranks[name] // want unguarded-map-access "i.ranks"
		own.Lock()
		copied[name] = rank
		own.Unlock()
	}
	i.mu.Lock()
	for _, name := range names {
		if name != "" {
			group.Add(1)
			go clone(name)
		}
	}
	i.mu.Unlock()
	group.Wait()
	return copied
}

// Usage is gathered side by side, and then printed.
type Usage struct {
	Hosts  []string
	mu     sync.Mutex
	byHost map[string]int
}

// Prepare puts the map in place.
func (u *Usage) Prepare() { u.byHost = map[string]int{} } // want-possible unguarded-map-access "u.byHost"

func (u *Usage) ask(host string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.byHost[host] = len(host)
}

func (u *Usage) forget(host string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.byHost, host)
}

// Print waits before it sums up.
func (u *Usage) Print() int {
	var group sync.WaitGroup
	for _, host := range u.Hosts {
		group.Add(1)
		go func() {
			defer group.Done()
			u.forget(host)
			u.ask(host)
		}()
	}
	group.Wait()
	sum := 0
	for _, size := range u.byHost {
		sum += size
	}
	return sum
}

// SharedUsage can be looked into meanwhile.
type SharedUsage struct {
	Hosts  []string
	mu     sync.Mutex
	byHost map[string]int
}

// Prepare puts the map in place.
func (u *SharedUsage) Prepare() { u.byHost = map[string]int{} }

// Get holds the lock.
func (u *SharedUsage) Get(host string) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.byHost[host]
}

func (u *SharedUsage) ask(host string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.byHost[host] = len(host)
}

// Print waits before it sums up.
func (u *SharedUsage) Print() int {
	var group sync.WaitGroup
	for _, host := range u.Hosts {
		group.Add(1)
		go func() {
			defer group.Done()
			u.ask(host)
		}()
	}
	group.Wait()
	sum := 0
	for _, host := range u.Hosts {
		sum += u.byHost[host] // want unguarded-map-access "u.byHost"
		delete(u.byHost, host)
	}
	return sum
}

// Stall has its lock held by whoever starts goroutines for parts of it, until they are done.
type Stall struct {
	mu     sync.Mutex
	books  map[string]int
	prices map[string]int
}

// NewStall returns a stall with two books.
func NewStall() *Stall {
	return &Stall{books: map[string]int{"a": 1, "b": 2}, prices: map[string]int{}}
}

// Put takes the lock.
func (s *Stall) Put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[name]++
	s.prices[name]++
}

// Drop takes it too.
func (s *Stall) Drop(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.books, name)
	delete(s.prices, name)
}

// Prices holds the lock until all its goroutines are done.
func (s *Stall) Prices() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	var group sync.WaitGroup
	prices := make(chan int, len(s.books))
	look := func(name string) {
		defer group.Done()
		prices <- s.prices[name]
	}
	for name := range s.books {
		group.Add(1)
		go look(name)
	}
	group.Wait()
	return len(prices)
}

// Books has them call methods.
func (s *Stall) Books() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var group sync.WaitGroup
	for name := range s.books {
		group.Add(1)
		go s.look(&group, name)
		group.Go(func() { s.number(name) })
	}
	group.Wait()
}

func (s *Stall) look(group *sync.WaitGroup, name string) {
	defer group.Done()
	_ = s.books[name]
}

func (s *Stall) number(name string) int {
	return s.books[name]
}

// Rack gives its lock back while its goroutines are at work.
type Rack struct {
	mu    sync.Mutex
	books map[string]int
}

// NewRack returns a rack with two books.
func NewRack() *Rack {
	return &Rack{books: map[string]int{"a": 1, "b": 2}}
}

// Put takes the lock.
func (r *Rack) Put(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.books[name]++
}

// Drop takes it too.
func (r *Rack) Drop(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.books, name)
}

// Books gives it back before it waits.
func (r *Rack) Books() {
	var group sync.WaitGroup
	r.mu.Lock()
	for name := range r.books {
		group.Add(1)
		go r.look(&group, name)
	}
	r.mu.Unlock()
	group.Wait()
}

func (r *Rack) look(group *sync.WaitGroup, name string) {
	defer group.Done()
	_ = r.books[name] // want unguarded-map-access "r.books"
}
