package corpus_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"rapporteur/corpus"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// A place is a source that shows what a test puts there.
type place struct {
	docs  []*corpus.Doc
	next  []byte
	err   error
	given []string // the states that it was fetched with
}

func (p *place) Name() string { return "place" }

func (p *place) Fetch(_ context.Context, state []byte) ([]*corpus.Doc, []byte, error) {
	p.given = append(p.given, string(state))
	var copies []*corpus.Doc
	for _, d := range p.docs {
		c := *d
		copies = append(copies, &c)
	}
	return copies, p.next, p.err
}

func take(t testing.TB, s *corpus.Store, src corpus.Source) int {
	t.Helper()
	n, err := s.Take(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTakeTellsBacklogFromNews(t *testing.T) {
	s := newStore(t)
	p := &place{err: errors.New("no answer")}
	if _, err := s.Take(t.Context(), p); !errors.Is(err, p.err) {
		t.Error(err)
	}
	if when, err := s.Fetched(t.Context(), "place"); err != nil || !when.IsZero() {
		t.Errorf("fetched at %v, %v, though it never was", when, err)
	}
	p.err, p.docs = nil, []*corpus.Doc{doc("a", "One."), doc("b", "Two.")}
	if n := take(t, s, p); n != 2 {
		t.Errorf("took %d, want 2", n)
	}
	late := doc("d", "Four.") // its source knows that it lay there from the first
	late.Backlog = true
	p.docs = []*corpus.Doc{doc("a", "One, corrected."), doc("b", "Two."), doc("c", "Three."), late}
	if n := take(t, s, p); n != 3 {
		t.Errorf("took %d, want 3", n)
	}
	for id, backlog := range map[string]bool{"a": true, "b": true, "c": false, "d": true} {
		if d := get(t, s, id); d.Backlog != backlog || d.Source != "place" {
			t.Errorf("%s: Backlog %v, Source %q", id, d.Backlog, d.Source)
		}
	}
	if when, err := s.Fetched(t.Context(), "place"); err != nil || when.IsZero() {
		t.Errorf("fetched at %v, %v", when, err)
	}
}

func TestTakeOfAnEmptySourceIsItsFirst(t *testing.T) {
	s := newStore(t)
	p := &place{}
	take(t, s, p)
	p.docs = []*corpus.Doc{doc("a", "One.")}
	take(t, s, p)
	if get(t, s, "a").Backlog {
		t.Error("what came after the first fetch counts as its backlog")
	}
}

func TestTakeKeepsTheState(t *testing.T) {
	s := newStore(t)
	p := &place{next: []byte("1")}
	take(t, s, p)
	p.next = nil
	take(t, s, p)
	p.next, p.err = []byte("2"), errors.New("half an answer")
	if _, err := s.Take(t.Context(), p); !errors.Is(err, p.err) {
		t.Error(err)
	}
	p.err = nil
	take(t, s, p)
	if diff := cmp.Diff([]string{"", "1", "1", "2"}, p.given); diff != "" {
		t.Error(diff)
	}
}

func TestTakeIsNotHeldUpByABadPublication(t *testing.T) {
	s := newStore(t)
	p := &place{docs: []*corpus.Doc{doc("a", "One."), {ID: "bad", Title: "Bad"}, {ID: "worse"}, doc("b", "Two.")}}
	n, err := s.Take(t.Context(), p)
	if n != 2 || err == nil || !strings.Contains(err.Error(), "bad: a publication needs a text") ||
		!strings.Contains(err.Error(), "worse: a publication needs a title") {
		t.Errorf("took %d, %v", n, err)
	}
	get(t, s, "b")
}

// other is a second source that shows the same publications.
type other struct{ *place }

func (other) Name() string { return "other" }

func TestTwoSourcesDoNotCorrectEachOther(t *testing.T) {
	c := &clock{time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
	s := openStore(t, filepath.Join(t.TempDir(), "corpus.db"), c.now)
	here := &place{docs: []*corpus.Doc{doc("a", "One.")}}
	there := other{&place{docs: []*corpus.Doc{doc("a", "One, said otherwise.")}}}
	take(t, s, here)
	for range 3 {
		if n := take(t, s, here) + take(t, s, there); n != 0 {
			t.Fatalf("%d changes though neither source changed", n)
		}
	}
	c.t = c.t.Add(8 * 24 * time.Hour) // the first source is no longer read
	if n := take(t, s, there); n != 1 || get(t, s, "a").Source != "other" {
		t.Errorf("%d changes, want the other source to take over", n)
	}
}

// A dying source is cut off, as by the end of the program, once it was fetched.
type dying struct {
	*place
	cancel context.CancelFunc
}

func (d dying) Fetch(ctx context.Context, state []byte) ([]*corpus.Doc, []byte, error) {
	docs, next, err := d.place.Fetch(ctx, state)
	d.cancel()
	return docs, next, err
}

func TestTakeThatIsCutOffLosesNothing(t *testing.T) {
	s := newStore(t)
	p := &place{next: []byte("all seen")}
	for i := range 250 {
		p.docs = append(p.docs, doc(fmt.Sprintf("%03d", i), "One."))
	}
	ctx, cancel := context.WithCancel(t.Context())
	if n, err := s.Take(ctx, dying{p, cancel}); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("took %d, %v", n, err)
	}
	if n := take(t, s, p); n != 250 || p.given[1] != "" {
		t.Errorf("took %d with the state %q", n, p.given[1])
	}
}

func TestTakeThatFailsHalfwayLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "corpus.db")
	s := openStore(t, path, time.Now)
	p := &place{next: []byte("all seen")}
	for i := range 250 {
		p.docs = append(p.docs, doc(fmt.Sprintf("%03d", i), "One."))
	}
	refuse(t, path, "170")
	n, err := s.Take(t.Context(), p)
	if n != 100 || err == nil || !strings.Contains(err.Error(), "put 170") {
		t.Fatalf("took %d, %v", n, err)
	}
	accept(t, path)
	if n := take(t, s, p); n != 150 || p.given[1] != "" {
		t.Errorf("took %d with the state %q", n, p.given[1])
	}
	ids := after(t, s, 0)
	for i, d := range p.docs {
		if ids[i] != d.ID || !get(t, s, d.ID).Backlog {
			t.Fatalf("%d: %s", i, ids[i])
		}
	}
}

