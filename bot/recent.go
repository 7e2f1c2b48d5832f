package bot

import (
	"sync"
	"time"
)

// A Recent remembers for ten minutes which events came, so that one that a
// platform delivers several times is answered once. Slack, for one, delivers
// an event again after 1 and after 5 minutes.
type Recent struct {
	now   func() time.Time
	mu    sync.Mutex
	seen  map[string]time.Time
	swept time.Time
}

// memory is how long a Recent remembers.
const memory = 10 * time.Minute

// NewRecent returns an empty memory that goes by the clock now.
func NewRecent(now func() time.Time) *Recent {
	return &Recent{now: now, seen: map[string]time.Time{}}
}

// First reports whether event comes for the first time in ten minutes, and
// remembers it.
func (r *Recent) First(event string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	r.sweep(now)
	came, known := r.seen[event]
	if known && now.Sub(came) < memory {
		return false
	}
	r.seen[event] = now
	return true
}

// sweep forgets, once in ten minutes, what is older than that.
func (r *Recent) sweep(now time.Time) {
	if now.Sub(r.swept) < memory {
		return
	}
	for event, came := range r.seen {
		if now.Sub(came) >= memory {
			delete(r.seen, event)
		}
	}
	r.swept = now
}
