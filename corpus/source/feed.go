package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"

	"rapporteur/corpus"
)

// MaxFeed is the size of the largest feed that is read, in bytes and unpacked.
// A longer one is an error and not cut short, since half a feed does not parse.
const MaxFeed = 10 << 20

// A Feed is a source whose publications are the items of an RSS, Atom or JSON
// feed. It must be made by [NewFeed], and fetched by one goroutine at a time.
type Feed struct {
	name    string
	address string // may hold a password, and is in no error
	rules   Rules
	web     *Fetcher
	reader  Reader
	pending atomic.Bool
	held    []*corpus.Doc // items that wait for the text of their page, oldest first
	pulse
}

// NewFeed returns the source of this name over the feed at address, which may
// carry a user and a password. Where the feed has a summary only, the text is
// taken from the page that it leads to, which reader reads; if that is nil,
// the text is always the feed's.
func NewFeed(name, address string, rules Rules, web *Fetcher, reader Reader) *Feed {
	return &Feed{name: name, address: address, rules: rules, web: web, reader: reader}
}

// Name returns the name that was given to NewFeed.
func (f *Feed) Name() string { return f.name }

// Pending reports whether the last Fetch left pages for the next one, which
// should then follow in a second or two.
func (f *Feed) Pending() bool { return f.pending.Load() }

// Fetch asks for the feed and returns its items, oldest first, or nothing if
// the feed has not changed since state or the site has asked to wait longer.
// An item that leaves the feed is not withdrawn: feeds show the newest only. It
// is when its page, which is looked at every week while the item is among the
// newest 20, is not there on three days; so are edits noticed of which the
// feed says nothing.
//
// An item is named by its guid, else by its link, else by its title, leaving
// out what two items share, and keeps that ID and the first date it was seen
// with, also when the feed moves to another domain for good. The Text has the
// words of its page or of the feed in paragraphs without any markup. Items
// without text are left out; if there are no others, that is an error.
//
// Of at most 10 pages in one Fetch the text is read; the items behind them
// come with the next one. If a page cannot be read, the item comes with the
// feed's text and Partial set, and its page is tried again three times within
// four days.
//
// An answer that is no feed, is cut short or too long is an error that leaves
// what is known as it was. After an error the feed is asked less often, at
// least once a day; Fetch before that is an error too, which says so. No error
// tells the password of the address. A StaleError is returned once when
// nothing new has come for as long as the rules have it.
//
// Doc.Backlog is set on the items of the first feed that was read, and on what
// changed rules let in.
func (f *Feed) Fetch(ctx context.Context, state []byte) (docs []*corpus.Doc, next []byte, err error) {
	f.pending.Store(false)
	home, err := url.Parse(f.address)
	if err != nil || !onWeb(home) {
		return nil, nil, fmt.Errorf("%s: the feed's address is not one that begins with http:// or https://: correct it in the configuration", f.name)
	}
	st := loadFeed(state, f.address, f.rules, f.web.now())
	if len(f.held) == 0 || f.web.now().Sub(st.Asked) > heldFor {
		docs, err = f.look(ctx, home, &st)
	}
	if err != nil {
		err = fmt.Errorf("get %s: %w", shown(home), err)
	}
	full, pageErr := f.complete(ctx, &st)
	if ctx.Err() != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.name, ctx.Err())
	}
	err = errors.Join(err, pageErr, st.stale(f.rules.StaleAfter, f.web.now()))
	if err != nil {
		err = fmt.Errorf("%s: %w", f.name, err)
	}
	f.last.Store(st.health())
	if len(f.held) > 0 {
		f.pending.Store(true)
		st.ETag, st.LastModified = "", "" // or a restart would lose what is held
	}
	return append(docs, full...), st.save(), err
}

// heldFor is how long the feed itself is not asked while pages are read.
const heldFor = 15 * time.Minute

// look asks for the feed, and returns those of its items whose text is known.
func (f *Feed) look(ctx context.Context, home *url.URL, st *feedState) ([]*corpus.Doc, error) {
	now := f.web.now()
	if early, err := st.wait(now); early {
		return nil, err
	}
	st.Asked = now.UTC()
	a, err := f.web.Get(ctx, st.query(f.address, accepted, MaxFeed))
	if err == nil && a.Unchanged {
		st.succeeded(a, now, 0)
		return nil, nil
	}
	var feed *gofeed.Feed
	if err == nil {
		feed, err = parse(&page{a.Body, a.Kind, a.Address})
	}
	if err != nil {
		err = refusal("feed", err)
		st.failed(err, now)
		return nil, err
	}
	st.succeeded(a, now, ttl(feed))
	st.moved(a, f.address)
	docs, err := st.take(feed, a.Address, home.Host+home.Path)
	return f.sort(docs, st), err
}

// ttl returns for how long the feed says that it stays as it is.
func ttl(feed *gofeed.Feed) time.Duration {
	from, ok := feed.OriginalFeed().(*rss.Feed)
	if !ok {
		return 0
	}
	minutes, err := strconv.ParseUint(fold(from.TTL), 10, 16)
	if err != nil {
		return 0
	}
	return min(time.Duration(minutes)*time.Minute, maxDelay)
}

// refusedNow reports whether err means that the whole site is better left
// alone for now.
func refusedNow(err error) bool {
	if e, ok := errors.AsType[*RefusedError](err); ok {
		return e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable
	}
	_, wait := errors.AsType[*WaitError](err)
	return wait
}
