package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkIdleMemory reports the resident memory of the program as it is
// built for use, idle, connected to both networks, with 20,000 passages in its
// index: after they were taken in, and after a restart and 1,000 questions.
func BenchmarkIdleMemory(b *testing.B) {
	w := newTown(b, time.Millisecond)
	w.binary = build(b)
	w.write(200, 100)
	for b.Loop() {
		w.join()
		w.until("all is indexed", func() bool { return w.taken() == 200 })
		time.Sleep(5 * time.Second) // the memory that indexing took is given back
		b.ReportMetric(w.resident("VmRSS"), "MB-after-indexing")
		b.ReportMetric(w.resident("VmHWM"), "MB-at-most")
		w.stop()
		w.restart()
		for i := range 1000 {
			w.askQuickly(fmt.Sprintf("what does word%d say of word%d?", i%50, i%7))
		}
		b.ReportMetric(w.resident("VmRSS"), "MB-after-questions")
		w.stop()
	}
}

// build builds the program as the Dockerfile does.
func build(t testing.TB) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "rapporteur")
	command := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, ".")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

// write puts publications of so many paragraphs into the folder, of words that
// are distributed as in prose.
func (w *town) write(publications, paragraphs int) {
	w.t.Helper()
	words := rand.NewZipf(rand.New(rand.NewPCG(1, 2)), 1.1, 10, 30_000)
	dir := filepath.Join(w.dir, "data", "publications")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		w.t.Fatal(err)
	}
	for i := range publications {
		var text strings.Builder
		for range paragraphs {
			for range 60 {
				fmt.Fprintf(&text, "word%d ", words.Uint64())
			}
			text.WriteString("end.\n\n")
		}
		file := filepath.Join(dir, fmt.Sprintf("prose%d.md", i))
		if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
			w.t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
			w.t.Fatal(err)
		}
	}
}

// taken returns how many publications the log says were taken in.
func (w *town) taken() (n int) {
	for line := range strings.Lines(w.log.String()) {
		if _, count, ok := strings.Cut(line, `"new or changed"=`); ok {
			var some int
			fmt.Sscan(count, &some)
			n += some
		}
	}
	return n
}

// resident returns one of the memory figures that the system keeps of the
// process, in MB.
func (w *town) resident(figure string) float64 {
	w.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.process.Process.Pid))
	if err != nil {
		w.t.Skipf("the memory of a process cannot be read here: %v", err)
	}
	_, rest, _ := strings.Cut(string(status), figure+":")
	var kilobytes float64
	fmt.Sscan(rest, &kilobytes)
	return kilobytes / 1024
}
