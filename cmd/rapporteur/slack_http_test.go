package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"rapporteur/bot/bottest"
)

// newHTTPOffice starts a rapporteur to which Slack speaks by HTTP.
func newHTTPOffice(t *testing.T) *office {
	t.Helper()
	o := openOffice(t, islands)
	o.listen()
	o.start()
	return o
}

// What comes by HTTP is answered like what comes through a socket.
func TestSlackByHTTP(t *testing.T) {
	o := newHTTPOffice(t)
	asked := o.Slash("/ask", "who opened the first tidal plant?", bottest.SlackGeneral, ann)
	o.acked(asked.Envelope)
	m := o.answer(asked)
	wants(t, m.Shown(), "Ruth Amadi opened")
	wants(t, o.press(m, "+ Context").Shown(), "She called it a beginning")
	ts, events := o.Mention("which plant was opened?", bottest.SlackGeneral, ann)
	for _, e := range events {
		o.acked(o.Resend(e))
	}
	o.replies(bottest.SlackGeneral, ts, 1)
	o.Shortcut("ask_library", ann)
	o.until("the form is open", func() bool { _, open := o.Modal(ann); return open })
	v, _ := o.Modal(ann)
	o.acked(o.Submit(v, map[string]map[string]string{"question": {"question": "who opened the first tidal plant?"}}))
	v, _ = o.Modal(ann)
	wants(t, v.Shown(), "Ruth Amadi opened")
}

// Only what Slack signed, just now and for the first time, is taken in.
func TestSlackRefusesForgeries(t *testing.T) {
	o := newHTTPOffice(t)
	address := o.config.Slack.URL + "/slack/events"
	body := func(trigger string) []byte {
		return []byte(url.Values{"command": {"/ask"}, "text": {"who?"}, "team_id": {bottest.SlackTeam}, "channel_id": {bottest.SlackGeneral},
			"user_id": {ann}, "trigger_id": {trigger}, "response_url": {o.URL() + "none"}}.Encode())
	}
	signed := func(at time.Time, change func(*http.Request)) *http.Request {
		r := o.Signed(address, "application/x-www-form-urlencoded", body(rand.Text()), at)
		if change != nil {
			change(r)
		}
		return r
	}
	now := time.Now()
	for _, c := range []struct {
		name string
		r    *http.Request
		want int
	}{
		{"as Slack does", signed(now, nil), 200},
		{"4 minutes old", signed(now.Add(-4*time.Minute), nil), 200},
		{"4 minutes early", signed(now.Add(4*time.Minute), nil), 200},
		{"6 minutes old", signed(now.Add(-6*time.Minute), nil), 401},
		{"6 minutes early", signed(now.Add(6*time.Minute), nil), 401},
		{"no signature", signed(now, func(r *http.Request) { r.Header.Del("X-Slack-Signature") }), 401},
		{"no time", signed(now, func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }), 401},
		{"another time", signed(now, func(r *http.Request) {
			r.Header.Set("X-Slack-Request-Timestamp", fmt.Sprint(now.Unix()+1))
		}), 401},
		{"no time at all", signed(now, func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", "now") }), 401},
		{"another signature", signed(now, func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0="+strings.Repeat("0", 64)) }), 401},
		{"half a signature", signed(now, func(r *http.Request) {
			r.Header.Set("X-Slack-Signature", r.Header.Get("X-Slack-Signature")[:20])
		}), 401},
		{"2 MB", o.Signed(address, "application/json", []byte(`"`+strings.Repeat("x", 2<<20)+`"`), now), 400},
		{"no JSON", o.Signed(address, "application/json", []byte(`{`), now), 200},
		{"nothing", o.Signed(address, "", nil, now), 200},
		{"no form", o.Signed(address, "application/x-www-form-urlencoded", []byte("%zz"), now), 200},
		{"no payload", o.Signed(address, "application/x-www-form-urlencoded", []byte("payload=%7B"), now), 200},
	} {
		if got, _ := o.send(c.r); got != c.want {
			t.Errorf("%s: status %d, want %d", c.name, got, c.want)
		}
	}
	text := body("once")
	for i, want := range []int{200, 401, 401} {
		if got, _ := o.send(o.Signed(address, "application/x-www-form-urlencoded", text, now)); got != want {
			t.Errorf("sent %d times: status %d, want %d", i+1, got, want)
		}
	}
	for _, path := range []string{"/slack/", "/slack/install", "/slack/oauth", "/slack/events"} {
		if resp, err := http.Get(o.config.Slack.URL + path); err != nil || resp.StatusCode != 404 {
			t.Errorf("GET %s: %v, %v", path, resp.StatusCode, err)
		}
	}
}

// newShop starts a rapporteur that any workspace can install.
func newShop(t *testing.T) *office {
	t.Helper()
	o := openOffice(t, islands)
	o.listen()
	delete(o.env, "SLACK_BOT_TOKEN")
	key := make([]byte, 32)
	rand.Read(key)
	o.env["SLACK_CLIENT_ID"], o.env["SLACK_CLIENT_SECRET"] = o.ClientID, o.ClientSecret
	o.env["RAPPORTEUR_KEY"] = base64.StdEncoding.EncodeToString(key)
	o.start()
	return o
}

// browser returns a client that keeps cookies and goes where it is sent, but has
// the person choose a workspace when it comes to Slack.
func browser(team string) *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasSuffix(r.URL.Path, "/authorize") {
			r.URL.RawQuery += "&team=" + team
		}
		return nil
	}}
}

