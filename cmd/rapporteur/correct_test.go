package main

import (
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
	w.rewrite("tides", strings.NewReplacer("All about tides.", "All about ebb."), 30*time.Minute)
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
