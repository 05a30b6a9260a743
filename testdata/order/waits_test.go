package order

import "testing"

func TestSafe_CountBlocks(*testing.T) {
	often(func() { CountBlocks(keys) })
}

func TestRacy_CountHastyBlocks(*testing.T) {
	often(func() { CountHastyBlocks([]string{"a", "b"}) })
}

func TestSafe_CountFilled(*testing.T) {
	often(func() { CountFilled(keys) })
}

func TestRacy_CountSome(*testing.T) {
	often(func() {
		enough := make(chan struct{}, 1)
		enough <- struct{}{}
		CountSome(keys, enough)
	})
}

func TestSafe_Relay(*testing.T) {
	often(func() { Relay(keys) })
}

func TestRacy_HastyRelay(*testing.T) {
	often(func() { HastyRelay(keys) })
}

func TestSafe_FillShelf(*testing.T) {
	often(func() { FillShelf(keys) })
}

func TestRacy_FillHastyShelf(*testing.T) {
	often(func() { FillHastyShelf(keys) })
}
