package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	slackMaxAnswers = 5                // to one response address
	slackAnswerTime = 30 * time.Minute // after which a response address is of no use
)

// An Asked is a command that a person typed.
type Asked struct {
	*Envelope
	Answers <-chan SlackMessage // what that person gets to see in answer

	channel, user string
	original      *SlackMessage // whose button was pressed; nil if it was none
	answers       chan SlackMessage
	typed         time.Time
	used          int
}

// show has the person see m; what nobody reads in time is lost. The caller
// holds the lock.
func (a *Asked) show(m SlackMessage) {
	select {
	case a.answers <- m:
	default:
	}
}

// escapeSlack escapes what a person types as Slack does before it passes it on.
func escapeSlack(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// Slash has user type command, such as "/ask", and text in channel.
func (s *Slack) Slash(command, text, channel, user string) *Asked {
	return s.SlashFrom(SlackTeam, command, text, channel, user)
}

// SlashFrom is Slash in another workspace.
func (s *Slack) SlashFrom(team, command, text, channel, user string) *Asked {
	a := &Asked{channel: channel, user: user}
	response, trigger := s.expect(a)
	s.mu.Lock()
	direct := s.channels[channel] != nil && s.channels[channel].direct
	s.mu.Unlock()
	name := strings.ToLower(channel)
	if direct {
		name = "directmessage"
	}
	a.Envelope = s.dispatch(&Envelope{kind: "slash_commands",
		onAck: func(payload json.RawMessage) { s.ackAnswer(a, payload) },
		payload: map[string]any{"token": "verification", "team_id": team, "team_domain": "example",
			"channel_id": channel, "channel_name": name, "user_id": user, "user_name": strings.ToLower(user),
			"command": command, "text": escapeSlack(text), "api_app_id": "A0APP", "is_enterprise_install": "false",
			"response_url": response, "trigger_id": trigger}})
	return a
}

// expect makes a response address and a trigger for a.
func (s *Slack) expect(a *Asked) (response, trigger string) {
	a.answers, a.typed = make(chan SlackMessage, 2*slackMaxAnswers), time.Now()
	a.Answers = a.answers
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprintf("%d-%s", s.number(), s.LinkSecret)
	s.asked[id] = a
	trigger = fmt.Sprintf("trigger-%d", s.number())
	s.triggers[trigger] = slackTrigger{a.user, time.Now()}
	return s.http.URL + "/commands/" + id, trigger
}

// answerBody is an answer by response address or within an acknowledgement.
type answerBody struct {
	ResponseType string          `json:"response_type"`
	Text         string          `json:"text"`
	Thread       string          `json:"thread_ts"`
	Blocks       json.RawMessage `json:"blocks"`
	Replace      bool            `json:"replace_original"`
}

// ackAnswer shows the answer that an acknowledgement holds, if it holds one.
func (s *Slack) ackAnswer(a *Asked, payload json.RawMessage) {
	var body answerBody
	if json.Unmarshal(payload, &body) == nil && (body.Text != "" || len(body.Blocks) > 0) {
		s.answer(a, body)
	}
}

func (s *Slack) answer(a *Asked, body answerBody) *slackRefusal {
	m := SlackMessage{Channel: a.channel, Thread: body.Thread, User: SlackBotUser, BotID: SlackBotID,
		Text: body.Text, Blocks: body.Blocks}
	if body.ResponseType != "in_channel" {
		m.Only = a.user
	}
	if body.Replace && a.original != nil {
		m.Only, m.TS, m.Thread, m.Replaces = a.original.Only, a.original.TS, a.original.Thread, true
	}
	s.mu.Lock()
	known := s.channels[a.channel] != nil
	no := s.checkContent(m)
	s.mu.Unlock()
	if !known {
		return refused("channel_not_found")
	}
	if no != nil {
		return no
	}
	m = s.keep(m)
	s.mu.Lock()
	defer s.mu.Unlock()
	a.show(m)
	return nil
}

// serveResponse takes an answer by response address: five within half an hour.
func (s *Slack) serveResponse(w http.ResponseWriter, r *http.Request) {
	if s.intercepted("response_url", w, r) {
		return
	}
	var body answerBody
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	a := s.asked[r.PathValue("id")]
	usable := a != nil && a.used < slackMaxAnswers && time.Since(a.typed) < slackAnswerTime
	if usable {
		a.used++
	}
	s.mu.Unlock()
	if !usable {
		http.Error(w, "used_url", http.StatusNotFound)
		return
	}
	if no := s.answer(a, body); no != nil {
		http.Error(w, no.code, http.StatusBadRequest)
		return
	}
	fmt.Fprint(w, "ok")
}

// Mention has user write text to the bot in channel, with a mention before it,
// or without one in direct messages. Slack tells the bot of it up to twice: as
// a message, and as a mention.
func (s *Slack) Mention(text, channel, user string) (ts string, events []*Envelope) {
	s.mu.Lock()
	direct := s.channels[channel].direct
	s.mu.Unlock()
	said := escapeSlack(text)
	if !direct {
		said = "<@" + SlackBotUser + "> " + said
	}
	m := s.keep(SlackMessage{Channel: channel, User: user, Text: said})
	kind := "channel"
	if direct {
		kind = "im"
	}
	event := map[string]any{"type": "message", "channel_type": kind, "channel": channel, "user": user,
		"text": said, "ts": m.TS, "event_ts": m.TS, "client_msg_id": m.TS}
	events = append(events, s.Event(event))
	if !direct {
		events = append(events, s.Event(map[string]any{"type": "app_mention", "channel": channel, "user": user,
			"text": said, "ts": m.TS, "event_ts": m.TS}))
	}
	return m.TS, events
}

// Event sends an event in the wrapping that Slack puts around all of them.
func (s *Slack) Event(event map[string]any) *Envelope { return s.EventFrom(SlackTeam, event) }

// EventFrom is Event in another workspace. An event to which the app has not
// subscribed is not sent, and counts as acknowledged.
func (s *Slack) EventFrom(team string, event map[string]any) *Envelope {
	if !s.subscribed(event) {
		done := make(chan struct{})
		close(done)
		return &Envelope{Acked: done}
	}
	s.mu.Lock()
	id := fmt.Sprintf("Ev%d", s.number())
	s.mu.Unlock()
	return s.Send("events_api", map[string]any{"type": "event_callback", "team_id": team, "api_app_id": "A0APP",
		"event_id": id, "event_time": time.Now().Unix(), "token": "verification", "event": event,
		"authorizations": []any{map[string]any{"team_id": team, "user_id": SlackBotUser, "is_bot": true}}})
}

// Replies returns what the bot posted in the thread under the message ts,
// oldest first.
func (s *Slack) Replies(channel, ts string) []SlackMessage {
	return slices.DeleteFunc(s.Messages(channel),
		func(m SlackMessage) bool { return m.Thread != ts || m.BotID == "" })
}

// Reply has user write text in a thread, or to the channel if thread is empty,
// without speaking to the bot. Slack tells the bot of it if that asked for the
// channel's messages.
func (s *Slack) Reply(text, channel, thread, user string) (ts string) {
	m := s.keep(SlackMessage{Channel: channel, Thread: thread, User: user, Text: text})
	event := map[string]any{"type": "message", "channel_type": "channel", "channel": channel, "user": user,
		"text": text, "ts": m.TS, "event_ts": m.TS, "client_msg_id": m.TS}
	if thread != "" {
		event["thread_ts"] = thread
	}
	s.Event(event)
	return m.TS
}
