package launchers

import (
	"sync"
	"testing"

	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// labelBeside runs a method on two goroutines.
func labelBeside(label func(*labeller)) {
	pod := func() *listers.Pod {
		meta := listers.ObjectMeta{Labels: map[string]string{"a": "b"}, Annotations: map[string]string{"a": "b"}}
		return &listers.Pod{ObjectMeta: meta}
	}
	r := &labeller{
		pods:    listers.NewPodLister(map[string]*listers.Pod{"one": pod()}),
		indexer: cache.NewIndexer(map[string]any{"one": pod()}),
	}
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() { label(r) })
	}
	group.Wait()
}

func TestRacy_Mark(*testing.T) { labelBeside(func(r *labeller) { _ = r.RacyMark("one") }) }
func TestSafe_Mark(*testing.T) { labelBeside(func(r *labeller) { _ = r.SafeMark("one") }) }

func TestRacy_Annotations(*testing.T) {
	labelBeside(func(r *labeller) { _ = r.RacyAnnotations("one") })
}

func TestSafe_Annotations(*testing.T) {
	labelBeside(func(r *labeller) { _, _ = r.SafeAnnotations("one") })
}

func TestRacy_Sweep(*testing.T) { labelBeside(func(r *labeller) { _ = r.RacySweep() }) }
func TestSafe_Sweep(*testing.T) { labelBeside(func(r *labeller) { _ = r.SafeSweep() }) }

func TestRacy_Find(*testing.T) { labelBeside(func(r *labeller) { _ = r.RacyFind("one") }) }
func TestSafe_Find(*testing.T) { labelBeside(func(r *labeller) { _ = r.SafeFind("one") }) }

func TestRacy_Shallow(*testing.T) { labelBeside(func(r *labeller) { r.RacyShallow() }) }
func TestSafe_Shallow(*testing.T) { labelBeside(func(r *labeller) { r.SafeShallow() }) }
