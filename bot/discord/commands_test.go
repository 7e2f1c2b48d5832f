package discord

import (
	"testing"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

func TestCommandsPutWhenChanged(t *testing.T) {
	fake := bottest.NewDiscord(t)
	d, _ := join(t, fake)
	path := "/applications/" + fake.App + "/commands"
	put := func(want int) {
		t.Helper()
		if err := d.putCommands(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if n := fake.Puts(); n != want {
			t.Fatalf("the commands were put %d times, want %d", n, want)
		}
	}
	put(1)
	put(1)
	other := commands()[1:]
	if err := d.rest.call(t.Context(), path, "PUT", path, other, nil); err != nil {
		t.Fatal(err)
	}
	put(3)
	other = commands()
	other[0].Description = "Something else"
	if err := d.rest.call(t.Context(), path, "PUT", path, other, nil); err != nil {
		t.Fatal(err)
	}
	put(5)
	put(5)
}

func TestCommandsAreAll(t *testing.T) {
	known := map[string]bool{}
	for _, c := range commands() {
		known[c.Name] = true
	}
	for _, name := range bot.Commands() {
		if !known[name] {
			t.Errorf("/%s is missing", name)
		}
		delete(known, name)
	}
	for name := range known {
		t.Errorf("/%s is not a command of the bot", name)
	}
}

func TestAdminsOnly(t *testing.T) {
	for _, c := range commands() {
		admin := c.Name == "subscribe" || c.Name == "unsubscribe" || c.Name == "subscriptions"
		if is := c.Permissions != nil && *c.Permissions == "32"; is != admin {
			t.Errorf("/%s is for admins: %v, want %v", c.Name, is, admin)
		}
	}
}
