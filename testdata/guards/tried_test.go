package guards

import (
	"context"
	"testing"
)

func ended() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func TestSafe_Try(*testing.T) {
	b := NewBoard()
	together(func() { b.Add("a") }, func() { b.SafeTry("a") }, func() { b.SafeTry("a") })
}

func TestRacy_Try(*testing.T) {
	b := NewBoard()
	b.mu.Lock()
	together(func() { b.RacyTry("a") }, func() { b.RacyTry("b") })
}

func TestSafe_Tried(*testing.T) {
	b := NewBoard()
	together(func() { b.Add("a") }, func() { b.SafeTried("a") })
}

func TestSafe_Begin(t *testing.T) {
	b := NewBoard()
	together(func() { b.Add("a") }, func() { _ = b.SafeBegin(t.Context(), "a") })
}

func TestRacy_Begin(*testing.T) {
	s, ctx := NewShelf(), ended()
	together(func() { s.Add("a") }, func() { s.Count() }, func() { _ = s.RacyBegin(ctx, "a") })
}

func TestSafe_Slot(t *testing.T) {
	together(func() { SafeSlot(t.Context(), []string{"a", "b", "c"}) })
}

func TestRacy_Slot(*testing.T) {
	ctx := ended()
	together(func() { RacySlot(ctx, []string{"a", "b", "c"}) })
}
