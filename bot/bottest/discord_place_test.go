package bottest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiscordForum(t *testing.T) {
	a := newDiscordApp(t, "")
	forum, tags := a.NewForum(true, "Brief", "News")
	threads := "/channels/" + forum + "/threads"
	thread := func(name, more string) string {
		return `{"name":"` + name + `","message":{"content":"x"}` + more + `}`
	}
	tag := `,"applied_tags":["` + tags[1].ID + `"]`
	for name, c := range map[string]struct {
		path, body   string
		status, code int
	}{
		"a message":         {"/channels/" + forum + "/messages", `{"content":"x"}`, 400, codeNoText},
		"no tag":            {threads, thread("x", ""), 400, codeTagRequired},
		"unknown tag":       {threads, thread("x", `,"applied_tags":["1"]`), 400, codeInvalidForm},
		"six tags":          {threads, thread("x", `,"applied_tags":[`+again(6, `"`+tags[0].ID+`"`)+`]`), 400, codeInvalidForm},
		"no name":           {threads, thread("", tag), 400, codeInvalidForm},
		"long name":         {threads, thread(strings.Repeat("x", 101), tag), 400, codeInvalidForm},
		"no message":        {threads, `{"name":"x"` + tag + `}`, 400, codeInvalidForm},
		"empty message":     {threads, `{"name":"x","message":{}` + tag + `}`, 400, codeEmptyMessage},
		"a nonce":           {threads, `{"name":"x","message":{"content":"x","nonce":"n"}` + tag + `}`, 400, codeInvalidForm},
		"a property":        {threads, thread("x", tag+`,"mood":"good"`), 400, codeInvalidForm},
		"in a text channel": {"/channels/" + a.Channel + "/threads", thread("x", ""), 400, codeWrongChannelKind},
	} {
		a.refused(name, "POST", c.path, c.body, c.status, c.code)
	}
	_, _, made := a.call("POST", threads, thread("A brief", tag))
	id, _ := made["id"].(string)
	if name, tags := a.ThreadTitle(id); name != "A brief" || !cmp.Equal(tags, []string{"News"}) || !cmp.Equal(a.Threads(forum), []string{id}) {
		t.Fatalf("the thread is called %q, with %v", name, tags)
	}
	a.refused("more in it", "POST", "/channels/"+id+"/messages", `{"content":"y"}`, 200, 0)
	if diff := cmp.Diff([]string{"x", "y"}, a.Shown(id)); diff != "" {
		t.Error(diff)
	}
	a.Deny(forum, permSend)
	a.refused("not allowed", "POST", threads, thread("x", tag), 403, codeMissingPermission)
	a.Deny(forum, permSendInThreads)
	a.refused("not allowed in threads", "POST", "/channels/"+id+"/messages", `{"content":"y"}`, 403, codeMissingPermission)
}

// TestDiscordThreadLists sees which threads are listed where, and which take a
// post.
func TestDiscordThreadLists(t *testing.T) {
	a := newDiscordApp(t, "")
	forum, _ := a.NewForum(false)
	open, archived, locked := a.NewThread(forum), a.NewThread(forum), a.NewThread(forum)
	a.Archive(archived, true, false)
	a.Archive(locked, true, true)
	ids := func(path string) (ids []string) {
		_, _, list := a.call("GET", path, "")
		threads, _ := list["threads"].([]any)
		for _, thread := range threads {
			ids = append(ids, thread.(map[string]any)["id"].(string))
		}
		return ids
	}
	if diff := cmp.Diff([]string{open}, ids("/guilds/"+a.Guild+"/threads/active")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{locked, archived}, ids("/channels/"+forum+"/threads/archived/public")); diff != "" {
		t.Error(diff)
	}
	a.refused("archived and locked", "POST", "/channels/"+locked+"/messages", `{"content":"x"}`, 400, codeArchived)
	a.refused("archived", "POST", "/channels/"+archived+"/messages", `{"content":"x"}`, 200, 0)
	if n := len(ids("/guilds/" + a.Guild + "/threads/active")); n != 2 {
		t.Errorf("%d threads are active after a post, want 2", n)
	}
	a.Archive(archived, true, false)
	a.refused("edited while archived", "PATCH", "/channels/"+archived+"/messages/"+a.Messages(archived)[0].ID, `{"content":"y"}`, 400, codeArchived)
	a.Archive(open, false, true)
	a.refused("locked", "POST", "/channels/"+open+"/messages", `{"content":"x"}`, 403, codeLocked)
	a.Permit(permManageThreads)
	a.refused("locked for others", "POST", "/channels/"+open+"/messages", `{"content":"x"}`, 200, 0)
}

