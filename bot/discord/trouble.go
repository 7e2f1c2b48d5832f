package discord

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	gatewayPart = "gateway"
	notYet      = "not connected yet"
)

// A trouble is what keeps the bot from its work, by part.
type trouble struct {
	mu    sync.Mutex
	parts map[string]ailment
}

// An ailment is what is wrong with a part.
type ailment struct {
	says  string
	until time.Time // zero while that is not known
}

// set says what is wrong with a part, or that it is well if says is empty.
func (t *trouble) set(part, says string) { t.until(part, says, time.Time{}) }

// until says what is wrong with a part until then.
func (t *trouble) until(part, says string, then time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.parts == nil {
		t.parts = map[string]ailment{}
	}
	if delete(t.parts, part); says != "" {
		t.parts[part] = ailment{says, then}
	}
}

// Trouble returns what keeps the bot from its work now and will pass without
// anybody's doing, such as a lost connection; it is empty if all is well.
func (d *Discord) Trouble() string {
	d.trouble.mu.Lock()
	defer d.trouble.mu.Unlock()
	var all []string
	for _, part := range slices.Sorted(maps.Keys(d.trouble.parts)) {
		a := d.trouble.parts[part]
		switch {
		case a.until.IsZero():
			all = append(all, part+": "+a.says)
		case d.now().Before(a.until):
			all = append(all, part+": "+a.says+" until "+a.until.UTC().Format(time.RFC3339))
		}
	}
	return strings.Join(all, "; ")
}
