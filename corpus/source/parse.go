package source

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"
)

// maxDepth is the number of elements that may stand inside each other. The
// parser calls itself for each of them, and the program would die of more than
// a million.
const maxDepth = 500

// A page is what a server answered.
type page struct {
	body []byte
	kind string   // Content-Type
	base *url.URL // where it was found in the end
}

// parse reads a feed.
func parse(p *page) (*gofeed.Feed, error) {
	src := normal(p.body, p.kind)
	if gofeed.DetectFeedType(strings.NewReader(src)) == gofeed.FeedTypeUnknown {
		return nil, p.stranger("feed")
	}
	if tooDeep(src) {
		return nil, fmt.Errorf("more than %d elements stand inside each other: this is not a feed to read", maxDepth)
	}
	feed, err := parseString(src)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the feed is broken or was cut short (%d bytes): %w", len(p.body), err)
	case feed.FeedType == "json" && feed.FeedVersion == "":
		return nil, p.stranger("feed")
	}
	return feed, nil
}

// parseString has the library parse src. The library panics over a JSON feed
// with a null among its items or authors.
func parseString(src string) (feed *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			feed, err = nil, fmt.Errorf("the parser gave up: %v", r)
		}
	}()
	parser := gofeed.NewParser()
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	parser.KeepOriginalFeed = true // which alone tells an Atom entry's date from that of its last change
	return parser.ParseString(src)
}

// stranger says what came instead of what noun names, such as a feed.
func (p *page) stranger(noun string) error {
	kind := p.kind
	if kind == "" {
		kind = http.DetectContentType(p.body)
	}
	if strings.Contains(http.DetectContentType(p.body), "html") {
		return fmt.Errorf("a web page came instead of a %[1]s (%[2]s, %[3]d bytes): if its address shows a %[1]s in a browser, the site keeps programs out; else look for the address of the %[1]s on the site", noun, kind, len(p.body))
	}
	return fmt.Errorf("something else came instead of a %s (%s, %d bytes): open its address in a browser and correct it", noun, kind, len(p.body))
}

// tooDeep reports whether too many elements of src stand inside each other.
func tooDeep(src string) bool {
	d := xml.NewDecoder(strings.NewReader(src))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for depth := 0; depth <= maxDepth; {
		token, err := d.RawToken()
		if err != nil {
			return false // the parser comes no further either, and says why
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return true
}
