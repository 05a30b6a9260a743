// Package nats is a miniature of github.com/nats-io/nats.go.
package nats

import "sync"

// Msg is a message.
type Msg struct {
	Subject string
	Data    []byte
}

// MsgHandler receives messages.
type MsgHandler func(msg *Msg)

// Subscription is a subscription.
type Subscription struct{ messages chan *Msg }

// Conn is a connection.
type Conn struct {
	mu            sync.Mutex
	subscriptions []*Subscription
	running       sync.WaitGroup
}

// Connect returns a connection.
func Connect(string) (*Conn, error) { return &Conn{}, nil }

// Subscribe calls the handler on a goroutine of the subscription.
func (c *Conn) Subscribe(_ string, handler MsgHandler) (*Subscription, error) {
	subscription := &Subscription{make(chan *Msg, 64)}
	c.mu.Lock()
	c.subscriptions = append(c.subscriptions, subscription)
	c.mu.Unlock()
	c.running.Add(1)
	go func() {
		defer c.running.Done()
		for message := range subscription.messages {
			handler(message)
		}
	}()
	return subscription, nil
}

// Publish sends a message to all subscriptions.
func (c *Conn) Publish(subject string, data []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, subscription := range c.subscriptions {
		subscription.messages <- &Msg{subject, data}
	}
	return nil
}

// Drain ends the subscriptions and waits for their handlers.
func (c *Conn) Drain() error {
	c.mu.Lock()
	for _, subscription := range c.subscriptions {
		close(subscription.messages)
	}
	c.mu.Unlock()
	c.running.Wait()
	return nil
}
