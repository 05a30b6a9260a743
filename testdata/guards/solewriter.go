package guards

import (
	"net/http"
	"slices"
	"sync"
)

// SafeLimits is written by its reload alone; the lock is for those who ask.
type SafeLimits struct {
	mu       sync.RWMutex
	byTenant map[string]int
}

// NewSafeLimits makes them.
func NewSafeLimits() *SafeLimits { return &SafeLimits{byTenant: map[string]int{}} }

// Get holds the lock.
func (l *SafeLimits) Get(tenant string) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.byTenant[tenant]
}

func (l *SafeLimits) set(tenant string, limit int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if limit == 0 {
		delete(l.byTenant, tenant)
		return
	}
	l.byTenant[tenant] = limit
}

func (l *SafeLimits) reload(tenants []string) {
	for tenant := range l.byTenant { // want-possible unguarded-map-access "l.byTenant"
		if !slices.Contains(tenants, tenant) {
			l.set(tenant, 0)
		}
	}
	for limit, tenant := range tenants {
		l.set(tenant, limit)
	}
}

func (l *SafeLimits) running(tenants [][]string) {
	for _, tenants := range tenants {
		l.reload(tenants)
	}
}

// Service hands the method to who will run it.
func (l *SafeLimits) Service() func([][]string) { return l.running }

// RacyLimits can be set by others as well.
type RacyLimits struct {
	mu       sync.RWMutex
	byTenant map[string]int
}

// NewRacyLimits makes them.
func NewRacyLimits() *RacyLimits { return &RacyLimits{byTenant: map[string]int{}} }

// Get holds the lock.
func (l *RacyLimits) Get(tenant string) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.byTenant[tenant]
}

func (l *RacyLimits) set(tenant string, limit int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if limit == 0 {
		delete(l.byTenant, tenant)
		return
	}
	l.byTenant[tenant] = limit
}

func (l *RacyLimits) reload(tenants []string) {
	for tenant := range l.byTenant { // want unguarded-map-access "l.byTenant"
		if !slices.Contains(tenants, tenant) {
			l.set(tenant, 0)
		}
	}
	for limit, tenant := range tenants {
		l.set(tenant, limit)
	}
}

// ServeHTTP sets one.
func (l *RacyLimits) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	l.set(r.URL.Path, len(r.URL.Path))
}

func (l *RacyLimits) running(tenants [][]string) {
	for _, tenants := range tenants {
		l.reload(tenants)
	}
}

// Service hands the method to who will run it.
func (l *RacyLimits) Service() func([][]string) { return l.running }
