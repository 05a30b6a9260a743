package guards

import (
	"testing"
	"time"
)

func TestRacy_Desk(*testing.T) {
	desk := NewRacyDesk()
	desk.Start()
	desk.Stop()
	time.Sleep(20 * time.Millisecond)
	desk.Put("a")
}

func TestSafe_Desk(*testing.T) {
	desk := NewSafeDesk()
	desk.Start()
	for _, title := range titles {
		desk.Put(title)
	}
	desk.Stop()
}
