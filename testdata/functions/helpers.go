// Package functions has maps whose accesses, locks and goroutines stand in different functions.
package functions

import "sync"

type counter struct {
	mu     sync.Mutex
	counts map[string]int
}

func newCounter() *counter {
	return &counter{counts: make(map[string]int)}
}

func (c *counter) bump(key string) {
	c.counts[key]++ // want concurrent-map-write "c.counts"
}

// RacyMethod calls a method on two goroutines; neither holds the lock.
func RacyMethod() {
	c := newCounter()
	go c.bump("a")
	c.bump("b")
}

// RacyTwoCallsDown reaches the write through another method.
func RacyTwoCallsDown() {
	c := &tally{counts: map[string]int{}}
	go c.outer("a")
	c.outer("b")
}

type tally struct{ counts map[string]int }

func (c *tally) outer(key string) { c.inner(key) }

func (c *tally) inner(key string) {
	c.counts[key]++ // want concurrent-map-write "c.counts"
}

type locked struct {
	mu     sync.Mutex
	counts map[string]int
}

func (l *locked) lock()   { l.mu.Lock() }
func (l *locked) unlock() { l.mu.Unlock() }

func (l *locked) bump(key string) {
	l.lock()
	defer l.unlock()
	l.counts[key]++
}

func (l *locked) hold() func() {
	l.mu.Lock()
	return l.mu.Unlock
}

func (l *locked) drop(key string) {
	defer l.hold()()
	delete(l.counts, key)
}

func (l *locked) withLock(run func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	run()
}

// SafeLockHelpers locks through methods, through a function that returns the unlock, and around a function.
func SafeLockHelpers() {
	l := &locked{counts: map[string]int{}}
	go l.bump("a")
	go l.drop("a")
	l.withLock(func() { l.counts["b"]++ })
}

type halfLocked struct {
	mu     sync.Mutex
	counts map[string]int
}

func (h *halfLocked) withLock(run func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	run()
}

// RacyWithLock writes behind the function that holds the lock.
func RacyWithLock() {
	h := &halfLocked{counts: map[string]int{}}
	go h.withLock(func() { h.counts["a"]++ })
	h.withLock(func() {})
	h.counts["b"]++ // want "h.counts"
}

type embedded struct {
	sync.RWMutex
	counts map[string]int
}

func (e *embedded) bump(key string) {
	e.Lock()
	defer e.Unlock()
	e.counts[key]++
}

func (e *embedded) get(key string) int {
	e.RLock()
	defer e.RUnlock()
	return e.counts[key]
}

// SafeEmbedded locks an embedded mutex.
func SafeEmbedded() int {
	e := &embedded{counts: map[string]int{}}
	go e.bump("a")
	return e.get("a")
}

type embeddedBare struct {
	sync.RWMutex
	counts map[string]int
}

func (e *embeddedBare) bump(key string) {
	e.Lock()
	defer e.Unlock()
	e.counts[key]++
}

func (e *embeddedBare) get(key string) int {
	return e.counts[key] // want "e.counts"
}

// RacyEmbedded reads without the embedded mutex.
func RacyEmbedded() int {
	e := &embeddedBare{counts: map[string]int{}}
	go e.bump("a")
	return e.get("a")
}

type pointerLocked struct {
	mu     *sync.Mutex
	counts map[string]int
}

func (p pointerLocked) bump(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts[key]++
}

// SafePointerLock shares the mutex through copies of the struct.
func SafePointerLock() {
	p := pointerLocked{mu: &sync.Mutex{}, counts: map[string]int{}}
	go p.bump("a")
	p.bump("b")
}

type lockerLocked struct {
	locker sync.Locker
	counts map[string]int
}

func (l *lockerLocked) bump(key string) {
	l.locker.Lock()
	defer l.locker.Unlock()
	l.counts[key]++
}

// SafeLocker locks through an interface.
func SafeLocker() {
	l := &lockerLocked{locker: &sync.Mutex{}, counts: map[string]int{}}
	go l.bump("a")
	l.bump("b")
}

type upgrading struct {
	mu     sync.RWMutex
	counts map[string]int
}

func (u *upgrading) bump(key string) {
	u.mu.RLock()
	defer u.mu.RUnlock()
	u.put(key)
}

