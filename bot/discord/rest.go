package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

const (
	apiRoot     = "https://discord.com/api/v10"
	callTimeout = 15 * time.Second // of one request: Discord answers in less than one second
	maxAnswer   = 8 << 20          // bytes of one answer; 100 messages have less than 2 MB
	maxPatience = 2 * time.Second  // with a rate limit that is known beforehand; a longer one is told to the caller
	maxSaid     = 200              // bytes of Discord's own words in an error
)

// A rest speaks to Discord's REST interface. Each request is made once, and
// what nobody is to read, such as a token, is in no error.
type rest struct {
	session *discordgo.Session // never opened; keeps the rate limits
	answers *discordgo.Session // the same for interactions, to which limits on everything do not apply
	token   string
}

// newREST returns a REST interface whose invalid requests are counted.
func newREST(config Config, client *http.Client, counted *invalid) rest {
	r := rest{newSession(config.Token), newSession(config.Token), config.Token}
	r.session.Client = redirected(config.APIURL, client, counted)
	r.answers.Client = r.session.Client
	return r
}

// by returns the session that requests for path go by.
func (r rest) by(path string) *discordgo.Session {
	if strings.HasPrefix(path, "/interactions/") || strings.HasPrefix(path, "/webhooks/") {
		return r.answers
	}
	return r.session
}

// newSession returns a session of discordgo that repeats no request, whether
// after a 502, which would post twice, or after a 429, where it would sleep
// whatever the context says. It says nothing, since what it logs holds texts
// and tokens.
func newSession(token string) *discordgo.Session {
	s, _ := discordgo.New("Bot " + token) // never fails
	s.MaxRestRetries = 0
	s.ShouldRetryOnRateLimit = false
	s.LogLevel = discordgo.LogError - 1
	return s
}

// redirected returns client, with what is meant for Discord sent to apiURL if
// that is not empty.
func redirected(apiURL string, client *http.Client, counted *invalid) *http.Client {
	c := *client
	c.Transport = detour{apiURL, client.Transport, counted}
	c.Timeout = cmp.Or(client.Timeout, callTimeout)
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &c
}

// A detour makes requests at another address, or none while they rest, and
// repairs what discordgo cannot read in the answers.
type detour struct {
	to      string
	next    http.RoundTripper // nil for the default
	counted *invalid
}

// RoundTrip makes one request. A refusal for too many requests may come as a
// page and from a server before Discord's: it is given the form that Discord's
// own have, with the time to wait that the header says. No answer is longer
// than 8 MB.
func (t detour) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.to != "" {
		to, err := url.Parse(t.to)
		if err != nil || to.Host == "" {
			return nil, errors.New("DISCORD_API_URL is no address; write one such as https://discord.com")
		}
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = to.Scheme, to.Host, ""
		r.URL.Path = strings.TrimSuffix(to.Path, "/") + r.URL.Path
		r.URL.RawPath = ""
	}
	next := t.next
	if next == nil {
		next = http.DefaultTransport
	}
	resp, err := t.send(next, r)
	if err != nil {
		return nil, err
	}
	resp.Body = limited{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	if resp.StatusCode == http.StatusTooManyRequests {
		resp.Body = io.NopCloser(bytes.NewReader(tooMany(resp)))
	}
	return resp, nil
}

// send sends r by next, unless requests rest.
func (t detour) send(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	if wait := t.counted.rest(); wait > 0 {
		return resting(r, wait), nil
	}
	resp, err := next.RoundTrip(r)
	if err == nil {
		t.counted.count(resp)
	}
	return resp, err
}

// A limited body ends early, and is closed as a whole.
type limited struct {
	io.Reader
	io.Closer
}

// tooMany reads and closes the body of a 429, and returns it in Discord's form.
// One that is about all requests is given the header by which discordgo holds
// back all of them.
func tooMany(resp *http.Response) []byte {
	defer resp.Body.Close()
	var said struct {
		After  *float64 `json:"retry_after"`
		Global bool     `json:"global"`
	}
	raw, _ := io.ReadAll(resp.Body) // what cannot be read says nothing
	if err := json.Unmarshal(raw, &said); err != nil || said.After == nil {
		after, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64)
		if err != nil {
			after = 0
		}
		said.After = &after
	}
	wait := max(0, *said.After)
	if said.Global || resp.Header.Get("X-RateLimit-Global") != "" {
		resp.Header.Set("X-RateLimit-Global", "true")
		resp.Header.Set("X-RateLimit-Reset-After", strconv.FormatFloat(wait, 'f', 3, 64))
	}
	return fmt.Appendf(nil, `{"message":"too many requests","retry_after":%f}`, wait)
}

