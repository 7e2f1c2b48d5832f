package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"rapporteur/bot"
	"rapporteur/bot/console"
	"rapporteur/index"
)

// askCommand answers one question.
type askCommand struct {
	Question []string `arg:"" help:"What you would like to know."`
	Why      bool     `help:"Tell how the quotes were chosen: features, scores and the path of each candidate."`
}

// Run takes in what lies on this machine, and prints the passages that answer.
// Feeds are left to serve: a question should not wait for the network.
func (a askCommand) Run(ctx context.Context, p program, flags *commands) (err error) {
	c, err := loadConfig(flags.Config, p.env)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	l, err := openLibrary(ctx, c, true, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	s := &server{config: c, log: log, library: l, press: newPress(c, log), meter: newMeter(time.Now), now: time.Now}
	defer func() { err = errors.Join(err, s.press.close()) }()
	s.wire()
	s.rounds.round(ctx, func(p *place) bool { return p.local })
	p.hintFeeds(ctx, s)
	question := strings.Join(a.Question, " ")
	m := s.bot.Handle(ctx, bot.Command{Platform: console.Name, Name: "ask", Args: question})
	if _, err = fmt.Fprintln(p.out, p.dress()(m)); err != nil || !a.Why {
		return err
	}
	return p.explain(ctx, l.index, index.Question{Text: question, Threshold: c.threshold()})
}

// explain prints how the answer to q is chosen.
func (p program) explain(ctx context.Context, x *index.Index, q index.Question) error {
	q.Why = true
	found, err := x.Ask(ctx, q)
	if err == nil {
		_, err = fmt.Fprintf(p.out, "\n%s", console.Harmless(found.Why.Long()))
	}
	return err
}

// hintFeeds says which feeds were never read, and so cannot be answered from.
func (p program) hintFeeds(ctx context.Context, s *server) {
	for _, place := range s.rounds.places {
		if place.local {
			continue
		}
		read, err := s.library.corpus.Fetched(ctx, place.Name())
		if err == nil && read.IsZero() {
			fmt.Fprintf(p.err, "rapporteur: the source %s was never read yet; start \"rapporteur\" to have it read\n", place.Name())
		}
	}
}

// dress returns how messages are shown on p's output.
func (p program) dress() func(bot.Message) string {
	if file, ok := p.out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		if columns, _, err := term.GetSize(int(file.Fd())); err == nil {
			return console.Pretty(columns)
		}
	}
	return console.Plain
}
