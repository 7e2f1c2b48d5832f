package bottest

import (
	"strconv"
	"testing"
)

// buttons is the answer to a command that can be pressed.
func buttons(flags int) string {
	return `{"type":4,"data":{"content":"one","flags":` + strconv.Itoa(flags) + `,"components":[{"type":1,"components":[
		{"type":2,"style":1,"label":"Next","custom_id":"next"},
		{"type":2,"style":2,"label":"Previous","custom_id":"previous","disabled":true},
		{"type":2,"style":5,"label":"Open","url":"https://x.example"}]}]}}`
}

// answered has a command answered with a message to press.
func (a *discordApp) answered(channel, user string, flags int) DiscordMessage {
	a.t.Helper()
	ask := a.Begin("ask", map[string]any{"question": "who?"}, channel, user)
	if status, code := a.respond(a.next(), buttons(flags)); status != 204 {
		a.t.Fatalf("the answer gets %d, %d", status, code)
	}
	return receive(a.t, "answer", ask.Answer).Message
}

// TestDiscordPress sees each way to answer a press.
func TestDiscordPress(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	user := a.NewUser()
	for _, flags := range []int{0, flagEphemeral} {
		for _, channel := range []string{a.Channel, a.NewDM(), a.NewPrivate()} {
			m := a.answered(channel, user, flags)
			for kind, c := range map[int]struct {
				updated bool
				shown   string
			}{4: {false, "two"}, 5: {false, "two"}, 6: {true, "two"}, 7: {true, "two"}} {
				ask := a.PressLabel(m, "Next", user)
				i := a.next()
				if object(i, "message")["id"] != m.ID || object(i, "data")["custom_id"] != "next" {
					t.Fatalf("the press came as %v", i)
				}
				data := `{"content":"two"}`
				response := `{"type":` + strconv.Itoa(kind) + `,"data":` + data + `}`
				if kind == 5 || kind == 6 {
					response = `{"type":` + strconv.Itoa(kind) + `}`
				}
				if status, code := a.respond(i, response); status != 204 {
					t.Fatalf("response %d gets %d, %d", kind, status, code)
				}
				if kind == 5 || kind == 6 {
					a.refused("the original", "PATCH", a.hook(i)+"/messages/@original", data, 200, 0)
				}
				got := receive(t, "answer", ask.Answer)
				if got.Updated != c.updated || (got.Message.ID == m.ID) != c.updated || got.Message.Content != c.shown {
					t.Errorf("response %d with flags %d: %+v", kind, flags, got)
				}
			}
		}
	}
}

func TestDiscordCannotBePressed(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	user, other := a.NewUser(), a.NewUser()
	open, private := a.answered(a.Channel, user, 0), a.answered(a.Channel, user, flagEphemeral)
	for name, ask := range map[string]DiscordAsk{
		"no such button": a.Press(open, "last", user),
		"disabled":       a.Press(open, "previous", user),
		"a link":         a.PressLabel(open, "Open", user),
		"of others":      a.Press(private, "next", other),
		"of nothing":     a.Press(DiscordMessage{}, "next", user),
	} {
		if got := receive(t, "answer", ask.Answer); got.Err == nil {
			t.Errorf("%s: pressed", name)
		}
	}
	a.Press(open, "next", other)
	a.respond(a.next(), `{"type":7,"data":{"components":[]}}`)
	if got := receive(t, "answer", a.Press(open, "next", user).Answer); got.Err == nil {
		t.Error("a button can be pressed that is not there any more")
	}
	if len(a.asked) > 0 {
		t.Error("an interaction was sent")
	}
}

// TestDiscordFollowUps sees what can be said after the answer, and for how long.
func TestDiscordFollowUps(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	user := a.NewUser()
	ask := a.Begin("ask", map[string]any{"question": "who?"}, a.Channel, user)
	i := a.next()
	original := a.hook(i) + "/messages/@original"
	a.refused("before the acknowledgement", "PATCH", original, `{"content":"x"}`, 404, codeUnknownWebhook)
	if status, _ := a.respond(i, `{"type":5,"data":{"flags":64}}`); status != 204 {
		t.Fatal(status)
	}
	if status, code := a.respond(i, said); status != 400 || code != codeAcknowledged {
		t.Errorf("a second response gets %d, %d", status, code)
	}
	a.refused("nothing there yet", "GET", original, "", 404, codeUnknownMessage)
	a.refused("the answer", "PATCH", original, `{"content":"one"}`, 200, 0)
	if got := receive(t, "answer", ask.Answer); !got.Private || !got.Deferred || got.Shown != "one" {
		t.Errorf("the answer is %+v", got)
	}
	_, _, more := a.call("POST", a.hook(i), `{"content":"two","flags":64}`)
	a.refused("the one that followed", "PATCH", a.hook(i)+"/messages/"+more["id"].(string), `{"content":"three"}`, 200, 0)
	a.refused("for all", "POST", a.hook(i), `{"content":"four"}`, 200, 0)
	if own, all := a.Ephemeral(user), a.Messages(a.Channel); len(own) != 2 || own[1].Content != "three" || len(all) != 1 {
		t.Errorf("one sees %+v, all see %+v", own, all)
	}
	a.refused("the original is deleted", "DELETE", original, "", 204, 0)
	a.refused("deleted", "PATCH", original, `{"content":"x"}`, 404, codeUnknownMessage)
	a.ExpireTokens()
	a.refused("expired", "POST", a.hook(i), `{"content":"x"}`, 401, codeInvalidHook)
	a.DeleteWebhooks()
	a.refused("deleted webhook", "POST", a.hook(i), `{"content":"x"}`, 404, codeUnknownWebhook)
}

// TestDiscordForeignFollowUps sees that five messages can follow where the app
// is not installed.
func TestDiscordForeignFollowUps(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	a.Begin("ask", map[string]any{"question": "who?"}, a.NewPrivate(), a.NewUser())
	i := a.next()
	a.respond(i, said)
	for range maxForeign {
		a.refused("one of five", "POST", a.hook(i), `{"content":"x"}`, 200, 0)
	}
	a.refused("the sixth", "POST", a.hook(i), `{"content":"x"}`, 400, codeTooManyMore)
}

func TestDiscordResponsesThatDoNotFit(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	a.Begin("ask", map[string]any{"question": "who?"}, a.Channel, a.NewUser())
	command := a.next()
	for _, body := range []string{`{"type":6}`, `{"type":7,"data":{"content":"x"}}`, `{"type":8,"data":{"choices":[{"name":"a","value":"b"}]}}`,
		`{"type":5,"data":{"flags":32768}}`, `{"type":5,"data":{"content":"x"}}`, `{"type":4}`, `{"type":4,"data":{"content":"x","nonce":"n"}}`} {
		if status, _ := a.respond(command, body); status != 400 {
			t.Errorf("%s gets %d", body, status)
		}
	}
	if status, _ := a.respond(command, said); status != 204 {
		t.Errorf("a response that fits gets %d after those that do not", status)
	}
}
