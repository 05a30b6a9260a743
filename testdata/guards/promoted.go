package guards

import "sync"

// Mutex is a lock under a name of this package.
type Mutex struct {
	sync.Mutex
}

// Pool has a lock of such a type; the contract names the field.
type Pool struct {
	mtx    Mutex
	banned map[string]int
}

// Remove bans under the lock.
func (p *Pool) Remove(peer string) {
	p.mtx.Lock()
	defer p.mtx.Unlock()
	p.ban(peer)
}

// IsBanned looks under the lock, which it names in full.
func (p *Pool) IsBanned(peer string) bool {
	p.mtx.Mutex.Lock()
	defer p.mtx.Mutex.Unlock()
	return p.banned[peer] > 0
}

// ban records a peer.
// CONTRACT: p.mtx must be locked.
func (p *Pool) ban(peer string) {
	p.banned[peer]++
}

// PoolBroken forgets the lock at one call.
type PoolBroken struct {
	mtx    Mutex
	banned map[string]int
}

// Remove bans under the lock.
func (p *PoolBroken) Remove(peer string) {
	p.mtx.Lock()
	defer p.mtx.Unlock()
	p.ban(peer)
}

// RemoveFast bans without it.
func (p *PoolBroken) RemoveFast(peer string) {
	p.ban(peer)
}

// ban records a peer.
// CONTRACT: p.mtx must be locked.
func (p *PoolBroken) ban(peer string) {
	p.banned[peer]++ // want unguarded-map-access "p.banned"
}

// TwoPools has two locks of one type: each guards what is its own.
type TwoPools struct {
	reads, writes Mutex
	mixed         map[string]int
}

// Put locks for writers.
func (p *TwoPools) Put(key string) {
	p.writes.Lock()
	defer p.writes.Unlock()
	p.mixed[key]++ // want mixed-map-locks "p.mixed"
}

// Drop locks for readers.
func (p *TwoPools) Drop(key string) {
	p.reads.Lock()
	defer p.reads.Unlock()
	delete(p.mixed, key)
}

// extensions is a registry without a type of its own.
var extensions = struct {
	sync.RWMutex
	entries map[string]int
}{entries: map[string]int{}}

// Extend registers an extension.
func Extend(name string) {
	extensions.Lock()
	defer extensions.Unlock()
	checkExtension(name)
	extensions.entries[name]++
}

// checkExtension looks whether there is one already.
// Must be called with extensions.Lock held.
func checkExtension(name string) {
	if extensions.entries[name] > 1<<30 {
		panic(name)
	}
}

// plugins is such a registry, too.
var plugins = struct {
	sync.RWMutex
	entries map[string]int
}{entries: map[string]int{}}

// Plug registers a plugin.
func Plug(name string) {
	plugins.Lock()
	defer plugins.Unlock()
	checkPlugin(name)
	plugins.entries[name]++
}

// Probe looks without the lock.
func Probe(name string) {
	checkPlugin(name)
}

// checkPlugin looks whether there is one already.
// Must be called with plugins.Lock held.
func checkPlugin(name string) {
	if plugins.entries[name] > 1<<30 { // want unguarded-map-access "plugins.entries"
		panic(name)
	}
}

// Book reads its file before it starts its goroutine, in a method that a framework calls.
type Book struct {
	mtx   Mutex
	pages map[string]int
	done  chan struct{}
}

// OnStart reads and starts.
func (b *Book) OnStart() error {
	b.restore()
	go b.keep()
	return nil
}

func (b *Book) restore() {
	b.pages["first"] = 1
}

func (b *Book) keep() {
	defer close(b.done)
	b.mtx.Lock()
	defer b.mtx.Unlock()
	b.pages["kept"]++
}

// Add adds a page.
func (b *Book) Add(page string) {
	b.mtx.Lock()
	defer b.mtx.Unlock()
	b.pages[page]++
}

// Drop drops a page.
func (b *Book) Drop(page string) {
	b.mtx.Lock()
	defer b.mtx.Unlock()
	delete(b.pages, page)
}

// BookBroken reads its file when its goroutine runs already.
type BookBroken struct {
	mtx   Mutex
	pages map[string]int
	done  chan struct{}
}

// OnStart starts and reads.
func (b *BookBroken) OnStart() error {
	go b.keep()
	b.restore()
	return nil
}

func (b *BookBroken) restore() {
	b.pages["first"] = 1 // want concurrent-map-write "b.pages"
}

func (b *BookBroken) keep() {
	defer close(b.done)
	b.mtx.Lock()
	defer b.mtx.Unlock()
	b.pages["kept"]++
}

// marker is a store of parts, embedded or by itself.
type marker interface {
	mark(parts *Parts, number int)
}

// Parts are what stores mark.
type Parts struct {
	sizes map[int]int
}

type partStore struct {
	sync.RWMutex
	name string
}

func (s *partStore) mark(parts *Parts, number int) {
	s.Lock()
	defer s.Unlock()
	parts.sizes[number]++
}

type workerStore struct {
	*partStore
	dirty int
}

func (w *workerStore) mark(parts *Parts, number int) {
	w.Lock()
	defer w.Unlock()
	parts.sizes[number]++
	w.dirty++
}

// MarkAll marks with one store, whose type is one of the two.
func MarkAll(store marker, count int) *Parts {
	parts := &Parts{sizes: map[int]int{}}
	var group sync.WaitGroup
	for number := range count {
		group.Add(1)
		go func() {
			defer group.Done()
			store.mark(parts, number)
		}()
	}
	group.Wait()
	return parts
}

// twoLocked is a store with a lock besides that of the store in it.
type twoLocked struct {
	*partStore
	own sync.Mutex
}

func (t *twoLocked) put(parts *Pieces, number int) {
	t.Lock()
	defer t.Unlock()
	parts.sizes[number]++ // want mixed-map-locks "sizes"
}

func (t *twoLocked) drop(parts *Pieces, number int) {
	t.own.Lock()
	defer t.own.Unlock()
	delete(parts.sizes, number)
}

// Pieces are what such a store changes.
type Pieces struct {
	sizes map[int]int
}

// PutAll puts under one lock and drops under the other.
func PutAll(store *twoLocked, count int) {
	parts := &Pieces{sizes: map[int]int{}}
	var group sync.WaitGroup
	for number := range count {
		group.Add(1)
		go func() {
			defer group.Done()
			store.put(parts, number)
			store.drop(parts, number)
		}()
	}
	group.Wait()
}
