// Package reconcile is a miniature of sigs.k8s.io/controller-runtime/pkg/reconcile.
package reconcile

import "context"

// Request names an object.
type Request struct{ Name string }

// Result is what a reconciler returns.
type Result struct{ Requeue bool }

// Reconciler brings an object into its wanted state.
type Reconciler interface {
	Reconcile(context.Context, Request) (Result, error)
}
