package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
)

// checkCommand looks at everything that is set up.
type checkCommand struct {
	Health bool `help:"Only ask the running program whether it is ready: status 0 if so, as a container's health check needs it."`
}

// checkTime is how long one check may take; sites are asked for one thing a
// second, and for up to fifteen in search of a feed.
const checkTime = 40 * time.Second

// A checker prints a line for each thing that it looks at.
type checker struct {
	out      io.Writer
	problems int
}

func (c *checker) fine(part, says string)   { fmt.Fprintf(c.out, "ok       %-10s %s\n", part, says) }
func (c *checker) unused(part, says string) { fmt.Fprintf(c.out, "unused   %-10s %s\n", part, says) }

func (c *checker) problem(part string, err error) {
	c.problems++
	fmt.Fprintf(c.out, "PROBLEM  %-10s %v\n", part, err)
}

// note prints says, or the problem if there is one.
func (c *checker) note(part, says string, err error) {
	if err != nil {
		c.problem(part, err)
		return
	}
	c.fine(part, says)
}

// Run prints what is well, what is not in use, and what is wrong with how to
// mend it. It fails if anything is wrong.
func (k checkCommand) Run(ctx context.Context, p program, flags *commands) error {
	c, err := loadConfig(flags.Config, p.env)
	if err != nil {
		return err
	}
	if k.Health {
		return askHealth(ctx, c.Listen)
	}
	check := &checker{out: p.out}
	check.fine("config", fmt.Sprintf("publications up to %v old are posted, every %v at most in one channel", c.MaxAge, c.PostInterval))
	p.checkData(ctx, check, c)
	p.checkPlatforms(ctx, check, c)
	if check.problems > 0 {
		return fmt.Errorf("problems found: %d", check.problems)
	}
	return nil
}

// checkData looks at the databases and the sources.
func (p program) checkData(ctx context.Context, check *checker, c config) {
	store, err := corpus.OpenStore(ctx, filepath.Join(c.Data, "corpus.db"), time.Now)
	if err != nil {
		check.problem("corpus", err)
		return
	}
	defer store.Close()
	known, err := store.Stats(ctx)
	check.note("corpus", fmt.Sprintf("%s: publications kept: %d", c.Data, known.Publications), err)
	state, err := bot.OpenStore(ctx, filepath.Join(c.Data, "bot.db"), time.Now)
	if err != nil {
		check.problem("bot", err)
	} else {
		defer state.Close()
		n, err := state.Stats(ctx)
		check.note("bot", fmt.Sprintf("%d subscriptions (%d paused), %d posts made, %d due, %d held; %d questions unanswered",
			n.Channels+n.Paused, n.Paused, n.Done, n.Due, n.Held, n.Gaps), err)
	}
	for _, place := range places(c, slog.New(slog.DiscardHandler)) {
		checkSource(ctx, check, place)
	}
}

// A discoverer is implemented by sources that can look for a feed on the page
// that was given for one.
type discoverer interface {
	Discover(ctx context.Context) string
}

// checkSource reads a source once, without taking anything in.
func checkSource(ctx context.Context, check *checker, p *place) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	docs, _, err := p.Fetch(ctx, nil)
	if finder, ok := p.Source.(discoverer); ok && err != nil {
		if feed := finder.Discover(ctx); feed != "" {
			err = fmt.Errorf("%w\n         this is a page; its feed is %s", err, feed)
		}
	}
	check.note("source", fmt.Sprintf("%s: publications shown: %d, looked at every %v", p.Name(), len(docs), p.every), err)
}

func (p program) checkPlatforms(ctx context.Context, check *checker, c config) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	quiet := slog.New(slog.DiscardHandler)
	switch sl, err := p.slack(c, nil, quiet); {
	case err != nil:
		check.problem("slack", err)
	case sl == nil:
		check.unused("slack", "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to join (README.md, \"Slack\")")
	default:
		says, err := sl.Check(ctx)
		check.note("slack", says, err)
	}
	switch dc, err := p.discord(quiet); {
	case err != nil:
		check.problem("discord", err)
	case dc == nil:
		check.unused("discord", "set DISCORD_TOKEN to join (README.md, \"Discord\")")
	default:
		says, err := dc.Check(ctx)
		check.note("discord", says, err)
	}
}

// askHealth asks the program that serves at address whether it is ready.
func askHealth(ctx context.Context, address string) error {
	if address == "" {
		return errors.New("listen is empty in the configuration, so nobody can be asked")
	}
	if host, port, err := net.SplitHostPort(address); err == nil && (host == "" || host == "0.0.0.0" || host == "::") {
		address = net.JoinHostPort("127.0.0.1", port)
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("nobody serves at %s: %w", address, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(response.Body, 4096))
		return fmt.Errorf("not ready: %s", why)
	}
	return nil
}
