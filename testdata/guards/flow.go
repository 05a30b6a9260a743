package guards

import "sync"

// shelf is implemented by a map without a lock, and by a lock around another shelf.
type shelf interface {
	put(title string)
	has(title string) bool
}

type plainShelf struct{ titles map[string]bool }

func newPlainShelf() *plainShelf { return &plainShelf{titles: map[string]bool{}} }

func (s *plainShelf) put(title string)      { s.titles[title] = true }
func (s *plainShelf) has(title string) bool { return s.titles[title] }

type lockedShelf struct {
	mu    sync.Mutex
	inner shelf
}

func newLockedShelf() shelf {
	return &lockedShelf{inner: newPlainShelf()}
}

func (s *lockedShelf) put(title string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inner.put(title)
}

func (s *lockedShelf) has(title string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.inner.has(title)
}

// SafeLibrary only ever holds a shelf with a lock.
type SafeLibrary struct{ shelf shelf }

// NewSafeLibrary makes the library.
func NewSafeLibrary() *SafeLibrary {
	library := new(SafeLibrary)
	library.furnish(newLockedShelf())
	return library
}

func (l *SafeLibrary) furnish(with shelf) { l.shelf = with }

// Fill puts titles on the shelf from many goroutines.
func (l *SafeLibrary) Fill(titles []string) {
	for _, title := range titles {
		go func() { l.shelf.put(title) }()
	}
}

// rack is implemented like shelf, and a library may hold one without a lock.
type rack interface {
	lay(title string)
	lies(title string) bool
}

type plainRack struct{ titles map[string]bool }

func newPlainRack() rack { return &plainRack{titles: map[string]bool{}} }

func (r *plainRack) lay(title string)       { r.titles[title] = true } // want concurrent-map-write "titles"
func (r *plainRack) lies(title string) bool { return r.titles[title] }

type lockedRack struct {
	mu    sync.Mutex
	inner rack
}

func newLockedRack() rack { return &lockedRack{inner: newPlainRack()} }

func (r *lockedRack) lay(title string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inner.lay(title)
}

func (r *lockedRack) lies(title string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.inner.lies(title)
}

// RacyLibrary holds a rack without a lock where it is asked for one.
type RacyLibrary struct{ rack rack }

// NewRacyLibrary makes the library.
func NewRacyLibrary(isSmall bool) *RacyLibrary {
	library := &RacyLibrary{rack: newLockedRack()}
	if isSmall {
		library.furnish(newPlainRack())
	}
	return library
}

func (l *RacyLibrary) furnish(with rack) { l.rack = with }

// Fill puts titles on the rack from many goroutines.
func (l *RacyLibrary) Fill(titles []string) {
	for _, title := range titles {
		go func() { l.rack.lay(title) }()
	}
}

// board is implemented like shelf, and reaches the wall through a pointer to its variable.
type board interface{ pin(note string) }

type plainBoard struct{ notes map[string]bool }

func (b *plainBoard) pin(note string) { b.notes[note] = true } // want concurrent-map-write "notes"

type lockedBoard struct {
	mu    sync.Mutex
	inner plainBoard
}

func (b *lockedBoard) pin(note string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inner.pin(note)
}

// RacyWall holds a board that a pointer to its field replaces.
type RacyWall struct{ board board }

// NewRacyWall makes the wall.
func NewRacyWall() *RacyWall {
	wall := &RacyWall{board: &lockedBoard{inner: plainBoard{notes: map[string]bool{}}}}
	replace(&wall.board)
	return wall
}

func replace(place *board) { *place = &plainBoard{notes: map[string]bool{}} }

// Fill pins notes from many goroutines.
func (w *RacyWall) Fill(notes []string) {
	for _, note := range notes {
		go func() { w.board.pin(note) }()
	}
}
