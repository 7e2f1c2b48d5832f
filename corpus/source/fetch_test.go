package source_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus/source"
)

// A host answers by its handlers, and notes what was asked and how long the
// fetcher waited before it.
type host struct {
	*http.ServeMux
	server  *httptest.Server
	fetcher *source.Fetcher

	mu     sync.Mutex
	time   time.Time
	asked  []string
	waits  []time.Duration
	robots http.HandlerFunc
}

func newHost(t *testing.T) *host {
	h := &host{ServeMux: http.NewServeMux(), time: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), robots: http.NotFound}
	h.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") })
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		h.asked = append(h.asked, r.URL.Path)
		robots := h.robots
		h.mu.Unlock()
		if r.URL.Path == "/robots.txt" {
			robots(w, r)
			return
		}
		h.ServeMux.ServeHTTP(w, r)
	}))
	t.Cleanup(h.server.Close)
	client := source.NewClient(true)
	t.Cleanup(client.CloseIdleConnections)
	h.fetcher = source.NewFetcher(client, "https://example.org/bot", h.now, h.pause)
	return h
}

func (h *host) now() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.time }

func (h *host) pause(ctx context.Context, d time.Duration) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.time, h.waits = h.time.Add(d), append(h.waits, d)
	return ctx.Err()
}

func (h *host) says(robots string) {
	h.robots = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, robots) }
}

func (h *host) later(d time.Duration) { h.mu.Lock(); defer h.mu.Unlock(); h.time = h.time.Add(d) }

func (h *host) get(t *testing.T, path string) (*source.Answer, error) {
	return h.fetcher.Get(t.Context(), source.Query{Address: h.server.URL + path, Limit: 1000})
}

func TestFetcherKeepsToRobots(t *testing.T) {
	tests := map[string]struct {
		robots string
		denied []string
		open   []string
	}{
		"none":              {"", nil, []string{"/a"}},
		"all":               {"User-agent: *\nDisallow: /", []string{"/", "/a"}, nil},
		"a part":            {"User-agent: *\nDisallow: /private/\nAllow: /private/papers/", []string{"/private/x"}, []string{"/private/papers/1", "/a"}},
		"of others":         {"User-agent: other\nDisallow: /", nil, []string{"/a"}},
		"us by name":        {"User-agent: *\nDisallow: /\n\nUser-agent: rapporteur\nDisallow: /no", []string{"/no"}, []string{"/a"}},
		"several by name":   {"User-agent: other\nUser-agent: RAPPORTEUR\nDisallow: /no", []string{"/no"}, []string{"/a"}},
		"end of a path":     {"User-agent: *\nDisallow: /*.pdf$", []string{"/a.pdf"}, []string{"/a.pdfx", "/a"}},
		"a query":           {"User-agent: *\nDisallow: /*?page=", []string{"/a?page=2"}, []string{"/a"}},
		"byte order mark":   {"\ufeffUser-agent: *\r\nDisallow: /no\r\n", []string{"/no"}, []string{"/a"}},
		"a web page":        {"<!doctype html><title>404</title><p>User-agent what?", nil, []string{"/a"}},
		"rules of nobody":   {"Disallow: /\nCrawl-delay: x\nUser-agent: *\nCrawl-delay: soon\nDisallow: /no", []string{"/no"}, []string{"/a"}},
		"bytes, not text":   {"User-agent: *\nDisallow: /n\xffo\n\x00\nDisallow: /no", []string{"/no"}, []string{"/a"}},
		"nothing is denied": {"User-agent: *\nDisallow:", nil, []string{"/a"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHost(t)
			h.says(test.robots)
			for _, path := range test.denied {
				if _, err := h.get(t, path); !errors.Is(err, source.ErrRobots) {
					t.Errorf("%s: %v", path, err)
				}
			}
			for _, path := range test.open {
				if _, err := h.get(t, path); err != nil {
					t.Errorf("%s: %v", path, err)
				}
			}
			for i, path := range h.asked {
				if (path == "/robots.txt") != (i == 0) {
					t.Errorf("asked %q", h.asked)
				}
			}
		})
	}
}

