// Package prometheus is a miniature of github.com/prometheus/client_golang/prometheus.
package prometheus

import "sync"

// Desc describes a metric.
type Desc struct{ Name string }

// Metric is a metric.
type Metric interface{ Desc() *Desc }

// Labels are those of a metric.
type Labels map[string]string

// Collector is asked for its metrics whenever a scrape comes.
type Collector interface {
	Describe(chan<- *Desc)
	Collect(chan<- Metric)
}

// Registry keeps the collectors.
type Registry struct{ collectors []Collector }

// NewRegistry returns an empty registry.
func NewRegistry() *Registry { return &Registry{} }

// MustRegister registers collectors.
func (r *Registry) MustRegister(collectors ...Collector) {
	r.collectors = append(r.collectors, collectors...)
}

// Gather collects from all collectors, each on a goroutine of its own.
func (r *Registry) Gather() {
	var group sync.WaitGroup
	for _, collector := range r.collectors {
		metrics := make(chan Metric, 64)
		group.Add(1)
		go func(collector Collector) {
			defer group.Done()
			collector.Collect(metrics)
		}(collector)
	}
	group.Wait()
}
