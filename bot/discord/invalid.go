package discord

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

const (
	maxInvalid    = 5000             // requests that Discord may find invalid in the time below; at 10,000 it bans the address
	invalidMemory = 10 * time.Minute // of Discord's
)

// invalid counts the requests that Discord found invalid. When there are many,
// all requests rest until those are forgotten.
type invalid struct {
	limit int
	now   func() time.Time
	tell  func(until time.Time) // is told once for each rest

	mu      sync.Mutex
	at      []time.Time // oldest first
	resting time.Time   // end of the newest rest
}

// rest returns how long no request may be made; it is 0 if one may be. A rest
// lasts until half of what led to it is forgotten: after a shorter one, the
// next request could be invalid again at once.
func (c *invalid) rest() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if wait := c.resting.Sub(now); wait > 0 {
		return wait
	}
	for len(c.at) > 0 && now.Sub(c.at[0]) >= invalidMemory {
		c.at = c.at[1:]
	}
	if len(c.at) < c.limit {
		return 0
	}
	c.resting = c.at[len(c.at)/2].Add(invalidMemory)
	c.tell(c.resting)
	return c.resting.Sub(now)
}

// count takes note of an answer of Discord's.
func (c *invalid) count(resp *http.Response) {
	switch {
	case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden:
	case resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("X-RateLimit-Scope") != "shared":
	default:
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = append(c.at, c.now())
}

// resting returns the refusal that a request gets in Discord's place.
func resting(r *http.Request, wait time.Duration) *http.Response {
	return &http.Response{
		Status: "429 Too Many Requests", StatusCode: http.StatusTooManyRequests, Request: r,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: http.NoBody,
		Header: http.Header{"Retry-After": {strconv.FormatFloat(wait.Seconds(), 'f', 3, 64)}},
	}
}
