package index

import (
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// perPublication is the number of passages of a generated publication.
const perPublication = 20

// A writer makes prose of words that are as frequent as those of a language.
type writer struct {
	random *rand.Rand
	rank   *rand.Zipf
}

func newWriter(seed uint64) *writer {
	r := rand.New(rand.NewPCG(seed, 1))
	return &writer{r, rand.NewZipf(r, 1.1, 3, 50_000)}
}

// word returns a made-up word, the shorter the commoner.
func (w *writer) word() string {
	var b strings.Builder
	for n := w.rank.Uint64() + 1; n > 0; n /= 60 {
		b.WriteByte("bcdfglmnprst"[n%12])
		b.WriteByte("aeiou"[n/12%5])
	}
	return b.String()
}

func (w *writer) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = w.word()
	}
	return strings.Join(words, " ")
}

// publication returns the paragraphs of a publication, of some 80 words each.
func (w *writer) publication() []string {
	paragraphs := make([]string, perPublication)
	for i := range paragraphs {
		for range 2 + w.random.IntN(5) {
			paragraphs[i] += "The " + w.words(10+w.random.IntN(20)) + ". "
		}
		paragraphs[i] = strings.TrimSpace(paragraphs[i])
	}
	return paragraphs
}

// library returns a corpus of generated prose.
func library(passages int) (docs *shelf, w *writer, size int) {
	docs, w = newShelf(), newWriter(1)
	for i := range passages / perPublication {
		size += len(docs.put(fmt.Sprintf("https://example.org/publications/%d", i), w.publication()...).Text)
	}
	return docs, w, size
}

// sizes runs a benchmark on a small and a large corpus.
func sizes(b *testing.B, run func(b *testing.B, dir string, docs *shelf, w *writer)) {
	for _, passages := range []int{2_000, 20_000} {
		b.Run(fmt.Sprint(passages), func(b *testing.B) {
			docs, w, _ := library(passages)
			dir := b.TempDir()
			x, _ := open(b, dir, docs)
			mustSync(b, x)
			shut(b, x)
			run(b, dir, docs, w)
		})
	}
}

func folderSize(b *testing.B, dir string) float64 {
	size := int64(0)
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) { // bleve removes files that it has merged
		b.Fatal(err)
	}
	return float64(size)
}

func BenchmarkAsk(b *testing.B) {
	sizes(b, func(b *testing.B, dir string, docs *shelf, w *writer) {
		x, _ := open(b, dir, docs)
		questions := make([]string, 1000)
		for i := range questions {
			questions[i] = "what did " + w.words(6) + "?"
		}
		for i := 0; b.Loop(); i++ {
			if _, err := x.Ask(b.Context(), Question{Text: questions[i%len(questions)]}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkPutSync measures until one new publication can be found.
func BenchmarkPutSync(b *testing.B) {
	sizes(b, func(b *testing.B, dir string, docs *shelf, w *writer) {
		x, _ := open(b, dir, docs)
		for i := 0; b.Loop(); i++ {
			docs.put(fmt.Sprint("new ", i), w.publication()...)
			mustSync(b, x)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	sizes(b, func(b *testing.B, dir string, docs *shelf, _ *writer) {
		for b.Loop() {
			x, err := Open(dir, docs, slog.New(slog.DiscardHandler))
			if err != nil {
				b.Fatal(err)
			}
			shut(b, x)
		}
	})
}

func BenchmarkBuild(b *testing.B) {
	docs, _, size := library(2_000)
	b.SetBytes(int64(size))
	dir := ""
	for b.Loop() {
		dir = b.TempDir()
		x, _ := open(b, dir, docs)
		mustSync(b, x)
		shut(b, x)
	}
	b.ReportMetric(folderSize(b, dir)/float64(size), "index-B/text-B")
}
