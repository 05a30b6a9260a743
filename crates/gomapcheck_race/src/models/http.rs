//! HTTP servers and routers: handlers run once for each request, many at a time.

use super::effect::Effect;
use super::row::{
    Adapter, Area, Field, Row, Shape, adapter, callback, field, handler, handler_type, launch, middleware,
    row, shape,
};

/// Methods of routers named after HTTP's methods.
const VERBS: &str = "GET POST PUT PATCH DELETE HEAD OPTIONS CONNECT TRACE Any ANY";

/// The same, as some routers spell them.
const VERBS_AS_WORDS: &str = "Get Post Put Patch Delete Head Options Connect Trace All Any";

/// The method of an object that handles requests.
const SERVE: &[&str] = &["ServeHTTP"];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // The standard library.
    launch("net/http", "_ ServeMux", "HandleFunc Handle", handler(1).object(SERVE)),
    launch("net/http", "_", "ListenAndServe Serve", handler(1).object(SERVE)),
    launch("net/http", "_", "ListenAndServeTLS", handler(3).object(SERVE)),
    launch("net/http", "_", "ServeTLS", handler(1).object(SERVE).single()),
    launch("net/http", "Server", "RegisterOnShutdown", callback(0)),
    launch("net/http/fcgi net/http/cgi", "_", "Serve", handler(0).object(SERVE)),
    launch("net/http/httptest", "_", "NewServer NewTLSServer NewUnstartedServer", handler(0).object(SERVE)),
    row("net/http", "_", "TimeoutHandler MaxBytesHandler AllowQuerySemicolons", Effect::Returns(0)),
    row("net/http", "_", "StripPrefix", Effect::Returns(1)),
    row("net/http", "ResponseController", "SetReadDeadline SetWriteDeadline Flush", Effect::CallsNow),
    launch("golang.org/x/net/http2", "Server", "ServeConn", handler(1).object(SERVE)),
    row("golang.org/x/net/http2/h2c", "_", "NewHandler", Effect::Returns(0)),

    // gin
    launch("github.com/gin-gonic/gin", "Engine RouterGroup IRoutes IRouter", VERBS, handler(1)),
    launch("github.com/gin-gonic/gin", "Engine RouterGroup IRoutes IRouter", "Group", handler(1)),
    launch("github.com/gin-gonic/gin", "Engine RouterGroup IRoutes IRouter", "Handle Match", handler(2)),
    launch("github.com/gin-gonic/gin", "Engine RouterGroup IRoutes IRouter", "Use NoRoute NoMethod", handler(0)),
    row("github.com/gin-gonic/gin", "_", "WrapF WrapH", Effect::Returns(0)),
    launch("github.com/gin-gonic/gin", "_", "CustomRecovery LoggerWithFormatter", handler(0)),

    // echo
    launch("github.com/labstack/echo", "Echo Group", VERBS, handler(1)),
    launch("github.com/labstack/echo", "Echo Group", "Add Match", handler(2)),
    launch("github.com/labstack/echo", "Echo Group", "RouteNotFound", handler(1)),
    launch("github.com/labstack/echo", "Echo Group", "Use Pre", middleware(0)),
    launch("github.com/labstack/echo", "Echo Group", "Group", middleware(1)),
    row("github.com/labstack/echo", "_", "WrapHandler WrapMiddleware", Effect::Returns(0)),

    // fiber: middleware has the handlers' own signature.
    launch("github.com/gofiber/fiber", "App Group Router", VERBS_AS_WORDS, handler(1)),
    launch("github.com/gofiber/fiber", "App Group Router", "Add", handler(2)),
    launch("github.com/gofiber/fiber", "App Group Router", "Use", handler(0)),
    launch("github.com/gofiber/fiber", "App Group Router", "Group", handler(1)),
    row("github.com/gofiber/fiber", "App Group Router", "Route Mount", Effect::CallsNow),

    // chi
    launch("github.com/go-chi/chi", "Mux Router", VERBS_AS_WORDS, handler(1)),
    launch("github.com/go-chi/chi", "Mux Router", "Handle HandleFunc", handler(1).object(SERVE)),
    launch("github.com/go-chi/chi", "Mux Router", "Method MethodFunc", handler(2).object(SERVE)),
    launch("github.com/go-chi/chi", "Mux Router", "NotFound MethodNotAllowed", handler(0)),
    launch("github.com/go-chi/chi", "Mux Router", "Use With", middleware(0)),
    row("github.com/go-chi/chi", "Mux Router", "Route Group", Effect::CallsNow),

    // gorilla
    launch("github.com/gorilla/mux", "Router", "HandleFunc Handle", handler(1).object(SERVE)),
    launch("github.com/gorilla/mux", "Route", "HandlerFunc Handler", handler(0).object(SERVE)),
    launch("github.com/gorilla/mux", "Router Route", "MatcherFunc", handler(0)),
    launch("github.com/gorilla/mux", "Router", "Use", middleware(0)),
    row("github.com/gorilla/mux", "Router", "Walk", Effect::CallsNow),
    row("github.com/gorilla/handlers", "_", "CompressHandler RecoveryHandler ProxyHeaders", Effect::Returns(0)),
    row("github.com/gorilla/handlers", "_", "LoggingHandler CombinedLoggingHandler", Effect::Returns(1)),
    launch("github.com/gorilla/pat github.com/bmizerany/pat", "Router PatternServeMux", VERBS_AS_WORDS, handler(1).object(SERVE)),

    // httprouter and kin
    launch("github.com/julienschmidt/httprouter", "Router", VERBS, handler(1)),
    launch("github.com/julienschmidt/httprouter", "Router", "Handle Handler HandlerFunc", handler(2).object(SERVE)),
    launch("github.com/dimfeld/httptreemux", "TreeMux Group ContextMux ContextGroup", VERBS, handler(1)),
    launch("github.com/dimfeld/httptreemux", "TreeMux Group ContextMux ContextGroup", "Handle Handler", handler(2)),
    launch("github.com/uptrace/bunrouter", "Router Group CompatRouter CompatGroup VerboseRouter VerboseGroup", VERBS, handler(1)),
    launch("github.com/uptrace/bunrouter", "Router Group CompatRouter CompatGroup VerboseRouter VerboseGroup", "Handle", handler(2)),
    launch("goji.io github.com/zenazn/goji github.com/zenazn/goji/web", "_ Mux", VERBS_AS_WORDS, handler(1)),
    launch("goji.io github.com/zenazn/goji github.com/zenazn/goji/web", "_ Mux", "Handle HandleFunc", handler(1).object(SERVE)),
    launch("goji.io github.com/zenazn/goji github.com/zenazn/goji/web", "_ Mux", "Use", middleware(0)),

    // fasthttp
    launch("github.com/valyala/fasthttp", "_", "ListenAndServe ListenAndServeUNIX Serve ServeConn", handler(1)),
    launch("github.com/valyala/fasthttp", "_", "ListenAndServeTLS", handler(3)),
    row("github.com/valyala/fasthttp", "_", "TimeoutHandler CompressHandler", Effect::Returns(0)),
    launch("github.com/fasthttp/router github.com/buaazp/fasthttprouter", "Router Group", VERBS, handler(1)),
    launch("github.com/fasthttp/router github.com/buaazp/fasthttprouter", "Router Group", "Handle", handler(2)),
    row("github.com/valyala/fasthttp/fasthttpadaptor", "_", "NewFastHTTPHandler NewFastHTTPHandlerFunc", Effect::Returns(0)),
    launch("github.com/valyala/fasthttp", "Server", "Serve", handler(1)),

    // Frameworks
    launch("github.com/emicklei/go-restful", "RouteBuilder", "To", handler(0)),
    launch("github.com/emicklei/go-restful", "WebService Container RouteBuilder", "Filter", handler(0)),
    launch("github.com/emicklei/go-restful", "Container", "Handle HandleWithFilter", handler(1).object(SERVE)),
    launch("github.com/astaxie/beego github.com/beego/beego github.com/beego/beego/server/web", "_ HttpServer Namespace App", VERBS_AS_WORDS, handler(1)),
    launch("github.com/astaxie/beego github.com/beego/beego github.com/beego/beego/server/web", "_ HttpServer App", "Router Handler", handler(1).service()),
    launch("github.com/astaxie/beego github.com/beego/beego github.com/beego/beego/server/web", "_ HttpServer App", "InsertFilter", handler(2)),
    launch("github.com/kataras/iris github.com/kataras/iris/core/router", "Application Party APIBuilder", VERBS_AS_WORDS, handler(1)),
    launch("github.com/kataras/iris github.com/kataras/iris/core/router", "Application Party APIBuilder", "Handle", handler(2)),
    launch("github.com/kataras/iris github.com/kataras/iris/core/router", "Application Party APIBuilder", "Use UseGlobal UseRouter Done", handler(0)),
    launch("github.com/go-kratos/kratos/transport/http", "Router", VERBS, handler(1)),
    launch("github.com/go-kratos/kratos/transport/http", "Server", "HandleFunc Handle HandlePrefix", handler(1).object(SERVE)),
    launch("github.com/cloudwego/hertz/pkg/app/server github.com/cloudwego/hertz/pkg/route", "Hertz Engine RouterGroup IRoutes IRouter", VERBS, handler(1)),
    launch("github.com/cloudwego/hertz/pkg/app/server github.com/cloudwego/hertz/pkg/route", "Hertz Engine RouterGroup IRoutes IRouter", "Handle", handler(2)),
    launch("github.com/cloudwego/hertz/pkg/app/server github.com/cloudwego/hertz/pkg/route", "Hertz Engine RouterGroup IRoutes IRouter", "Use NoRoute NoMethod", handler(0)),
    launch("github.com/zeromicro/go-zero/rest", "Server Engine", "AddRoute AddRoutes", handler(0)),
    launch("github.com/zeromicro/go-zero/rest", "Server Engine", "Use", middleware(0)),
    launch("github.com/go-macaron/macaron gopkg.in/macaron github.com/flamego/flamego github.com/go-martini/martini", "Macaron Router Flame ClassicMartini", VERBS_AS_WORDS, handler(1)),
    launch("github.com/go-macaron/macaron gopkg.in/macaron github.com/flamego/flamego github.com/go-martini/martini", "Macaron Router Flame ClassicMartini", "Use NotFound", handler(0)),
    launch("github.com/gobuffalo/buffalo", "App", VERBS, handler(1)),
    launch("github.com/gobuffalo/buffalo", "App", "Use", middleware(0)),
    launch("github.com/urfave/negroni", "Negroni", "UseFunc UseHandler UseHandlerFunc Use", handler(0).object(SERVE)),
    launch("github.com/go-kit/kit/transport/http", "_", "NewServer", handler(0)),
    launch("github.com/danielgtaylor/huma", "_", "Register Get Post Put Patch Delete", handler(2)),
    launch("github.com/grpc-ecosystem/grpc-gateway/runtime", "ServeMux", "HandlePath", handler(2)),
    launch("github.com/gogf/gf/net/ghttp", "Server RouterGroup", "BindHandler", handler(1)),
    launch("github.com/gogf/gf/net/ghttp", "RouterGroup", "GET POST PUT PATCH DELETE ALL", handler(1)),
    launch("github.com/GoogleCloudPlatform/functions-framework-go/functions", "_", "HTTP CloudEvent Typed", handler(1)),

    // WebSocket servers: a handler for each connection.
    launch("github.com/olahol/melody gopkg.in/olahol/melody", "Melody", "HandleConnect HandleDisconnect HandleMessage HandleMessageBinary HandleSentMessage HandleError HandleClose HandlePong HandleRequest", handler(0)),
    launch("github.com/googollee/go-socket.io", "Server", "OnConnect OnDisconnect OnError", handler(1)),
    launch("github.com/googollee/go-socket.io", "Server", "OnEvent", handler(2)),

    // GraphQL: the fields of one request are resolved in parallel.
    launch("github.com/graph-gophers/graphql-go", "_", "ParseSchema MustParseSchema", handler(1).service().single()),
];

