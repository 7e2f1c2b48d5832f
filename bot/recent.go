package bot

import (
	"hash/maphash"
	"maps"
	"sync"
	"time"
)

// A Recent remembers for ten minutes which events came, so that one that a
// platform delivers several times is answered once. Slack, for one, delivers
// an event again after 1 and after 5 minutes.
//
// It keeps 64 bits of each, not the names: of 20,000 events, two are taken for one
// with a chance of one in a hundred thousand million, and all need half a megabyte.
type Recent struct {
	now   func() time.Time
	seed  maphash.Seed
	mu    sync.Mutex
	seen  map[uint64]int64 // when it came, in ms
	swept time.Time
}

// memory is how long a Recent remembers.
const memory = 10 * time.Minute

// NewRecent returns an empty memory that goes by the clock now.
func NewRecent(now func() time.Time) *Recent {
	return &Recent{now: now, seed: maphash.MakeSeed(), seen: map[uint64]int64{}}
}

// First reports whether event comes for the first time in ten minutes, and
// remembers it.
func (r *Recent) First(event string) bool {
	name := maphash.String(r.seed, event)
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	r.sweep(now)
	came, known := r.seen[name]
	if known && now.Sub(time.UnixMilli(came)) < memory {
		return false
	}
	r.seen[name] = now.UnixMilli()
	return true
}

// sweep forgets, once in ten minutes, what is older than that.
func (r *Recent) sweep(now time.Time) {
	if now.Sub(r.swept) < memory {
		return
	}
	maps.DeleteFunc(r.seen, func(_ uint64, came int64) bool { return now.Sub(time.UnixMilli(came)) >= memory })
	r.swept = now
}
