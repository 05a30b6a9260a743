package guards

import "sync"

// Postbag hands its messages out while a flag keeps those waiting who would add more.
type Postbag struct {
	mu       sync.Mutex
	idle     sync.Cond
	sending  bool
	messages map[string]string
}

// NewPostbag makes an empty one.
func NewPostbag() *Postbag {
	o := &Postbag{messages: map[string]string{}}
	o.idle.L = &o.mu
	return o
}

// Add waits until nobody sends.
func (o *Postbag) Add(to, message string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.sending {
		o.idle.Wait()
	}
	o.messages[to] = message
}

// Begin hands all messages out: until End, they stay as they are.
func (o *Postbag) Begin() map[string]string {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.sending {
		o.idle.Wait()
	}
	o.sending = true
	return o.messages // want-possible guarded-map-escape "o.messages"
}

// End empties it, and lets others add again.
func (o *Postbag) End() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sending = false
	clear(o.messages)
	o.idle.Broadcast()
}

// SendAll sends what is there.
func (o *Postbag) SendAll(send func(to, message string)) {
	messages := o.Begin()
	for to, message := range messages {
		send(to, message)
	}
	o.End()
}

// HastyPostbag has somebody who does not wait.
type HastyPostbag struct {
	mu       sync.Mutex
	idle     sync.Cond
	sending  bool
	messages map[string]string
}

// NewHastyPostbag makes an empty one.
func NewHastyPostbag() *HastyPostbag {
	o := &HastyPostbag{messages: map[string]string{}}
	o.idle.L = &o.mu
	return o
}

// Add waits until nobody sends.
func (o *HastyPostbag) Add(to, message string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.sending {
		o.idle.Wait()
	}
	o.messages[to] = message
}

// Remove does not.
func (o *HastyPostbag) Remove(to string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.messages, to)
}

// Begin hands all messages out.
func (o *HastyPostbag) Begin() map[string]string {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.sending {
		o.idle.Wait()
	}
	o.sending = true
	return o.messages // want guarded-map-escape "o.messages"
}

// End lets others add again.
func (o *HastyPostbag) End() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sending = false
	o.idle.Broadcast()
}

// SilentPostbag forgets to say that somebody sends.
type SilentPostbag struct {
	mu       sync.Mutex
	idle     sync.Cond
	sending  bool
	messages map[string]string
}

// NewSilentPostbag makes an empty one.
func NewSilentPostbag() *SilentPostbag {
	o := &SilentPostbag{messages: map[string]string{}}
	o.idle.L = &o.mu
	return o
}

// Add waits until nobody sends.
func (o *SilentPostbag) Add(to, message string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.sending {
		o.idle.Wait()
	}
	o.messages[to] = message
}

// Begin hands all messages out.
func (o *SilentPostbag) Begin() map[string]string {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.sending {
		o.idle.Wait()
	}
	return o.messages // want guarded-map-escape "o.messages"
}

// LateReport counts the messages once more when it has let the writers go on.
func LateReport(o *Postbag) int {
	var wg sync.WaitGroup
	wg.Go(func() { o.Add("a", "hello") })
	messages := o.Begin()
	count := len(messages)
	o.End()
	count += len(messages) // want concurrent-map-read-write "messages"
	wg.Wait()
	return count
}

// EarlyReport counts them before.
func EarlyReport(o *Postbag) int {
	var wg sync.WaitGroup
	wg.Go(func() { o.Add("a", "hello") })
	messages := o.Begin()
	count := len(messages)
	o.End()
	wg.Wait()
	return count
}
