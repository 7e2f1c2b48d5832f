package discord

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// subscribe types /subscribe in the server's first channel, for channel if that
// is not empty, and returns what is said and whether the handler was asked.
func subscribe(t *testing.T, fake *bottest.Discord, channel, role string) (said string, passed bool) {
	t.Helper()
	d, _ := join(t, fake)
	var asked atomic.Bool
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- d.Run(ctx, func(_ context.Context, c bot.Command) bot.Message {
			asked.Store(c.Name == "subscribe")
			return bot.Message{Text: "This channel now follows all."}
		})
	}()
	defer func() { cancel(); <-ended }()
	ready(t, fake)
	options := map[string]any{}
	if channel != "" {
		options["channel"] = channel
	}
	if role != "" {
		options["role"] = role
	}
	a := fake.Slash("subscribe", options, fake.Channel, fake.NewAdmin())
	if a.Err != nil {
		t.Fatal(a.Err)
	}
	return a.Shown, asked.Load()
}

// TestMissingPermissions sees that a channel in which the bot cannot do all that
// it must is not subscribed, and that what is missing is named.
func TestMissingPermissions(t *testing.T) {
	const send, embed, view, history = discordgo.PermissionSendMessages, discordgo.PermissionEmbedLinks, discordgo.PermissionViewChannel, discordgo.PermissionReadMessageHistory
	const inThreads = discordgo.PermissionSendMessagesInThreads
	here := func(*bottest.Discord) string { return "" }
	text := func(f *bottest.Discord) string { return f.NewChannel() }
	news := func(f *bottest.Discord) string { return f.NewAnnouncement() }
	forum := func(f *bottest.Discord) string { id, _ := f.NewForum(false); return id }
	for name, c := range map[string]struct {
		where func(*bottest.Discord) string
		deny  int64
		says  string // empty if nothing is missing
	}{
		"here, nothing":          {here, 0, ""},
		"here, two":              {here, send | embed, "I lack there: Send Messages, Embed Links. To grant it"},
		"elsewhere, nothing":     {text, 0, ""},
		"elsewhere, history":     {text, history, "I lack there: Read Message History. To grant it"},
		"elsewhere, not seen":    {text, view, "I cannot see that channel"},
		"announcement, send":     {news, send, "I lack there: Send Messages"},
		"forum, nothing":         {forum, 0, ""},
		"forum, send":            {forum, send, "I lack there: Create Posts"},
		"forum, threads are not": {forum, inThreads, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := bottest.NewDiscord(t)
			channel := c.where(fake)
			denied := channel
			if channel == "" {
				denied = fake.Channel
			}
			fake.Deny(denied, c.deny)
			said, passed := subscribe(t, fake, channel, "")
			if passed != (c.says == "") || !strings.Contains(said, c.says) {
				t.Errorf("passed on: %v; it says %q, want %q", passed, said, c.says)
			}
		})
	}
}

// TestMissingForRole sees that a role which would not be notified is told of.
func TestMissingForRole(t *testing.T) {
	for name, c := range map[string]struct {
		mentionable bool
		permit      int64
		passes      bool
	}{
		"all may mention it": {true, 0, true},
		"nobody may":         {false, 0, false},
		"the bot may":        {false, discordgo.PermissionMentionEveryone, true},
		"the bot may all":    {false, discordgo.PermissionAdministrator, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := bottest.NewDiscord(t)
			fake.Permit(c.permit)
			said, passed := subscribe(t, fake, "", fake.NewRole("Readers", c.mentionable))
			if passed != c.passes || !passed && !strings.Contains(said, "Mention @everyone, @here, and All Roles") {
				t.Errorf("passed on: %v; it says %q", passed, said)
			}
		})
	}
}

