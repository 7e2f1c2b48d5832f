package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	slackTriggerTime = 3 * time.Second // for which a trigger opens a modal, once
	slackViewBlocks  = 100
	slackMaxViews    = 3 // modals on top of each other
)

// A slackTrigger lets the app open a modal for a person.
type slackTrigger struct {
	user string
	made time.Time
}

// A SlackView is a modal or a home view as a person has it open.
type SlackView struct {
	ID, User string
	Raw      json.RawMessage
}

// Shown returns what people see of v.
func (v SlackView) Shown() string {
	var view struct {
		Blocks json.RawMessage `json:"blocks"`
	}
	json.Unmarshal(v.Raw, &view)
	return SlackMessage{Blocks: view.Blocks}.Shown()
}

// Buttons returns what can be pressed in v.
func (v SlackView) Buttons() []SlackButton {
	var view any
	json.Unmarshal(v.Raw, &view)
	return slackButtons(view)
}

// Modal returns the uppermost modal that user has open, if there is one.
func (s *Slack) Modal(user string) (SlackView, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	open := s.modals[user]
	if len(open) == 0 {
		return SlackView{}, false
	}
	return open[len(open)-1], true
}

// Home returns the home view of user, if one was published.
func (s *Slack) Home(user string) (SlackView, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.homes[user]
	return v, ok
}

// Trigger returns a new trigger of user, as an interaction would bring one.
func (s *Slack) Trigger(user string) string {
	_, trigger := s.expect(&Asked{user: user})
	return trigger
}

// view does what a method about views does.
func (s *Slack) view(method string, args slackArgs) (slackReply, *slackRefusal) {
	raw := json.RawMessage(args["view"])
	s.mu.Lock()
	defer s.mu.Unlock()
	if no := s.checkView(method, raw); no != nil {
		return nil, no
	}
	v := SlackView{ID: fmt.Sprintf("V%d", s.number()), User: args["user_id"], Raw: raw}
	switch method {
	case "publish":
		if v.User == "" {
			return nil, refused("invalid_arguments", "[ERROR] missing required field: user_id")
		}
		s.homes[v.User] = v
	case "update":
		if !s.replaceView(args["view_id"], raw) {
			return nil, refused("not_found")
		}
		v.ID = args["view_id"]
	default:
		t, ok := s.triggers[args["trigger_id"]]
		delete(s.triggers, args["trigger_id"])
		switch {
		case !ok:
			return nil, refused("invalid_trigger_id")
		case time.Since(t.made) > slackTriggerTime:
			return nil, refused("expired_trigger_id")
		case method == "push" && len(s.modals[t.user]) >= slackMaxViews:
			return nil, refused("push_limit_reached")
		case method == "open":
			s.modals[t.user] = nil
		}
		v.User = t.user
		s.modals[t.user] = append(s.modals[t.user], v)
	}
	return slackReply{"view": slackReply{"id": v.ID, "type": "modal"}}, nil
}

// replaceView replaces a modal that is open. The caller holds the lock.
func (s *Slack) replaceView(id string, raw json.RawMessage) bool {
	for _, open := range s.modals {
		if i := slices.IndexFunc(open, func(v SlackView) bool { return v.ID == id }); i >= 0 {
			open[i].Raw = raw
			return true
		}
	}
	return false
}

// checkView refuses a view that Slack does not show. The caller holds the lock.
func (s *Slack) checkView(method string, raw json.RawMessage) *slackRefusal {
	definition := "ModalView"
	if method == "publish" {
		definition = "HomeView"
	}
	var view map[string]any
	if json.Unmarshal(raw, &view) != nil {
		return refused("invalid_arguments", "[ERROR] view is no JSON object")
	}
	if schema := s.schemas[definition]; schema != nil {
		if err := schema.Validate(view); err != nil {
			return refused("invalid_arguments", err.Error())
		}
	}
	blocks, _ := view["blocks"].([]any)
	if len(blocks) == 0 || len(blocks) > slackViewBlocks {
		return refused("invalid_arguments", fmt.Sprintf("[ERROR] %d blocks, 1 to %d are allowed", len(blocks), slackViewBlocks))
	}
	c := blockCheck{ids: map[string]bool{}}
	c.walk("", blocks)
	for _, b := range blocks {
		b, _ := b.(map[string]any)
		if b["type"] == "context_actions" {
			c.fail("context_actions are for messages only")
		}
		if b["type"] == "input" && definition == "ModalView" && view["submit"] == nil {
			c.fail("a modal with an input needs a submit button")
		}
	}
	if len(c.wrong) > 0 {
		return refused("invalid_arguments", c.wrong...)
	}
	return nil
}

// Submit has the person who has v open send its form, where values are by
// block and then by action. The answer to that may replace or close v.
func (s *Slack) Submit(v SlackView, values map[string]map[string]string) *Envelope {
	_, trigger := s.expect(&Asked{user: v.User})
	state := map[string]map[string]any{}
	for block, fields := range values {
		state[block] = map[string]any{}
		for action, value := range fields {
			state[block][action] = map[string]any{"type": "plain_text_input", "value": value}
		}
	}
	payload := s.interaction("view_submission", v.User, trigger)
	payload["view"] = s.viewPayload(v, state)
	return s.dispatch(&Envelope{kind: "interactive", payload: payload, onAck: func(answer json.RawMessage) { s.submitted(v, answer) }})
}

func (s *Slack) viewPayload(v SlackView, state any) map[string]any {
	var view map[string]any
	json.Unmarshal(v.Raw, &view)
	view["id"], view["team_id"], view["hash"] = v.ID, SlackTeam, "156772938.1827394"
	view["state"] = map[string]any{"values": state}
	return view
}

// submitted does what the acknowledgement of a form asks for.
func (s *Slack) submitted(v SlackView, raw json.RawMessage) {
	var answer struct {
		Action string          `json:"response_action"`
		View   json.RawMessage `json:"view"`
	}
	json.Unmarshal(raw, &answer)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch answer.Action {
	case "update":
		if no := s.checkView("update", answer.View); no != nil {
			s.faults = append(s.faults, "the acknowledgement of a form: "+strings.Join(append(no.details, no.code), "; "))
			return
		}
		s.replaceView(v.ID, answer.View)
	default:
		open := s.modals[v.User]
		s.modals[v.User] = slices.DeleteFunc(open, func(o SlackView) bool { return o.ID == v.ID })
	}
}

// PressInView has the person who has v open press a button in it.
func (s *Slack) PressInView(v SlackView, words string) *Envelope {
	b := button(v.Buttons(), words)
	_, trigger := s.expect(&Asked{user: v.User})
	payload := s.interaction("block_actions", v.User, trigger)
	payload["container"] = map[string]any{"type": "view", "view_id": v.ID}
	payload["view"] = s.viewPayload(v, map[string]any{})
	payload["actions"] = []any{pressOf(b)}
	return s.Send("interactive", payload)
}
