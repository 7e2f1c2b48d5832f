package bot

import (
	"errors"
	"sync"
	"time"
)

// DefaultInterval is the least time between two posts in one channel: Slack
// takes one message a second and channel, Discord five in five seconds.
const DefaultInterval = 1 * time.Second

// A pace keeps the posts in each channel apart, and waits as long as a
// platform asks.
type pace struct {
	now      func() time.Time
	interval time.Duration

	mu   sync.Mutex
	free map[route]time.Time // when the next post may be made
}

func newPace(now func() time.Time, interval time.Duration) *pace {
	return &pace{now: now, interval: interval, free: map[route]time.Time{}}
}

// wait returns how long nothing may be posted on r; it is not above 0 if
// something may be posted now.
func (p *pace) wait(r route) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.free[r].Sub(p.now())
}

// tried takes note that a post on r was just tried, and failed with err if
// that is not nil.
func (p *pace) tried(r route, err error) {
	pause := p.interval
	var refused *RetryError
	if errors.As(err, &refused) {
		pause = max(pause, refused.After)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free[r] = p.now().Add(pause)
}
