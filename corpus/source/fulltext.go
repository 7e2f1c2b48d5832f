package source

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rapporteur/corpus"
)

const (
	fullWords  = 300 // an item with so many words is the text itself and not a summary
	maxPages   = 10  // pages that one Fetch reads, so that it ends within a minute
	maxFailing = 3   // pages in a row that fail before the rest is left for later
	pageTries  = 4   // until the feed's text is good enough
)

// pageWait returns how long after its nth failure a page is tried again.
func pageWait(n int) time.Duration {
	waits := []time.Duration{time.Hour, 24 * time.Hour, 3 * 24 * time.Hour}
	return waits[min(max(n, 1), len(waits))-1]
}

// sort returns those docs whose text is known and holds the others.
func (f *Feed) sort(docs []*corpus.Doc, st *feedState) (known []*corpus.Doc) {
	f.held = nil
	for _, d := range docs {
		e := st.entry(d.ID)
		st.saw(d.Published, e.First)
		if !f.rules.passes(d.URL, d.Title) {
			continue
		}
		mark := hash([]byte(d.Title + "\n" + d.Text))
		e.describe(d)
		switch same := e.Mark == mark; {
		case f.reader == nil || d.URL == "" || words(d.Text) >= fullWords:
			known = append(known, d)
		case same && e.Full: // the page's text is kept, and this one is not it
		case same:
			d.Partial = true
			known = append(known, d)
		default:
			f.held = append(f.held, d)
		}
	}
	return f.taken(known, st)
}

// taken returns those docs that the rules take, and notes that they came.
func (f *Feed) taken(docs []*corpus.Doc, st *feedState) (fit []*corpus.Doc) {
	for _, d := range docs {
		if !f.rules.takes(d) {
			continue
		}
		e := st.entry(d.ID)
		e.Old, e.Taken = false, true
		fit = append(fit, d)
	}
	return fit
}

// complete reads the pages of items that are held, then of those whose page
// failed before, then of those that were read long ago. What keeps failing is
// not waited for.
func (f *Feed) complete(ctx context.Context, st *feedState) (docs []*corpus.Doc, err error) {
	var faults []error
	failing, read := 0, 0
	for ; len(f.held) > 0 && read < maxPages; read++ {
		d := f.held[0]
		e := st.entry(d.ID)
		e.Mark, e.Full, e.Tries = hash([]byte(d.Title+"\n"+d.Text)), false, 0
		if failing < maxFailing {
			err = f.page(ctx, e, d)
		}
		st.succeed(e, d)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		failing++
		if err == nil {
			failing = 0
		} else {
			faults = append(faults, err)
		}
		if refusedNow(err) {
			failing = maxFailing
		}
		docs, f.held = append(docs, d), f.held[1:]
	}
	docs = append(docs, f.retry(ctx, st, maxPages-read)...)
	docs = f.taken(docs, st)
	if failing < maxFailing {
		docs = append(docs, f.revisit(ctx, st, maxPages-read)...)
	}
	return docs, errors.Join(faults[:min(len(faults), maxFailing)]...)
}

// retry reads at most n pages again that failed before and are due.
func (f *Feed) retry(ctx context.Context, st *feedState, n int) (docs []*corpus.Doc) {
	for i := range st.Seen {
		e := &st.Seen[i]
		if f.reader == nil || e.Full || e.Due.IsZero() || f.web.now().Before(e.Due) {
			continue
		}
		if n--; n < 0 || ctx.Err() != nil {
			return docs
		}
		d := e.doc()
		if err := f.page(ctx, e, d); err == nil {
			docs = append(docs, d)
		}
	}
	return docs
}

// page gives d the text of its page. If that fails, d stays as it is, is
// marked as partial, and e tells when to try again.
func (f *Feed) page(ctx context.Context, e *seenItem, d *corpus.Doc) error {
	a, full, err := f.readPage(ctx, d)
	if err == nil {
		join(d, full)
		e.Full, e.Tries, e.Due = true, 0, time.Time{}
		e.read(a, full, f.web.now())
		return nil
	}
	d.Partial = true
	e.Tries++
	e.Due = f.web.now().Add(pageWait(e.Tries)).UTC()
	if e.Tries >= pageTries {
		e.Due = time.Time{}
	}
	return fmt.Errorf("read the page %s: %w: the feed's own text is taken until it can be read", shownAddress(d.URL), err)
}

func (f *Feed) readPage(ctx context.Context, d *corpus.Doc) (*Answer, *corpus.Doc, error) {
	a, err := f.web.Get(ctx, Query{Address: d.URL, Accept: acceptedPages, Limit: MaxPage})
	if err != nil {
		return nil, nil, err
	}
	full, err := article(ctx, f.reader, d.URL, a)
	if err != nil {
		return nil, nil, err
	}
	if words(full.Text) < words(d.Text) {
		return nil, nil, fmt.Errorf("it has %d words, and the feed has %d", words(full.Text), words(d.Text))
	}
	return a, full, nil
}

// join gives d, an item of a feed, the text of its page, and what the feed
// does not say about it.
func join(d, full *corpus.Doc) {
	d.Text, d.Takeaways, d.Extracted, d.Headings, d.Pages = full.Text, full.Takeaways, full.Extracted, full.Headings, full.Pages
	d.Section, d.About, d.Partial = full.Section, full.About, false
	if len(d.Authors) == 0 {
		d.Authors = full.Authors
	}
	if d.Published.IsZero() {
		d.Published = full.Published
	}
	if full.Language != "" {
		d.Language = full.Language
	}
	if full.URL != d.URL && !slices.Contains(d.Addresses, d.URL) {
		d.Addresses = append(d.Addresses, d.URL)
		d.URL = full.URL
	}
}
