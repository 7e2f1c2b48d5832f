package rank

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapporteur/index/question"
)

// ask returns a query in which all terms weigh alike.
func ask(w *Words, text string) *Query {
	return w.NewQuery(question.Literal(text, time.Time{}), func(string) float64 { return 1 })
}

// shelve returns texts as passages, the first of them the best. The title of
// all is "Tides"; a text that begins with "* " is a key takeaway, and what stands
// before "# " is the heading.
func shelve(w *Words, texts ...string) []Passage {
	var all []Passage
	for i, text := range texts {
		p := Passage{Title: w.Read("Tides"), Score: 1 / float64(i+2)}
		if heading, rest, ok := strings.Cut(text, "# "); ok {
			p.Heading, text = w.Read(heading), rest
		}
		text, p.Takeaway = strings.CutPrefix(text, "* ")
		p.Text = w.Read(text)
		p.Abbreviations = w.Abbreviations(text)
		all = append(all, p)
	}
	return all
}

// TestFeatures explains each feature by one case: its value for the n-th
// sentence of all passages.
func TestFeatures(t *testing.T) {
	const salt = "what did salt cost in Norway?" // terms: salt, cost, Norway
	type texts []string
	tests := []struct {
		feature  string
		question string
		texts    texts
		n        int
		want     float64
	}{
		{"passage score", salt, texts{"Salt.", "Tin."}, 1, 1. / 3},
		{"passage rank", salt, texts{"Salt.", "Tin."}, 1, 1. / 2},
		{"passage cover", salt, texts{"Salt is white. It has a cost."}, 0, 2. / 3},
		{"passage names", salt, texts{"Tin. Norway."}, 0, 1},
		{"passage exact", salt, texts{"The costs of salt."}, 0, 1. / 3},
		{"passage pairs", salt, texts{"Tin. The salt cost little."}, 0, 1. / 5},
		{"passage best cover", salt, texts{"Tin. The salt cost little."}, 0, 2. / 3},
		{"passage density", salt, texts{"The salt cost little."}, 0, 2. / 14},
		{"passage spread", salt, texts{"Salt is white. Tin is grey."}, 0, 1. / 2},
		{"passage rarest", salt, texts{"Salt is white."}, 0, 1},
		{"publication score", salt, texts{"Salt.", "Tin."}, 0, 1},
		{"exact", salt, texts{"Salt costs a lot."}, 0, 1. / 3},
		{"stem", salt, texts{"Salt costs a lot."}, 0, 2. / 3},
		{"cover gap", salt, texts{"Salt costs a lot. Salt is white."}, 1, 1. / 3},
		{"best in passage", salt, texts{"Salt costs a lot. Salt is white."}, 0, 1},
		{"near", "who has a licence?", texts{"She has the license."}, 0, 1},
		{"synonym", "who purchased it?", texts{"She will buy it."}, 0, 1},
		{"wider", "which car?", texts{"The vehicle is red."}, 0, 0}, // "car" is what is asked for, and "vehicle" no word for more that WordNet ranks high
		{"similar", "who was Frassineti?", texts{"The Frassinetto came."}, 0, 1},
		{"all", salt, texts{"Salt cost nothing in Norway."}, 0, 1},
		{"names", salt, texts{"Norway is cold."}, 0, 1},
		{"numbers", "what happened in 1912?", texts{"The ship sank in 1912."}, 0, 1},
		{"focus", "which city is on the coast?", texts{"The city lies inland."}, 0, 1},
		{"others", "which city is on the coast?", texts{"It lies on the coast."}, 0, 1},
		{"missing before", salt, texts{"Norway was cold. Salt cost a lot."}, 1, 1. / 3},
		{"missing two before", salt, texts{"Norway was cold. Tin froze. Salt cost a lot."}, 2, 1. / 3},
		{"missing after", salt, texts{"Salt cost a lot. Norway was cold."}, 0, 1. / 3},
		{"missing at start", salt, texts{"Norway was cold. Tin froze. Salt cost a lot."}, 2, 1. / 3},
		{"missing around", salt, texts{"Norway was cold. Tin froze. Salt cost a lot."}, 1, 1},
		{"missing in title", salt, texts{"The price in Norway# Salt cost a lot."}, 0, 1. / 3},
		{"pronoun", salt, texts{"It cost a lot."}, 0, 1},
		{"pronoun, missing before", salt, texts{"Salt is white. It cost a lot."}, 1, 1. / 3},
		{"in order", salt, texts{"In Norway salt cost a lot."}, 0, 2. / 3},
		{"pairs", salt, texts{"What did salt buy?"}, 0, 2. / 5},
		{"tight", salt, texts{"Salt of that sort cost a lot."}, 0, 2. / 5},
		{"around", "what did Ada find?", texts{"Ada found gold."}, 0, (1 + 6./7) / 2},
		{"who: sure", "who came?", texts{"President Lindqvist came."}, 0, 1},
		{"who: near", "who came?", texts{"Then came Bo Lindqvist."}, 0, 1},
		{"when: sure", "when did it close?", texts{"It closed in 1957."}, 0, 1},
		{"when: near", "when did it close?", texts{"It closed in 1957."}, 0, 1},
		{"how many: sure", "how many boats came to Oslo?", texts{"Of them, 40 boats came to Oslo."}, 0, 1},
		{"how many: near", "how many boats came to Oslo?", texts{"Of them, 40 boats came to Oslo."}, 0, 1},
		{"where: near", "where did it sink?", texts{"It sank in Kenya."}, 0, 0}, // no word that it is about is near: "sank" is irregular
		{"why: sure", "why did it close?", texts{"It closed because of the frost."}, 0, 1},
		{"how: sure", "how did they travel?", texts{"They travelled by walking."}, 0, 1},
		{"meaning: sure", "what is a barrage?", texts{"A barrage is a dam."}, 0, 1},
		{"fits", "how many boats came to Oslo?", texts{"Of them, 40 boats came to Oslo."}, 0, 1},
		{"near and sure", "how many boats came to Oslo?", texts{"Of them, 40 boats came to Oslo."}, 0, 1},
		{"none of the kind", "how many boats came to Oslo?", texts{"The boats sank."}, 0, 1},
		{"what: name", "what did Ada find?", texts{"Later Ada found Oslo."}, 0, 1},
		{"what: number", "what did Ada find?", texts{"Ada found 5."}, 0, 1},
		{"what: quoted", "what did Ada find?", texts{"Ada found “gold”."}, 0, 1},
		{"first", salt, texts{"Salt. Tin."}, 0, 1},
		{"last", salt, texts{"Salt. Tin."}, 1, 1},
		{"position", salt, texts{"Salt. Tin."}, 1, 1. / 2},
		{"alone", salt, texts{"Salt."}, 0, 1},
		{"length", salt, texts{"Salt is white."}, 0, math.Log(4) / 4},
		{"short", salt, texts{"Salt is white."}, 0, 1},
		{"long", salt, texts{strings.Repeat("salt and ", 31)}, 0, 1},
		{"echo", salt, texts{"Salt had a high cost."}, 0, 2. / 3},
		{"nothing new", salt, texts{"The cost of salt."}, 0, 1},
		{"asks", salt, texts{"What was the cost?"}, 0, 1},
		{"stranger", salt, texts{"Tin froze."}, 0, 1},
	}
	names := map[string]int{}
	for i, f := range Features() {
		names[f.Name] = i
	}
	for _, test := range tests {
		var w Words
		i, known := names[test.feature]
		if !known {
			t.Errorf("there is no feature %q", test.feature)
			continue
		}
		all := ask(&w, test.question).Rank(shelve(&w, test.texts...)).Sentences
		if got := all[test.n].Features[i]; math.Abs(got-test.want) > 1e-6 {
			t.Errorf("%s of sentence %d of %q for %q is %.4f, want %.4f", test.feature, test.n, test.texts, test.question, got, test.want)
		}
	}
}

