package bottest

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

func (d *Discord) postMessage(r *http.Request, body []byte) (any, *discordError) {
	var p discordPost
	if refusal := decode(body, &p); refusal != nil {
		return nil, refusal
	}
	before, after := d.hooks()
	before()
	m, isNew, refusal := d.record(r.PathValue("channel_id"), &p)
	if refusal != nil {
		return nil, refusal
	}
	after()
	if isNew {
		d.created("MESSAGE_CREATE", m)
	}
	return m, nil
}

// record takes p as a message, unless it has one with the same nonce.
func (d *Discord) record(channel string, p *discordPost) (m DiscordMessage, isNew bool, refusal *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, refusal := d.open(channel)
	if refusal != nil {
		return m, false, refusal
	}
	if refusal := d.postable(c, p); refusal != nil {
		return m, false, refusal
	}
	nonce := fmt.Sprint(p.Nonce)
	if known, is := d.nonces[nonce]; is && p.Nonce != nil && p.EnforceNonce && time.Now().Before(known.until) {
		return *known.message, false, nil
	}
	made := d.message(d.nextID(), channel, p)
	if p.Nonce != nil {
		d.nonces[nonce] = discordNonce{made, time.Now().Add(nonceMemory)}
	}
	c.messages, c.archived = append(c.messages, made), false
	d.pings += p.pings()
	return *made, true, nil
}

// postable returns why p cannot be posted to c, or nil. The caller holds mu.
func (d *Discord) postable(c *discordChannel, p *discordPost) *discordError {
	if refusal := d.rate(c); refusal != nil {
		return refusal
	}
	if refusal := p.refuse(propertiesPost, flagsPost); refusal != nil {
		return refusal
	}
	if refusal := d.writable(c, p); refusal != nil {
		return refusal
	}
	return p.Reference.refuse(c)
}

// refuse returns why there can be no reply to r in c, or nil.
func (r *DiscordReference) refuse(c *discordChannel) *discordError {
	if r == nil || r.FailIfNot != nil && !*r.FailIfNot {
		return nil
	}
	if !slices.ContainsFunc(c.messages, func(m *DiscordMessage) bool { return m.ID == r.MessageID }) {
		return invalidForm("message_reference: Unknown message")
	}
	return nil
}

// rate counts a post to c, or refuses it. The caller holds mu.
func (d *Discord) rate(c *discordChannel) *discordError {
	tooMany := &discordError{http.StatusTooManyRequests, 0, "You are being rate limited."}
	if d.refuse > 0 {
		return tooMany
	}
	if now := time.Now(); now.Sub(c.window) >= d.per {
		c.window, c.used = now, 0
	}
	if d.posts > 0 && c.used >= d.posts {
		d.rateRefusals++
		return tooMany
	}
	c.used++
	return nil
}

// rateHeaders says how many more posts a channel takes and until when, or how
// long one that was refused has to wait.
func (d *Discord) rateHeaders(w http.ResponseWriter, r *http.Request, refusal *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.channels[r.PathValue("channel_id")]
	if c == nil || r.Method != http.MethodPost {
		return
	}
	h, limited := w.Header(), refusal != nil && refusal.Status == http.StatusTooManyRequests
	if limited && d.refuse > 0 {
		h.Set("X-RateLimit-Scope", "shared")
		h.Set("Retry-After", seconds(d.refuse))
		d.refuse = 0
	}
	if limited && h.Get("Retry-After") != "" || d.posts == 0 {
		return
	}
	left := time.Until(c.window.Add(d.per))
	h.Set("X-RateLimit-Bucket", "posts")
	h.Set("X-RateLimit-Limit", strconv.Itoa(d.posts))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, d.posts-c.used)))
	h.Set("X-RateLimit-Reset", seconds(time.Duration(time.Now().Add(left).UnixNano())))
	h.Set("X-RateLimit-Reset-After", seconds(left))
	if limited {
		h.Set("X-RateLimit-Scope", "user")
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(left.Seconds()))))
	}
}

// seconds returns wait in seconds, rounded up to a thousandth.
func seconds(wait time.Duration) string {
	return strconv.FormatFloat(math.Ceil(wait.Seconds()*1000)/1000, 'f', 3, 64)
}

// retryAfter returns the seconds that a refused request is told to wait: the
// exact ones of its bucket, if it has one, or those of the header.
func retryAfter(w http.ResponseWriter) float64 {
	for _, name := range []string{"X-RateLimit-Reset-After", "Retry-After"} {
		if s, err := strconv.ParseFloat(w.Header().Get(name), 64); err == nil {
			return s
		}
	}
	return 0
}
