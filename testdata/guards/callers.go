package guards

import "sync"

// Crossed points to its two locks, each made for it alone.
type Crossed struct {
	itemsMu *sync.Mutex
	items   map[string]int
	namesMu *sync.Mutex
	names   map[string]string
}

// NewCrossed makes both locks.
func NewCrossed() *Crossed {
	return &Crossed{
		itemsMu: &sync.Mutex{},
		items:   map[string]int{},
		namesMu: new(sync.Mutex),
		names:   map[string]string{},
	}
}

// Put holds the map's lock.
func (c *Crossed) Put(key string) {
	c.itemsMu.Lock()
	defer c.itemsMu.Unlock()
	c.items[key]++
}

// Name holds the other map's lock.
func (c *Crossed) Name(key string) {
	c.namesMu.Lock()
	defer c.namesMu.Unlock()
	c.names[key] = key
}

// Drop holds the wrong one.
func (c *Crossed) Drop(key string) {
	c.namesMu.Lock()
	defer c.namesMu.Unlock()
	delete(c.items, key) // want mixed-map-locks "c.items"
}

// Lent has two pointers, to one lock.
type Lent struct {
	left, right *sync.Mutex
	items       map[string]int
}

// NewLent lends its lock.
func NewLent(mu *sync.Mutex) *Lent {
	return &Lent{left: mu, right: mu, items: map[string]int{}}
}

// Put takes it by one name.
func (l *Lent) Put(key string) {
	l.left.Lock()
	defer l.left.Unlock()
	l.items[key]++
}

// Drop takes it by the other.
func (l *Lent) Drop(key string) {
	l.right.Lock()
	defer l.right.Unlock()
	delete(l.items, key)
}

// Nested is used under a lock of someone else's on some ways.
type Nested struct {
	itemsMu sync.Mutex
	otherMu sync.Mutex
	items   map[string]int
	other   int
}

// Put holds the map's lock.
func (n *Nested) Put(key string) {
	n.itemsMu.Lock()
	defer n.itemsMu.Unlock()
	n.items[key]++
}

// Drop holds the wrong lock.
func (n *Nested) Drop(key string) {
	n.otherMu.Lock()
	defer n.otherMu.Unlock()
	delete(n.items, key) // want mixed-map-locks "n.items"
}

// Batch has a lock of its own around what it does to others.
type Batch struct {
	mu     sync.Mutex
	nested *Nested
}

// Drop drops a key.
func (b *Batch) Drop(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.nested.Drop(key)
}

// OuterLocked is used under one lock of its owner always.
type OuterLocked struct {
	mu    sync.Mutex
	inner innerLocked
}

type innerLocked struct {
	readMu  sync.Mutex
	writeMu sync.Mutex
	items   map[string]int
}

// Put holds the outer lock.
func (o *OuterLocked) Put(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.inner.put(key)
}

// Get holds the outer lock as well.
func (o *OuterLocked) Get(key string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.inner.get(key)
}

func (i *innerLocked) put(key string) {
	i.writeMu.Lock()
	defer i.writeMu.Unlock()
	i.items[key]++
}

func (i *innerLocked) get(key string) int {
	i.readMu.Lock()
	defer i.readMu.Unlock()
	return i.items[key]
}

// KeyLocked is written under the read lock; the lock that its owner holds by key is not held by those that count.
type KeyLocked struct {
	keys  [4]sync.Mutex
	mu    sync.RWMutex
	items map[string]int
}

// Put holds the key's lock.
func (k *KeyLocked) Put(key string) {
	k.keys[len(key)%4].Lock()
	defer k.keys[len(key)%4].Unlock()
	k.add(key)
}

func (k *KeyLocked) add(key string) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	k.items[key]++ // want map-write-under-read-lock "k.items"
}

// Drop holds both.
func (k *KeyLocked) Drop(key string) {
	k.keys[len(key)%4].Lock()
	defer k.keys[len(key)%4].Unlock()
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.items, key)
}

// Len only reads.
func (k *KeyLocked) Len() int {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return len(k.items)
}

// Hooked hands a literal to someone who keeps it.
type Hooked struct {
	mu    sync.Mutex
	items map[string]int
	hooks cleaner
}