// What robots.txt does not say, because it cannot be read, is not permitted;
// what it said before still counts.
func TestFetcherWithoutRobots(t *testing.T) {
	h := newHost(t)
	broken := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }
	h.robots = broken
	asks := func(robots int, want string) {
		t.Helper()
		h.asked = nil
		_, err := h.get(t, "/a")
		if got := fmt.Sprint(err); !strings.Contains(got, want) {
			t.Errorf("error %q, want %q", got, want)
		}
		if got := strings.Count(strings.Join(h.asked, " "), "/robots.txt"); got != robots {
			t.Errorf("robots.txt was asked for %d times, want %d", got, robots)
		}
	}
	asks(1, "robots.txt cannot be read, so nothing else is: 500")
	asks(0, "robots.txt cannot be read")
	h.later(10 * time.Minute)
	h.robots = http.NotFound
	asks(1, "<nil>")
	h.later(23 * time.Hour)
	asks(0, "<nil>")
	h.later(2 * time.Hour)
	h.says("User-agent: *\nDisallow: /a")
	asks(1, "does not let programs read this")
	h.later(25 * time.Hour)
	h.robots = broken
	asks(1, "does not let programs read this")
	h.later(31 * 24 * time.Hour)
	asks(1, "robots.txt cannot be read")
}

func TestFetcherTakesItsTime(t *testing.T) {
	tests := map[string]struct {
		robots      string
		least, most time.Duration
	}{
		"as it comes":       {"", time.Second, 1500 * time.Millisecond},
		"a site's own wish": {"User-agent: *\nCrawl-delay: 7", 7 * time.Second, 7500 * time.Millisecond},
		"beyond reason":     {"User-agent: *\nCrawl-delay: 86400", 30 * time.Second, 30500 * time.Millisecond},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHost(t)
			h.says(test.robots)
			h.get(t, "/a")
			h.waits = nil
			for range 20 {
				if _, err := h.get(t, "/a"); err != nil {
					t.Fatal(err)
				}
			}
			if len(h.waits) != 20 {
				t.Errorf("waited %d times", len(h.waits))
			}
			for _, d := range h.waits {
				if d < test.least || d > test.most {
					t.Errorf("waited %v", d)
				}
			}
			h.waits = nil
			h.later(time.Hour)
			if h.get(t, "/a"); len(h.waits) > 0 {
				t.Errorf("waited %v for nothing", h.waits)
			}
		})
	}
}

