//! Messages, queues, tasks and events: consumers' callbacks.

use super::effect::Effect;
use super::row::{
    Adapter, Area, Row, Shape, adapter, callback, handler, handler_type, launch, launcher, middleware, row,
    shape,
};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // NATS: one goroutine a subscription.
    launch("github.com/nats-io/nats.go", "Conn EncodedConn JetStreamContext JetStream", "Subscribe", callback(1)),
    launch("github.com/nats-io/nats.go", "Conn EncodedConn JetStreamContext JetStream", "QueueSubscribe", callback(2)),
    launch("github.com/nats-io/nats.go", "_", "DisconnectHandler DisconnectErrHandler ReconnectHandler ClosedHandler ErrorHandler ConnectHandler DiscoveredServersHandler LameDuckModeHandler", callback(0)),
    launch("github.com/nats-io/nats.go", "Conn", "SetDisconnectHandler SetDisconnectErrHandler SetReconnectHandler SetClosedHandler SetErrorHandler SetDiscoveredServersHandler", callback(0)),
    launch("github.com/nats-io/nats.go/jetstream", "Consumer", "Consume", callback(0)),
    launch("github.com/nats-io/stan.go", "Conn", "Subscribe", callback(1)),
    launch("github.com/nats-io/stan.go", "Conn", "QueueSubscribe", callback(2)),

    // NSQ
    launch("github.com/nsqio/go-nsq github.com/bitly/go-nsq", "Consumer", "AddHandler", callback(0).object(&["HandleMessage"])),
    launch("github.com/nsqio/go-nsq github.com/bitly/go-nsq", "Consumer", "AddConcurrentHandlers", handler(0).object(&["HandleMessage"])),

    // Kafka: ConsumeClaim is known by its signature.
    launch("github.com/twmb/franz-go/pkg/kgo", "_", "OnPartitionsAssigned OnPartitionsRevoked OnPartitionsLost", callback(0)),

    // Google Cloud Pub/Sub: Receive returns after the last callback.
    launch("cloud.google.com/go/pubsub", "Subscription Subscriber", "Receive", handler(1).joined()),
    launch("gocloud.dev/pubsub/batcher", "_", "New", handler(2)),

    // MQTT: in order, unless OrderMatters(false) was set.
    launch("github.com/eclipse/paho.mqtt.golang", "Client", "Subscribe", callback(2)),
    launch("github.com/eclipse/paho.mqtt.golang", "Client", "SubscribeMultiple AddRoute", callback(1)),
    launch("github.com/eclipse/paho.mqtt.golang", "ClientOptions", "SetDefaultPublishHandler SetOnConnectHandler SetConnectionLostHandler SetReconnectingHandler SetConnectionAttemptHandler SetCredentialsProvider", callback(0)),
    launch("github.com/eclipse/paho.golang/paho", "Router StandardRouter", "RegisterHandler", callback(1)),

    // Tasks.
    launch("github.com/ThreeDotsLabs/watermill/message", "Router", "AddHandler", handler(5)),
    launch("github.com/ThreeDotsLabs/watermill/message", "Router", "AddNoPublisherHandler AddConsumerHandler", handler(3)),
    launch("github.com/ThreeDotsLabs/watermill/message", "Router Handler", "AddMiddleware", middleware(0)),
    launch("github.com/hibiken/asynq", "ServeMux", "HandleFunc Handle", handler(1).object(&["ProcessTask"])),
    launch("github.com/hibiken/asynq", "ServeMux", "Use", middleware(0)),
    launch("github.com/hibiken/asynq", "Server", "Run Start", handler(0).object(&["ProcessTask"])),
    launch("github.com/RichardKnop/machinery github.com/RichardKnop/machinery/v1", "Server", "RegisterTask", handler(1)),
    launch("github.com/RichardKnop/machinery github.com/RichardKnop/machinery/v1", "Server", "RegisterTasks", handler(0)),
    launch("github.com/riverqueue/river", "_", "AddWorker AddWorkerSafely", handler(1).object(&["Work"])),
    launch("github.com/riverqueue/river", "_", "WorkFunc", handler(0)),
    launch("github.com/gocraft/work", "WorkerPool", "Job", handler(1)),
    launch("github.com/gocraft/work", "WorkerPool", "JobWithOptions", handler(2)),
    launch("github.com/vmihailenco/taskq github.com/vmihailenco/taskq/extra", "_", "RegisterTask", handler(0)),

    // Temporal: activities run in parallel; a workflow's own goroutines take turns.
    launch("go.temporal.io/sdk/worker go.uber.org/cadence/worker", "Worker ActivityRegistry Registry", "RegisterActivity RegisterActivityWithOptions", handler(0).service().single()),
    launch("go.uber.org/cadence/activity", "_", "Register RegisterWithOptions", handler(0).service().single()),
    row("go.temporal.io/sdk/workflow go.uber.org/cadence/workflow", "_", "Go GoNamed SideEffect MutableSideEffect Await AwaitWithTimeout SetQueryHandler SetUpdateHandler", Effect::CallsNow),

    // Events within a process.
    launch("github.com/asaskevich/EventBus", "EventBus Bus BusSubscriber", "SubscribeAsync SubscribeOnceAsync", handler(1)),
    row("github.com/asaskevich/EventBus", "EventBus Bus BusSubscriber", "Subscribe SubscribeOnce", Effect::CallsNow),

    // Redis
    row("github.com/go-redis/redis github.com/redis/go-redis", "Client ClusterClient Tx Ring", "Watch Pipelined TxPipelined", Effect::CallsNow),
    launch("github.com/go-redis/redis github.com/redis/go-redis", "ClusterClient Ring", "ForEachMaster ForEachSlave ForEachShard", launcher(1).parallel().joined()),
];

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    // One goroutine a claim; "must be thread-safe".
    shape("ConsumeClaim", "github.com/IBM/sarama.ConsumerGroupSession github.com/IBM/sarama.ConsumerGroupClaim", "sarama.ConsumerGroupHandler.ConsumeClaim", handler(0)),
    shape("HandleMessage", "github.com/nsqio/go-nsq.Message", "nsq.Handler.HandleMessage", callback(0)),
    shape("ProcessTask", "context.Context github.com/hibiken/asynq.Task", "asynq.Handler.ProcessTask", handler(0)),
    shape("Work", "context.Context github.com/riverqueue/river.Job", "river.Worker.Work", handler(0)),
    shape("", "context.Context github.com/hibiken/asynq.Task", "asynq.HandlerFunc", handler(0).weak()),
    shape("", "github.com/nats-io/nats.go.Msg", "nats.MsgHandler", callback(0).weak()),
    shape("", "github.com/eclipse/paho.mqtt.golang.Client github.com/eclipse/paho.mqtt.golang.Message", "mqtt.MessageHandler", callback(0).weak()),
];