#[rustfmt::skip]
const FIELDS: &[Field] = &[
    field("net/http", "Server", "Handler", handler(0).object(SERVE)),
    field("net/http", "Server", "ConnState ConnContext", handler(0)),
    field("net/http", "Client", "CheckRedirect", handler(0).weak()),
    field("net/http", "Transport", "Proxy DialContext Dial DialTLS DialTLSContext GetProxyConnectHeader", handler(0).weak()),
    field("net/http/httputil", "ReverseProxy", "Director Rewrite ModifyResponse ErrorHandler", handler(0)),
    field("crypto/tls", "Config", "GetCertificate GetClientCertificate GetConfigForClient VerifyPeerCertificate VerifyConnection", handler(0).weak()),
    field("golang.org/x/net/websocket", "Server", "Handler Handshake", handler(0)),
    field("github.com/gorilla/websocket", "Upgrader", "CheckOrigin Error", handler(0)),
    field("github.com/valyala/fasthttp", "Server", "Handler ErrorHandler ConnState", handler(0)),
    field("github.com/labstack/echo", "Echo", "HTTPErrorHandler", handler(0)),
    field("github.com/gofiber/fiber", "Config", "ErrorHandler", handler(0)),
    field("github.com/gorilla/mux", "Router", "NotFoundHandler MethodNotAllowedHandler", handler(0).object(SERVE)),
    field("github.com/julienschmidt/httprouter", "Router", "NotFound MethodNotAllowed PanicHandler GlobalOPTIONS", handler(0).object(SERVE)),
    field("github.com/graphql-go/graphql", "Field", "Resolve Subscribe", handler(0)),
    field("github.com/elazarl/goproxy", "ProxyHttpServer", "NonproxyHandler ConnectDial", handler(0).object(SERVE)),
];

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape("ServeHTTP", "net/http.ResponseWriter net/http.Request", "http.Handler.ServeHTTP", handler(0)),
    shape("ServeHTTP", "net/http.ResponseWriter net/http.Request _", "http.Handler.ServeHTTP", handler(0)),
    shape("RoundTrip", "net/http.Request", "http.RoundTripper.RoundTrip", handler(0).weak()),
    shape("HandleFastHTTP", "github.com/valyala/fasthttp.RequestCtx", "fasthttp.RequestHandler", handler(0)),
    shape("", "net/http.ResponseWriter net/http.Request", "http.HandlerFunc", handler(0).weak()),
    shape("", "net/http.ResponseWriter net/http.Request github.com/julienschmidt/httprouter.Params", "httprouter.Handle", handler(0).weak()),
    shape("", "github.com/gin-gonic/gin.Context", "gin.HandlerFunc", handler(0).weak()),
    shape("", "github.com/labstack/echo.Context", "echo.HandlerFunc", handler(0).weak()),
    shape("", "github.com/gofiber/fiber.Ctx", "fiber.Handler", handler(0).weak()),
    shape("", "github.com/valyala/fasthttp.RequestCtx", "fasthttp.RequestHandler", handler(0).weak()),
    shape("", "github.com/kataras/iris.Context", "iris.Handler", handler(0).weak()),
    shape("", "github.com/emicklei/go-restful.Request github.com/emicklei/go-restful.Response", "restful.RouteFunction", handler(0).weak()),
    shape("", "context.Context github.com/cloudwego/hertz/pkg/app.RequestContext", "hertz.HandlerFunc", handler(0).weak()),
];

