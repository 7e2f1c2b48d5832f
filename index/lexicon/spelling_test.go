package lexicon_test

import (
	"slices"
	"testing"

	"rapporteur/index/lexicon"
)

func TestVariant(t *testing.T) {
	tests := map[string]string{
		"defence": "defense", "Defences": "defenses", "defensive": "defensive", "practised": "practiced",
		"organise": "organize", "organisations": "organizations", "realising": "realizing", "privatised": "privatized",
		"advise": "advise", "promising": "promising", "surprised": "surprised", "exercise": "exercise", "rise": "rise",
		"enterprises": "enterprises", "revised": "revised", "wise": "wise", "otherwise": "otherwise", "noise": "noise",
		"analyse": "analyze", "analysing": "analyzing", "analyses": "analyses", "analysis": "analysis",
		"colour": "color", "colourful": "colorful", "favourite": "favorite", "neighbourhood": "neighborhood",
		"four": "four", "hour": "hour", "course": "course", "tour": "tour", "source": "source",
		"centre": "center", "centres": "centers", "theatre": "theater", "kilometres": "kilometers", "acre": "acre",
		"programme": "program", "programmes": "programs", "programmer": "programmer", "catalogue": "catalog",
		"travelled": "traveled", "travelling": "traveling", "cancelled": "canceled", "modelling": "modeling",
		"controlled": "controlled", "called": "called", "spelling": "spelling", "cancellation": "cancellation",
		"fulfil": "fulfill", "enrolment": "enrollment", "grey": "gray", "aluminium": "aluminum", "sceptical": "skeptical",
		"haemoglobin": "hemoglobin", "leukaemia": "leukemia", "encyclopaedia": "encyclopedia", "anaemia": "anemia",
		"judgement": "judgment", "manoeuvre": "maneuver", "cheque": "check", "Kiev": "kyiv", "size": "size", "": "",
	}
	for word, want := range tests {
		if got := lexicon.Variant(word); got != want {
			t.Errorf("Variant(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSpellings(t *testing.T) {
	tests := []struct{ word, other string }{
		{"defense", "defence"}, {"defence", "defense"}, {"organize", "organise"}, {"organised", "organized"},
		{"center", "centre"}, {"labor", "labour"}, {"gray", "grey"}, {"traveled", "travelled"}, {"hemoglobin", "haemoglobin"},
	}
	for _, tt := range tests {
		if got := lexicon.Spellings(tt.word); !slices.Contains(got, tt.other) {
			t.Errorf("Spellings(%q) = %q, without %q", tt.word, got, tt.other)
		}
	}
	for _, word := range []string{"summit", "prize", "seize", "four", "rise", ""} {
		if got := lexicon.Spellings(word); len(got) > 0 {
			t.Errorf("Spellings(%q) = %q, want none", word, got)
		}
	}
}

func FuzzVariant(f *testing.F) {
	f.Add("Organisation's")
	f.Add("travelled\t")
	f.Add("colour$~")
	f.Fuzz(func(t *testing.T, word string) {
		once := lexicon.Variant(word)
		if twice := lexicon.Variant(once); twice != once {
			t.Errorf("Variant(%q) = %q, and of that %q", word, once, twice)
		}
		for _, other := range lexicon.Spellings(word) {
			if lexicon.Variant(other) != once && lexicon.Variant(other) != other {
				t.Errorf("%q is a spelling of %q, but of neither standard form", other, word)
			}
		}
		lexicon.Expand(word)
	})
}
