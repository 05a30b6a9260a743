package guards

import "sync"

// SafeQuota has a lock that one of two functions takes; both run on one goroutine.
type SafeQuota struct {
	mu   sync.Mutex
	used map[string]int
}

var safeQuota = &SafeQuota{used: map[string]int{}}

func (q *SafeQuota) take(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.used[name]++
}

func (q *SafeQuota) of(name string) int {
	return q.used[name] // want-possible unguarded-map-access "q.used"
}

// TakeSafely looks up what it has just written.
func TakeSafely(names []string) int {
	most := 0
	for _, name := range names {
		safeQuota.take(name)
		most = max(most, safeQuota.of(name))
	}
	return most
}

// RacyQuota is written by a goroutine as well.
type RacyQuota struct {
	mu   sync.Mutex
	used map[string]int
}

var racyQuota = &RacyQuota{used: map[string]int{}}

func (q *RacyQuota) take(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.used[name]++
}

func (q *RacyQuota) of(name string) int {
	return q.used[name] // want unguarded-map-access "q.used"
}

// TakeOften takes until it is told to stop.
func TakeOften(name string, stop chan struct{}) {
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				racyQuota.take(name)
			}
		}
	}()
}

// TakeRacily looks up meanwhile.
func TakeRacily(names []string) int {
	most := 0
	for _, name := range names {
		most = max(most, racyQuota.of(name))
	}
	return most
}
