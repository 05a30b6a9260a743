package order

import "testing"

func TestSafe_CollectOnGroup(*testing.T) {
	often(func() { CollectOnGroup([]string{"a", "b"}) })
}

func TestSafe_CollectThrough(*testing.T) {
	often(func() { CollectThrough([]string{"a", "b"}) })
}

func TestRacy_CollectOnBareGroup(*testing.T) {
	often(func() { CollectOnBareGroup([]string{"a", "b"}) })
}

func TestRacy_CollectInside(*testing.T) {
	often(func() { CollectInside([]string{"a", "b"}) })
}
