//! Kubernetes: informers, work queues, waiting, leader election, controllers.

use super::effect::Effect;
use super::row::{
    Adapter, Area, Field, Row, Shape, adapter, callback, field, handler, handler_type, launch, launcher, row,
    shape,
};

/// The methods by which an informer tells of changes.
const ON_CHANGE: &[&str] = &["OnAdd", "OnUpdate", "OnDelete"];

/// Types of informers.
const INFORMERS: &str = "SharedInformer SharedIndexInformer sharedIndexInformer Informer";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Informers: one goroutine a registration; its callbacks take turns, but run beside everything else.
    launch("k8s.io/client-go/tools/cache sigs.k8s.io/controller-runtime/pkg/cache", INFORMERS, "AddEventHandler AddEventHandlerWithResyncPeriod AddEventHandlerWithOptions", callback(0).object(ON_CHANGE)),
    launch("k8s.io/client-go/tools/cache", "_", "NewInformer NewIndexerInformer", callback(3).object(ON_CHANGE).single()),
    launch("k8s.io/client-go/tools/cache", "_", "NewTransformingInformer NewTransformingIndexerInformer", callback(3).object(ON_CHANGE)),
    launch("k8s.io/client-go/tools/cache", "_", "NewInformerWithOptions", callback(0).object(ON_CHANGE)),
    launch("k8s.io/client-go/tools/cache sigs.k8s.io/controller-runtime/pkg/cache", INFORMERS, "SetTransform SetWatchErrorHandler SetWatchErrorHandlerWithContext", callback(0)),
    row("k8s.io/client-go/tools/cache", "_", "ListAll ListAllByNamespace", Effect::CallsNow),

    // Work queues.
    launch("k8s.io/client-go/util/workqueue", "_", "ParallelizeUntil", launcher(3).single().parallel().joined()),
    launch("k8s.io/client-go/util/workqueue", "_", "Parallelize", launcher(2).parallel().joined()),

    // Waiting: the function runs on the caller's goroutine.
    row("k8s.io/apimachinery/pkg/util/wait", "_", "Until UntilWithContext NonSlidingUntil NonSlidingUntilWithContext JitterUntil JitterUntilWithContext BackoffUntil BackoffUntilWithContext Forever", Effect::CallsNow),
    row("k8s.io/apimachinery/pkg/util/wait", "_", "Poll PollWithContext PollUntil PollUntilWithContext PollInfinite PollInfiniteWithContext PollImmediate PollImmediateWithContext PollImmediateUntil PollImmediateUntilWithContext PollImmediateInfinite PollImmediateInfiniteWithContext PollUntilContextCancel PollUntilContextTimeout ExponentialBackoff ExponentialBackoffWithContext", Effect::CallsNow),
    launch("k8s.io/apimachinery/pkg/util/wait", "Group", "Start", launcher(0).awaited()),
    launch("k8s.io/apimachinery/pkg/util/wait", "Group", "StartWithChannel StartWithContext", launcher(1).awaited()),
    row("k8s.io/apimachinery/pkg/util/wait", "Group", "Wait", Effect::Wait),
    row("k8s.io/client-go/util/retry", "_", "OnError RetryOnConflict", Effect::CallsNow),
    row("k8s.io/apimachinery/pkg/runtime k8s.io/apimachinery/pkg/util/runtime", "_", "HandleCrash HandleCrashWithContext", Effect::CallsNow),
    launch("k8s.io/apimachinery/pkg/util/errors", "_", "AggregateGoroutines", launcher(0).joined()),

    // Leader election.
    launch("k8s.io/client-go/tools/leaderelection", "_", "RunOrDie NewLeaderElector", callback(0)),

    // controller-runtime
    launch("sigs.k8s.io/controller-runtime/pkg/handler", "_", "EnqueueRequestsFromMapFunc TypedEnqueueRequestsFromMapFunc", callback(0)),
    launch("sigs.k8s.io/controller-runtime/pkg/predicate", "_", "NewPredicateFuncs NewTypedPredicateFuncs", callback(0)),
    launch("sigs.k8s.io/controller-runtime/pkg/manager sigs.k8s.io/controller-runtime", "Manager", "Add", callback(0).object(&["Start"])),
    launch("sigs.k8s.io/controller-runtime/pkg/manager sigs.k8s.io/controller-runtime", "Manager", "AddHealthzCheck AddReadyzCheck", handler(1)),
    launch("sigs.k8s.io/controller-runtime/pkg/webhook", "Server DefaultServer", "Register", handler(1).object(&["ServeHTTP"])),
    launch("sigs.k8s.io/controller-runtime/pkg/webhook/admission", "_", "MultiMutatingHandler MultiValidatingHandler", handler(0).object(&["Handle"])),
    row("sigs.k8s.io/controller-runtime/pkg/controller/controllerutil sigs.k8s.io/controller-runtime", "_", "CreateOrUpdate CreateOrPatch", Effect::CallsNow),
];

