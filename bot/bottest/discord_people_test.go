package bottest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// manyCommands are one command of each kind that people can use.
const manyCommands = `[
{"name":"ask","description":"Ask","contexts":[0,1,2],"integration_types":[0,1],"options":[
	{"type":3,"name":"question","description":"What","required":true,"max_length":10,"autocomplete":true},
	{"type":4,"name":"count","description":"How many","min_value":1,"max_value":5,"autocomplete":true},
	{"type":5,"name":"private","description":"For me"}]},
{"name":"subscribe","description":"Follow","default_member_permissions":"32","contexts":[0],"options":[
	{"type":7,"name":"channel","description":"Where","channel_types":[0,5,15]}]},
{"name":"Ask about this","type":3,"contexts":[0,1,2],"integration_types":[0,1]}]`

const said = `{"type":4,"data":{"content":"x"}}`

// TestDiscordOptions sees what arrives of what was typed.
func TestDiscordOptions(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	a.Begin("ask", map[string]any{"question": "who?", "count": 3, "private": true}, a.Channel, a.NewUser())
	i := a.next()
	want := []any{
		map[string]any{"name": "question", "type": 3.0, "value": "who?"},
		map[string]any{"name": "count", "type": 4.0, "value": 3.0},
		map[string]any{"name": "private", "type": 5.0, "value": true},
	}
	if diff := cmp.Diff(want, object(i, "data")["options"]); diff != "" {
		t.Error(diff)
	}
	forum, _ := a.NewForum(false)
	a.Deny(forum, permSend)
	a.Begin("subscribe", map[string]any{"channel": forum}, a.Channel, a.NewAdmin())
	there := object(a.next(), "data", "resolved", "channels", forum)
	if there["type"] != 15.0 || there["app_permissions"] == there["permissions"] {
		t.Errorf("the channel came as %v", there)
	}
}

// TestDiscordPlaces sees how an interaction says where it happens.
func TestDiscordPlaces(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	user := a.NewUser()
	for name, c := range map[string]struct {
		channel string
		context float64
		owners  map[string]any
	}{
		"server":         {a.Channel, 0, map[string]any{"0": a.Guild}},
		"thread":         {a.NewThread(a.Channel), 0, map[string]any{"0": a.Guild}},
		"direct message": {a.NewDM(), 1, map[string]any{"0": "0"}},
		"private":        {a.NewPrivate(), 2, map[string]any{"1": user}},
		"foreign":        {a.NewForeign(), 0, map[string]any{"1": user}},
	} {
		a.Begin("ask", map[string]any{"question": "who?"}, c.channel, user)
		i := a.next()
		if i["context"] != c.context || !cmp.Equal(object(i, "authorizing_integration_owners"), c.owners) {
			t.Errorf("%s: context %v, owners %v", name, i["context"], i["authorizing_integration_owners"])
		}
		if inGuild := i["guild_id"] != nil; inGuild != (c.context == 0) || inGuild != (i["member"] != nil) || inGuild == (i["user"] != nil) {
			t.Errorf("%s: %v", name, i)
		}
		if status, _ := a.respond(i, said); status != 204 {
			t.Errorf("%s: the answer gets %d", name, status)
		}
	}
	for _, channel := range []string{a.NewPrivate(), a.NewForeign()} {
		a.refused("the bot is not there", "POST", "/channels/"+channel+"/messages", `{"content":"x"}`, 403, codeMissingAccess)
	}
}

func TestDiscordAppPermissions(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	may := func() any {
		a.Begin("ask", map[string]any{"question": "who?"}, a.Channel, a.NewUser())
		return a.next()["app_permissions"]
	}
	before := may()
	a.Deny(a.Channel, permSend|permEmbed)
	if after := may(); before != permissionBits(permEverybody) || after != permissionBits(permEverybody&^(permSend|permEmbed)) {
		t.Errorf("the bot may %v, then %v", before, after)
	}
	if a.Deny(a.Channel, permView); may() != "0" {
		t.Error("the bot may do something where it may not even look")
	}
}

