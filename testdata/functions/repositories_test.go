package functions_test

import (
	"testing"

	"example.com/functions"
	"example.com/functions/mocks"
)

func TestSafe_MockRepository(*testing.T) {
	functions.PutAll(&mocks.Repository{Names: map[string]int{}}, []string{"a"})
}

func TestRacy_MemoryRepository(*testing.T) {
	functions.PutAll(functions.NewMemoryRepository(), []string{"a", "b", "c"})
}
