package index

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"rapporteur/corpus"
)

// cacheSize bounds the texts that a docCache holds, in bytes, twice over.
const cacheSize = 8 << 20

// A docCache remembers the publications that answers were cut from lately, so
// that most questions ask nothing of the corpus. Its zero value is empty. It
// keeps two generations: when the young one is full it becomes the old one,
// and what is then asked for again becomes young again.
type docCache struct {
	mu         sync.Mutex
	young, old map[string]*corpus.Doc
	size       int // bytes of text in young
}

// get returns the publication with this id as it was at seq, or nil if it is
// not that any more.
func (c *docCache) get(ctx context.Context, docs Docs, id string, seq int64) (*corpus.Doc, error) {
	if doc := c.known(id, seq); doc != nil {
		return doc, nil
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
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(doc)
	return doc, nil
}

func (c *docCache) known(id string, seq int64) *corpus.Doc {
	c.mu.Lock()
	defer c.mu.Unlock()
	if doc := c.young[id]; doc != nil && doc.Seq == seq {
		return doc
	}
	if doc := c.old[id]; doc != nil && doc.Seq == seq {
		c.add(doc)
		return doc
	}
	return nil
}

func (c *docCache) add(doc *corpus.Doc) {
	if c.young == nil || c.size > cacheSize {
		c.young, c.old, c.size = map[string]*corpus.Doc{}, c.young, 0
	}
	c.young[doc.ID] = doc
	c.size += len(doc.Text)
}
