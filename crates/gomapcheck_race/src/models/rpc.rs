//! Remote procedure calls, name servers, shells: services whose methods run for each call, many at a time.

use super::effect::Effect;
use super::row::{
    Adapter, Area, Field, Registration, Row, Shape, field, handler, handler_type, launch, row, shape,
};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    launch("net/rpc", "_ Server", "Register", handler(0).service()),
    launch("net/rpc", "_ Server", "RegisterName", handler(1).service()),

    // gRPC; services are registered by generated functions, see REGISTRATIONS.
    launch("google.golang.org/grpc", "_", "UnaryInterceptor StreamInterceptor ChainUnaryInterceptor ChainStreamInterceptor UnknownServiceHandler InTapHandle", handler(0)),
    launch("google.golang.org/grpc", "_", "WithUnaryInterceptor WithStreamInterceptor WithChainUnaryInterceptor WithChainStreamInterceptor", handler(0)),
    launch("google.golang.org/grpc", "_", "StatsHandler WithStatsHandler", handler(0).object(&["TagRPC", "HandleRPC", "TagConn", "HandleConn"])),
    launch("google.golang.org/grpc", "_", "WithContextDialer WithDialer", handler(0)),
    launch("google.golang.org/grpc", "Server ServiceRegistrar", "RegisterService", handler(1).service()),
    row("google.golang.org/grpc", "Server", "GracefulStop", Effect::Wait),
    launch("github.com/grpc-ecosystem/go-grpc-middleware", "_", "ChainUnaryServer ChainStreamServer ChainUnaryClient ChainStreamClient WithUnaryServerChain WithStreamServerChain", handler(0)),
    launch("github.com/grpc-ecosystem/go-grpc-middleware/auth github.com/grpc-ecosystem/go-grpc-middleware/interceptors/auth", "_", "UnaryServerInterceptor StreamServerInterceptor", handler(0)),

    // Others.
    launch("connectrpc.com/connect", "_", "NewUnaryHandler NewClientStreamHandler NewServerStreamHandler NewBidiStreamHandler", handler(1)),
    launch("connectrpc.com/connect", "_", "WithInterceptors", handler(0)),
    launch("github.com/apache/thrift/lib/go/thrift", "_", "NewTSimpleServer2 NewTSimpleServer4 NewTSimpleServer6", handler(0).object(&["Process"])),
    launch("github.com/smallnest/rpcx/server github.com/smallnest/rpcx", "Server", "Register", handler(0).service()),
    launch("github.com/smallnest/rpcx/server github.com/smallnest/rpcx", "Server", "RegisterName", handler(1).service()),
    launch("github.com/smallnest/rpcx/server github.com/smallnest/rpcx", "Server", "RegisterFunction RegisterFunctionName AddHandler", handler(1)),
    launch("dubbo.apache.org/dubbo-go/config github.com/apache/dubbo-go/config", "_", "SetProviderService", handler(0).service()),
    launch("github.com/asim/go-micro github.com/micro/go-micro go-micro.dev", "_", "RegisterHandler RegisterSubscriber", handler(1).service()),
    launch("github.com/gorilla/rpc github.com/gorilla/rpc/json", "Server", "RegisterService", handler(0).service()),
    launch("github.com/ethereum/go-ethereum/rpc", "Server", "RegisterName", handler(1).service()),
    launch("github.com/filecoin-project/go-jsonrpc", "RPCServer", "Register", handler(1).service()),
    launch("github.com/sourcegraph/jsonrpc2", "_", "AsyncHandler", handler(0).object(&["Handle"])),
    launch("golang.org/x/exp/jsonrpc2 golang.org/x/tools/internal/jsonrpc2", "_", "AsyncHandler", handler(0)),
    launch("github.com/libp2p/go-libp2p/core/host github.com/libp2p/go-libp2p-core/host", "Host", "SetStreamHandler", handler(1)),
    launch("github.com/containerd/ttrpc", "Server", "Register RegisterService", handler(1)),

    // Name servers, shells.
    launch("github.com/miekg/dns", "_ ServeMux", "HandleFunc Handle", handler(1).object(&["ServeDNS"])),
    launch("github.com/miekg/dns", "_", "ListenAndServe", handler(2).object(&["ServeDNS"])),
    launch("github.com/miekg/dns", "_", "ListenAndServeTLS", handler(3).object(&["ServeDNS"])),
    launch("github.com/gliderlabs/ssh github.com/charmbracelet/ssh", "_ Server", "Handle", handler(0)),
    launch("github.com/gliderlabs/ssh github.com/charmbracelet/ssh", "_", "ListenAndServe Serve", handler(1)),
    launch("github.com/gliderlabs/ssh github.com/charmbracelet/ssh", "_", "PasswordAuth PublicKeyAuth", handler(0)),
    launch("github.com/charmbracelet/wish", "_", "WithPasswordAuth WithPublicKeyAuth", handler(0)),
    launch("github.com/tidwall/evio", "_", "Serve", handler(0).weak()),
    launch("github.com/tidwall/redcon", "_", "ListenAndServe", handler(1)),
    launch("github.com/panjf2000/gnet", "_", "Serve Run", handler(0).object(&["OnTraffic", "React", "OnOpen", "OnOpened", "OnClose", "OnClosed"]).single()),
    launch("gopkg.in/mcuadros/go-syslog", "Server", "SetHandler", handler(0).object(&["Handle"])),
    launch("github.com/mark3labs/mcp-go/server", "MCPServer", "AddTool AddResource AddPrompt AddResourceTemplate", handler(1)),
    launch("github.com/modelcontextprotocol/go-sdk/mcp", "_", "AddTool", handler(2)),
];

