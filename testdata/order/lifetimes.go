// Package order has maps without a common lock that are safe all the same, for what waits for what, and their racy twins.
package order

import "sync"

// Notifier has a map that its goroutine uses while it runs, and Stop when it has ended.
type Notifier struct {
	wg      sync.WaitGroup
	quit    chan struct{}
	names   chan string
	clients map[string]int
}

// NewNotifier returns one that does not run yet.
func NewNotifier() *Notifier {
	return &Notifier{quit: make(chan struct{}), names: make(chan string), clients: map[string]int{}}
}

// Start starts the goroutine.
func (n *Notifier) Start() {
	n.wg.Add(1)
	go n.dispatch()
}

func (n *Notifier) dispatch() {
	defer n.wg.Done()
	for {
		select {
		case name := <-n.names:
			n.clients[name]++
		case <-n.quit:
			return
		}
	}
}

// Add hands a name to the goroutine.
func (n *Notifier) Add(name string) { n.names <- name }

// Stop waits for the goroutine before it looks.
func (n *Notifier) Stop() []string {
	close(n.quit)
	n.wg.Wait()
	var left []string
	for name := range n.clients {
		left = append(left, name)
	}
	return left
}

// HastyNotifier looks before it waits.
type HastyNotifier struct {
	wg      sync.WaitGroup
	quit    chan struct{}
	clients map[string]int
}

// NewHastyNotifier returns one that does not run yet.
func NewHastyNotifier() *HastyNotifier {
	return &HastyNotifier{quit: make(chan struct{}), clients: map[string]int{}}
}

// Start starts the goroutine.
func (n *HastyNotifier) Start() {
	n.wg.Add(1)
	go n.dispatch()
}

func (n *HastyNotifier) dispatch() {
	defer n.wg.Done()
	for range 100 {
		n.clients["a"]++ // want concurrent-map-iteration "n.clients"
	}
	<-n.quit
}

// Stop looks while the goroutine runs.
func (n *HastyNotifier) Stop() []string {
	var left []string
	for name := range n.clients {
		left = append(left, name)
	}
	close(n.quit)
	n.wg.Wait()
	return left
}

// Index has two maps, and fills them side by side under its caller's lock.
type Index struct {
	accounts map[string]int
	slots    map[string]int
}

func (x *Index) add(names []string) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for _, name := range names {
			x.accounts[name]++
		}
	})
	wg.Go(func() {
		for _, name := range names {
			x.slots[name]++
		}
	})
	wg.Wait()
}

func (x *Index) tip(name string) int { return x.accounts[name] + x.slots[name] }

// Tree guards its index.
type Tree struct {
	mu    sync.RWMutex
	index *Index
}

// NewTree returns an empty one.
func NewTree() *Tree {
	return &Tree{index: &Index{accounts: map[string]int{}, slots: map[string]int{}}}
}

// Add holds the lock while the index's goroutines run.
func (t *Tree) Add(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.index.add(names)
}

// Tip reads.
func (t *Tree) Tip(name string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.index.tip(name)
}

// LooseIndex does not wait for its goroutine.
type LooseIndex struct{ accounts map[string]int }

func (x *LooseIndex) add(names []string) {
	go func() {
		for _, name := range names {
			x.accounts[name]++ // want concurrent-map-read-write "x.accounts"
		}
	}()
}

func (x *LooseIndex) tip(name string) int { return x.accounts[name] }

// LooseTree guards its index, as it believes.
type LooseTree struct {
	mu    sync.RWMutex
	index *LooseIndex
}

// NewLooseTree returns an empty one.
func NewLooseTree() *LooseTree { return &LooseTree{index: &LooseIndex{accounts: map[string]int{}}} }

// Add lets the lock go while the goroutine runs.
func (t *LooseTree) Add(names []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.index.add(names)
}

// Tip reads.
func (t *LooseTree) Tip(name string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.index.tip(name)
}

// Loop runs one goroutine at a time: it is started when the token of the one before lies in the channel.
type Loop struct {
	stopped chan struct{}
	events  chan string
	seen    map[string]int
}

