package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"code.dny.dev/ssrf"
	"github.com/google/go-cmp/cmp"
)

const tiny = `<rss><channel><item><guid>tag:x</guid><link>paper</link><title>T</title><description>Text.</description></item></channel></rss>`

// unhurried waits for nothing.
func unhurried(ctx context.Context, _ time.Duration) error { return ctx.Err() }

func fetchURL(t *testing.T, client *http.Client, address string) (urls []string, err error) {
	t.Helper()
	t.Cleanup(client.CloseIdleConnections)
	docs, _, err := NewFeed("site", address, Rules{}, NewFetcher(client, "", time.Now, unhurried), nil).Fetch(t.Context(), nil)
	for _, d := range docs {
		urls = append(urls, d.URL)
	}
	return urls, err
}

func TestClientGuards(t *testing.T) {
	asked := 0
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked++; fmt.Fprint(w, tiny) }))
	defer inside.Close()
	secret := strings.Replace(inside.URL, "127.0.0.1", "127.0.0.2", 1)
	door := httptest.NewServer(http.RedirectHandler(secret, http.StatusFound))
	defer door.Close()
	halfOpen := func() *http.Client { // which may go to 127.0.0.1 and to no other private address
		return newClient(ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(netip.MustParsePrefix("127.0.0.1/32"))))
	}
	_, port, _ := strings.Cut(strings.TrimPrefix(inside.URL, "http://"), ":")
	tests := map[string]struct {
		client  *http.Client
		address string
	}{
		"loopback":     {NewClient(false), inside.URL},
		"by name":      {NewClient(false), "http://localhost:" + port},
		"IPv6":         {NewClient(false), "http://[::1]:" + port},
		"mapped":       {NewClient(false), "http://[::ffff:127.0.0.1]:" + port},
		"private":      {NewClient(false), "http://10.0.0.1:" + port},
		"metadata":     {NewClient(false), "http://user:pa55word@169.254.169.254/latest?key=s3cret"},
		"by redirect":  {halfOpen(), door.URL},
		"by a decimal": {NewClient(false), "http://2130706433:" + port},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := fetchURL(t, test.client, test.address)
			if err == nil || asked != 0 {
				t.Fatalf("was not refused: %v", err)
			}
			if strings.Contains(err.Error(), "pa55word") || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("the error tells a secret: %v", err)
			}
			if name == "by a decimal" { // no address, and no name that exists
				return
			}
			if !errors.Is(err, ssrf.ErrProhibitedIP) || !strings.Contains(err.Error(), "intranet: true") {
				t.Errorf("error %q does not say what to do", err)
			}
		})
	}
	if urls, err := fetchURL(t, halfOpen(), inside.URL); err != nil || len(urls) != 1 {
		t.Errorf("the address that is allowed: %v, %v", urls, err)
	}
}

func TestClientRedirects(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/new/feed", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, tiny) })
	mux.Handle("/old", http.RedirectHandler("/new/feed", http.StatusMovedPermanently))
	mux.Handle("/loop", http.RedirectHandler("/loop", http.StatusFound))
	mux.Handle("/file", http.RedirectHandler("file:///etc/passwd", http.StatusFound))
	server := httptest.NewServer(mux)
	defer server.Close()

	urls, err := fetchURL(t, NewClient(true), strings.Replace(server.URL, "//", "//user:pa55word@", 1)+"/old")
	if diff := cmp.Diff([]string{server.URL + "/new/paper"}, urls); diff != "" || err != nil {
		t.Errorf("error %v, addresses (-want +got):\n%s", err, diff)
	}
	for path, want := range map[string]string{"/loop": "more than 5 redirects", "/file": "not http or https"} {
		if _, err := fetchURL(t, NewClient(true), server.URL+path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v does not say %q", path, err, want)
		}
	}
}

func TestFeedAddress(t *testing.T) {
	for _, address := range []string{"", "site.example/feed", "ftp://site.example/feed", "http://", "http://user:pa55word@ho st/", "http://user:pa55/word@host/", "file:///etc/passwd"} {
		_, err := fetchURL(t, NewClient(true), address)
		if err == nil || !strings.Contains(err.Error(), "correct it in the configuration") || strings.Contains(err.Error(), "pa55") {
			t.Errorf("%s: error %v", address, err)
		}
	}
}
