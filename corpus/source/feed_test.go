package source_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
	"rapporteur/corpus/source"
)

var _ corpus.Source = (*source.Feed)(nil)

// An answer is what a site says to one request.
type answer struct {
	status int // 0 is 200
	header map[string]string
	body   string
}

// A site answers as a test has it, and notes what it was asked.
type site struct {
	t      *testing.T
	server *httptest.Server
	time   time.Time
	src    *source.Feed
	state  []byte

	mu    sync.Mutex
	next  answer
	asked []http.Header
}

func newSite(t *testing.T) *site {
	s := &site{t: t, time: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	s.server = httptest.NewServer(s)
	client := source.NewClient(true)
	t.Cleanup(s.server.Close)
	t.Cleanup(client.CloseIdleConnections)
	address := strings.Replace(s.server.URL, "http://", "http://reader:pa55word@", 1) + "/feed?key=s3cret"
	s.src = source.NewFeed("site", address, source.Rules{}, s.fetcher(client), nil)
	return s
}

// fetcher returns one that goes by the site's clock and waits for nothing.
func (s *site) fetcher(client *http.Client) *source.Fetcher {
	return source.NewFetcher(client, "", func() time.Time { return s.time }, func(ctx context.Context, _ time.Duration) error { return ctx.Err() })
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.Header)
	for key, value := range s.next.header {
		w.Header().Set(key, value)
	}
	if s.next.status != 0 {
		w.WriteHeader(s.next.status)
	}
	fmt.Fprint(w, s.next.body)
}

