package bottest_test

import (
	"fmt"
	"testing"

	"rapporteur/bot/bottest"
)

// Views that Slack does not show are refused, by the schema of its types where
// that is at hand and by the rules that no schema holds.
func TestSlackRefusesViews(t *testing.T) {
	s := bottest.NewSlack(t)
	const (
		words  = `{"type":"section","text":{"type":"plain_text","text":"x"}}`
		input  = `{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"a"}}`
		button = `{"type":"button","action_id":"%s","text":{"type":"plain_text","text":"x"}}`
	)
	modal := func(blocks, more string) string {
		return `{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[` + blocks + `]` + more + `}`
	}
	twice := `{"type":"actions","elements":[` + fmt.Sprintf(button, "a") + "," + fmt.Sprintf(button, "a") + `]}`
	for _, c := range []struct{ name, method, view, want string }{
		{"a modal", "views.open", modal(words, ""), ""},
		{"with an input", "views.open", modal(input, `,"submit":{"type":"plain_text","text":"Ask"}`), ""},
		{"without a button to submit", "views.open", modal(input, ""), "invalid_arguments"},
		{"nothing in it", "views.open", modal("", ""), "invalid_arguments"},
		{"feedback in a modal", "views.open", modal(`{"type":"context_actions","elements":[{"type":"feedback_buttons","positive_button":{"text":{"type":"plain_text","text":"x"},"value":"x"},"negative_button":{"text":{"type":"plain_text","text":"x"},"value":"x"}}]}`, ""), "invalid_arguments"},
		{"one action twice", "views.open", modal(twice, ""), "invalid_arguments"},
		{"no JSON", "views.open", "{", "invalid_arguments"},
		{"an unknown view", "views.update", modal(words, ""), "not_found"},
		{"a home view of nobody", "views.publish", `{"type":"home","blocks":[` + words + `]}`, "invalid_arguments"},
	} {
		got, _ := call(t, s, c.method, "token", s.BotToken, "view", c.view, "view_id", "V0", "trigger_id", s.Trigger("U0ANN"))
		if got != c.want {
			t.Errorf("%s: error %q, want %q", c.name, got, c.want)
		}
	}
	trigger := s.Trigger("U0ANN")
	for i, want := range []string{"", "invalid_trigger_id"} {
		if got, _ := call(t, s, "views.open", "token", s.BotToken, "view", modal(words, ""), "trigger_id", trigger); got != want {
			t.Errorf("trigger used %d times: error %q, want %q", i+1, got, want)
		}
	}
}

func TestSlackGrantsScopesOnly(t *testing.T) {
	s := bottest.NewSlack(t)
	s.SetInterval(0)
	s.Grant([]string{"app_mentions:read"}, []string{"app_mention"})
	if got, _ := call(t, s, "chat.postMessage", "token", s.BotToken, "channel", bottest.SlackGeneral, "text", "x"); got != "missing_scope" {
		t.Errorf("without the scope: error %q", got)
	}
	if e := s.Event(map[string]any{"type": "link_shared"}); e.ID != "" {
		t.Error("an event is sent to which the app has not subscribed")
	}
	s.Grant([]string{"chat:write"}, nil)
	if got, _ := call(t, s, "chat.postMessage", "token", s.BotToken, "channel", bottest.SlackGeneral, "text", "x"); got != "" {
		t.Errorf("with the scope: error %q", got)
	}
}
