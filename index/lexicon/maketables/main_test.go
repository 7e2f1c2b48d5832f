package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The tables that are committed are those that the lists make.
func TestLists(t *testing.T) {
	out := t.TempDir()
	for _, what := range []string{"spellings", "countries"} {
		if err := run(what, "", "", ".", out); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"american.txt", "british.txt", "countries.txt"} {
		if diff := cmp.Diff(read(t, out, name), read(t, "../tables", name)); diff != "" {
			t.Errorf("%s (-made +committed):\n%s", name, diff)
		}
	}
}

func TestFrequencies(t *testing.T) {
	data, out := t.TempDir(), t.TempDir()
	for _, name := range sources {
		write(t, filepath.Join(data, name), "articles.jsonl", "")
	}
	write(t, filepath.Join(data, "18f"), "articles.jsonl", `
		{"paragraphs": ["The dogs of the town were barking at the moon.", "A heading about dogs",
			"The dogs of the town were barking at the moon."]}
		{"paragraphs": ["One dog's owner, in Łódź, barked back at all of them, as 1 of 1."]}`)
	if err := run("frequencies", data, "", "", out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(" \t2\nat\t2\nof\t2\n", read(t, out, "words.txt")); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(" \t2\nat\t2\nbark\t2\ndog\t2\nof\t2\n", read(t, out, "stems.txt")); diff != "" {
		t.Errorf("stems (-want +got):\n%s", diff)
	}
}

// The database is a small one of the same format. "Buy" has two senses, of
// which the first was met three times; "WHO" is an acronym.
func TestRelations(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	for _, pos := range partsOfSpeech {
		write(t, dir, "data."+pos.name, "  1 A licence.  \n  2 Its second line.  \n")
		write(t, dir, "index."+pos.name, "")
		write(t, dir, pos.name+".exc", "")
	}
	write(t, dir, "cntlist.rev", "buy%2:40:00:: 1 3\n")
	write(t, dir, "data.verb", "00000001 40 v 02 buy 0 purchase 0 001 + 00000003 n 0101 00 | get for money\n"+
		"00000002 41 v 01 buy 0 000 00 | bribe\n")
	write(t, dir, "data.noun", "00000003 18 n 02 buyer 0 WHO 0 001 + 00000001 v 0101 | one who buys\n")
	write(t, dir, "index.verb", "buy v 2 1 + 2 1 00000001 00000002\npurchase v 1 0 1 0 00000001\n")
	write(t, dir, "index.noun", "buyer n 1 1 + 1 0 00000003\n")
	write(t, dir, "verb.exc", "bought buy\n")
	if err := run("relations", "", dir, "", out); err != nil {
		t.Fatal(err)
	}
	want := "bought\t=buy\nbuy\ti9bought d8buyer s8purchas\nbuyer\td8bought d8bui\npurchase\ts8bought s8bui\n"
	if diff := cmp.Diff(want, read(t, out, "relations.txt")); diff != "" {
		t.Errorf("relations (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("A licence.\nIts second line.\n", read(t, out, "LICENSE-wordnet")); diff != "" {
		t.Errorf("licence (-want +got):\n%s", diff)
	}
}

// "Good" and "bad" are opposites, in all their forms.
func TestOpposites(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	for _, pos := range partsOfSpeech {
		write(t, dir, "data."+pos.name, "")
		write(t, dir, "index."+pos.name, "")
		write(t, dir, pos.name+".exc", "")
	}
	write(t, dir, "cntlist.rev", "")
	write(t, dir, "data.adj", "00000001 00 a 01 good 0 001 ! 00000002 a 0101 | of use\n00000002 00 a 01 bad 0 001 ! 00000001 a 0101 | of none\n")
	write(t, dir, "index.adj", "good a 1 1 ! 1 0 00000001\nbad a 1 1 ! 1 0 00000002\n")
	write(t, dir, "adj.exc", "better good\nbest good\nworse bad\nworst bad\n")
	if err := run("opposites", "", dir, "", out); err != nil {
		t.Fatal(err)
	}
	want := "bad\tgood\nbest\tworst\nbetter\twors\ngood\tbad\nworse\tbetter\nworst\tbest\n"
	if diff := cmp.Diff(want, read(t, out, "opposites.txt")); diff != "" {
		t.Errorf("opposites (-want +got):\n%s", diff)
	}
}

func TestErrorsNameThePlace(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "spelling.tsv", "# remark\ncolour\tcolor\nodd\n")
	for what, part := range map[string]string{"spellings": "spelling.tsv:3", "relations": "cntlist.rev", "nonsense": `"nonsense"`} {
		if err := run(what, dir, dir, dir, dir); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("make %s: %v, want an error that names %s", what, err, part)
		}
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
