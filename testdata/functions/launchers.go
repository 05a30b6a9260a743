package functions

import (
	"context"
	"sync"
	"time"
)

type poller struct {
	seen map[string]bool
	stop chan struct{}
}

// Start begins to poll; the goroutine outlives the call.
func (p *poller) Start() {
	go p.loop()
}

func (p *poller) loop() {
	for {
		select {
		case <-p.stop:
			return
		default:
			p.seen["loop"] = true // want concurrent-map-read-write "p.seen"
			time.Sleep(time.Millisecond)
		}
	}
}

func (p *poller) has(key string) bool {
	return p.seen[key]
}

// RacyStart reads beside the goroutine that Start has left behind.
func RacyStart() bool {
	p := &poller{seen: map[string]bool{}, stop: make(chan struct{})}
	p.Start()
	found := p.has("a")
	time.Sleep(time.Millisecond)
	close(p.stop)
	return found
}

type service struct {
	seen map[string]bool
	done sync.WaitGroup
}

func (s *service) start() {
	s.done.Add(1)
	go func() {
		defer s.done.Done()
		s.seen["loop"] = true
	}()
}

func (s *service) wait() { s.done.Wait() }

// SafeStart fills the map before the start and reads it after the end.
func SafeStart() int {
	s := &service{seen: map[string]bool{}}
	s.seen["before"] = true
	s.start()
	s.wait()
	return len(s.seen)
}

func background(run func()) {
	go run()
}

func backgroundTwice(run func()) {
	background(func() { run() })
}

// RacyOwnLauncher writes in functions that another function starts.
func RacyOwnLauncher() {
	seen := map[string]bool{}
	background(func() { seen["a"] = true }) // want concurrent-map-write "seen"
	seen["b"] = true
}

// RacyOwnLauncherTwoCallsDown has one more function in between.
func RacyOwnLauncherTwoCallsDown() {
	seen := map[string]bool{}
	backgroundTwice(func() { seen["a"] = true }) // want concurrent-map-write "seen"
	seen["b"] = true
}

func forEach(keys []string, run func(string)) {
	for _, key := range keys {
		run(key)
	}
}

// SafeOwnLoop calls its function on the spot.
func SafeOwnLoop(keys []string) int {
	seen := map[string]bool{}
	forEach(keys, func(key string) { seen[key] = true })
	return len(seen)
}

func forEachParallel(keys []string, run func(string)) {
	var group sync.WaitGroup
	for _, key := range keys {
		group.Go(func() { run(key) })
	}
	group.Wait()
}

// RacyOwnParallelLoop writes in a function that runs several times at once.
func RacyOwnParallelLoop(keys []string) int {
	seen := map[string]bool{}
	forEachParallel(keys, func(key string) { seen[key] = true }) // want concurrent-map-write "seen"
	return len(seen)
}

// SafeOwnParallelLoop reads in it, and writes after it.
func SafeOwnParallelLoop(keys []string) int {
	sizes := map[string]int{"a": 1}
	forEachParallel(keys, func(key string) { _ = sizes[key] })
	sizes["total"] = len(keys)
	return len(sizes)
}

func both(left, right func()) {
	var group sync.WaitGroup
	group.Go(left)
	group.Go(right)
	group.Wait()
}

// SafeBoth writes when the functions that run side by side have ended.
func SafeBoth() int {
	seen := map[string]bool{"a": true}
	both(func() { _ = seen["a"] }, func() { _ = seen["b"] })
	seen["after"] = true
	return len(seen)
}

// RacyBoth writes in one of them what the other reads.
func RacyBoth() {
	seen := map[string]bool{}
	both(func() { seen["a"] = true }, func() { _ = seen["b"] }) // want concurrent-map-read-write "seen"
}

func inTurn(first, second func()) {
	var group sync.WaitGroup
	group.Go(first)
	group.Wait()
	group.Go(second)
	group.Wait()
}

// SafeInTurn starts the second when the first has ended.
func SafeInTurn() {
	seen := map[string]bool{}
	inTurn(func() { seen["a"] = true }, func() { _ = seen["b"] })
}

func forEachInTurn(keys []string, run func(string)) {
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, key := range keys {
		group.Add(1)
		go func() {
			defer group.Done()
			mu.Lock()
			defer mu.Unlock()
			run(key)
		}()
	}
	group.Wait()
}

