package index

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
)

// asked is when the questions of these tests are asked.
var asked = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// chronicle returns a corpus of publications with authors, dates and sources.
func chronicle() *shelf {
	s := newShelf()
	for _, d := range []*corpus.Doc{
		{ID: "salt", Title: "The Price of Salt", Authors: []string{"Ada Moreau"}, Published: day(2026, 6, 3), Source: "ledger",
			URL: "https://example.org/salt", Text: "Salt cost nine crowns in the spring of the year of the rain.\n\nA sack of flour cost four.\n\nAda Moreau teaches economic history in Lagos. She is a fellow of the Tide Institute."},
		{ID: "mines", Title: "Mines of the North", Authors: []string{"Bo Lindqvist"}, Published: day(2025, 3, 1), Source: "gazette",
			Text: "Salt cost seven crowns at the mines.\n\nThe white gold\n\nMiners were paid in kind.\n\nThe grey lead\n\nNobody was paid in lead."},
		{ID: "harbour", Title: "The Harbour Today", Text: "Salt left the harbour by night."},
	} {
		s.add(d)
	}
	mines := s.docs["mines"]
	for _, heading := range []string{"The white gold", "The grey lead"} {
		start := strings.Index(mines.Text, heading)
		mines.Headings = append(mines.Headings, corpus.Span{Start: start, End: start + len(heading)})
	}
	return s
}

func day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 9, 0, 0, 0, time.UTC)
}

// tell returns all of an answer in lines.
func tell(a Answer) string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, f := range a.Facts {
		add("%s of %s: %s", f.Name, f.Doc.ID, f.Value)
	}
	for _, q := range a.Quotes {
		add("> %s", q.Text())
	}
	for _, f := range a.Filters {
		add("filter: %s", f)
	}
	for _, n := range a.Notes {
		add("note: %s", n)
	}
	return strings.Join(lines, "\n")
}