func TestAbbreviationStandsForItsWords(t *testing.T) {
	tests := []struct{ question, text string }{
		{"what is IP4?", "The Indo-Pacific Four (IP4) met. The Indo-Pacific Four left."},
		{"who met the Indo-Pacific Four?", "The Indo-Pacific Four (IP4) met. The IP4 left."},
	}
	for _, test := range tests {
		var w Words
		q := ask(&w, test.question)
		r := q.Rank(shelve(&w, test.text))
		if got := r.sight.passages[0].sentences[1].met; got&q.names != q.names {
			t.Errorf("%q: the second sentence of %q has only the terms %b of the names %b", test.question, test.text, got, q.names)
		}
	}
}

func TestMisspeltIsNeverMet(t *testing.T) {
	var w Words
	q := ask(&w, "where does Frasineti teach?")
	q.Resembles("frasineti", "frassineti")
	m := q.Rank(shelve(&w, "Frassineti teaches in Venice.")).sight.passages[0].sentences[0]
	if m.met.size() != 1 || m.any() != q.all {
		t.Errorf("of the terms %b it has %b, and similar ones of %b", q.all, m.met, m.any())
	}
}

// What is said twice counts once: the body rather than a takeaway, and else the
// likelier sentence.
func TestRepeats(t *testing.T) {
	var w Words
	all := ask(&w, "what did salt cost?").Rank(shelve(&w,
		"* Salt cost nine crowns.", "Salt cost nine crowns. It was dear.", "In that year, salt cost nine crowns.", "Salt cost nine crowns.")).Sentences
	var kept []int
	sum := 0.0
	for i, s := range all {
		if sum += s.Chance; !s.Repeats {
			kept = append(kept, i)
		}
		if s.Key != (i == 1) {
			t.Errorf("sentence %d is also a takeaway: %t", i, s.Key)
		}
	}
	if !slices.Equal(kept, []int{1, 2, 3}) || math.Abs(sum-1) > 1e-9 {
		t.Errorf("kept are %v with the chances %f", kept, sum)
	}
}