#[rustfmt::skip]
const FIELDS: &[Field] = &[
    field("k8s.io/client-go/tools/cache", "ResourceEventHandlerFuncs ResourceEventHandlerDetailedFuncs", "AddFunc UpdateFunc DeleteFunc", callback(0)),
    field("k8s.io/client-go/tools/cache", "FilteringResourceEventHandler", "FilterFunc Handler", callback(0).object(ON_CHANGE)),
    field("k8s.io/client-go/tools/leaderelection", "LeaderCallbacks", "OnStartedLeading OnStoppedLeading OnNewLeader", callback(0)),
    field("sigs.k8s.io/controller-runtime/pkg/predicate", "Funcs TypedFuncs", "CreateFunc UpdateFunc DeleteFunc GenericFunc", callback(0)),
    field("sigs.k8s.io/controller-runtime/pkg/handler", "Funcs TypedFuncs", "CreateFunc UpdateFunc DeleteFunc GenericFunc", callback(0)),
];

// One worker reconciles, unless MaxConcurrentReconciles says otherwise. Webhooks are HTTP handlers.
#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape("Reconcile", "context.Context sigs.k8s.io/controller-runtime/pkg/reconcile.Request", "reconcile.Reconciler.Reconcile", callback(0)),
    shape("Reconcile", "context.Context sigs.k8s.io/controller-runtime.Request", "reconcile.Reconciler.Reconcile", callback(0)),
    shape("Reconcile", "sigs.k8s.io/controller-runtime/pkg/reconcile.Request", "reconcile.Reconciler.Reconcile", callback(0)),
    shape("Reconcile", "sigs.k8s.io/controller-runtime.Request", "reconcile.Reconciler.Reconcile", callback(0)),
    shape("Handle", "context.Context sigs.k8s.io/controller-runtime/pkg/webhook/admission.Request", "admission.Handler.Handle", handler(0)),
    shape("ValidateCreate", "context.Context k8s.io/apimachinery/pkg/runtime.Object", "admission.CustomValidator.ValidateCreate", handler(0)),
    shape("ValidateUpdate", "context.Context k8s.io/apimachinery/pkg/runtime.Object k8s.io/apimachinery/pkg/runtime.Object", "admission.CustomValidator.ValidateUpdate", handler(0)),
    shape("ValidateDelete", "context.Context k8s.io/apimachinery/pkg/runtime.Object", "admission.CustomValidator.ValidateDelete", handler(0)),
    shape("Default", "context.Context k8s.io/apimachinery/pkg/runtime.Object", "admission.CustomDefaulter.Default", handler(0)),
];

#[rustfmt::skip]
const ADAPTERS: &[Adapter] = &[
    adapter("sigs.k8s.io/controller-runtime/pkg/reconcile", "Func"),
    adapter("sigs.k8s.io/controller-runtime/pkg/manager", "RunnableFunc"),
    adapter("sigs.k8s.io/controller-runtime/pkg/handler", "MapFunc"),
    handler_type("sigs.k8s.io/controller-runtime/pkg/webhook/admission", "HandlerFunc"),
];

/// The area's entries.
pub(super) const AREA: Area =
    Area { rows: ROWS, fields: FIELDS, shapes: SHAPES, adapters: ADAPTERS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::models::testing::{function, function_launch, implicit, launch};
    use crate::models::{Effect, Joined};

    #[test]
    fn an_informer_calls_back_one_at_a_time() {
        let add = launch("k8s.io/client-go/tools/cache", "SharedIndexInformer", "AddEventHandler");
        assert_eq!((add.first_argument, add.parallel), (0, false));
        assert_eq!(add.object_methods, ["OnAdd", "OnUpdate", "OnDelete"]);
    }

    #[test]
    fn parallelize_has_ended_when_it_returns() {
        let pieces = function_launch("k8s.io/client-go/util/workqueue", "ParallelizeUntil");
        assert_eq!((pieces.first_argument, pieces.parallel, pieces.joined), (3, true, Joined::AtReturn));
    }

    #[test]
    fn until_runs_on_the_caller() {
        assert_eq!(function("k8s.io/apimachinery/pkg/util/wait", "Until"), Some(Effect::CallsNow));
        let vendored = "k8s.io/kubernetes/vendor/k8s.io/apimachinery/pkg/util/wait";
        assert_eq!(function(vendored, "PollImmediate"), Some(Effect::CallsNow));
    }

    #[test]
    fn one_worker_reconciles() {
        let request = ["context.Context", "sigs.k8s.io/controller-runtime/pkg/reconcile.Request"];
        assert!(implicit("Reconcile", &request).is_some_and(|launch| !launch.parallel));
    }
}
