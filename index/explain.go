package index

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"rapporteur/corpus"
	"rapporteur/index/question"
	"rapporteur/index/rank"
)

// Reasons tells how an answer was chosen.
type Reasons struct {
	Question   question.Question // as it was understood
	Candidates []Candidate       // all sentences that were considered
	Certainty  []float64         // what tells whether the first quote answers, in the order of rank.CertaintyFeatures
	Unranked   bool              // whether no sentence was looked for, as the publications' data or their dates were asked for
	Doubt      Doubt
	Threshold  float64 // how likely the first quote had to be to answer
	Found      bool    // whether nothing was asked, and the first quote has all the words that were looked for
}

// A Candidate is a sentence that was considered.
type Candidate struct {
	corpus.Quote
	rank.Sentence
	Quoted int // which of the quotes it is in, from 1; 0 if in none
}

// A part is what some features of one group add to a sum.
type part struct {
	name string
	sum  float64
}

// parts returns what each group of features adds, in the order of the groups.
func parts(features []rank.Feature, weights, values []float64) []part {
	var all []part
	for i := range min(len(features), len(weights), len(values)) {
		at := slices.IndexFunc(all, func(p part) bool { return p.name == features[i].Group })
		if at < 0 {
			at = len(all)
			all = append(all, part{name: features[i].Group})
		}
		all[at].sum += weights[i] * values[i]
	}
	return all
}

// best returns the likeliest candidates, at most n.
func (r *Reasons) best(n int) []Candidate {
	all := slices.Clone(r.Candidates)
	slices.SortStableFunc(all, func(a, b Candidate) int { return cmp.Compare(b.Chance, a.Chance) })
	return all[:min(n, len(all))]
}

// probability returns how likely the first quote is to answer.
func (r *Reasons) probability() float64 {
	sum := 0.0
	for _, p := range parts(rank.CertaintyFeatures(), rank.CertaintyWeights(), r.Certainty) {
		sum += p.sum
	}
	return r.Doubt.Left / (1 + math.Exp(-sum))
}

// Short says in a few lines how the first quote was chosen.
func (r *Reasons) Short() string {
	lines := []string{r.understood()}
	best := r.best(1)
	switch {
	case r.Unranked:
		return lines[0] + "\nSo no sentence was looked for: what is known of the publications tells."
	case len(best) == 0:
		return lines[0] + "\nNo passage has a word of it."
	}
	lines = append(lines, fmt.Sprintf("The likeliest of %d sentences: %.0f %% of all chances, by %s.", len(r.Candidates), 100*best[0].Chance,
		strongest(parts(rank.Features(), rank.SentenceWeights(), best[0].Features))))
	verdict := "so it counts as an answer"
	p := r.probability()
	if p < r.Threshold {
		verdict = "so it does not count as an answer"
	}
	if r.Found {
		verdict = "but nothing was asked, and all the words looked for are in it"
	}
	if r.Doubt.Left < 1 {
		lines = append(lines, fmt.Sprintf("%s That leaves %.2f of its probability.", r.Doubt.Why, r.Doubt.Left))
	}
	lines = append(lines, fmt.Sprintf("It answers with a probability of %.2f; %.2f is asked for, %s.", p, max(0, r.Threshold), verdict))
	return strings.Join(lines, "\n")
}

// understood says what the question was taken for.
func (r *Reasons) understood() string {
	q := &r.Question
	said := fmt.Sprintf("Understood as %v; what answers is %v", q.Kind, q.Wants)
	for _, p := range [...]struct {
		name, value string
	}{{"asked for", q.Focus}, {"names", strings.Join(q.Names, ", ")}, {"phrases", strings.Join(q.Phrases, ", ")}, {"only publications", say(q.Filters)}} {
		if p.value != "" {
			said += "; " + p.name + ": " + p.value
		}
	}
	if q.Negated {
		said += "; negated"
	}
	return said + "."
}

// strongest names the parts that add most, strongest first.
func strongest(all []part) string {
	slices.SortStableFunc(all, func(a, b part) int { return cmp.Compare(math.Abs(b.sum), math.Abs(a.sum)) })
	var said []string
	for _, p := range all[:min(4, len(all))] {
		said = append(said, fmt.Sprintf("%s %+.1f", p.name, p.sum))
	}
	return strings.Join(said, ", ")
}

// whyRows is how many sentences, and how many features of one, Long shows.
const whyRows = 10

// Long says how the quotes were chosen among the likeliest sentences: what each
// group of features adds to their scores, and for the first one what each
// feature does; and what speaks for and against its being an answer.
func (r *Reasons) Long() string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Short())
	best := r.best(whyRows)
	if len(best) == 0 {
		return b.String()
	}
	r.table(&b, best)
	fmt.Fprintf(&b, "\nWhat makes the score of the first:\n")
	features(&b, rank.Features(), rank.SentenceWeights(), best[0].Features)
	fmt.Fprintf(&b, "\nWhat makes the probability of the first quote (the sum is put through the logistic function):\n")
	features(&b, rank.CertaintyFeatures(), rank.CertaintyWeights(), r.Certainty)
	return b.String()
}

// table shows a row for each candidate: its chance, its score, what the groups
// add to that, and how it came there.
func (r *Reasons) table(b *strings.Builder, best []Candidate) {
	fmt.Fprintf(b, "\nThe likeliest sentences, and what the groups of features add to their scores:\n")
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	for i, c := range best {
		groups := parts(rank.Features(), rank.SentenceWeights(), c.Features)
		if i == 0 {
			fmt.Fprint(w, "\tchance\tscore\t")
			for _, p := range groups {
				fmt.Fprint(w, p.name, "\t")
			}
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%d\t%.3f\t%.2f\t", i+1, c.Chance, c.Score)
		for _, p := range groups {
			fmt.Fprintf(w, "%+.2f\t", p.sum)
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	for i, c := range best {
		fmt.Fprintf(b, "%d. %s\n   %s\n", i+1, c.path(), c.Text())
	}
}

// path says how the candidate came to be considered, and what became of it.
func (c Candidate) path() string {
	said := fmt.Sprintf("passage %d (BM25 %.2f) → %s → sentence %d", c.Passage+1, c.Features[0], c.Place(), c.Number+1)
	switch {
	case c.Quoted > 0:
		said += fmt.Sprintf(" → quote %d", c.Quoted)
	case c.Repeats:
		said += " → another says the same"
	}
	if c.Key {
		said += ", also a key takeaway"
	}
	return said
}

// features shows the features that add most, the strongest first.
func features(b *strings.Builder, features []rank.Feature, weights, values []float64) {
	order := make([]int, min(len(features), len(weights), len(values)))
	for i := range order {
		order[i] = i
	}
	adds := func(i int) float64 { return weights[i] * values[i] }
	slices.SortStableFunc(order, func(i, k int) int { return cmp.Compare(math.Abs(adds(k)), math.Abs(adds(i))) })
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	sum := 0.0
	for n, i := range order {
		if sum += adds(i); n < whyRows {
			fmt.Fprintf(w, "  %+.2f\t= %.2f × %+.2f\t%s (%s)\n", adds(i), values[i], weights[i], features[i].Name, features[i].Group)
		}
	}
	fmt.Fprintf(w, "  %+.2f\t\tall of them\n", sum)
	w.Flush()
}
