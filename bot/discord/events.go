package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"rapporteur/bot"
)

// dispatch takes in one event, in order; what takes time is done elsewhere.
// Events may lack anything: no packet ends more than itself.
func (in *inbox) dispatch(ctx, answering context.Context, l *link, p packet) {
	defer in.recovered("event", func() {})
	switch p.Type {
	case "READY":
		in.ready(ctx, l, p.Data)
	case "RESUMED":
		in.joined(l)
		in.log.Info("discord: connected again", "shard", l.number)
	case "INTERACTION_CREATE":
		if i, err := readInteraction(p.Data); err == nil {
			in.interaction(answering, i)
		}
	case "MESSAGE_CREATE":
		if m, err := readMessage(p.Data); err == nil {
			in.message(answering, m)
		}
	case "CHANNEL_UPDATE", "CHANNEL_DELETE", "THREAD_UPDATE", "THREAD_DELETE", "GUILD_DELETE":
		in.moved(answering, p)
	}
}

// ready notes what a session that has just begun is called, and which user the
// bot is. The first time, it sees that Discord knows the commands.
func (in *inbox) ready(ctx context.Context, l *link, raw json.RawMessage) {
	var r struct {
		Session string `json:"session_id"`
		Resume  string `json:"resume_gateway_url"`
		User    struct {
			ID string `json:"id"`
		} `json:"user"`
		App struct {
			ID string `json:"id"`
		} `json:"application"`
	}
	_ = json.Unmarshal(raw, &r) // what is missing is empty
	if r.User.ID == "" {
		return
	}
	l.session, l.resume = r.Session, r.Resume
	in.joined(l)
	in.log.Info("discord: connected", "shard", l.number)
	if r.App.ID == "" {
		r.App.ID = r.User.ID
	}
	in.known(ctx, r.User.ID, r.App.ID)
}

// joined notes that the session of l is at work.
func (in *inbox) joined(l *link) {
	l.up.Store(true)
	in.alive(l)
	in.trouble.set(l.String(), "")
}

// known notes which user the bot is. The first time, it sees that Discord
// knows the commands.
func (in *inbox) known(ctx context.Context, self, app string) {
	in.mu.Lock()
	first := in.self == ""
	in.self = self
	in.mu.Unlock()
	if first {
		in.start("commands", func() { in.register(ctx, app) })
	}
}

// introduce asks who the bot is, sees that Discord knows the commands, and
// waits until ctx is done. That is all there is to do where commands come by
// HTTP.
func (in *inbox) introduce(ctx context.Context) error {
	for wait := firstWait; ; wait = min(2*wait, longWait) {
		app, err := in.application(ctx)
		if err == nil {
			in.known(ctx, app.Bot.ID, app.ID)
			in.log.Info("discord: waiting for requests", "url", in.endpoint+interactionsPath)
			<-ctx.Done()
			return nil
		}
		if ctx.Err() != nil {
			return nil
		}
		if reason := final(err); reason != "" {
			return errors.Join(errors.New("join discord"), err, errors.New(reason))
		}
		in.log.Warn("discord: ask who the bot is", "err", err, "again", wait)
		if sleep(ctx, max(wait, retryAfter(err))) != nil {
			return nil
		}
	}
}

// An application is what Discord says of the bot.
type application struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Flags     int    `json:"flags"`
	VerifyKey string `json:"verify_key"`
	Endpoint  string `json:"interactions_endpoint_url"`
	Bot       struct {
		ID string `json:"id"`
	} `json:"bot"`
}

// application asks Discord about the bot.
func (d *Discord) application(ctx context.Context) (app application, err error) {
	if err = d.rest.call(ctx, "app", http.MethodGet, "/applications/@me", nil, &app); err != nil {
		return app, err
	}
	if app.ID == "" {
		return app, errNoDiscord
	}
	if app.Bot.ID == "" {
		app.Bot.ID = app.ID
	}
	return app, nil
}

// moved takes note of what became of a channel or a server.
func (in *inbox) moved(ctx context.Context, p packet) {
	var at struct {
		ID          string `json:"id"`
		Guild       string `json:"guild_id"`
		Unavailable bool   `json:"unavailable"`
		Thread      struct {
			Locked bool `json:"locked"`
		} `json:"thread_metadata"`
	}
	if json.Unmarshal(p.Data, &at) != nil || at.ID == "" {
		return
	}
	in.places.forget(at.ID)
	c := bot.Command{Platform: name, Workspace: at.Guild, Channel: at.ID, Name: "gone"}
	switch {
	case p.Type == "GUILD_DELETE" && at.Unavailable: // an outage, which will pass
		return
	case p.Type == "GUILD_DELETE":
		c = bot.Command{Platform: name, Workspace: at.ID, Name: "left"}
	case p.Type == "CHANNEL_UPDATE", p.Type == "THREAD_UPDATE" && !at.Thread.Locked:
		return // a thread that is merely archived wakes up with the next post
	}
	in.start("event", func() { in.happened(ctx, c) })
}

// happened tells the handler of what happened, and expects nothing.
func (in *inbox) happened(ctx context.Context, c bot.Command) {
	ctx, cancel := context.WithTimeout(ctx, in.timing.answer)
	defer cancel()
	in.handler(ctx, c)
}
