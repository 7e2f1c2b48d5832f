package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Who gives a page for a feed is told where the feed is.
func TestCheckFindsTheFeed(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/publications", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><link rel=alternate type=application/rss+xml href="/all.rss"><p>Hello`)
	})
	mux.HandleFunc("/all.rss", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<rss><channel><item><title>T</title><description>Text.</description></item></channel></rss>")
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	file := filepath.Join(t.TempDir(), "config.yaml")
	text := fmt.Sprintf("data: %s\nsample: false\nsources:\n  - {name: institute, feed: %q, intranet: true}\n", t.TempDir(), server.URL+"/publications")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errors strings.Builder
	p := program{strings.NewReader(""), &out, &errors, func(string) (string, bool) { return "", false }}
	if status := p.run(t.Context(), []string{"--config", file, "check"}); status != 1 {
		t.Errorf("status %d: %s", status, errors.String())
	}
	if want := "this is a page; its feed is " + server.URL + "/all.rss"; !strings.Contains(out.String(), want) {
		t.Errorf("%q is not said:\n%s", want, out.String())
	}
}