func TestDiscordCannotBeTyped(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	dm := a.NewDM()
	for name, ask := range map[string]DiscordAsk{
		"no such command":      a.Begin("asks", nil, a.Channel, a.NewUser()),
		"of another kind":      a.Begin("Ask about this", nil, a.Channel, a.NewUser()),
		"not in a DM":          a.Begin("subscribe", nil, dm, a.NewAdmin()),
		"not for the user":     a.Begin("subscribe", nil, a.Channel, a.NewUser()),
		"not installed":        a.Begin("subscribe", nil, a.NewForeign(), a.NewAdmin()),
		"required":             a.Begin("ask", nil, dm, a.NewUser()),
		"too long":             a.Begin("ask", map[string]any{"question": strings.Repeat("x", 11)}, dm, a.NewUser()),
		"too many":             a.Begin("ask", map[string]any{"question": "x", "count": 6}, dm, a.NewUser()),
		"no number":            a.Begin("ask", map[string]any{"question": "x", "count": "many"}, dm, a.NewUser()),
		"no boolean":           a.Begin("ask", map[string]any{"question": "x", "private": 7}, dm, a.NewUser()),
		"no such option":       a.Begin("ask", map[string]any{"question": "x", "mood": "good"}, dm, a.NewUser()),
		"wrong kind":           a.Begin("subscribe", map[string]any{"channel": dm}, a.Channel, a.NewAdmin()),
		"nowhere":              a.Begin("ask", map[string]any{"question": "x"}, "1", a.NewUser()),
		"on nothing":           a.Menu("Ask about this", DiscordMessage{}, a.NewUser()),
		"no message to ask on": a.Menu("Ask about this", DiscordMessage{ID: "1", ChannelID: dm}, a.NewUser()),
	} {
		if answer := receive(t, "answer", ask.Answer); answer.Err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if len(a.asked) > 0 {
		t.Error("an interaction was sent")
	}
}

func TestDiscordMenu(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	user := a.NewUser()
	a.Say("Luxon was there.", a.Channel, discordPerson(user))
	ask := a.Menu("Ask about this", a.Messages(a.Channel)[0], user)
	i := a.next()
	target := object(i, "data")["target_id"].(string)
	if text := object(i, "data", "resolved", "messages", target)["content"]; text != "Luxon was there." {
		t.Errorf("the message came as %v", text)
	}
	a.respond(i, said)
	if answer := receive(t, "answer", ask.Answer); answer.Shown != "x" {
		t.Errorf("the answer is %+v", answer)
	}
}

func TestDiscordComplete(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	a.AckWithin = 200 * time.Millisecond
	long := strings.Repeat("👩", 50)
	choices := func(n int, one string) string {
		return `{"type":8,"data":{"choices":[` + strings.TrimSuffix(strings.Repeat(one+",", n), ",") + `]}}`
	}
	for name, c := range map[string]struct {
		focused, response string
		status            int
	}{
		"25":                {"question", choices(25, `{"name":"`+long+`","value":"`+long+`"}`), 204},
		"26":                {"question", choices(26, `{"name":"a","value":"b"}`), 400},
		"none":              {"question", choices(0, ""), 400},
		"null":              {"question", `{"type":8,"data":{"choices":null}}`, 400},
		"long name":         {"question", choices(1, `{"name":"x`+long+`","value":"b"}`), 400},
		"long value":        {"question", choices(1, `{"name":"a","value":"x`+long+`"}`), 400},
		"empty name":        {"question", choices(1, `{"name":"","value":"b"}`), 400},
		"empty value":       {"question", choices(1, `{"name":"a","value":""}`), 400},
		"number for text":   {"question", choices(1, `{"name":"a","value":1}`), 400},
		"number for number": {"count", choices(1, `{"name":"a","value":1}`), 204},
		"a message":         {"question", said, 400},
		"a deferral":        {"question", `{"type":5}`, 400},
	} {
		offered := make(chan DiscordChoices, 1)
		go func() {
			offered <- a.Complete("ask", map[string]any{"question": "wh"}, c.focused, a.Channel, a.NewUser())
		}()
		i := a.next()
		status, code := a.respond(i, c.response)
		got := receive(t, "choices", offered)
		if status != c.status || (got.Err == nil) != (status == 204) || status == 400 && code != codeInvalidForm {
			t.Errorf("%s: %d, %d; offered %+v", name, status, code, got)
		}
		if s, _, _ := a.call("POST", a.hook(i), `{"content":"x"}`); s != 404 {
			t.Errorf("%s: a message can follow: %d", name, s)
		}
	}
	late := a.Complete("ask", nil, "question", a.Channel, a.NewUser())
	if status, code := a.respond(a.next(), choices(1, `{"name":"a","value":"b"}`)); late.Err == nil || status != 404 || code != codeUnknownInteraction {
		t.Errorf("too late: %d, %d; offered %+v", status, code, late)
	}
	if c := a.Complete("ask", nil, "private", a.Channel, a.NewUser()); c.Err == nil {
		t.Error("an option is completed that has no autocomplete")
	}
}
