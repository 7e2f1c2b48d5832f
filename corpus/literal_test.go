package corpus_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
)

// An article is one line of a data set.
type article struct {
	ID, Title  string
	Paragraphs []string
}

// asFile writes an article as programs give them to ParseLiteral.
func asFile(a article) string {
	title, _ := json.Marshal(fold(a.Title))
	src := fmt.Sprintf("---\ntitle: %s\nid: %s\n---\n", title, a.ID)
	for _, p := range a.Paragraphs {
		src += "\n" + likeMarkdown.ReplaceAllString(p, `\$0`) + "\n"
	}
	return src
}

// unescaped matches a paragraph that had such a backslash from the beginning,
// which nobody can tell from one that was put there.
var unescaped = regexp.MustCompile(`^\\([#*+>\d-])`)

var likeMarkdown = regexp.MustCompile(`^(#{1,6}\s|[-*+>]\s|\d+[.)]\s|---)`)

// Paragraph numbers are compared with those of the data sets, so not one may
// be off.
func TestParseLiteralNumbersParagraphsAsTheDataDoes(t *testing.T) {
	files, err := filepath.Glob("../../shared/eval/data/*/articles.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("../shared/eval/data is not here to compare with")
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 16<<20)
		for n := 0; n < 400 && lines.Scan(); n++ {
			compare(t, lines.Bytes())
		}
		if err := lines.Err(); err != nil {
			t.Error(err)
		}
		f.Close()
	}
}

func compare(t *testing.T, line []byte) {
	t.Helper()
	var a article
	if err := json.Unmarshal(line, &a); err != nil {
		t.Fatal(err)
	}
	d, err := corpus.ParseLiteral("file.md", asFile(a))
	if err != nil {
		t.Errorf("%s: %v", a.ID, err)
		return
	}
	want := make([]string, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		want[i] = fold(unescaped.ReplaceAllString(p, "$1"))
	}
	if diff := cmp.Diff(want, paragraphs(d)); diff != "" || d.ID != a.ID || d.Title != fold(a.Title) {
		t.Errorf("%s %q, want %s %q: %s", d.ID, d.Title, a.ID, a.Title, diff)
	}
}
