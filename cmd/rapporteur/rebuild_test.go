package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// A door is a platform at which somebody asks as soon as it opens.
type door struct {
	wall
	opened chan bot.Handler
}

func (d *door) Run(ctx context.Context, h bot.Handler) error {
	d.opened <- h
	<-ctx.Done()
	return nil
}

// A stuck is a source that shows nothing until it is let go.
type stuck struct{ let chan struct{} }

func (stuck) Name() string { return "stuck" }

func (s stuck) Fetch(ctx context.Context, _ []byte) ([]*corpus.Doc, []byte, error) {
	select {
	case <-s.let:
	case <-ctx.Done():
	}
	return nil, nil, nil
}

// People are answered while the publications are still being indexed, are told
// so if nothing was found, and what they asked does not count as a gap.
func TestAnswersBeforeAllIsIndexed(t *testing.T) {
	t.Parallel()
	e := newEra(t)
	e.server.config.Listen = ""
	d, source := &door{opened: make(chan bot.Handler, 1)}, stuck{make(chan struct{})}
	e.server.platforms = []bot.Platform{d}
	e.server.rounds.places = []*place{{Source: source, every: time.Hour, local: true}}
	doc := &corpus.Doc{ID: "tides", Title: "Tides", Text: "Minister Ruth Amadi opened the first tidal plant in Port Lagos."}
	if _, err := e.server.library.corpus.Put(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.server.run(ctx) }()
	var handle bot.Handler
	select {
	case handle = <-d.opened:
	case err := <-ended:
		t.Fatalf("it ended: %v", err)
	case <-time.After(patience):
		t.Fatal("nobody is let in")
	}
	ask := func() string {
		return bot.Plain(handle(ctx, bot.Command{Platform: "console", Channel: "hall", Name: "ask", Args: "who opened the first tidal plant?"}))
	}
	wants(t, ask(), "still being indexed", "ask again in a few minutes", "not The publications I know")
	if n, err := e.server.library.state.Stats(ctx); err != nil || n.Gaps != 0 {
		t.Errorf("%d gaps, %v", n.Gaps, err)
	}
	close(source.let)
	for late := time.Now().Add(patience); !strings.Contains(ask(), "Ruth Amadi"); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("it is still not found: %s", ask())
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