type cleaner struct{ clean func() }

func (h *cleaner) onClean(clean func()) { h.clean = clean }

// NewHooked registers what runs later.
func NewHooked() *Hooked {
	h := &Hooked{items: map[string]int{}}
	h.hooks.onClean(func() {
		for key := range h.items { // want unguarded-map-access "h.items"
			delete(h.items, key)
		}
	})
	return h
}

// Put holds the lock.
func (h *Hooked) Put(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items[key]++
}

// Drop holds the lock.
func (h *Hooked) Drop(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.items, key)
}

// Clean runs the hook.
func (h *Hooked) Clean() { h.hooks.clean() }

// Restored is filled by a helper of its constructor.
type Restored struct {
	mu    sync.Mutex
	items map[string]*record
}

type record struct{ owner *Restored }

func (r *record) attach(owner *Restored) { r.owner = owner }

// NewRestored restores what was saved.
func NewRestored(saved []*record) *Restored {
	r := &Restored{items: map[string]*record{}}
	r.restore(saved)
	return r
}

// restore runs before anyone knows the object.
func (r *Restored) restore(saved []*record) {
	for _, one := range saved {
		one.attach(r)
		r.items["a"] = one
	}
}

// Put holds the lock.
func (r *Restored) Put(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.items[key] = nil
}

// Drop holds the lock.
func (r *Restored) Drop(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.items, key)
}

// Perhaps takes its lock in a literal, unless the caller holds it.
type Perhaps struct {
	mu    sync.Mutex
	items map[string]int
}

// Put holds the lock.
func (p *Perhaps) Put(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items[key]++
	p.drop("old", false)
}

// Drop leaves it to drop.
func (p *Perhaps) Drop(key string) {
	p.drop(key, true)
}

func (p *Perhaps) drop(key string, needed bool) {
	lock := func() {
		if needed {
			p.mu.Lock()
		}
	}
	unlock := func() {
		if needed {
			p.mu.Unlock()
		}
	}
	lock()
	delete(p.items, key)
	unlock()
}

// KeyLockedBy is counted by someone under the key's lock, and by someone else without.
type KeyLockedBy struct {
	keysMu sync.Mutex
	mu     sync.RWMutex
	items  map[string]int
}

// Put holds the outer lock.
func (k *KeyLockedBy) Put(key string) {
	k.keysMu.Lock()
	defer k.keysMu.Unlock()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.items[key]++
}

// Len only reads.
func (k *KeyLockedBy) Len() int {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return len(k.items)
}

// House makes its lock by itself, and lends it to its rooms.
type House struct {
	mu    *sync.Mutex
	rooms []*Room
}

// Room points to the lock of its house.
type Room struct {
	// mu guards guests.
	mu     *sync.Mutex
	guests map[string]bool
}

// NewHouse returns a house with one room.
func NewHouse() *House {
	h := &House{mu: &sync.Mutex{}}
	h.rooms = append(h.rooms, &Room{mu: h.mu, guests: map[string]bool{}})
	return h
}

// Enter takes the lock by the room's name for it.
func (r *Room) Enter(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.guests[name] = true
}

// Leave does so too.
func (r *Room) Leave(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.guests, name)
}

// Evict takes it by the house's name for it.
func (h *House) Evict() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, room := range h.rooms {
		room.reset()
	}
}

func (r *Room) reset() {
	clear(r.guests)
}

// Tower makes its own lock too, and lends it to nobody.
type Tower struct {
	mu     *sync.Mutex
	floors []*Floor
}

// Floor has a lock of its own.
type Floor struct {
	// mu guards guests.
	mu     *sync.Mutex
	guests map[string]bool
}

// NewTower returns a tower with one floor.
func NewTower() *Tower {
	floor := &Floor{mu: &sync.Mutex{}, guests: map[string]bool{}}
	return &Tower{mu: &sync.Mutex{}, floors: []*Floor{floor}}
}

// Enter takes the floor's lock.
func (f *Floor) Enter(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.guests[name] = true
}

// Evict takes the tower's.
func (t *Tower) Evict() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, floor := range t.floors {
		floor.reset()
	}
}

func (f *Floor) reset() {
	clear(f.guests) // want unguarded-map-access "f.guests"
}
