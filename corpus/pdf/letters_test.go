package pdf

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLetters(t *testing.T) {
	for text, want := range map[string]string{
		"ﬁnal":         "final",
		"oﬃce":         "office",
		"na¨ıve":       "naïve",
		"Jos´e":        "José",
		"co\u00adop":   "coop",
		"plain":        "plain",
		"5˚":           "5˚",
		"\u4e2d\u6587": "\u4e2d\u6587",
	} {
		if got := letters([]rune(text)); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestPlausible(t *testing.T) {
	for title, want := range map[string]bool{
		"The Quad after Four Years":        true,
		"Microsoft Word - draft.doc":       false,
		"Untitled document":                false,
		"final version.indd":               false,
		"Layout 1 of 2 pages":              false,
		"brief_2026_v3 final_x":            false,
		"PowerPoint Presentation":          false,
		"C:\\temp\\new brief":              false,
		"2026 06 02 10":                    false,
		"Untied Hands: Aid and Its Limits": true,
	} {
		if got := plausible(title, "brief.pdf"); got != want {
			t.Errorf("%q can be a title: %v, want %v", title, got, want)
		}
	}
}

func TestAuthors(t *testing.T) {
	for said, want := range map[string][]string{
		"Ada Smith":                   {"Ada Smith"},
		"Smith, Ada":                  {"Smith, Ada"},
		"Ada Smith; Bo Li":            {"Ada Smith", "Bo Li"},
		"Ada Smith, Bo Li and C. Day": {"Ada Smith", "Bo Li", "C. Day"},
		"Administrator":               nil,
		"user01":                      nil,
		"asmith@example.org":          nil,
		"":                            nil,
	} {
		if diff := cmp.Diff(want, authors(said)); diff != "" {
			t.Errorf("%q: %s", said, diff)
		}
	}
}

func TestDate(t *testing.T) {
	for said, want := range map[string]string{
		"D:20260602093000+02'00'": "2026-06-02T07:30:00Z",
		"D:20260602093000Z":       "2026-06-02T09:30:00Z",
		"D:20260602093000":        "2026-06-02T09:30:00Z",
		"D:20260602":              "2026-06-02T00:00:00Z",
		"20260602 or so":          "2026-06-02T00:00:00Z",
		"D:19700101000000":        "0001-01-01T00:00:00Z",
		"D:20261302":              "0001-01-01T00:00:00Z",
		"Tuesday":                 "0001-01-01T00:00:00Z",
	} {
		if got := date(said).Format(time.RFC3339); got != want {
			t.Errorf("%q is %s, want %s", said, got, want)
		}
	}
}
