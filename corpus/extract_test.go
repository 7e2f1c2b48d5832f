package corpus_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rapporteur/corpus"
)

// splitAtStops parts sentences well enough for the texts of these tests.
func splitAtStops(text string) (spans []corpus.Span) {
	for start := 0; start < len(text); {
		end := strings.Index(text[start:], ". ")
		if end < 0 {
			return append(spans, corpus.Span{Start: start, End: len(text)})
		}
		spans = append(spans, corpus.Span{Start: start, End: start + end + 1})
		start += end + 2
	}
	return spans
}

func TestExtractTakeaways(t *testing.T) {
	d := &corpus.Doc{ID: "a", Title: "A", Text: strings.Join([]string{
		"Ports need a second supplier of parts for their cranes, and leases can ask for one.",
		"What went wrong",
		"The cranes of nine ports stood still because one supplier sent no parts for eleven weeks. It was a long spring. This is what everybody remembers of that year in the northern ports.",
		"Soup was served at the old customs house on every second Tuesday of the month.",
		"Ports with a second supplier of parts lost less than a tenth of their traffic. However, nobody had asked for a second supplier before the parts for the cranes stopped coming.",
		"Port | Suppliers of parts for cranes of the ports in the north of the country | 61 per cent.",
		"Ports need a second supplier of parts for their cranes, and leases can ask for one.",
	}, "\n\n")}
	d.Headings = []corpus.Span{{Start: strings.Index(d.Text, "What went"), End: strings.Index(d.Text, "What went") + len("What went wrong")}}
	d.ExtractTakeaways(splitAtStops)
	var got []string
	for _, s := range d.Takeaways {
		got = append(got, d.Text[s.Start:s.End])
	}
	want := []string{
		"Ports need a second supplier of parts for their cranes, and leases can ask for one.",
		"The cranes of nine ports stood still because one supplier sent no parts for eleven weeks.",
		"Ports with a second supplier of parts lost less than a tenth of their traffic.",
	}
	if diff := cmp.Diff(want, got); diff != "" || !d.Extracted {
		t.Errorf("extracted %t (-want +got):\n%s", d.Extracted, diff)
	}
}

func TestExtractTakeawaysLeavesThoseOfThePublication(t *testing.T) {
	d := &corpus.Doc{ID: "a", Title: "A", Text: "Ports need a second supplier of parts for their cranes, now.", Takeaways: []corpus.Span{{Start: 0, End: 5}}}
	d.ExtractTakeaways(splitAtStops)
	if len(d.Takeaways) != 1 || d.Extracted {
		t.Errorf("takeaways %v, extracted %t", d.Takeaways, d.Extracted)
	}
	empty := &corpus.Doc{ID: "a", Title: "A", Text: "Too short."}
	empty.ExtractTakeaways(splitAtStops)
	if len(empty.Takeaways) != 0 || empty.Extracted {
		t.Errorf("a text without a sentence gave %v, extracted %t", empty.Takeaways, empty.Extracted)
	}
}

// Whatever the text, what is picked are at most five parts of it, in order,
// and the same each time.
func TestExtractTakeawaysOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"Ports", "cranes", "supplier", "été", "„", "“", "traffic", "2026", "However,", "|", "\n\n", ". ", "und"})
		text := strings.Join(rapid.SliceOfN(word, 1, 400).Draw(t, "words"), " ")
		first := &corpus.Doc{ID: "a", Title: "A", Text: text}
		second := &corpus.Doc{ID: "a", Title: "A", Text: text}
		first.ExtractTakeaways(splitAtStops)
		second.ExtractTakeaways(splitAtStops)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatalf("twice is not the same: %s", diff)
		}
		if len(first.Takeaways) > 5 || first.Extracted != (len(first.Takeaways) > 0) || strings.TrimSpace(text) != "" && first.Check() != nil {
			t.Fatalf("%d takeaways, extracted %t, %v", len(first.Takeaways), first.Extracted, first.Check())
		}
		for i, s := range first.Takeaways {
			if i > 0 && s.Start < first.Takeaways[i-1].End {
				t.Fatalf("takeaways %v overlap", first.Takeaways)
			}
		}
	})
}

func TestAnnounces(t *testing.T) {
	for line, want := range map[string]int{
		"Key Takeaways:": 4, "## KEY TAKEAWAYS": 4, "Das Wichtigste in Kürze": 4, "À retenir": 4, "Kernpunten": 4, "Lo esencial": 4,
		"Key findings": 3, "Main Findings and Conclusions": 3, "Belangrijkste bevindingen": 3, "Points clés": 3, "Messaggi chiave": 3, "Kernaussagen": 3,
		"At a glance": 2, "The bottom line": 2, "TL;DR": 2, "En bref": 2, "In sintesi": 2, "Auf einen Blick": 2, "En\u00a0bref": 2,
		"Executive Summary": 1, "Abstract": 1, "Zusammenfassung": 1, "Samenvatting": 1, "Resumen": 1,
		"Conclusions": 0, "Recommendations": 0, "Empfehlungen": 0, "Key": 0, "": 0, "Key takeaways are listed in the annex to this brief, which is long": 0,
	} {
		if got := corpus.Announces(line); got != want {
			t.Errorf("%q announces with %d, want %d", line, got, want)
		}
	}
}

// A publication of a hundred pages must not hold up the others.
func BenchmarkExtractTakeaways(b *testing.B) {
	paragraph := "Ports with a second supplier of parts lost less than a tenth of their traffic in spring. The cranes of nine ports stood still because one supplier sent nothing for eleven weeks."
	text := strings.Repeat(paragraph+"\n\n", 1000)
	for b.Loop() {
		d := &corpus.Doc{ID: "a", Title: "A", Text: text}
		d.ExtractTakeaways(splitAtStops)
	}
}
