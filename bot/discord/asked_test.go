package discord

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

// echo answers everything, and sends on what it was asked.
func echo(t *testing.T, fake *bottest.Discord) <-chan bot.Command {
	t.Helper()
	d, _ := join(t, fake)
	came := make(chan bot.Command, 100)
	run(t, d, func(_ context.Context, c bot.Command) bot.Message {
		came <- c
		return bot.Message{Text: "Luxon.", Private: c.Thread == "" && !c.Public}
	})
	ready(t, fake)
	return came
}

// next returns what the bot was asked next.
func next(t *testing.T, came <-chan bot.Command) bot.Command {
	t.Helper()
	select {
	case c := <-came:
		return c
	case <-time.After(soon):
		t.Fatal("the bot is not asked")
	}
	return bot.Command{}
}

// TestOptions sees what becomes of each option of each command, in each kind of
// place.
func TestOptions(t *testing.T) {
	fake := bottest.NewDiscord(t)
	came := echo(t, fake)
	user, admin := fake.NewUser(), fake.NewAdmin()
	forum, _ := fake.NewForum(false)
	role, private, dm, foreign := fake.NewRole("Readers", true), fake.NewPrivate(), fake.NewDM(), fake.NewForeign()
	for _, c := range []struct {
		command, channel, user string
		options                map[string]any
		want                   bot.Command
		private                bool
	}{
		{"ask", fake.Channel, user, map[string]any{"question": "who?"}, bot.Command{Args: "who?"}, true},
		{"ask", fake.Channel, user, map[string]any{"question": "who?", "publication": "a.txt", "private": true}, bot.Command{Args: "who?", Publication: "a.txt"}, true},
		{"ask", fake.Channel, user, map[string]any{"question": "who?", "private": false}, bot.Command{Args: "who?", Public: true, Thread: thread(user)}, false},
		{"ask", private, user, map[string]any{"question": "who?"}, bot.Command{Args: "who?", Workspace: private}, true},
		{"ask", private, user, map[string]any{"question": "who?", "private": false}, bot.Command{Args: "who?", Workspace: private, Public: true, Thread: thread(user)}, false},
		{"ask", dm, user, map[string]any{"question": "who?"}, bot.Command{Args: "who?", Thread: dm}, false},
		{"ask", foreign, user, map[string]any{"question": "who?"}, bot.Command{Args: "who?"}, true},
		{"latest", fake.Channel, user, map[string]any{"count": 3}, bot.Command{Args: "3"}, true},
		{"latest", fake.Channel, user, nil, bot.Command{}, true},
		{"takeaways", fake.Channel, user, map[string]any{"publication": "a.txt"}, bot.Command{Args: "a.txt"}, true},
		{"help", private, user, nil, bot.Command{Workspace: private}, true},
		{"subscribe", fake.Channel, admin, map[string]any{"channel": forum, "source": "institute", "role": role}, bot.Command{Channel: forum, Elsewhere: true, Args: "institute", Notify: role}, true},
		{"subscribe", fake.Channel, admin, nil, bot.Command{}, true},
		{"subscribe", fake.Channel, admin, map[string]any{"channel": fake.Channel}, bot.Command{}, true},
		{"unsubscribe", fake.Channel, admin, map[string]any{"channel": forum}, bot.Command{Channel: forum, Elsewhere: true}, true},
		{"subscriptions", fake.Channel, admin, nil, bot.Command{}, true},
		{"status", fake.Channel, admin, nil, bot.Command{}, true},
	} {
		a := fake.Slash(c.command, c.options, c.channel, c.user)
		if a.Err != nil || a.Private != c.private {
			t.Errorf("/%s %v: private %v, %v; want private %v", c.command, c.options, a.Private, a.Err, c.private)
			continue
		}
		asked := next(t, came)
		c.want.Platform, c.want.Name, c.want.User, c.want.UserName, c.want.Manner = name, c.command, c.user, "user"+c.user[len(c.user)-6:], manner()
		if c.want.Channel == "" {
			c.want.Channel = c.channel
		}
		if c.want.Workspace == "" && c.channel != dm && c.channel != foreign {
			c.want.Workspace = fake.Guild
		}
		if c.channel == foreign {
			c.want.Workspace = asked.Workspace
		}
		if diff := cmp.Diff(c.want, asked); diff != "" {
			t.Errorf("/%s %v (-want +got):\n%s", c.command, c.options, diff)
		}
	}
}

// TestForManagers sees that what concerns a server can be asked for neither by
// just anybody nor outside of it.
func TestForManagers(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(0, 0)
	came := echo(t, fake)
	user, admin := fake.NewUser(), fake.NewAdmin()
	for _, command := range []string{"subscribe", "unsubscribe", "subscriptions", "status"} {
		for where, channel := range map[string]string{"server": fake.Channel, "direct message": fake.NewDM(), "private channel": fake.NewPrivate()} {
			who := admin
			if where == "server" {
				who = user
			}
			if a := fake.Slash(command, nil, channel, who); a.Err == nil {
				t.Errorf("/%s can be typed in a %s by somebody who is no manager there", command, where)
			}
		}
		if a := fake.Mention(command, fake.Channel, user); a.Shown != useSlash {
			t.Errorf("whoever mentions the bot can say %s: %q", command, a.Shown)
		}
	}
	if len(came) > 0 {
		t.Errorf("the bot was asked %+v", <-came)
	}
}

