package functions

import (
	"sync"
	"time"
)

type register struct{ entries map[string]int }

func newRegister() *register { return &register{entries: map[string]int{}} }

func (r *register) sweep() {
	delete(r.entries, "a") // want concurrent-map-read-write "r.entries"
}

func (r *register) has(key string) bool {
	_, ok := r.entries[key]
	return ok
}

type desk struct {
	mu       sync.Mutex
	register *register
}

func newDesk() *desk {
	d := &desk{register: newRegister()}
	go every(d.sweep)
	return d
}

func (d *desk) sweep() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.register.sweep()
}

func every(run func()) {
	for range 3 {
		run()
		time.Sleep(time.Microsecond)
	}
}

// RacyBehindResult looks into an object behind the one that a constructor returns, whose goroutine is at work.
func RacyBehindResult() bool {
	d := newDesk()
	return d.register.has("b")
}

type office struct {
	mu      sync.Mutex
	entries map[string]int
}

func openOffice() *office {
	o := &office{entries: map[string]int{}}
	o.entries["first"] = 1
	go o.sweep()
	return o
}

func (o *office) sweep() {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.entries, "a")
}

// SafeOfficeEachTime makes a new object in each round: the goroutine of the last round has another one.
func SafeOfficeEachTime() int {
	count := 0
	for range 3 {
		o := openOffice()
		o.mu.Lock()
		count += len(o.entries)
		o.mu.Unlock()
	}
	return count
}

// RacyInGoroutine shares a map among the goroutines that a goroutine starts.
func RacyInGoroutine() {
	done := make(chan bool)
	go func() {
		defer close(done)
		r := newRegister()
		var group sync.WaitGroup
		group.Add(2)
		go func() {
			defer group.Done()
			r.entries["a"] = 1 // want concurrent-map-read-write "entries"
		}()
		go func() {
			defer group.Done()
			_ = r.entries["b"]
		}()
		group.Wait()
	}()
	<-done
}

// SafeInGoroutine gives each of them a map.
func SafeInGoroutine() {
	done := make(chan bool)
	go func() {
		defer close(done)
		var group sync.WaitGroup
		for range 2 {
			group.Add(1)
			go func() {
				defer group.Done()
				r := newRegister()
				r.entries["a"] = 1
			}()
		}
		group.Wait()
	}()
	<-done
}

func parser(seen map[string]int) (func(string), func()) {
	texts, quit := make(chan string), make(chan bool)
	go func() {
		for {
			select {
			case text := <-texts:
				seen[text]++
				texts <- ""
			case <-quit:
				return
			}
		}
	}()
	return func(text string) { texts <- text; <-texts }, func() { quit <- true }
}

// SafeAsked uses the map when the goroutine, which works on demand alone, has answered.
func SafeAsked() int {
	seen := map[string]int{}
	parse, stop := parser(seen)
	parse("a")
	stop()
	return len(seen)
}
