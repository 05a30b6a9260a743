package order

import "net/http"

// safeAuditor counts for tests alone: the program has no map for it.
type safeAuditor struct {
	seen map[string]int
	next http.Handler
}

func newSafeAuditor(next http.Handler, seen map[string]int) *safeAuditor {
	return &safeAuditor{next: next, seen: seen}
}

// ServeHTTP counts where there is a map.
func (a *safeAuditor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a.seen != nil {
		a.seen[r.URL.Path]++ // want-possible concurrent-map-write "a.seen"
	}
	a.next.ServeHTTP(w, r)
}

func (a *safeAuditor) with(next http.Handler) *safeAuditor {
	return &safeAuditor{next: next, seen: a.seen}
}

// SafeAudit counts nothing.
func SafeAudit(next http.Handler) http.Handler {
	return newSafeAuditor(next, nil).with(next)
}

// racyAuditor counts in the program, too.
type racyAuditor struct {
	seen map[string]int
	next http.Handler
}

func newRacyAuditor(next http.Handler, seen map[string]int) *racyAuditor {
	return &racyAuditor{next: next, seen: seen}
}

// ServeHTTP counts where there is a map.
func (a *racyAuditor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a.seen != nil {
		a.seen[r.URL.Path]++ // want concurrent-map-write "a.seen"
	}
	a.next.ServeHTTP(w, r)
}

// RacyAudit counts if it is asked to.
func RacyAudit(next http.Handler, counts bool) http.Handler {
	if counts {
		return newRacyAuditor(next, map[string]int{})
	}
	return newRacyAuditor(next, nil)
}
