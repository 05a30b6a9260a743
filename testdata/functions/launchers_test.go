package functions

import "testing"

func TestRacy_Start(*testing.T) {
	often(func() { RacyStart() })
}

func TestSafe_Start(*testing.T) {
	often(func() { SafeStart() })
}

func TestRacy_OwnLauncher(*testing.T) {
	often(func() { RacyOwnLauncher() })
}

func TestRacy_OwnLauncherTwoCallsDown(*testing.T) {
	often(func() { RacyOwnLauncherTwoCallsDown() })
}

func TestSafe_OwnLoop(*testing.T) {
	often(func() { SafeOwnLoop(keys) })
}

func TestRacy_OwnParallelLoop(*testing.T) {
	often(func() { RacyOwnParallelLoop(keys) })
}

func TestSafe_Both(*testing.T) {
	often(func() { SafeBoth() })
}

func TestRacy_Both(*testing.T) {
	often(RacyBoth)
}

func TestSafe_InTurn(*testing.T) {
	often(SafeInTurn)
}

func TestSafe_OwnLoopInTurn(*testing.T) {
	often(func() { SafeOwnLoopInTurn(keys) })
}

func TestSafe_OwnParallelLoop(*testing.T) {
	often(func() { SafeOwnParallelLoop(keys) })
}

func TestSafe_Pool(*testing.T) {
	often(func() { SafePool(keys) })
}

func TestRacy_Workers(*testing.T) {
	often(func() { RacyWorkers(keys) })
}

func TestSafe_Worker(*testing.T) {
	often(func() { SafeWorker(keys) })
}

func TestRacy_Timer(*testing.T) {
	often(func() { RacyTimer() })
}

func TestRacy_Context(*testing.T) {
	often(func() { RacyContext() })
}

func TestSafe_Context(*testing.T) {
	often(func() { SafeContext() })
}

func TestRacy_Field(*testing.T) {
	often(func() { RacyField() })
}

func TestSafe_OwnLockedLoop(*testing.T) {
	often(func() { SafeOwnLockedLoop(keys) })
}

func TestRacy_OptionsFunction(*testing.T) {
	often(func() { RacyOptionsFunction(keys, visitOptions{}) })
}

func TestRacy_FunctionVariable(*testing.T) {
	often(func() { RacyFunctionVariable(keys) })
}

func TestSafe_TableOfItsOwn(*testing.T) {
	often(func() { SafeTableOfItsOwn(keys) })
}
