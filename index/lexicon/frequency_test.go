package lexicon_test

import (
	"math"
	"testing"

	"rapporteur/index/lexicon"
)

func TestDF(t *testing.T) {
	the, n := lexicon.WordDF("the")
	nato, _ := lexicon.DF(lexicon.Stem("NATO"))
	none, _ := lexicon.DF("xyzzy")
	if n < 40_000 || the < n/2 || the > n || nato == 0 || nato > n/100 || none != 0 {
		t.Errorf("of %d paragraphs, %d hold the, %d NATO, %d xyzzy", n, the, nato, none)
	}
}

func TestIDFOrder(t *testing.T) {
	rising := []string{"of", "government", "president", "ocean", "volcano", "xyzzy"}
	last := 0.0
	for _, word := range rising {
		idf := lexicon.IDF(lexicon.Stem(word))
		if idf <= last || math.IsInf(idf, 0) {
			t.Errorf("IDF of %q is %.2f, after %.2f", word, idf, last)
		}
		last = idf
	}
}

func BenchmarkIDF(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		lexicon.IDF("attend")
	}
}
