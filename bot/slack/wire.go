package slack

import (
	"context"
	"encoding/json"
)

// A parcel is one thing that Slack sends, by whichever way it comes.
type parcel struct {
	kind    string // "events_api", "slash_commands" or "interactive"
	payload json.RawMessage
	again   bool             // whether Slack has sent it before, as far as it knows
	ack     func(answer any) // acknowledges it; to be called once, within three seconds
}

// A slash is a slash command that somebody typed.
type slash struct {
	Team     string `json:"team_id"`
	Channel  string `json:"channel_id"`
	User     string `json:"user_id"`
	UserName string `json:"user_name"`
	Command  string `json:"command"`
	Text     string `json:"text"`
	Response string `json:"response_url"`
	Trigger  string `json:"trigger_id"`
}

// An event is what happened in a workspace, with as much of it as we read.
type event struct {
	Team string // the workspace
	ID   string // the same each time that Slack tells of it

	Again bool `json:"-"` // whether Slack has told of it before, as far as it knows

	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	Channel     string          `json:"channel"`
	ChannelType string          `json:"channel_type"`
	User        string          `json:"user"`
	BotID       string          `json:"bot_id"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	Thread      string          `json:"thread_ts"`
	Edited      json.RawMessage `json:"edited"`
	Tab         string          `json:"tab"`
	MessageTS   string          `json:"message_ts"`
	Unfurl      string          `json:"unfurl_id"`
	Source      string          `json:"source"`
	Links       []struct {
		URL string `json:"url"`
	} `json:"links"`
	Tokens struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// An interaction is that somebody pressed a button, used a shortcut or sent a
// form.
type interaction struct {
	Type     string `json:"type"`
	Callback string `json:"callback_id"`
	Trigger  string `json:"trigger_id"`
	Response string `json:"response_url"`
	Team     struct {
		ID string `json:"id"`
	} `json:"team"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	User struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		UserName string `json:"username"`
		Team     string `json:"team_id"`
	} `json:"user"`
	Container struct {
		TS        string `json:"message_ts"`
		Thread    string `json:"thread_ts"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Message struct {
		Text   string `json:"text"`
		TS     string `json:"ts"`
		Thread string `json:"thread_ts"`
	} `json:"message"`
	Actions []struct {
		ID    string `json:"action_id"`
		Value string `json:"value"`
		TS    string `json:"action_ts"`
	} `json:"actions"`
	View struct {
		ID       string `json:"id"`
		Callback string `json:"callback_id"`
		State    struct {
			Values map[string]map[string]struct {
				Value string `json:"value"`
			} `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

// open has a parcel acknowledged, and answered if it comes for the first time.
// What cannot be read, or is not for the bot, is acknowledged and passed over.
func (in *inbox) open(ctx context.Context, p parcel) {
	defer in.survive("take in " + p.kind)
	if p.kind == "interactive" {
		var i interaction
		if !in.read(p.payload, &i) || i.Type != "view_submission" {
			p.ack(nil)
		}
		in.interact(ctx, i, p.ack)
		return
	}
	p.ack(nil)
	switch p.kind {
	case "slash_commands":
		var c slash
		if in.read(p.payload, &c) {
			in.slash(ctx, c)
		}
	case "events_api":
		if e, ok := in.event(p.payload); ok {
			e.Again = p.again
			in.happened(ctx, e)
		}
	}
}

func (in *inbox) read(raw json.RawMessage, into any) bool {
	err := json.Unmarshal(raw, into)
	if err != nil {
		in.log.Debug("slack: something cannot be read", "err", in.clean(err))
	}
	return err == nil
}

// event takes an event out of its wrapping.
func (in *inbox) event(raw json.RawMessage) (e event, ok bool) {
	var outer struct {
		Team  string          `json:"team_id"`
		ID    string          `json:"event_id"`
		Event json.RawMessage `json:"event"`
	}
	if !in.read(raw, &outer) || len(outer.Event) == 0 || !in.read(outer.Event, &e) {
		return e, false
	}
	e.Team, e.ID = outer.Team, outer.ID
	return e, true
}
