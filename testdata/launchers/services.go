package launchers

import (
	"context"
	"sync"

	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/robfig/cron/v3"
	"google.golang.org/grpc"
	"k8s.io/client-go/tools/cache"
	controllerruntime "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/controller"
)

// GreeterServer is what a generated file declares.
type GreeterServer interface {
	Greet(context.Context) error
}

// RegisterGreeterServer is what a generated file declares, too.
func RegisterGreeterServer(s grpc.ServiceRegistrar, srv GreeterServer) {
	s.RegisterService(&greeterServiceDesc, srv)
}

var greeterServiceDesc = grpc.ServiceDesc{
	ServiceName: "greeter",
	HandlerType: (*GreeterServer)(nil),
	Methods: []grpc.MethodDesc{{
		MethodName: "Greet",
		Handler:    func(srv any, ctx context.Context) error { return srv.(GreeterServer).Greet(ctx) },
	}},
}

type greeter struct{ greeted map[string]int }

// Greet is called on a goroutine for each call.
func (g *greeter) Greet(context.Context) error {
	g.greeted["world"]++ // want concurrent-map-write "g.greeted"
	return nil
}

// RacyGRPC registers a service without a lock.
func RacyGRPC(server *grpc.Server) {
	RegisterGreeterServer(server, &greeter{greeted: map[string]int{}})
}

type lockedGreeter struct {
	mu      sync.Mutex
	greeted map[string]int
}

// Greet is called on a goroutine for each call.
func (l *lockedGreeter) Greet(context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.greeted["world"]++
	return nil
}

// SafeGRPC registers one with a lock.
func SafeGRPC(server *grpc.Server) {
	RegisterGreeterServer(server, &lockedGreeter{greeted: map[string]int{}})
}

// RacyInformer writes in a handler that runs beside the caller.
func RacyInformer(informer cache.SharedIndexInformer, stop chan struct{}) (int, error) {
	names := map[string]bool{}
	err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: func(obj any) {
			names[obj.(string)] = true // want concurrent-map-read-write "names"
		},
		DeleteFunc: func(obj any) {
			delete(names, obj.(string))
		},
	})
	informer.Run(stop)
	return len(names), err
}

// SafeInformer writes in the handlers of one registration, which run one after the other.
func SafeInformer(informer cache.SharedIndexInformer, stop chan struct{}) error {
	names := map[string]bool{}
	err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(obj any) { names[obj.(string)] = true },
		DeleteFunc: func(obj any) { delete(names, obj.(string)) },
	})
	informer.Run(stop)
	return err
}

// watcher is an informer of a library that is not in view.
type watcher interface {
	Watch(handlers cache.ResourceEventHandlerFuncs) error
	Run(stop <-chan struct{})
}

// RacyWatcher writes in a handler that runs beside the caller: the struct that holds it says so.
func RacyWatcher(informer watcher, stop chan struct{}) (int, error) {
	names := map[string]bool{}
	err := informer.Watch(cache.ResourceEventHandlerFuncs{
		AddFunc: func(obj any) {
			names[obj.(string)] = true // want concurrent-map-read-write "names"
		},
	})
	informer.Run(stop)
	return len(names), err
}

// SafeWatcher writes in the handlers of one registration, which run one after the other.
func SafeWatcher(informer watcher, stop chan struct{}) error {
	names := map[string]bool{}
	err := informer.Watch(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(obj any) { names[obj.(string)] = true },
		DeleteFunc: func(obj any) { delete(names, obj.(string)) },
	})
	informer.Run(stop)
	return err
}

// shards is told of by the handlers of one registration, and counted by others.
type shards struct {
	mu    sync.Mutex
	names map[string]bool
}

func (s *shards) add(obj any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[obj.(string)] = true
}

// drop runs where add runs: nobody else writes while it looks.
func (s *shards) drop(obj any) {
	if s.names[obj.(string)] {
		s.mu.Lock()
		delete(s.names, obj.(string))
		s.mu.Unlock()
	}
}

func (s *shards) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.names)
}

// SafeShards registers all that writes at once.
func SafeShards(informer cache.SharedIndexInformer, stop chan struct{}) (int, error) {
	s := &shards{names: map[string]bool{}}
	err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: s.add, DeleteFunc: s.drop})
	informer.Run(stop)
	return s.count(), err
}

// spread is what shards is, but its handlers are registered one by one.
type spread struct {
	mu    sync.Mutex
	names map[string]bool
}

func (s *spread) add(obj any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[obj.(string)] = true
}

func (s *spread) drop(obj any) {
	if s.names[obj.(string)] { // want concurrent-map-read-write "s.names"
		s.mu.Lock()
		delete(s.names, obj.(string))
		s.mu.Unlock()
	}
}

func (s *spread) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.names)
}

// RacySpread has a goroutine for each handler.
func RacySpread(informer cache.SharedIndexInformer, stop chan struct{}) (int, error) {
	s := &spread{names: map[string]bool{}}
	err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: s.add})
	if err == nil {
		err = informer.AddEventHandler(cache.ResourceEventHandlerFuncs{DeleteFunc: s.drop})
	}
	informer.Run(stop)
	return s.count(), err
}

