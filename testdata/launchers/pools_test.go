package launchers

import (
	"context"
	"testing"
)

var keys = []string{"a", "bb", "ccc", "dddd", "eeeee", "ffffff"}

func TestRacy_Conc(*testing.T)            { RacyConc(keys) }
func TestSafe_Conc(*testing.T)            { SafeConc() }
func TestRacy_ConcPool(*testing.T)        { RacyConcPool(keys) }
func TestSafe_ConcPool(*testing.T)        { SafeConcPool(keys) }
func TestRacy_ConcIter(*testing.T)        { RacyConcIter(keys) }
func TestSafe_ConcIter(*testing.T)        { SafeConcIter(keys) }
func TestSafe_ConcIterSignals(*testing.T) { SafeConcIterSignals(keys) }
func TestRacy_Ants(*testing.T)            { _ = RacyAnts(keys) }
func TestSafe_Ants(*testing.T)            { _ = SafeAnts(keys) }
func TestRacy_AntsFunc(*testing.T)        { _ = RacyAntsFunc(keys) }
func TestRacy_Parallelize(*testing.T)     { often(func() { RacyParallelize(context.Background()) }) }
func TestSafe_Parallelize(*testing.T)     { SafeParallelize(context.Background()) }
func TestRacy_Singleflight(*testing.T)    { often(func() { RacySingleflight(keys) }) }