// refuse lets the database at path fail when the publication id is put.
func refuse(t *testing.T, path, id string) {
	exec(t, path, "CREATE TRIGGER refuse BEFORE INSERT ON publications WHEN NEW.id = '"+id+"' BEGIN SELECT RAISE(ABORT, 'refused'); END")
}

func accept(t *testing.T, path string) { exec(t, path, "DROP TRIGGER refuse") }

func exec(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), query)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// many is some batches of publications.
const many = 350

func TestReadersDoNotWaitForTake(t *testing.T) {
	s := newStore(t)
	p := &place{}
	for i := range many {
		p.docs = append(p.docs, doc(fmt.Sprintf("%04d", i), strings.Repeat("A sentence of some words. ", 40)))
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() { follow(t, s, done) })
	}
	if n := take(t, s, p); n != many {
		t.Errorf("took %d", n)
	}
	close(done)
	readers.Wait()
}

// follow reads the corpus until done, and then once more to its end. It must
// see each publication once and in order.
func follow(t *testing.T, s *corpus.Store, done chan struct{}) {
	seq, ended := int64(0), false
	for !ended {
		select {
		case <-done:
			ended = true
		default:
		}
		for d, err := range s.After(t.Context(), seq) {
			if err != nil || d.Seq != seq+1 {
				t.Errorf("after %d: %v, %v", seq, d, err)
				return
			}
			seq = d.Seq
		}
	}
	if seq != many {
		t.Errorf("saw %d publications", seq)
	}
}

func BenchmarkPut(b *testing.B) {
	s := newStore(b)
	text := strings.Repeat("A sentence of some words. ", 300)
	for i := 0; b.Loop(); i++ {
		put(b, s, doc(fmt.Sprint(i), text))
	}
}

func BenchmarkTake1000(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	text := func() string {
		var words strings.Builder
		for range 1500 {
			fmt.Fprintf(&words, "w%d ", random.IntN(10_000))
		}
		return words.String()
	}
	for b.Loop() {
		p := &place{}
		for i := range 1000 {
			p.docs = append(p.docs, doc(fmt.Sprint(i), text()))
		}
		take(b, newStore(b), p)
	}
}