// poll has the site answer a, fetches once, a minute later, and returns what
// came, the headers of the request, nil if there was none, and the error.
func (s *site) poll(a answer) (docs []*corpus.Doc, asked http.Header, fault string) {
	s.t.Helper()
	s.mu.Lock()
	s.next, s.asked = a, nil
	s.mu.Unlock()
	s.time = s.time.Add(time.Minute)
	docs, next, err := s.src.Fetch(s.t.Context(), s.state)
	if next != nil {
		s.state = next
	}
	if err != nil {
		fault = err.Error()
	}
	if strings.Contains(fault, "pa55word") || strings.Contains(fault, "s3cret") || strings.Contains(string(s.state), "pa55word") {
		s.t.Errorf("the password is in the error or the state: %s\n%s", fault, s.state)
	}
	for _, doc := range docs {
		if err := doc.Check(); err != nil {
			s.t.Error(err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) > 0 {
		asked = s.asked[0]
	}
	return docs, asked, fault
}

// rss returns a feed with these items.
func rss(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Institute</title><language>en-us</language>` +
		strings.Join(items, "\n") + "</channel></rss>"
}

const (
	first  = `<item><guid>https://site.example/?p=1</guid><link>/one</link><title>One</title><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate><description>First text.</description></item>`
	second = `<item><guid>https://site.example/?p=2</guid><link>/two</link><title>Two</title><pubDate>Mon, 23 Nov 2026 08:30:00 GMT</pubDate><description>Second text.</description></item>`
)

func ids(docs []*corpus.Doc) (all []string) {
	for _, d := range docs {
		all = append(all, d.ID)
	}
	return all
}

// One site over many polls, each with what it must be asked and what comes.
func TestFeedOverTime(t *testing.T) {
	s := newSite(t)
	one, two := "https://site.example/?p=1", "https://site.example/?p=2"
	tagged := map[string]string{"ETag": `"a"`, "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"}
	type poll struct {
		name   string
		later  time.Duration // beyond a minute
		answer answer
		want   []string
		fault  string // words of the error
		match  string // If-None-Match that must be sent
		silent bool   // whether nothing must be asked
	}
	well := poll{name: "well again", answer: answer{status: 304}, match: `"b"`}
	polls := []poll{
		{name: "trouble at first", answer: answer{status: 500, body: "oops"}, fault: "500|asked again"},
		{name: "first feed", answer: answer{header: tagged, body: rss(second, first)}, want: []string{one, two}},
		{name: "nothing new", answer: answer{status: 304}, match: `"a"`},
		{name: "changed", answer: answer{header: map[string]string{"ETag": `"b"`}, body: rss(strings.Replace(second, "Second", "Corrected", 1), first)}, want: []string{one, two}, match: `"a"`},
		{name: "cut short", answer: answer{header: map[string]string{"ETag": `"c"`}, body: rss(second, first)[:600]}, fault: "cut short", match: `"b"`},
		well,
		{name: "no page", answer: answer{status: 404}, fault: "404 Not Found|new address", match: `"b"`},
		well,
		{name: "gone", answer: answer{status: 410}, fault: "410 Gone|remove the source", match: `"b"`},
		well,
		{name: "forbidden", answer: answer{status: 403}, fault: "403", match: `"b"`},
		well,
		{name: "web page", answer: answer{header: map[string]string{"Content-Type": "text/html"}, body: "<!doctype html><title>Just a moment</title>"}, fault: "a web page came|text/html", match: `"b"`},
		well,
		{name: "other JSON", answer: answer{body: `{"error": "none"}`}, fault: "something else came", match: `"b"`},
		well,
		{name: "nothing at all", answer: answer{}, fault: "something else came", match: `"b"`},
		well,
		{name: "too long", answer: answer{body: rss(first) + strings.Repeat(" ", 12<<20)}, fault: "10485760 bytes", match: `"b"`},
		well,
		{name: "too often", answer: answer{status: 429, header: map[string]string{"Retry-After": "600"}}, fault: "429|less often", match: `"b"`},
		{name: "in the wait", silent: true, fault: "not asked before|in a row: 1|429"},
		{name: "nearly after it", later: 7 * time.Minute, silent: true, fault: "not asked before"},
		{name: "after it", later: time.Minute, answer: answer{status: 503, header: map[string]string{"Retry-After": "Mon, 23 Nov 2026 12:00:00 GMT"}}, fault: "503", match: `"b"`},
		{name: "wait until noon", later: time.Hour, silent: true, fault: "in a row: 2|503"},
		{name: "good for long", later: 3 * time.Hour, answer: answer{header: map[string]string{"Cache-Control": "public, max-age=31536000", "Age": "60"}, body: rss(second)}, want: []string{two}, match: `"b"`},
		{name: "within a day", later: 23 * time.Hour, silent: true},
		{name: "after a day", later: time.Hour, answer: answer{header: map[string]string{"Cache-Control": "no-cache, max-age=500"}, body: rss(second)}, want: []string{two}},
		{name: "no need to wait", answer: answer{body: rss()}},
	}
	for _, p := range polls {
		s.time = s.time.Add(p.later)
		docs, asked, fault := s.poll(p.answer)
		if diff := cmp.Diff(p.want, ids(docs)); diff != "" {
			t.Errorf("%s: publications (-want +got):\n%s", p.name, diff)
		}
		if (asked == nil) != p.silent {
			t.Errorf("%s: asked: %v", p.name, asked != nil)
		}
		if got := asked.Get("If-None-Match"); got != p.match {
			t.Errorf("%s: If-None-Match %q, want %q", p.name, got, p.match)
		}
		if asked != nil && asked.Get("User-Agent") != "Rapporteur" {
			t.Errorf("%s: User-Agent %q", p.name, asked.Get("User-Agent"))
		}
		if p.fault == "" && fault != "" {
			t.Errorf("%s: error %q", p.name, fault)
		}
		for _, part := range strings.Split(p.fault, "|") {
			if !strings.Contains(fault, part) {
				t.Errorf("%s: error %q does not say %q", p.name, fault, part)
			}
		}
		for _, d := range docs {
			if d.Backlog != (p.name == "first feed") {
				t.Errorf("%s: %s: backlog %v", p.name, d.ID, d.Backlog)
			}
		}
	}
}

func TestFeedSendsWhatItKnows(t *testing.T) {
	s := newSite(t)
	s.poll(answer{header: map[string]string{"Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"}, body: rss(first)})
	_, asked, _ := s.poll(answer{status: 304})
	if got := asked.Get("If-Modified-Since"); got != "Mon, 23 Nov 2026 08:00:00 GMT" {
		t.Errorf("If-Modified-Since %q", got)
	}
	if got := asked.Get("Authorization"); !strings.HasPrefix(got, "Basic ") {
		t.Errorf("Authorization %q", got)
	}
	client := source.NewClient(true)
	defer client.CloseIdleConnections()
	s.src = source.NewFeed("site", s.server.URL+"/other", source.Rules{}, s.fetcher(client), nil)
	if _, asked, _ := s.poll(answer{body: rss(first)}); asked.Get("If-Modified-Since") != "" {
		t.Error("another address was asked for changes of the old one")
	}
}

// Items that keep their name whatever happens to the rest.
func TestFeedKeepsNames(t *testing.T) {
	item := func(guid, link, title, date string) string {
		return fmt.Sprintf("<item><guid>%s</guid><link>%s</link><title>%s</title><pubDate>%s</pubDate><description>Text.</description></item>", guid, link, title, date)
	}
	const monday, tuesday = "Mon, 23 Nov 2026 08:00:00 GMT", "Tue, 24 Nov 2026 08:00:00 GMT"
	tests := map[string]struct {
		polls [][]string
		want  [][]string // with HOST for the site's address, oldest item first
	}{
		"a changed title and link": {
			[][]string{{item("tag:x,1", "/a", "A", monday)}, {item("tag:x,1", "/b", "B", monday)}},
			[][]string{{"tag:x,1"}, {"tag:x,1"}},
		},
		"a guid that is unique in the feed only": {
			[][]string{{item("17", "/a", "A", monday)}},
			[][]string{{"HOST/feed#17"}},
		},
		"a guid of two items": {
			[][]string{
				{item("tag:x", "/a", "A", monday), item("tag:x", "/b", "B", monday)},
				{item("tag:x", "/c", "C", monday)},
			},
			[][]string{{"http://HOST/b", "http://HOST/a"}, {"http://HOST/c"}},
		},
		"a guid that is shared later on": {
			[][]string{{item("tag:x", "/a", "A", monday)}, {item("tag:x", "/b", "B", monday), item("tag:x", "/a", "A", monday)}},
			[][]string{{"tag:x"}, {"tag:x", "http://HOST/b"}},
		},
		"a link of two items": {
			[][]string{{item("", "/", "A", monday), item("", "/", "B", monday)}, {item("", "/", "B", tuesday)}},
			[][]string{{"HOST/feed#B", "HOST/feed#A"}, {"HOST/feed#B"}},
		},
		"the same item twice": {
			[][]string{{item("tag:x", "/a", "A", monday), item("tag:x", "/a", "A", monday)}},
			[][]string{{"tag:x"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			hashes := map[string]string{}
			for i, items := range test.polls {
				docs, _, fault := s.poll(answer{body: rss(items...)})
				if fault != "" {
					t.Fatal(fault)
				}
				var got []string
				for _, d := range docs {
					id := strings.ReplaceAll(d.ID, strings.TrimPrefix(s.server.URL, "http://"), "HOST")
					if base, sum, ok := strings.Cut(id, "#"); ok && len(sum) == 32 { // a title's hash
						if hashes[sum] == "" {
							hashes[sum] = d.Title
						}
						id = base + "#" + hashes[sum]
					}
					got = append(got, id)
				}
				if diff := cmp.Diff(test.want[i], got); diff != "" {
					t.Errorf("poll %d (-want +got):\n%s", i, diff)
				}
			}
		})
	}
}

// More shared guids than are remembered are still not taken for names.
func TestFeedOfSharedGuids(t *testing.T) {
	var items []string
	for n := range 3000 {
		items = append(items, fmt.Sprintf("<item><guid>tag:x,%d</guid><link>/%d</link><title>T</title><description>Text.</description></item>", n/2, n))
	}
	s := newSite(t)
	for range 2 {
		if docs, _, fault := s.poll(answer{body: rss(items...)}); len(docs) != 3000 || fault != "" {
			t.Errorf("%d publications, error %q", len(docs), fault)
		}
	}
}

func TestFeedKeepsTheFirstDate(t *testing.T) {
	s := newSite(t)
	undated := strings.Replace(first, "<pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>", "", 1)
	dates := []string{undated, first, strings.Replace(first, "08:00:00", "11:11:11", 1), undated}
	want := []time.Time{{}, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
	want = append(want, want[1], want[1])
	for i, item := range dates {
		docs, _, fault := s.poll(answer{body: rss(item)})
		if len(docs) != 1 || !docs[0].Published.Equal(want[i]) {
			t.Fatalf("poll %d: %v, want %v; error %q", i, docs, want[i], fault)
		}
	}
}

func TestFeedFormats(t *testing.T) {
	date := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	want := corpus.Doc{ID: "tag:x,1", URL: "http://HOST/papers/one", Title: "Ties & tides", Authors: []string{"Ann Lee"}, Published: date, Language: "en-US", Text: "Café talks.\n\nEnd.", Backlog: true}
	item := `<item><guid>tag:x,1</guid><link>papers/one</link><title>Ties &amp;amp; tides</title><dc:creator>Ann Lee</dc:creator><pubDate>Mon, 23 Nov 2026 12:00:00 +0000</pubDate><description>Short.</description><content:encoded><![CDATA[<p>Café&nbsp;talks.</p><p>End.</p>]]></content:encoded></item>`
	plain := rss(item)
	atom := `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us"><title>I</title><entry><id>tag:x,1</id><link href="papers/one"/><title type="html">Ties &amp;amp; tides</title><author><name>Ann Lee</name></author><published>2026-11-23T12:00:00Z</published><updated>2027-01-01T00:00:00Z</updated><content type="html">&lt;p&gt;Café talks.&lt;/p&gt;&lt;p&gt;End.&lt;/p&gt;</content></entry></feed>`
	json := `{"version":"https://jsonfeed.org/version/1.1","title":"I","language":"en-US","items":[{"id":"tag:x,1","url":"papers/one","title":"Ties & tides","authors":[{"name":"Ann Lee"}],"date_published":"2026-11-23T12:00:00Z","content_html":"<p>Café talks.</p><p>End."}]}`
	latin := strings.ReplaceAll(plain, "é", "\xe9")
	feeds := map[string]answer{
		"RSS":                          {body: plain},
		"Atom":                         {body: atom},
		"JSON":                         {body: json},
		"blank lines before it":        {body: "\r\n\n " + plain},
		"byte order mark":              {body: "\ufeff" + plain},
		"UTF-16":                       {body: utf16le("\ufeff" + strings.Replace(plain, "UTF-8", "UTF-16", 1))},
		"UTF-16 without a mark":        {body: utf16le(strings.Replace(plain, "UTF-8", "UTF-16", 1))},
		"Latin-1 by the feed":          {body: strings.Replace(latin, "UTF-8", "ISO-8859-1", 1)},
		"Latin-1 by the server":        {header: map[string]string{"Content-Type": "application/xml; charset=iso-8859-1"}, body: latin},
		"Latin-1 said to be UTF-8":     {body: latin},
		"UTF-8 said to be Latin-1":     {body: strings.Replace(plain, "UTF-8", "ISO-8859-1", 1)},
		"bare ampersands":              {body: strings.NewReplacer("Ties &amp;amp; tides", "Ties & tides", "</channel>", "<image><url>/x?a=1&b=2&;&c;&&</url></image></channel>").Replace(plain)},
		"characters that XML lacks":    {body: strings.Replace(plain, "talks", "ta\x01\x0blks\uffff", 1)},
		"references that XML lacks":    {body: strings.Replace(plain, "Ties", "Ti&#1;&#xD800;&#x110000;&#99999999999;es", 1)},
		"date as 23.11.2026":           {body: strings.Replace(plain, "Mon, 23 Nov 2026 12:00:00 +0000", "23.11.2026 12:00", 1)},
		"Drupal's date":                {body: strings.Replace(plain, "Mon, 23 Nov 2026 12:00:00 +0000", "Monday, November 23, 2026 - 12:00", 1)},
		"seconds since 1970":           {body: strings.Replace(plain, "Mon, 23 Nov 2026 12:00:00 +0000", fmt.Sprint(date.Unix()), 1)},
		"link behind a forwarder":      {body: strings.Replace(plain, "<link>papers/one</link>", "<link>https://feeds.example/x</link><feedburner:origLink>http://HOST/papers/one</feedburner:origLink>", 1)},
		"text in the description only": {body: strings.NewReplacer("<description>Short.</description>", "", "content:encoded", "description").Replace(plain)},
	}
	for name, a := range feeds {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			host := strings.TrimPrefix(s.server.URL, "http://")
			a.body = strings.ReplaceAll(a.body, "HOST", host)
			docs, _, fault := s.poll(a)
			if len(docs) != 1 {
				t.Fatalf("%d publications, error %q", len(docs), fault)
			}
			want := want
			want.URL = strings.ReplaceAll(want.URL, "HOST", host)
			if diff := cmp.Diff(&want, docs[0]); diff != "" {
				t.Errorf("publication (-want +got):\n%s", diff)
			}
		})
	}
}

func utf16le(text string) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

func TestFeedItems(t *testing.T) {
	long := "The very first words of a text that has no title make one that is not too long for anybody to read."
	tests := map[string]struct {
		item string
		want corpus.Doc // but for ID, Language and Backlog
	}{
		"no title":           {"<description>" + long + "</description>", corpus.Doc{Title: "The very first words of a text that has no title make one…", Text: long}},
		"markup in a title":  {"<title>&lt;em&gt;New&lt;/em&gt;\n  order</title><description>A.</description>", corpus.Doc{Title: "New order", Text: "A."}},
		"an unusable link":   {"<title>T</title><link>javascript:alert(1)</link><description>A.</description>", corpus.Doc{Title: "T", Text: "A."}},
		"guid as an address": {"<title>T</title><guid>https://x.example/1</guid><description>A.</description>", corpus.Doc{Title: "T", Text: "A.", URL: "https://x.example/1"}},
		"several authors":    {"<title>T</title><dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator><description>A.</description>", corpus.Doc{Title: "T", Text: "A.", Authors: []string{"Ann", "Bo"}}},
		"an author's mail":   {"<title>T</title><author>ann@x.example (Ann Lee)</author><description>A.</description>", corpus.Doc{Title: "T", Text: "A.", Authors: []string{"Ann Lee"}}},
		"a date of nonsense": {"<title>T</title><pubDate>soon</pubDate><description>A.</description>", corpus.Doc{Title: "T", Text: "A."}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			docs, _, fault := newSite(t).poll(answer{body: rss("<item>" + test.item + "</item>")})
			if len(docs) != 1 {
				t.Fatalf("%d publications, error %q", len(docs), fault)
			}
			docs[0].ID, docs[0].Language, docs[0].Backlog = "", "", false
			if diff := cmp.Diff(&test.want, docs[0]); diff != "" {
				t.Errorf("publication (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFeedWithoutTexts(t *testing.T) {
	s := newSite(t)
	mute := "<item><title>Only a title</title><link>/x</link></item>"
	if docs, _, fault := s.poll(answer{body: rss(mute, first)}); len(docs) != 1 || fault != "" {
		t.Errorf("%d publications, error %q", len(docs), fault)
	}
	if _, _, fault := s.poll(answer{body: rss(mute)}); !strings.Contains(fault, "Only a title") {
		t.Errorf("error %q does not name the item", fault)
	}
}

func TestFeedUpdatedIsNotPublished(t *testing.T) {
	body := `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:x</id><title>T</title><updated>2026-11-23T12:00:00Z</updated><summary>Text.</summary></entry></feed>`
	docs, _, fault := newSite(t).poll(answer{body: body})
	if len(docs) != 1 || !docs[0].Published.IsZero() {
		t.Errorf("%v, error %q", docs, fault)
	}
}

// No cut through a feed may look like a whole one with fewer items.
func TestFeedCutAnywhere(t *testing.T) {
	s := newSite(t)
	body := rss(first, second)
	for end := range len(body) {
		s.state = nil
		if docs, _, fault := s.poll(answer{body: body[:end]}); fault == "" || len(docs) > 0 || strings.Contains(string(s.state), "seen") {
			t.Fatalf("cut after %d bytes: %d publications, error %q, state %s", end, len(docs), fault, s.state)
		}
	}
}

func TestFeedHostile(t *testing.T) {
	deep := strings.Repeat("<a:b xmlns:a='urn:x'>", 20_000) + strings.Repeat("</a:b>", 20_000)
	bombs := map[string]answer{
		"deep":              {body: strings.Replace(rss(first), "<item>", "<item>"+deep, 1)},
		"deep after a fake": {body: strings.Replace(rss(first), "<item>", `<item><?xml version="1.0" encoding="x-none"?>`+deep, 1)},
		"deep HTML":         {body: rss("<item><title>T</title><description><![CDATA[" + strings.Repeat("<b>", 100_000) + "]]></description></item>")},
		"null":              {body: `{"version":"https://jsonfeed.org/version/1","items":[null]}`},
		"zeros":             {header: map[string]string{"Content-Encoding": "gzip"}, body: zeros(t, 50<<20)},
		"shorter than said": {header: map[string]string{"Content-Length": "100000"}, body: rss(first)},
	}
	for name, a := range bombs {
		t.Run(name, func(t *testing.T) {
			if docs, _, fault := newSite(t).poll(a); fault == "" || len(docs) > 0 {
				t.Errorf("%d publications, error %q", len(docs), fault)
			}
		})
	}
}

func zeros(t *testing.T, n int) string {
	var out strings.Builder
	w := gzip.NewWriter(&out)
	for range n >> 20 {
		w.Write(make([]byte, 1<<20))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
