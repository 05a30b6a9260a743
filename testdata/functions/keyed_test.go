package functions

import "testing"

func TestRacy_Keyed(*testing.T)      { often(func() { RacyKeyed(keys) }) }
func TestRacy_KeyedTable(*testing.T) { often(func() { RacyKeyedTable(keys) }) }
func TestSafe_Keyed(*testing.T)      { often(func() { SafeKeyed(keys) }) }
func TestSafe_KeyedTable(*testing.T) { often(func() { SafeKeyedTable(keys) }) }