// TestGranted computes permissions from overwrites as Discord's documentation
// says: everybody's, then those of the roles together, then the member's own.
func TestGranted(t *testing.T) {
	const view, send = discordgo.PermissionViewChannel, discordgo.PermissionSendMessages
	all := []role{{ID: "guild", Permissions: "1024"}, {ID: "mine", Permissions: "2048"}, {ID: "other", Permissions: "8"}}
	for name, c := range map[string]struct {
		overwrites []overwrite
		want       int64
	}{
		"none":                  {nil, view | send},
		"everybody denied":      {[]overwrite{{"guild", "0", "2048"}}, view},
		"role goes before all":  {[]overwrite{{"guild", "0", "2048"}, {"mine", "2048", "0"}}, view | send},
		"member goes before it": {[]overwrite{{"mine", "2048", "0"}, {"self", "0", "2048"}}, view},
		"another role":          {[]overwrite{{"other", "0", "2048"}}, view | send},
		"cannot see":            {[]overwrite{{"guild", "0", "1024"}}, 0},
		"nonsense":              {[]overwrite{{"guild", "many", "-"}}, view | send},
	} {
		may := granted(all, "guild", []string{"mine"})
		if got := (place{Overwrites: c.overwrites}).granted(may, "guild", "self", []string{"mine"}); got != c.want {
			t.Errorf("%s: %b, want %b", name, got, c.want)
		}
	}
	admin := granted(all, "guild", []string{"other"})
	if got := (place{Overwrites: []overwrite{{"self", "0", "8"}}}).granted(admin, "guild", "self", nil); got&discordgo.PermissionAdministrator == 0 {
		t.Error("an administrator is denied something")
	}
}

// TestPermissionsUnknown sees that a subscription is not refused because Discord
// does not answer.
func TestPermissionsUnknown(t *testing.T) {
	fake := bottest.NewDiscord(t)
	other := fake.NewChannel()
	fake.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/roles") {
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}
		return false
	})
	if said, passed := subscribe(t, fake, other, ""); !passed {
		t.Errorf("it says %q", said)
	}
}

// TestGrantUnsaid sees that what the bot may do is looked up where Discord does
// not say it with the command.
func TestGrantUnsaid(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	in := &inbox{Discord: d}
	c := bot.Command{Name: "subscribe", Workspace: fake.Guild, Channel: fake.Channel}
	i := &interaction{Channel: fake.Channel}
	if m, refused := in.refuse(t.Context(), i.grant(), c); refused {
		t.Errorf("it is refused: %s", m.Text)
	}
	i.Permissions = "1024"
	if m, refused := in.refuse(t.Context(), i.grant(), c); !refused || !strings.Contains(m.Text, "Send Messages, Embed Links, Read Message History") {
		t.Errorf("refused %v: %s", refused, m.Text)
	}
}

// TestMoved sees that the handler is told when the bot or a channel has gone,
// and not when a server is merely out of order or a thread asleep.
func TestMoved(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	came := make(chan bot.Command, 10)
	run(t, d, func(_ context.Context, c bot.Command) bot.Message {
		came <- c
		return bot.Message{Text: "Luxon.", Private: true}
	})
	ready(t, fake)
	for _, event := range []struct {
		name string
		data map[string]any
		want bot.Command
	}{
		{"GUILD_DELETE", map[string]any{"id": "7", "unavailable": true}, bot.Command{}},
		{"GUILD_DELETE", map[string]any{"id": "7"}, bot.Command{Name: "left", Workspace: "7"}},
		{"CHANNEL_UPDATE", map[string]any{"id": "8", "guild_id": "7", "type": 0}, bot.Command{}},
		{"CHANNEL_DELETE", map[string]any{"id": "8", "guild_id": "7", "type": 0}, bot.Command{Name: "gone", Workspace: "7", Channel: "8"}},
		{"THREAD_UPDATE", map[string]any{"id": "9", "guild_id": "7", "thread_metadata": map[string]any{"archived": true}}, bot.Command{}},
		{"THREAD_UPDATE", map[string]any{"id": "9", "guild_id": "7", "thread_metadata": map[string]any{"archived": true, "locked": true}}, bot.Command{Name: "gone", Workspace: "7", Channel: "9"}},
		{"THREAD_DELETE", map[string]any{"id": "9", "guild_id": "7", "type": 11}, bot.Command{Name: "gone", Workspace: "7", Channel: "9"}},
	} {
		fake.Dispatch(event.name, event.data)
		if event.want.Name == "" {
			continue
		}
		event.want.Platform = "discord"
		select {
		case c := <-came:
			if c != event.want {
				t.Errorf("%s: %+v, want %+v", event.name, c, event.want)
			}
		case <-time.After(soon):
			t.Errorf("%s: the handler is not told", event.name)
		}
	}
	answers(t, fake)
	if c := <-came; c.Name != "ask" {
		t.Errorf("the handler is told of %+v as well", c)
	}
}
