// Package page reads publications from the HTML pages on which they appear.
//
// A page is mostly frame: what it shows is an article among menus, banners and
// other articles, and often its takeaways stand apart from its text. [Parse]
// takes what it says of itself, finds the takeaways wherever they are, and
// keeps every paragraph of the article word for word.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"rapporteur/corpus"
)

// The errors that tell why a page is no publication. Each is wrapped in one
// that names the page and says what came instead and what to do.
var (
	ErrNotPage   = errors.New("not a web page")
	ErrChallenge = errors.New("a challenge to browsers")
	ErrBroken    = errors.New("an error page")
	ErrNoArticle = errors.New("no article")
	ErrTooMuch   = errors.New("more markup than can be read")
)

// Parse reads the publication on the page that was fetched from address, or
// read from the file of that name, at that time; contentType is that of the
// HTTP header, or empty. The page should be limited in size by who fetches it.
//
// The ID and the URL are the address that the page gives as its own if that
// can be believed, and another address that it was found at is in Addresses.
// The Text is the article: its paragraphs, headings, list items and the rows
// of its tables as paragraphs, then its footnotes. Takeaways that stand apart
// from the article come first, below their heading; those that stand in it
// stay where they are. Biographies of the authors are in About instead.
//
// The error is one of those of this package, and leaves no Doc.
func Parse(address string, src []byte, contentType string, fetched time.Time) (*corpus.Doc, error) {
	d, err := parse(address, src, contentType, fetched)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	return d, nil
}

func parse(address string, src []byte, contentType string, fetched time.Time) (*corpus.Doc, error) {
	if strings.TrimSpace(address) == "" {
		return nil, errors.New("a page needs an address or a name")
	}
	found, err := located(address)
	if err != nil {
		return nil, err
	}
	if !isWeb(found) && len(bytes.TrimSpace(src)) == 0 {
		return nil, fmt.Errorf("there is %w, for the file is empty: save the page again", ErrNoArticle)
	}
	root, err := parseHTML(src, contentType)
	if err != nil {
		return nil, err
	}
	m := tell(root, found, fetched)
	whole := read(root)
	takeaways := findTakeaways(whole)
	if err := refused(whole, m.title, len(src)); err != nil {
		return nil, err
	}
	told := told(whole, m.authors)
	body, err := article(root, found, m)
	if err != nil {
		return nil, err
	}
	d := m.doc(address, found, newText(takeaways, body))
	d.About = told
	return d, nil
}

// located returns the address, or the name of a file as one of a path only:
// such a name may hold any characters.
func located(address string) (*url.URL, error) {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return &url.URL{Path: address}, nil
	}
	found, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("read the address: %w", err)
	}
	return found, nil
}

// parseHTML returns the nodes of a page.
func parseHTML(src []byte, contentType string) (*html.Node, error) {
	if name := format(src); name != "" {
		return nil, fmt.Errorf("this is a %s, %w: give it the name of its kind, or look for the page that links to it", name, ErrNotPage)
	}
	src, err := decode(src, contentType)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		return nil, fmt.Errorf("%w (%v): save the text of it as Markdown", ErrTooMuch, err)
	}
	if effort(root) > maxEffort {
		return nil, fmt.Errorf("%w, for its elements stand too deep in each other: save the text of it as Markdown", ErrTooMuch)
	}
	return root, nil
}

// maxEffort limits how long a page may take to read, since finding the article
// looks at every word once for each element around it.
const maxEffort = 400 << 20

// effort returns the bytes of the page's words and elements, each as often as
// there are elements around it.
func effort(root *html.Node) (sum int) {
	const element = 16 // bytes of text that are read in the time of one element
	depth := 0
	for n := root; ; {
		sum += depth * (len(n.Data)*number(n.Type == html.TextNode) + element)
		switch {
		case n.FirstChild != nil:
			n = n.FirstChild
			depth++
			continue
		}
		for n.NextSibling == nil {
			if n = n.Parent; n == nil || n == root {
				return sum
			}
			depth--
		}
		n = n.NextSibling
	}
}

func number(is bool) int {
	if is {
		return 1
	}
	return 0
}

