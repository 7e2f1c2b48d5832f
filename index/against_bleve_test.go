package index

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// bleveHits is the number of hits that bleve is asked for: as many passages as
// an answer is looked for in.
const bleveHits = 30

// newBleve makes an index of bleve as its documentation advises for speed:
// static mapping, BM25, no more kept of the text than postings need.
func newBleve(b *testing.B) bleve.Index {
	b.Helper()
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.DocValues, text.IncludeInAll, text.IncludeTermVectors = en.AnalyzerName, false, false, false, false
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveindex.BM25Scoring
	m.DefaultMapping = &mapping.DocumentMapping{Enabled: true,
		Properties: map[string]*mapping.DocumentMapping{"text": {Enabled: true, Fields: []*mapping.FieldMapping{text}}}}
	x, err := bleve.NewUsing(filepath.Join(b.TempDir(), "bleve"), m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	return x
}

// fillBleve indexes the passages of docs in batches of 1,000.
func fillBleve(b *testing.B, x bleve.Index, docs *shelf) {
	b.Helper()
	batch := x.NewBatch()
	flush := func() {
		if err := x.Batch(batch); err != nil {
			b.Fatal(err)
		}
		batch.Reset()
	}
	for doc, err := range docs.After(b.Context(), 0) {
		if err != nil {
			b.Fatal(err)
		}
		for p := range doc.Paragraphs() {
			if err := batch.Index(fmt.Sprint(doc.ID, p.Start), map[string]string{"text": doc.Text[p.Start:p.End]}); err != nil {
				b.Fatal(err)
			}
			if batch.Size() >= 1000 {
				flush()
			}
		}
	}
	flush()
}

// measure runs do with one question after the other, and reports the time that
// the processor spent on each, also on other threads.
func measure(b *testing.B, questions []string, do func(question string) error) {
	b.Helper()
	began := processorTime(b)
	for i := 0; b.Loop(); i++ {
		if err := do(questions[i%len(questions)]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(processorTime(b)-began)/float64(b.N), "cpu-ns/op")
}

func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkAgainstBleve compares the search for passages, and a whole answer,
// with bleve's own search over the same text. Build times of the largest size
// are long: choose one with -bench AgainstBleve/20000/.
func BenchmarkAgainstBleve(b *testing.B) {
	text := readProse(b)
	for _, passages := range []int{20_000, 200_000, 1_000_000} {
		b.Run(fmt.Sprint(passages), func(b *testing.B) {
			docs := sync.OnceValue(func() *shelf { docs, _ := text.library(passages); return docs })
			b.Run("MatchQuery", func(b *testing.B) {
				x := newBleve(b)
				fillBleve(b, x, docs())
				measure(b, text.questions, func(question string) error {
					match := bleve.NewMatchQuery(question)
					match.SetField("text")
					_, err := x.SearchInContext(b.Context(), bleve.NewSearchRequestOptions(match, bleveHits, 0, false))
					return err
				})
			})
			ours := sync.OnceValue(func() *Index {
				x, _ := open(b, filepath.Join(b.TempDir(), "ours"), docs())
				mustSync(b, x)
				return x
			})
			b.Run("passages", func(b *testing.B) {
				x := ours()
				measure(b, text.questions, func(question string) error { return x.search(b, question) })
			})
			b.Run("Ask", func(b *testing.B) {
				x := ours()
				measure(b, text.questions, func(question string) error {
					_, err := x.Ask(b.Context(), Question{Text: question})
					return err
				})
			})
		})
	}
}

// search finds the best passages and looks into none of them.
func (x *Index) search(b *testing.B, question string) error {
	return x.read(b.Context(), func(r *reader) error {
		s, err := newSearch(b.Context(), r, distinct(x.terms(question)), bleveHits)
		if err != nil {
			return err
		}
		defer s.close()
		return s.run(b.Context(), r, nil)
	})
}

// BenchmarkFirstBuild compares the first build of an index with bleve's.
func BenchmarkFirstBuild(b *testing.B) {
	text := readProse(b)
	docs, size := text.library(20_000)
	b.Run("bleve", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			fillBleve(b, newBleve(b), docs)
		}
	})
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(size))
		dir := ""
		for b.Loop() {
			dir = b.TempDir()
			x, _ := open(b, dir, docs)
			mustSync(b, x)
			shut(b, x)
		}
		b.ReportMetric(folderSize(b, dir)/float64(size), "index-B/text-B")
	})
}

// BenchmarkAskWhileSyncing reports the slowest hundredth of the answers while
// nothing is indexed, and while 200 passages a second arrive.
func BenchmarkAskWhileSyncing(b *testing.B) {
	text := readProse(b)
	docs, _ := text.library(20_000)
	x, _ := open(b, b.TempDir(), docs)
	mustSync(b, x)
	for _, perSecond := range []int{0, 200} {
		b.Run(fmt.Sprintf("%d passages a second", perSecond), func(b *testing.B) {
			stop, stopped := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(stopped)
				text.arrive(b, x, docs, perSecond, stop)
			}()
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				began := time.Now()
				if _, err := x.Ask(b.Context(), Question{Text: text.questions[i%len(text.questions)]}); err != nil {
					b.Error(err)
				}
				took = append(took, time.Since(began))
			}
			close(stop)
			<-stopped
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100]), "p99-ns")
		})
	}
}

// arrive puts publications into docs and x, so many passages a second.
func (p *prose) arrive(b *testing.B, x *Index, docs *shelf, perSecond int, stop <-chan struct{}) {
	if perSecond == 0 {
		return
	}
	tick := time.NewTicker(time.Second * perPublication / time.Duration(perSecond))
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		paragraphs := make([]string, perPublication)
		for j := range paragraphs {
			paragraphs[j] = p.paragraph((i*perPublication + j) % len(p.paragraphs))
		}
		docs.put(fmt.Sprint("arrival ", i), paragraphs...)
		if err := x.Sync(b.Context()); err != nil {
			b.Error(err)
			return
		}
	}
}

// BenchmarkHeap reports what 10,000 questions leave on the heap, once the
// cache of publications is full.
func BenchmarkHeap(b *testing.B) {
	text := readProse(b)
	docs, _ := text.library(20_000)
	x, _ := open(b, b.TempDir(), docs)
	mustSync(b, x)
	ask := func(n int) {
		for i := range n {
			if _, err := x.Ask(b.Context(), Question{Text: text.questions[i%len(text.questions)]}); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		ask(10_000)
		before := heap()
		ask(10_000)
		b.ReportMetric((heap()-before)/1e6, "MB-more")
		b.ReportMetric(before/1e6, "MB-before")
	}
}

func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
