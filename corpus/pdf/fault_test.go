package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/corpus/pdf"
)

// long prints a report of so many pages.
func long(pages int) []byte {
	p := press{info: "/Title (A Long Report)"}
	for n := range pages {
		s := p.sheet()
		s.text(60, 800, 8, "A Long Report")
		y := 770.0
		for line := range 50 {
			y = s.lines(60, y, fmt.Sprintf("Line %d is the %s-%s one and has as many words as lines have.", line, spell(n), spell(line)))
		}
		s.text(300, 40, 8, fmt.Sprint(n+1))
	}
	return p.print()
}

// spell writes a number in letters, so that no two lines are alike.
func spell(n int) string {
	return strings.Map(func(r rune) rune { return rune("abdefghjkm"[r-'0']) }, fmt.Sprint(n))
}

func scanned() []byte {
	var p press
	p.sheet().picture()
	p.sheet().picture()
	return p.print()
}

func locked() []byte {
	p := press{locked: true}
	p.sheet().text(60, 700, 10, "Secret.")
	return p.print()
}

func TestRefused(t *testing.T) {
	r := open(t)
	sound := brief()
	tests := map[string]struct {
		src  []byte
		says string
	}{
		"locked":   {locked(), "ask for a version without a password"},
		"scanned":  {scanned(), "run OCR (such as ocrmypdf) first"},
		"no pages": {new(press).print(), "run OCR"},
		"empty":    {nil, "it is damaged or no PDF"},
		"web page": {[]byte("<!DOCTYPE html><p>Moved.</p>"), "it is damaged or no PDF"},
		"cut off":  {sound[:40], "it is damaged or no PDF"},
		"too long": {long(pdf.MaxPages + 1), "2001 pages, and 2000 are read at most"},
		"a bomb":   {bomb(), "it is damaged, or needs more than 256 MB to be read"},
		"too big":  {make([]byte, pdf.MaxFile+1), "make its pictures smaller or split it"},
	}
	for about, test := range tests {
		_, err := r.Parse(t.Context(), "a/report.pdf", test.src)
		if err == nil || strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), "a/report.pdf: ") || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: error %v, want one of a/report.pdf that says %q", about, err, test.says)
		}
	}
	if _, err := r.Parse(t.Context(), "brief.pdf", sound); err != nil {
		t.Errorf("after those, a sound file: %v", err)
	}
}

// TestDamaged breaks a file in many ways. Each must be read or refused, and
// leave the reader whole.
func TestDamaged(t *testing.T) {
	r := open(t)
	sound := twoColumns()
	random := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		src := bytes.Clone(sound)
		for range 1 + random.IntN(20) {
			src[random.IntN(len(src))] = byte(random.Uint32())
		}
		src = src[:len(src)-random.IntN(2)*random.IntN(len(src))]
		if d, err := r.Parse(t.Context(), "damaged.pdf", src); err == nil {
			if err := d.Check(); err != nil {
				t.Error(err)
			}
		}
	}
	if _, err := r.Parse(t.Context(), "sound.pdf", sound); err != nil {
		t.Error(err)
	}
}

func TestLongReport(t *testing.T) {
	r := open(t)
	pages := 200
	if raced { // which takes ten times as long, and one file has 15 seconds
		pages = 20
	}
	began := time.Now()
	d, err := r.Parse(t.Context(), "long.pdf", long(pages))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pages, %d bytes of text: %v", pages, len(d.Text), time.Since(began))
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	if last := d.Pages[len(d.Pages)-1]; last != pages {
		t.Errorf("the last paragraph is on page %d, want %d", last, pages)
	}
	if n := strings.Count(d.Text, "Line "); n != pages*50 {
		t.Errorf("%d lines of %d were kept", n, pages*50)
	}
	if strings.Contains(d.Text, "A Long Report") {
		t.Error("the running head was kept")
	}
}

// TestStopped stops reading in the middle. That must be quick, and the next
// file must be read.
func TestStopped(t *testing.T) {
	r := open(t)
	if _, err := r.Parse(t.Context(), "first.pdf", brief()); err != nil {
		t.Fatal(err)
	}
	src := long(1000)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := r.Parse(ctx, "long.pdf", src)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want %v", err, context.DeadlineExceeded)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	if _, err := r.Parse(t.Context(), "next.pdf", brief()); err != nil {
		t.Error(err)
	}
}

// bomb prints a page with a form that shows another ten times, which shows
// another ten times, and so on.
func bomb() []byte {
	const levels = 9
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [6 0 R] >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
		"null", "<< >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /XObject << /X 8 0 R >> >> >>",
		"<< /Length 5 >>\nstream\n/X Do\nendstream",
	}
	for level := range levels {
		shows := strings.Repeat("/X Do ", 10)
		if level == levels-1 {
			shows = "BT /F 10 Tf (A) Tj ET"
		}
		objects = append(objects, fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> /XObject << /X %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream",
			level+9, len(shows), shows))
	}
	return assemble(objects, false)
}

// TestBomb stops a file that keeps PDFium busy inside.
func TestBomb(t *testing.T) {
	r := open(t)
	if _, err := r.Parse(t.Context(), "first.pdf", brief()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := r.Parse(ctx, "bomb.pdf", bomb())
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want %v", err, context.DeadlineExceeded)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	if _, err := r.Parse(t.Context(), "next.pdf", brief()); err != nil {
		t.Error(err)
	}
}

func TestManyAtOnce(t *testing.T) {
	r := open(t)
	src := brief()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := r.Parse(t.Context(), "brief.pdf", src); err != nil {
				t.Error(err)
			}
			r.Rest()
		})
	}
	all.Wait()
}

func TestClosed(t *testing.T) {
	r := open(t)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Parse(t.Context(), "late.pdf", brief()); err == nil || !strings.Contains(err.Error(), "late.pdf: the reader of PDF files is closed") {
		t.Errorf("error %v", err)
	}
	if _, err := pdf.Open(""); err == nil {
		t.Error("a reader needs no folder")
	}
}

// TestMemory holds the reader to giving back what it took.
func TestMemory(t *testing.T) {
	if raced {
		t.Skip("the race detector takes memory of its own")
	}
	const line = "VmRSS:"
	r := open(t)
	r.Rest()
	before := memory(t, line)
	if _, err := r.Parse(t.Context(), "long.pdf", long(200)); err != nil {
		t.Fatal(err)
	}
	during := memory(t, line)
	r.Rest()
	after := memory(t, line)
	t.Logf("%d MB before, %d MB with PDFium, %d MB after it was given back", before, during, after)
	if after > before+25 {
		t.Errorf("%d MB are kept, %d MB more than before", after, after-before)
	}
}

// FuzzPDF reads anything. It must never panic, and what it reads can be kept.
func FuzzPDF(f *testing.F) {
	for _, print := range layouts {
		f.Add(print())
	}
	f.Add(locked())
	f.Add(scanned())
	f.Add([]byte("%PDF-1.4\n"))
	r := open(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := r.Parse(t.Context(), "fuzz.pdf", src)
		if err != nil {
			return
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	})
}
