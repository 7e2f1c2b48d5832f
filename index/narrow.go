package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"rapporteur/corpus"
	"rapporteur/index/question"
)

// An aim is a question as it was understood, and where its answer is looked for.
type aim struct {
	question.Question
	view     view
	hopeless bool     // whether no publication passes the filters
	notes    []string // whole sentences for who asks

	phraseless bool   // whether its phrases occur in no passage
	typos      []typo // words that may be misspelt
}

// understand parses q and applies its filters. A natural filter that no
// publication passes was most likely none: its words count as words again, and
// the asker is told so.
func (x *Index) understand(ctx context.Context, r *reader, q Question) (aim, error) {
	text, at := strings.ToValidUTF8(q.Text, " "), q.Asked
	if at.IsZero() {
		at = time.Now()
	}
	a := aim{Question: question.Parse(text, at)}
	if q.Scope != "" {
		a.view = view{q.Scope: true}
	}
	if len(a.Filters) > 0 {
		docs, err := x.catalog.read(ctx, x.docs, r.cursor)
		if err != nil {
			return a, err
		}
		if idle := idle(docs, a.Filters); len(idle) > 0 {
			a.notes = append(a.notes, "I know no publication "+say(idle)+", so I looked in all of them.")
			a.Question = question.Literal(text, at)
		}
		a.look(docs)
	}
	a.notes = append(slices.Clip(a.Problems), a.notes...)
	return a, nil
}

// idle returns the natural filters that none of docs passes.
func idle(docs []*corpus.Doc, filters []question.Filter) []question.Filter {
	var idle []question.Filter
	for _, f := range filters {
		if f.Natural && len(passing(docs, []question.Filter{f})) == 0 {
			idle = append(idle, f)
		}
	}
	return idle
}

// look narrows the view down to those of docs that pass the filters.
func (a *aim) look(docs []*corpus.Doc) {
	if len(a.Filters) == 0 {
		return
	}
	passed := viewOf(passing(docs, a.Filters))
	for id := range passed {
		if a.view != nil && !a.view[id] {
			delete(passed, id)
		}
	}
	if len(passed) == 0 {
		a.hopeless = true
		a.notes = append(a.notes, "I know no publication "+say(a.Filters)+".")
	}
	a.view = passed
}

// filters returns the filters of a, each as a person would say it.
func (a *aim) filters() []string {
	var said []string
	for _, f := range a.Filters {
		said = append(said, f.String())
	}
	return said
}

// say says filters as a person would, such as "by Moreau, since 1 June 2026".
func say(filters []question.Filter) string {
	var said []string
	for _, f := range filters {
		said = append(said, f.String())
	}
	return strings.Join(said, ", ")
}

// asksOnlyForFilters reports whether a has filters and no word to look for.
func (a *aim) asksOnlyForFilters() bool {
	return len(a.Filters) > 0 && !slices.ContainsFunc(a.Words, func(w question.Word) bool { return w.Content })
}

// newest answers with how the newest publications of a view begin: for who
// asks for those by an author or since a date and for nothing else.
func (x *Index) newest(ctx context.Context, r *reader, a aim, limit int) (Answer, error) {
	docs, err := x.catalog.read(ctx, x.docs, r.cursor)
	if err != nil {
		return Answer{}, err
	}
	docs = passing(docs, a.Filters)
	slices.SortFunc(docs, newestFirst)
	answer := Answer{Answered: true, Confidence: 1}
	for _, d := range docs {
		doc, err := x.cache.get(ctx, x.docs, d.ID, d.Seq)
		if err != nil {
			return Answer{}, err
		}
		if doc == nil || !a.view[doc.ID] {
			continue
		}
		q := doc.Quote(beginning(doc))
		answer.Quotes = append(answer.Quotes, Quote{Quote: q, Score: 1})
		answer.Passages = append(answer.Passages, q)
		if len(answer.Quotes) == limit {
			break
		}
	}
	return answer, nil
}

func newestFirst(a, b *corpus.Doc) int {
	return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(b.First, a.First), cmp.Compare(b.Seq, a.Seq))
}

// proseWords is how long a paragraph must be to count as prose, and not as a
// heading or a byline.
const proseWords = 12

// beginning returns the first key takeaway, or else the first paragraph of prose,
// or just the first one.
func beginning(doc *corpus.Doc) corpus.Span {
	if len(doc.Takeaways) > 0 {
		return doc.Takeaways[0]
	}
	var first corpus.Span
	for p := range doc.Paragraphs() {
		if len(strings.Fields(doc.Text[p.Start:p.End])) >= proseWords {
			return shorten(doc, p)
		}
		if first.End == 0 {
			first = p
		}
	}
	return first
}
