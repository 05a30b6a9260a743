//! Locks, waiting and single execution: the standard library's and what replaces it.

use super::effect::{Effect, FlagOperation};
use super::row::{
    Area, LOCK, NO_GUARD, READ_LOCK, READ_UNLOCK, Row, TRY_LOCK, TRY_READ_LOCK, UNLOCK, callback, launch,
    launcher, row,
};
use crate::conflict::LockMode;

/// Packages whose Mutex and RWMutex stand in for the standard library's.
const LOCKS: &str = "sync github.com/sasha-s/go-deadlock github.com/linkdata/deadlock \
    github.com/cockroachdb/cockroach/pkg/util/syncutil github.com/pingcap/tidb/pkg/util/syncutil \
    github.com/pingcap/tidb/util/syncutil gvisor.dev/gvisor/pkg/sync tailscale.com/syncs \
    github.com/syncthing/syncthing/lib/sync github.com/trailofbits/go-mutexasserts";

const COMPARE_AND_SWAP: Effect = Effect::Flag(FlagOperation::CompareAndSwap);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row(LOCKS, "Mutex RWMutex Locker CrossGoroutineMutex CrossGoroutineRWMutex", "Lock", LOCK),
    row(LOCKS, "Mutex RWMutex Locker CrossGoroutineMutex CrossGoroutineRWMutex", "Unlock", UNLOCK),
    row(LOCKS, "Mutex RWMutex CrossGoroutineMutex CrossGoroutineRWMutex", "TryLock", TRY_LOCK),
    row(LOCKS, "RWMutex CrossGoroutineRWMutex", "RLock", READ_LOCK),
    row(LOCKS, "RWMutex CrossGoroutineRWMutex", "RUnlock", READ_UNLOCK),
    row(LOCKS, "RWMutex CrossGoroutineRWMutex", "TryRLock", TRY_READ_LOCK),
    row(LOCKS, "RWMutex", "RLocker", Effect::ReadLocker),
    row(LOCKS, "Mutex RWMutex", "AssertHeld", Effect::AssertsHeld(LockMode::Write)),
    row(LOCKS, "RWMutex", "AssertRHeld", Effect::AssertsHeld(LockMode::Read)),

    row("sync github.com/sasha-s/go-deadlock", "WaitGroup", "Add", Effect::WaitGroupAdd),
    row("sync github.com/sasha-s/go-deadlock", "WaitGroup", "Done", Effect::WaitGroupDone),
    row("sync github.com/sasha-s/go-deadlock", "WaitGroup", "Wait", Effect::Wait),
    launch("sync github.com/sasha-s/go-deadlock", "WaitGroup", "Go", launcher(0).awaited()),

    row("sync github.com/sasha-s/go-deadlock", "Once", "Do", Effect::OnceDo),
    row("sync", "_", "OnceFunc OnceValue OnceValues", Effect::OnceFunction),
    // Wait releases the lock while it waits, and holds it again when it returns.
    row("sync github.com/sasha-s/go-deadlock", "Cond", "Wait Signal Broadcast", Effect::CallsNow),

    row("sync", "Pool", "Get", Effect::Pool),
    row("sync", "Pool", "Put", Effect::AtomicStore),
    row("sync", "Map", "Range", Effect::CallsNow),
    row("sync", "Map", "Load LoadOrStore", Effect::LoadElement),
    row("sync", "Map", "Store Swap", Effect::AtomicStore),

    row("sync/atomic go.uber.org/atomic", "Value Pointer", "Load", Effect::AtomicLoad),
    row("sync/atomic go.uber.org/atomic", "Value Pointer", "Store Swap CompareAndSwap", Effect::AtomicStore),
    row("sync/atomic", "_", "LoadPointer", Effect::AtomicLoad),
    row("sync/atomic", "_", "StorePointer SwapPointer CompareAndSwapPointer", Effect::AtomicStore),

    row("sync/atomic go.uber.org/atomic", "Bool Int32 Int64 Uint32 Uint64", "CompareAndSwap", COMPARE_AND_SWAP),
    row("go.uber.org/atomic", "Bool Int32 Int64 Uint32 Uint64", "CAS", COMPARE_AND_SWAP),
    row("sync/atomic go.uber.org/atomic", "Bool Int32 Int64 Uint32 Uint64", "Swap", Effect::Flag(FlagOperation::Swap)),
    row("sync/atomic go.uber.org/atomic", "Bool Int32 Int64 Uint32 Uint64", "Store", Effect::Flag(FlagOperation::Store)),
    row("sync/atomic", "_", "CompareAndSwapInt32 CompareAndSwapInt64 CompareAndSwapUint32 CompareAndSwapUint64", COMPARE_AND_SWAP),
    row("sync/atomic", "_", "StoreInt32 StoreInt64 StoreUint32 StoreUint64", Effect::Flag(FlagOperation::Store)),

    launch("golang.org/x/sync/singleflight", "Group", "DoChan", callback(1)),
    // Runs on the goroutine that asks first. It excludes callers with the same key only: no lock around a map.
    row("golang.org/x/sync/singleflight github.com/golang/groupcache/singleflight", "Group", "Do", Effect::CallsNow),

    // Locks by key, between processes or in a database: they take no part in what goroutines exclude.
    row("k8s.io/utils/keymutex", "KeyMutex", "LockKey UnlockKey", NO_GUARD),
    row("github.com/moby/locker github.com/docker/docker/pkg/locker", "Locker", "Lock Unlock", NO_GUARD),
    row("github.com/im7mortal/kmutex", "Kmutex", "Lock Unlock", NO_GUARD),
    row("github.com/gofrs/flock github.com/theckman/go-flock", "Flock", "Lock Unlock RLock TryLock TryRLock", NO_GUARD),
    row("github.com/nightlyone/lockfile", "Lockfile", "TryLock Unlock", NO_GUARD),
    row("github.com/juju/fslock", "Lock", "Lock Unlock TryLock", NO_GUARD),
    row("github.com/go-redsync/redsync", "Mutex", "Lock Unlock TryLock", NO_GUARD),
    row("github.com/hashicorp/consul/api", "Lock", "Lock Unlock", NO_GUARD),
    row("go.etcd.io/etcd/client/concurrency go.etcd.io/etcd/clientv3/concurrency", "Mutex", "Lock Unlock TryLock", NO_GUARD),
];

