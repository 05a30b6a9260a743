package guards

import "testing"

func TestSafe_OpenIndexer(*testing.T) {
	for range 100 {
		x := SafeOpenIndexer()
		together(func() { x.Put("a") }, func() { x.Len() })
		<-x.done
	}
}

func TestRacy_OpenIndexer(*testing.T) {
	for range 100 {
		x := RacyOpenIndexer()
		<-x.done
	}
}

func TestSafe_OpenAlbum(*testing.T) {
	a := SafeOpenAlbum()
	together(func() { a.Add("a") }, func() { a.Len() })
}

func TestRacy_OpenAlbum(*testing.T) {
	together(func() { RacyOpenAlbum() }, func() {
		if a := lastAlbum.Load(); a != nil {
			a.Add("a")
		}
	})
}

func TestSafe_OpenVault(*testing.T) {
	v := SafeOpenVault()
	together(func() { v.list.Allow("a") }, func() { v.list.Len() })
}

func TestRacy_OpenVault(*testing.T) {
	b := &Bank{}
	together(func() { RacyOpenVault(b) }, func() {
		if v := b.Last(); v != nil {
			v.list.Allow("b")
		}
	})
}
