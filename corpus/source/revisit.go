package source

import (
	"context"
	"slices"
	"time"

	"rapporteur/corpus"
)

// describe notes what the feed says of an item, for the day that only its page
// is read again.
func (e *seenItem) describe(d *corpus.Doc) {
	e.Page, e.Title, e.Authors, e.Language = d.URL, d.Title, d.Authors, d.Language
}

// doc returns the item as the feed has told of it, without its text.
func (e *seenItem) doc() *corpus.Doc {
	return &corpus.Doc{ID: e.ID, URL: e.Page, Title: e.Title, Authors: e.Authors, Language: e.Language, Published: e.Published, Partial: true}
}

// read notes that the page of the item was read well.
func (e *seenItem) read(a *Answer, full *corpus.Doc, now time.Time) {
	e.Met, e.Checked, e.ETag, e.Change = true, now.UTC(), a.ETag, a.LastModified
	e.Hash, e.Words = hash([]byte(full.Text)), words(full.Text)
	e.Missed, e.Gone, e.Doubt, e.Doubts = 0, false, "", 0
}

// succeed makes e, an item that is new and whose page was read, the same
// publication as one that has left the feed and had the same text: its address
// was changed, and its guid with it.
func (s *feedState) succeed(e *seenItem, d *corpus.Doc) {
	if e.Taken || !e.Full {
		return
	}
	i := slices.IndexFunc(s.Seen, func(old seenItem) bool { return !old.Here && old.Hash == e.Hash && old.ID != e.ID })
	if i < 0 {
		return
	}
	old := s.Seen[i]
	e.ID, e.First, e.Old, e.Taken, e.Published = old.ID, old.First, old.Old, old.Taken, old.Published
	d.ID, d.Backlog = old.ID, old.Old
	if !old.Published.IsZero() {
		d.Published = old.Published
	}
	s.Seen = slices.Delete(s.Seen, i, i+1) // after e, as what has left the feed always is
}

// revisit looks again at the pages of the newest items, at n of them at most:
// every week, or every day while one is missing or doubtful. It returns those
// that have changed, have come back, or were missing three times.
func (f *Feed) revisit(ctx context.Context, st *feedState, n int) (docs []*corpus.Doc) {
	for i := range st.Seen[:min(watched, len(st.Seen))] {
		e := &st.Seen[i]
		if f.reader == nil || !e.Taken || !e.Due.IsZero() || e.Page == "" || f.web.now().Before(e.again()) {
			continue
		}
		if n--; n < 0 || ctx.Err() != nil {
			return docs
		}
		d, err := f.recheck(ctx, e)
		if refusedNow(err) {
			return docs
		}
		if d != nil {
			docs = append(docs, d)
		}
	}
	return docs
}

// again returns when the page of an item is to be looked at again.
func (e *seenItem) again() time.Time {
	if e.Missed > 0 && !e.Gone || e.Doubts > 0 {
		return e.Checked.Add(dayWait)
	}
	return later(e.Checked, e.First).Add(watchWait)
}

// recheck looks at the page of an item, and returns the publication if there
// is something to say about it. A page that cannot be read says nothing.
func (f *Feed) recheck(ctx context.Context, e *seenItem) (*corpus.Doc, error) {
	q := Query{Address: e.Page, Accept: acceptedPages, Limit: MaxPage}
	if e.Full && !e.Gone {
		q.ETag, q.LastModified = e.ETag, e.Change
	}
	a, err := f.web.Get(ctx, q)
	e.Checked = f.web.now().UTC()
	switch {
	case isGone(err):
		return e.miss(), nil
	case err != nil:
		return nil, err
	case a.Unchanged:
		e.Missed = 0
		return nil, nil
	}
	full, err := article(ctx, f.reader, e.Page, a)
	if err != nil {
		return nil, err
	}
	return e.judge(a, full, f.web.now()), nil
}

// miss notes that the page was not there. One that never was says nothing of
// the publication.
func (e *seenItem) miss() *corpus.Doc {
	if e.Missed++; e.Missed < goneTries || e.Gone || !e.Met {
		return nil
	}
	e.Gone = true
	return &corpus.Doc{ID: e.ID, Withdrawn: true}
}

// judge returns the publication if its page says something else than before. A
// text of which suddenly half is missing is believed when it comes on three
// days. The words of the feed are left as they are if they were good enough.
func (e *seenItem) judge(a *Answer, full *corpus.Doc, now time.Time) *corpus.Doc {
	sum := hash([]byte(full.Text))
	if !e.Full && !e.Gone && e.Tries == 0 {
		e.Met, e.Missed = true, 0
		return nil
	}
	if words(full.Text) < e.Words/2 && sum != e.Hash {
		if e.Doubt != sum {
			e.Doubt, e.Doubts = sum, 0
		}
		if e.Doubts++; e.Doubts < goneTries {
			return nil
		}
	}
	same := sum == e.Hash && !e.Gone
	e.read(a, full, now)
	if same {
		return nil
	}
	d := e.doc()
	join(d, full)
	e.Full, e.Tries = true, 0
	return d
}