func (u *upgrading) put(key string) {
	u.counts[key]++ // want map-write-under-read-lock "u.counts"
}

// RacyReadLock writes one call below the read lock.
func RacyReadLock() {
	u := &upgrading{counts: map[string]int{}}
	go u.bump("a")
	u.bump("b")
}

type callerLocked struct {
	mu     sync.Mutex
	counts map[string]int
}

func (c *callerLocked) put(key string) {
	c.counts[key]++
}

func (c *callerLocked) one() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put("one")
}

func (c *callerLocked) two() {
	c.mu.Lock()
	c.put("two")
	c.mu.Unlock()
}

// SafeCallersHoldLock calls a helper under the lock, everywhere.
func SafeCallersHoldLock() {
	c := &callerLocked{counts: map[string]int{}}
	go c.one()
	c.two()
}

type oneCallerBare struct {
	mu     sync.Mutex
	counts map[string]int
}

func (o *oneCallerBare) put(key string) {
	o.counts[key]++ // want "o.counts"
}

func (o *oneCallerBare) one() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.put("one")
}

func (o *oneCallerBare) two() {
	o.put("two")
}

// RacyOneCallerBare calls the helper without the lock in one place.
func RacyOneCallerBare() {
	o := &oneCallerBare{counts: map[string]int{}}
	go o.one()
	o.two()
}

func bumpUnder(mu *sync.Mutex, counts map[string]int, key string) {
	mu.Lock()
	defer mu.Unlock()
	counts[key]++
}

// SafeLockAsArgument hands lock and map over.
func SafeLockAsArgument() {
	var mu sync.Mutex
	counts := map[string]int{}
	go bumpUnder(&mu, counts, "a")
	bumpUnder(&mu, counts, "b")
}

// RacyLockAsArgument hands different locks over.
func RacyLockAsArgument() {
	var left, right sync.Mutex
	sizes := map[string]int{}
	go setUnder(&left, sizes, "a")
	setUnder(&right, sizes, "b")
}

func setUnder(mu *sync.Mutex, sizes map[string]int, key string) {
	mu.Lock()
	defer mu.Unlock()
	sizes[key] = len(key) // want "sizes"
}

type shard struct {
	mu     sync.Mutex
	counts map[string]int
}

type sharded struct {
	shards [4]shard
}

func (s *sharded) of(key string) *shard {
	return &s.shards[len(key)%len(s.shards)]
}

func (s *sharded) bump(key string) {
	part := s.of(key)
	part.mu.Lock()
	defer part.mu.Unlock()
	part.counts[key]++
}

func (s *sharded) total() int {
	total := 0
	for i := range s.shards {
		s.shards[i].mu.Lock()
		total += len(s.shards[i].counts)
		s.shards[i].mu.Unlock()
	}
	return total
}

// SafeShards has a lock for each part.
func SafeShards() int {
	s := &sharded{}
	for i := range s.shards {
		s.shards[i].counts = map[string]int{}
	}
	go s.bump("a")
	s.bump("bb")
	return s.total()
}

var (
	packageMu     sync.Mutex
	packageCounts = map[string]int{}
)

func bumpPackage(key string) {
	packageMu.Lock()
	defer packageMu.Unlock()
	packageCounts[key]++
}

// SafePackageLock guards a package variable.
func SafePackageLock() {
	go bumpPackage("a")
	bumpPackage("b")
}

var packageSizes = map[string]int{}

func sizePackage(key string) {
	packageSizes[key] = len(key) // want concurrent-map-write "packageSizes"
}

// RacyPackageVariable writes a package variable without a lock.
func RacyPackageVariable() {
	go sizePackage("a")
	sizePackage("b")
}

type recursive struct {
	children map[string]*recursive
}

func (r *recursive) grow(depth int) {
	if depth == 0 {
		return
	}
	child := &recursive{children: map[string]*recursive{}}
	r.children["child"] = child // want concurrent-map-write "r.children"
	child.grow(depth - 1)
}

// RacyRecursive calls a recursive method on two goroutines.
func RacyRecursive() {
	root := &recursive{children: map[string]*recursive{}}
	go root.grow(3)
	root.grow(3)
}
