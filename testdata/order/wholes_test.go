package order

import "testing"

func TestSafe_Conn(*testing.T) {
	startedOnce(func(done chan<- int) { SafeConn(&Stream{labelled{map[string]int{}}}, done) })
	startedOnce(func(done chan<- int) { SafeConn(&Packets{labelled{map[string]int{}}}, done) })
}

func TestRacy_Tunnel(*testing.T) {
	startedOnce(func(done chan<- int) { RacyTunnel(&Tunnel{labelled{map[string]int{}}}, done) })
}
