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
	"sync"
	"time"

	"rapporteur/bot"
	"rapporteur/corpus"
	"rapporteur/corpus/source"
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
		check.note("bot", fmt.Sprintf("%d subscriptions (%d paused), %d posts made, %d due, %d held, %d to be changed; %d questions unanswered, %d answers called helpful, %d not",
			n.Channels+n.Paused, n.Paused, n.Done, n.Due, n.Held, n.Outdated, n.Gaps, n.Helpful, n.Unhelpful), err)
	}
	press := newPress(c, slog.New(slog.DiscardHandler))
	defer press.close()
	checkSources(ctx, check, press.places(c))
}

// A discoverer is implemented by sources that can look for a feed on the page
// that was given for one.
type discoverer interface {
	Discover(ctx context.Context) string
}

// checkSources reads each source once, some side by side, without taking
// anything in.
func checkSources(ctx context.Context, check *checker, places []*place) {
	says, errs := make([]string, len(places)), make([]error, len(places))
	var work sync.WaitGroup
	slots := make(chan struct{}, lookers)
	for i, p := range places {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			says[i], errs[i] = try(ctx, p)
		})
	}
	work.Wait()
	for i := range places {
		check.note("source", says[i], errs[i])
	}
}

// try reads a source once and says what it shows.
func try(ctx context.Context, p *place) (says string, err error) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	docs, err := look(ctx, p)
	if finder, ok := p.Source.(discoverer); ok && err != nil {
		if feed := finder.Discover(ctx); feed != "" {
			err = fmt.Errorf("%w\n         this is a page; its feed is %s", err, feed)
		}
	}
	h := p.health()
	says = fmt.Sprintf("%s: publications shown: %d", p.Name(), max(h.Items, len(docs)))
	if read := len(docs); read < h.Items {
		says += fmt.Sprintf(" (read now: %d)", read)
	}
	if newest := newest(docs); !newest.IsZero() {
		says += ", the newest of " + newest.Format("2 January 2006")
	}
	return fmt.Sprintf("%s, looked at every %v", says, p.every), err
}

// look reads a source, and a folder once more if it has files that may still
// be written to.
func look(ctx context.Context, p *place) ([]*corpus.Doc, error) {
	docs, state, err := p.Fetch(ctx, nil)
	if m, ok := p.Source.(more); !ok || !p.local || !m.Pending() || source.Pause(ctx, soon) != nil {
		return docs, err
	}
	rest, _, again := p.Fetch(ctx, state)
	return append(docs, rest...), errors.Join(err, again)
}

// newest returns the latest date of docs, the zero time if none has one.
func newest(docs []*corpus.Doc) (when time.Time) {
	for _, d := range docs {
		if d.Published.After(when) {
			when = d.Published
		}
	}
	return when
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
	p.checkDiscord(ctx, check, c)
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
