package source

import (
	"net/url"
	"testing"
	"time"
)

// FuzzFeed reads any feed twice: it must not panic, every publication must be
// one that can be kept, and none may get another name or date than before.
func FuzzFeed(f *testing.F) {
	f.Add([]byte(tiny), "application/xml; charset=iso-8859-1")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id><title/><published>2026-11-23T12:00:00Z</published><content type="xhtml"><div>A<br/>B</div></content></entry><entry><id>x</id><link href="/a"/><summary>&#1;</summary></entry></feed>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_text":"A\n\nB","date_published":"23.11.2026"},null]}`), "application/json")
	f.Add([]byte("\xff\xfe<\x00r\x00s\x00s\x00>\x00"), "")
	f.Add([]byte("<rss><channel><item><title>A & B</title><description>caf\xe9 <![CDATA[<li>x]]></description><pubDate>1795435200</pubDate></item></channel></rss>"), "")
	base := &url.URL{Scheme: "https", Host: "site.example", Path: "/feed"}
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		feed, err := parse(&page{body, kind, base})
		if err != nil {
			return
		}
		var s feedState
		once, _ := s.take(feed, base, "site.example/feed")
		again := loadFeed(s.save(), "", Rules{}, time.Time{})
		twice, _ := again.take(feed, base, "site.example/feed")
		if len(once) != len(twice) {
			t.Fatalf("%d publications, then %d", len(once), len(twice))
		}
		for i, d := range once {
			if err := d.Check(); err != nil {
				t.Error(err)
			}
			if d.ID != twice[i].ID || !d.Published.Equal(twice[i].Published) {
				t.Errorf("%s of %v became %s of %v", d.ID, d.Published, twice[i].ID, twice[i].Published)
			}
		}
	})
}
