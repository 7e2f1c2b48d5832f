package lexicon_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/index/lexicon"
)

func TestCountry(t *testing.T) {
	tests := map[string]string{
		"Seoul": "KR", "South Korea": "KR", "ROK": "KR", "Republic of Korea": "KR", "South Koreans": "KR", "south korea": "KR",
		"Pyongyang": "KP", "DPRK": "KP", "North Korean": "KP", "Democratic People's Republic of Korea": "KP",
		"US": "US", "U.S.": "US", "U.S": "US", "u.s.": "US", "USA": "US", "usa": "US", "United States": "US", "American": "US",
		"Washington": "US", "America's": "US", "us": "", "Us": "",
		"UK": "GB", "uk": "GB", "British": "GB", "London": "GB", "EU": "org-EU", "European Union": "org-EU", "NATO": "org-NATO",
		"Turkey": "TR", "turkey": "", "Türkiye": "TR", "Polish": "PL", "polish": "", "Jordan": "JO", "Chad": "TD", "chad": "TD",
		"Côte d’Ivoire": "CI", "Guinea-Bissau": "GW", "Papua New Guinea": "PG", "Guinea": "GN", "The Hague": "NL",
		"who": "", "WHO": "org-WHO", "un": "", "UN": "org-UN", "it": "", "Korea": "KR", "Congo": "CD", "Brussels": "BE",
		"Japan's": "JP", "Kyiv": "UA", "Kiev": "UA", "": "", "of": "", "Republic": "",
	}
	for phrase, want := range tests {
		if got := lexicon.Country(phrase); got != want {
			t.Errorf("Country(%q) = %q, want %q", phrase, got, want)
		}
	}
}

func TestCountries(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The New Zealand PM met the South Korean envoy in The Hague", "NZ KR NL"},
		{"Michael Jordan played in Chicago", ""},
		{"In Jordan the king spoke", "JO"},
		{"Georgia Tech and Georgia differ", "GE"},
		{"talks between Paris and Washington", "FR US"},
		{"Paris Hilton came", ""},
		{"let us go to the US now", "US"},
		{"the capital of south korea and germany", "KR DE"},
		{"A turkey from Turkey", "TR"},
		{"Brussels objected", "BE org-EU"},
		{"the Democratic Republic of the Congo", "CD"},
		{"the People's Republic of China", "CN"},
		{"the North Pole is cold", ""},
	}
	for _, tt := range tests {
		var ids []string
		for _, m := range lexicon.Countries(strings.Fields(tt.text)) {
			ids = append(ids, m.ID)
		}
		if diff := cmp.Diff(tt.want, strings.Join(ids, " ")); diff != "" {
			t.Errorf("countries of %q (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestMention(t *testing.T) {
	got := lexicon.Countries(strings.Fields("Delegates from South Korea and the U.S. met Dutch hosts in Seoul"))
	want := []lexicon.Mention{
		{ID: "KR", Form: lexicon.Name, Start: 2, End: 4}, {ID: "US", Form: lexicon.Code, Start: 6, End: 7},
		{ID: "NL", Form: lexicon.Demonym, Start: 8, End: 9}, {ID: "KR", Form: lexicon.Capital, Start: 11, End: 12},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mentions (-want +got):\n%s", diff)
	}
}

func BenchmarkCountries(b *testing.B) {
	words := strings.Fields("The New Zealand PM met the South Korean envoy in The Hague and left for home on the next day")
	b.ReportAllocs()
	for b.Loop() {
		lexicon.Countries(words)
	}
}
