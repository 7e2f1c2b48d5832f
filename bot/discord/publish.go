package discord

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

const (
	flagPublished = 1 << 0         // of a message that was published to the channels that follow its own
	codePublished = 40033          // it was published before
	publishAge    = 24 * time.Hour // of messages that are published late, at most
	maxWaiting    = 1000           // messages that wait to be published; more are only logged
)

// A waiting message is to be published when Discord lets us.
type waiting struct {
	channel string
	due     time.Time
	tries   int
}

// A publisher publishes messages of announcement channels to the channels that
// follow those. Discord takes ten an hour in each channel, so some wait.
//
// Who waits is kept in memory only: with the first post to a channel after a
// start, those that an earlier process has left behind are looked for.
type publisher struct {
	mu      sync.Mutex
	waiting map[string]waiting   // by message
	looked  map[string]bool      // channels that were looked through for those left behind
	full    map[string]time.Time // channels in which Discord takes no more until then
}

// until returns when Discord takes the next message of a channel, the zero time
// if it may take one now.
func (p *publisher) until(channel string, now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if then := p.full[channel]; then.After(now) {
		return then
	}
	delete(p.full, channel)
	return time.Time{}
}

// fill notes that Discord takes no more messages of a channel until then.
func (p *publisher) fill(channel string, then time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full == nil {
		p.full = map[string]time.Time{}
	}
	p.full[channel] = then
}

// first reports whether a channel was not looked through before.
func (p *publisher) first(channel string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.looked == nil {
		p.looked = map[string]bool{}
	}
	was := p.looked[channel]
	p.looked[channel] = true
	return !was
}

// put has a message wait, unless too many do.
func (p *publisher) put(message string, w waiting) (kept bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waiting == nil {
		p.waiting = map[string]waiting{}
	}
	if len(p.waiting) >= maxWaiting {
		return false
	}
	p.waiting[message] = w
	return true
}

// take returns the messages that are due, in the order in which they were
// posted, and has them wait no more.
func (p *publisher) take(now time.Time) (messages []string, due map[string]waiting) {
	p.mu.Lock()
	defer p.mu.Unlock()
	due = map[string]waiting{}
	for message, w := range p.waiting {
		if !w.due.After(now) {
			due[message] = w
			delete(p.waiting, message)
		}
	}
	return slices.Sorted(maps.Keys(due)), due
}

// publish publishes a message, now or later, and whatever an earlier process
// has left behind in its channel. It never fails: the post itself was made.
func (d *Discord) publish(ctx context.Context, channel, message string) {
	d.tryPublish(ctx, message, waiting{channel: channel})
	if !d.publisher.first(channel) {
		return
	}
	left, err := d.own(ctx, channel)
	if err != nil {
		d.log.Warn("discord: look for posts that were not published", "channel", channel, "err", err)
		return
	}
	for _, s := range left {
		if s.ID != message && s.publishable() {
			d.publisher.put(s.ID, waiting{channel: channel})
		}
	}
}

// publishable reports whether the message is a publication's post, of today,
// that was not published.
func (s seen) publishable() bool {
	quotes := len(s.Embeds)+len(s.Components) > 0
	return quotes && s.reference() != "" && s.Flags&flagPublished == 0 && time.Since(s.Posted) < publishAge
}

// tryPublish publishes a message or has it wait. A refusal for another reason
// than haste is final.
func (d *Discord) tryPublish(ctx context.Context, message string, w waiting) {
	if then := d.publisher.until(w.channel, time.Now()); !then.IsZero() {
		w.due = then
		d.wait(message, w, errFull)
		return
	}
	path := fmt.Sprintf("/channels/%s/messages/%s/crosspost", url.PathEscape(w.channel), url.PathEscape(message))
	err := d.rest.call(ctx, "publish "+w.channel, http.MethodPost, path, nil, nil)
	var refused *refusal
	is := errors.As(err, &refused)
	if err == nil || is && refused.code == codePublished {
		return
	}
	haste := is && refused.status == http.StatusTooManyRequests
	if is && refused.status < http.StatusInternalServerError && !haste {
		d.log.Warn("discord: a post is not published to the channels that follow; publish it by hand, or grant the bot Send Messages there",
			"channel", w.channel, "message", message, "err", err)
		return
	}
	w.tries++
	w.due = time.Now().Add(max(retryAfter(err), d.timing.publish*time.Duration(w.tries)))
	if haste {
		d.publisher.fill(w.channel, w.due)
	}
	d.wait(message, w, err)
}

// errFull is why a message waits that was not tried to be published.
var errFull = errors.New("discord takes no more from this channel now")

// wait has a message wait until it is due.
func (d *Discord) wait(message string, w waiting, why error) {
	log := d.log.With("channel", w.channel, "message", message, "err", why)
	switch kept := d.publisher.put(message, w); {
	case !kept:
		log.Error("discord: a post is not published to the channels that follow, since too many wait")
	case why != errFull: // of which one line was said
		log.Info("discord: a post is published to the channels that follow later", "at", w.due)
	}
}

// publishAll publishes what waits, when it is due, until ctx is done.
func (in *inbox) publishAll(ctx context.Context) {
	for sleep(ctx, in.timing.publish) == nil {
		messages, due := in.publisher.take(time.Now())
		for _, message := range messages {
			in.tryPublish(ctx, message, due[message])
		}
	}
}