type reconciler struct{ seen map[string]int }

// Reconcile is called by several workers.
func (r *reconciler) Reconcile(_ context.Context, request controllerruntime.Request) (controllerruntime.Result, error) {
	r.seen[request.Name]++ // want-possible concurrent-map-write "r.seen"
	return controllerruntime.Result{}, nil
}

// RacyReconcile has four workers.
func RacyReconcile() error {
	return controllerruntime.NewControllerManagedBy().
		WithOptions(controller.Options{MaxConcurrentReconciles: 4}).
		Complete(&reconciler{seen: map[string]int{}})
}

type lockedReconciler struct {
	mu   sync.Mutex
	seen map[string]int
}

// Reconcile is called by several workers.
func (l *lockedReconciler) Reconcile(_ context.Context, request controllerruntime.Request) (controllerruntime.Result, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen[request.Name]++
	return controllerruntime.Result{}, nil
}

// SafeReconcile has four workers and a lock.
func SafeReconcile() error {
	return controllerruntime.NewControllerManagedBy().
		WithOptions(controller.Options{MaxConcurrentReconciles: 4}).
		Complete(&lockedReconciler{seen: map[string]int{}})
}

// RacyNATS writes in a callback and in the caller.
func RacyNATS(connection *nats.Conn) (int, error) {
	received := map[string]int{}
	_, err := connection.Subscribe("subject", func(message *nats.Msg) {
		received[message.Subject]++ // want concurrent-map-read-write "received"
	})
	if err != nil {
		return 0, err
	}
	err = connection.Publish("subject", nil)
	return received["subject"], err
}

// SafeNATS writes in the callback of one subscription, which receives one message after the other.
func SafeNATS(connection *nats.Conn) error {
	received := map[string]int{}
	_, err := connection.Subscribe("subject", func(message *nats.Msg) {
		received[message.Subject]++
	})
	if err != nil {
		return err
	}
	return connection.Publish("subject", nil)
}

type consumer struct{ keys map[string]int }

// Setup implements sarama.ConsumerGroupHandler.
func (c *consumer) Setup(sarama.ConsumerGroupSession) error { return nil }

// Cleanup implements sarama.ConsumerGroupHandler.
func (c *consumer) Cleanup(sarama.ConsumerGroupSession) error { return nil }

// ConsumeClaim is called on a goroutine for each claim.
func (c *consumer) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for message := range claim.Messages() {
		c.keys[string(message.Key)]++ // want concurrent-map-write "c.keys"
	}
	return nil
}

// RacySarama consumes with a map without a lock.
func RacySarama(ctx context.Context, group sarama.ConsumerGroup) error {
	return group.Consume(ctx, []string{"topic"}, &consumer{keys: map[string]int{}})
}

type lockedConsumer struct {
	mu   sync.Mutex
	keys map[string]int
}

// Setup runs before all claims.
func (l *lockedConsumer) Setup(sarama.ConsumerGroupSession) error { return nil }

// Cleanup runs after all claims.
func (l *lockedConsumer) Cleanup(sarama.ConsumerGroupSession) error { return nil }

// ConsumeClaim is called on a goroutine for each claim.
func (l *lockedConsumer) ConsumeClaim(_ sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for message := range claim.Messages() {
		l.mu.Lock()
		l.keys[string(message.Key)]++
		l.mu.Unlock()
	}
	return nil
}

// SafeSarama consumes with a lock.
func SafeSarama(ctx context.Context, group sarama.ConsumerGroup) error {
	return group.Consume(ctx, []string{"topic"}, &lockedConsumer{keys: map[string]int{}})
}

// RacyCron writes in a job; each run has a goroutine of its own.
func RacyCron(schedule *cron.Cron) error {
	runs := map[string]int{}
	_, err := schedule.AddFunc("@every 1s", func() {
		runs["job"]++ // want concurrent-map-write "runs"
	})
	return err
}

// SafeCron locks.
func SafeCron(schedule *cron.Cron) error {
	runs := map[string]int{}
	var mu sync.Mutex
	_, err := schedule.AddFunc("@every 1s", func() {
		mu.Lock()
		defer mu.Unlock()
		runs["job"]++
	})
	return err
}

type collector struct{ collected map[string]int }

// Describe implements prometheus.Collector.
func (c *collector) Describe(chan<- *prometheus.Desc) {}

// Collect is called by each scrape.
func (c *collector) Collect(chan<- prometheus.Metric) {
	c.collected["metric"]++ // want concurrent-map-write "c.collected"
}

// RacyPrometheus registers a collector without a lock.
func RacyPrometheus(registry *prometheus.Registry) {
	registry.MustRegister(&collector{collected: map[string]int{}})
}

type lockedCollector struct {
	mu        sync.Mutex
	collected map[string]int
}

// Describe implements prometheus.Collector.
func (l *lockedCollector) Describe(chan<- *prometheus.Desc) {}

// Collect is called by each scrape.
func (l *lockedCollector) Collect(chan<- prometheus.Metric) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.collected["metric"]++
}

// SafePrometheus registers one with a lock.
func SafePrometheus(registry *prometheus.Registry) {
	registry.MustRegister(&lockedCollector{collected: map[string]int{}})
}
