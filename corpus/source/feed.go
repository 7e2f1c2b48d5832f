package source

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"rapporteur/corpus"
)

// MaxFeed is the size of the largest feed that is read, in bytes and unpacked.
// A longer one is an error and not cut short, since half a feed does not parse.
const MaxFeed = 10 << 20

// A Feed is a source whose publications are the items of an RSS, Atom or JSON
// feed, with the text that stands in the feed itself. It must be made by
// [NewFeed], and fetched by one goroutine at a time.
type Feed struct {
	name    string
	address string // may hold a password, and is in no error
	client  *http.Client
	now     func() time.Time
}

// NewFeed returns the source of this name over the feed at address, which may
// carry a user and a password. The client comes from [NewClient].
func NewFeed(name, address string, client *http.Client, now func() time.Time) *Feed {
	return &Feed{name, address, client, now}
}

// Name returns the name that was given to NewFeed.
func (f *Feed) Name() string { return f.name }

// Fetch asks for the feed and returns its items, oldest first, or nothing if
// the feed has not changed since state or the site has asked to wait longer.
// An item that leaves the feed is not withdrawn: feeds show the newest only.
//
// An item is named by its guid, else by its link, else by its title, leaving
// out what two items share, and keeps that ID and the first date it was seen
// with. The Text has the feed's words in paragraphs without any markup. Items
// without text are left out; if there are no others, that is an error.
//
// An answer that is no feed, is cut short or too long is an error that leaves
// the state as it was. No error tells the password of the address.
//
// Doc.Backlog is set on the items of the first feed that was read.
func (f *Feed) Fetch(ctx context.Context, state []byte) (docs []*corpus.Doc, next []byte, err error) {
	st := loadFeed(state, f.address)
	if f.now().Before(st.NotBefore) {
		return nil, nil, nil
	}
	home, err := url.Parse(f.address)
	if err != nil || home.Host == "" || home.Scheme != "http" && home.Scheme != "https" {
		return nil, nil, fmt.Errorf("%s: the feed's address is not one that begins with http:// or https://: correct it in the configuration", f.name)
	}
	docs, next, err = f.fetch(ctx, home, st)
	if err != nil {
		err = fmt.Errorf("%s: get %s: %w", f.name, shown(home), err)
	}
	return docs, next, err
}

func (f *Feed) fetch(ctx context.Context, home *url.URL, st feedState) (docs []*corpus.Doc, next []byte, err error) {
	resp, err := f.get(ctx, st)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	st.NotBefore = notBefore(resp, f.now())
	switch {
	case resp.StatusCode == http.StatusNotModified:
		return nil, st.save(), nil
	case resp.StatusCode != http.StatusOK:
		return nil, st.save(), refusal(resp)
	}
	p, err := read(resp)
	if err != nil {
		return nil, nil, err
	}
	feed, err := parse(p)
	if err != nil {
		return nil, nil, err
	}
	st.ETag, st.LastModified = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	docs, err = st.take(feed, p.base, home.Host+home.Path)
	return docs, st.save(), err
}

// shown returns what of an address may be shown: neither its user and
// password nor its query, in which keys are passed.
func shown(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}
