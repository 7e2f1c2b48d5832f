package source_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Feeds that mean ill, or look so: each gives so many clean publications or an
// error, soon, and none does harm.
func TestFeedHostileContents(t *testing.T) {
	item := func(inside string) string { return rss("<item>" + inside + "</item>") }
	laughs := `<!DOCTYPE r [<!ENTITY a "ha">`
	for n := 'b'; n < 'n'; n++ {
		laughs += fmt.Sprintf(`<!ENTITY %c "%s">`, n, strings.Repeat(fmt.Sprintf("&%c;", n-1), 10))
	}
	laughs += "]>"
	tests := map[string]struct {
		body string
		docs int // -1 for an error
	}{
		"a billion laughs":            {laughs + "<rss><channel><item><title>T</title><description>&m;</description></item></channel></rss>", 1},
		"a file of ours":              {`<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>T</title><description>&x;</description></item></channel></rss>`, 1},
		"scripts":                     {item("<title>&lt;script&gt;alert(1)&lt;/script&gt;T</title><link>javascript:alert(1)</link><description><![CDATA[<script>alert(1)</script><p onclick=x>Text.</p>]]></description>"), 1},
		"an address of ours":          {item("<guid>file:///etc/passwd</guid><link>file:///etc/passwd</link><title>T</title><description>Text.</description>"), 1},
		"a long title and guid":       {item("<guid>" + strings.Repeat("g", 1<<20) + "</guid><title>" + strings.Repeat("t ", 1<<20) + "</title><description>Text.</description>"), 1},
		"a year beyond years":         {item("<title>T</title><pubDate>Mon, 23 Nov 99999 08:00:00 GMT</pubDate><description>Text.</description>"), 1},
		"a date before dates":         {item("<title>T</title><pubDate>-62135596801</pubDate><description>Text.</description>"), 1},
		"one item ten thousand times": {rss(strings.Repeat(first, 10_000)), 1},
		"CDATA without an end":        {item("<title>T</title><description><![CDATA[Text."), -1},
		"controls and marks":          {item("<title>T\u202e\x07</title><description>Text\x00\x1b[31m.</description>"), 1},
		"broken UTF-8":                {item("<title>T\xff\xc0\xaf</title><description>Text\xed\xa0\x80.</description>"), 1},
		"deep JSON":                   {`{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat("[", 200_000), -1},
		"JSON of other types":         {`{"version":"https://jsonfeed.org/version/1","items":[{"id":{"a":1},"title":7,"content_text":["x"]}]}`, -1},
		"a feed in a feed":            {item("<title>T</title><description>" + strings.NewReplacer("<", "&lt;", "&", "&amp;").Replace(rss(first)) + "</description>"), 1},
		"many attributes":             {item("<title>T</title><enclosure " + attributes(50_000) + "/><description>Text.</description>"), 1},
		"namespaces without end":      {strings.Replace(item("<title>T</title><description>Text.</description>"), "<channel>", "<channel "+strings.ReplaceAll(attributes(20_000), " a", " xmlns:a")+">", 1), 1},
		"a table of tables":           {item("<title>T</title><description><![CDATA[" + strings.Repeat("<table><tr><td>", 400) + "Text.]]></description>"), -1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			began := time.Now()
			docs, _, fault := s.poll(answer{body: test.body})
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
			if test.docs < 0 && (fault == "" || len(docs) > 0) || test.docs >= 0 && len(docs) != test.docs {
				t.Errorf("%d publications, error %.300q", len(docs), fault)
			}
			for _, d := range docs {
				if u, err := url.Parse(d.URL); err != nil || d.URL != "" && u.Scheme != "http" && u.Scheme != "https" {
					t.Errorf("address %q", d.URL)
				}
				if all := d.Title + d.Text; !utf8.ValidString(all) || strings.Contains(all, "alert(1)") || strings.ContainsAny(all, "\x00\x07\x1b") || strings.Contains(all, "root:") || strings.Contains(all, "haha") {
					t.Errorf("title %.60q, text %.60q", d.Title, d.Text)
				}
			}
		})
	}
}

func attributes(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, ` a%d="x"`, i)
	}
	return out.String()
}
