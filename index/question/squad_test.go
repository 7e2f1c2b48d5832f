package question_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/index/question"
	"rapporteur/index/sentence"
)

// squad is where questions with known answers lie, those that are meant for
// training.
const squad = "../../../shared/eval/data/squad1rest"

// noon is the time at which the tests ask.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// A gold is a question with the place of its answers.
type gold struct {
	Question string
	Gold     []struct {
		Article   string
		Paragraph int
		Answers   []string
	}
}

// An article has paragraphs.
type article struct {
	ID         string
	Paragraphs []string
}

// A tally counts the sentences in which a wanted mention was found.
type tally struct {
	asked, typed, right                         int // questions, those that want a type, and those with a mention that overlaps the answer
	gold, goldHas, goldSure, goldNear, goldFits int // sentences that hold the answer, those with a mention, and with a sure one
	rest, restHas, restSure, restNear, restFits int // the other sentences of the paragraphs
}

// Sentences that answer must have a mention of what is wanted far more often
// than those that stand beside them. The log gives the shares for each kind.
func TestMentionsTellAnswers(t *testing.T) {
	texts := map[string][]string{}
	each(t, "articles.jsonl", func(a article) { texts[a.ID] = a.Paragraphs })
	var tallies [question.YesNo + 1]tally
	var all tally
	each(t, "questions.jsonl", func(g gold) {
		q := question.Parse(g.Question, noon)
		where := g.Gold[0]
		for _, c := range []*tally{&tallies[q.Kind], &all} {
			c.count(&q, texts[where.Article][where.Paragraph], where.Answers)
		}
	})
	for kind, c := range tallies {
		t.Logf("%-10v %v", question.Kind(kind), c)
	}
	t.Logf("%-10s %v", "all", all)
	if found := share(all.right, all.typed); found < 0.85 {
		t.Errorf("the answer is mentioned in %.3f of the questions that want a type, less than 0.85", found)
	}
	if lift := share(all.goldNear, all.gold) / share(all.restNear, all.rest); lift < 2.4 {
		t.Errorf("sentences with the answer have one near %.2f times as often as others, less than 2.4", lift)
	}
}

func (c *tally) count(q *question.Question, paragraph string, answers []string) {
	c.asked++
	if q.Wants == 0 {
		return
	}
	c.typed++
	right := false
	for _, s := range sentence.Split(paragraph) {
		text := paragraph[s.Start:s.End]
		holds, has, sure, near, fits := false, false, false, false, false
		for _, m := range q.Answers(text) {
			has, sure, near, fits = true, sure || m.Sure, near || m.Near, fits || m.Fits
			right = right || overlaps(text, m.Span.Start, m.Span.End, answers)
		}
		holds = holds || overlaps(text, 0, len(text), answers)
		if holds {
			c.gold, c.goldHas, c.goldSure = c.gold+1, c.goldHas+one(has), c.goldSure+one(sure)
			c.goldNear, c.goldFits = c.goldNear+one(near), c.goldFits+one(fits)
		} else {
			c.rest, c.restHas, c.restSure = c.rest+1, c.restHas+one(has), c.restSure+one(sure)
			c.restNear, c.restFits = c.restNear+one(near), c.restFits+one(fits)
		}
	}
	c.right += one(right)
}

// Hardly any of these questions asks of a publication, and none narrows them down.
func TestContentIsNoFilter(t *testing.T) {
	about := 0
	each(t, "questions.jsonl", func(g gold) {
		q := question.Parse(g.Question, noon)
		about += one(q.About != question.About{})
		if len(q.Filters)+len(q.Problems) > 0 {
			t.Errorf("%q is read as filters %v %q", g.Question, q.Filters, q.Problems)
		}
	})
	if about > 1 {
		t.Errorf("%d questions are read as if they asked of a publication", about)
	}
}

// String tells the shares; the precision is that of a sentence with a mention
// among the sentences of its paragraph.
func (c tally) String() string {
	return fmt.Sprintf("%4d asked, %4d typed, answer mentioned %.2f, gold/other sentences with one %.2f/%.2f, sure %.2f/%.2f, near %.2f/%.2f, fitting %.2f/%.2f, precision %.2f/%.2f",
		c.asked, c.typed, share(c.right, c.typed), share(c.goldHas, c.gold), share(c.restHas, c.rest), share(c.goldSure, c.gold), share(c.restSure, c.rest),
		share(c.goldNear, c.gold), share(c.restNear, c.rest), share(c.goldFits, c.gold), share(c.restFits, c.rest),
		share(c.goldHas, c.goldHas+c.restHas), share(c.goldSure, c.goldSure+c.restSure))
}

func share(part, whole int) float64 { return float64(part) / float64(max(whole, 1)) }

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// overlaps reports whether one of the answers stands in text and shares a byte
// with what is between start and end.
func overlaps(text string, start, end int, answers []string) bool {
	for _, answer := range answers {
		for at := 0; answer != ""; {
			i := strings.Index(text[at:], answer)
			if i < 0 {
				break
			}
			if at += i; at < end && start < at+len(answer) {
				return true
			}
			at += len(answer)
		}
	}
	return false
}

// each reads the lines of one of the files of squad, if it is there.
func each[T any](t *testing.T, name string, do func(T)) {
	t.Helper()
	f, err := os.Open(filepath.Join(squad, name))
	if os.IsNotExist(err) {
		t.Skipf("%s is not there, so nothing is measured", squad)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		do(v)
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
