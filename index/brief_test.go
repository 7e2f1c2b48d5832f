package index

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write down how questions are answered now")

const briefQuestions = "testdata/brief.txt"

// TestBrief holds the ranking to a file of questions, so that whoever changes it
// sees what becomes better and what worse.
func TestBrief(t *testing.T) {
	docs := newShelf()
	docs.add(brief(t))
	x := fill(t, docs)
	data, err := os.ReadFile(briefQuestions)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	var s standing
	for line := range strings.Lines(string(data)) {
		fields := strings.SplitN(line, " |", 3)
		switch {
		case strings.HasPrefix(line, "# recall"):
		case strings.HasPrefix(line, "#"):
			got.WriteString(line)
		case len(fields) == 3:
			right := strings.TrimSpace(fields[1])
			a := put(t, x, Question{Text: fields[0], Limit: 10})
			fmt.Fprintf(&got, "%s |%s | %s\n", fields[0], fields[1], s.take(a, right))
		}
	}
	got.WriteString(s.String() + "\n")
	if *update {
		if err := os.WriteFile(briefQuestions, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(data), got.String()); diff != "" {
		t.Errorf("questions are answered otherwise (-want +got):\n%s", diff)
	}
	if s.answerable < 30 || s.others < 10 {
		t.Errorf("%d and %d questions are too few to tell", s.answerable, s.others)
	}
}

// A standing is how well many questions were answered.
type standing struct {
	answerable, others    int // questions that the brief answers, and that it does not
	first, among3         int // right quotes
	reciprocal            float64
	answeredRight, silent int // right first quotes that count as answers; questions without an answer that got none
}

// take counts an answer and returns it in short: rank, probability, verdict.
func (s *standing) take(a Answer, right string) string {
	rank := 0
	for i, q := range a.Quotes {
		if rank == 0 && right != "" && strings.Contains(q.Text(), right) {
			rank = i + 1
		}
	}
	verdict := "silent"
	if a.Answered {
		verdict = "answered"
	}
	if right == "" {
		s.others++
		s.silent += one(!a.Answered)
		return fmt.Sprintf("%.2f %s", a.Confidence, verdict)
	}
	s.answerable++
	s.first += one(rank == 1)
	s.among3 += one(1 <= rank && rank <= 3)
	s.answeredRight += one(rank == 1 && a.Answered)
	if rank > 0 {
		s.reciprocal += 1 / float64(rank)
		return fmt.Sprintf("rank %d, %.2f %s", rank, a.Confidence, verdict)
	}
	return fmt.Sprintf("not found, %.2f %s", a.Confidence, verdict)
}

func (s *standing) String() string {
	n := float64(s.answerable)
	return fmt.Sprintf("# recall@1 %.3f, recall@3 %.3f, MRR %.3f; answered with the right quote first %.3f; silent where nothing answers %.3f",
		float64(s.first)/n, float64(s.among3)/n, s.reciprocal/n, float64(s.answeredRight)/n, float64(s.silent)/float64(s.others))
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