// call makes one request and decodes its answer into out, unless that is nil.
// Requests of one bucket share a rate limit. If that is known to be used up,
// call waits for up to 2 s, or returns a RetryError without a request.
func (r rest) call(ctx context.Context, bucket, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	session := r.by(path)
	b, err := claim(ctx, session.Ratelimiter, bucket)
	if err != nil {
		return err
	}
	got, err := session.RequestWithLockedBucket(method, apiRoot+path, "application/json", body, b, 0, discordgo.WithContext(ctx))
	if err != nil {
		return clean(err, r.token)
	}
	if out != nil && json.Unmarshal(got, out) != nil {
		return errNoDiscord
	}
	return nil
}

// claim returns a bucket locked, once its rate limit allows one more request.
// discordgo's own way would sleep whatever the context says.
func claim(ctx context.Context, limits *discordgo.RateLimiter, name string) (*discordgo.Bucket, error) {
	for b := limits.GetBucket(name); ; {
		b.Lock()
		wait := limits.GetWaitTime(b, 1)
		if wait <= 0 {
			b.Remaining--
			return b, nil
		}
		b.Unlock()
		if wait > maxPatience {
			return nil, &refusal{status: http.StatusTooManyRequests, said: "too many requests", after: wait}
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A refusal is an answer of Discord's other than a success.
type refusal struct {
	status int           // of HTTP
	code   int           // Discord's own, 0 if it said none
	said   string        // in words
	after  time.Duration // to wait; 0 if Discord does not say
}

func (r *refusal) Error() string {
	if r.code == 0 {
		return fmt.Sprintf("%d %s", r.status, r.said)
	}
	return fmt.Sprintf("%d %s (%d)", r.status, r.said, r.code)
}

// gone reports whether a channel cannot be posted to any more.
func (r *refusal) gone() bool {
	switch r.code {
	case discordgo.ErrCodeUnknownChannel, // deleted
		discordgo.ErrCodeUnknownGuild,
		discordgo.ErrCodeMissingAccess,      // the bot was removed, or cannot see the channel
		discordgo.ErrCodeMissingPermissions, // to send messages or embeds
		discordgo.ErrCodeCannotSendMessagesInVoiceChannel,
		discordgo.ErrCodeCannotSendMessagesToThisUser,
		discordgo.ErrCodeCannotExecuteActionOnThisChannelType,
		discordgo.ErrCodePerformedOperationOnArchivedThread,
		codeThreadLocked:
		return true
	}
	return false
}

const codeThreadLocked = 160005

// clean returns what an error of discordgo's says without what nobody is to
// read: it holds addresses with tokens, the request, and whole pages.
func clean(err error, token string) error {
	var (
		limited *discordgo.RateLimitError
		refused *discordgo.RESTError
		address *url.Error
	)
	switch {
	case errors.As(err, &limited):
		r := &refusal{status: http.StatusTooManyRequests, said: "too many requests"}
		if limited.RateLimit != nil && limited.TooManyRequests != nil {
			r.after = limited.RetryAfter
		}
		return r
	case errors.As(err, &refused):
		r := &refusal{status: refused.Response.StatusCode, said: http.StatusText(refused.Response.StatusCode)}
		if m := refused.Message; m != nil {
			r.code, r.said = m.Code, short(strings.ReplaceAll(cmp.Or(m.Message, r.said), token, "[token]"))
		}
		return r
	case errors.As(err, &address):
		return address.Err
	}
	return errNoDiscord
}

// short cuts what Discord says, which is a sentence.
func short(said string) string {
	if len(said) <= maxSaid {
		return said
	}
	end := maxSaid
	for !utf8.RuneStart(said[end]) {
		end--
	}
	return said[:end] + "…"
}

// notSent reports whether a request was certainly not acted upon, since there
// was no connection to send it on.
func notSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}
