package order

import "testing"

// told gives these names and no more.
func told(names []string) <-chan string {
	reload := make(chan string, len(names))
	for _, name := range names {
		reload <- name
	}
	close(reload)
	return reload
}

func TestSafe_BeginParts(*testing.T) {
	often(func() { BeginParts(keys, told(keys)) })
}

func TestRacy_BeginSpares(*testing.T) {
	often(func() {
		done := make(chan struct{})
		BeginSpares(keys, told(keys), done)
		<-done
	})
}
