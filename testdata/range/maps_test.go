package ranges

import (
	"strconv"
	"testing"
)

func ages() map[string]int {
	ages := map[string]int{}
	for i := range 200 {
		ages[strconv.Itoa(i)] = i
	}
	return ages
}

func TestRacy_DeleteInBody(*testing.T) { RacyDeleteInBody(ages()) }
func TestSafe_DeleteInBody(*testing.T) { SafeDeleteInBody(ages()) }

func TestRacy_InsertBeside(*testing.T) {
	for range 20 {
		RacyInsertBeside(ages())
	}
}

func TestSafe_OneGoroutine(t *testing.T) {
	RightInsert(ages())
	RightOverwrite(ages())
	left := ages()
	RightDelete(left)
	if len(left) != 101 {
		t.Error(len(left))
	}
}
