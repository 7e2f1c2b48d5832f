package index

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapporteur/corpus"
	"rapporteur/index/answertype"
)

// maxSuggested is the length of the longest question that is suggested, in
// characters: what a menu shows on one line.
const maxSuggested = 100

// Suggest returns up to n questions that d answers: those about who and what is
// named in its key takeaways, and those about d as a publication. Each of them
// was asked, and what the index quotes first stands in d; that takes about a
// millisecond a question. A withdrawn publication answers none.
func (x *Index) Suggest(ctx context.Context, d *corpus.Doc, n int) (questions []string, err error) {
	if d.Withdrawn {
		return nil, nil
	}
	for _, q := range suggestions(d) {
		if len(questions) >= n {
			break
		}
		answer, err := x.Ask(ctx, Question{Text: q, Limit: 1})
		switch {
		case errors.Is(err, corpus.ErrNotFound):
			continue
		case err != nil:
			return nil, err
		case answer.Answered && answer.from(d.ID):
			questions = append(questions, q)
		}
	}
	return questions, nil
}

// from reports whether what a says first is from the publication with this id.
func (a Answer) from(id string) bool {
	if len(a.Facts) > 0 {
		return a.Facts[0].Doc.ID == id
	}
	return len(a.Quotes) > 0 && a.Quotes[0].Doc().ID == id
}

// suggestions returns what may be asked of d, the best first.
func suggestions(d *corpus.Doc) (questions []string) {
	add := func(q string) {
		if utf8.RuneCountInString(q) <= maxSuggested && !slices.Contains(questions, q) {
			questions = append(questions, q)
		}
	}
	for _, t := range d.Takeaways {
		for _, name := range names(d.Text[t.Start:t.End]) {
			add("What is said about " + withArticle(name, d.Text) + "?")
		}
	}
	if strings.HasSuffix(d.Title, "?") {
		add(d.Title)
	}
	if title := strings.NewReplacer(`"`, "", "“", "", "”", "").Replace(d.Title); title != "" {
		add("Who wrote “" + title + "”?")
		add("When was “" + title + "” published?")
	}
	return questions
}

// names returns what text names.
func names(text string) (all []string) {
	for _, m := range answertype.Find(text, answertype.Named) {
		name := text[m.Span.Start:m.Span.End]
		if first, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(first) && !strings.ContainsAny(name, "\"“”\n") {
			all = append(all, name)
		}
	}
	return all
}

// withArticle returns name with "the" before it if that is how text speaks of
// it where no other noun seems to follow, as in "the Hudson" and not in "the
// Hudson report".
func withArticle(name, text string) string {
	with, without := 0, 0
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			break
		}
		before, after := text[:at+i], text[at+i+len(name):]
		at += i + len(name)
		next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(after, " "))
		switch {
		case strings.HasPrefix(after, " ") && unicode.IsLower(next):
		case strings.HasSuffix(before, "the ") || strings.HasSuffix(before, "The "):
			with++
		default:
			without++
		}
	}
	if with > without {
		return "the " + name
	}
	return name
}
