package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// checkOf runs rapporteur check on a configuration of these sources, and
// returns what it says and its status.
func checkOf(t *testing.T, sources string) (said string, status int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.yaml")
	text := fmt.Sprintf("data: %s\nsample: false\nsources:\n%s", t.TempDir(), sources)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errors strings.Builder
	p := program{strings.NewReader(""), &out, &errors, func(string) (string, bool) { return "", false }}
	status = p.run(t.Context(), []string{"--config", file, "check"})
	return out.String() + errors.String(), status
}

// Each source is told of with what it shows, or what to do about it.
func TestCheckTellsOfEachSource(t *testing.T) {
	t.Parallel()
	x := newThinkTank(t, time.Now)
	x.publish("/papers/a", "Ferries")
	x.publish("/private/b", "Bridges")
	said, status := checkOf(t, strings.ReplaceAll(`
  - {name: feed, feed: "%s/feed", intranet: true}
  - {name: list, listing: "%s/publications/", path: "^/papers/.", intranet: true}
  - {name: secret, feed: "%s/private/feed", intranet: true}
  - {name: gone, sitemap: "%s/none.xml", intranet: true}
  - {name: inside, feed: "%s/feed"}
`, "%s", x.host.URL))
	today := time.Now().Format("2 January 2006")
	for _, want := range []string{
		"PROBLEM  source     feed: read the page " + x.host.URL + "/private/b: the site's robots.txt does not let programs read this",
		"ok       source     list: publications shown: 1, the newest of " + today + ", looked at every 1h0m0s",
		"PROBLEM  source     secret: get " + x.host.URL + "/private/feed: the site's robots.txt does not let programs read this: ask its owners",
		"PROBLEM  source     gone: get " + x.host.URL + "/none.xml: 404 Not Found: the sitemap is not there any more: look for its new address",
		"PROBLEM  source     inside: get " + x.host.URL + "/feed: ",
		"this is a private address, and is read only if the source is given intranet: true",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said", want)
		}
	}
	if t.Failed() || status != 1 {
		t.Errorf("status %d, it says:\n%s", status, said)
	}
}

// Who gives a page for a feed is told where the feed is.
func TestCheckFindsTheFeed(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/publications", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><link rel=alternate type=application/rss+xml href="/all.rss"><p>Hello`)
	})
	mux.HandleFunc("/all.rss", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<rss><channel><item><title>T</title><description>Text.</description></item></channel></rss>")
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	said, status := checkOf(t, fmt.Sprintf("  - {name: institute, feed: %q, intranet: true}\n", server.URL+"/publications"))
	if status != 1 {
		t.Errorf("status %d", status)
	}
	if want := "this is a page; its feed is " + server.URL + "/all.rss"; !strings.Contains(said, want) {
		t.Errorf("%q is not said:\n%s", want, said)
	}
}