func TestDiscordPublishing(t *testing.T) {
	a := newDiscordApp(t, "")
	news := a.NewAnnouncement()
	post := func(channel string) string {
		_, _, m := a.call("POST", "/channels/"+channel+"/messages", `{"content":"x"}`)
		return "/channels/" + channel + "/messages/" + m["id"].(string) + "/crosspost"
	}
	a.refused("no announcement channel", "POST", post(a.Channel), "", 400, codeWrongChannelKind)
	first := post(news)
	a.refused("the first", "POST", first, "", 200, 0)
	a.refused("twice", "POST", first, "", 400, codeCrossposted)
	if !a.Messages(news)[0].Published() {
		t.Error("the message is not published")
	}
	for range maxPublished - 1 {
		a.refused("up to ten", "POST", post(news), "", 200, 0)
	}
	a.refused("the eleventh", "POST", post(news), "", 429, 0)
	other := a.NewAnnouncement()
	path := post(other)
	a.Deny(other, permSend)
	a.refused("not allowed", "POST", path, "", 403, codeMissingPermission)
	theirs := a.Say("x", other, discordPerson(a.NewUser()))
	a.Deny(other, 0)
	a.refused("of others", "POST", "/channels/"+other+"/messages/"+theirs+"/crosspost", "", 403, codeMissingPermission)
}

func TestDiscordPermissions(t *testing.T) {
	a := newDiscordApp(t, "")
	path := "/channels/" + a.Channel + "/messages"
	for name, c := range map[string]struct {
		deny         int64
		method, body string
		status, code int
	}{
		"to see":           {permView, "POST", `{"content":"x"}`, 403, codeMissingAccess},
		"to see, reading":  {permView, "GET", "", 403, codeMissingAccess},
		"to send":          {permSend, "POST", `{"content":"x"}`, 403, codeMissingPermission},
		"to embed":         {permEmbed, "POST", `{"embeds":[{"title":"x"}]}`, 403, codeMissingPermission},
		"to embed, layout": {permEmbed, "POST", layout(textX), 200, 0},
		"to read, replying": {permHistory, "POST", `{"content":"x","message_reference":{"message_id":"1","fail_if_not_exists":false}}`, 400,
			codeReplyBlind},
	} {
		a.Deny(a.Channel, c.deny)
		a.refused(name, c.method, path, c.body, c.status, c.code)
	}
	a.Deny(a.Channel, 0)
	a.Overwrite(a.Channel, a.Guild, 0, permSend)
	a.refused("nobody may send", "POST", path, `{"content":"x"}`, 403, codeMissingPermission)
	a.Allow(a.Channel, permSend)
	a.refused("but the bot may", "POST", path, `{"content":"x"}`, 200, 0)
	if before := a.list(path); len(before) == 0 {
		t.Error("there is nothing to read")
	}
	a.Deny(a.Channel, permHistory)
	if unread := a.list(path); len(unread) > 0 {
		t.Errorf("the past is read without the permission: %v", unread)
	}
	a.refused("one without it", "GET", path+"/"+a.Messages(a.Channel)[0].ID, "", 403, codeMissingAccess)
	a.Permit(permAdministrator)
	a.refused("an administrator", "GET", path+"/"+a.Messages(a.Channel)[0].ID, "", 200, 0)
}

// TestDiscordServer sees that permissions can be computed from what the REST
// interface tells.
func TestDiscordServer(t *testing.T) {
	a := newDiscordApp(t, "")
	a.Deny(a.Channel, permSend)
	_, _, server := a.call("GET", "/guilds/"+a.Guild, "")
	roles, _ := server["roles"].([]any)
	_, _, member := a.call("GET", "/guilds/"+a.Guild+"/members/"+a.App, "")
	if mine, _ := member["roles"].([]any); len(roles) != 2 || len(mine) != 1 || mine[0] != roles[1].(map[string]any)["id"] {
		t.Errorf("the roles are %v, the bot's %v", roles, member["roles"])
	}
	_, _, channel := a.call("GET", "/channels/"+a.Channel, "")
	want := []any{map[string]any{"id": a.App, "type": 1.0, "allow": "0", "deny": permissionBits(permSend)}}
	if diff := cmp.Diff(want, channel["permission_overwrites"]); diff != "" {
		t.Error(diff)
	}
	for _, path := range []string{"/channels", "/roles"} {
		a.refused(path, "GET", "/guilds/"+a.Guild+path, "", 200, 0)
	}
	a.refused("another person", "GET", "/guilds/"+a.Guild+"/members/1", "", 404, codeUnknownMember)
	a.refused("another server", "GET", "/guilds/1", "", 404, codeUnknownGuild)
}
