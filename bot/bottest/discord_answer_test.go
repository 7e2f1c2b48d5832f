package bottest

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestDiscordAnswers makes each kind of request once, so that each kind of
// answer is checked against the specification.
func TestDiscordAnswers(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	a.breaking = false
	forum, _ := a.NewForum(false, "Brief")
	news, user := a.NewAnnouncement(), a.NewUser()
	a.Archive(a.NewThread(forum), true, false)
	a.Deny(a.Channel, permManageThreads)
	done := map[string]bool{}
	ask := func(kind, path, body string) map[string]any {
		t.Helper()
		method, _, _ := strings.Cut(kind, " ")
		done[kind] = true
		status, code, answer := a.call(method, path, body)
		if status >= 300 {
			t.Errorf("%s: %d, %d", kind, status, code)
		}
		return answer
	}
	const channel, messages, hook = "/channels/{channel_id}", "/channels/{channel_id}/messages", "/webhooks/{webhook_id}/{webhook_token}"
	here := "/channels/" + a.Channel
	ask("GET /users/@me", "/users/@me", "")
	ask("POST /users/@me/channels", "/users/@me/channels", `{"recipient_id":"`+user+`"}`)
	ask("GET /applications/@me", "/applications/@me", "")
	ask("GET /applications/{application_id}/commands", "/applications/"+a.App+"/commands?with_localizations=true", "")
	ask("PUT /applications/{application_id}/commands", "/applications/"+a.App+"/commands", manyCommands)
	ask("GET /gateway", "/gateway", "")
	ask("GET /gateway/bot", "/gateway/bot", "")
	for _, of := range []string{"", "/channels", "/roles", "/members/{user_id}", "/threads/active"} {
		ask("GET /guilds/{guild_id}"+of, "/guilds/"+a.Guild+strings.Replace(of, "{user_id}", a.App, 1), "")
	}
	for _, id := range []string{a.Channel, forum, news, a.NewThread(forum), a.NewDM()} {
		ask("GET "+channel, "/channels/"+id, "")
	}
	ask("POST "+channel+"/threads", "/channels/"+forum+"/threads", `{"name":"x","message":{"content":"x"}}`)
	ask("GET "+channel+"/threads/archived/public", "/channels/"+forum+"/threads/archived/public", "")
	m := ask("POST "+messages, here+"/messages", layout(`{"type":17,"components":[`+textX+`,{"type":14},`+row(buttonX)+`]}`))
	one, _ := m["id"].(string)
	ask("POST "+messages, here+"/messages", `{"content":"x","embeds":[{"title":"x","fields":[{"name":"a","value":"b"}]}],"nonce":"n",`+
		`"message_reference":{"message_id":"`+one+`"}}`)
	ask("GET "+messages, here+"/messages", "")
	ask("GET "+messages+"/{message_id}", here+"/messages/"+one, "")
	ask("PATCH "+messages+"/{message_id}", here+"/messages/"+one, layout(textX))
	ask("DELETE "+messages+"/{message_id}", here+"/messages/"+one, "")
	published, _ := ask("POST "+messages, "/channels/"+news+"/messages", `{"content":"x"}`)["id"].(string)
	ask("POST "+messages+"/{message_id}/crosspost", "/channels/"+news+"/messages/"+published+"/crosspost", "")
	a.Begin("ask", map[string]any{"question": "who?"}, a.Channel, user)
	i := a.next()
	ask("POST /interactions/{interaction_id}/{interaction_token}/callback",
		"/interactions/"+i["id"].(string)+"/"+i["token"].(string)+"/callback?with_response=true", buttons(flagEphemeral))
	more, _ := ask("POST "+hook, a.hook(i), `{"content":"x","flags":64}`)["id"].(string)
	for name, id := range map[string]string{"@original": "@original", "{message_id}": more} {
		ask("GET "+hook+"/messages/"+name, a.hook(i)+"/messages/"+id, "")
		ask("PATCH "+hook+"/messages/"+name, a.hook(i)+"/messages/"+id, `{"content":"y"}`)
		ask("DELETE "+hook+"/messages/"+name, a.hook(i)+"/messages/"+id, "")
	}
	for _, kind := range slices.Sorted(maps.Keys(a.endpoints())) {
		if !done[kind] {
			t.Errorf("%s is not made", kind)
		}
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
