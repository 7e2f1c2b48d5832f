package bot_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
)

func (w *world) Sources(context.Context) ([]bot.SourceStatus, error) { return w.health, nil }

// report has the bot told what is wrong with a source.
func (w *world) report(source string, says ...string) {
	w.t.Helper()
	var all []bot.Problem
	for _, s := range says {
		all = append(all, bot.Problem{Key: s, Says: "It is " + s + "."})
	}
	if err := w.bot.Report(w.t.Context(), source, all); err != nil {
		w.t.Fatal(err)
	}
	w.round()
}

// The operators are told of each problem once, and when all is well again.
func TestProblemsAreToldOnce(t *testing.T) {
	w := newWorld(t)
	failing, stale, well := "The source briefs has a problem. It is failing.", "The source briefs has a problem. It is stale.", "All is well again with the source briefs."
	w.report("briefs")
	w.wantPosts("desk")
	w.report("briefs", "failing")
	w.report("briefs", "failing")
	w.wantPosts("desk", failing)
	w.start()
	w.report("briefs", "failing")
	w.wantPosts("desk", failing)
	w.report("briefs", "failing", "stale")
	w.wantPosts("desk", failing, stale)
	w.report("briefs", "stale")
	w.wantPosts("desk", failing, stale)
	w.report("briefs")
	w.wantPosts("desk", failing, stale, well)
	w.report("briefs")
	w.report("briefs", "failing")
	w.wantPosts("desk", failing, stale, well, failing)
}

// A notice that did not get through is posted later, and none is lost when
// somebody ends a subscription.
func TestNoticesArePostedLikePublications(t *testing.T) {
	w := newWorld(t)
	w.say("desk", "subscribe", "")
	w.arrive()
	w.arrive(w.doc("tides"))
	w.network.before = func(string) error { return errors.New("the line is dead") }
	w.report("briefs", "failing")
	w.report("articles", "stale")
	w.network.before = nil
	w.say("desk", "unsubscribe", "")
	w.now = w.now.Add(time.Hour)
	w.round()
	w.wantPosts("desk", "The source briefs has a problem. It is failing.", "The source articles has a problem. It is stale.")
}

func TestStatus(t *testing.T) {
	w := newWorld(t)
	w.health = []bot.SourceStatus{
		{Name: "new"},
		{Name: "fine", Read: w.now.Add(-5 * time.Minute), Next: w.now.Add(26 * time.Hour), Newest: w.now.AddDate(0, 0, -3)},
		{Name: "ill", Read: w.now.Add(-72 * time.Hour), Next: w.now.Add(time.Second), Problems: []bot.Problem{{Key: "failing", Says: "500."}, {Key: "stale", Says: strings.Repeat("x", 1000)}}},
	}
	for n := range 9 {
		w.health[0].Problems = append(w.health[0].Problems, bot.Problem{Key: fmt.Sprint(n), Says: fmt.Sprintf("file %d", n)})
	}
	want := strings.Join([]string{
		"The sources that I read:",
		"new: never read yet", "PROBLEM: file 0", "PROBLEM: file 1", "PROBLEM: file 2", "PROBLEM: file 3", "PROBLEM: file 4", "and 4 more problems, which the log tells of",
		"ill: read 3 days ago, looked at again in 1 second", "PROBLEM: 500.", "PROBLEM: " + strings.Repeat("x", 279) + "…",
		"fine: read 5 minutes ago, looked at again in 26 hours, newest publication of 29 May 2026",
	}, "\n")
	for _, command := range [][2]string{{"status", ""}, {"ask", "Status"}} {
		if diff := cmp.Diff(want, w.say("hall", command[0], command[1]).Text); diff != "" {
			t.Errorf("%q (-want +got):\n%s", command, diff)
		}
	}
}
