//! Schedulers, watchers, caches, crawlers, chat and consensus libraries; test libraries; functions that only call back.

use super::effect::Effect;
use super::row::{
    Adapter, Area, Field, Row, Shape, adapter, callback, field, handler, launch, launcher, row, shape,
};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Schedulers: each run has its own goroutine, and a long one overlaps with the next.
    launch("github.com/robfig/cron", "Cron", "AddFunc AddJob", handler(1).object(&["Run"])),
    launch("github.com/robfig/cron", "Cron", "Schedule ScheduleFunc", handler(1).object(&["Run"])),
    launch("github.com/go-co-op/gocron", "Scheduler Job", "Do", handler(0)),
    launch("github.com/go-co-op/gocron", "Scheduler", "DoWithJobDetails", handler(0)),
    launch("github.com/go-co-op/gocron", "_", "NewTask", handler(0)),
    launch("github.com/jasonlvhit/gocron", "Job", "Do DoSafely", handler(0)),
    launch("github.com/reugn/go-quartz/job", "_", "NewFunctionJob", handler(0)),
    launch("github.com/RussellLuo/timingwheel", "TimingWheel", "AfterFunc", callback(1)),

    // Configuration that is watched.
    launch("github.com/spf13/viper", "_ Viper", "OnConfigChange", callback(0)),
    launch("github.com/knadh/koanf/providers/file", "File", "Watch", callback(0)),
    launch("github.com/apolloconfig/agollo", "Client", "AddChangeListener", callback(0).object(&["OnChange", "OnNewestChange"])),
    launch("github.com/nacos-group/nacos-sdk-go/clients/config_client", "IConfigClient ConfigClient", "ListenConfig", callback(0)),

    // Caches: evicted by the cleaner's goroutine or by the caller's.
    launch("github.com/patrickmn/go-cache", "Cache cache", "OnEvicted", handler(0)),
    launch("github.com/jellydator/ttlcache github.com/ReneKroon/ttlcache", "Cache", "OnEviction OnInsertion OnUpdate SetExpirationCallback SetExpirationReasonCallback SetNewItemCallback", handler(0)),
    launch("github.com/hashicorp/golang-lru/expirable", "_", "NewLRU", handler(1)),
    row("github.com/hashicorp/golang-lru", "_", "NewWithEvict", Effect::CallsNow),
    launch("github.com/golang/groupcache github.com/mailgun/groupcache", "_", "NewGroup", handler(2)),

    // Crawlers: in parallel when made with Async(true).
    launch("github.com/gocolly/colly", "Collector", "OnHTML OnXML OnHTMLDetach", handler(1).weak().awaited()),
    launch("github.com/gocolly/colly", "Collector", "OnRequest OnResponse OnResponseHeaders OnError OnScraped", handler(0).weak().awaited()),
    row("github.com/gocolly/colly", "Collector", "Wait", Effect::Wait),
    launch("github.com/chromedp/chromedp", "_", "ListenTarget ListenBrowser", callback(1)),

    // Chats: a goroutine for each event.
    launch("github.com/bwmarrin/discordgo", "Session", "AddHandler AddHandlerOnce", handler(0)),
    launch("gopkg.in/telebot gopkg.in/tucnak/telebot github.com/tucnak/telebot", "Bot Group", "Handle", handler(1)),
    launch("github.com/go-telegram/bot", "Bot", "RegisterHandler", handler(3)),
    launch("github.com/go-telegram/bot", "Bot", "RegisterHandlerMatchFunc RegisterHandlerRegexp", handler(1)),
    launch("github.com/go-telegram/bot", "_", "WithDefaultHandler", handler(0)),
    launch("go.mau.fi/whatsmeow", "Client", "AddEventHandler", callback(0)),

    // Consensus: the log is applied in order; snapshots are written meanwhile.
    launch("github.com/hashicorp/raft", "_", "NewRaft", callback(1).object(&["Apply", "ApplyBatch", "Restore"]).single()),

    // Service life cycles.
    launch("github.com/hashicorp/consul/api/watch", "_", "Parse", callback(0).weak()),
    launch("google.golang.org/appengine/delay", "_", "Func", handler(1)),

    // Test libraries: the condition runs on a goroutine of its own.
    launch("github.com/stretchr/testify/assert github.com/stretchr/testify/require", "_", "Eventually Eventuallyf Never Neverf EventuallyWithT EventuallyWithTf", launcher(1).single().joined()),
    launch("github.com/stretchr/testify/assert github.com/stretchr/testify/require", "Assertions", "Eventually Eventuallyf Never Neverf EventuallyWithT EventuallyWithTf", launcher(0).single().joined()),
    row("github.com/stretchr/testify/assert github.com/stretchr/testify/require", "_ Assertions", "Panics NotPanics PanicsWithValue PanicsWithError Condition Conditionf", Effect::CallsNow),
    row("github.com/stretchr/testify/assert github.com/stretchr/testify/require", "_", "True Truef NoError NoErrorf Nil Nilf", Effect::Asserts(1, true)),
    row("github.com/stretchr/testify/assert github.com/stretchr/testify/require", "Assertions", "True Truef NoError NoErrorf Nil Nilf", Effect::Asserts(0, true)),
    row("github.com/stretchr/testify/assert github.com/stretchr/testify/require", "_", "False Falsef", Effect::Asserts(1, false)),
    row("github.com/stretchr/testify/assert github.com/stretchr/testify/require", "Assertions", "False Falsef", Effect::Asserts(0, false)),
    row("github.com/stretchr/testify/assert", "_ Assertions", "Fail Failf", Effect::FailsTest(&[])),
    row("github.com/stretchr/testify/assert", "_ Assertions", "FailNow FailNowf", Effect::NeverReturns),
    row("github.com/stretchr/testify/require", "_ Assertions", "Fail Failf FailNow FailNowf", Effect::NeverReturns),
    row("github.com/stretchr/testify/suite", "_ Suite", "Run", Effect::CallsNow),
    row("github.com/stretchr/testify/mock", "Call", "Run RunFn", Effect::CallsNow),
    row("github.com/onsi/ginkgo", "_", "Describe FDescribe PDescribe Context FContext When By BeforeEach JustBeforeEach AfterEach JustAfterEach BeforeSuite AfterSuite BeforeAll AfterAll DescribeTable Entry DeferCleanup", Effect::CallsNow),
    row("github.com/onsi/ginkgo", "_", "It FIt PIt Specify FSpecify PSpecify", Effect::Case),
    row("github.com/onsi/ginkgo", "_", "Fail Skip AbortSuite", Effect::NeverReturns),
    row("github.com/onsi/ginkgo", "_", "SynchronizedBeforeSuite SynchronizedAfterSuite", Effect::CallsNow),
    row("github.com/onsi/gomega", "_ Gomega WithT", "Eventually", Effect::Awaits),
    row("github.com/onsi/gomega", "_ Gomega WithT", "Consistently", Effect::CallsNow),
    row("gopkg.in/check", "C", "Fatal Fatalf FailNow Skip", Effect::NeverReturns),
    row("gopkg.in/check", "C", "Error Errorf Fail", Effect::FailsTest(&[])),
    row("pgregory.net/rapid", "_ T", "Check Repeat MakeCheck", Effect::CallsNow),

    // What only calls its function arguments, on the caller's goroutine.
    row("github.com/cenkalti/backoff", "_", "Retry RetryNotify RetryWithData RetryNotifyWithTimer", Effect::CallsNow),
    row("github.com/avast/retry-go", "_", "Do DoWithData OnRetry RetryIf", Effect::CallsNow),
    row("github.com/sethvargo/go-retry", "_", "Do Constant Fibonacci Exponential", Effect::CallsNow),
    row("github.com/sony/gobreaker", "CircuitBreaker TwoStepCircuitBreaker", "Execute", Effect::CallsNow),
    row("go.etcd.io/bbolt github.com/boltdb/bolt github.com/coreos/bbolt", "DB", "View Update Batch", Effect::CallsNow),
    row("go.etcd.io/bbolt github.com/boltdb/bolt github.com/coreos/bbolt", "Bucket Tx", "ForEach ForEachBucket OnCommit", Effect::CallsNow),
    row("github.com/dgraph-io/badger", "DB", "View Update", Effect::CallsNow),
    row("gorm.io/gorm github.com/jinzhu/gorm", "DB", "Transaction Scopes Connection", Effect::CallsNow),
    row("github.com/jmoiron/sqlx", "DB", "MapperFunc", Effect::CallsNow),
    row("github.com/google/btree github.com/tidwall/btree", "BTree BTreeG Map", "Ascend AscendRange AscendGreaterOrEqual AscendLessThan Descend DescendRange DescendLessOrEqual DescendGreaterThan Scan Reverse", Effect::CallsNow),
    row("github.com/tidwall/gjson", "Result", "ForEach", Effect::CallsNow),
    row("github.com/PuerkitoBio/goquery", "Selection", "Each EachWithBreak Map FilterFunction EachIter", Effect::CallsNow),
    row("github.com/spf13/cobra", "_", "OnInitialize OnFinalize", Effect::CallsNow),
    row("github.com/spf13/cobra", "Command", "VisitParents SetHelpFunc SetUsageFunc SetFlagErrorFunc RegisterFlagCompletionFunc", Effect::CallsNow),
    row("github.com/go-git/go-git/plumbing/object gopkg.in/src-d/go-git/plumbing/object", "FileIter CommitIter TreeIter TagIter", "ForEach", Effect::CallsNow),
    row("github.com/orcaman/concurrent-map github.com/puzpuzpuz/xsync", "ConcurrentMap Map MapOf", "IterCb Range RemoveCb Upsert Compute LoadOrCompute", Effect::CallsNow),
    row("github.com/hashicorp/go-memdb github.com/hashicorp/go-immutable-radix github.com/armon/go-radix", "Tree Node Txn", "Walk WalkPrefix WalkPath", Effect::CallsNow),
    row("google.golang.org/protobuf/reflect/protoreflect", "Message Map List", "Range", Effect::CallsNow),
    row("google.golang.org/protobuf/reflect/protoregistry", "Files Types", "RangeFiles RangeMessages RangeEnums RangeExtensions", Effect::CallsNow),
    row("go.uber.org/fx", "_", "Invoke Provide Decorate", Effect::CallsNow),
    row("go.uber.org/dig", "Container Scope", "Invoke Provide Decorate", Effect::CallsNow),
    row("github.com/alecthomas/kingpin gopkg.in/alecthomas/kingpin", "_ Application", "Fatalf FatalUsage", Effect::NeverReturns),
];

