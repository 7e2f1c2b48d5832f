package bottest

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// discordRounds makes requests and notes of which kinds they were.
type discordRounds struct {
	*discordApp
	made map[string]bool
}

// ask makes a request of a kind, which must succeed.
func (r discordRounds) ask(kind, path, body string) map[string]any {
	r.t.Helper()
	method, _, _ := strings.Cut(kind, " ")
	r.made[kind] = true
	status, code, answer := r.call(method, path, body)
	if status >= 300 {
		r.t.Errorf("%s: %d, %d", kind, status, code)
	}
	return answer
}

// TestDiscordAnswers makes each kind of request at least once, so that each
// kind of answer is checked against the specification.
func TestDiscordAnswers(t *testing.T) {
	r := discordRounds{newDiscordApp(t, manyCommands), map[string]bool{}}
	r.breaking = false
	r.application()
	r.server()
	r.messages()
	r.interaction()
	for _, kind := range slices.Sorted(maps.Keys(r.endpoints())) {
		if !r.made[kind] {
			t.Errorf("%s is not made", kind)
		}
	}
}

func (r discordRounds) application() {
	r.ask("GET /users/@me", "/users/@me", "")
	r.ask("POST /users/@me/channels", "/users/@me/channels", `{"recipient_id":"`+r.NewUser()+`"}`)
	r.ask("GET /applications/@me", "/applications/@me", "")
	r.ask("GET /applications/{application_id}/commands", "/applications/"+r.App+"/commands?with_localizations=true", "")
	r.ask("PUT /applications/{application_id}/commands", "/applications/"+r.App+"/commands", manyCommands)
	r.ask("GET /gateway", "/gateway", "")
	r.ask("GET /gateway/bot", "/gateway/bot", "")
}

func (r discordRounds) server() {
	forum, _ := r.NewForum(false, "Brief")
	r.Archive(r.NewThread(forum), true, false)
	r.Deny(r.Channel, permManageThreads)
	for _, of := range []string{"", "/channels", "/roles", "/members/{user_id}", "/threads/active"} {
		r.ask("GET /guilds/{guild_id}"+of, "/guilds/"+r.Guild+strings.Replace(of, "{user_id}", r.App, 1), "")
	}
	for _, id := range []string{r.Channel, forum, r.NewAnnouncement(), r.NewThread(forum), r.NewDM()} {
		r.ask("GET /channels/{channel_id}", "/channels/"+id, "")
	}
	r.ask("POST /channels/{channel_id}/threads", "/channels/"+forum+"/threads", `{"name":"x","message":{"content":"x"}}`)
	r.ask("GET /channels/{channel_id}/threads/archived/public", "/channels/"+forum+"/threads/archived/public", "")
}

func (r discordRounds) messages() {
	const messages = "/channels/{channel_id}/messages"
	news := r.NewAnnouncement()
	path := "/channels/" + news + "/messages"
	m := r.ask("POST "+messages, path, layout(`{"type":17,"components":[`+textX+`,{"type":14},`+row(buttonX)+`]}`))
	one := path + "/" + m["id"].(string)
	r.ask("POST "+messages, path, `{"content":"x","embeds":[{"title":"x","fields":[{"name":"a","value":"b"}]}],"nonce":"n",`+
		`"message_reference":{"message_id":"`+m["id"].(string)+`"}}`)
	r.ask("GET "+messages, path, "")
	r.ask("POST "+messages+"/{message_id}/crosspost", one+"/crosspost", "")
	r.ask("GET "+messages+"/{message_id}", one, "")
	r.ask("PATCH "+messages+"/{message_id}", one, layout(textX))
	r.ask("DELETE "+messages+"/{message_id}", one, "")
}

func (r discordRounds) interaction() {
	r.Begin("ask", map[string]any{"question": "who?"}, r.Channel, r.NewUser())
	i := r.next()
	r.ask("POST /interactions/{interaction_id}/{interaction_token}/callback",
		"/interactions/"+i["id"].(string)+"/"+i["token"].(string)+"/callback?with_response=true", buttons(flagEphemeral))
	const hook = "/webhooks/{webhook_id}/{webhook_token}"
	more, _ := r.ask("POST "+hook, r.hook(i), `{"content":"x","flags":64}`)["id"].(string)
	for name, id := range map[string]string{"@original": "@original", "{message_id}": more} {
		r.ask("GET "+hook+"/messages/"+name, r.hook(i)+"/messages/"+id, "")
		r.ask("PATCH "+hook+"/messages/"+name, r.hook(i)+"/messages/"+id, `{"content":"y"}`)
		r.ask("DELETE "+hook+"/messages/"+name, r.hook(i)+"/messages/"+id, "")
	}
}

// TestDiscordAnswersAreChecked sees that a wrong answer is noticed.
func TestDiscordAnswersAreChecked(t *testing.T) {
	d := NewDiscord(t)
	if d.spec == nil {
		t.Skip("Discord's specification is not at hand")
	}
	err := errors.Join(
		d.spec.checkAnswer("GET", "/users/@me", d.bot()),
		d.spec.checkAnswer("GET", "/gateway/bot", map[string]any{"url": "x", "shards": 1}),
	)
	if joined, is := err.(interface{ Unwrap() []error }); !is || len(joined.Unwrap()) != 2 {
		t.Errorf("a user without a language, or a gateway without a limit, is taken: %v", err)
	}
	if d.spec.checkAnswer("GET", "/users/@me", nil) == nil {
		t.Error("an empty answer is taken")
	}
}
