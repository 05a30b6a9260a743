package order

import "net/http"

var drivers = map[string]int{}

// InitDrivers is called at the start.
func InitDrivers() { drivers["first"] = 1 }

func reloadDrivers(ticks chan bool) {
	for range ticks {
		_ = drivers["first"]
	}
}

// RacyDriver counts requests: it is told rather than what a harness does.
func RacyDriver(_ http.ResponseWriter, r *http.Request) {
	drivers[r.URL.Path]++ // want concurrent-map-write "drivers"
}

// ServeDrivers registers the handler.
func ServeDrivers() { http.HandleFunc("/drivers", RacyDriver) }