// vocabulary is what the properties make texts of.
var vocabulary = strings.Fields("salt cost Norway the crowns nine 1912 because Lindqvist tide harbour was in. by, (IP4) “Oslo” it? rose! South Korea")

func drawText(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 60).Draw(t, name), " ")
}

// The chances of all sentences add up to 1, numbers are finite, and the quotes
// keep to their bounds whatever is asked of whatever.
func TestRankProperties(t *testing.T) {
	var w Words
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawText(t, "text") }), 1, 6).Draw(t, "texts")
		passages := shelve(&w, texts...)
		r := ask(&w, drawText(t, "question")).Rank(passages)
		if err := sound(passages, r); err != "" {
			t.Fatal(err)
		}
	})
}

// sound returns what is wrong with a ranking, or nothing.
func sound(passages []Passage, r *Ranking) string {
	sum, words := 0.0, map[[2]int]int{}
	for _, s := range r.Sentences {
		sum += s.Chance
		words[[2]int{s.Passage, s.Number}] = s.Words
		if slices.ContainsFunc(s.Features, func(f float64) bool { return math.IsNaN(f) || math.IsInf(f, 0) }) || len(s.Features) != len(featureNames) {
			return "features that are no numbers"
		}
		if span := passages[s.Passage].Text.Sentence(s.Number); span.Start < 0 || span.Start > span.End || span.End > len(passages[s.Passage].Text.text) {
			return "a sentence outside its text"
		}
	}
	if len(r.Sentences) > 0 && math.Abs(sum-1) > 1e-9 {
		return "chances that do not add up to 1"
	}
	windows := Choose(r.Sentences, 5)
	for i, a := range windows {
		count := 0
		for n := a.First; n <= a.Last; n++ {
			count += words[[2]int{a.Passage, n}]
		}
		if count > quoteWords && a.First < a.Last {
			return "a quote that is too long"
		}
		if slices.ContainsFunc(windows[:i], a.overlaps) {
			return "quotes that overlap"
		}
		if p := r.Probability(a); !(p >= 0 && p <= 1) {
			return "a probability that is none"
		}
	}
	return ""
}

