package guards

import (
	"sync"
	"sync/atomic"
)

// Indexer starts a goroutine when it is made, which knows nothing of its names.
type Indexer struct {
	mu    sync.Mutex
	done  chan struct{}
	words map[string]int
	names map[string]int
}

// NewIndexer returns an indexer at work.
func NewIndexer() *Indexer {
	x := &Indexer{done: make(chan struct{}), words: map[string]int{}, names: map[string]int{}}
	go x.work()
	return x
}

func (x *Indexer) work() {
	defer close(x.done)
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.words, "a")
}

// Put takes the lock for both maps.
func (x *Indexer) Put(name string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.words[name]++
	x.names[name]++
}

// Len takes it too.
func (x *Indexer) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.words) + len(x.names)
}

func (x *Indexer) fillNames() {
	x.names["a"] = 1
}

func (x *Indexer) fillWords() {
	x.words["a"] = 1 // want "x.words"
}

// SafeOpenIndexer fills what the goroutine leaves alone.
func SafeOpenIndexer() *Indexer {
	x := NewIndexer()
	x.fillNames()
	return x
}

// RacyOpenIndexer fills what the goroutine works on.
func RacyOpenIndexer() *Indexer {
	x := NewIndexer()
	x.fillWords()
	return x
}

// Album and its cover know each other.
type Album struct {
	mu    sync.Mutex
	cover *cover
	songs map[string]int
}

type cover struct {
	album *Album
}

// lastAlbum is for everyone.
var lastAlbum atomic.Pointer[Album]

func (a *Album) decorate() {
	a.cover = &cover{album: a}
}

func (a *Album) announce() {
	lastAlbum.Store(a)
}

func (a *Album) fillQuietly() {
	a.decorate()
	a.songs["a"] = 1
}

func (a *Album) fillInPublic() {
	a.announce()
	a.songs["a"] = 1 // want unguarded-map-access "a.songs"
}

// Add takes the lock.
func (a *Album) Add(song string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.songs[song]++
}

// Len takes it too.
func (a *Album) Len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.songs)
}

// SafeOpenAlbum hands the album out when it is filled: its cover is its own.
func SafeOpenAlbum() *Album {
	a := &Album{songs: map[string]int{}}
	a.fillQuietly()
	return a
}

// RacyOpenAlbum fills it when others know it.
func RacyOpenAlbum() *Album {
	a := &Album{songs: map[string]int{}}
	a.fillInPublic()
	return a
}

// Vault has its list in it, and the list knows its vault.
type Vault struct {
	list accessList
}

type accessList struct {
	mu    sync.Mutex
	vault *Vault
	names map[string]int
}

func (l *accessList) init(v *Vault) {
	l.vault = v
	l.names = map[string]int{}
}

func (l *accessList) fillQuietly() {
	l.names["a"] = 1
}

func (l *accessList) fillInPublic() {
	l.names["a"] = 1 // want unguarded-map-access "l.names"
}

// Allow takes the lock.
func (l *accessList) Allow(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names[name]++
}

// Deny does so too.
func (l *accessList) Deny(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.names, name)
}

// Len takes it too.
func (l *accessList) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.names)
}

// Bank keeps the vault that was made last.
type Bank struct {
	mu   sync.Mutex
	last *Vault
}

func (b *Bank) keep(v *Vault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = v
}

// Last returns what is kept.
func (b *Bank) Last() *Vault {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last
}

func prepare(v *Vault) {
	v.list.init(v)
	v.list.fillQuietly()
}

func (b *Bank) present(v *Vault) {
	v.list.init(v)
	b.keep(v)
	v.list.fillInPublic()
}

// SafeOpenVault tells nobody but the vault's own list of the vault.
func SafeOpenVault() *Vault {
	v := &Vault{}
	prepare(v)
	return v
}

// RacyOpenVault has a bank keep it before it is filled.
func RacyOpenVault(b *Bank) *Vault {
	v := &Vault{}
	b.present(v)
	return v
}
