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
		{answertype.Money, "They paid $5 million, then 40 euros.", "$5 million | 40 euros"},
		{answertype.Percent, "Some 24% rose to 30 percent, a third of all.", "24% | 30 percent | third"},
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
		{answertype.Date, "Since last April, and on Friday, it rained.", "last April | Friday"},
		{answertype.Date, "It ran from 1980–85, until early 2016.", "1980–85 | early 2016"},
		{answertype.Date, "In the nineteenth century, or 44 BC, they may march.", "nineteenth century | 44 BC"},
		{answertype.Date, "It rose 1500 metres over 2000 years to $1990.", ""},
		{answertype.Date, "The 1990s ended when the bank failed.", "1990s | when the bank failed?"},
		{answertype.Number, "Thirty-two of the 1,200 seats are for one party.", "Thirty-two | 1,200 | one?"},
		{answertype.Number, "The first and the 19th came second.", ""},
		{answertype.Percent, "Half of them, or 2.5 per cent, left.", "Half | 2.5 per cent"},
		{answertype.Money, "It cost 300 million euros, not £20 bn.", "300 million euros | £20 bn"},
		{answertype.Person, "There the engineer spoke to many women.", "engineer? | women?"},
		{answertype.Person, "Apollo 11 flew under J. R. Moreau, John Lee and the Bank of Ghana.", "J. R. Moreau? | John Lee | Bank of Ghana?"},
		{answertype.Person, "Students of O’Brien’s school met Anna Lee’s mother.", "Students? | O’Brien? | Anna Lee | mother?"},
		{answertype.Name, "“The Tempest” and Super Bowl 50 were shown.", "Tempest | Super Bowl 50"},
		{answertype.Place, "In Oslo and at the Hague Museum, NATO met.", "Oslo | Hague Museum | NATO?"},
		{answertype.Cause, "Owing to rain, he was fined for parking; the bank led to a boom.", "Owing to rain | for parking | led to a boom"},
		{answertype.Cause, "As a result of the vote the mill closed.", "As a result of the vote the mill closed"},
		{answertype.Frequency, "It is held each year, often at night.", "each year | often?"},
		{answertype.Duration, "It ran for two decades, since 1979.", "two decades | since 1979?"},
		{answertype.Definition, "GDP stands for gross domestic product, which means output.", "stands for gross domestic product | means output"},
		{0, "Nothing is wanted here.", ""},
	} {
		if diff := cmp.Diff(test.want, strings.Join(find(test.sentence, test.wanted), " | ")); diff != "" {
			t.Errorf("%v in %q (-want +got):\n%s", test.wanted, test.sentence, diff)
		}
	}
}

func TestHas(t *testing.T) {
	for _, test := range []struct {
		wanted    answertype.Type
		sentence  string
		has, sure bool
	}{
		{answertype.Date, "It fell in 1957.", true, true},
		{answertype.Date, "It fell when it rained.", true, false},
		{answertype.Date, "It fell.", false, false},
		{answertype.Cause | answertype.Date, "It fell when it rained because of the rain.", true, true},
		{0, "It fell in 1957.", false, false},
	} {
		if has, sure := answertype.Has(test.sentence, test.wanted); has != test.has || sure != test.sure {
			t.Errorf("%v in %q: %v, %v", test.wanted, test.sentence, has, sure)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, sentence := range []string{"’s of the 1", "A. B.", "\xff1,’\xe2\x80", "“É”—É’s $5 m", "1990s a.m. U.S.", "of of of de", "a per cent per", "in A.D. 711", "2000 B.C. and A.D. 500", "0$m"} {
		f.Add(sentence, uint16(0xffff))
	}
	f.Fuzz(func(t *testing.T, sentence string, wanted uint16) {
		last := 0
		found := answertype.Find(sentence, answertype.Type(wanted))
		for _, m := range found {
			if m.Span.Start < last || m.Span.End <= m.Span.Start || m.Span.End > len(sentence) || m.Type == 0 {
				t.Fatalf("%+v of %q, after byte %d", m, sentence, last)
			}
			last = m.Span.End
		}
		if has, _ := answertype.Has(sentence, answertype.Type(wanted)); has != (len(found) > 0) {
			t.Fatalf("%q has mentions: %v, but %d are found", sentence, has, len(found))
		}
	})
}

func BenchmarkFind(b *testing.B) {
	const sentence = "In a marked departure from the previous administration, current US officials have regularly reiterated their focus on transactional relationships and region-specific strategies since June 2025."
	for _, wanted := range []answertype.Type{answertype.Person | answertype.Organisation, answertype.Place, answertype.Date, answertype.Cause} {
		b.Run(wanted.String(), func(b *testing.B) {
			b.ReportAllocs()
			var found []answertype.Mention
			for b.Loop() {
				found = answertype.Append(found[:0], sentence, wanted)
			}
		})
	}
}
