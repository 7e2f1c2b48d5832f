package source

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/temoto/robotstxt"
)

const (
	leastGap    = 1 * time.Second        // between two requests to one host
	maxJitter   = 500 * time.Millisecond // added to that by chance, so that programs do not march in step
	maxGap      = 30 * time.Second       // that a site may ask for; with more, reading ten pages would take all day
	robotsHold  = 24 * time.Hour         // how long robots.txt counts
	robotsRetry = 10 * time.Minute       // until it is asked for again when it could not be read
	robotsGrace = 30 * 24 * time.Hour    // how long an old one stands in for one that cannot be read
	maxRobots   = 500 << 10              // bytes of robots.txt that are read, as its standard has it
)

// ErrRobots means that the site's robots.txt forbids programs to read something.
var ErrRobots = errors.New("the site's robots.txt does not let programs read this: ask its owners, or remove the source")

// A WaitError means that a host has asked to be left alone.
type WaitError struct {
	Until time.Time // when it may be asked again
}

// Error says until when.
func (e *WaitError) Error() string {
	return "the site wants to be left alone until " + e.Until.Format(time.RFC3339)
}

// A host is what a Fetcher knows of one. Whoever holds its turn may use it.
type host struct {
	turn  chan struct{}
	last  time.Time     // of the last request
	gap   time.Duration // to the next one
	until time.Time     // when it may be asked again
	rules robots
}

// A robots is what robots.txt says, and since when.
type robots struct {
	group *robotstxt.Group // nil if it was never read
	read  time.Time        // when it was last read
	tried time.Time        // when it was last asked for
	fault error            // why it could not be read then
}

// host returns what is known of the host of an address.
func (f *Fetcher) host(at *url.URL) *host {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := at.Scheme + "://" + strings.ToLower(at.Host)
	h := f.hosts[key]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1), gap: leastGap}
		f.hosts[key] = h
	}
	return h
}

// enter waits until nobody else is asking the host.
func (h *host) enter(ctx context.Context) error {
	select {
	case h.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *host) leave() { <-h.turn }

// space waits until the last request to the host is long enough ago.
func (f *Fetcher) space(ctx context.Context, h *host) error {
	wait := h.last.Add(h.gap + rand.N(maxJitter)).Sub(f.now())
	if !h.last.IsZero() && wait > 0 {
		if err := f.pause(ctx, min(wait, maxGap+maxJitter)); err != nil {
			return err
		}
	}
	h.last = f.now()
	return ctx.Err()
}

// permitted returns nil if the host and its robots.txt let at be read now.
func (f *Fetcher) permitted(ctx context.Context, h *host, at *url.URL) error {
	if f.now().Before(h.until) {
		return &WaitError{h.until}
	}
	if err := f.learn(ctx, h, at); err != nil {
		return err
	}
	if at.Path != "/robots.txt" && !h.rules.group.Test(at.RequestURI()) {
		return ErrRobots
	}
	return nil
}

// learn reads robots.txt if what is known of it is old. One that is not there
// permits everything; one that cannot be read permits nothing, unless an
// earlier one is known.
func (f *Fetcher) learn(ctx context.Context, h *host, at *url.URL) error {
	r := &h.rules
	now := f.now()
	fresh := r.group != nil && now.Sub(r.read) < robotsHold
	if !fresh && (r.tried.IsZero() || now.Sub(r.tried) >= robotsRetry) {
		group, err := f.robots(ctx, h, at)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if r.tried, r.fault = now, err; err == nil {
			r.group, r.read, h.gap = group, now, gap(group.CrawlDelay)
		}
	}
	if r.group == nil || now.Sub(r.read) >= robotsGrace && r.fault != nil {
		return fmt.Errorf("the site's robots.txt cannot be read, so nothing else is: %w", r.fault)
	}
	return nil
}

// gap returns the time between requests for what a site asks for.
func gap(asked time.Duration) time.Duration { return min(max(asked, leastGap), maxGap) }

func (f *Fetcher) robots(ctx context.Context, h *host, at *url.URL) (*robotstxt.Group, error) {
	if err := f.space(ctx, h); err != nil {
		return nil, err
	}
	address := url.URL{Scheme: at.Scheme, Host: at.Host, User: at.User, Path: "/robots.txt"}
	resp, err := f.send(ctx, f.client, address.String(), Query{})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	code := resp.StatusCode
	switch {
	case code == http.StatusTooManyRequests || code >= 500:
		return nil, &RefusedError{code, f.until(resp)}
	case code != http.StatusOK:
		return parseRobots(nil)
	}
	body, err := readStart(resp.Body, maxRobots)
	if err != nil {
		return nil, fmt.Errorf("the answer broke off: %w", err)
	}
	return parseRobots(body)
}

// rule is a line of robots.txt that the library reads, in the parts that it
// may have; of others it makes errors.
var rule = regexp.MustCompile(`(?i)^\s*(?:(user-?agent)\s*:\s*([^#\s\pC]+)|((?:dis)?allow)\s*:\s*([^#\s\pC]*)|(crawl-?delay)\s*:\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*(?:#.*)?$)`)

// parseRobots returns what a robots.txt says to this program. Lines that mean
// nothing are skipped, so that the web page that many sites show instead
// permits everything.
func parseRobots(src []byte) (*robotstxt.Group, error) {
	var lines []string
	for line := range strings.Lines(strings.ToValidUTF8(strings.TrimPrefix(string(src), "\ufeff"), "")) {
		m := rule.FindStringSubmatch(line)
		if m == nil || len(lines) == 0 && m[1] == "" {
			continue
		}
		lines = append(lines, m[1]+m[3]+m[5]+": "+m[2]+m[4]+m[6])
	}
	all, err := robotstxt.FromString(strings.Join(lines, "\n"))
	if err != nil {
		return nil, fmt.Errorf("what it says cannot be read: %w", err)
	}
	return all.FindGroup(product), nil
}
