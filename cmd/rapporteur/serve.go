package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/console"
	"rapporteur/bot/slack"
)

// serveCommand runs until it is interrupted.
type serveCommand struct{}

// Run serves at the terminal, if there is one, and on the platforms for which
// there are tokens.
func (serveCommand) Run(ctx context.Context, p program, flags *commands) error {
	c, err := loadConfig(flags.Config, p.env)
	if err != nil {
		return err
	}
	t, interactive, err := openTerminal(p.in, p.out)
	if err != nil {
		return err
	}
	if !interactive {
		return p.serve(ctx, c, newLog(p.err, c, false), nil)
	}
	defer t.restore()
	log := newLog(t, c, true)
	return p.serve(ctx, c, log, console.New(t, console.Pretty(t.columns)))
}

// newLog returns a log of what c asks for. At a prompt, where it would come
// between question and answer, it is of warnings only, unless c asks for all.
func newLog(w io.Writer, c config, atPrompt bool) *slog.Logger {
	level, _ := c.level() // was checked
	if atPrompt && level == slog.LevelInfo {
		level = slog.LevelWarn
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

// A server is everything that runs while the program serves.
type server struct {
	config    config
	log       *slog.Logger
	library   *library
	press     *press
	platforms []bot.Platform
	bot       *bot.Bot
	rounds    *rounds
	meter     *meter
	health    *health
	local     *console.Console // nil without a terminal
	now       func() time.Time
}

// serve runs until ctx is done or the person at the terminal leaves.
func (p program) serve(ctx context.Context, c config, log *slog.Logger, local *console.Console) (err error) {
	s := &server{config: c, log: log, local: local, meter: newMeter(time.Now), health: newHealth(), now: time.Now}
	s.library, err = openLibrary(ctx, c, false, log)
	if ctx.Err() != nil {
		return nil // interrupted before it began
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.library.close()) }()
	if s.platforms, err = p.platforms(c, s.library.state, log); err != nil {
		return err
	}
	if local != nil {
		s.platforms = append(s.platforms, local)
	}
	s.press = newPress(c, log)
	defer func() { err = errors.Join(err, s.press.close()) }()
	s.wire()
	return s.run(ctx)
}

// platforms returns those for which the environment has tokens.
func (p program) platforms(c config, installs slack.Installs, log *slog.Logger) ([]bot.Platform, error) {
	var all []bot.Platform
	sl, err := p.slack(c, installs, log)
	if err != nil {
		return nil, err
	}
	if sl != nil {
		all = append(all, sl)
	}
	dc, err := p.discord(c, log)
	if err != nil {
		return nil, err
	}
	if dc != nil {
		all = append(all, dc)
	}
	return all, nil
}

// platformClient returns the HTTP client for chat networks. None of their
// calls takes long unless something is broken.
func platformClient() *http.Client { return &http.Client{Timeout: 30 * time.Second} }

// wire makes the parts that stand on the library and the press.
func (s *server) wire() {
	places := s.press.places(s.config)
	s.bot = bot.New(bot.Config{
		Monitor: board{places, s.library.corpus}, Operators: s.config.operators(),
		Store: s.library.state, Library: s.library.corpus,
		Asker:     asker{s.library.index, s.library.corpus, s.meter, s.config.threshold()},
		Guide:     newGuide(s.library, s.now),
		Platforms: s.platforms, Sources: s.config.sourceNames(),
		MaxAge: time.Duration(s.config.MaxAge), Interval: time.Duration(s.config.PostInterval), Log: s.log, Now: s.now,
	})
	s.rounds = &rounds{
		places: places, store: s.library.corpus, index: s.library.index,
		bot: s.bot, meter: s.meter, log: s.log, now: s.now,
	}
	s.meter.watch(s.library.state, s.library.index)
}

// firstRound is how long people wait for what lies on this machine to be taken
// in, so that the first question finds it. To make a large index anew takes
// longer, and meanwhile they are answered from what is there.
const firstRound = 3 * time.Second

// run takes in what lies on this machine, and has everything work side by side.
func (s *server) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := s.bot.Resume(ctx); err != nil {
		return err
	}
	var work sync.WaitGroup
	if s.config.Listen != "" {
		stopped, err := serveHTTP(ctx, s.config.Listen, s.routes(), s.log)
		if err != nil {
			return err
		}
		work.Go(func() { <-stopped })
	}
	begun := make(chan struct{})
	work.Go(func() {
		s.rounds.round(ctx, func(p *place) bool { return p.local })
		s.health.set("index", "")
		s.log.Debug("the publications on this machine are indexed")
		close(begun)
		s.rounds.run(ctx)
	})
	s.begin(ctx, begun)
	s.greet(ctx)
	for _, p := range s.platforms {
		work.Go(func() { s.join(ctx, cancel, p) })
	}
	work.Wait()
	return nil
}

// begin waits for the first round, for a while.
func (s *server) begin(ctx context.Context, begun <-chan struct{}) {
	select {
	case <-begun:
	case <-ctx.Done():
	case <-time.After(firstRound):
		s.log.Info("the publications are still being taken in and indexed; who asks is answered from those that are there")
	}
}

// routes returns what is served by HTTP, by pattern.
func (s *server) routes() map[string]http.Handler {
	all := map[string]http.Handler{"GET /readyz": s.health, "GET /metrics": s.meter}
	for _, p := range s.platforms {
		if h, ok := p.(http.Handler); ok {
			all["/"+p.Name()+"/"] = h
		}
		if t, ok := p.(troubled); ok {
			s.health.watch(p.Name(), t)
		}
	}
	return all
}

// join runs one platform to its end. The end of the terminal is the end of the
// program; that of another platform is not, but is told.
func (s *server) join(ctx context.Context, cancel func(), p bot.Platform) {
	err := p.Run(ctx, s.bot.Handle)
	switch {
	case errors.Is(err, console.ErrQuit):
		cancel()
	case err != nil:
		s.log.Error("platform", "platform", p.Name(), "err", err)
		s.health.set(p.Name(), err.Error())
	}
}

// greet says what is there and what can be done.
func (s *server) greet(ctx context.Context) {
	known, err := s.library.corpus.Stats(ctx)
	if err != nil {
		s.log.Error("greet", "err", err)
		return
	}
	names := make([]string, 0, len(s.platforms))
	for _, p := range s.platforms {
		names = append(names, p.Name())
	}
	s.log.Info("serving", "publications", known.Publications, "platforms", names, "sources", s.config.sourceNames())
	if len(s.platforms) == 0 {
		s.log.Warn("nobody can ask: there is no terminal, and no token for Slack or Discord in the environment (README.md tells how)")
	}
	if s.local == nil {
		return
	}
	text := fmt.Sprintf("Publications that I know: %d. Type a question, or /help; Ctrl-C ends.", known.Publications)
	if _, err := s.local.Post(ctx, console.Channel, "greeting", bot.Message{Text: text}); err != nil {
		s.log.Error("greet", "err", err)
	}
}