// NewLoop returns one that nothing has been sent to.
func NewLoop() *Loop {
	l := &Loop{stopped: make(chan struct{}, 1), events: make(chan string), seen: map[string]int{}}
	l.stopped <- struct{}{}
	return l
}

func (l *Loop) run() {
	defer func() { l.stopped <- struct{}{} }()
	for range 2 {
		l.seen[<-l.events]++
	}
}

// Send starts the goroutine if it does not run.
func (l *Loop) Send(event string) {
	for {
		select {
		case l.events <- event:
			return
		case <-l.stopped:
			go l.run()
		}
	}
}

// EagerLoop starts a goroutine for each event.
type EagerLoop struct {
	seen map[string]int
}

func (l *EagerLoop) run(event string) {
	l.seen[event]++ // want concurrent-map-write "l.seen"
}

// Send starts one for each.
func (l *EagerLoop) Send(events []string) {
	for _, event := range events {
		go l.run(event)
	}
}

// Plugins has instances that its goroutine makes.
type Plugins struct {
	mu        sync.Mutex
	instances map[string]int
	stop      chan struct{}
	stopped   chan struct{}
}

// NewPlugins returns an empty set.
func NewPlugins() *Plugins {
	return &Plugins{instances: map[string]int{}, stop: make(chan struct{}), stopped: make(chan struct{})}
}

// Start starts the goroutine.
func (p *Plugins) Start() { go p.run() }

func (p *Plugins) run() {
	for {
		select {
		case <-p.stop:
			close(p.stopped)
			return
		default:
			p.add("a")
		}
	}
}

func (p *Plugins) add(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.instances[name]++
}

// Count takes the lock.
func (p *Plugins) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.instances)
}

// Shutdown waits for the goroutine, and needs no lock any more.
func (p *Plugins) Shutdown() int {
	close(p.stop)
	<-p.stopped
	sum := 0
	for _, n := range p.instances { // want-possible unguarded-map-access "p.instances"
		sum += n
	}
	return sum
}

// Gathering gathers results side by side, and sums them up when all is done.
type Gathering struct {
	mu      sync.Mutex
	results map[string]int
	group   sync.WaitGroup
	enabled bool
}

// NewGathering returns an empty one.
func NewGathering() *Gathering { return &Gathering{results: map[string]int{}, enabled: true} }

func (r *Gathering) gather(name string) {
	defer r.group.Done()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results[name]++
}

func (r *Gathering) check(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.results[name] > 0
}

func (r *Gathering) stop() {
	if !r.enabled {
		return
	}
	r.group.Wait()
}

func (r *Gathering) sum() int {
	sum := 0
	for _, n := range r.results { // want-possible "r.results"
		sum += n
	}
	return sum
}

// SafeGathering waits for the gathering.
func SafeGathering(r *Gathering, names []string) int {
	for _, name := range names {
		r.group.Add(1)
		go r.gather(name)
	}
	r.check("a")
	r.stop()
	return r.sum()
}

// Hasty is a report that does not wait.
type Hasty struct {
	mu      sync.Mutex
	results map[string]int
}

// NewHasty returns an empty one.
func NewHasty() *Hasty { return &Hasty{results: map[string]int{}} }

func (h *Hasty) gather(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.results[name]++
}

func (h *Hasty) sum() int {
	sum := 0
	for _, n := range h.results { // want "h.results"
		sum += n
	}
	return sum
}

// RacyHasty sums up at once.
func RacyHasty(h *Hasty, names []string) int {
	for _, name := range names {
		go h.gather(name)
	}
	return h.sum()
}

// Inner is looked at by tests alone, without the lock.
type Inner struct {
	mu    sync.Mutex
	names map[string]int
}

// NewInner returns an empty one.
func NewInner() *Inner { return &Inner{names: map[string]int{}} }

// Add takes the lock.
func (i *Inner) Add(name string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.names[name]++
}

// Remove takes the lock.
func (i *Inner) Remove(name string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.names, name)
}

func (i *Inner) count() int {
	return len(i.names) // want-possible unguarded-map-access "i.names"
}
