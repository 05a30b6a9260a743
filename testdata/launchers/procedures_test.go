package launchers

import (
	"context"
	"sync"
	"testing"

	"google.golang.org/grpc"
)

func called(put func(context.Context, *PutRequest) (*PutResponse, error)) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { _, _ = put(context.Background(), &PutRequest{Key: "a"}) })
	}
	group.Wait()
}

func TestRacy_Putter(*testing.T) { called((&putter{counts: map[string]int{}}).Put) }

func TestSafe_LockedPutter(*testing.T) { called((&lockedPutter{counts: map[string]int{}}).Put) }

func TestSafe_Caller(*testing.T) {
	_, _ = (&caller{pending: map[string]bool{}}).Put(context.Background(), &PutRequest{Key: "a"})
}

func TestRacy_RegisteredLater(*testing.T) {
	var hooks []func(*grpc.Server)
	RacyRegisteredLater(&hooks)
	receive(hooks[0])
}
