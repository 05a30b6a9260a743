package parallel

import (
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
)

// What a spec starts does not concern the next one, which has objects of its own.
func TestSafe_Specs(*testing.T) {
	ginkgo.Describe("sizes", func() {
		var sizes map[string]int
		ginkgo.BeforeEach(func() { sizes = map[string]int{} })
		ginkgo.It("reads", func() {
			of := sizes
			go func() { _ = of["a"] }()
		})
		ginkgo.It("writes", func() { sizes["a"] = 1 })
	})
	ginkgo.RunSpecs()
}

// What is set up for a spec does.
func TestRacy_Specs(*testing.T) {
	ginkgo.Describe("sizes", func() {
		sizes := map[string]int{}
		ginkgo.BeforeEach(func() {
			go func() { sizes["a"]++ }() // want concurrent-map-write "sizes"
		})
		ginkgo.It("writes", func() { sizes["b"]++ }) // want concurrent-map-write "sizes"
	})
	ginkgo.RunSpecs()
	time.Sleep(time.Millisecond)
}

// The spec waits until the goroutine has closed its channel.
func TestSafe_SpecAwaits(*testing.T) {
	ginkgo.It("waits", func() {
		sizes := map[string]int{}
		ready := make(chan struct{})
		go func() {
			sizes["a"]++
			close(ready)
		}()
		gomega.Eventually(ready).Should(gomega.BeClosed())
		sizes["b"]++
	})
	ginkgo.RunSpecs()
}

// It waits when it is too late.
func TestRacy_SpecAwaits(*testing.T) {
	ginkgo.It("waits", func() {
		sizes := map[string]int{}
		ready := make(chan struct{})
		go func() {
			sizes["a"]++ // want concurrent-map-write "sizes"
			close(ready)
		}()
		sizes["b"]++ // want concurrent-map-write "sizes"
		gomega.Eventually(ready).Should(gomega.BeClosed())
	})
	ginkgo.RunSpecs()
}
