package source

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"time"

	"rapporteur/corpus"
)

// judge decides what the document of a page means: the publication, or one
// that is known already, or something that a site shows when it is broken.
func (c *crawler) judge(st *crawlState, e *entry, a *Answer, d *corpus.Doc) (*corpus.Doc, error) {
	now := c.web.now().UTC()
	sum := hash([]byte(d.Text))
	if twin := st.twin(e, sum); twin != nil {
		switch {
		case e.Taken || twin.Doubt == sum:
			return nil, e.fail(fmt.Errorf("%w: it has the same text as %s", errExcuse, shownAddress(twin.link())), now)
		case twin.Missed > 0 || !twin.Here:
			e.succeed(twin)
			st.drop(twin)
		default: // one page under two addresses
			e.settle("", 0, now)
			return nil, nil
		}
	}
	if e.doubtful(a, d, sum, now) {
		return nil, nil
	}
	e.settle(sum, words(d.Text), now)
	e.ETag, e.Change = a.ETag, a.LastModified
	return c.publish(st, e, d, now), nil
}

// twin returns another entry with the same text, or with the same that may be
// none.
func (s *crawlState) twin(e *entry, sum string) *entry {
	for _, other := range s.Entries {
		if other != e && (other.Hash == sum || other.Doubt == sum) && other.ID != e.ID {
			return other
		}
	}
	return nil
}

// succeed makes e, which is new, the same publication as twin, which has moved
// without a word.
func (e *entry) succeed(twin *entry) {
	e.Link = e.link()
	e.ID, e.Date, e.First = twin.ID, twin.Date, twin.First
	e.Taken, e.Old, e.Words, e.Hash = twin.Taken, twin.Old, twin.Words, twin.Hash
}

// doubtful reports whether a document may be what a site shows when it is
// broken: it is tiny, or half of the text is suddenly gone. It is believed when
// it comes again, for a publication that is known on three days.
func (e *entry) doubtful(a *Answer, d *corpus.Doc, sum string, now time.Time) bool {
	tiny := len(a.Body) < slight && looksHTML(a.Body) && words(d.Text) < excuseWords
	shrunk := e.Taken && words(d.Text) < e.Words/2
	if sum == e.Hash || !tiny && !shrunk {
		return false
	}
	if e.Doubt != sum {
		e.Doubt, e.Doubts = sum, 0
	}
	e.Doubts++
	wait, enough := time.Hour, 2
	if e.Taken {
		wait, enough = dayWait, goneTries
	}
	e.Due = now.Add(wait)
	return e.Doubts < enough
}

// publish returns the publication of a page as it is told of, or nil if the
// rules leave it out.
func (c *crawler) publish(st *crawlState, e *entry, d *corpus.Doc, now time.Time) *corpus.Doc {
	if !e.Taken && !c.rules.passes(e.link(), d.Title) || !c.rules.takes(d) {
		return nil
	}
	if e.Date.IsZero() || !e.Taken && !d.Published.IsZero() {
		e.Date = d.Published // the page knows better than its link, but does not change its mind
	}
	st.saw(e.Date, e.First)
	d.ID, d.Published, d.Backlog = e.ID, e.Date, e.Old
	if d.Title == "" || e.Title != "" && namedAfter(d.Title, e.link()) {
		d.Title = e.Title
	}
	e.Taken, e.Old = true, false
	return d
}

// namedAfter reports whether a title was made of the name in an address, for
// want of a better one.
func namedAfter(title, address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	base := path.Base(u.Path)
	name := strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(base, path.Ext(base)))
	return strings.EqualFold(fold(name), title)
}