func (o *office) install(team string) {
	o.t.Helper()
	resp, err := browser(team).Get(o.config.Slack.URL + "/slack/install")
	if err != nil {
		o.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 200 {
		o.t.Fatalf("install in %s: status %d", team, resp.StatusCode)
	}
}

func TestSlackInSeveralWorkspaces(t *testing.T) {
	t.Parallel()
	o := newShop(t)
	o.AddWorkspace("T0TWO", "C0TWO")
	from := func(team, channel, command, text string) string {
		return o.answer(o.SlashFrom(team, command, text, channel, ann)).Shown()
	}
	o.install(bottest.SlackTeam)
	o.install("T0TWO")
	for range 2 {
		wants(t, from(bottest.SlackTeam, bottest.SlackGeneral, "/briefs", "subscribe"), "now follows")
		wants(t, from("T0TWO", "C0TWO", "/briefs", "subscribe"), "now follows")
		wants(t, from("T0TWO", "C0TWO", "/briefs", "list"), "C0TWO", "not "+bottest.SlackGeneral)
		o.stop()
		o.start()
	}
	o.file("new.md", "---\ntitle: Something new\npublished: "+time.Now().Format(time.DateOnly)+"\n---\n\nIt is new to both of them, and to everybody else who reads it.\n")
	for _, channel := range []string{bottest.SlackGeneral, "C0TWO"} {
		o.until("it is posted in "+channel, func() bool { return strings.Contains(strings.Join(o.Shown(channel), "\n"), "Something new") })
	}
	m := o.answer(o.SlashFrom("T0TWO", "/ask", "who opened the first tidal plant?", "C0TWO", ann))
	wants(t, o.press(m, "+ Context").Shown(), "Please ask again") // a press that says it is from another workspace
	o.Revoke("T0TWO")
	o.until("the other workspace is forgotten", func() bool { return strings.Contains(o.log.String(), "removed from a workspace") })
	o.SlashFrom("T0TWO", "/ask", "who?", "C0TWO", ann)
	wants(t, from(bottest.SlackTeam, bottest.SlackGeneral, "/briefs", "list"), "all sources", "not paused")
	o.install("T0TWO")
	wants(t, from("T0TWO", "C0TWO", "/briefs", "list"), "paused")
}

// An installation that did not begin here, in this browser and just now, is
// refused, and so is one that is finished twice.
func TestSlackInstallChecksTheState(t *testing.T) {
	o := newShop(t)
	back := ""
	client := browser(bottest.SlackTeam)
	follow := client.CheckRedirect
	client.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if strings.HasSuffix(r.URL.Path, "/slack/oauth") {
			back = r.URL.String()
			return http.ErrUseLastResponse
		}
		return follow(r, via)
	}
	resp, err := client.Get(o.config.Slack.URL + "/slack/install")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	for _, c := range []struct {
		name, address string
		client        *http.Client
		want          int
	}{
		{"another browser", back, browser(""), 403},
		{"no state", o.config.Slack.URL + "/slack/oauth?code=1", client, 403},
		{"another state", back + "x", client, 403},
		{"nobody agreed", strings.Replace(back, "code=", "no=", 1), client, 403},
		{"used up", back, client, 403},
	} {
		resp, err := c.client.Get(c.address)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != c.want {
			t.Errorf("%s: status %d, want %d", c.name, resp.StatusCode, c.want)
		}
	}
	if len(o.Tokens()) != 0 {
		t.Error("a token was given out")
	}
}

// Slack is acknowledged in time also if it is slow to tell who the bot is in one
// of several workspaces.
func TestSlackSlowWorkspace(t *testing.T) {
	t.Parallel()
	o := newShop(t)
	o.install(bottest.SlackTeam)
	o.delay(func(http.ResponseWriter) { time.Sleep(3200 * time.Millisecond) })
	ts, events := o.Mention("who opened the first tidal plant?", bottest.SlackGeneral, ann)
	for _, e := range events {
		o.acked(e)
	}
	wants(t, o.replies(bottest.SlackGeneral, ts, 1)[0].Shown(), "Ruth Amadi opened")
}
