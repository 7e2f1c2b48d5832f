package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"rapporteur/corpus"
	"rapporteur/index/question"
)

// about answers what is asked of a publication as such from what is known of
// it, with the note on its author if it has one. The answer is empty if no
// publication is meant or the thing is not known of it; the question is then
// like any other.
func (x *Index) about(ctx context.Context, r *reader, a *aim) (Answer, error) {
	known, sure, err := x.meant(ctx, r, a)
	if err != nil || known == nil {
		return Answer{}, err
	}
	value := fact(known, a.About.Asks)
	if value == "" && !sure {
		return Answer{}, nil
	}
	doc, err := x.cache.get(ctx, x.docs, known.ID, known.Seq)
	if err != nil || doc == nil {
		return Answer{}, err
	}
	answer := Answer{Answered: true, Confidence: 1}
	if value != "" {
		answer.Facts = []Fact{{doc, a.About.Asks.String(), value}}
	}
	if note := authorNote(doc); a.About.Asks == question.AboutAuthor && note.End > 0 {
		answer.Quotes = []Quote{{Quote: doc.Quote(shorten(doc, note)), Score: 1}}
		answer.Passages = []corpus.Quote{doc.Quote(note)}
	}
	if len(answer.Facts)+len(answer.Quotes) == 0 {
		a.notes = append(a.notes, fmt.Sprintf("What I know of “%s” tells no %v.", known.Title, a.About.Asks))
		return Answer{}, nil
	}
	return answer, nil
}

// fact returns what is known of a publication, or nothing.
func fact(d *corpus.Doc, part question.Part) string {
	switch part {
	case question.AboutAuthor:
		return strings.Join(d.Authors, ", ")
	case question.AboutDate:
		if !d.Published.IsZero() {
			return d.Published.Format("2 January 2006")
		}
	case question.AboutTitle:
		return d.Title
	case question.AboutSource:
		return cmp.Or(d.URL, d.Source)
	}
	return ""
}

// meant returns the publication that a asks about: the one with its title, the
// one that says most about its topic, the only one, or else the newest, of
// which one is not sure. It is nil if there is none.
func (x *Index) meant(ctx context.Context, r *reader, a *aim) (doc *corpus.Doc, sure bool, err error) {
	docs, err := x.catalog.read(ctx, x.docs, r.cursor)
	if err != nil {
		return nil, false, err
	}
	docs = slices.DeleteFunc(docs, func(d *corpus.Doc) bool { return !a.sees(d.ID) })
	switch {
	case a.About.Title != "":
		docs = passing(docs, []question.Filter{{Field: question.Title, Value: a.About.Title}})
	case a.About.Topic != "":
		id, err := x.best(ctx, r, a)
		if err != nil {
			return nil, false, err
		}
		docs = slices.DeleteFunc(docs, func(d *corpus.Doc) bool { return d.ID != id })
	}
	if len(docs) == 0 {
		return nil, false, nil
	}
	sure = len(docs) == 1 || a.About.Title != ""
	return slices.MinFunc(docs, newestFirst), sure, nil
}

// best returns the publication of the passage that says most about the topic
// of a, or nothing if a word of that stands nowhere.
func (x *Index) best(ctx context.Context, r *reader, a *aim) (id string, err error) {
	s, err := x.scan(ctx, r, distinct(x.terms(a.About.Topic)), a.view, 1)
	if err != nil || len(s.hits) == 0 || slices.ContainsFunc(s.terms, func(t term) bool { return t.count == 0 }) {
		return "", err
	}
	p, err := r.passage(s.hits[0].number)
	return p.doc, err
}
