package order

// NewHarness starts what the program starts after the drivers are there.
func NewHarness() chan bool {
	ticks := make(chan bool)
	go reloadDrivers(ticks)
	InitDrivers()
	return ticks
}