#[rustfmt::skip]
const FIELDS: &[Field] = &[
    field("github.com/dgraph-io/ristretto", "Config", "OnEvict OnReject OnExit Cost", handler(0)),
    field("github.com/allegro/bigcache", "Config", "OnRemove OnRemoveWithMetadata OnRemoveWithReason", handler(0)),
    field("github.com/hashicorp/memberlist", "Config", "Delegate Events Conflict Merge Ping Alive", handler(0).object(&["NotifyMsg", "GetBroadcasts", "LocalState", "MergeRemoteState", "NotifyJoin", "NotifyLeave", "NotifyUpdate"])),
    field("github.com/sony/gobreaker", "Settings", "OnStateChange ReadyToTrip IsSuccessful", handler(0).weak()),
];

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape("Apply", "github.com/hashicorp/raft.Log", "raft.FSM.Apply", callback(0)),
    shape("Persist", "github.com/hashicorp/raft.SnapshotSink", "raft.FSMSnapshot.Persist", callback(0)),
    shape("NotifyJoin", "github.com/hashicorp/memberlist.Node", "memberlist.EventDelegate.NotifyJoin", callback(0)),
    shape("NotifyLeave", "github.com/hashicorp/memberlist.Node", "memberlist.EventDelegate.NotifyLeave", callback(0)),
    shape("NotifyUpdate", "github.com/hashicorp/memberlist.Node", "memberlist.EventDelegate.NotifyUpdate", callback(0)),
    shape("", "github.com/bwmarrin/discordgo.Session github.com/bwmarrin/discordgo.MessageCreate", "discordgo.Session.AddHandler", handler(0).weak()),
    shape("", "github.com/bwmarrin/discordgo.Session github.com/bwmarrin/discordgo.InteractionCreate", "discordgo.Session.AddHandler", handler(0).weak()),
];

