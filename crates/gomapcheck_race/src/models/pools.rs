//! Groups and pools of goroutines.

use super::effect::Effect;
use super::row::{Area, Row, handler, launch, launcher, row};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // errgroup, under whatever path; and its followers.
    launch("golang.org/x/sync/errgroup", "Group", "Go TryGo", launcher(0).awaited()),
    row("golang.org/x/sync/errgroup", "Group", "Wait WaitErr", Effect::Wait),
    row("golang.org/x/sync/errgroup", "Group", "SetLimit", Effect::Limit),
    launch("github.com/hashicorp/go-multierror", "Group", "Go", launcher(0).awaited()),
    row("github.com/hashicorp/go-multierror", "Group", "Wait", Effect::Wait),

    // Wait groups with a limit.
    row("github.com/remeh/sizedwaitgroup", "SizedWaitGroup", "Add AddWithContext", Effect::WaitGroupAdd),
    row("github.com/remeh/sizedwaitgroup", "SizedWaitGroup", "Done", Effect::WaitGroupDone),
    row("github.com/remeh/sizedwaitgroup", "SizedWaitGroup", "Wait", Effect::Wait),
    row("github.com/zenthangplus/goccm", "ConcurrencyManager", "Wait", Effect::WaitGroupAdd),
    row("github.com/zenthangplus/goccm", "ConcurrencyManager", "Done", Effect::WaitGroupDone),
    row("github.com/zenthangplus/goccm", "ConcurrencyManager", "WaitAllDone", Effect::Wait),

    row("github.com/dgraph-io/ristretto/z", "Closer", "AddRunning", Effect::WaitGroupAdd),
    row("github.com/dgraph-io/ristretto/z", "Closer", "Done", Effect::WaitGroupDone),
    row("github.com/dgraph-io/ristretto/z", "Closer", "Wait SignalAndWait", Effect::Wait),

    // conc
    launch("github.com/sourcegraph/conc", "WaitGroup", "Go", launcher(0).awaited()),
    row("github.com/sourcegraph/conc", "WaitGroup", "Wait WaitAndRecover", Effect::Wait),
    launch("github.com/sourcegraph/conc/pool", "Pool ContextPool ErrorPool ResultPool ResultContextPool ResultErrorPool", "Go", launcher(0).awaited()),
    row("github.com/sourcegraph/conc/pool", "Pool ContextPool ErrorPool ResultPool ResultContextPool ResultErrorPool", "Wait", Effect::Wait),
    launch("github.com/sourcegraph/conc/stream", "Stream", "Go", launcher(0).awaited()),
    row("github.com/sourcegraph/conc/stream", "Stream", "Wait", Effect::Wait),
    launch("github.com/sourcegraph/conc/iter", "_ Iterator Mapper", "ForEach ForEachIdx Map MapErr", launcher(1).parallel().joined()),
    row("github.com/sourcegraph/conc/panics", "_ Catcher", "Try", Effect::CallsNow),

    // lo: the functions of package lo itself run on the spot.
    launch("github.com/samber/lo/parallel", "_", "ForEach Map Times GroupBy PartitionBy Filter", launcher(1).parallel().joined()),
    launch("github.com/samber/lo", "_", "Async Async0 Async1 Async2 Async3 Async4 Async5 Async6", launcher(0)),
    row("github.com/samber/lo", "_", "ForEach ForEachWhile Map FlatMap FilterMap Filter Reject Reduce ReduceRight Times GroupBy PartitionBy KeyBy UniqBy Associate SliceToMap MinBy MaxBy SumBy CountBy Find FindIndexOf ContainsBy EveryBy SomeBy NoneBy Attempt AttemptWithDelay Try TryCatch TernaryF", Effect::CallsNow),
    row("github.com/samber/lo/mutable github.com/samber/lo/it", "_", "Map Filter ForEach", Effect::CallsNow),

    // ants
    launch("github.com/panjf2000/ants", "_ Pool MultiPool", "Submit", launcher(0)),
    launch("github.com/panjf2000/ants", "_", "NewPoolWithFunc NewPoolWithFuncGeneric", launcher(1).parallel().single()),
    launch("github.com/panjf2000/ants", "_", "NewMultiPoolWithFunc", launcher(2).parallel().single()),

    // tunny: Process waits for the result, so that calls are parallel only when their callers are.
    launch("github.com/Jeffail/tunny", "_", "NewFunc", launcher(1).parallel()),

    // pond
    launch("github.com/alitto/pond", "_ Pool WorkerPool ResultPool", "Submit TrySubmit Go TryGo SubmitBefore SubmitErr", launcher(0).awaited()),
    launch("github.com/alitto/pond", "WorkerPool", "SubmitAndWait", launcher(0).joined()),
    launch("github.com/alitto/pond", "TaskGroup TaskGroupWithContext ResultTaskGroup", "Submit SubmitErr", launcher(0).awaited()),
    row("github.com/alitto/pond", "TaskGroup TaskGroupWithContext ResultTaskGroup", "Wait", Effect::Wait),
    row("github.com/alitto/pond", "Pool WorkerPool ResultPool", "StopAndWait", Effect::Wait),

    // workerpool
    launch("github.com/gammazero/workerpool", "WorkerPool", "Submit", launcher(0).awaited()),
    launch("github.com/gammazero/workerpool", "WorkerPool", "SubmitWait", launcher(0).joined()),
    row("github.com/gammazero/workerpool", "WorkerPool", "StopWait", Effect::Wait),

    // go-zero. A reducer runs alone, and MapReduce returns after it.
    launch("github.com/zeromicro/go-zero/core/threading", "_", "GoSafe", launcher(0)),
    launch("github.com/zeromicro/go-zero/core/threading", "_", "GoSafeCtx", launcher(1)),
    row("github.com/zeromicro/go-zero/core/threading", "_", "RunSafe RunSafeCtx", Effect::CallsNow),
    launch("github.com/zeromicro/go-zero/core/threading", "RoutineGroup", "Run RunSafe", launcher(0).awaited()),
    row("github.com/zeromicro/go-zero/core/threading", "RoutineGroup TaskRunner", "Wait", Effect::Wait),
    launch("github.com/zeromicro/go-zero/core/threading", "TaskRunner", "Schedule ScheduleImmediately", launcher(0).awaited()),
    launch("github.com/zeromicro/go-zero/core/threading", "_", "NewWorkerGroup", launcher(0).parallel()),
    launch("github.com/zeromicro/go-zero/core/mr", "_", "Finish FinishVoid", launcher(0).joined()),
    launch("github.com/zeromicro/go-zero/core/mr", "_", "ForEach MapReduce MapReduceVoid MapReduceChan", launcher(1).single().parallel().joined()),
    launch("github.com/zeromicro/go-zero/core/fx", "_", "Parallel", launcher(0).joined()),

    // gopool
    launch("github.com/bytedance/gopkg/util/gopool", "_ Pool", "Go", launcher(0)),
    launch("github.com/bytedance/gopkg/util/gopool", "_ Pool", "CtxGo", launcher(1)),

    // dskit and where it comes from.
    launch("github.com/grafana/dskit/concurrency github.com/cortexproject/cortex/pkg/util/concurrency", "_", "ForEach ForEachJob ForEachUser ForEachJobMergeResults", launcher(3).parallel().joined()),
    launch("github.com/grafana/dskit/concurrency", "ReusableGoroutinesPool", "Go", launcher(0)),

    // Actors. The interrupt functions run on Run's goroutine, beside the other actors.
    launch("github.com/oklog/run github.com/oklog/oklog/pkg/group", "Group", "Add", launcher(0).awaited()),
    row("github.com/oklog/run github.com/oklog/oklog/pkg/group", "Group", "Run", Effect::Wait),
    launch("gopkg.in/tomb", "Tomb", "Go", launcher(0).awaited()),
    row("gopkg.in/tomb", "Tomb", "Wait", Effect::Wait),
    launch("github.com/thejerf/suture", "Supervisor", "Add", launcher(0).object(&["Serve"])),

    // Others.
    launch("knative.dev/pkg/pool", "Interface", "Go", launcher(0).awaited()),
    row("knative.dev/pkg/pool", "Interface", "Wait", Effect::Wait),
    launch("github.com/cockroachdb/cockroach/pkg/util/ctxgroup", "Group", "Go GoCtx", launcher(0).awaited()),
    row("github.com/cockroachdb/cockroach/pkg/util/ctxgroup", "Group", "Wait", Effect::Wait),
    launch("github.com/cockroachdb/cockroach/pkg/util/ctxgroup", "_", "GroupWorkers", launcher(2).parallel().joined()),
    launch("github.com/cockroachdb/cockroach/pkg/util/stop", "Stopper", "RunAsyncTask", launcher(2)),
    row("github.com/cockroachdb/cockroach/pkg/util/stop", "Stopper", "RunTask RunTaskWithErr", Effect::CallsNow),
    launch("github.com/destel/rill", "_", "ForEach Map Filter FlatMap", launcher(2).parallel().weak()),
    launch("github.com/charlievieth/fastwalk", "_", "Walk", handler(2).joined()),
    launch("github.com/iafan/cwalk", "_", "Walk", handler(1).joined()),
    launch("github.com/stretchr/powerwalk", "_", "Walk", handler(1).joined()),
    launch("golang.org/x/tools/internal/gopathwalk", "_", "Walk WalkSkip", handler(1).joined()),
    row("github.com/karrick/godirwalk github.com/kr/fs github.com/spf13/afero", "_ Afero", "Walk", Effect::CallsNow),
];

