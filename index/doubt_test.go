package index

import (
	"strings"
	"testing"
	"time"

	"rapporteur/index/question"
)

func TestDoubt(t *testing.T) {
	for _, c := range []struct{ question, quote, why string }{
		{"Who won the election?", "Bo Lindqvist lost the election.", "“won”"},
		{"Who was defeated?", "Bo Lindqvist was defeated.", ""},
		{"Which port is the largest?", "Tarn is the smallest port of the coast.", "“largest”"},
		{"Did trade decrease?", "In that year trade increased by 4 per cent.", "“decrease”"},
		{"Which schools are private?", "Public schools are free, private ones are not.", ""},
		{"Did trade increase or decrease?", "In that year trade increased by 4 per cent.", ""},
		{"What did the southern towns build?", "The northern towns built a wall.", "“southern”"},
		{"Who bought the mill?", "Ada Moreau purchased the mill and sold the barn.", ""},
		{"Who did not come?", "Ada Moreau came by train.", "negation"},
		{"Who did not come?", "Ada Moreau failed to come.", ""},
		{"Where do rivers begin?", "Rivers begin in the hills.", ""},
		{"", "", ""},
	} {
		asked := question.Parse(c.question, time.Now())
		d := doubt(&asked, c.quote)
		if (d.Why == "") != (c.why == "") || !strings.Contains(d.Why, c.why) || (d.Left < 1) != (c.why != "") {
			t.Errorf("%q by %q: %+v, want %q", c.question, c.quote, d, c.why)
		}
	}
}

// What says the opposite is not taken for the answer, and who asks is told.
func TestOppositeIsNoAnswer(t *testing.T) {
	docs := newShelf()
	docs.put("vote", "Ada Moreau won the vote in Lagos in June.")
	docs.put("mines", "Salt cost seven crowns at the mines.")
	x := fill(t, docs)
	if a := put(t, x, Question{Text: "Who won the vote in Lagos?"}); !a.Answered {
		t.Errorf("the question as the text has it: %+v", a)
	}
	a := put(t, x, Question{Text: "Who lost the vote in Lagos?"})
	if a.Answered || !strings.Contains(strings.Join(a.Notes, "\n"), "opposite") {
		t.Errorf("the opposite: answered %v with %.2f, notes %q", a.Answered, a.Confidence, a.Notes)
	}
}