#[rustfmt::skip]
const ADAPTERS: &[Adapter] = &[
    adapter("github.com/robfig/cron", "FuncJob"),
    adapter("github.com/golang/groupcache", "GetterFunc"),
    adapter("github.com/hashicorp/serf/serf", "HandlerFunc"),
];

/// The area's entries.
pub(super) const AREA: Area =
    Area { rows: ROWS, fields: FIELDS, shapes: SHAPES, adapters: ADAPTERS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::models::testing::{call, function, function_launch, implicit, launch, models};
    use crate::models::{Effect, Joined};

    #[test]
    fn a_cron_job_overlaps_with_itself() {
        for package in ["github.com/robfig/cron", "github.com/robfig/cron/v3", "gopkg.in/robfig/cron.v2"] {
            let add = launch(package, "Cron", "AddFunc");
            assert_eq!((add.first_argument, add.parallel), (1, true));
        }
        assert_eq!(launch("github.com/robfig/cron/v3", "Cron", "AddJob").object_methods, ["Run"]);
        assert!(models().is_function_adapter("github.com/robfig/cron/v3".into(), "FuncJob".into()));
    }

    #[test]
    fn a_watcher_calls_back() {
        assert!(!function_launch("github.com/spf13/viper", "OnConfigChange").parallel);
        assert!(!launch("github.com/spf13/viper", "Viper", "OnConfigChange").parallel);
    }

    #[test]
    fn a_crawler_is_parallel_only_if_asked_to() {
        let on_html = launch("github.com/gocolly/colly/v2", "Collector", "OnHTML");
        assert!(on_html.parallel && on_html.weak);
    }

    #[test]
    fn an_awaited_condition_has_ended() {
        let eventually = function_launch("github.com/stretchr/testify/require", "Eventually");
        assert_eq!((eventually.first_argument, eventually.joined), (1, Joined::AtReturn));
    }

    #[test]
    fn a_raft_log_is_applied_in_order() {
        assert!(implicit("Apply", &["github.com/hashicorp/raft.Log"]).is_some_and(|launch| !launch.parallel));
    }

    #[test]
    fn a_transaction_runs_on_the_spot() {
        assert_eq!(call("go.etcd.io/bbolt", "DB", "Update"), Some(Effect::CallsNow));
        assert_eq!(function("github.com/cenkalti/backoff/v4", "Retry"), Some(Effect::CallsNow));
    }
}
