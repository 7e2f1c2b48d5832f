package bottest

import (
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A DiscordFault is an answer of the REST interface in place of the true one.
type DiscordFault struct {
	Status int
	Header map[string]string
	Body   string
	Done   bool // whether the request is acted upon all the same, and only its answer is lost
}

// DiscordTooMany is a refusal of one route, for this long.
func DiscordTooMany(after time.Duration) DiscordFault {
	return DiscordFault{Status: http.StatusTooManyRequests, Body: tooManyBody(after, false), Header: map[string]string{
		"Content-Type": "application/json", "Retry-After": wholeSeconds(after), "X-RateLimit-Scope": "user",
		"X-RateLimit-Bucket": "faults", "X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0",
		"X-RateLimit-Reset": seconds(time.Duration(time.Now().Add(after).UnixNano())), "X-RateLimit-Reset-After": seconds(after)}}
}

// DiscordTooManyGlobal is a refusal of everything, for this long; [Discord.LimitAll]
// refuses the rest as well.
func DiscordTooManyGlobal(after time.Duration) DiscordFault {
	return DiscordFault{Status: http.StatusTooManyRequests, Body: tooManyBody(after, true), Header: map[string]string{
		"Content-Type": "application/json", "Retry-After": wholeSeconds(after), "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}}
}

// DiscordTooManyPage is a refusal by what stands before Discord, as a page.
func DiscordTooManyPage(after time.Duration) DiscordFault {
	return DiscordFault{Status: http.StatusTooManyRequests, Body: "<!doctype html><title>Access denied</title><h1>Error 1015</h1>",
		Header: map[string]string{"Content-Type": "text/html; charset=UTF-8", "Retry-After": wholeSeconds(after)}}
}

// DiscordTooManyBare is a refusal that does not say for how long.
func DiscordTooManyBare() DiscordFault {
	return DiscordFault{Status: http.StatusTooManyRequests, Body: `{"message":"You are being rate limited."}`,
		Header: map[string]string{"Content-Type": "application/json"}}
}

// DiscordBroken is a failure with this status, from 500 to 504, as a page.
func DiscordBroken(status int) DiscordFault {
	return DiscordFault{Status: status, Body: fmt.Sprintf("<html><h1>%d %s</h1></html>", status, http.StatusText(status)),
		Header: map[string]string{"Content-Type": "text/html"}}
}

func tooManyBody(after time.Duration, global bool) string {
	return fmt.Sprintf(`{"message":"You are being rate limited.","retry_after":%s,"global":%t}`, seconds(after), global)
}

// wholeSeconds returns wait as the header Retry-After says it, rounded up.
func wholeSeconds(wait time.Duration) string {
	return strconv.Itoa(int((wait + time.Second - 1) / time.Second))
}

// A discordFailing is a fault that waits for requests.
type discordFailing struct {
	requests string
	left     int // times; below 0 without end
	fault    DiscordFault
}

// Fail answers the next requests of a kind with f, so many times, or without
// end if times is below 0. A kind is such as "POST /channels/*/messages", where
// each star stands for one part of the path; tokens are left out, so that
// "POST /interactions/*/callback" and "PATCH /webhooks/*/messages/@original"
// are kinds as well. "*" alone stands for everything.
func (d *Discord) Fail(requests string, times int, f DiscordFault) {
	if _, err := path.Match(requests, ""); err != nil {
		panic("the kind of request " + requests + ": " + err.Error())
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failing = append(d.failing, &discordFailing{requests, times, f})
}

// Heal ends all that Fail began.
func (d *Discord) Heal() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failing = nil
}

// LimitAll refuses all requests for this long, but for those of interactions,
// to which the global limit does not apply. Each request meanwhile counts as a
// refusal for its rate.
func (d *Discord) LimitAll(after time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.limitedUntil = time.Now().Add(after)
}

// Invalid returns how many requests Discord counts as invalid, of which 10,000
// in 10 minutes have the bot's address shut out: those answered with 401, 403,
// or 429 unless others used up what is shared.
func (d *Discord) Invalid() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.invalid
}

// faultFor returns the fault that a request meets, or nil. The caller holds mu.
func (d *Discord) faultFor(r *http.Request) *DiscordFault {
	clean := d.clean(r.URL.Path)
	bound := !strings.HasPrefix(clean, "/interactions/") && !strings.HasPrefix(clean, "/webhooks/")
	if left := time.Until(d.limitedUntil); left > 0 && bound {
		d.rateRefusals++
		f := DiscordTooManyGlobal(left)
		return &f
	}
	at := slices.IndexFunc(d.failing, func(f *discordFailing) bool {
		is, _ := path.Match(f.requests, r.Method+" "+clean)
		return f.left != 0 && (is || f.requests == "*")
	})
	if at < 0 {
		return nil
	}
	d.failing[at].left--
	return &d.failing[at].fault
}

func (f *DiscordFault) write(w http.ResponseWriter) {
	for name, value := range f.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(f.Body)) // who asked may be gone
}

// A countingWriter notes whether an answer is one that counts as invalid.
type countingWriter struct {
	http.ResponseWriter
	d *Discord
}

func (w countingWriter) WriteHeader(status int) {
	shared := status == http.StatusTooManyRequests && w.Header().Get("X-RateLimit-Scope") == "shared"
	if status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests && !shared {
		w.d.mu.Lock()
		w.d.invalid++
		w.d.mu.Unlock()
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap returns the writer beneath, for those who cut its connection.
func (w countingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