#[rustfmt::skip]
const FIELDS: &[Field] = &[
    field("github.com/miekg/dns", "Server", "Handler", handler(0).object(&["ServeDNS"])),
    field("github.com/gliderlabs/ssh", "Server", "Handler PasswordHandler PublicKeyHandler KeyboardInteractiveHandler PtyCallback ConnCallback LocalPortForwardingCallback ReversePortForwardingCallback SessionRequestCallback ServerConfigCallback", handler(0)),
    field("golang.org/x/crypto/ssh", "ServerConfig", "PasswordCallback PublicKeyCallback KeyboardInteractiveCallback AuthLogCallback", handler(0)),
    field("google.golang.org/grpc", "MethodDesc StreamDesc", "Handler", handler(0)),
];

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape("ServeDNS", "github.com/miekg/dns.ResponseWriter github.com/miekg/dns.Msg", "dns.Handler.ServeDNS", handler(0)),
    shape("ServeDNS", "context.Context github.com/miekg/dns.ResponseWriter github.com/miekg/dns.Msg", "plugin.Handler.ServeDNS", handler(0)),
    shape("Handle", "context.Context github.com/sourcegraph/jsonrpc2.Conn github.com/sourcegraph/jsonrpc2.Request", "jsonrpc2.Handler.Handle", handler(0).weak()),
    shape("HandleRPC", "context.Context google.golang.org/grpc/stats.RPCStats", "stats.Handler.HandleRPC", handler(0)),
    shape("TagRPC", "context.Context google.golang.org/grpc/stats.RPCTagInfo", "stats.Handler.TagRPC", handler(0)),
    shape("", "context.Context _ google.golang.org/grpc.UnaryServerInfo google.golang.org/grpc.UnaryHandler", "grpc.UnaryServerInterceptor", handler(0).weak()),
    shape("", "_ google.golang.org/grpc.ServerStream google.golang.org/grpc.StreamServerInfo google.golang.org/grpc.StreamHandler", "grpc.StreamServerInterceptor", handler(0).weak()),
    shape("", "github.com/miekg/dns.ResponseWriter github.com/miekg/dns.Msg", "dns.HandlerFunc", handler(0).weak()),
    shape("", "github.com/gliderlabs/ssh.Session", "ssh.Handler", handler(0).weak()),
];

