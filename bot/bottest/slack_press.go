package bottest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// A SlackButton is something in a message or view that can be pressed.
type SlackButton struct {
	Label, Action, Value, URL string
}

// slackButtons returns the buttons in blocks, in their order.
func slackButtons(value any) (all []SlackButton) {
	switch value := value.(type) {
	case []any:
		for _, v := range value {
			all = append(all, slackButtons(v)...)
		}
	case map[string]any:
		str := func(o map[string]any, key string) string { s, _ := o[key].(string); return s }
		words := func(o map[string]any) string { text, _ := o["text"].(map[string]any); return str(text, "text") }
		switch value["type"] {
		case "button":
			return []SlackButton{{words(value), str(value, "action_id"), str(value, "value"), str(value, "url")}}
		case "feedback_buttons":
			for _, key := range []string{"positive_button", "negative_button"} {
				if b, ok := value[key].(map[string]any); ok {
					all = append(all, SlackButton{words(b), str(value, "action_id"), str(b, "value"), ""})
				}
			}
			return all
		}
		for _, key := range []string{"blocks", "elements", "accessory"} {
			all = append(all, slackButtons(value[key])...)
		}
	}
	return all
}

// Buttons returns what can be pressed in m.
func (m SlackMessage) Buttons() []SlackButton {
	var blocks []any
	json.Unmarshal(m.Blocks, &blocks)
	return slackButtons(blocks)
}

// button returns the one whose label begins with words; it panics if there is
// none, since a person cannot press it either.
func button(all []SlackButton, words string) SlackButton {
	for _, b := range all {
		if strings.HasPrefix(b.Label, words) {
			return b
		}
	}
	panic(fmt.Sprintf("there is no button %q among %v", words, all))
}

// Press has user press the button of m whose label begins with words.
func (s *Slack) Press(m SlackMessage, words, user string) *Asked {
	b := button(m.Buttons(), words)
	a := &Asked{channel: m.Channel, user: user, original: &m}
	response, trigger := s.expect(a)
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.Only != ""}
	if m.Thread != "" {
		container["thread_ts"] = m.Thread
	}
	payload := s.interaction("block_actions", user, trigger)
	payload["channel"] = map[string]any{"id": m.Channel, "name": strings.ToLower(m.Channel)}
	payload["container"], payload["response_url"] = container, response
	payload["actions"] = []any{pressOf(b)}
	if m.Only == "" {
		payload["message"] = m
	}
	a.Envelope = s.Send("interactive", payload)
	return a
}

func pressOf(b SlackButton) map[string]any {
	return map[string]any{"type": "button", "action_id": b.Action, "block_id": "b1", "value": b.Value,
		"text": map[string]any{"type": "plain_text", "text": b.Label}, "action_ts": fmt.Sprint(time.Now().UnixNano())}
}

// interaction returns what Slack says of every interaction.
func (s *Slack) interaction(kind, user, trigger string) map[string]any {
	return map[string]any{"type": kind, "token": "verification", "api_app_id": "A0APP", "trigger_id": trigger,
		"team": map[string]any{"id": SlackTeam, "domain": "example"}, "enterprise": nil, "is_enterprise_install": false,
		"user": map[string]any{"id": user, "username": strings.ToLower(user), "name": strings.ToLower(user), "team_id": SlackTeam}}
}

// MessageShortcut has user choose a shortcut on m, such as "ask_about".
func (s *Slack) MessageShortcut(callback string, m SlackMessage, user string) *Asked {
	a := &Asked{channel: m.Channel, user: user}
	response, trigger := s.expect(a)
	payload := s.interaction("message_action", user, trigger)
	payload["callback_id"], payload["response_url"] = callback, response
	payload["channel"] = map[string]any{"id": m.Channel, "name": strings.ToLower(m.Channel)}
	payload["message"], payload["message_ts"] = m, m.TS
	a.Envelope = s.Send("interactive", payload)
	return a
}

// Shortcut has user choose a global shortcut, such as "ask_library".
func (s *Slack) Shortcut(callback, user string) *Asked {
	a := &Asked{user: user}
	_, trigger := s.expect(a)
	payload := s.interaction("shortcut", user, trigger)
	payload["callback_id"] = callback
	a.Envelope = s.Send("interactive", payload)
	return a
}
