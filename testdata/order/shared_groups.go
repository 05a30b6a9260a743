package order

import "sync"

// withGroup lends a group to a function, and waits for what that has started on it.
func withGroup(start func(group *sync.WaitGroup) int) int {
	var group sync.WaitGroup
	started := start(&group)
	group.Wait()
	return started
}

// withBareGroup waits too early.
func withBareGroup(start func(group *sync.WaitGroup) int) int {
	var group sync.WaitGroup
	group.Wait()
	return start(&group)
}

// through hands the function on.
func through(start func(group *sync.WaitGroup) int) int {
	return withGroup(start)
}

// startAll has each name reported on a goroutine of its own.
func startAll(group *sync.WaitGroup, names []string, report func(name string)) int {
	for _, name := range names {
		group.Add(1)
		go func() {
			defer group.Done()
			report(name)
		}()
	}
	return len(names)
}

// startOne has a goroutine do something.
func startOne(group *sync.WaitGroup, do func()) int {
	group.Add(1)
	go func() {
		defer group.Done()
		do()
	}()
	return 1
}

// Reports keeps what was reported.
type Reports struct {
	mu   sync.Mutex
	seen map[string]int
}

func (r *Reports) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen[name]++
}

// CollectOnGroup looks when the group has been waited for.
func CollectOnGroup(names []string) int {
	reports := &Reports{seen: map[string]int{}}
	withGroup(func(group *sync.WaitGroup) int {
		return startAll(group, names, reports.add)
	})
	return reports.seen["a"]
}

// CollectThrough does so through another function.
func CollectThrough(names []string) int {
	seen := map[string]int{}
	through(func(group *sync.WaitGroup) int {
		return startOne(group, func() { seen[names[0]]++ })
	})
	return seen["a"]
}

// BareReports keeps what was reported.
type BareReports struct {
	mu   sync.Mutex
	seen map[string]int
}

func (r *BareReports) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen[name]++
}

// CollectOnBareGroup looks while the goroutines report.
func CollectOnBareGroup(names []string) int {
	reports := &BareReports{seen: map[string]int{}}
	withBareGroup(func(group *sync.WaitGroup) int {
		return startAll(group, names, reports.add)
	})
	return reports.seen["a"] // want concurrent-map-read-write "seen"
}

// CollectInside looks before the group is waited for.
func CollectInside(names []string) int {
	seen := map[string]int{}
	return withGroup(func(group *sync.WaitGroup) int {
		startOne(group, func() { seen[names[0]]++ }) // want concurrent-map-read-write "seen"
		return seen["a"]
	})
}