// Many who ask at once come one after the other.
func TestFetcherAsksForOneThingAtATime(t *testing.T) {
	h := newHost(t)
	var mu sync.Mutex
	now, most := 0, 0
	h.HandleFunc("/slow", func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		fmt.Fprint(w, strings.Repeat("x", 900))
		mu.Lock()
		now--
		mu.Unlock()
	})
	var work sync.WaitGroup
	for range 20 {
		work.Go(func() {
			if _, err := h.get(t, "/slow"); err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	if most != 1 {
		t.Errorf("%d requests at once", most)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.fetcher.Get(ctx, source.Query{Address: h.server.URL, Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}

func TestFetcherLeavesAloneWhoAsksForIt(t *testing.T) {
	h := newHost(t)
	h.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(429)
	})
	_, err := h.get(t, "/busy")
	refused, ok := errors.AsType[*source.RefusedError](err)
	if !ok || refused.Status != 429 || refused.Until.Sub(h.now()) > time.Hour || refused.Until.Sub(h.now()) < 59*time.Minute {
		t.Errorf("%v", err)
	}
	h.asked = nil
	_, err = h.get(t, "/other")
	if wait, ok := errors.AsType[*source.WaitError](err); !ok || !wait.Until.Equal(refused.Until) || len(h.asked) > 0 {
		t.Errorf("%v, asked %q", err, h.asked)
	}
	h.later(time.Hour)
	if _, err := h.get(t, "/other"); err != nil {
		t.Error(err)
	}
}

func TestFetcherRedirects(t *testing.T) {
	h, other := newHost(t), newHost(t)
	other.says("User-agent: *\nDisallow: /private")
	to := func(path, target string, status int) { h.Handle(path, http.RedirectHandler(target, status)) }
	to("/good", "/good2", 301)
	to("/good2", other.server.URL+"/there?x=1", 308)
	to("/mixed", "/mixed2", 301)
	to("/mixed2", "/there", 302)
	to("/late", "/good", 307)
	to("/denied", other.server.URL+"/private", 301)
	to("/loop", "/loop", 301)
	to("/mail", "mailto:ann@example.org", 301)
	h.HandleFunc("/nowhere", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) })
	tests := map[string]struct {
		want  string
		moved bool
		fault string
	}{
		"/there":   {want: h.server.URL + "/there"},
		"/good":    {want: other.server.URL + "/there?x=1", moved: true},
		"/mixed":   {want: h.server.URL + "/there"},
		"/late":    {want: other.server.URL + "/there?x=1"},
		"/denied":  {fault: "robots.txt does not let"},
		"/loop":    {fault: "more than 5 redirects"},
		"/mail":    {fault: "not http or https"},
		"/nowhere": {fault: "cannot be read"},
	}
	for path, test := range tests {
		a, err := h.get(t, path)
		if test.fault != "" {
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("%s: error %v does not say %q", path, err, test.fault)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if diff := cmp.Diff(test.want, a.Address.String()); diff != "" || a.Moved != test.moved {
			t.Errorf("%s: moved %v (-want +got):\n%s", path, a.Moved, diff)
		}
	}
}

// A password goes to its own host and no further.
func TestFetcherKeepsPasswords(t *testing.T) {
	h, other := newHost(t), newHost(t)
	told := map[string]bool{}
	note := func(w http.ResponseWriter, r *http.Request) {
		_, _, told[r.Host+r.URL.Path] = r.BasicAuth()
		fmt.Fprint(w, "ok")
	}
	h.HandleFunc("/in", note)
	other.HandleFunc("/out", note)
	h.Handle("/to-in", http.RedirectHandler("/in", http.StatusFound))
	h.Handle("/to-out", http.RedirectHandler(other.server.URL+"/out", http.StatusFound))
	for _, path := range []string{"/to-in", "/to-out"} {
		if _, err := h.fetcher.Get(t.Context(), source.Query{Address: strings.Replace(h.server.URL, "//", "//u:p@", 1) + path, Limit: 9}); err != nil {
			t.Error(err)
		}
	}
	host := func(h *host) string { return strings.TrimPrefix(h.server.URL, "http://") }
	if diff := cmp.Diff(map[string]bool{host(h) + "/in": true, host(other) + "/out": false}, told); diff != "" {
		t.Errorf("told the password (-want +got):\n%s", diff)
	}
}

func TestFetcherSaysWhoItIs(t *testing.T) {
	h := newHost(t)
	var agent string
	h.HandleFunc("/who", func(_ http.ResponseWriter, r *http.Request) { agent = r.UserAgent() })
	h.get(t, "/who")
	if agent != "Rapporteur (+https://example.org/bot)" {
		t.Errorf("User-Agent %q", agent)
	}
}

func TestFetcherUntil(t *testing.T) {
	h := newHost(t)
	tests := map[string]struct {
		header map[string]string
		want   time.Duration
	}{
		"nothing":            {nil, 0},
		"max-age":            {map[string]string{"Cache-Control": "max-age=600"}, 10 * time.Minute},
		"Expires":            {map[string]string{"Date": "Mon, 23 Nov 2026 08:00:00 GMT", "Expires": "Mon, 23 Nov 2026 09:00:00 GMT"}, time.Hour},
		"max-age first":      {map[string]string{"Cache-Control": "max-age=60", "Expires": "Tue, 01 Dec 2026 09:00:00 GMT"}, time.Minute},
		"no-store":           {map[string]string{"Cache-Control": "no-store", "Expires": "Tue, 01 Dec 2026 09:00:00 GMT"}, 0},
		"Expires of a year":  {map[string]string{"Date": "Mon, 23 Nov 2026 08:00:00 GMT", "Expires": "Tue, 23 Nov 2027 08:00:00 GMT"}, 24 * time.Hour},
		"Expires is no date": {map[string]string{"Expires": "0"}, 0},
		"Expires is past":    {map[string]string{"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0},
	}
	var next map[string]string
	h.HandleFunc("/x", func(w http.ResponseWriter, _ *http.Request) {
		for key, value := range next {
			w.Header().Set(key, value)
		}
	})
	for name, test := range tests {
		next = test.header
		a, err := h.get(t, "/x")
		if err != nil {
			t.Fatal(err)
		}
		got := time.Duration(0)
		if !a.Until.IsZero() {
			got = a.Until.Sub(h.now())
		}
		if got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
