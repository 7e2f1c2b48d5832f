package pdf_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapporteur/corpus/pdf"
)

// TestSuite reads all PDF files of the folder that RAPPORTEUR_PDFS names, such
// as the tests of pdf.js, and reports how that went. Every file must be read
// or refused in time, and with few enough memory.
func TestSuite(t *testing.T) {
	dir := os.Getenv("RAPPORTEUR_PDFS")
	if dir == "" {
		t.Skip("RAPPORTEUR_PDFS names no folder of PDF files")
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	r := open(t)
	refused := make(map[string]int)
	var slowest time.Duration
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		d, err := r.Parse(context.Background(), filepath.Base(name), src)
		took := time.Since(began)
		slowest = max(slowest, took)
		if took > time.Second || took > pdf.MaxTime {
			t.Logf("%s took %v (%v)", name, took, err)
		}
		if took > pdf.MaxTime+time.Second {
			t.Errorf("%s took %v", name, took)
		}
		if err != nil {
			_, why, _ := strings.Cut(err.Error(), ": ")
			refused[why]++
			continue
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d files, slowest %v, peak memory %d MB", len(names), slowest, peak(t))
	for why, n := range refused {
		t.Logf("%4d %s", n, why)
	}
}
