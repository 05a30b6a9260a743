package guards

import "sync"

// Page is built first, and shared then.
type Page struct {
	mu    sync.Mutex
	links map[string]int
}

// Link holds the lock.
func (p *Page) Link(to string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.links[to]++
}

// Links holds the lock.
func (p *Page) Links(to string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.links[to]
}

// Unlink holds the lock.
func (p *Page) Unlink(to string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.links, to)
}

// pageBuilder passes itself on from call to call: outsiders never see one.
type pageBuilder struct{ page *Page }

func newPageBuilder() *pageBuilder { return &pageBuilder{page: &Page{links: map[string]int{}}} }

// Add has the page to itself.
func (b *pageBuilder) Add(to string) *pageBuilder {
	b.page.links[to] = 1
	return b
}

// Build gives the page away.
func (b *pageBuilder) Build() *Page { return b.page }

// SafePage builds a page.
func SafePage() *Page { return newPageBuilder().Add("a").Add("b").Build() }

// Sheet is edited while others use it.
type Sheet struct {
	mu    sync.Mutex
	cells map[string]int
}

// Set holds the lock.
func (s *Sheet) Set(at string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells[at]++
}

// Get holds the lock.
func (s *Sheet) Get(at string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cells[at]
}

// Clear holds the lock.
func (s *Sheet) Clear(at string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.cells, at)
}

// sheetEditor passes itself on as well, but the sheet is not its own.
type sheetEditor struct{ sheet *Sheet }

// Add writes to a sheet that others have.
func (e *sheetEditor) Add(at string) *sheetEditor {
	e.sheet.cells[at] = 1 // want unguarded-map-access "e.sheet.cells"
	return e
}

// RacyEdit edits a sheet.
func (s *Sheet) RacyEdit() {
	editor := &sheetEditor{sheet: s}
	editor.Add("a").Add("b")
}
