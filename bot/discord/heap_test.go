package discord

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// A taker takes all requests and says nothing.
type taker struct{}

func (taker) RoundTrip(r *http.Request) (*http.Response, error) {
	_, err := io.Copy(io.Discard, r.Body)
	return &http.Response{StatusCode: http.StatusNoContent, Header: http.Header{"X-Ratelimit-Limit": {"5"}, "X-Ratelimit-Remaining": {"4"},
		"X-Ratelimit-Reset-After": {"0.001"}}, Body: http.NoBody, Request: r}, err
}

// TestManyInteractions sees that 20,000 interactions, all within the time for
// which they are remembered, leave less than 2 MB behind.
func TestManyInteractions(t *testing.T) {
	if testing.Short() {
		t.Skip("20,000 interactions are for a longer run")
	}
	const interactions, most = 20_000, 2 << 20
	d := New(Config{Token: "secret"}, &http.Client{Transport: taker{}}, (&bottest.Log{}).Logger(), time.Now)
	in := &inbox{Discord: d, slots: make(chan struct{}, maxWork), handler: func(context.Context, bot.Command) bot.Message {
		return leaf(1, true)
	}}
	take := func(from, to int) {
		for n := from; n < to; n++ {
			i, err := readInteraction(fmt.Appendf(nil, `{"id":"%d","application_id":"1","token":"%s","type":2,"guild_id":"2","channel_id":"3",
				"member":{"user":{"id":"%d","username":"ada"}},"data":{"type":1,"name":"ask","options":[{"name":"question","value":"who?"}]}}`,
				1_400_000_000_000_000_000+n, strings.Repeat("x", 180)+fmt.Sprint(n), n))
			if err != nil {
				t.Fatal(err)
			}
			in.interaction(t.Context(), i)
			if n%100 == 0 {
				in.work.Wait()
			}
		}
		in.work.Wait()
	}
	take(0, 1000) // the buckets and what the runtime keeps at hand
	before := heap()
	take(1000, 1000+interactions)
	grown := heap() - before
	t.Logf("%d interactions leave %d kB", interactions, grown>>10)
	if grown > most {
		t.Errorf("%d interactions leave %d bytes, want at most %d", interactions, grown, most)
	}
	runtime.KeepAlive(in)
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
