package source

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"rapporteur/corpus"
)

const (
	// MaxSitemap is the size of the largest sitemap that is read, in bytes and
	// unpacked, as the sitemaps' standard has it.
	MaxSitemap = 50 << 20

	maxMaps     = 50   // sitemaps of one index that are read; more of them lie in an archive
	maxLocation = 2048 // bytes of an address; the standard's limit too
)

// A Sitemap is a source whose publications are the pages that a sitemap lists,
// or those of the sitemaps that an index names, also packed by gzip. It must be
// made by [NewSitemap], and fetched by one goroutine at a time.
type Sitemap struct{ crawler }

// NewSitemap returns the source of this name over the sitemap at address,
// whose pages reader reads. As sitemaps list everything that a site has, the
// rules should include only what is a publication.
func NewSitemap(name, address string, rules Rules, web *Fetcher, reader Reader) *Sitemap {
	s := &Sitemap{}
	s.name, s.noun, s.address, s.rules, s.web, s.reader = name, "sitemap", address, rules, web, reader
	return s
}

// Fetch asks for the sitemap, if it is time, and reads at most 10 of the pages
// that are new, or changed by their lastmod, or due. All else is as with
// [Listing.Fetch].
func (s *Sitemap) Fetch(ctx context.Context, state []byte) (docs []*corpus.Doc, next []byte, err error) {
	return s.fetch(ctx, state, s.list)
}

// list reads the sitemap, and those that it names if it is an index.
func (s *Sitemap) list(ctx context.Context, st *crawlState) (links []link, all bool, err error) {
	a, err := s.web.Get(ctx, st.query(s.address, "application/xml, text/xml;q=0.9, */*;q=0.5", MaxSitemap))
	if err != nil {
		return nil, false, err
	}
	if a.Unchanged && len(st.Maps) == 0 {
		st.succeeded(a, s.web.now(), 0)
		return nil, false, nil
	}
	if a.Unchanged { // but the sitemaps that it names may not be
		st.ETag, st.LastModified = "", ""
		return s.list(ctx, st)
	}
	m, err := parseSitemap(a)
	if err != nil {
		return nil, false, err
	}
	links, all, err = s.children(ctx, st, m)
	if len(links) == 0 && err == nil && all {
		return nil, false, errors.New("the sitemap lists nothing: see whether the site has another one, in its robots.txt")
	}
	st.succeeded(a, s.web.now(), 0)
	st.moved(a, s.address)
	slices.SortStableFunc(links, func(a, b link) int { return cmp.Compare(b.mark, a.mark) })
	return links, all, err
}

// children adds to the links of m those of the sitemaps that it names. One
// that has not changed since it was last read is not asked for.
func (s *Sitemap) children(ctx context.Context, st *crawlState, m *sitemap) (links []link, all bool, err error) {
	links, all = m.links, true
	known := st.Maps
	st.Maps = nil
	if len(m.maps) > 0 {
		st.Maps = map[string]string{}
	}
	var errs []error
	if more := len(m.maps) - maxMaps; more > 0 {
		errs, all = append(errs, fmt.Errorf("the index names %d sitemaps, and %d are left out: give their own addresses", len(m.maps), more)), false
	}
	for _, child := range m.maps[:min(len(m.maps), maxMaps)] {
		if was, ok := known[child.address]; ok && was == child.mark && child.mark != "" {
			st.Maps[child.address], all = was, false
			continue
		}
		some, err := s.child(ctx, child.address)
		if err != nil {
			errs, all = append(errs, fmt.Errorf("sitemap %s: %w", shownAddress(child.address), err)), false
			if refusedNow(err) || ctx.Err() != nil {
				break
			}
			continue
		}
		links = append(links, some...)
		st.Maps[child.address] = child.mark
	}
	return links, all, errors.Join(errs...)
}

func (s *Sitemap) child(ctx context.Context, address string) ([]link, error) {
	a, err := s.web.Get(ctx, Query{Address: address, Limit: MaxSitemap})
	if err != nil {
		return nil, err
	}
	m, err := parseSitemap(a)
	if err != nil {
		return nil, err
	}
	return m.links, nil // what an index in an index names is not followed: the standard has none
}

// A sitemap is what one says.
type sitemap struct {
	links []link
	maps  []link
}

// A location is one entry of a sitemap or an index.
type location struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod"`
	News    struct {
		Title     string `xml:"title"`
		Published string `xml:"publication_date"`
	} `xml:"http://www.google.com/schemas/sitemap-news/0.9 news"`
}

// parseSitemap reads a sitemap or an index. One that is cut short is an error.
func parseSitemap(a *Answer) (*sitemap, error) {
	src, err := unpacked(a.Body)
	if err != nil {
		return nil, err
	}
	p := page{src, a.Kind, a.Address}
	text := normal(src, a.Kind)
	if looksHTML([]byte(text)) || !strings.HasPrefix(text, "<") {
		return nil, p.stranger("sitemap")
	}
	if tooDeep(text) {
		return nil, fmt.Errorf("more than %d elements stand inside each other: this is not a sitemap to read", maxDepth)
	}
	m, err := readSitemap(text, a.Address)
	if err != nil {
		return nil, fmt.Errorf("the sitemap is broken or was cut short (%d bytes): %w", len(src), err)
	}
	return m, nil
}

// unpacked undoes gzip, which sitemaps come in whatever the server says.
func unpacked(src []byte) ([]byte, error) {
	if !bytes.HasPrefix(src, []byte("\x1f\x8b")) {
		return src, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(src))
	if err != nil {
		return nil, fmt.Errorf("unpack it: %w", err)
	}
	out, err := readStart(r, MaxSitemap+1)
	switch {
	case err != nil:
		return nil, fmt.Errorf("unpack it: %w", err)
	case len(out) > MaxSitemap:
		return nil, fmt.Errorf("unpacked it has more than %d bytes, which is more than is read", MaxSitemap)
	}
	return out, nil
}

// readSitemap reads the entries one by one, so that a long sitemap takes
// little memory.
func readSitemap(text string, base *url.URL) (*sitemap, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	m, root := &sitemap{}, ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && root != "" {
			return m, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case root == "":
			if root = start.Name.Local; root != "urlset" && root != "sitemapindex" {
				return nil, fmt.Errorf("it begins with <%s>, and a sitemap with <urlset> or <sitemapindex>", root)
			}
		case start.Name.Local == "url" || start.Name.Local == "sitemap":
			var l location
			if err := d.DecodeElement(&l, &start); err != nil {
				return nil, err
			}
			m.add(l, start.Name.Local, base)
		}
	}
}

// add notes an entry, unless its address is none.
func (m *sitemap) add(l location, kind string, base *url.URL) {
	u, err := base.Parse(fold(l.Address))
	if err != nil || !onWeb(u) || fold(l.Address) == "" || len(l.Address) > maxLocation || len(m.links) > maxLinks {
		return
	}
	one := link{address: clean(u), title: fold(l.News.Title), date: isoDate(l.News.Published), mark: fold(l.Changed)}
	if when := isoDate(one.mark); !when.IsZero() {
		one.mark = when.Format(time.RFC3339) // so that marks sort by time
	}
	if kind == "sitemap" {
		u.User = nil
		one.address = u.String()
		m.maps = append(m.maps, one)
		return
	}
	if one.date.IsZero() {
		one.date = dateInPath(one.address)
	}
	m.links = append(m.links, one)
}
