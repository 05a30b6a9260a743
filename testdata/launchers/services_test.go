package launchers

import (
	"context"
	"sync"
	"testing"

	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/robfig/cron/v3"
	"google.golang.org/grpc"
	"k8s.io/client-go/tools/cache"
)

func receive(register func(*grpc.Server)) {
	server := grpc.NewServer()
	register(server)
	server.Receive(8)
}

func TestRacy_GRPC(*testing.T) { receive(RacyGRPC) }
func TestSafe_GRPC(*testing.T) { receive(SafeGRPC) }

func TestRacy_Informer(*testing.T) {
	often(func() { _, _ = RacyInformer(cache.NewSharedIndexInformer(), nil) })
}

func TestSafe_Informer(*testing.T) {
	often(func() { _ = SafeInformer(cache.NewSharedIndexInformer(), nil) })
}

// watching is what implements watcher.
type watching struct{ cache.SharedIndexInformer }

func (w watching) Watch(handlers cache.ResourceEventHandlerFuncs) error {
	return w.AddEventHandler(handlers)
}

func TestRacy_Watcher(*testing.T) {
	often(func() { _, _ = RacyWatcher(watching{cache.NewSharedIndexInformer()}, nil) })
}

func TestSafe_Watcher(*testing.T) {
	often(func() { _ = SafeWatcher(watching{cache.NewSharedIndexInformer()}, nil) })
}

func TestSafe_Shards(*testing.T) {
	often(func() { _, _ = SafeShards(cache.NewSharedIndexInformer(), nil) })
}

func TestRacy_Spread(*testing.T) {
	often(func() { _, _ = RacySpread(cache.NewSharedIndexInformer(), nil) })
}

func TestRacy_Reconcile(*testing.T) { _ = RacyReconcile() }
func TestSafe_Reconcile(*testing.T) { _ = SafeReconcile() }

func TestRacy_NATS(*testing.T) {
	often(func() {
		connection, _ := nats.Connect("")
		_, _ = RacyNATS(connection)
	})
}

func TestSafe_NATS(*testing.T) {
	often(func() {
		connection, _ := nats.Connect("")
		_ = SafeNATS(connection)
	})
}

func consume(run func(context.Context, sarama.ConsumerGroup) error) {
	group, _ := sarama.NewConsumerGroup(nil, "")
	_ = run(context.Background(), group)
}

func TestRacy_Sarama(*testing.T) { consume(RacySarama) }
func TestSafe_Sarama(*testing.T) { consume(SafeSarama) }

func schedule(register func(*cron.Cron) error) {
	often(func() {
		schedule := cron.New()
		_ = register(schedule)
		schedule.Start()
	})
}

func TestRacy_Cron(*testing.T) { schedule(RacyCron) }
func TestSafe_Cron(*testing.T) { schedule(SafeCron) }

func gather(register func(*prometheus.Registry)) {
	registry := prometheus.NewRegistry()
	register(registry)
	var group sync.WaitGroup
	for range 4 {
		group.Go(registry.Gather)
	}
	group.Wait()
}

func TestRacy_Prometheus(*testing.T) { gather(RacyPrometheus) }
func TestSafe_Prometheus(*testing.T) { gather(SafePrometheus) }