var (
	challenge = regexp.MustCompile(`(?i)^(?:just a moment|attention required|checking your browser|one moment,? please|please wait|ddos-guard|are you (?:a )?(?:robot|human)|robot check|` +
		`human verification|verif(?:y|ying) (?:that )?you are|security check|pardon our interruption|access to this page has been denied|bot verification|client challenge)`)
	failure = regexp.MustCompile(`(?i)^(?:(?:error )?[45][0-9]{2}\b|error$|(?:oops|sorry|whoops)\b|page (?:not|cannot be|could not be) found|not found|access denied|forbidden|bad gateway|service (?:temporarily )?unavailable|` +
		`internal server error|gateway time-?out|site (?:is )?under maintenance|maintenance|seite nicht gefunden|fehler|page (?:non trouvée|introuvable)|página no encontrada|pagina (?:non trovata|niet gevonden))`)
)

const (
	challengeSize = 2 << 10 // bytes; a page without a paragraph that is smaller was written by a guard
	fewWords      = 1500    // bytes of prose up to which a title such as "Error" is taken at its word
	leastArticle  = 60      // bytes of the longest paragraph of anything that is an article
)

// refused returns why a page is not what was asked for, nil if it may be.
func refused(paras []para, title string, size int) error {
	if prose(paras) > fewWords {
		return nil
	}
	lines := []string{title}
	for _, p := range paras[:min(len(paras), 3)] {
		lines = append(lines, p.text)
	}
	for _, l := range lines {
		switch {
		case challenge.MatchString(l):
			return fmt.Errorf("the site shows %w (%q): read its feed instead, or ask its owner to let this program in", ErrChallenge, l)
		case failure.MatchString(l):
			return fmt.Errorf("the site shows %w (%q): look whether the page has moved", ErrBroken, l)
		}
	}
	if size < challengeSize && !slices.ContainsFunc(paras, solid) {
		return fmt.Errorf("the site shows %w or nothing, in %d bytes: read its feed instead, or ask its owner to let this program in", ErrChallenge, size)
	}
	return nil
}

// solid reports whether a page with this paragraph may have an article.
func solid(p para) bool { return p.level == 0 && len(p.text) >= leastArticle && !p.mostlyLinks() }

// article returns the paragraphs of the article, footnotes last. The page is
// no longer whole afterwards.
func article(root *html.Node, found *url.URL, m meta) ([]para, error) {
	notes := takeNotes(root)
	clear(root)
	unname(root)
	all := read(root)
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	readable, err := parser.ParseAndMutate(root, found)
	if err != nil {
		return nil, fmt.Errorf("find the article: %w", err)
	}
	var body []para
	if readable.Node != nil {
		body = tidy(restore(read(readable.Node), all), m.title, m.authors)
	}
	if slices.ContainsFunc(body, solid) {
		return append(body, notes...), nil
	}
	return nil, fmt.Errorf("there is %w on it: take the address of a page that shows a whole text", ErrNoArticle)
}

// doc makes a publication of what a page says of itself and its text.
func (m meta) doc(address string, found *url.URL, t text) *corpus.Doc {
	d := &corpus.Doc{
		ID:        strings.ToValidUTF8(address, "\ufffd"),
		Title:     m.title,
		Authors:   m.authors,
		Published: m.published,
		Section:   m.section,
		Language:  tongue(m.languages, t.words.String()),
		Text:      t.words.String(),
		Takeaways: t.takeaways,
		Headings:  t.headings,
	}
	if own := canonical(found, m.own); isWeb(own) {
		d.URL = own.String()
		if isWeb(found) {
			d.ID = d.URL
		}
		if isWeb(found) && d.URL != address {
			d.Addresses = []string{address}
		}
	}
	if d.Title == "" {
		d.Title = named(found, d.Text)
	}
	return d
}

// named makes a title of the address, for a page without one, or else of the
// first words of its text.
func named(found *url.URL, text string) string {
	base := path.Base(strings.TrimRight(found.Path, "/"))
	name := fold(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(base, path.Ext(base))))
	if name = strings.ToValidUTF8(name, "\ufffd"); strings.ContainsFunc(name, isWord) {
		first, size := utf8.DecodeRuneInString(name)
		return string(unicode.ToUpper(first)) + name[size:]
	}
	first, _, _ := strings.Cut(text, "\n\n")
	words := strings.Fields(first)
	return strings.Join(words[:min(len(words), 12)], " ")
}
