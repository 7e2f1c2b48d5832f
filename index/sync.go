package index

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	index "github.com/blevesearch/bleve_index_api"

	"rapporteur/corpus"
)

// Sync takes in what came or changed in the corpus since the last Sync. When
// it returns, all of it can be found and none of it is lost by a crash. What
// was written before an error or the end of ctx stays, and the next Sync goes
// on from there.
func (x *Index) Sync(ctx context.Context) error {
	x.life.RLock()
	defer x.life.RUnlock()
	if x.closed {
		return ErrClosed
	}
	x.syncing.Lock()
	defer x.syncing.Unlock()
	r, err := newReader(x.engine)
	if err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	cursor := r.cursor
	if err := r.Close(); err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	return x.follow(ctx, cursor)
}

// follow writes what comes after cursor, in batches of some x.batch passages.
func (x *Index) follow(ctx context.Context, cursor int64) error {
	var docs []*corpus.Doc
	passages := 0
	for doc, err := range x.docs.After(ctx, cursor) {
		if err != nil {
			return fmt.Errorf("index publications after %d: %w", cursor, err)
		}
		again := slices.ContainsFunc(docs, func(d *corpus.Doc) bool { return d.ID == doc.ID })
		if again || passages >= x.batch {
			if err := x.write(docs); err != nil {
				return err
			}
			docs, passages = nil, 0
		}
		docs = append(docs, doc)
		for range doc.Paragraphs() {
			passages++
		}
	}
	if len(docs) == 0 {
		return nil
	}
	return x.write(docs)
}

// write puts docs, no two of them the same publication, in the place of what
// the index holds of them, all in one batch.
func (x *Index) write(docs []*corpus.Doc) (err error) {
	last := docs[len(docs)-1].Seq
	defer func() {
		if err != nil {
			err = fmt.Errorf("index publications up to %d: %w", last, err)
		}
	}()
	r, err := newReader(x.engine)
	if err != nil {
		return err
	}
	defer r.Close()
	batch, length := index.NewBatch(), r.length
	for _, doc := range docs {
		old, err := r.passagesOf(doc.ID)
		if err != nil {
			return err
		}
		for _, p := range old {
			batch.Delete(p.key())
			length -= int64(p.length)
		}
	}
	for _, p := range x.analyze(docs) {
		if p.length > 0 {
			batch.Update(p.document(p.tokens))
			length += int64(p.length)
		}
	}
	batch.SetInternal(cursorKey, numberValue(last))
	batch.SetInternal(lengthKey, numberValue(length))
	return x.engine.Batch(batch)
}

// passagesOf returns the passages of one publication.
func (r *reader) passagesOf(doc string) ([]passage, error) {
	numbers, err := r.numbersOf(doc)
	if err != nil {
		return nil, err
	}
	var passages []passage
	for _, n := range numbers {
		p, err := r.passage(n)
		if err != nil {
			return nil, err
		}
		passages = append(passages, p)
	}
	return passages, nil
}

// numbersOf returns bleve's numbers for the passages of one publication, in
// rising order.
func (r *reader) numbersOf(doc string) ([]uint64, error) {
	postings, err := r.TermFieldReader(context.Background(), []byte(doc), docField, false, false, false)
	if err != nil {
		return nil, err
	}
	defer postings.Close()
	var numbers []uint64
	for {
		posting, err := postings.Next(nil)
		if err != nil || posting == nil {
			return numbers, err
		}
		numbers = append(numbers, posting.ID.Value())
	}
}

// passage returns the passage with bleve's number n.
func (r *reader) passage(n uint64) (passage, error) {
	key, err := r.ExternalID(index.NewIndexInternalID(nil, n))
	if err != nil {
		return passage{}, err
	}
	return parseKey(key)
}

// An analyzedPassage is a passage with its terms. Those of the publication's
// title come first: they count as if each paragraph began with it, since
// paragraphs seldom name again what the whole is about.
type analyzedPassage struct {
	passage
	text   string
	title  analysis.TokenStream
	tokens analysis.TokenStream
}

// analyze cuts docs into passages and those into terms, on all processors.
func (x *Index) analyze(docs []*corpus.Doc) []analyzedPassage {
	var passages []analyzedPassage
	for _, doc := range docs {
		if doc.Withdrawn {
			continue
		}
		title := x.analyzer.Analyze([]byte(doc.Title))
		for span := range doc.Paragraphs() {
			p := passage{doc: doc.ID, seq: doc.Seq, span: span}
			passages = append(passages, analyzedPassage{passage: p, text: doc.Text[span.Start:span.End], title: title})
		}
	}
	workers := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(passages); i += workers {
				passages[i].analyze(x.analyzer)
			}
		})
	}
	wg.Wait()
	return passages
}

// analyze sets the tokens and the length of p; a text without terms has none.
func (p *analyzedPassage) analyze(analyzer analysis.Analyzer) {
	text := analyzer.Analyze([]byte(p.text))
	if len(text) == 0 {
		return
	}
	p.tokens = slices.Concat(p.title, text)
	p.length = len(p.tokens)
}
