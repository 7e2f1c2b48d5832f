package bot

import "testing"

func TestWished(t *testing.T) {
	for text, want := range map[string]wish{
		"more": {more: true}, "More!": {more: true}, "who else?": {more: true}, "anything else?": {more: true}, "and more please": {more: true},
		"only 2025": {filter: "since:2025 before:2026"}, "2025?": {filter: "since:2025 before:2026"}, "just in 2024": {filter: "since:2024 before:2025"},
		"only since 2024-06": {filter: "since:2024-06"}, "before 2020?": {filter: "before:2020"}, "only by Ada Moreau": {filter: `author:"Ada Moreau"`},
		`only by "Moreau"`: {filter: `author:"Moreau"`}, "only in briefs": {filter: `in:"briefs"`}, "only from Bo Lindqvist.": {filter: `author:"Bo Lindqvist"`},
		"what about Japan?": {also: "Japan"}, "and the ministers?": {also: "the ministers"}, "only Japan": {also: "Japan"},
	} {
		if got, ok := wished(text); !ok || got != want {
			t.Errorf("%q: %+v %t, want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "thank you", "who opened the second plant?", "ok", "in the end we went home", "of course", "after lunch",
		"I saw more of them", "and then we all went to the harbour and looked at the ships"} {
		if got, ok := wished(text); ok {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}
