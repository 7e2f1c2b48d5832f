package index

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"rapporteur/corpus"
)

// reference returns the BM25 score of each passage that has one, as textbooks
// define it, with every text at hand.
func reference(passages map[passage][]string, question []string) map[passage]float64 {
	length := 0
	count := map[string]int{}
	for _, terms := range passages {
		length += len(terms)
		for _, t := range distinct(slices.Clone(terms)) {
			count[t]++
		}
	}
	n, average := float64(len(passages)), float64(length)/float64(len(passages))
	scores := map[passage]float64{}
	for p, terms := range passages {
		for _, q := range question {
			times := 0.0
			for _, t := range terms {
				if t == q {
					times++
				}
			}
			idf := math.Log(1 + (n-float64(count[q])+0.5)/(float64(count[q])+0.5))
			scores[p] += idf * times / (times + 0.9*(1-0.4+0.4*float64(len(terms))/average))
		}
	}
	maps.DeleteFunc(scores, func(_ passage, score float64) bool { return score == 0 })
	return scores
}

func TestSearchIsBM25(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		docs := newShelf()
		dir := ""
		if rapid.IntRange(0, 3).Draw(rt, "kept") == 0 {
			dir = t.TempDir()
		}
		x, _ := open(t, dir, docs)
		defer shut(t, x)
		x.batch = rapid.IntRange(1, 20).Draw(rt, "batch")
		for range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			change := rapid.SliceOfN(publication, 1, 12).Draw(rt, "publications")
			for _, doc := range change {
				docs.add(&doc)
			}
			mustSync(t, x)
		}
		question := distinct(rapid.SliceOfN(word, 1, 6).Draw(rt, "question"))
		limit := rapid.IntRange(1, 20).Draw(rt, "limit")
		scope := rapid.SampledFrom([]string{"", "d1", "d2"}).Draw(rt, "scope")
		want := reference(shelved(x, docs), question)
		maps.DeleteFunc(want, func(p passage, _ float64) bool { return scope != "" && p.doc != scope })
		padding := rapid.SampledFrom([]int{0, fewPublications}).Draw(rt, "publications in view without passages")
		check(rt, x, scope, padding, question, limit, want)
	})
}

// check compares the hits of a search with the scores that all passages have.
func check(t *rapid.T, x *Index, scope string, padding int, question []string, limit int, want map[passage]float64) {
	got := map[passage]float64{}
	var scores []float64
	err := x.read(context.Background(), func(r *reader) error {
		var in view
		if scope != "" {
			in = view{scope: true}
			for i := range padding {
				in[fmt.Sprint("nothing ", i)] = true
			}
		}
		s, err := newSearch(context.Background(), r, question, limit)
		if err != nil {
			return err
		}
		if err := s.run(context.Background(), r, in); err != nil {
			return err
		}
		for _, h := range s.hits {
			p, err := r.passage(h.number)
			if err != nil {
				return err
			}
			got[p] = h.score
			scores = append(scores, h.score)
		}
		return s.close()
	})
	if err != nil {
		t.Fatal(err)
	}
	best := slices.SortedFunc(maps.Values(want), func(a, b float64) int { return cmp.Compare(b, a) })
	near := cmpopts.EquateApprox(1e-9, 0)
	if diff := gocmp.Diff(best[:min(limit, len(best))], scores, near, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("scores of %q: %s", question, diff)
	}
	for p, score := range got {
		if !gocmp.Equal(want[p], score, near) {
			t.Fatalf("score of %v: got %v, want %v", p, score, want[p])
		}
	}
}

// shelved returns the passages of docs with their terms.
func shelved(x *Index, docs *shelf) map[passage][]string {
	passages := map[passage][]string{}
	for _, doc := range docs.docs {
		for span := range doc.Paragraphs() {
			terms := x.terms(doc.Title + " " + doc.Text[span.Start:span.End])
			passages[passage{doc.ID, doc.Seq, span, len(terms)}] = terms
		}
	}
	return passages
}

var (
	word = rapid.Custom(func(t *rapid.T) string {
		// The square makes some words common and others rare.
		n := rapid.IntRange(0, 7).Draw(t, "n")
		return fmt.Sprintf("w%d", n*rapid.IntRange(0, 7).Draw(t, "m"))
	})
	publication = rapid.Custom(func(t *rapid.T) corpus.Doc {
		doc := corpus.Doc{ID: fmt.Sprintf("d%d", rapid.IntRange(0, 9).Draw(t, "id")), Title: "t w2"}
		if rapid.IntRange(0, 5).Draw(t, "withdrawn") == 0 {
			return corpus.Doc{ID: doc.ID, Withdrawn: true}
		}
		var paragraphs []string
		for range rapid.IntRange(1, 4).Draw(t, "paragraphs") {
			words := rapid.SliceOfN(word, 1, 12).Draw(t, "words")
			paragraphs = append(paragraphs, strings.Join(words, " "))
		}
		doc.Text = strings.Join(paragraphs, "\n\n")
		return doc
	})
)
