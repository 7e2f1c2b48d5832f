package slack

import (
	"context"
	"sync"
	"time"
)

// A queue sends the messages in each channel one after the other and apart,
// whatever they are, since Slack counts them together.
type queue struct {
	now      func() time.Time
	interval time.Duration

	mu    sync.Mutex
	lines map[string]*line // by channel
}

// A line is who waits to send something to one channel.
type line struct {
	ahead int           // messages in it
	busy  chan struct{} // holds one value while a message is being sent
	free  time.Time     // when the next message may be sent; changed by who is busy
}

func newQueue(now func() time.Time, interval time.Duration) *queue {
	return &queue{now: now, interval: interval, lines: map[string]*line{}}
}

// turn waits for its turn in channel, and returns what is to be called when the
// message was sent: the interval to the next one begins then, so that the two
// cannot come closer to each other on their way. It fails if ctx ends before, or
// is sure to.
func (q *queue) turn(ctx context.Context, channel string) (sent func(), err error) {
	l, err := q.join(ctx, channel)
	if err != nil {
		return nil, err
	}
	select {
	case l.busy <- struct{}{}:
	case <-ctx.Done():
		q.leave(l)
		return nil, ctx.Err()
	}
	done := func() { <-l.busy; q.leave(l) }
	if err := sleep(ctx, l.free.Sub(q.now())); err != nil {
		done()
		return nil, err
	}
	return func() { l.free = q.now().Add(q.interval); done() }, nil
}

// join takes a place in the line of a channel, unless that is too long.
func (q *queue) join(ctx context.Context, channel string) (*line, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lines[channel]
	if l == nil {
		l = &line{busy: make(chan struct{}, 1)}
		q.lines[channel] = l
	}
	if left, ends := remaining(ctx); ends && time.Duration(l.ahead)*q.interval > left {
		return nil, context.DeadlineExceeded
	}
	l.ahead++
	return l, nil
}

func (q *queue) leave(l *line) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l.ahead--
}
