package pdf_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew, to be read before they are kept")

// TestGolden reads files of every layout and compares what comes out with what
// testdata says, which an analyst can read.
func TestGolden(t *testing.T) {
	r := open(t)
	for name, print := range layouts {
		t.Run(name, func(t *testing.T) {
			d, err := r.Parse(t.Context(), name+".pdf", print())
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Check(); err != nil {
				t.Error(err)
			}
			golden := filepath.Join("testdata", name+".txt")
			got := show(d)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// show writes a publication as the golden files do: what is known of it, each
// paragraph with its page, "#" before headings, and the takeaways.
func show(d *corpus.Doc) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\n", d.Title)
	if len(d.Authors) > 0 {
		fmt.Fprintf(&b, "authors: %s\n", strings.Join(d.Authors, "; "))
	}
	if !d.Published.IsZero() {
		fmt.Fprintf(&b, "published: %s\n", d.Published.Format("2006-01-02 15:04"))
	}
	if d.Language != "" {
		fmt.Fprintf(&b, "language: %s\n", d.Language)
	}
	heading := make(map[corpus.Span]string)
	for _, h := range d.Headings {
		heading[h] = "# "
	}
	i := 0
	for p := range d.Paragraphs() {
		fmt.Fprintf(&b, "\np. %d\t%s%s\n", d.Pages[i], heading[p], d.Quote(p).Text())
		i++
	}
	for _, k := range d.Takeaways {
		fmt.Fprintf(&b, "\ntakeaway: %s\n", d.Quote(k).Text())
	}
	return b.String()
}
