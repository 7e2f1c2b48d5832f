package sentence_test

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
	"rapporteur/index/sentence"
)

// The cases of testdata/hard.txt are parted by blank lines; lines that begin
// with "#" are remarks. A case is one paragraph, with a "¦" wherever one
// sentence ends and the next one begins.
func TestSplitHardCases(t *testing.T) {
	for _, want := range hardCases(t) {
		text := strings.ReplaceAll(strings.ReplaceAll(want, " ¦ ", " "), "¦", "")
		if diff := cmp.Diff(strings.Split(strings.ReplaceAll(want, " ¦ ", "¦"), "¦"), cut(text)); diff != "" {
			t.Errorf("sentences of %q (-want +got):\n%s", text, diff)
		}
	}
}

func hardCases(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/hard.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			cases = append(cases, line)
		}
	}
	return cases
}

func cut(text string) []string {
	var parts []string
	for _, s := range sentence.Split(text) {
		parts = append(parts, text[s.Start:s.End])
	}
	return parts
}

func FuzzSplit(f *testing.F) {
	for _, text := range hardCases(f) {
		f.Add(strings.ReplaceAll(text, "¦", ""))
	}
	f.Add("\xff. \xe2\x80. A\n\n\u3000。B")
	f.Fuzz(func(t *testing.T, text string) {
		rest := 0
		for _, s := range sentence.Split(text) {
			if s.Start < rest || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span %v after byte %d of %q", s, rest, text)
			}
			if gap := text[rest:s.Start]; strings.TrimSpace(gap) != "" {
				t.Fatalf("%q of %q is in no sentence", gap, text)
			}
			if part := text[s.Start:s.End]; strings.TrimFunc(part, unicode.IsSpace) != part {
				t.Fatalf("sentence %q has white space around it", part)
			}
			if got := sentence.Trim(text, s); got.End != s.End || got.Start < s.Start || got.Start >= got.End {
				t.Fatalf("Trim(%q, %v) = %v", text, s, got)
			}
			rest = s.End
		}
		if strings.TrimSpace(text[rest:]) != "" {
			t.Fatalf("%q of %q is in no sentence", text[rest:], text)
		}
	})
}

func TestSplitLines(t *testing.T) {
	text := "A heading\n\nThe first line\ngoes on here.\n- one thing\n- another thing\n\n  \n"
	want := []string{"A heading", "The first line\ngoes on here.", "- one thing", "- another thing"}
	if diff := cmp.Diff(want, cut(text)); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

func TestTrim(t *testing.T) {
	tests := map[string]string{
		"- A point":        "A point",
		"• A point":        "A point",
		"– A point":        "A point",
		"1. A point":       "A point",
		"12) A point":      "A point",
		"(3) A point":      "A point",
		"(a) A point":      "A point",
		"(A) A point":      "A point",
		"b) A point":       "A point",
		"iv. A point":      "A point",
		"3.2. A section":   "A section",
		"3.2 million":      "3.2 million",
		"5. Juli war es":   "5. Juli war es",
		"J. Smith said so": "J. Smith said so",
		"1994. A year":     "1994. A year",
		"-5 degrees":       "-5 degrees",
		"(see below) it":   "(see below) it",
		"I. Newton":        "I. Newton",
		"A plain text":     "A plain text",
		"-":                "-",
		"1.":               "1.",
	}
	for text, want := range tests {
		s := sentence.Trim(text, corpus.Span{Start: 0, End: len(text)})
		if got := text[s.Start:s.End]; got != want {
			t.Errorf("Trim(%q) = %q, want %q", text, got, want)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	text := strings.ReplaceAll(strings.Join(hardCases(b), " "), "¦", "")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		sentence.Split(text)
	}
}
