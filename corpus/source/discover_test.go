package source_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"rapporteur/corpus/source"
)

func TestDiscover(t *testing.T) {
	tests := map[string]struct {
		page  string
		feeds []string
		want  string
	}{
		"named":                {`<link rel=alternate type=application/rss+xml href="/x.xml">`, []string{"/x.xml", "/feed/"}, "/x.xml"},
		"comments are none":    {`<link rel=alternate type=application/rss+xml href=/comments/feed/><link rel="alternate home" type=application/atom+xml href=/a>`, []string{"/comments/feed/", "/a"}, "/a"},
		"named, but not there": {`<link rel=alternate type=application/rss+xml href=/x.xml>`, []string{"/feed/"}, "/feed/"},
		"not named":            {`<p>Hello`, []string{"/publications/feed/", "/feed/"}, "/publications/feed/"},
		"other languages":      {`<link rel=alternate hreflang=de href=/de>`, nil, ""},
		"none":                 {`<p>Hello`, nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHost(t)
			h.HandleFunc("/publications", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html>"+test.page) })
			h.HandleFunc("/{first}", http.NotFound)
			h.HandleFunc("/{first}/{rest...}", http.NotFound)
			for _, path := range test.feeds {
				h.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, rss(first)) })
			}
			got := source.Discover(t.Context(), h.fetcher, h.server.URL+"/publications")
			if strings.TrimPrefix(got, h.server.URL) != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
	h := newHost(t)
	h.HandleFunc("/x", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, rss(first)) })
	if got := source.Discover(t.Context(), h.fetcher, h.server.URL+"/x"); got != "" {
		t.Errorf("a feed itself: %q", got)
	}
}
