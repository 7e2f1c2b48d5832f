package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"rapporteur/bot/bottest"
)

// configure writes the kiosk's config.yaml.
func (k *kiosk) configure(text string) {
	k.t.Helper()
	if err := os.WriteFile(filepath.Join(k.dir, "config.yaml"), []byte(text), 0o644); err != nil {
		k.t.Fatal(err)
	}
}

// open waits until the process serves at address.
func (k *kiosk) open(address string) {
	k.t.Helper()
	k.until("it serves at "+address, func() bool {
		resp, err := http.Get("http://" + address + "/healthz")
		if err == nil {
			resp.Body.Close()
		}
		return err == nil
	})
}

// check runs rapporteur check on Discord alone and returns what it says.
func (k *kiosk) check(env map[string]string) string {
	k.t.Helper()
	var out, errs strings.Builder
	all := map[string]string{"DISCORD_API_URL": k.discord.URL(), "DISCORD_TOKEN": k.discord.Token, "RAPPORTEUR_DATA": k.t.TempDir()}
	for name, value := range env {
		all[name] = value
	}
	p := program{strings.NewReader(""), &out, &errs, func(name string) (string, bool) { v, is := all[name]; return v, is }}
	p.run(k.t.Context(), []string{"--config", filepath.Join(k.dir, "config.yaml"), "check"})
	said := out.String() + errs.String()
	if strings.Contains(said, k.discord.Token) {
		k.t.Error("the token is printed")
	}
	return said
}

// TestDiscordByHTTP has Discord send commands to the program itself, which opens
// no gateway: it is set up as check says, answers, and posts.
func TestDiscordByHTTP(t *testing.T) {
	t.Parallel()
	k := newKiosk(t)
	address := freeAddress(t)
	k.configure("discord:\n  url: http://" + address + "\n  gateway: false\n")
	key := map[string]string{"DISCORD_PUBLIC_KEY": k.discord.PublicKey()}
	endpoint := "http://" + address + "/discord/interactions"
	wants(t, k.check(key), "PROBLEM  discord    discord: while the program is running, paste "+endpoint+" as the Interactions Endpoint URL")
	k.begin("RAPPORTEUR_LISTEN="+address, "DISCORD_PUBLIC_KEY="+k.discord.PublicKey())
	k.open(address)
	k.until("Discord takes the endpoint", func() bool { return k.discord.SetEndpoint(endpoint) == nil })
	said := k.check(key)
	wants(t, said, "ok       discord    connected as Rapporteur; invite it: https://discord.com/oauth2/authorize?client_id="+k.discord.App)
	wants(t, said, "ok       discord    the public key is the application's; commands come to "+endpoint)
	wants(t, said, "ok       discord    no gateway is opened: the bot answers commands, but neither mentions nor direct messages")
	k.subscribe()
	k.drop("tides")
	k.until("tides is posted", func() bool { return k.tallies()["tides"] == tally{1, 1, 1} })
	a := k.discord.Slash("ask", map[string]any{"question": "what did the minister of tides open?"}, k.discord.Channel, k.discord.NewUser())
	if a.Err != nil {
		t.Error(a.Err)
	}
	wants(t, a.Shown, "The minister of tides opened a plant.")
	offered := k.discord.Complete("takeaways", map[string]any{"publication": "tid"}, "publication", k.discord.Channel, k.discord.NewUser())
	if offered.Err != nil || len(offered.Choices) == 0 || !strings.Contains(offered.Choices[0].Name, "On tides") {
		t.Errorf("while typing, %+v is offered: %v", offered.Choices, offered.Err)
	}
	if began, _ := k.discord.Sessions(); began > 0 || slices.Contains(k.discord.Requests(), "POST /interactions/callback") {
		t.Errorf("%d sessions were begun, or a first response was sent by another way than as the answer", began)
	}
	k.stop()
}

