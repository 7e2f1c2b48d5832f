package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
)

// What is offered while somebody types is what the publications say, and never
// what others asked.
func TestGuide(t *testing.T) {
	s := newStage(t)
	now := time.Now()
	g := newGuide(s.server.library, func() time.Time { return now })
	s.server.bot.Handle(t.Context(), bot.Command{Name: "ask", Args: "who stole the silver?"})
	all, err := g.Questions(t.Context(), "", 25)
	if err != nil || len(all) < 3 {
		t.Fatalf("offered are %v, %v", all, err)
	}
	for _, c := range all {
		if c.Label != c.Value || strings.Contains(c.Value, "silver") {
			t.Errorf("offered is %+v", c)
		}
		if m := s.server.bot.Handle(t.Context(), bot.Command{Name: "ask", Args: c.Value}); strings.Contains(m.Text, "do not say") {
			t.Errorf("%q is not answered", c.Value)
		}
	}
	some, err := g.Questions(t.Context(), "zeal NEW", 25)
	if err != nil || len(some) == 0 || len(some) == len(all) {
		t.Errorf("of %d questions these hold both words: %v, %v", len(all), some, err)
	}
	if few, _ := g.Questions(t.Context(), "", 2); !slices.Equal(few, all[:2]) {
		t.Errorf("the first two are %v", few)
	}
	titles, err := g.Titles(t.Context(), "nato", 25)
	if err != nil || len(titles) != 1 || !strings.Contains(titles[0].Label, "NATO") {
		t.Errorf("titles: %v, %v", titles, err)
	}
}

// A publication that comes is asked about once a minute has passed.
func TestGuideFollowsTheCorpus(t *testing.T) {
	s := newStage(t)
	now := time.Now()
	g := newGuide(s.server.library, func() time.Time { return now })
	if _, err := g.Questions(t.Context(), "", 1); err != nil {
		t.Fatal(err)
	}
	s.file("new", "ferries.md", "---\ntitle: Ferries\n---\n## Key takeaways\n\n- The Skagerrak line carried more cars than ever in 2025.\n\nThe Skagerrak line carried more cars than ever in 2025, and its owners ordered two ships.\n")
	s.round()
	for _, minute := range []bool{false, true} {
		found, err := g.Questions(t.Context(), "skager", 1)
		if err != nil || len(found) > 0 != minute {
			t.Errorf("a minute later %v: %v, %v", minute, found, err)
		}
		now = now.Add(guideMemory)
	}
}
