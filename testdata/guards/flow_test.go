package guards

import (
	"testing"
	"time"
)

var titles = []string{"a", "b", "c", "d"}

func TestSafe_Library(*testing.T) {
	NewSafeLibrary().Fill(titles)
	time.Sleep(20 * time.Millisecond)
}

func TestRacy_Library(*testing.T) {
	NewRacyLibrary(true).Fill(titles)
	time.Sleep(20 * time.Millisecond)
}

func TestRacy_Wall(*testing.T) {
	NewRacyWall().Fill(titles)
	time.Sleep(20 * time.Millisecond)
}
