//! Metrics, traces and logs: collectors and exporters that run when they are asked; loggers that end the program.

use super::effect::Effect;
use super::row::{Adapter, Area, Row, Shape, callback, handler, handler_type, launch, row, shape};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Prometheus: each scrape collects in parallel.
    launch("github.com/prometheus/client_golang/prometheus github.com/prometheus/client_golang/prometheus/promauto", "_ Factory", "NewGaugeFunc NewCounterFunc", handler(1)),
    launch("github.com/prometheus/client_golang/prometheus", "_", "NewUntypedFunc", handler(1)),
    launch("github.com/prometheus/client_golang/prometheus", "_ Registry Registerer", "Register MustRegister", handler(0).object(&["Collect"])),
    launch("github.com/rcrowley/go-metrics", "_", "NewFunctionalGauge NewFunctionalGaugeFloat64", handler(0)),
    launch("github.com/VictoriaMetrics/metrics", "_ Set", "NewGauge GetOrCreateGauge", handler(1)),

    // OpenTelemetry: "needs to be reentrant and concurrent safe".
    launch("go.opentelemetry.io/otel/metric", "Meter", "RegisterCallback", handler(0)),
    launch("go.opentelemetry.io/otel/metric", "_", "WithInt64Callback WithFloat64Callback", handler(0)),
    launch("go.opentelemetry.io/otel", "_", "SetErrorHandler", handler(0).object(&["Handle"])),

    // Loggers.
    row("github.com/sirupsen/logrus", "_ Logger Entry FieldLogger Ext1FieldLogger", "Fatal Fatalf Fatalln Panic Panicf Panicln", Effect::NeverReturns),
    row("github.com/sirupsen/logrus", "_ Logger", "Exit", Effect::NeverReturns),
    row("github.com/sirupsen/logrus", "_", "RegisterExitHandler DeferExitHandler", Effect::CallsNow),
    launch("github.com/sirupsen/logrus", "_ Logger", "AddHook", handler(0).object(&["Fire"]).weak()),
    launch("github.com/sirupsen/logrus", "_ Logger", "SetFormatter", handler(0).object(&["Format"]).weak()),
    row("go.uber.org/zap", "Logger SugaredLogger", "Fatal Panic", Effect::NeverReturns),
    row("go.uber.org/zap", "SugaredLogger", "Fatalf Fatalw Fatalln Panicf Panicw Panicln", Effect::NeverReturns),
    launch("go.uber.org/zap", "_", "Hooks", handler(0).weak()),
    row("k8s.io/klog github.com/golang/glog", "_", "Fatal Fatalf Fatalln FatalDepth Exit Exitf Exitln", Effect::NeverReturns),
    row("github.com/hashicorp/go-hclog", "Logger", "With Named", Effect::CallsNow),
];

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape("Collect", "github.com/prometheus/client_golang/prometheus.Metric", "prometheus.Collector.Collect", handler(0)),
    shape("Describe", "github.com/prometheus/client_golang/prometheus.Desc", "prometheus.Collector.Describe", handler(0)),
    shape("OnStart", "context.Context go.opentelemetry.io/otel/sdk/trace.ReadWriteSpan", "trace.SpanProcessor.OnStart", handler(0)),
    shape("OnEnd", "go.opentelemetry.io/otel/sdk/trace.ReadOnlySpan", "trace.SpanProcessor.OnEnd", handler(0)),
    shape("ShouldSample", "go.opentelemetry.io/otel/sdk/trace.SamplingParameters", "trace.Sampler.ShouldSample", handler(0)),
    shape("ExportSpans", "context.Context _", "trace.SpanExporter.ExportSpans", callback(0).weak()),
    // The hook runs outside the logger's lock, and so does the formatter.
    shape("Fire", "github.com/sirupsen/logrus.Entry", "logrus.Hook.Fire", handler(0).weak()),
    shape("Format", "github.com/sirupsen/logrus.Entry", "logrus.Formatter.Format", handler(0).weak()),
    shape("Write", "go.uber.org/zap/zapcore.Entry _", "zapcore.Core.Write", handler(0).weak()),
    shape("Check", "go.uber.org/zap/zapcore.Entry go.uber.org/zap/zapcore.CheckedEntry", "zapcore.Core.Check", handler(0).weak()),
];

const ADAPTERS: &[Adapter] =
    &[handler_type("github.com/prometheus/client_golang/prometheus", "CollectorFunc")];

/// The area's entries.
pub(super) const AREA: Area = Area { rows: ROWS, shapes: SHAPES, adapters: ADAPTERS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::models::testing::{call, function, function_launch, implicit};
    use crate::models::{Effect, LaunchKind};

    #[test]
    fn scrapes_collect_in_parallel() {
        let collect = implicit("Collect", &["github.com/prometheus/client_golang/prometheus.Metric"]);
        let label = "prometheus.Collector.Collect".into();
        assert!(collect.is_some_and(|launch| launch.parallel && launch.kind == LaunchKind::Handler(label)));
        assert!(implicit("Collect", &["context.Context"]).is_none());
        assert!(function_launch("github.com/prometheus/client_golang/prometheus", "NewGaugeFunc").parallel);
    }

    #[test]
    fn a_fatal_log_entry_ends_the_path() {
        assert_eq!(function("github.com/Sirupsen/logrus", "Fatalf"), Some(Effect::NeverReturns));
        assert_eq!(function("k8s.io/klog/v2", "Fatal"), Some(Effect::NeverReturns));
        assert_eq!(call("go.uber.org/zap", "SugaredLogger", "Fatalw"), Some(Effect::NeverReturns));
    }

    #[test]
    fn a_hook_may_run_in_parallel() {
        let fire = implicit("Fire", &["github.com/sirupsen/logrus.Entry"]);
        assert!(fire.is_some_and(|launch| launch.weak));
    }
}
