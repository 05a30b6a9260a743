// Package boundaries holds what the analysis is known to get wrong: functions called missed… have a race that it does not
// see, functions called falseAlarm… have none and are reported. Each says why. When one of them comes right, its test
// fails, and the function moves to the fixtures of its subject.
package boundaries

import (
	"reflect"
	"sync"
	"unsafe"
)

// missedReflection writes the map by reflection: what a reflect.Value refers to is not followed.
func missedReflection() int {
	ages := map[string]int{"a": 1}
	go func() {
		reflect.ValueOf(ages).SetMapIndex(reflect.ValueOf("b"), reflect.ValueOf(2))
	}()
	return ages["a"]
}

// missedUnsafe reaches the map through an unsafe pointer.
func missedUnsafe() int {
	ages := map[string]int{"a": 1}
	pointer := unsafe.Pointer(&ages)
	go func() {
		(*(*map[string]int)(pointer))["b"] = 2
	}()
	return ages["a"]
}

// missedContainer puts the map into a channel of anything and takes it out again: values are not followed through
// containers whose element type does not tell what they hold.
func missedContainer() int {
	ages := map[string]int{"a": 1}
	container := make(chan any, 1)
	container <- ages
	go func() {
		same := (<-container).(map[string]int)
		same["b"] = 2
	}()
	return ages["a"]
}

// missedHandedOver sends a map that it goes on writing: which map comes out of a channel is not followed.
func missedHandedOver() int {
	maps := make(chan map[int]bool)
	go func() {
		seen := map[int]bool{}
		maps <- seen
		seen[1] = true
	}()
	seen := <-maps
	return len(seen)
}

// missedTable starts the functions of a slice: which function an element is, among several, is not followed.
func missedTable() {
	seen := map[int]bool{}
	tasks := []func(){
		func() { seen[1] = true },
		func() { seen[2] = true },
	}
	for _, task := range tasks {
		go task()
	}
}

// missedGoto starts its goroutines in a loop made of a label and a goto, which is not taken for a loop.
func missedGoto(n int) {
	seen := map[int]bool{}
	i := 0
again:
	j := i
	go func() {
		seen[j] = true
	}()
	i++
	if i < n {
		goto again
	}
}

type pool struct {
	tasks chan func()
	done  sync.WaitGroup
}

func newPool(workers int) *pool {
	p := &pool{tasks: make(chan func())}
	for range workers {
		p.done.Add(1)
		go func() {
			defer p.done.Done()
			for task := range p.tasks {
				task()
			}
		}()
	}
	return p
}

// missedPool writes in tasks that it sends to workers of its own: what a channel carries is not followed to where it is
// called, since most such channels have one reader, who calls the functions one after the other.
func missedPool(keys []string) int {
	seen := map[string]bool{}
	workers := newPool(4)
	for _, key := range keys {
		workers.tasks <- func() { seen[key] = true }
	}
	close(workers.tasks)
	workers.done.Wait()
	return len(seen)
}
