package order

import "testing"

func TestSafe_Futures(*testing.T) { often(func() { SafeFutures(keys) }) }

func TestSafe_FuturesByName(*testing.T) { often(func() { SafeFuturesByName(keys) }) }

func TestRacy_Futures(*testing.T) { often(func() { RacyFutures(keys) }) }

func TestRacy_OtherFutures(*testing.T) { often(func() { RacyOtherFutures(keys) }) }

func TestSafe_Errands(*testing.T) { often(func() { SafeErrands(keys) }) }

func TestSafe_Laborers(*testing.T) { often(func() { SafeLaborers(keys) }) }

func TestRacy_Laborers(*testing.T) { often(func() { RacyLaborers(keys) }) }

func TestSafe_Merged(*testing.T) { often(func() { SafeMerged(keys) }) }

func TestSafe_Over(*testing.T) { often(func() { SafeOver(keys, nil) }) }

func TestRacy_Over(*testing.T) {
	quit := make(chan struct{})
	close(quit)
	often(func() { RacyOver(keys, quit) })
}