func TestAskWithin(t *testing.T) {
	x := fill(t, chronicle())
	for _, test := range []struct{ question, want string }{
		{"author:moreau what did salt cost?", "> Salt cost nine crowns in the spring of the year of the rain.\nfilter: by moreau"},
		{"what did salt cost? before:2026", "> Salt cost seven crowns at the mines.\nfilter: before 1 January 2026"},
		{"in:gazette salt", "> Salt cost seven crowns at the mines.\nfilter: in gazette"},
		{"title:harbour salt", "> Salt left the harbour by night.\nfilter: titled \"harbour\""},
		{"What do articles since June say about salt?", "> Salt cost nine crowns in the spring of the year of the rain.\nfilter: since 1 June 2026"},
		{"articles by Bo Lindqvist on salt", "> Salt cost seven crowns at the mines.\nfilter: by Bo Lindqvist"},
		{"author:moreau before:2026 salt", "note: I know no publication by moreau, before 1 January 2026."},
		{"author:Nobody salt", "note: I know no publication by Nobody."},
		{"since:someday miners", "> Miners were paid in kind.\nnote: since:someday is no date that I know; write since:2026, since:2026-06 or since:2026-06-30."},
		{"articles by Zed Night on harbour", "> Salt left the harbour by night.\nnote: I know no publication by Zed Night, so I looked in all of them."},
		{"author:moreau", "> Salt cost nine crowns in the spring of the year of the rain.\nfilter: by moreau"},
		{"articles since 2025", "> Salt cost nine crowns in the spring of the year of the rain.\nfilter: since 1 January 2025"},
	} {
		if diff := cmp.Diff(test.want, tell(put(t, x, Question{Text: test.question, Limit: 1}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.question, diff)
		}
	}
}

func put(t *testing.T, x *Index, q Question) Answer {
	t.Helper()
	q.Asked = asked
	a, err := x.Ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A filter looks at all publications, also at those far behind the best.
func TestAskWithinIsExact(t *testing.T) {
	docs := newShelf()
	for i := range 300 {
		docs.put(fmt.Sprint("far ", i), "Salt, salt, salt and salt again.")
	}
	docs.add(&corpus.Doc{ID: "old", Title: "Old", Authors: []string{"Ada Moreau"}, Text: "In a long year of rain and of wind there was, among much else, also some salt to be had."})
	x := fill(t, docs)
	for _, question := range []string{"author:moreau salt", `salt "among much else"`} {
		if got := ask(t, x, question); len(got) != 1 || !strings.HasPrefix(got[0], "In a long year") {
			t.Errorf("%s: %q", question, got)
		}
	}
}

// What comes or goes later is seen by the next question.
func TestAskWithinFollowsTheCorpus(t *testing.T) {
	docs := chronicle()
	x := fill(t, docs)
	ask(t, x, "author:moreau salt")
	docs.add(&corpus.Doc{ID: "new", Title: "New", Authors: []string{"Cleo Moreau"}, Text: "Salt is free."})
	docs.withdraw("salt")
	mustSync(t, x)
	if diff := cmp.Diff([]string{"Salt is free."}, ask(t, x, "author:moreau salt")); diff != "" {
		t.Error(diff)
	}
}

func TestPhrasesMustOccur(t *testing.T) {
	x := fill(t, chronicle())
	for _, test := range []struct{ question, want string }{
		{`what cost "seven crowns"?`, "> Salt cost seven crowns at the mines."},
		{`salt "crowns in the spring" "nine Crowns"`, "> Salt cost nine crowns in the spring of the year of the rain."},
		{`who was paid in "white gold"?`, "> Miners were paid in kind."},
		{`salt and "the harbour today"`, "> Salt left the harbour by night."},
		{`harbour salt "by day"`, "> Salt left the harbour by night.\nnote: “by day” stands nowhere in the publications I know."},
		{`"seven crowns" "by night" in:gazette`, "> Salt cost seven crowns at the mines.\nfilter: in gazette\nnote: “by night” stands nowhere in those publications."},
		{`"seven crowns" "in kind"`, "> Salt cost seven crowns at the mines.\nnote: No passage in the publications I know has all the phrases you quoted."},
		{`salt in spring "of the"`, "> Salt cost nine crowns in the spring of the year of the rain."},
	} {
		a := put(t, x, Question{Text: test.question, Limit: 1, Threshold: -1})
		if diff := cmp.Diff(test.want, tell(a)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.question, diff)
		}
		if absent := strings.Contains(test.want, "note"); a.Answered == absent {
			t.Errorf("%s: answered %v", test.question, a.Answered)
		}
	}
}

func TestAskAboutPublications(t *testing.T) {
	x := fill(t, chronicle())
	for _, test := range []struct{ question, want string }{
		{"Who wrote this brief?", "author of salt: Ada Moreau\n> Ada Moreau teaches economic history in Lagos. She is a fellow of the Tide Institute."},
		{`Who wrote "Mines of the North"?`, "author of mines: Bo Lindqvist"},
		{`When was "Mines of the North" published?`, "date of mines: 1 March 2025"},
		{"When was this article published?", "date of salt: 3 June 2026"},
		{"Who wrote the brief on lead?", "author of mines: Bo Lindqvist"},
		{"Where was this brief published?", "source of salt: https://example.org/salt"},
		{"What is this brief called? author:lindqvist", "title of mines: Mines of the North\nfilter: by lindqvist"},
	} {
		if diff := cmp.Diff(test.want, tell(put(t, x, Question{Text: test.question, Limit: 1}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.question, diff)
		}
	}
	a := put(t, x, Question{Text: `When was "The Harbour Today" published?`})
	if len(a.Facts) > 0 || !strings.Contains(tell(a), "note: What I know of “The Harbour Today” tells no date.") || len(a.Quotes) == 0 {
		t.Errorf("a date that is not known: %s", tell(a))
	}
	for _, question := range []string{`Who wrote "Ships"?`, "Who wrote the brief on penguins?"} {
		if a := put(t, x, Question{Text: question}); len(a.Facts) > 0 {
			t.Errorf("%s: %s", question, tell(a))
		}
	}
}

// A question that is negated is not answered by what denies nothing.
func TestNegation(t *testing.T) {
	x := fill(t, chronicle())
	asks := func(text string) Answer { return put(t, x, Question{Text: text, Limit: 1}) }
	plain, negated := asks("who was paid in kind?"), asks("who was not paid in kind?")
	if !plain.Answered || negated.Answered || !strings.Contains(tell(negated), "it may say the opposite") {
		t.Errorf("answered %v and %v:\n%s", plain.Answered, negated.Answered, tell(negated))
	}
	for text, want := range map[string]bool{"Miners were paid in kind.": false, "Nobody was paid.": true, "The bank didn’t pay.": true,
		"It refused to pay.": true, "It paid in the notary's office.": false} {
		if denies(text) != want {
			t.Errorf("%s: denies %v", text, !want)
		}
	}
}

func TestAuthorNote(t *testing.T) {
	for text, want := range map[string]bool{
		"Ada Moreau teaches economic history in Lagos and is a fellow of the Tide Institute.":        true,
		"About the author: Dr. Bo van der Lindqvist is a senior research fellow at the Institute.":   true,
		"The harbour is a place where many a fellow and a professor has spent an evening or two.":    false,
		"Ada Moreau is not to be found in the harbour by night, nor is any other woman of her kind.": false,
		"Port Lagos is a town on the coast, with a harbour and two mills, and not much else in it.":  false,
		"Bo Lindqvist is a fellow.": false,
	} {
		doc := &corpus.Doc{ID: "a", Title: "A", Text: "Salt.\n\n" + text}
		if got := authorNote(doc); got.End > 0 != want {
			t.Errorf("%s: taken for a note: %v", text, !want)
		}
		doc.Text = text + strings.Repeat("\n\nSalt.", lastParagraphs)
		if got := authorNote(doc); got.End > 0 {
			t.Errorf("%s: taken for a note far from the end", text)
		}
	}
}

func TestMissing(t *testing.T) {
	x := fill(t, chronicle())
	a := put(t, x, Question{Text: "What did saffron and salt cost in Bergen, Bergen?", Threshold: 1})
	if diff := cmp.Diff([]string{"saffron", "Bergen"}, a.Missing); diff != "" || a.Answered || len(a.Quotes) == 0 {
		t.Errorf("answered %v with %d quotes; missing (-want +got):\n%s", a.Answered, len(a.Quotes), diff)
	}
	if a := put(t, x, Question{Text: "What did saffron and salt cost?", Threshold: -1}); a.Missing != nil || !a.Answered {
		t.Errorf("answered %v, missing %q", a.Answered, a.Missing)
	}
}