// SafeOwnLoopInTurn writes in a function that is called from several goroutines, under a lock of the loop's.
func SafeOwnLoopInTurn(keys []string) int {
	seen := map[string]bool{}
	forEachInTurn(keys, func(key string) { seen[key] = true })
	seen["after"] = true
	return len(seen)
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

func (p *pool) submit(task func()) { p.tasks <- task }

func (p *pool) wait() {
	close(p.tasks)
	p.done.Wait()
}

// SafePool locks in the tasks.
func SafePool(keys []string) int {
	seen := map[string]bool{}
	var mu sync.Mutex
	workers := newPool(4)
	for _, key := range keys {
		workers.submit(func() {
			mu.Lock()
			defer mu.Unlock()
			seen[key] = true
		})
	}
	workers.wait()
	mu.Lock()
	defer mu.Unlock()
	return len(seen)
}

func worker(jobs <-chan string, seen map[string]bool) {
	for job := range jobs {
		seen[job] = true // want concurrent-map-write "seen"
	}
}

// RacyWorkers starts several workers with one map.
func RacyWorkers(keys []string) {
	seen := map[string]bool{}
	jobs := make(chan string)
	for range 3 {
		go worker(jobs, seen)
	}
	for _, key := range keys {
		jobs <- key
	}
	close(jobs)
}

func singleWorker(jobs <-chan string, seen map[string]bool, done chan<- int) {
	for job := range jobs {
		seen[job] = true
	}
	done <- len(seen)
}

// SafeWorker starts one worker with the map.
func SafeWorker(keys []string) int {
	jobs, done := make(chan string), make(chan int)
	go singleWorker(jobs, map[string]bool{}, done)
	for _, key := range keys {
		jobs <- key
	}
	close(jobs)
	return <-done
}

// RacyTimer writes when the timer fires.
func RacyTimer() {
	seen := map[string]bool{}
	time.AfterFunc(time.Microsecond, func() {
		seen["a"] = true // want concurrent-map-write "seen"
	})
	seen["b"] = true
}

// RacyContext writes when the context ends.
func RacyContext() {
	seen := map[string]bool{}
	ctx, cancel := context.WithCancel(context.Background())
	context.AfterFunc(ctx, func() {
		seen["a"] = true // want concurrent-map-write "seen"
	})
	cancel()
	seen["b"] = true
}

// SafeContext writes before the function is registered.
func SafeContext() {
	seen := map[string]bool{}
	ctx, cancel := context.WithCancel(context.Background())
	seen["b"] = true
	context.AfterFunc(ctx, func() {
		seen["a"] = true
	})
	cancel()
}

type runner struct {
	task func()
}

// RacyField starts a function that is kept in a field.
func RacyField() {
	seen := map[string]bool{}
	r := runner{task: func() { seen["a"] = true }} // want concurrent-map-write "seen"
	go r.task()
	seen["b"] = true
}

func forEachLocked(keys []string, run func(string)) {
	var group sync.WaitGroup
	var mu sync.Mutex
	for _, key := range keys {
		group.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			run(key)
		})
	}
	group.Wait()
}

// SafeOwnLockedLoop writes in a function that another function runs in parallel, but under a lock of its own.
func SafeOwnLockedLoop(keys []string) int {
	seen := map[string]bool{}
	forEachLocked(keys, func(key string) { seen[key] = true })
	return len(seen)
}

type visitOptions struct{ visit func(string) }

// RacyOptionsFunction hands itself a function in its options, and calls it on several goroutines.
func RacyOptionsFunction(keys []string, options visitOptions) int {
	visited := map[string]bool{}
	before := options.visit
	options.visit = func(key string) {
		if before != nil {
			before(key)
		}
		visited[key] = true // want concurrent-map-write "visited"
	}
	var group sync.WaitGroup
	for _, key := range keys {
		func(key string) {
			group.Go(func() { options.visit(key) })
		}(key)
	}
	group.Wait()
	return len(visited)
}

// eachKey is what other packages call.
var eachKey = forEachParallel

// RacyFunctionVariable calls through a variable.
func RacyFunctionVariable(keys []string) int {
	counts := map[string]int{}
	eachKey(keys, func(key string) {
		counts[key]++ // want concurrent-map-write "counts"
	})
	return len(counts)
}

type routes map[string]func()

func dispatch(key string) routes {
	handlers := routes{"a": func() {}}
	if key != "" {
		handlers[key] = func() {}
	}
	return handlers
}

// SafeTableOfItsOwn calls a function that makes a map for each goroutine.
func SafeTableOfItsOwn(keys []string) {
	forEachTable(keys, dispatch)
}

func forEachTable(keys []string, routesOf func(string) routes) {
	var group sync.WaitGroup
	for _, key := range keys {
		group.Go(func() { routesOf(key)["a"]() })
	}
	group.Wait()
}
