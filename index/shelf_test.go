package index

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"go.uber.org/goleak"

	"rapporteur/corpus"
	"rapporteur/corpus/sample"
)

// killed names the folder whose index a copy of this test begins, to be killed
// amid the first Sync.
const killed = "INDEX_TEST_KILLED"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killed); dir != "" {
		syncAndDie(dir)
	}
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) // bleve, to compare with, has workers from the start
}

// syncAndDie ends the process as a power cut would, when two of three batches
// are written.
func syncAndDie(dir string) {
	x, err := Open(dir, dying{letters()}, slog.New(slog.DiscardHandler))
	if err != nil {
		panic(err)
	}
	x.batch = 2
	panic(fmt.Sprint("survived: ", x.Sync(context.Background())))
}

// A dying corpus kills the process in the place of its last publication.
type dying struct{ *shelf }

func (d dying) After(ctx context.Context, seq int64) iter.Seq2[*corpus.Doc, error] {
	return func(yield func(*corpus.Doc, error) bool) {
		for doc, err := range d.shelf.After(ctx, seq) {
			if doc.ID == "f" {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

// letters returns a corpus of six publications with one passage each.
func letters() *shelf {
	s := newShelf()
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		s.put(id, "The letter "+id+"x stands for summit number "+id+".")
	}
	return s
}

// A shelf is a corpus in memory.
type shelf struct {
	mu   sync.Mutex
	seq  int64
	docs map[string]*corpus.Doc
	gets int
}

func newShelf() *shelf { return &shelf{docs: map[string]*corpus.Doc{}} }

// put keeps a publication with these paragraphs, also in the place of an
// earlier one.
func (s *shelf) put(id string, paragraphs ...string) *corpus.Doc {
	doc := &corpus.Doc{ID: id, Title: id, Text: strings.Join(paragraphs, "\n\n")}
	s.add(doc)
	return doc
}

func (s *shelf) add(doc *corpus.Doc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seq++
	doc.Seq = s.seq
	s.docs[doc.ID] = doc
}

func (s *shelf) withdraw(id string) { s.add(&corpus.Doc{ID: id, Withdrawn: true}) }

func (s *shelf) Get(_ context.Context, id string) (*corpus.Doc, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gets++
	if doc := s.docs[id]; doc != nil {
		return doc, nil
	}
	return nil, fmt.Errorf("%s: %w", id, corpus.ErrNotFound)
}

func (s *shelf) After(ctx context.Context, seq int64) iter.Seq2[*corpus.Doc, error] {
	s.mu.Lock()
	defer s.mu.Unlock()
	var docs []*corpus.Doc
	for _, doc := range s.docs {
		if doc.Seq > seq {
			docs = append(docs, doc)
		}
	}
	slices.SortFunc(docs, func(a, b *corpus.Doc) int { return cmp.Compare(a.Seq, b.Seq) })
	return func(yield func(*corpus.Doc, error) bool) {
		for _, doc := range docs {
			if ctx.Err() != nil {
				yield(nil, ctx.Err())
				return
			}
			if !yield(doc, nil) {
				return
			}
		}
	}
}

// open opens the index in dir until the test ends, and returns what it logs.
func open(t testing.TB, dir string, docs Docs) (*Index, *strings.Builder) {
	t.Helper()
	var log strings.Builder
	x, err := Open(dir, docs, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, x) })
	return x, &log
}

func shut(t testing.TB, x *Index) {
	t.Helper()
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}

// fill opens an index in memory and has it take in all of docs.
func fill(t testing.TB, docs Docs) *Index {
	t.Helper()
	x, _ := open(t, "", docs)
	mustSync(t, x)
	return x
}

func mustSync(t testing.TB, x *Index) {
	t.Helper()
	if err := x.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// ask returns the quotes that answer a question, the best first.
func ask(t testing.TB, x *Index, question string) []string {
	t.Helper()
	a, err := x.Ask(t.Context(), Question{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	return texts(a)
}

func texts(a Answer) []string {
	var texts []string
	for _, q := range a.Quotes {
		texts = append(texts, q.Text())
	}
	return texts
}

// mustHold stops the test unless the index has so many passages and has taken
// in the corpus up to the cursor.
func mustHold(t testing.TB, x *Index, passages int, cursor int64) {
	t.Helper()
	s, err := x.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := (Stats{passages, cursor}); s != want {
		t.Fatalf("the index holds %+v, want %+v", s, want)
	}
}

// brief returns the publication that is shipped.
func brief(t testing.TB) *corpus.Doc {
	t.Helper()
	docs, _, err := sample.New().Fetch(t.Context(), nil)
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d publications, %v", len(docs), err)
	}
	return docs[0]
}

// again is a corpus in which a publication changes while it is read, so that
// it comes twice.
type again struct {
	*shelf
	old *corpus.Doc
}

func (a again) After(ctx context.Context, seq int64) iter.Seq2[*corpus.Doc, error] {
	return func(yield func(*corpus.Doc, error) bool) {
		if a.old.Seq > seq && !yield(a.old, nil) {
			return
		}
		for doc, err := range a.shelf.After(ctx, seq) {
			if !yield(doc, err) {
				return
			}
		}
	}
}

func reversed(b []byte) []byte {
	slices.Reverse(b)
	return b
}
