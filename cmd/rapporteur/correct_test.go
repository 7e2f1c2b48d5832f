package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestCorrectedFile corrects a takeaway: the posts that hold it are changed,
// and nothing is posted again.
func TestCorrectedFile(t *testing.T) {
	t.Parallel()
	w := newTown(t, time.Millisecond)
	w.join()
	w.drop("tides")
	w.until("it is posted", func() bool { return w.posted("tides") })
	file := filepath.Join(w.dir, "data", "publications", "tides.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(src), "All about tides.", "All about ebb.", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, time.Time{}, time.Now().Add(-30*time.Minute)); err != nil {
		t.Fatal(err)
	}
	w.until("the posts are changed", func() bool { return w.posted("ebb") })
	w.stop()
	if posts := w.posts(); posts["ebb"] != (tally{1, 1, 1}) || posts["tides"] != (tally{}) {
		t.Errorf("posts in the three channels: %v, want the corrected one alone", posts)
	}
	for _, shown := range [][]string{w.slack.Shown(hall), w.discord.Shown(w.discord.Channel)} {
		if last := shown[len(shown)-1]; !strings.Contains(last, "changed since it was posted here") {
			t.Errorf("the change is not told: %q", last)
		}
	}
}
