package index

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rapporteur/index/question"
	"rapporteur/index/sentence"
)

// What is marked lies in the quote and is what was asked for.
func TestFocus(t *testing.T) {
	x := fill(t, chronicle())
	for _, test := range []struct{ question, want string }{
		{"Where does Ada Moreau teach history?", "Lagos"},
		{"How many crowns did salt cost in spring?", "nine crowns"},
		{"Why was nobody paid in lead?", ""},
	} {
		q := put(t, x, Question{Text: test.question}).Quotes[0]
		if got := q.Text()[q.Focus.Start:q.Focus.End]; got != test.want {
			t.Errorf("%s: %q is marked in %q, want %q", test.question, got, q.Text(), test.want)
		}
	}
}

// Of the sentences that answer questions with known answers, the mark must
// overlap the answer in nearly four of five, where there is one.
func TestFocusIsRight(t *testing.T) {
	texts := map[string][]string{}
	var marked, right, all int
	eachKnown(t, "articles.jsonl", func(a struct {
		ID         string
		Paragraphs []string
	}) {
		texts[a.ID] = a.Paragraphs
	})
	eachKnown(t, "questions.jsonl", func(known struct {
		Question string
		Gold     []struct {
			Article   string
			Paragraph int
			Answers   []string
		}
	}) {
		gold, q := known.Gold[0], question.Parse(known.Question, asked)
		text := texts[gold.Article][gold.Paragraph]
		for _, s := range sentence.Split(text) {
			said := text[s.Start:s.End]
			if !slices.ContainsFunc(gold.Answers, func(a string) bool { return strings.Contains(said, a) }) {
				continue
			}
			all++
			f := focus(&q, said)
			if f.End > 0 {
				marked++
			}
			if f.End > 0 && slices.ContainsFunc(gold.Answers, func(a string) bool { return overlaps(said, a, f.Start, f.End) }) {
				right++
			}
			break
		}
	})
	t.Logf("%d of %d sentences have a mark, %.3f of them a right one", marked, all, float64(right)/float64(marked))
	if share := float64(right) / float64(marked); share < 0.78 || marked < all/4 {
		t.Errorf("%.3f of %d marks in %d sentences are right", share, marked, all)
	}
}

// overlaps reports whether answer stands anywhere in said so that it has a byte
// between start and end.
func overlaps(said, answer string, start, end int) bool {
	for i := 0; i < end; i++ {
		if strings.HasPrefix(said[i:], answer) && i+len(answer) > start {
			return true
		}
	}
	return false
}

// eachKnown reads a file of the questions that were trained on.
func eachKnown[T any](t *testing.T, file string, do func(T)) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "eval", "data", "squad1rest", file))
	if err != nil {
		t.Skipf("there are no questions with answers beside the source tree: %v", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var value T
		if err := json.Unmarshal(lines.Bytes(), &value); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		do(value)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
