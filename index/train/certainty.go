package main

import (
	"cmp"
	"context"
	"log/slog"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"rapporteur/corpus"
	"rapporteur/index"
	"rapporteur/index/lexicon"
)

// A trial is one question asked of some corpus.
type trial struct {
	kind     string // "answerable", or why it has no answer: "absent", "removed", "changed", "adversarial"
	features []float64
	right    bool // whether the first quote answers
	score    float64
}

// folds is how many parts the articles are dealt into; each part is withheld once.
const folds = 4

// trials asks all questions of the whole corpus, of one without their article,
// of one without their paragraph, and with one word changed.
func (d *dataset) trials(ctx context.Context, sample int, change bool) ([]trial, error) {
	questions := d.questions
	if sample > 0 {
		step := max(1, len(questions)/sample)
		var some []question
		for i := 0; i < len(questions); i += step {
			some = append(some, questions[i])
		}
		questions = some
	}
	var all []trial
	ask := func(corpus *dataset, kind string, questions []question) error {
		t, err := corpus.try(ctx, kind, questions)
		all = append(all, t...)
		return err
	}
	if err := ask(d, "", questions); err != nil {
		return nil, err
	}
	var answerable []question
	for _, q := range questions {
		if len(q.Gold) > 0 {
			answerable = append(answerable, q)
		}
	}
	for fold := range folds {
		part := func(q question) bool { return d.number(q.Gold[0].Article)%folds == fold }
		if err := ask(d.without(func(article, _ int) bool { return article%folds == fold }), "absent", only(answerable, part)); err != nil {
			return nil, err
		}
	}
	for fold := range 2 {
		part := func(q question) bool { return q.Gold[0].Paragraph%2 == fold && len(q.Gold) == 1 }
		if err := ask(d.without(func(_, paragraph int) bool { return paragraph%2 == fold }), "removed", only(answerable, part)); err != nil {
			return nil, err
		}
	}
	if change {
		return all, ask(d, "changed", d.changed(answerable))
	}
	return all, nil
}

func only(questions []question, keep func(question) bool) []question {
	return slices.DeleteFunc(slices.Clone(questions), func(q question) bool { return !keep(q) })
}

func (d *dataset) number(article string) int {
	return slices.IndexFunc(d.docs, func(doc *corpus.Doc) bool { return doc.ID == article })
}

// without returns the corpus less some paragraphs.
func (d *dataset) without(gone func(article, paragraph int) bool) *dataset {
	less := &dataset{byID: map[string]*corpus.Doc{}}
	for i, doc := range d.docs {
		var left []string
		for n, p := range strings.Split(doc.Text, "\n\n") {
			if !gone(i, n) {
				left = append(left, p)
			}
		}
		if len(left) > 0 {
			copied := *doc
			copied.Text, copied.Seq = strings.Join(left, "\n\n"), int64(len(less.docs)+1)
			less.docs = append(less.docs, &copied)
			less.byID[doc.ID] = &copied
		}
	}
	return less
}