// TestMenu sees that the words of a message are asked about.
func TestMenu(t *testing.T) {
	fake := bottest.NewDiscord(t)
	came := echo(t, fake)
	user := fake.NewUser()
	for _, channel := range []string{fake.Channel, fake.NewDM(), fake.NewPrivate()} {
		fake.Say("They met in **The Hague**.", channel, bottest.DiscordUser{ID: fake.NewUser()})
		said := fake.Messages(channel)
		a := <-fake.Menu(about, said[0], user).Answer
		if a.Err != nil {
			t.Fatal(a.Err)
		}
		c := next(t, came)
		for c.Name != "about" { // what was said in a direct message is answered as well
			c = next(t, came)
		}
		if c.Args != "They met in **The Hague**." || c.User != user {
			t.Errorf("the message comes as %q from %s", c.Args, c.User)
		}
	}
}

func TestReadOfMessage(t *testing.T) {
	for raw, want := range map[string]string{
		`{"content":"words","embeds":[],"components":[]}`:                                                                              "words",
		`{"content":"","embeds":[{"title":"A title","description":"and words"}]}`:                                                      "A title\nand words",
		`{"content":"","components":[{"type":17,"components":[{"type":10,"content":"one"},{"type":99},{"type":10,"content":"two"}]}]}`: "one\ntwo",
		`{"components":[7,"x",{"type":"x"},{"type":1,"components":7}]}`:                                                                "",
		`{}`: "",
	} {
		m, err := readMessage([]byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.read(); got != want {
			t.Errorf("%s reads %q, want %q", raw, got, want)
		}
	}
}

// replyTo has somebody reply to a message, which mentions its author, and
// returns what the bot says to that.
func replyTo(t *testing.T, fake *bottest.Discord, to bottest.DiscordMessage, id int, text, guild, user string) bottest.DiscordMessage {
	t.Helper()
	fake.Dispatch("MESSAGE_CREATE", map[string]any{"id": strconv.Itoa(id), "type": 19, "channel_id": to.ChannelID, "guild_id": guild, "content": text,
		"author": map[string]any{"id": user, "username": "ada"}, "mentions": []any{map[string]any{"id": to.Author.ID}}, "referenced_message": to})
	for end := time.Now().Add(soon); time.Now().Before(end); time.Sleep(time.Millisecond) {
		for _, m := range fake.Messages(to.ChannelID) {
			if m.Reference != nil && m.Reference.MessageID == strconv.Itoa(id) {
				return m
			}
		}
	}
	t.Fatalf("%q gets no reply", text)
	return to
}

// TestReplies sees that a reply to an answer belongs to the conversation of that
// answer, whoever makes it, and so does the reply to what that is answered with;
// that somebody else's is another one; and that in direct messages there is one.
func TestReplies(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(0, 0)
	came := echo(t, fake)
	ada, bo := fake.NewUser(), fake.NewUser()
	first := fake.Mention("who was there?", fake.Channel, ada)
	second := replyTo(t, fake, first.Message, 1, "more", fake.Guild, bo)
	replyTo(t, fake, second, 2, "only 2025", fake.Guild, bo)
	fake.Mention("who else?", fake.Channel, bo)
	dm := fake.NewDM()
	fake.Mention("who was there?", dm, ada)
	fake.Mention("more", dm, ada)
	for i, want := range []string{thread(ada), thread(ada), thread(ada), thread(bo), dm, dm} {
		if c := next(t, came); c.Thread != want || c.Name != "ask" {
			t.Errorf("message %d is %s in the conversation %s, want %s", i, c.Name, c.Thread, want)
		}
	}
	if ada == bo || thread(ada) == thread(bo) {
		t.Error("two people have one conversation")
	}
}

// TestPublicAnswerBeginsConversation sees that an answer which was asked for all
// can be replied to.
func TestPublicAnswerBeginsConversation(t *testing.T) {
	fake := bottest.NewDiscord(t)
	fake.Limit(0, 0)
	came := echo(t, fake)
	ada := fake.NewUser()
	a := fake.Slash("ask", map[string]any{"question": "who?", "private": false}, fake.Channel, ada)
	replyTo(t, fake, a.Message, 1, "more", fake.Guild, fake.NewUser())
	for range 2 {
		if c := next(t, came); c.Thread != thread(ada) {
			t.Errorf("%q is in the conversation %q, want %s", c.Args, c.Thread, thread(ada))
		}
	}
}

// TestNoSuchConversation sees that a reply to a message of the bot which is no
// answer begins one.
func TestNoSuchConversation(t *testing.T) {
	for _, components := range []string{`null`, `[]`, `7`, `[{"type":99}]`, `[{"type":17,"id":3}]`, `[{"type":10,"id":1073741830}]`} {
		raw := fmt.Sprintf(`{"id":"1","type":19,"guild_id":"2","channel_id":"3","content":"more","author":{"id":"7","username":"ada"},
			"mentions":[{"id":"9"}],"referenced_message":{"author":{"id":"9"},"components":%s}}`, components)
		m, err := readMessage([]byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := m.said("9"); !ok || c.Thread != thread("7") {
			t.Errorf("%s: %+v, %v", components, c, ok)
		}
	}
}
