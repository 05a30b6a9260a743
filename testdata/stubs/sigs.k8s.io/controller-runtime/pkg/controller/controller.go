// Package controller is a miniature of sigs.k8s.io/controller-runtime/pkg/controller.
package controller

// Options are those of a controller.
type Options struct{ MaxConcurrentReconciles int }