#[rustfmt::skip]
const ADAPTERS: &[Adapter] = &[
    handler_type("net/http", "HandlerFunc"),
    handler_type("github.com/gin-gonic/gin", "HandlerFunc"),
    handler_type("github.com/labstack/echo", "HandlerFunc"),
    handler_type("github.com/gofiber/fiber", "Handler"),
    handler_type("github.com/julienschmidt/httprouter", "Handle"),
    handler_type("github.com/valyala/fasthttp", "RequestHandler"),
    handler_type("golang.org/x/net/websocket", "Handler"),
    handler_type("github.com/caddyserver/caddy/modules/caddyhttp", "HandlerFunc"),
    handler_type("github.com/urfave/negroni", "HandlerFunc"),
    adapter("github.com/labstack/echo", "MiddlewareFunc"),
    adapter("github.com/gorilla/mux", "MiddlewareFunc MatcherFunc"),
    adapter("github.com/gin-gonic/gin", "HandlersChain"),
    adapter("github.com/justinas/alice", "Constructor"),
];

/// The area's entries.
pub(super) const AREA: Area =
    Area { rows: ROWS, fields: FIELDS, shapes: SHAPES, adapters: ADAPTERS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::models::testing::{call, function, function_launch, implicit, launch, models};
    use crate::models::{Effect, LaunchKind};

    #[test]
    fn a_handler_runs_for_each_request() {
        let handler = function_launch("net/http", "HandleFunc");
        assert_eq!(handler.kind, LaunchKind::Handler("http.HandleFunc".into()));
        assert_eq!((handler.first_argument, handler.parallel, handler.weak), (1, true, false));
        assert_eq!(function_launch("net/http", "Handle").object_methods, ["ServeHTTP"]);
    }

    #[test]
    fn routers_of_any_version_answer() {
        assert!(launch("github.com/labstack/echo/v4", "Echo", "GET").parallel);
        assert!(launch("github.com/go-chi/chi/v5", "Router", "Get").parallel);
        assert!(launch("example.org/a/vendor/github.com/gin-gonic/gin", "RouterGroup", "POST").parallel);
        assert_eq!(launch("github.com/gofiber/fiber/v2", "App", "Get").first_argument, 1);
    }

    #[test]
    fn middleware_returns_the_handler() {
        assert!(launch("github.com/labstack/echo/v4", "Echo", "Use").results);
        assert!(!launch("github.com/gin-gonic/gin", "Engine", "Use").results);
        assert_eq!(call("github.com/go-chi/chi/v5", "Mux", "Route"), Some(Effect::CallsNow));
        assert_eq!(function("net/http", "StripPrefix"), Some(Effect::Returns(1)));
    }

    #[test]
    fn methods_with_the_right_parameters_are_handlers() {
        let request = ["net/http.ResponseWriter", "net/http.Request"];
        assert!(implicit("ServeHTTP", &request).is_some_and(|launch| launch.parallel && !launch.weak));
        assert!(implicit("ServeHTTP", &["net/http.ResponseWriter"]).is_none());
        assert!(implicit("ServeHTTPS", &request).is_none());
        let round_trip = implicit("RoundTrip", &["net/http.Request"]);
        assert!(round_trip.is_some_and(|launch| launch.parallel && launch.weak));
    }

    #[test]
    fn a_conversion_to_a_handler_keeps_the_function() {
        assert!(models().is_function_adapter("net/http".into(), "HandlerFunc".into()));
        assert!(models().adapter_launch("net/http".into(), "HandlerFunc".into()).is_some());
        assert!(!models().is_function_adapter("net/http".into(), "Request".into()));
    }

    #[test]
    fn a_server_runs_its_handler_field() {
        let launch = models().field_launch("net/http".into(), "Server".into(), "Handler".into());
        assert!(launch.is_some_and(|launch| launch.parallel));
    }
}
