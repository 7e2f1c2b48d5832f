package index

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"rapporteur/corpus"
	"rapporteur/index/rank"
)

// cacheSize bounds what a docCache holds, in bytes, twice over.
const cacheSize = 16 << 20

// A docCache remembers the publications that answers were cut from lately, and
// what was read of them, so that most questions ask nothing of the corpus. It
// keeps two generations: when the young one is full it becomes the old one,
// and what is then asked for again becomes young again.
type docCache struct {
	words rank.Words

	mu         sync.Mutex
	young, old map[string]*volume
	size       int // bytes in young
}

// A volume is a publication with what was read of it. The docCache's mu guards
// all but doc.
type volume struct {
	doc   *corpus.Doc
	front *front
	texts map[corpus.Span]*rank.Text
	size  int // bytes of all
}

// A front is what is read of a publication whatever is looked for in it.
type front struct {
	title         *rank.Text
	abbreviations []rank.Abbreviation
}

// get returns the publication with this id as it was at seq, or nil if it is
// not that any more.
func (c *docCache) get(ctx context.Context, docs Docs, id string, seq int64) (*corpus.Doc, error) {
	v, err := c.volume(ctx, docs, id, seq)
	if v == nil {
		return nil, err
	}
	return v.doc, nil
}

// volume is get, with what was read of the publication.
func (c *docCache) volume(ctx context.Context, docs Docs, id string, seq int64) (*volume, error) {
	if v := c.known(id, seq); v != nil {
		return v, nil
	}
	doc, err := docs.Get(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("get publication %s: %w", id, err)
	}
	if doc.Seq != seq || doc.Withdrawn {
		return nil, nil
	}
	v := &volume{doc: doc, size: len(doc.Text), texts: map[corpus.Span]*rank.Text{}}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(v)
	return v, nil
}

func (c *docCache) known(id string, seq int64) *volume {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v := c.young[id]; v != nil && v.doc.Seq == seq {
		return v
	}
	if v := c.old[id]; v != nil && v.doc.Seq == seq {
		c.add(v)
		return v
	}
	return nil
}

// add makes v young. The caller holds mu.
func (c *docCache) add(v *volume) {
	if c.young == nil || c.size > cacheSize {
		c.young, c.old, c.size = map[string]*volume{}, c.young, 0
	}
	c.young[v.doc.ID] = v
	c.size += v.size
}

// front returns what is read first of a publication.
func (c *docCache) front(v *volume) *front {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v.front == nil {
		v.front = &front{c.words.Read(v.doc.Title), c.words.Abbreviations(v.doc.Text)}
	}
	return v.front
}

// read returns what stands at span in a publication, read.
func (c *docCache) read(v *volume, span corpus.Span) *rank.Text {
	c.mu.Lock()
	t := v.texts[span]
	c.mu.Unlock()
	if t != nil {
		return t
	}
	t = c.words.Read(v.doc.Text[span.Start:span.End])
	c.mu.Lock()
	defer c.mu.Unlock()
	v.texts[span] = t
	v.size += t.Size()
	c.size += t.Size()
	return t
}