// Choose takes what is likeliest for its length, and of one passage never the
// same sentence twice.
func TestChoose(t *testing.T) {
	sentence := func(passage, number, words int, chance float64) Sentence {
		return Sentence{Passage: passage, Number: number, Words: words, Chance: chance}
	}
	tests := []struct {
		name string
		all  []Sentence
		want []Window
	}{
		{"nothing", nil, nil},
		{"a neighbour that adds something", []Sentence{sentence(0, 0, 20, .6), sentence(0, 1, 20, .3)}, []Window{{Passage: 0, First: 0, Last: 1}}},
		{"a neighbour that adds nothing", []Sentence{sentence(0, 0, 20, .6), sentence(0, 1, 20, .001)}, []Window{{0, 0, 0, 0, false, 0}, {Passage: 0, First: 1, Last: 1}}},
		{"no room", []Sentence{sentence(0, 0, 40, .6), sentence(0, 1, 40, .3)}, []Window{{Passage: 0, First: 0, Last: 0}, {Passage: 0, First: 1, Last: 1}}},
		{"long by itself", []Sentence{sentence(0, 0, 90, 1)}, []Window{{Passage: 0, First: 0, Last: 0}}},
		{"two passages", []Sentence{sentence(0, 0, 20, .3), sentence(1, 0, 20, .6)}, []Window{{Passage: 1}, {Passage: 0}}},
		{"a repetition between", []Sentence{sentence(0, 0, 9, .3), {Passage: 0, Number: 1, Words: 9, Repeats: true}, sentence(0, 2, 9, .2)},
			[]Window{{Passage: 0, First: 0, Last: 0}, {Passage: 0, First: 2, Last: 2}}},
		{"strangers only", []Sentence{{Words: 9, Chance: 1, Stranger: true}}, nil},
	}
	for _, test := range tests {
		got := Choose(test.all, 3)
		same := slices.EqualFunc(got, test.want, func(a, b Window) bool {
			return a.Passage == b.Passage && a.First == b.First && a.Last == b.Last
		})
		if !same {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

// What has nothing of the question takes little from what has, wherever it
// stands among the passages.
func TestStrangersHardlyCount(t *testing.T) {
	var w Words
	q := ask(&w, "what did salt cost in Norway?")
	right := "Salt cost nine crowns in Norway."
	texts := []string{right, "Tin froze.", "The harbour was closed.", "Nobody came to the fair."}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(texts)-1, func(i, j int) { texts[i+1], texts[j+1] = texts[j+1], texts[i+1] })
		r := q.Rank(shelve(&w, texts...))
		if best := Choose(r.Sentences, 1)[0]; best.Passage != 0 || best.Chance < .9 {
			t.Errorf("%q: %+v", texts, best)
		}
	}
}

// A passage beside the best one that has nothing of the question changes the
// probability little: nothing in it grows with the number of passages.
func TestProbabilityIsSteady(t *testing.T) {
	var w Words
	q := ask(&w, "what did salt cost in Norway?")
	texts := []string{"Salt cost nine crowns in Norway."}
	probability := func() float64 {
		passages := shelve(&w, texts...)
		for i := range passages[1:] {
			passages[i+1].Score = 0
		}
		r := q.Rank(passages)
		return r.Probability(Choose(r.Sentences, 1)[0])
	}
	alone := probability()
	for range 24 {
		texts = append(texts, "Tin froze in the harbour.")
	}
	if many := probability(); math.Abs(many-alone) > .05 {
		t.Errorf("the probability is %.3f alone and %.3f among strangers", alone, many)
	}
}

func FuzzRank(f *testing.F) {
	f.Add("who wrote “The Price of Salt” in 1912?", "Ada Moreau (AM) wrote it. It sold 1,200 copies.")
	f.Add("", "\xff\xfe((")
	f.Add("日本 U.S. $ %", "日本 e\u0301 U.S.")
	f.Fuzz(func(t *testing.T, asked, text string) {
		var w Words
		text = strings.ToValidUTF8(text, "\uFFFD")
		passages := shelve(&w, text, asked, text+" "+asked)
		if err := sound(passages, ask(&w, asked).Rank(passages)); err != "" {
			t.Errorf("%q asked of %q: %s", asked, text, err)
		}
	})
}
