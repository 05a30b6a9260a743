package order

import "testing"

func TestSafe_GivenDone(*testing.T) { often(func() { SafeGivenDone("a") }) }

func TestSafe_GivenClose(*testing.T) { often(func() { SafeGivenClose("a") }) }

func TestRacy_GivenClose(*testing.T) { often(func() { RacyGivenClose("a") }) }

func TestSafe_CalledBack(*testing.T) { often(func() { SafeCalledBack("a") }) }

func TestRacy_CalledBack(*testing.T) { often(func() { RacyCalledBack("a") }) }

func TestSafe_OnEnd(*testing.T) { often(func() { SafeOnEnd("a") }) }

func TestSafe_Finish(*testing.T) { often(func() { SafeFinish("a") }) }

func TestSafe_GivenWait(*testing.T) { often(func() { SafeGivenWait("a") }) }

func TestSafe_OverBy(*testing.T) { often(func() { SafeOverBy("a") }) }

func TestRacy_OverBy(*testing.T) { often(func() { RacyOverBy("a") }) }

func TestSafe_Begun(*testing.T) { often(func() { SafeBegun("a") }) }

func TestRacy_Begun(*testing.T) { often(func() { RacyBegun("a") }) }
