package parallel

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	long  = 10 * time.Second
	short = time.Millisecond
)

// slowly takes longer than a short time.
func slowly(work func()) {
	time.Sleep(20 * time.Millisecond)
	work()
}

// A test that has been declared failed is not interested in what still runs.
func TestSafe_TimeoutFails(t *testing.T) {
	seen := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		seen["a"]++
	}()
	select {
	case <-done:
	case <-time.After(long):
		t.Error("nothing came")
	}
	if len(seen) != 1 {
		t.Error(seen)
	}
}

func TestRacy_TimeoutPasses(t *testing.T) {
	seen := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		slowly(func() { seen["a"]++ }) // want concurrent-map-read-write "seen"
	}()
	select {
	case <-done:
	case <-time.After(short):
	}
	if len(seen) > 1 { // want concurrent-map-read-write "seen"
		t.Error(seen)
	}
	<-done
}

// returnsWithin fails the test if work takes longer.
func returnsWithin(t *testing.T, limit time.Duration, work func()) bool {
	done := make(chan struct{})
	go func() {
		work()
		close(done)
	}()
	select {
	case <-time.After(limit):
		assert.Fail(t, "it takes too long")
		return false
	case <-done:
		return true
	}
}

func TestSafe_ReturnsWithin(t *testing.T) {
	seen := map[string]int{}
	for range names {
		returnsWithin(t, long, func() { seen["a"]++ })
	}
}

// tries tells whether work has been done within the limit.
func tries(limit time.Duration, work func()) bool {
	done := make(chan struct{})
	go func() {
		work()
		close(done)
	}()
	select {
	case <-time.After(limit):
		return false
	case <-done:
		return true
	}
}

func TestSafe_Tries(t *testing.T) {
	seen := map[string]int{}
	for range names {
		if !tries(long, func() { seen["a"]++ }) {
			t.Fatal("it takes too long")
		}
	}
	require.True(t, tries(long, func() { seen["b"]++ }))
	seen["c"]++
}

func TestRacy_TriesAgain(*testing.T) {
	seen := map[string]int{}
	for range names {
		tries(short, func() { slowly(func() { seen["a"]++ }) }) // want concurrent-map-write "seen"
	}
	time.Sleep(50 * time.Millisecond)
}

// waitFor tells whether it has waited in vain.
func waitFor(wg *sync.WaitGroup, limit time.Duration) bool {
	done := make(chan struct{})
	go func() {
		defer close(done)
		wg.Wait()
	}()
	select {
	case <-done:
		return false
	case <-time.After(limit):
		return true
	}
}

func TestSafe_WaitFor(t *testing.T) {
	seen := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		seen["a"]++
	}()
	if waitFor(&wg, long) {
		t.Fatal("it takes too long")
	}
	if len(seen) != 1 {
		t.Error(seen)
	}
}

func TestRacy_WaitFor(t *testing.T) {
	seen := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		slowly(func() { seen["a"]++ }) // want concurrent-map-read-write "seen"
	}()
	if waitFor(&wg, short) {
		t.Log(len(seen)) // want concurrent-map-read-write "seen"
	}
	wg.Wait()
}

// waitOrPanic does not return without having waited.
func waitOrPanic(wg *sync.WaitGroup) {
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(long):
		panic("it takes too long")
	}
}

func TestSafe_WaitOrPanic(*testing.T) {
	seen := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		_ = seen["a"]
	}()
	waitOrPanic(&wg)
	seen["b"]++
}

// waitOrFail has an error if it has waited in vain.
func waitOrFail(wg *sync.WaitGroup, limit time.Duration) error {
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-time.After(limit):
		return errors.New("it takes too long")
	}
}

func TestSafe_WaitOrFail(t *testing.T) {
	seen := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		_ = seen["a"]
	}()
	require.NoError(t, waitOrFail(&wg, long))
	seen["b"]++
}

func TestSafe_Flag(t *testing.T) {
	seen := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		seen["a"]++
	}()
	timedOut := false
	select {
	case <-done:
	case <-time.After(long):
		timedOut = true
	}
	if timedOut {
		t.Fatal("it takes too long")
	}
	seen["b"]++
}

func TestRacy_Flag(t *testing.T) {
	seen := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		slowly(func() { seen["a"]++ }) // want concurrent-map-read-write "seen"
	}()
	ok := false
	select {
	case <-done:
		ok = true
	case <-time.After(short):
	}
	if !ok {
		t.Log(len(seen)) // want concurrent-map-read-write "seen"
	}
	<-done
}
