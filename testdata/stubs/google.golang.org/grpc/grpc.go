// Package grpc is a miniature of google.golang.org/grpc.
package grpc

import (
	"context"
	"sync"
)

// ServiceRegistrar registers services.
type ServiceRegistrar interface {
	RegisterService(desc *ServiceDesc, impl any)
}

// MethodHandler calls one method of a service.
type MethodHandler func(srv any, ctx context.Context) error

// MethodDesc describes a method.
type MethodDesc struct {
	MethodName string
	Handler    MethodHandler
}

// ServiceDesc describes a service.
type ServiceDesc struct {
	ServiceName string
	HandlerType any
	Methods     []MethodDesc
}

// Server is the server.
type Server struct{ calls []func() }

// NewServer returns a server.
func NewServer() *Server { return &Server{} }

// RegisterService implements ServiceRegistrar.
func (s *Server) RegisterService(desc *ServiceDesc, impl any) {
	for _, method := range desc.Methods {
		s.calls = append(s.calls, func() { _ = method.Handler(impl, context.Background()) })
	}
}

// Receive answers a number of calls of each method, each on a goroutine of its own.
func (s *Server) Receive(n int) {
	var group sync.WaitGroup
	for ; n > 0; n-- {
		for _, call := range s.calls {
			group.Add(1)
			go func(call func()) {
				defer group.Done()
				call()
			}(call)
		}
	}
	group.Wait()
}
