package functions

import "testing"

func TestRacy_LongWays(*testing.T) { often(func() { RacyLongWays(keys) }) }
func TestSafe_LongWays(*testing.T) { often(func() { SafeLongWays(keys) }) }
func TestRacy_Ledger(*testing.T)   { often(func() { RacyLedger(keys) }) }
func TestSafe_Ledger(*testing.T)   { often(func() { SafeLedger(keys) }) }
func TestRacy_Stop(*testing.T)     { often(func() { RacyStop(keys) }) }
func TestSafe_Stop(*testing.T)     { often(func() { SafeStop(keys) }) }
