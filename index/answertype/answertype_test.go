package answertype_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/index/answertype"
)

func find(sentence string, wanted answertype.Type) []string {
	var found []string
	for _, m := range answertype.Find(sentence, wanted) {
		s := sentence[m.Span.Start:m.Span.End]
		if !m.Sure {
			s += "?"
		}
		found = append(found, s)
	}
	return found
}

func TestFind(t *testing.T) {
	for _, test := range []struct {
		wanted   answertype.Type
		sentence string
		want     string // the mentions parted by " | ", the unsure ones with "?"
	}{
		{answertype.Date, "ABC launched on October 12, 1943 as a radio network.", "October 12, 1943"},
		{answertype.Date, "Built in the mid-1950s, it fell in 1957 or late 1958.", "mid-1950s | 1957 | late 1958"},
		{answertype.Date, "It closed at 8:10 p.m. on 3 May 2026, three years later.", "8:10 | 3 May 2026 | three years later"},
		{answertype.Date, "In the 19th century 1500 people lived there.", "19th century"},
		{answertype.Number, "About 1500 people and two dogs came in 1957.", "1500 | two"},
		{answertype.Money, "They paid $5 million, then 40 euros.", "5 million | 40 euros"},
		{answertype.Percent, "Some 24% rose to 30 percent, a third of all.", "24 | 30 percent | third"},
		{answertype.Duration, "An eight-year term follows three months of rest.", "eight-year | three months"},
		{answertype.Measure, "It is 300–600 nanometers wide at -40 °C.", "300–600 nanometers | 40"},
		{answertype.Frequency, "They meet every two years, or monthly.", "every two years | monthly"},
		{answertype.Person, "In May Dr. Ada Moreau met President Lee Jae Myung.", "Dr. Ada Moreau | President Lee Jae Myung"},
		{answertype.Person, "The math teacher Martin Sekulić taught him.", "teacher Martin Sekulić"},
		{answertype.Organisation, "He left the University of Oslo for NATO.", "University of Oslo | NATO?"},
		{answertype.Place, "He was born in Smiljan, near Mount Velebit.", "Smiljan | Mount Velebit"},
		{answertype.Cause, "It failed because of the cold, and so they left to find food.", "because of the cold | to find food?"},
		{answertype.Manner, "They crossed by walking, through the valley.", "by walking | through the valley"},
		{answertype.Definition, "A chloroplast is an organelle of plants, known as a plastid.", "is an organelle of plants | known as a plastid"},
		{0, "Nothing is wanted here.", ""},
	} {
		if diff := cmp.Diff(test.want, strings.Join(find(test.sentence, test.wanted), " | ")); diff != "" {
			t.Errorf("%v in %q (-want +got):\n%s", test.wanted, test.sentence, diff)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	const sentence = "In a marked departure from the previous administration, current US officials have regularly reiterated their focus on transactional relationships and region-specific strategies since June 2025."
	for _, wanted := range []answertype.Type{answertype.Person | answertype.Organisation, answertype.Date, answertype.Cause} {
		b.Run(wanted.String(), func(b *testing.B) {
			b.ReportAllocs()
			var found []answertype.Mention
			for b.Loop() {
				found = answertype.Append(found[:0], sentence, wanted)
			}
		})
	}
}