/// The area's entries.
pub(super) const AREA: Area = Area { rows: ROWS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::models::testing::{call, function, function_launch, launch};
    use crate::models::{Effect, Joined, LaunchKind};

    #[test]
    fn a_group_waits_for_what_it_has_started() {
        let go = launch("golang.org/x/sync/errgroup", "Group", "Go");
        assert_eq!(go.kind, LaunchKind::Launcher("errgroup.Group.Go".into()));
        assert_eq!((go.joined, go.parallel), (Joined::ByReceiver, false));
        assert_eq!(call("golang.org/x/sync/errgroup", "Group", "Wait"), Some(Effect::Wait));
        assert_eq!(launch("gopkg.in/tomb.v2", "Tomb", "Go").joined, Joined::ByReceiver);
    }

    #[test]
    fn a_parallel_loop_has_ended_when_it_returns() {
        for package in ["github.com/samber/lo/parallel", "github.com/sourcegraph/conc/iter"] {
            let for_each = function_launch(package, "ForEach");
            assert_eq!((for_each.joined, for_each.parallel), (Joined::AtReturn, true));
        }
    }

    #[test]
    fn a_reducer_runs_alone() {
        assert!(function_launch("github.com/zeromicro/go-zero/core/mr", "MapReduce").single_argument);
    }

    #[test]
    fn pools_run_each_task_once() {
        assert!(!launch("github.com/panjf2000/ants/v2", "Pool", "Submit").parallel);
        assert!(function_launch("github.com/panjf2000/ants/v2", "NewPoolWithFunc").parallel);
        assert_eq!(
            launch("github.com/gammazero/workerpool", "WorkerPool", "SubmitWait").joined,
            Joined::AtReturn
        );
        assert_eq!(function("github.com/samber/lo", "ForEach"), Some(Effect::CallsNow));
    }
}
