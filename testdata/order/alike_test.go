package order

import "testing"

func TestSafe_FilledAndAdded(*testing.T) { often(SafeFilledAndAdded) }

func TestRacy_FilledAndAdded(*testing.T) { often(RacyFilledAndAdded) }
