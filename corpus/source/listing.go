package source

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"time"

	"github.com/andybalholm/cascadia"

	"rapporteur/corpus"
)

// MaxListing is the size of the largest listing page that is read, in bytes.
const MaxListing = 10 << 20

// A Layout says which links of a page lead to publications. It has a selector
// or a pattern; with both, a link must fit both.
type Layout struct {
	Selector string         // CSS, of the links or of the elements that hold one each; empty for all links
	Pattern  *regexp.Regexp // of the paths of their addresses; nil for all
	Pages    int            // pages of the listing that are read at first, by their "next" links; 0 is 1

	// Date finds a date in a line of text; nil finds none. Dates that are
	// marked up as such, or stand in an address as year, month and day, are
	// found besides.
	Date func(line string) (when time.Time, found bool)
}

// A Listing is a source whose publications are the pages that one web page
// links to. It must be made by [NewListing], and fetched by one goroutine at a
// time.
type Listing struct {
	crawler
	layout Layout
	links  cascadia.Selector // nil for all
}

// NewListing returns the source of this name over the page at address, whose
// links reader reads. The error tells what is wrong with the selector.
func NewListing(name, address string, layout Layout, rules Rules, web *Fetcher, reader Reader) (*Listing, error) {
	l := &Listing{layout: layout}
	l.name, l.noun, l.address, l.rules, l.web, l.reader = name, "listing", address, rules, web, reader
	if layout.Selector != "" {
		links, err := cascadia.Compile(layout.Selector)
		if err != nil {
			return nil, fmt.Errorf("%q is no CSS selector: %w", layout.Selector, err)
		}
		l.links = links
	}
	return l, nil
}

// Fetch asks for the listing, if it is time, and reads at most 10 of the pages
// that are new or due, which it returns oldest first; the others follow with
// the next Fetch. A page is read once, again when what the listing says of it
// has changed or its link is gone, and every week while it is among the newest
// 20.
//
// A publication is named by the address that it was first linked with, and
// keeps this ID when its page or the whole site moves. A page that is not there
// on three days is withdrawn. Error pages and challenges that pretend to be
// the page, and texts of which suddenly half is missing, change nothing; the
// latter are believed when they come on three days. A listing without any link
// that fits is an error. After an error it is asked less often, at least once a
// day; a Fetch before that is an error too, which says so. A StaleError is
// returned once when nothing new has come for as long as the rules have it.
//
// Doc.Backlog is set on what the first listing that was read led to, and on
// what changed rules let in.
func (l *Listing) Fetch(ctx context.Context, state []byte) (docs []*corpus.Doc, next []byte, err error) {
	return l.fetch(ctx, state, l.list)
}

// list reads the listing, and what is left to read of its older pages.
func (l *Listing) list(ctx context.Context, st *crawlState) (links []link, all bool, err error) {
	a, err := l.web.Get(ctx, st.query(l.address, acceptedPages, MaxListing))
	if err != nil {
		return nil, false, err
	}
	if !a.Unchanged {
		var next string
		if links, next, err = l.parse(a); err != nil {
			return nil, false, err
		}
		if !st.Read {
			st.Next, st.Depth = next, 1
		}
	}
	st.succeeded(a, l.web.now(), 0)
	st.moved(a, l.address)
	deep, err := l.deeper(ctx, st)
	return append(links, deep...), !a.Unchanged, err
}

// deeper reads the older pages of the listing that are still to be read. If
// one fails, it is read at the next look.
func (l *Listing) deeper(ctx context.Context, st *crawlState) (links []link, err error) {
	for st.Next != "" && st.Depth < l.layout.Pages {
		a, err := l.web.Get(ctx, Query{Address: st.Next, Accept: acceptedPages, Limit: MaxListing})
		if isGone(err) || errors.Is(err, ErrRobots) {
			st.Next = ""
			return links, nil
		}
		if err != nil {
			return links, fmt.Errorf("page %d of the listing: %w", st.Depth+1, err)
		}
		some, next, err := l.parse(a)
		if err != nil {
			return links, fmt.Errorf("page %d of the listing: %w", st.Depth+1, err)
		}
		for _, one := range some {
			one.deep = true
			links = append(links, one)
		}
		st.Next, st.Depth = next, st.Depth+1
	}
	st.Next = ""
	return links, nil
}

// parse returns the links of a page of the listing, and the address of the
// next one if there is one.
func (l *Listing) parse(a *Answer) (links []link, next string, err error) {
	if err := excused(a); err != nil {
		return nil, "", err
	}
	links, next, err = l.find(a.Body, a.Kind, a.Address)
	switch {
	case err != nil:
		return nil, "", fmt.Errorf("this is no web page to read: %w", err)
	case len(links) == 0 && len(a.Body) < slight:
		return nil, "", fmt.Errorf("a page of %d bytes came, without a link that fits: if a browser shows more, the site keeps programs out or is broken", len(a.Body))
	case len(links) == 0:
		return nil, "", errors.New("no link of the page fits: see whether the site was rebuilt, and correct the selector or the pattern")
	}
	return links, next, nil
}

// fits reports whether an address may be that of a publication.
func (l *Listing) fits(u *url.URL) bool {
	return onWeb(u) && (l.layout.Pattern == nil || l.layout.Pattern.MatchString(u.EscapedPath()))
}
