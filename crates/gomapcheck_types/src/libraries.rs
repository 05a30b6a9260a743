//! What functions of widely used libraries give, for when a library's source is not at hand: whose methods start goroutines,
//! join them, or take handlers, has to be known by its type.

/// Written as in [`crate::standard`]; a package may stand under several import paths.
pub(crate) const DECLARATIONS: &str = "
package golang.org/x/sync/errgroup github.com/neilotoole/errgroup github.com/go-kratos/kratos/pkg/sync/errgroup
func WithContext *Group, context.Context

package github.com/sourcegraph/conc
func NewWaitGroup *WaitGroup

package github.com/sourcegraph/conc/pool
func New *Pool
method Pool.WithMaxGoroutines *Pool
method Pool.WithErrors *ErrorPool
method Pool.WithContext *ContextPool
method ErrorPool.WithMaxGoroutines *ErrorPool
method ErrorPool.WithFirstError *ErrorPool
method ErrorPool.WithContext *ContextPool
method ContextPool.WithMaxGoroutines *ContextPool
method ContextPool.WithFirstError *ContextPool
method ContextPool.WithCancelOnError *ContextPool
method ContextPool.WithFailFast *ContextPool

package github.com/sourcegraph/conc/stream
func New *Stream
method Stream.WithMaxGoroutines *Stream

package github.com/remeh/sizedwaitgroup
func New SizedWaitGroup

package github.com/panjf2000/ants github.com/panjf2000/ants/v2
func NewPool *Pool, error

package github.com/alitto/pond
func New *WorkerPool
method WorkerPool.Group *TaskGroup
method WorkerPool.GroupContext *TaskGroupWithContext, context.Context

package github.com/alitto/pond/v2
func NewPool Pool
method Pool.NewGroup TaskGroup
method Pool.NewGroupContext TaskGroup

package github.com/gammazero/workerpool
func New *WorkerPool

package github.com/zeromicro/go-zero/core/threading
func NewRoutineGroup *RoutineGroup
func NewTaskRunner *TaskRunner

package github.com/gin-gonic/gin
func Default *Engine
func New *Engine
method Engine.Group *RouterGroup
method RouterGroup.Group *RouterGroup

package github.com/labstack/echo github.com/labstack/echo/v4
func New *Echo
method Echo.Group *Group
method Group.Group *Group

package github.com/go-chi/chi github.com/go-chi/chi/v5
func NewRouter *Mux
func NewMux *Mux
method Mux.With Router
method Mux.Group Router
method Mux.Route Router
method Router.With Router
method Router.Group Router
method Router.Route Router

package github.com/gofiber/fiber github.com/gofiber/fiber/v2 github.com/gofiber/fiber/v3
func New *App
method App.Group Router
method Router.Group Router

package github.com/gorilla/mux
func NewRouter *Router
method Router.PathPrefix *Route
method Router.Path *Route
method Router.Methods *Route
method Router.Host *Route
method Router.NewRoute *Route
method Router.StrictSlash *Router
method Router.UseEncodedPath *Router
method Route.Subrouter *Router
method Route.PathPrefix *Route
method Route.Path *Route
method Route.Methods *Route
method Route.Name *Route

package github.com/julienschmidt/httprouter
func New *Router

package google.golang.org/grpc
func NewServer *Server

package github.com/robfig/cron github.com/robfig/cron/v3 gopkg.in/robfig/cron.v2 gopkg.in/robfig/cron.v3
func New *Cron
func NewWithLocation *Cron

package github.com/nats-io/nats.go github.com/nats-io/go-nats github.com/nats-io/nats
func Connect *Conn, error
func NewEncodedConn *EncodedConn, error
method Conn.JetStream JetStreamContext, error

package github.com/eclipse/paho.mqtt.golang
func NewClient Client
func NewClientOptions *ClientOptions

package github.com/hibiken/asynq
func NewServeMux *ServeMux
func NewServer *Server

package github.com/miekg/dns
func NewServeMux *ServeMux

package github.com/nsqio/go-nsq github.com/bitly/go-nsq
func NewConsumer *Consumer, error

package k8s.io/client-go/tools/cache
func NewSharedIndexInformer SharedIndexInformer
func NewSharedInformer SharedInformer
";
