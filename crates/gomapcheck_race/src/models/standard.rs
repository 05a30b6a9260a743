//! The standard library beside `sync`, `net` and the map functions; and what stands in for parts of it.

use super::effect::Effect;
use super::row::{
    Adapter, Area, Row, Shape, adapter, arguments_from, callback, handler, launch, row, shape, test_body,
};
use crate::conflict::Operation;

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Callbacks on goroutines of their own.
    launch("time", "_", "AfterFunc", callback(1)),
    launch("context", "_", "AfterFunc", callback(1)),
    launch("runtime", "_", "SetFinalizer", callback(1)),
    launch("runtime", "_", "AddCleanup", callback(1).parallel()),
    launch("expvar", "_", "Publish", handler(1)),
    launch("syscall/js", "_", "FuncOf", handler(0).weak()),
    launch("k8s.io/utils/clock github.com/benbjohnson/clock github.com/jonboulle/clockwork", "Clock RealClock WithTicker", "AfterFunc", callback(1)),

    // Calls after which nothing follows.
    row("os syscall", "_", "Exit", Effect::NeverReturns),
    row("runtime", "_", "Goexit", Effect::NeverReturns),
    row("log", "_ Logger", "Fatal Fatalf Fatalln Panic Panicf Panicln", Effect::NeverReturns),
    row("testing", "T B F TB common", "Fatal Fatalf FailNow Skip Skipf SkipNow", Effect::NeverReturns),

    // Tests.
    row("testing", "T B F TB common", "Error Errorf", Effect::FailsTest(&[arguments_from(0, Operation::Iterate)])),
    row("testing", "T B F TB common", "Fail", Effect::FailsTest(&[])),
    row("testing", "T", "Parallel", Effect::ParallelTest),
    row("testing", "T", "Run", Effect::Subtest),
    row("testing", "B", "Run", Effect::CallsNow),
    launch("testing", "B", "RunParallel", test_body(0).joined()),
    row("testing", "F", "Fuzz", Effect::CallsNow),
    row("testing", "T B F TB common", "Cleanup Helper", Effect::CallsNow),
    row("testing", "_", "Benchmark AllocsPerRun", Effect::CallsNow),
    row("testing/synctest", "_", "Test Run", Effect::CallsNow),
    row("testing/quick", "_", "Check CheckEqual", Effect::CallsNow),

    // Functions that call their function arguments on the spot.
    row("sort", "_", "Slice SliceStable SliceIsSorted Search Find Sort Stable IsSorted", Effect::CallsNow),
    row("slices golang.org/x/exp/slices", "_", "SortFunc SortStableFunc IsSortedFunc BinarySearchFunc", Effect::CallsNow),
    row("slices golang.org/x/exp/slices", "_", "IndexFunc ContainsFunc DeleteFunc EqualFunc CompareFunc CompactFunc MinFunc MaxFunc SortedFunc SortedStableFunc", Effect::CallsNow),
    row("strings bytes", "_", "Map FieldsFunc FieldsFuncSeq IndexFunc LastIndexFunc ContainsFunc TrimFunc TrimLeftFunc TrimRightFunc", Effect::CallsNow),
    row("path/filepath", "_", "Walk WalkDir", Effect::CallsNow),
    row("io/fs", "_", "WalkDir", Effect::CallsNow),
    row("go/ast", "_", "Inspect Walk Preorder", Effect::CallsNow),
    row("golang.org/x/tools/go/ast/inspector", "Inspector", "Preorder Nodes WithStack", Effect::CallsNow),
    row("golang.org/x/tools/go/ast/astutil", "_", "Apply", Effect::CallsNow),
    row("container/ring", "Ring", "Do", Effect::CallsNow),
    row("expvar", "Map", "Do", Effect::CallsNow),
    row("expvar", "_", "Do", Effect::CallsNow),
    row("flag github.com/spf13/pflag", "_ FlagSet", "Visit VisitAll Func BoolFunc", Effect::CallsNow),
    row("regexp", "Regexp", "ReplaceAllFunc ReplaceAllStringFunc", Effect::CallsNow),
    row("os", "_", "Expand", Effect::CallsNow),
    row("iter", "_", "Pull Pull2", Effect::CallsNow),
    row("log/slog", "Record", "Attrs", Effect::CallsNow),
    row("go/token", "FileSet", "Iterate", Effect::CallsNow),
    row("bufio", "Scanner", "Split", Effect::CallsNow),
    row("runtime/pprof", "_", "Do SetGoroutineLabels", Effect::CallsNow),
    row("runtime/trace", "_", "WithRegion", Effect::CallsNow),
    row("reflect", "_", "Swapper", Effect::CallsNow),
    row("crypto/subtle", "_", "WithDataIndependentTiming", Effect::CallsNow),
    row("database/sql", "Conn", "Raw", Effect::CallsNow),
    row("text/template html/template", "Template", "Funcs", Effect::CallsNow),

    // Values that no one else has.
    row("net/url", "_", "ParseQuery", Effect::Fresh),
    row("net/url", "URL", "Query", Effect::Fresh),
    row("os", "_", "Environ", Effect::Fresh),
];

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape("Handle", "context.Context log/slog.Record", "slog.Handler.Handle", handler(0).weak()),
];

const ADAPTERS: &[Adapter] = &[adapter("expvar", "Func"), adapter("path/filepath", "WalkFunc")];

/// The area's entries.
pub(super) const AREA: Area = Area { rows: ROWS, shapes: SHAPES, adapters: ADAPTERS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::models::testing::{call, function, function_launch, launch};
    use crate::models::{Effect, Joined, LaunchKind};

    #[test]
    fn a_timer_runs_its_function_on_its_own() {
        let timer = function_launch("time", "AfterFunc");
        assert_eq!(timer.kind, LaunchKind::Callback("time.AfterFunc".into()));
        assert_eq!((timer.first_argument, timer.parallel, timer.joined), (1, false, Joined::Never));
    }

    #[test]
    fn a_fatal_error_ends_the_path() {
        assert_eq!(function("os", "Exit"), Some(Effect::NeverReturns));
        assert_eq!(function("log", "Fatalf"), Some(Effect::NeverReturns));
        assert_eq!(call("testing", "T", "Fatal"), Some(Effect::NeverReturns));
        assert!(matches!(call("testing", "T", "Error"), Some(Effect::FailsTest(_))));
    }

    #[test]
    fn tests_run_side_by_side_when_they_ask_to() {
        assert_eq!(call("testing", "T", "Parallel"), Some(Effect::ParallelTest));
        assert_eq!(call("testing", "T", "Run"), Some(Effect::Subtest));
        assert_eq!(launch("testing", "B", "RunParallel").joined, Joined::AtReturn);
    }

    #[test]
    fn sorting_calls_on_the_spot() {
        assert_eq!(function("sort", "Slice"), Some(Effect::CallsNow));
        assert_eq!(function("path/filepath", "WalkDir"), Some(Effect::CallsNow));
    }
}
