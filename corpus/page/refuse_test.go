package page_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"rapporteur/corpus/page"
)

// sentences are enough of a text to be an article.
const sentences = "<p>Nine ports bought everything from one maker, and six of them paid for it in March of that year, when no parts came.</p>\n" +
	"<p>The other three had a second supplier – a café owner’s brother, in one case – and lost less than a tenth of their traffic.</p>\n"

func TestWhatIsNoPublication(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want error
		says string
	}{
		"a challenge":       {"<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>", page.ErrChallenge, "read its feed instead"},
		"a long challenge":  {"<title>Attention Required!</title>" + strings.Repeat("<script>var x = 'y'</script>", 200) + "<p>Why have I been blocked?</p>", page.ErrChallenge, "let this program in"},
		"an empty frame":    {"<html><body><div id=app></div></body></html>", page.ErrChallenge, "44 bytes"},
		"an error with 200": {"<title>404 - Harbour</title><h1>Page not found</h1><p>The page that you are looking for is not here any more, or has never been, or was moved by somebody.</p>", page.ErrBroken, "has moved"},
		"a page of links":   {"<h1>Publications</h1><ul>" + strings.Repeat("<li><a href='/a'>A publication with a title that is rather long, and so on and on</a></li>", 60) + "</ul>", page.ErrNoArticle, "take the address"},
		"a PDF":             {"%PDF-1.7\n...", page.ErrNotPage, "PDF"},
		"nothing":           {"", page.ErrChallenge, "0 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := page.Parse("https://harbour.example/x", []byte(c.src), "", fetched)
			if d != nil || !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "https://harbour.example/x: ") {
				t.Errorf("got %v, %v; want %v that says %q", d, err, c.want, c.says)
			}
		})
	}
	article := "<title>Error budgets and what they hide</title><h1>Error budgets and what they hide</h1>" + strings.Repeat(sentences, 10)
	if _, err := page.Parse("https://harbour.example/x", []byte(article), "", fetched); err != nil {
		t.Errorf("an article about errors is refused: %v", err)
	}
}

func TestEncodings(t *testing.T) {
	src := "<html><head><title>Größe und Maß</title></head><body>" + sentences + strings.Repeat("<p>Größe, Maß und Übermaß.</p>", 9) + "</body></html>"
	encoded := func(e encoding.Encoding, src string) string {
		out, err := e.NewEncoder().String(src)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	declared := strings.Replace(src, "<head>", "<head><meta charset=windows-1252>", 1)
	for name, c := range map[string]struct{ src, contentType string }{
		"UTF-8":                            {src, "text/html; charset=utf-8"},
		"UTF-8 with a mark":                {"\ufeff" + src, ""},
		"UTF-8 that says it is Latin-1":    {declared, "text/html; charset=iso-8859-1"},
		"Windows-1252 by header":           {encoded(charmap.Windows1252, src), "text/html; charset=windows-1252"},
		"Windows-1252 by the page":         {encoded(charmap.Windows1252, declared), "text/html"},
		"Windows-1252 by nobody":           {encoded(charmap.Windows1252, src), ""},
		"UTF-16":                           {encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), src), ""},
		"UTF-8 with a broken byte":         {strings.Replace(src+strings.Repeat("<!-- ö -->", 60), "</html>", "<!-- \xff --></html>", 1), ""},
		"UTF-8 with soft hyphens and NULs": {strings.ReplaceAll(strings.ReplaceAll(src, "Übermaß", "Über&shy;maß"), "und Über", "und&#8203; Über"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := page.Parse("https://harbour.example/x", []byte(c.src), c.contentType, fetched)
			if err != nil {
				t.Fatal(err)
			}
			if d.Title != "Größe und Maß" || !strings.Contains(d.Text, "supplier – a café owner’s brother") || !strings.Contains(d.Text, "Größe, Maß und Übermaß.") {
				t.Errorf("read %q: %s", d.Title, d.Text)
			}
		})
	}
	japan := "<title>港</title><p>" + strings.Repeat("九つの港がすべてを一つの会社から買っていた。", 20) + "</p>"
	d, err := page.Parse("x.html", []byte(encoded(japanese.ShiftJIS, japan)), "text/html; charset=Shift_JIS", fetched)
	if err != nil || d.Title != "港" || !strings.HasPrefix(d.Text, "九つの港") {
		t.Errorf("Shift JIS: %v, %v", d, err)
	}
}