#[rustfmt::skip]
const ADAPTERS: &[Adapter] = &[
    handler_type("github.com/hibiken/asynq", "HandlerFunc"),
    adapter("github.com/nsqio/go-nsq", "HandlerFunc"),
    adapter("github.com/nats-io/nats.go", "MsgHandler"),
    adapter("github.com/eclipse/paho.mqtt.golang", "MessageHandler"),
];

/// The area's entries.
pub(super) const AREA: Area = Area { rows: ROWS, shapes: SHAPES, adapters: ADAPTERS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::models::testing::{function, implicit, launch};
    use crate::models::{Effect, Joined};

    #[test]
    fn a_subscription_takes_messages_in_turn() {
        let subscribe = launch("github.com/nats-io/nats.go", "Conn", "Subscribe");
        assert_eq!((subscribe.first_argument, subscribe.parallel), (1, false));
        assert_eq!(launch("github.com/nats-io/go-nats", "Conn", "QueueSubscribe").first_argument, 2);
    }

    #[test]
    fn concurrent_handlers_run_in_parallel() {
        assert!(!launch("github.com/nsqio/go-nsq", "Consumer", "AddHandler").parallel);
        assert!(launch("github.com/nsqio/go-nsq", "Consumer", "AddConcurrentHandlers").parallel);
        assert!(launch("github.com/hibiken/asynq", "ServeMux", "HandleFunc").parallel);
    }

    #[test]
    fn a_claim_has_a_goroutine_under_either_name_of_the_library() {
        for package in ["github.com/IBM/sarama", "github.com/Shopify/sarama"] {
            let session = format!("{package}.ConsumerGroupSession");
            let claim = format!("{package}.ConsumerGroupClaim");
            let consume = implicit("ConsumeClaim", &[&session, &claim]);
            assert!(consume.is_some_and(|launch| launch.parallel));
        }
    }

    #[test]
    fn receive_returns_after_its_callbacks() {
        assert_eq!(launch("cloud.google.com/go/pubsub/v2", "Subscriber", "Receive").joined, Joined::AtReturn);
    }

    #[test]
    fn workflows_are_not_parallel() {
        assert_eq!(function("go.temporal.io/sdk/workflow", "Go"), Some(Effect::CallsNow));
    }
}
