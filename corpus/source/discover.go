package source

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// usualFeeds are the paths at which feeds lie that no page names: below the
// page itself and below the site's root.
var usualFeeds = []string{"feed/", "rss/", "rss.xml", "feed.xml", "atom.xml", "index.xml", "/publications/feed/", "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml"}

// Discover returns the address of the feed that belongs to the page that this
// one's address leads to; empty if that is a feed or none is found.
func (f *Feed) Discover(ctx context.Context) string {
	found, err := url.Parse(Discover(ctx, f.web, f.address))
	if err != nil {
		return ""
	}
	found.User = nil
	return found.String()
}

// Discover returns the address of the feed that belongs to a web page: one
// that the page names, else one that lies where feeds usually do. It is empty
// if the address has a feed itself, or none is found. What cannot be asked
// counts as not found.
func Discover(ctx context.Context, web *Fetcher, address string) string {
	a, err := web.Get(ctx, Query{Address: address, Limit: MaxListing})
	if err != nil || isFeed(a) {
		return ""
	}
	for _, candidate := range candidates(a) {
		found, err := web.Get(ctx, Query{Address: candidate, Accept: accepted, Limit: MaxFeed})
		if err == nil && isFeed(found) {
			return candidate
		}
		if ctx.Err() != nil || refusedNow(err) {
			return ""
		}
	}
	return ""
}

// isFeed reports whether an answer is a feed with items.
func isFeed(a *Answer) bool {
	feed, err := parse(&page{a.Body, a.Kind, a.Address})
	return err == nil && len(feed.Items) > 0
}

// candidates returns the addresses at which a page's feed may lie, the likely
// ones first. Feeds of comments are none.
func candidates(a *Answer) (all []string) {
	add := func(link string) {
		u, err := a.Address.Parse(strings.TrimSpace(link))
		if err == nil && onWeb(u) && !slices.Contains(all, u.String()) && !strings.Contains(u.Path, "comments") {
			all = append(all, u.String())
		}
	}
	if doc, err := goquery.NewDocumentFromReader(strings.NewReader(decode(a.Body, a.Kind))); err == nil {
		doc.Find(`link[rel~="alternate"][href]`).Each(func(_ int, s *goquery.Selection) {
			kind := strings.ToLower(s.AttrOr("type", ""))
			if strings.Contains(kind, "rss") || strings.Contains(kind, "atom") || kind == "application/feed+json" {
				add(s.AttrOr("href", ""))
			}
		})
	}
	base := *a.Address
	if !strings.HasSuffix(base.Path, "/") {
		base.Path += "/"
	}
	for _, path := range usualFeeds {
		if u, err := base.Parse(path); err == nil {
			add((&url.URL{Scheme: u.Scheme, User: u.User, Host: u.Host, Path: u.Path}).String())
		}
	}
	return all
}
