package page_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
	"rapporteur/corpus/page"
)

var update = flag.Bool("update", false, "write what is read now to testdata/*.txt")

// fetched is when the pages of the tests were fetched.
var fetched = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// TestPages reads each page of testdata and compares what it says with the
// text of the same name.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.html")
	if err != nil || len(files) < 12 {
		t.Fatalf("there are %d pages in testdata: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".html"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d, err := page.Parse("https://harbour.example/cranes", src, "", fetched)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Check(); err != nil {
				t.Error(err)
			}
			golden(t, strings.TrimSuffix(file, ".html")+".txt", show(d))
		})
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// show writes a Doc so that people can compare it with its page: headings
// after "#", and paragraphs with takeaways after ">".
func show(d *corpus.Doc) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title:     %s\nauthors:   %s\n", d.Title, strings.Join(d.Authors, ", "))
	fmt.Fprintf(&b, "published: %s\nlanguage:  %s\naddress:   %s\n", d.Published.Format(time.RFC3339), d.Language, d.URL)
	for _, a := range d.Addresses {
		fmt.Fprintf(&b, "also at:   %s\n", a)
	}
	if d.Section != "" {
		fmt.Fprintf(&b, "section:   %s\n", d.Section)
	}
	for about := range strings.SplitSeq(d.About, "\n\n") {
		if about != "" {
			fmt.Fprintf(&b, "of them:   %s\n", about)
		}
	}
	for p := range d.Paragraphs() {
		fmt.Fprintf(&b, "\n%s%s\n", margin(d, p), d.Text[p.Start:p.End])
		for _, s := range d.Takeaways {
			if s.Start > p.Start && s.End == p.End {
				fmt.Fprintf(&b, "    from: %s\n", d.Text[s.Start:s.End])
			}
		}
	}
	return b.String()
}

func margin(d *corpus.Doc, p corpus.Span) (margin string) {
	if slices.Contains(d.Headings, p) {
		margin = "# "
	}
	if slices.ContainsFunc(d.Takeaways, func(s corpus.Span) bool { return p.Start <= s.Start && s.End <= p.End }) {
		margin += "> "
	}
	return margin
}
