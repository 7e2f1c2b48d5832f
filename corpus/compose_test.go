package corpus_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
)

func TestCompose(t *testing.T) {
	head := func(text string) corpus.Part { return corpus.Part{Text: text, Heading: true} }
	item := func(text string) corpus.Part { return corpus.Part{Text: "• " + text, Mark: "•", Item: true} }
	text := func(text string) corpus.Part { return corpus.Part{Text: text} }
	many := []corpus.Part{head("Executive Summary")}
	for range 9 {
		many = append(many, text("A summary that is a chapter."))
	}
	tests := map[string]struct {
		parts []corpus.Part
		want  []string
	}{
		"a list":               {[]corpus.Part{head("Key Takeaways"), item("One."), item("Two."), text("Text.")}, []string{"One.", "Two."}},
		"a list with a lead":   {[]corpus.Part{head("Key Takeaways"), text("We say:"), item("One."), text("Text.")}, []string{"One."}},
		"paragraphs":           {[]corpus.Part{head("Key Takeaways"), text("One."), text("Two."), head("Text"), text("Text.")}, []string{"One.", "Two."}},
		"the plainest heading": {[]corpus.Part{head("Highlights"), text("No."), head("Key Takeaways"), text("Yes."), head("In brief"), text("No.")}, []string{"Yes."}},
		"nothing below it":     {[]corpus.Part{head("Key Takeaways"), head("Text"), text("Text.")}, nil},
		"a chapter":            {many, nil},
		"no heading":           {[]corpus.Part{item("One."), text("Text.")}, nil},
	}
	for about, test := range tests {
		d := &corpus.Doc{ID: "a", Title: "A"}
		d.Compose(test.parts)
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", about, err)
		}
		if diff := cmp.Diff(test.want, takeaways(d)); diff != "" {
			t.Errorf("%s: %s", about, diff)
		}
	}
}

func TestComposeParts(t *testing.T) {
	d := &corpus.Doc{ID: "a", Title: "A"}
	d.Compose([]corpus.Part{
		{Text: " A\u00a0 heading\n", Heading: true, Page: 1}, {Text: " \n", Page: 1}, {Text: "•", Mark: "•", Item: true, Page: 1}, {Text: "Text.", Page: 2},
	})
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"A heading", "Text."}, paragraphs(d)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]corpus.Span{{End: len("A heading")}}, d.Headings); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{1, 2}, d.Pages); diff != "" {
		t.Error(diff)
	}
}
