package slack

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// A queue keeps the messages in each channel apart, whatever they are, since
// Slack counts them together.
type queue struct {
	now      func() time.Time
	interval time.Duration

	mu   sync.Mutex
	free map[string]time.Time // by channel: when the next message may be sent
}

func newQueue(now func() time.Time, interval time.Duration) *queue {
	return &queue{now: now, interval: interval, free: map[string]time.Time{}}
}

// turn waits for its turn in channel. It fails if ctx will end before.
func (q *queue) turn(ctx context.Context, channel string) error {
	q.mu.Lock()
	now := q.now()
	at := q.free[channel]
	if at.Before(now) {
		at = now
	}
	if late, ok := ctx.Deadline(); ok && at.Sub(now) > time.Until(late) {
		q.mu.Unlock()
		return context.DeadlineExceeded
	}
	q.free[channel] = at.Add(q.interval)
	q.mu.Unlock()
	return sleep(ctx, at.Sub(now))
}

// refused has channel left alone for as long as err asks to, if it does.
func (q *queue) refused(channel string, err error) {
	var limited *slack.RateLimitedError
	if !errors.As(err, &limited) {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if at := q.now().Add(limited.RetryAfter); at.After(q.free[channel]) {
		q.free[channel] = at
	}
}