#[rustfmt::skip]
const ADAPTERS: &[Adapter] = &[
    handler_type("github.com/miekg/dns", "HandlerFunc"),
    handler_type("github.com/gliderlabs/ssh", "Handler"),
    handler_type("google.golang.org/grpc", "UnaryServerInterceptor StreamServerInterceptor UnaryClientInterceptor StreamClientInterceptor"),
    handler_type("connectrpc.com/connect", "UnaryFunc UnaryInterceptorFunc"),
];

/// Functions that code generators write: `RegisterGreeterServer(server, greeter)`.
#[rustfmt::skip]
const REGISTRATIONS: &[Registration] = &[
    Registration { prefix: "Register", suffix: "Server", witness: 0, types: "google.golang.org/grpc.Server google.golang.org/grpc.ServiceRegistrar", service: 1 },
    Registration { prefix: "Register", suffix: "HandlerServer", witness: 1, types: "github.com/grpc-ecosystem/grpc-gateway/runtime.ServeMux", service: 2 },
    Registration { prefix: "Register", suffix: "HTTPServer", witness: 0, types: "github.com/go-kratos/kratos/transport/http.Server", service: 1 },
    Registration { prefix: "Register", suffix: "Service", witness: 0, types: "github.com/containerd/ttrpc.Server", service: 1 },
    Registration { prefix: "Register", suffix: "Handler", witness: 0, types: "go-micro.dev/server.Server github.com/asim/go-micro/server.Server github.com/micro/go-micro/server.Server", service: 1 },
    Registration { prefix: "DRPCRegister", suffix: "", witness: 0, types: "storj.io/drpc.Mux", service: 1 },
    Registration { prefix: "New", suffix: "Handler", witness: 1, types: "connectrpc.com/connect.HandlerOption", service: 0 },
    Registration { prefix: "NewServer", suffix: "", witness: 1, types: "github.com/cloudwego/kitex/server.Option", service: 0 },
];

/// The area's entries.
pub(super) const AREA: Area =
    Area { rows: ROWS, fields: FIELDS, shapes: SHAPES, adapters: ADAPTERS, registrations: REGISTRATIONS };

#[cfg(test)]
mod tests {
    use crate::models::testing::{function_launch, implicit, launch, models, qualified};

    #[test]
    fn a_registered_service_runs_all_its_methods() {
        let register = function_launch("net/rpc", "Register");
        assert!(register.methods && register.parallel);
        assert_eq!(launch("net/rpc", "Server", "RegisterName").first_argument, 1);
    }

    #[test]
    fn generated_registrations_are_known_by_shape() {
        let server = qualified("google.golang.org/grpc.Server");
        assert!(models().is_service_registration("RegisterGreeterServer".into(), server));
        assert!(!models().is_service_registration("RegisterGreeter".into(), server));
        assert!(!models().is_service_registration("RegisterServer".into(), qualified("net/http.Server")));
        assert!(!models().is_service_registration("RegisterServer".into(), None));

        let vendored = qualified("example.org/a/vendor/google.golang.org/grpc.ServiceRegistrar");
        let launch = models().service_registration("RegisterGreeterServer".into(), &[vendored, None]);
        assert!(launch.is_some_and(|launch| launch.methods && launch.first_argument == 1));
    }

    #[test]
    fn name_servers_answer_in_parallel() {
        let query = ["context.Context", "github.com/miekg/dns.ResponseWriter", "github.com/miekg/dns.Msg"];
        assert!(implicit("ServeDNS", &query).is_some_and(|launch| launch.parallel));
        assert!(implicit("ServeDNS", &query[1..]).is_some_and(|launch| launch.parallel));
    }
}
