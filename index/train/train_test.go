package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/index/rank"
)

func TestHolds(t *testing.T) {
	tests := []struct {
		text, answer string
		want         bool
	}{
		{"salt cost nine crowns.", "nine crowns", true},
		{"salt cost ninety crowns.", "nine", false},
		{"a nine, then nine", "nine", true},
		{"ninenine nine", "nine", true},
		{"cost $5.", "$5", true},
		{"über zürich", "zürich", true},
		{"überzürich", "zürich", false},
		{"anything", "", false},
		{"", "nine", false},
	}
	for _, test := range tests {
		if got := holds(test.text, test.answer); got != test.want {
			t.Errorf("%q holds %q: %t", test.text, test.answer, got)
		}
	}
}

func TestPlain(t *testing.T) {
	if got := plain("“Ada’s” — ﬁne PRICE"); got != `"ada's" - fine price` {
		t.Errorf("got %q", got)
	}
}

// folder returns a folder with two articles and two questions.
func folder(t *testing.T, questions string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"articles.jsonl": `{"id":"salt","title":"Salt","paragraphs":["Salt cost nine crowns in Norway.","Tin froze."]}
{"id":"tide","paragraphs":["The tide rose by three metres."]}`,
		"questions.jsonl": questions,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const asked = `{"id":"1","question":"What did salt cost?","kind":"answerable","gold":[{"article":"salt","paragraph":0,"answers":["nine crowns"]}]}
{"id":"2","question":"How high did the tide rise?","kind":"answerable","gold":[{"article":"tide","paragraph":0,"answers":["three metres"]}]}`

func TestLoad(t *testing.T) {
	d, err := load(folder(t, asked))
	if err != nil {
		t.Fatal(err)
	}
	want := []question{
		{"1", "What did salt cost?", "answerable", []gold{{"salt", 0, []string{"nine crowns"}}}},
		{"2", "How high did the tide rise?", "answerable", []gold{{"tide", 0, []string{"three metres"}}}},
	}
	if diff := cmp.Diff(want, d.questions); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	if d.docs[0].Title != "Salt" || d.docs[1].Title != "tide" || d.docs[0].Text != "Salt cost nine crowns in Norway.\n\nTin froze." {
		t.Errorf("articles %+v", d.docs)
	}
}

func TestLoadErrors(t *testing.T) {
	if _, err := load(t.TempDir()); err == nil {
		t.Error("nothing is wrong with an empty folder")
	}
	if _, err := load(folder(t, `{"id":`)); err == nil || !strings.Contains(err.Error(), "questions.jsonl") {
		t.Errorf("half a question: %v", err)
	}
}

func TestExamples(t *testing.T) {
	d, err := load(folder(t, asked))
	if err != nil {
		t.Fatal(err)
	}
	examples, err := d.examples(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		first := e.sentences[0]
		if !first.right || !first.gold || len(first.features) != len(rank.Features()) {
			t.Errorf("%s: %+v", e.question.Question, first)
		}
	}
	if got := measure(examples, rank.SentenceWeights()); got.quote != 1 || got.passage != 1 || got.questions != 2 {
		t.Errorf("measured: %s", got)
	}
}

// planted returns questions whose right sentence is the one for which twice the
// first feature less the second is most; the third tells nothing.
func planted(n int) []example {
	random := rand.New(rand.NewPCG(1, 7))
	var all []example
	for range n {
		var e example
		best, most := 0, math.Inf(-1)
		for k := range 6 {
			f := []float32{random.Float32(), random.Float32(), random.Float32()}
			e.sentences = append(e.sentences, sentence{features: f})
			if sum := float64(2*f[0] - f[1]); sum > most {
				best, most = k, sum
			}
		}
		e.sentences[best].right = true
		all = append(all, e)
	}
	return all
}

func TestFitFindsThePlantedRule(t *testing.T) {
	w := fit(planted(2000), 3, nil, 1e-4, 12)
	if ratio := w[0] / w[1]; w[0] <= 0 || math.Abs(ratio+2) > .3 || math.Abs(w[2]) > w[0]/10 {
		t.Errorf("learnt %.2f", w)
	}
	if diff := cmp.Diff(w, fit(planted(2000), 3, nil, 1e-4, 12)); diff != "" {
		t.Errorf("learnt again, they differ:\n%s", diff)
	}
	if w := fit(planted(200), 3, []int{1}, 1e-4, 2); w[1] != 0 {
		t.Errorf("what is left out weighs %.2f", w[1])
	}
}

func TestLogisticFindsThePlantedRule(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 7))
	var trials []trial
	for range 2000 {
		a, b := random.Float64(), random.Float64()
		trials = append(trials, trial{kind: "absent", features: []float64{a, b, 1}})
		if a > .5 {
			trials[len(trials)-1].kind, trials[len(trials)-1].right = "answerable", true
		}
	}
	w := logistic(trials, 3, nil, 1e-4)
	if w[0] < 5 || math.Abs(w[1]) > w[0]/10 || math.Abs(w[0]/2+w[2]) > w[0]/5 {
		t.Errorf("learnt %.2f", w)
	}
}

func TestAUROC(t *testing.T) {
	tests := []struct {
		good, bad []float64
		want      float64
	}{
		{[]float64{3, 4}, []float64{1, 2}, 1},
		{[]float64{1, 2}, []float64{3, 4}, 0},
		{[]float64{2}, []float64{2}, .5},
		{[]float64{1, 3}, []float64{2, 2, 0}, 4. / 6},
	}
	for _, test := range tests {
		if got := auroc(test.good, test.bad); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("of %v against %v it is %.3f, want %.3f", test.good, test.bad, got, test.want)
		}
	}
}

func TestSource(t *testing.T) {
	got := source("sentence", "sentences", []rank.Feature{{Name: "a"}, {Name: "longer"}}, []float64{1, -.5})
	want := "var sentenceWeights = [...]float64{\n\t1.0000,  // a\n\t-0.5000, // longer\n}\n"
	if !bytes.HasSuffix(got, []byte(want)) {
		t.Errorf("got\n%s", got)
	}
}

// The weights that are checked in fit the features that there are.
func TestWeightsFit(t *testing.T) {
	if a, b := len(rank.SentenceWeights()), len(rank.Features()); a != b {
		t.Errorf("%d weights for %d features of sentences: run go run ./index/train sentences", a, b)
	}
	if a, b := len(rank.CertaintyWeights()), len(rank.CertaintyFeatures()); a != b {
		t.Errorf("%d weights for %d features of answers: run go run ./index/train certainty", a, b)
	}
}

// The weights that are checked in answer questions that nothing was learnt from.
func TestWeightsAnswer(t *testing.T) {
	d, err := load(filepath.Join("..", "..", "..", "shared", "eval", "data", "squad2"))
	if err != nil {
		t.Skipf("there are no questions beside the source tree: %v", err)
	}
	examples, err := d.examples(t.Context(), 1200) // of which half have an answer
	if err != nil {
		t.Fatal(err)
	}
	got := measure(examples, rank.SentenceWeights())
	if got.questions < 500 || got.quote < .78 || got.passage < .85 || got.words > 52 {
		t.Errorf("worse than it was: %s", got)
	}
}