// try asks questions of the corpus. They have no answer in it if kind is given.
func (d *dataset) try(ctx context.Context, kind string, questions []question) ([]trial, error) {
	x, err := index.OpenMemory(d, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer x.Close()
	if err := x.Sync(ctx); err != nil {
		return nil, err
	}
	var all []trial
	for _, q := range questions {
		a, err := x.Ask(ctx, index.Question{Text: q.Question, Why: true})
		if err != nil {
			return nil, err
		}
		t := trial{kind: cmp.Or(kind, q.Kind), features: a.Why.Certainty}
		if len(a.Quotes) > 0 {
			t.right = kind == "" && q.answeredBy(a.Quotes[0].Quote)
			t.score = a.Quotes[0].Score
		}
		all = append(all, t)
	}
	return all, nil
}

// answeredBy reports whether a quote holds an answer and is of the paragraph
// that it should be of.
func (q question) answeredBy(c corpus.Quote) bool {
	for _, g := range q.Gold {
		if g.Article != c.Doc().ID || g.Paragraph != c.Paragraph()-1 {
			continue
		}
		for _, answer := range g.Answers {
			if holds(plain(c.Text()), strings.Trim(plain(answer), " .,;:!?\"'()[]{}")) {
				return true
			}
		}
	}
	return false
}

// changed returns the questions with one word replaced by one of the same sort
// from another question on the same article, that their paragraph does not have.
func (d *dataset) changed(questions []question) []question {
	random := rand.New(rand.NewPCG(2, 2))
	words := map[string][]string{} // by article and sort
	for _, q := range questions {
		for i, w := range strings.Fields(q.Question) {
			if sort := sortOf(w, i); sort != "" {
				words[q.Gold[0].Article+sort] = append(words[q.Gold[0].Article+sort], w)
			}
		}
	}
	var all []question
	for _, q := range questions {
		if c, ok := d.change(q, words, random); ok {
			all = append(all, c)
		}
	}
	return all
}

func (d *dataset) change(q question, words map[string][]string, random *rand.Rand) (question, bool) {
	said := strings.Fields(q.Question)
	paragraph := plain(strings.Split(d.byID[q.Gold[0].Article].Text, "\n\n")[q.Gold[0].Paragraph])
	for range 20 {
		i := random.IntN(len(said))
		choice := words[q.Gold[0].Article+sortOf(said[i], i)]
		if len(choice) == 0 {
			continue
		}
		other := choice[random.IntN(len(choice))]
		bare := strings.Trim(plain(other), " .,;:!?\"'()[]{}")
		if bare != "" && !strings.Contains(paragraph, bare) && !strings.Contains(plain(q.Question), bare) {
			said[i] = other
			q.Question = strings.Join(said, " ")
			return q, true
		}
	}
	return q, false
}

// sortOf returns what sort of word w is at the i-th place, or nothing if it
// cannot be changed.
func sortOf(w string, i int) string {
	bare := strings.ToLower(strings.Trim(w, ".,;:!?\"'()"))
	switch first := []rune(w + " ")[0]; {
	case i == 0 || bare == "" || lexicon.IsFunction(bare):
		return ""
	case unicode.IsDigit(first):
		return " number"
	case unicode.IsUpper(first):
		return " name"
	}
	return " other"
}

// logistic returns the weights that tell the right answers from the others. The
// kinds of wrong ones count alike. A trial that found nothing has no features,
// and teaches nothing.
func logistic(trials []trial, n int, off []int, penalty float64) []float64 {
	counts := map[string]float64{}
	for _, t := range trials {
		counts[t.sort()]++
	}
	scale := deviations(trials, n)
	for _, i := range off {
		scale[i] = 0
	}
	w, g := make([]float64, n), make([]float64, n)
	var opt adam
	const steps = 400
	for step := range steps {
		clear(g)
		for _, t := range trials {
			share := 1 / counts[t.sort()]
			if t.right {
				share *= 2
			}
			t.gradient(w, scale, g, share)
		}
		for i := range g {
			g[i] = g[i]/float64(len(counts)) + penalty*w[i]
		}
		opt.step(w, g, 0.05*(1-float64(step)/steps))
	}
	for i := range w {
		w[i] *= scale[i]
	}
	return w
}

// gradient adds to g the gradient of the loss of one trial, which counts as
// much as share says.
func (t trial) gradient(w, scale, g []float64, share float64) {
	z := 0.0
	for i, f := range t.features {
		z += w[i] * f * scale[i]
	}
	d := (sigmoid(z) - is(t.right)) * share
	for i, f := range t.features {
		g[i] += d * f * scale[i]
	}
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// sort returns what t counts among.
func (t trial) sort() string {
	if t.right {
		return "right"
	}
	return t.kind
}

func deviations(trials []trial, n int) []float64 {
	sum, square, count := make([]float64, n), make([]float64, n), 0.0
	for _, t := range trials {
		for i, f := range t.features {
			sum[i] += f
			square[i] += f * f
		}
		count++
	}
	scale := make([]float64, n)
	for i := range scale {
		if v := square[i]/count - sum[i]/count*sum[i]/count; v > 1e-6 {
			scale[i] = 1 / math.Sqrt(v)
		}
	}
	scale[n-1] = 1 // the constant
	return scale
}
