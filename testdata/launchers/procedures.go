package launchers

import (
	"context"
	"sync"

	"google.golang.org/grpc"
)

// PutRequest and PutResponse are what a generated file declares.
type (
	PutRequest  struct{ Key string }
	PutResponse struct{ Count int }
)

type putter struct{ counts map[string]int }

// Put has the shape that generated code asks of services; where it is registered is out of view.
func (p *putter) Put(_ context.Context, request *PutRequest) (*PutResponse, error) {
	p.counts[request.Key]++ // want concurrent-map-write "p.counts"
	return &PutResponse{}, nil
}

type lockedPutter struct {
	mu     sync.Mutex
	counts map[string]int
}

// Put holds the lock.
func (l *lockedPutter) Put(_ context.Context, request *PutRequest) (*PutResponse, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts[request.Key]++
	return &PutResponse{Count: l.counts[request.Key]}, nil
}

type caller struct{ pending map[string]bool }

// Put has further parameters, as clients have.
func (c *caller) Put(_ context.Context, request *PutRequest, _ ...string) (*PutResponse, error) {
	c.pending[request.Key] = true
	return &PutResponse{}, nil
}

type monitor struct{ providers map[string]string }

// RacyRegisteredLater registers a service in a function that is kept for later, before the service's own methods stand here.
func RacyRegisteredLater(hooks *[]func(*grpc.Server)) {
	m := &monitor{providers: map[string]string{}}
	*hooks = append(*hooks, func(server *grpc.Server) {
		RegisterMonitorServer(server, m)
	})
}

// RegisterMonitorServer is what a generated file declares.
func RegisterMonitorServer(s grpc.ServiceRegistrar, srv GreeterServer) {
	s.RegisterService(&greeterServiceDesc, srv)
}

// Greet is called on a goroutine for each call.
func (m *monitor) Greet(ctx context.Context) error {
	return m.note(ctx)
}

func (m *monitor) note(context.Context) error {
	return m.noteAgain("a")
}

func (m *monitor) noteAgain(name string) error {
	m.providers[name] = name // want concurrent-map-write "m.providers"
	return nil
}
