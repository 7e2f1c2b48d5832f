package discord

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// starts is what Discord says of how sessions with the gateway may begin.
type starts struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"` // sessions that it recommends
	Limit  struct {
		Total       int   `json:"total"`
		Remaining   int   `json:"remaining"`       // sessions that may still begin ...
		ResetAfter  int64 `json:"reset_after"`     // ... for so many milliseconds
		Concurrency int   `json:"max_concurrency"` // sessions that may begin at a time
	} `json:"session_start_limit"`
}

// maxShards is more than Discord would recommend to any bot that one process
// can serve: 1,000 servers make one.
const maxShards = 1000

// sessions asks Discord how sessions may begin.
func (d *Discord) sessions(ctx context.Context) (s starts, err error) {
	if err = d.rest.call(ctx, "gateway", http.MethodGet, "/gateway/bot", nil, &s); err != nil {
		return s, err
	}
	if _, err := gatewayAddress(s.URL); err != nil || s.Shards < 1 || s.Shards > maxShards {
		return s, errNoDiscord
	}
	return s, nil
}

// A gate lets sessions begin as slowly as Discord wants them to. Who begins
// too many loses the token.
type gate struct {
	shards int

	mu        sync.Mutex
	url       string
	remaining int               // sessions that may still begin ...
	until     time.Time         // ... until then
	lanes     int               // sessions that may begin at a time
	free      map[int]time.Time // when the next may begin, by lane
}

// newGate returns the gate that Discord describes by s.
func newGate(s starts, now time.Time) *gate {
	g := &gate{shards: s.Shards, free: map[int]time.Time{}}
	g.set(s, now)
	return g
}

// set takes note of what Discord says now. It says nothing of a time while no
// session was begun.
func (g *gate) set(s starts, now time.Time) {
	after := time.Duration(s.Limit.ResetAfter) * time.Millisecond
	switch {
	case after <= 0 && s.Limit.Remaining > 0:
		after = 24 * time.Hour
	case after <= 0:
		after = longWait
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.url, g.remaining, g.until, g.lanes = s.URL, s.Limit.Remaining, now.Add(after), max(1, s.Limit.Concurrency)
}

// doubt has Discord asked anew before the next session begins, since what it
// said has led nowhere.
func (g *gate) doubt() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.remaining > 0 {
		g.until = time.Time{}
	}
}

// address returns where sessions begin.
func (g *gate) address() (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return gatewayAddress(g.url)
}

// take takes one of the sessions that may begin, and returns how long to wait
// before that. If none is left, it returns how long that will last.
func (g *gate) take(shard int, now time.Time, apart time.Duration) (wait time.Duration, taken bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.remaining <= 0 || !now.Before(g.until) {
		return max(0, g.until.Sub(now)), false
	}
	g.remaining--
	lane, begins := shard%g.lanes, now
	if g.free[lane].After(now) {
		begins = g.free[lane]
	}
	g.free[lane] = begins.Add(apart)
	return begins.Sub(now), true
}

// openGate asks until Discord says how many sessions are wanted.
func (in *inbox) openGate(ctx context.Context) error {
	for wait := firstWait; ; wait = min(2*wait, longWait) {
		s, err := in.sessions(ctx)
		if err == nil {
			in.gate = newGate(s, time.Now())
			in.log.Info("discord: connecting", "shards", s.Shards, "sessions_left", s.Limit.Remaining)
			return nil
		}
		if ctx.Err() != nil {
			return nil
		}
		if reason := final(err); reason != "" {
			return fmt.Errorf("join discord: %w: %s", err, reason)
		}
		in.log.Warn("discord: no connection", "err", err, "again", wait)
		if sleep(ctx, max(wait, retryAfter(err))) != nil {
			return nil
		}
	}
}

// enter waits until s may connect, and returns where to. A session that is
// resumed need not wait; one that begins anew waits a random time, so that not
// all bots begin at once after an outage.
func (in *inbox) enter(ctx context.Context, s *shard) (address string, err error) {
	if s.session != "" {
		if address, err := gatewayAddress(s.resume); err == nil {
			return address, nil
		}
		return in.gate.address()
	}
	wait, err := in.turn(ctx, s)
	if err != nil {
		return "", err
	}
	if s.begun {
		wait += in.timing.fresh/5 + rand.N(in.timing.fresh*4/5)
	}
	s.begun = true
	if err := sleep(ctx, wait); err != nil {
		return "", err
	}
	return in.gate.address()
}

// turn waits until Discord lets one more session begin, and returns how long
// those before it still take.
func (in *inbox) turn(ctx context.Context, s *shard) (time.Duration, error) {
	for {
		wait, taken := in.gate.take(s.number, time.Now(), in.timing.apart)
		if taken {
			in.trouble.set("sessions", "")
			return wait, nil
		}
		if wait > 0 {
			in.log.Error("discord: no more sessions may begin; waiting", "for", wait)
			in.trouble.until("sessions", "something has started the program again and again, and Discord lets no more sessions begin", time.Now().Add(wait))
		}
		if err := sleep(ctx, wait); err != nil {
			return 0, err
		}
		now, err := in.sessions(ctx)
		if err != nil {
			return 0, err
		}
		in.gate.set(now, time.Now())
	}
}
