// Package controllerruntime is a miniature of sigs.k8s.io/controller-runtime.
package controllerruntime

import (
	"context"
	"sync"

	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

// Request names an object.
type Request = reconcile.Request

// Result is what a reconciler returns.
type Result = reconcile.Result

// Builder builds a controller.
type Builder struct{ options controller.Options }

// NewControllerManagedBy returns a builder.
func NewControllerManagedBy() *Builder { return &Builder{} }

// WithOptions sets the options.
func (b *Builder) WithOptions(options controller.Options) *Builder {
	b.options = options
	return b
}

// Complete starts the controller and waits until it has reconciled a few objects.
func (b *Builder) Complete(r reconcile.Reconciler) error {
	workers := max(b.options.MaxConcurrentReconciles, 1)
	var group sync.WaitGroup
	for ; workers > 0; workers-- {
		group.Add(1)
		go func() {
			defer group.Done()
			for _, name := range []string{"a", "b", "c"} {
				_, _ = r.Reconcile(context.Background(), Request{Name: name})
			}
		}()
	}
	group.Wait()
	return nil
}