// TestDiscordCheck sees that check tells what is set up wrongly, and what to do.
func TestDiscordCheck(t *testing.T) {
	t.Parallel()
	k := newKiosk(t)
	k.configure("sample: false\n")
	k.discord.StartLimit(990, 3*time.Hour, 1)
	k.discord.Shards(2, 1)
	wants(t, k.check(nil), "ok       discord    gateway: 990 of 1000 sessions may begin in the next 3h0m0s, it takes 2 (shards); intents Guilds, Guild Messages and Direct Messages, none privileged")
	wants(t, k.check(map[string]string{"DISCORD_TOKEN": "another"}), "Discord does not accept DISCORD_TOKEN")
	wants(t, k.check(map[string]string{"DISCORD_PUBLIC_KEY": "abc"}), "set discord.url in config.yaml to its address")
	k.discord.StartLimit(0, 3*time.Hour, 1)
	wants(t, k.check(nil), "PROBLEM  discord    discord: no more sessions may begin for 3h0m0s")
	k.configure("discord: {url: https://bot.example.org}\n")
	wants(t, k.check(nil), "discord.url is set in config.yaml, and needs DISCORD_PUBLIC_KEY: copy the Public Key")
	wants(t, k.check(map[string]string{"DISCORD_PUBLIC_KEY": "abc"}), "DISCORD_PUBLIC_KEY must be the 64 digits")
	wants(t, k.check(map[string]string{"DISCORD_PUBLIC_KEY": strings.Repeat("ab", 32)}), "DISCORD_PUBLIC_KEY is not this application's")
	for text, says := range map[string]string{
		"discord: {gateway: false}":        "without a gateway, Discord must reach the program",
		"discord: {url: bot.example.org}":  "write an address without a path",
		"discord: {url: 'https://x.y/z'}":  "write an address without a path",
		"discord: {gateway: false, at: 1}": "discord (with url and gateway)",
	} {
		k.configure(text + "\n")
		wants(t, k.check(nil), says)
	}
}

// TestDiscordTrouble sees that what keeps the program from Discord for a while
// is told where its health is asked for.
func TestDiscordTrouble(t *testing.T) {
	k := newKiosk(t)
	k.discord.StartLimit(0, time.Hour, 1)
	address := freeAddress(t)
	k.begin("RAPPORTEUR_LISTEN=" + address)
	k.open(address)
	k.until("the trouble is told", func() bool {
		resp, err := http.Get("http://" + address + "/readyz")
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		said, _ := io.ReadAll(resp.Body)
		return resp.StatusCode == 503 && strings.Contains(string(said), "discord: gateway: not connected yet; sessions: something has started the program again and again, and Discord lets no more sessions begin until ")
	})
	k.stop()
}

// TestDiscordKicked sees that all that a server follows rests when the bot is
// removed from it.
func TestDiscordKicked(t *testing.T) {
	t.Parallel()
	k := newKiosk(t)
	k.begin()
	k.subscribe()
	k.discord.Kick(k.discord.Guild)
	k.until("the subscriptions rest", func() bool {
		n, err := k.store.Stats(t.Context())
		return err == nil && n.Paused == 3
	})
	k.stop()
}

// TestDiscordStorm does to one process all that a gateway does to its clients,
// one after another: it answers after each, and posts once.
func TestDiscordStorm(t *testing.T) {
	t.Parallel()
	k := newKiosk(t)
	k.begin()
	k.subscribe()
	for i, c := range []struct {
		name string
		do   func(*bottest.Discord)
	}{
		{"op 7", (*bottest.Discord).Reconnect},
		{"op 9, resumable", func(f *bottest.Discord) { f.Invalidate(true) }},
		{"1006", func(f *bottest.Discord) { f.Drop(0) }},
		{"null", func(f *bottest.Discord) { f.Raw(websocket.TextMessage, []byte("null")) }},
		{"empty GUILD_CREATE", func(f *bottest.Discord) {
			f.Raw(websocket.TextMessage, []byte(`{"op":0,"t":"GUILD_CREATE","s":1,"d":{}}`))
		}},
		{"no zlib", func(f *bottest.Discord) { f.Raw(websocket.BinaryMessage, []byte("no zlib")) }},
		{"half a zlib", func(f *bottest.Discord) { f.Raw(websocket.BinaryMessage, []byte("x\x9c\xff\xff")) }},
		{"an unknown event", func(f *bottest.Discord) { f.Dispatch("NEVER_HEARD_OF", map[string]any{"id": 5}) }},
		{"half an interaction", func(f *bottest.Discord) {
			f.Dispatch("INTERACTION_CREATE", map[string]any{"id": "1", "type": 3, "token": "x", "message": map[string]any{"components": []any{map[string]any{"type": 99}}}})
		}},
	} {
		c.do(k.discord)
		k.drop(fmt.Sprintf("storm%d", i))
		k.until(c.name+": it answers", func() bool {
			a := k.discord.Slash("help", nil, k.discord.Channel, k.discord.NewUser())
			return a.Err == nil
		})
	}
	k.until("all is delivered", func() bool { return k.delivered(27) })
	for id, n := range k.tallies() {
		if n != (tally{1, 1, 1}) {
			t.Errorf("%s: posts in the three channels: %v, want one in each", id, n)
		}
	}
	if strings.Contains(k.log.String(), "panic") {
		t.Error("a panic is logged")
	}
	k.stop()
}
