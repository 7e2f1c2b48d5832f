package index

import (
	"slices"
	"strings"
	"testing"

	"rapporteur/corpus"
)

// What is suggested is answered, and by the publication that it was made from.
func TestSuggest(t *testing.T) {
	docs := newShelf()
	doc := brief(t)
	docs.add(doc)
	docs.put("other", "Nothing to the point stands here.")
	x := fill(t, docs)
	got, err := x.Suggest(t.Context(), doc, 25)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range got {
		a := put(t, x, Question{Text: q, Limit: 1})
		if !a.Answered || !a.from(doc.ID) {
			t.Errorf("%q is not answered", q)
		}
	}
	named := slices.DeleteFunc(slices.Clone(got), func(q string) bool { return !strings.HasPrefix(q, "What is said about ") })
	if len(named) < 3 || !slices.Contains(got, "Who wrote “"+doc.Title+"”?") {
		t.Errorf("suggested are only %q", got)
	}
	if few, _ := x.Suggest(t.Context(), doc, 2); !slices.Equal(few, got[:2]) {
		t.Errorf("the first two are %q", few)
	}
	t.Log(strings.Join(got, "\n"))
}

func TestSuggestNothing(t *testing.T) {
	docs := newShelf()
	docs.put("bare", "It was so.")
	x := fill(t, docs)
	for name, doc := range map[string]*corpus.Doc{
		"withdrawn": {ID: "bare", Title: "Is it so?", Text: "It was so.", Withdrawn: true},
		"not there": {ID: "gone", Title: "Will rivers rise?", Text: "Rivers rise.", Takeaways: []corpus.Span{{Start: 0, End: 12}}},
		"too long":  {ID: "bare", Title: strings.Repeat("Was it so ", 12) + "?", Text: "It was so."},
	} {
		if got, err := x.Suggest(t.Context(), doc, 5); err != nil || len(got) > 0 {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