/// The area's entries.
pub(super) const AREA: Area = Area { rows: ROWS, ..Area::EMPTY };

#[cfg(test)]
mod tests {
    use crate::conflict::LockMode;
    use crate::models::testing::{call, function, launch};
    use crate::models::{Effect, Joined, LockOperation};

    #[test]
    fn a_mutex_locks() {
        let lock = Some(Effect::Lock(LockOperation::Acquire(LockMode::Write)));
        assert_eq!(call("sync", "Mutex", "Lock"), lock);
        assert_eq!(call("github.com/sasha-s/go-deadlock", "RWMutex", "Lock"), lock);
        assert_eq!(call("example.org/x/vendor/github.com/sasha-s/go-deadlock", "RWMutex", "Lock"), lock);
        assert_eq!(
            call("sync", "RWMutex", "TryRLock"),
            Some(Effect::Lock(LockOperation::Try(LockMode::Read)))
        );
    }

    #[test]
    fn a_wait_group_waits_for_what_it_has_started() {
        let go = launch("sync", "WaitGroup", "Go");
        assert_eq!((go.joined, go.parallel), (Joined::ByReceiver, false));
        assert_eq!(call("sync", "WaitGroup", "Wait"), Some(Effect::Wait));
    }

    #[test]
    fn a_lock_by_key_guards_nothing() {
        assert_eq!(call("github.com/moby/locker", "Locker", "Lock"), Some(Effect::CallsNow));
        assert_eq!(call("github.com/gofrs/flock", "Flock", "Lock"), Some(Effect::CallsNow));
    }

    #[test]
    fn once_runs_once() {
        assert_eq!(call("sync", "Once", "Do"), Some(Effect::OnceDo));
        assert_eq!(function("sync", "OnceValue"), Some(Effect::OnceFunction));
    }
}
