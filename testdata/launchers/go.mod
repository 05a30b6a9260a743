module example.com/launchers

go 1.25

require (
	github.com/IBM/sarama v0.0.0
	github.com/go-chi/chi/v5 v5.0.0
	github.com/gin-gonic/gin v0.0.0
	github.com/gofiber/fiber/v2 v2.0.0
	github.com/gorilla/mux v0.0.0
	github.com/labstack/echo/v4 v4.0.0
	github.com/nats-io/nats.go v0.0.0
	github.com/panjf2000/ants/v2 v2.0.0
	github.com/prometheus/client_golang v0.0.0
	github.com/robfig/cron/v3 v3.0.0
	github.com/sourcegraph/conc v0.0.0
	golang.org/x/sync v0.0.0
	google.golang.org/grpc v0.0.0
	k8s.io/client-go v0.0.0
	sigs.k8s.io/controller-runtime v0.0.0
)

replace (
	github.com/IBM/sarama => ../stubs/github.com/IBM/sarama
	github.com/go-chi/chi/v5 => ../stubs/github.com/go-chi/chi/v5
	github.com/gin-gonic/gin => ../stubs/github.com/gin-gonic/gin
	github.com/gofiber/fiber/v2 => ../stubs/github.com/gofiber/fiber/v2
	github.com/gorilla/mux => ../stubs/github.com/gorilla/mux
	github.com/labstack/echo/v4 => ../stubs/github.com/labstack/echo/v4
	github.com/nats-io/nats.go => ../stubs/github.com/nats-io/nats.go
	github.com/panjf2000/ants/v2 => ../stubs/github.com/panjf2000/ants/v2
	github.com/prometheus/client_golang => ../stubs/github.com/prometheus/client_golang
	github.com/robfig/cron/v3 => ../stubs/github.com/robfig/cron/v3
	github.com/sourcegraph/conc => ../stubs/github.com/sourcegraph/conc
	golang.org/x/sync => ../stubs/golang.org/x/sync
	google.golang.org/grpc => ../stubs/google.golang.org/grpc
	k8s.io/client-go => ../stubs/k8s.io/client-go
	sigs.k8s.io/controller-runtime => ../stubs/sigs.k8s.io/controller-runtime
)
