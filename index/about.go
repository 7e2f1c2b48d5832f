package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"rapporteur/corpus"
	"rapporteur/index/question"
	"rapporteur/index/sentence"
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
	if value == "" {
		if sure {
			a.notes = append(a.notes, fmt.Sprintf("What I know of “%s” tells no %v.", known.Title, a.About.Asks))
		}
		return Answer{}, nil
	}
	doc, err := x.cache.get(ctx, x.docs, known.ID, known.Seq)
	if err != nil || doc == nil {
		return Answer{}, err
	}
	answer := Answer{Answered: true, Confidence: 1, Facts: []Fact{{doc, a.About.Asks.String(), value}}}
	if note := authorNote(doc); a.About.Asks == question.AboutAuthor && note.End > 0 {
		q := doc.Quote(shorten(doc, note))
		answer.Quotes = []Quote{{Quote: q, Score: 1}}
		answer.Passages = []corpus.Quote{doc.Quote(note)}
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

// noteWords is within how many words a note on an author names that author.
const noteWords = 12

// authorNote returns the last paragraph that begins with an author's name and
// says something of that author, or nothing.
func authorNote(doc *corpus.Doc) corpus.Span {
	var note corpus.Span
	for p := range doc.Paragraphs() {
		words := strings.Fields(doc.Text[p.Start:p.End])
		begins := spoken(strings.Join(words[:min(len(words), noteWords)], " "))
		names := func(author string) bool { return strings.Contains(begins, spoken(author)) }
		if len(words) >= noteWords && slices.ContainsFunc(doc.Authors, names) && !slices.Contains(doc.Takeaways, p) {
			note = p
		}
	}
	return note
}

// quoteWords is how long what is quoted of a longer paragraph may be.
const quoteWords = 60

// shorten returns the first sentences of a paragraph that together have at most
// quoteWords, or its first one.
func shorten(doc *corpus.Doc, p corpus.Span) corpus.Span {
	text, words, end := doc.Text[p.Start:p.End], 0, 0
	for _, s := range sentence.Split(text) {
		words += len(strings.Fields(text[s.Start:s.End]))
		if end > 0 && words > quoteWords {
			break
		}
		end = s.End
	}
	return withoutBullet(doc, corpus.Span{Start: p.Start, End: p.Start + max(end, 1)})
}
