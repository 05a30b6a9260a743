package guards

import "sync"

// Zone is what lookups are made for.
type Zone struct{ name string }

var zones = map[string]*Zone{}

// RacyZone fills a package's cache on demand, for whoever asks.
func RacyZone(name string) *Zone {
	if zone, ok := zones[name]; ok {
		return zone
	}
	zone := &Zone{name: name}
	zones[name] = zone // want concurrent-map-read-write "zones"
	return zone
}

var lockedZones = struct {
	sync.Mutex
	byName map[string]*Zone
}{byName: map[string]*Zone{}}

// SafeZone does so under a lock.
func SafeZone(name string) *Zone {
	lockedZones.Lock()
	defer lockedZones.Unlock()
	if zone, ok := lockedZones.byName[name]; ok {
		return zone
	}
	zone := &Zone{name: name}
	lockedZones.byName[name] = zone
	return zone
}

var clusters = map[string]*cluster{}

type cluster struct{ members int }

// RacyJoin sees to it that there is an entry.
func RacyJoin(name string) {
	ensureCluster(name)
}

func ensureCluster(name string) {
	if _, ok := clusters[name]; !ok {
		clusters[name] = &cluster{} // want concurrent-map-read-write "clusters"
	}
}

var makers = map[string]func() *Zone{}

// RightRegisterMaker stores what it is given: packages register when they are initialised.
func RightRegisterMaker(name string, maker func() *Zone) {
	if _, ok := makers[name]; ok {
		panic("registered twice: " + name)
	}
	makers[name] = maker // want-possible concurrent-map-read-write "makers"
}

// Resolver has a cache for each of its kind.
type Resolver struct{ known map[string]*Zone }

// Resolve fills it on demand; whether one resolver serves several goroutines cannot be told here.
func (r *Resolver) Resolve(name string) *Zone {
	zone, ok := r.known[name]
	if !ok {
		zone = &Zone{name: name}
		r.known[name] = zone // want-possible concurrent-map-read-write "r.known"
	}
	return zone
}

var metrics = map[string]int{}

type source struct {
	once   sync.Once
	update func() int
}

// read sets up, once, what is called often.
func (s *source) read() int {
	s.once.Do(func() {
		s.update = func() int {
			return metrics["a"] // want concurrent-map-read-write "metrics"
		}
	})
	return s.update()
}

// RacySource reads, while a goroutine collects.
func RacySource(s *source) int {
	go collect()
	return s.read()
}

func collect() {
	metrics["a"]++ // want concurrent-map-read-write "metrics"
}

var services map[string]map[int]string

// ReadServices fills a map that it has just put in place: what it finds there it has stored itself.
func ReadServices(ports map[int]string) {
	services = make(map[string]map[int]string)
	for port, name := range ports {
		byPort, ok := services[name]
		if !ok {
			byPort = make(map[int]string)
			services[name] = byPort
		}
		byPort[port] = name
	}
}

// Service only reads.
func Service(name string, port int) string { return services[name][port] }

var protocols map[string]map[int]string

// RacyAddProtocol puts the map in place where there is none yet.
func RacyAddProtocol(name string, port int) {
	if protocols == nil {
		protocols = make(map[string]map[int]string)
	}
	byPort, ok := protocols[name]
	if !ok {
		byPort = make(map[int]string)
		protocols[name] = byPort // want concurrent-map-read-write "protocols"
	}
	byPort[port] = name
}

var hosts = map[string]map[int]string{}

// Plugin is initialised before it is used.
type Plugin struct{}

// Init reads what the methods look up.
func (*Plugin) Init() { readHosts("a", "b") }

func readHosts(names ...string) {
	for port, name := range names {
		byPort, ok := hosts[name]
		if !ok {
			byPort = make(map[int]string)
			hosts[name] = byPort
		}
		byPort[port] = name
	}
}

// Host only reads.
func (*Plugin) Host(name string, port int) string { return hosts[name][port] }

var labels = map[string]string{}

// RightAddLabels gives nothing back: whoever sets labels does so before others look.
func RightAddLabels(names []string) {
	for _, name := range names {
		if label, ok := labels[name]; ok {
			println("is there already:", label)
			continue
		}
		label := "label of " + name
		labels[name] = label // want-possible concurrent-map-read-write "labels"
	}
}
