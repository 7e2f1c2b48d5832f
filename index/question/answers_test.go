package question_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/index/question"
)

func TestAnswers(t *testing.T) {
	for _, test := range []struct{ text, sentence, want string }{
		{"Who founded the bank?", "Ada Moreau founded the bank with the Bank of Ghana.", "Ada Moreau sure near, Bank of Ghana sure near"},
		{"Who did Tesla work for?", "Tesla moved to Paris.", "Paris near"},
		{"How many universities does Oslo have?", "Of its 12 schools in Oslo, two are universities.", "12 sure near, two sure near fits"},
		{"Which treaty ended the war?", "The war ended with the Treaty of Lima.", "Treaty of Lima sure near fits"},
		{"When did the bees die?", "The bees died out in 1957.", "1957 sure near"},
		{"What is a quorum?", "A quorum is a number of members that must be there.", "number of members that must be there sure near fits"},
		{"What is a quorum?", "The members needed are called a quorum.", "The members needed are sure near fits"},
		{"What did the bees do?", "The bees died out in 1957.", ""},
	} {
		q := question.Parse(test.text, noon)
		var got []string
		for _, c := range q.Answers(test.sentence) {
			got = append(got, say(c, test.sentence))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%q in %q (-want +got):\n%s", test.text, test.sentence, diff)
		}
	}
}

func say(c question.Candidate, sentence string) string {
	s := sentence[c.Span.Start:c.Span.End]
	for _, mark := range []struct {
		is   bool
		word string
	}{{c.Sure, " sure"}, {c.Near, " near"}, {c.Fits, " fits"}} {
		if mark.is {
			s += mark.word
		}
	}
	return s
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{`who "is`, "author:“x", "\xff’s in: “", "the the of", "articles since June 31 by De La", "what is the type of", "ſ’s K'S how much"} {
		f.Add(text, "X is a (") // each is cut somewhere
	}
	f.Fuzz(func(t *testing.T, text, sentence string) {
		q := question.Parse(text, noon)
		last := 0
		for _, w := range q.Words {
			if w.Span.Start < last || w.Span.End <= w.Span.Start || w.Span.End > len(q.Text) || w.Lower == "" {
				t.Fatalf("the word %+v of %q, after byte %d", w, q.Text, last)
			}
			last = w.Span.End
		}
		if !strings.Contains(q.Text, q.Focus) {
			t.Fatalf("the focus %q is not in %q", q.Focus, q.Text)
		}
		for _, c := range q.Answers(sentence) {
			if c.Span.Start < 0 || c.Span.End <= c.Span.Start || c.Span.End > len(sentence) {
				t.Fatalf("the candidate %v of %q", c.Span, sentence)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		question.Parse("Which agreement did the Australian Prime Minister Anthony Albanese sign in The Hague in 2025?", noon)
	}
}

func BenchmarkAnswers(b *testing.B) {
	q := question.Parse("Which agreement did the Australian Prime Minister Anthony Albanese sign in The Hague in 2025?", noon)
	b.ReportAllocs()
	for b.Loop() {
		q.Answers("In a marked departure from the previous administration, current US officials have regularly reiterated their focus on transactional relationships and region-specific strategies since the Washington declaration.")
	}
}
