// Package sarama is a miniature of github.com/IBM/sarama.
package sarama

import (
	"context"
	"sync"
)

// ConsumerMessage is a message.
type ConsumerMessage struct{ Key, Value []byte }

// ConsumerGroupSession is a session.
type ConsumerGroupSession interface{ Context() context.Context }

// ConsumerGroupClaim is a claimed partition.
type ConsumerGroupClaim interface {
	Messages() <-chan *ConsumerMessage
}

// ConsumerGroupHandler receives the messages of the claims.
type ConsumerGroupHandler interface {
	Setup(ConsumerGroupSession) error
	Cleanup(ConsumerGroupSession) error
	ConsumeClaim(ConsumerGroupSession, ConsumerGroupClaim) error
}

// ConsumerGroup consumes topics.
type ConsumerGroup interface {
	Consume(ctx context.Context, topics []string, handler ConsumerGroupHandler) error
}

type session struct{ ctx context.Context }

func (s session) Context() context.Context { return s.ctx }

type claim chan *ConsumerMessage

func (c claim) Messages() <-chan *ConsumerMessage { return c }

type group struct{}

// NewConsumerGroup returns a group with two claims for each topic.
func NewConsumerGroup([]string, string) (ConsumerGroup, error) { return group{}, nil }

// Consume has one goroutine for each claim and waits for them.
func (group) Consume(ctx context.Context, topics []string, handler ConsumerGroupHandler) error {
	here := session{ctx}
	if err := handler.Setup(here); err != nil {
		return err
	}
	var running sync.WaitGroup
	for _, topic := range append(topics, topics...) {
		messages := make(claim, 1)
		messages <- &ConsumerMessage{Key: []byte(topic)}
		close(messages)
		running.Add(1)
		go func() {
			defer running.Done()
			_ = handler.ConsumeClaim(here, messages)
		}()
	}
	running.Wait()
	return handler.Cleanup(here)
}
