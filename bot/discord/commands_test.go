package discord

import (
	"regexp"
	"slices"
	"strings"
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
	puts := 3
	for name, change := range map[string]func(*command){
		"description":              func(c *command) { c.Description = "Something else" },
		"name elsewhere":           func(c *command) { c.Names["de"] = "anders" },
		"description of an option": func(c *command) { c.Options[0].Descriptions["fr"] = "Autre" },
		"a language less":          func(c *command) { delete(c.Descriptions, "it") },
		"contexts":                 func(c *command) { c.Contexts = []int{inGuild} },
		"installs":                 func(c *command) { c.Installs = []int{toGuild} },
		"autocomplete":             func(c *command) { c.Options[0].Complete = false },
	} {
		other = commands()
		change(&other[0])
		if err := d.rest.call(t.Context(), path, "PUT", path, other, nil); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		puts += 2
		put(puts)
		put(puts)
	}
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
	delete(known, about)
	for name := range known {
		t.Errorf("/%s is not a command of the bot", name)
	}
}

// TestWhoMayAskWhere sees that what concerns a server is for those who manage
// it, and all else for everybody everywhere.
func TestWhoMayAskWhere(t *testing.T) {
	for _, c := range commands() {
		contexts, installs := []int{0, 1, 2}, []int{0, 1}
		if forManagers(c.Name) {
			contexts, installs = []int{0}, []int{0}
		}
		if is := c.Permissions != nil && *c.Permissions == "32"; is != forManagers(c.Name) {
			t.Errorf("%s is for those who manage a server: %v", c.Name, is)
		}
		if !slices.Equal(c.Contexts, contexts) || !slices.Equal(c.Installs, installs) {
			t.Errorf("%s is for contexts %v and installs %v, want %v and %v", c.Name, c.Contexts, c.Installs, contexts, installs)
		}
	}
}

// commandPattern is what Discord's documentation says that names of commands and
// options match.
var commandPattern = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// TestWords sees that the commands are explained in each language, as Discord
// takes it, and that no two in one language are called the same.
func TestWords(t *testing.T) {
	for _, locale := range []string{"", "de", "fr", "es-ES", "it"} {
		called := map[string]string{}
		for _, c := range commands() {
			name, says := in(locale, c.Name, c.Names), in(locale, c.Description, c.Descriptions)
			if other, twice := called[name]; twice {
				t.Errorf("%q: both %s and %s are called %q", locale, c.Name, other, name)
			}
			called[name] = c.Name
			if c.Type == commandSlash {
				checkWords(t, locale, c.Name, name, says)
			} else if n := units(name); n < 1 || n > 32 || says != "" {
				t.Errorf("%q: the menu says %q and %q", locale, name, says)
			}
			options := map[string]bool{}
			for _, o := range c.Options {
				name := in(locale, o.Name, o.Names)
				checkWords(t, locale, c.Name+" "+o.Name, name, in(locale, o.Description, o.Descriptions))
				if options[name] {
					t.Errorf("%q: two options of %s are called %q", locale, c.Name, name)
				}
				options[name] = true
			}
		}
	}
}

// in returns the words for a locale, English if that is empty.
func in(locale, english string, other map[string]string) string {
	if locale == "" {
		return english
	}
	return other[locale]
}

func checkWords(t *testing.T, locale, what, name, says string) {
	t.Helper()
	if !commandPattern.MatchString(name) || name != strings.ToLower(name) {
		t.Errorf("%q: %s is called %q", locale, what, name)
	}
	if n := units(says); n < 1 || n > 100 {
		t.Errorf("%q: %s is explained in %d units: %q", locale, what, n, says)
	}
}
