package lexicon

import (
	"slices"
	"strings"
	"testing"
)

// maxTables bounds the bytes of all tables, which the program carries.
const maxTables = 2_500_000

func TestTables(t *testing.T) {
	size := 0
	for name, text := range map[string]string{
		"words": words, "stems": stems, "relations": relations, "american": american, "british": british, "countries": countries,
	} {
		size += len(text)
		var keys []string
		values := map[string]string{}
		for line := range strings.Lines(text) {
			key, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if !ok || key == "" || value == "" {
				t.Fatalf("%s: line %q", name, line)
			}
			keys, values[key] = append(keys, key), value
		}
		if len(keys) < 100 || !slices.IsSorted(keys) {
			t.Errorf("%s: %d keys, or they are not sorted", name, len(keys))
		}
		findAll(t, name, table(text), values)
	}
	if size > maxTables {
		t.Errorf("the tables have %d bytes, more than %d", size, maxTables)
	}
}

func findAll(t *testing.T, name string, tab table, values map[string]string) {
	t.Helper()
	for key, want := range values {
		if value, ok := tab.find(key); value != want || !ok {
			t.Fatalf("%s: find(%q) = %q, %v, want %q", name, key, value, ok, want)
		}
		if value, ok := tab.find(key + "\x01"); ok {
			t.Fatalf("%s: find(%q) = %q", name, key+"\x01", value)
		}
	}
}

func TestFindOdd(t *testing.T) {
	tab := table("a\tb\nc\td\n")
	for _, key := range []string{"", "a\tb", "a\t", "b", "d", "\n", "\x00", "\xff", "c\td\n"} {
		if value, ok := tab.find(key); ok {
			t.Errorf("find(%q) = %q", key, value)
		}
	}
}
