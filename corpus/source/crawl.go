package source

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"rapporteur/corpus"
)

// A crawler reads the pages that a list of links leads to: each once, and
// again when its link says something else, when the link has gone, and every
// week as long as it is among the newest 20.
type crawler struct {
	name    string
	noun    string // what the list is, such as "listing"
	address string // of the list; may hold a password, and is in no error
	rules   Rules
	web     *Fetcher
	reader  Reader
	pending atomic.Bool
	pulse
}

// Name returns the name that the source was given.
func (c *crawler) Name() string { return c.name }

// Pending reports whether the last Fetch left pages for the next one, which
// should then follow in a second or two.
func (c *crawler) Pending() bool { return c.pending.Load() }

// A lister finds links, and reports whether they are all that there are now.
// It notes in st when to ask again. Without an error it returns links, unless
// none has changed.
type lister func(ctx context.Context, st *crawlState) (links []link, all bool, err error)

// fetch is the Fetch of all sources that are crawled.
func (c *crawler) fetch(ctx context.Context, state []byte, list lister) (docs []*corpus.Doc, next []byte, err error) {
	st := loadCrawl(state, c.address, c.rules)
	now := c.web.now().UTC()
	if more := c.pending.Swap(false); !more || now.Sub(st.Asked) > heldFor {
		if err = c.look(ctx, &st, list, now); err != nil {
			err = fmt.Errorf("get %s: %w", shownAddress(c.address), err)
		}
	}
	docs, pageErr := c.visit(ctx, &st)
	if ctx.Err() != nil {
		return nil, nil, fmt.Errorf("%s: %w", c.name, ctx.Err())
	}
	err = errors.Join(err, pageErr, st.stale(c.rules.StaleAfter, now))
	c.last.Store(st.health())
	if err != nil {
		err = fmt.Errorf("%s: %w", c.name, err)
	}
	return docs, save(st), err
}

// look asks for the links.
func (c *crawler) look(ctx context.Context, st *crawlState, list lister, now time.Time) error {
	if early, err := st.wait(now); early {
		return err
	}
	st.Asked = now
	links, all, err := list(ctx, st)
	if err != nil {
		err = refusal(c.noun, err)
		st.failed(err, now)
	}
	if len(links) == 0 {
		return err
	}
	if len(links) > maxLinks {
		links, all = links[:maxLinks], false
		err = errors.Join(err, fmt.Errorf("there are more than %d links, and the rest is left out: give the source include patterns, or one of the sitemaps that its index names", maxLinks))
	}
	st.merge(links, all, c.rules, now)
	return err
}

// visit reads at most 10 of the pages that are due.
func (c *crawler) visit(ctx context.Context, st *crawlState) (docs []*corpus.Doc, err error) {
	now := c.web.now().UTC()
	if now.Before(st.Rest) {
		return nil, nil
	}
	due := st.due(now)
	batch := due[:min(len(due), maxPages)]
	slices.SortStableFunc(batch, func(a, b *entry) int { return one(b.Left) - one(a.Left) })
	oldestFirst(batch)
	var faults []error
	failing := 0
	for _, e := range batch {
		if !slices.Contains(st.Entries, e) {
			continue // turned out to be another one's page
		}
		d, err := c.page(ctx, st, e)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if d != nil {
			docs = append(docs, d)
		}
		failing++
		if err == nil {
			failing = 0
			continue
		}
		faults = append(faults, fmt.Errorf("read the page %s: %w", shownAddress(e.link()), err))
		if failing >= maxFailing || refusedNow(err) {
			st.Rest = later(now.Add(firstBackOff), until(err))
			return docs, errors.Join(faults...)
		}
	}
	c.pending.Store(len(due) > len(batch))
	return docs, errors.Join(faults...)
}

// oldestFirst reverses those of a batch that have not lost their link.
func oldestFirst(batch []*entry) {
	n := 0
	for n < len(batch) && batch[n].Left {
		n++
	}
	slices.Reverse(batch[n:])
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// until returns when a site lets itself be asked again after an error.
func until(err error) time.Time {
	if e, ok := errors.AsType[*RefusedError](err); ok {
		return e.Until
	}
	if e, ok := errors.AsType[*WaitError](err); ok {
		return e.Until
	}
	return time.Time{}
}

// page reads one page, and returns its publication if there is something to
// say about it.
func (c *crawler) page(ctx context.Context, st *crawlState, e *entry) (*corpus.Doc, error) {
	q := Query{Address: e.link(), Accept: acceptedPages, Limit: MaxPage}
	if e.Taken {
		q.ETag, q.LastModified = e.ETag, e.Change
	}
	a, err := c.web.Get(ctx, q)
	now := c.web.now().UTC()
	switch {
	case isGone(err):
		return e.miss(now), nil
	case refusedNow(err):
		return nil, err
	case err != nil:
		return nil, e.fail(err, now)
	}
	if a.Moved {
		c.absorb(st, e, clean(a.Address))
	}
	if a.Unchanged {
		e.settle(e.Hash, e.Words, now)
		return nil, nil
	}
	d, err := article(ctx, c.reader, e.link(), a)
	if err != nil {
		return nil, e.fail(err, now)
	}
	return c.judge(st, e, a, d)
}

// absorb notes where the page of e is for good. An entry of that address that
// was not taken yet is the same page.
func (c *crawler) absorb(st *crawlState, e *entry, to string) {
	e.Moved = to
	for _, other := range st.Entries {
		if other != e && !other.Taken && key(other.link()) == key(to) {
			e.Here, e.Left, e.Mark = other.Here, false, other.Mark
			st.drop(other)
			return
		}
	}
}

// miss notes that the page was not there. After three times, each a day from
// the last, it counts as withdrawn.
func (e *entry) miss(now time.Time) *corpus.Doc {
	if e.Missed > 0 && now.Sub(e.Last) < dayWait {
		e.Due = e.Last.Add(dayWait)
		return nil
	}
	e.Missed, e.Last, e.Due = e.Missed+1, now, now.Add(dayWait)
	if e.Missed < goneTries {
		return nil
	}
	e.Due, e.Left, e.Read = time.Time{}, false, now // the newest are looked for every week all the same
	if e.Gone || !e.Taken {
		e.Gone = true
		return nil
	}
	e.Gone = true
	return &corpus.Doc{ID: e.ID, Withdrawn: true}
}

// fail notes that the page could not be read and sets when to try again.
func (e *entry) fail(err error, now time.Time) error {
	e.Tries++
	e.Due = now.Add(pageWait(e.Tries))
	if errors.Is(err, ErrRobots) {
		e.Due = now.Add(watchWait)
	}
	if e.Taken && !e.Here && e.Tries >= pageTries {
		e.Due, e.Left = time.Time{}, false
	}
	return err
}

// settle notes that the page was read well.
func (e *entry) settle(hash string, words int, now time.Time) {
	e.Calm++
	if hash != e.Hash {
		e.Calm = 0
	}
	e.Hash, e.Words, e.Read, e.Due = hash, words, now, time.Time{}
	e.Tries, e.Missed, e.Doubt, e.Doubts, e.Left, e.Gone = 0, 0, "", 0, false, false
}
