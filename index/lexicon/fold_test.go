package lexicon_test

import (
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"

	"rapporteur/index/lexicon"
)

func TestFold(t *testing.T) {
	tests := map[string]string{
		"São Paulo": "Sao Paulo", "Müller": "Muller", "Łódź": "Lodz", "Ørsted": "Orsted", "straße": "strasse",
		"Æthelred": "AEthelred", "façade": "facade", "naïve": "naive", "Đoković": "Dokovic", "Þór": "Thor",
		"“quoted” ‘words’": `"quoted" 'words'`, "Indo‑Pacific – now—then": "Indo-Pacific - now-then",
		"no\u00a0break": "no break", "soft\u00adhyphen": "softhyphen", "ﬁne": "fine", "Ａ４": "A4", "x²": "x2",
		"e\u0301te\u0301": "ete", "Ἀθῆναι": "Αθηναι", "東京": "東京", "한국": "한국", "が": "が", "हिन्दी": "हिन्दी", "й": "й", "plain": "plain", "": "",
	}
	for s, want := range tests {
		if got := lexicon.Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Wi Sung‐lac’s São")
	f.Add("a\u20d0\u0301\u200dß\xff")
	f.Add("a\u20d0\u0301\u200d\u031f")
	f.Add("\xf5Ȇ")
	f.Fuzz(func(t *testing.T, s string) {
		once := lexicon.Fold(s)
		if twice := lexicon.Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, and of that %q", s, once, twice)
		}
		lexicon.Stem(s)
	})
}

// Terms are those of bleve's analyzer for English.
func TestStemAsBleve(t *testing.T) {
	analyzer, err := registry.NewCache().AnalyzerNamed(en.AnalyzerName)
	if err != nil {
		t.Fatal(err)
	}
	text := `Attendance attendees attending universities organisation's Generals relational happiness NATO's dying
		skies easily conditional running controlled electricity hopefulness adjustable effective 2019 G7`
	for word := range strings.FieldsSeq(text) {
		tokens := analyzer.Analyze([]byte(word))
		if got := lexicon.Stem(word); len(tokens) != 1 || got != string(tokens[0].Term) {
			t.Errorf("Stem(%q) = %q, bleve's is %v", word, got, tokens)
		}
	}
}
