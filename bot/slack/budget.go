package slack

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"
)

// An allowance is how often a method may be called in one workspace: so often
// at once, and so often in each minute after that.
type allowance struct {
	burst  int
	minute float64
}

// The allowances follow https://docs.slack.dev/apis/web-api/rate-limits and the
// "Rate limits" of each method's page there. Slack counts by method, workspace
// and app in windows of a minute. Half of what a tier grants is spent at once,
// and two fifths over each minute, so that no minute ever sees more than nine
// tenths of it, wherever it begins and whatever was late on its way.
var (
	tier1   = allowance{1, 0.9}
	tier2   = allowance{10, 8}
	tier3   = allowance{25, 20}
	tier4   = allowance{50, 40}
	posts   = allowance{150, 120} // Slack says "several hundred"; one second and channel comes on top, see queue
	sockets = allowance{3, 1}     // tier 1, of which small bursts are tolerated: a lost connection should not stay lost for a minute
)

// allowed returns the allowance of a method. An app that is distributed without
// being in Slack's Marketplace, as one for several workspaces may be, reads
// messages once a minute since 29 May 2025.
func allowed(method string, distributed bool) allowance {
	switch method {
	case "apps.connections.open":
		return sockets
	case "conversations.history", "conversations.replies":
		if distributed {
			return tier1
		}
		return tier3
	case "chat.update", "chat.unfurl", "assistant.threads.setSuggestedPrompts":
		return tier3
	case "chat.postEphemeral", "users.info", "views.open", "views.push", "views.update", "views.publish", "oauth.v2.access":
		return tier4
	case "chat.postMessage", "auth.test", "assistant.threads.setStatus":
		return posts
	}
	return tier2 // whatever is added: nearly every method has this or more
}

// callRoom is what must be left of the time for a call when its turn comes.
// One that is broken off on its way has an unknown outcome.
const callRoom = 3 * time.Second

// A budget lets calls of the Web API through as often as Slack allows it in one
// workspace; whatever else is requested passes. It is the HTTP client of that
// workspace, so that no call can be made beside it.
type budget struct {
	client      *http.Client
	base        string // address of the Web API
	minute      time.Duration
	distributed bool
	log         *slog.Logger
	now         func() time.Time

	mu      sync.Mutex
	methods map[string]*meter
}

// A meter is what is left of one method's allowance.
type meter struct {
	limiter *rate.Limiter
	mu      sync.Mutex
	until   time.Time // when Slack wants to be called again
}

// Do makes a request when the budget has room for it. If that would come too
// late for the request's context, it fails at once by a [slack.RateLimitedError]
// and nothing is sent. When Slack refuses a call as one too many, all calls of
// that method wait as long as Slack asks.
func (b *budget) Do(r *http.Request) (*http.Response, error) {
	method, ok := strings.CutPrefix(r.URL.String(), b.base)
	if !ok {
		return b.client.Do(r)
	}
	method, _, _ = strings.Cut(method, "?")
	m := b.meter(method)
	if err := b.wait(r.Context(), method, m); err != nil {
		return nil, err
	}
	resp, err := b.client.Do(r)
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		after := retryAfter(resp.Header)
		b.log.Warn("slack: too many calls", "method", method, "again", after)
		m.rest(b.now().Add(after))
	}
	return resp, err
}

func (b *budget) meter(method string) *meter {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := b.methods[method]
	if m == nil {
		a := allowed(method, b.distributed)
		m = &meter{limiter: rate.NewLimiter(rate.Limit(a.minute/b.minute.Seconds()), a.burst)}
		b.methods[method] = m
	}
	return m
}

// wait returns when the method may be called, or why not.
func (b *budget) wait(ctx context.Context, method string, m *meter) error {
	mine := m.limiter.ReserveN(b.now(), 1)
	for wait := max(mine.DelayFrom(b.now()), m.resting(b.now())); wait > 0; wait = m.resting(b.now()) {
		if left, ends := remaining(ctx); ends && left < wait+callRoom {
			mine.CancelAt(b.now())
			return fmt.Errorf("slack takes no more calls of %s for now: %w", method, &slack.RateLimitedError{RetryAfter: wait})
		}
		if wait > time.Second {
			b.log.Info("slack: a call waits, since Slack takes only so many", "method", method, "wait", wait)
		}
		if sleep(ctx, wait) != nil {
			mine.CancelAt(b.now())
			return fmt.Errorf("call %s: ended before its turn: %w", method, &slack.RateLimitedError{RetryAfter: wait})
		}
	}
	return nil
}

// remaining returns how much time a context leaves, if it ends at some time.
func remaining(ctx context.Context) (left time.Duration, ends bool) {
	end, ends := ctx.Deadline()
	return time.Until(end), ends
}

// rest has the method not called before a time.
func (m *meter) rest(until time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if until.After(m.until) {
		m.until = until
	}
}

// resting returns for how long Slack does not want the method called.
func (m *meter) resting(now time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.until.Sub(now)
}

// retryAfter returns how long Slack asks to wait, a second if it does not say.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 1 {
		return usualInterval
	}
	return time.Duration(seconds) * time.Second
}

// budget returns the budget of a workspace, which is empty for the only one.
func (s *Slack) budget(team string) *budget {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.budgets[team]
	if b == nil {
		minute := min(time.Minute, 60*s.config.Interval)
		b = &budget{client: s.client, base: s.config.APIURL, minute: minute, distributed: s.many(), log: s.log, now: s.now, methods: map[string]*meter{}}
		s.budgets[team] = b
	}
	return b
}
