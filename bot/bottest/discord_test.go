package bottest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
)

// discordgoClient logs discordgo, as it comes, in to d. Its addresses are
// Discord's, so its requests are made at d on the way.
func discordgoClient(t *testing.T, d *Discord) *discordgo.Session {
	t.Helper()
	d.breaking = true // for it identifies with a presence that Discord passes over
	s, err := discordgo.New("Bot " + d.Token)
	if err != nil {
		t.Fatal(err)
	}
	s.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	s.Client = &http.Client{Transport: toDiscord{d.URL()}}
	return s
}

type toDiscord struct{ base string }

func (t toDiscord) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", strings.TrimPrefix(t.base, "http://")
	return http.DefaultTransport.RoundTrip(r)
}

// TestDiscordAsOthersSeeIt sees that a client which we did not write gets
// along with the fake: it logs in, sets a command, is asked, defers, edits,
// follows up, and posts.
func TestDiscordAsOthersSeeIt(t *testing.T) {
	d := NewDiscord(t)
	d.Compress()
	s := discordgoClient(t, d)
	asked := make(chan *discordgo.InteractionCreate, 1)
	s.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) { asked <- i })
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	empty := []*discordgo.ApplicationCommandOption{}
	if _, err := s.ApplicationCommandBulkOverwrite(d.App, "", []*discordgo.ApplicationCommand{{Name: "help", Description: "Help", Options: empty}}); err != nil {
		t.Fatal(err)
	}
	ask := d.Begin("help", nil, d.Channel, d.NewUser())
	i := receive(t, "interaction", asked).Interaction
	if err := s.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}); err != nil {
		t.Fatal(err)
	}
	words := "**Bold** and \\*plain\\*"
	if _, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &words}); err != nil {
		t.Fatal(err)
	}
	if a := receive(t, "answer", ask.Answer); a.Err != nil || !a.Deferred || a.Private || a.Shown != "Bold and *plain*" {
		t.Errorf("the answer is %+v", a)
	}
	if _, err := s.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "More"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ChannelMessageSendEmbed(d.Channel, &discordgo.MessageEmbed{Title: "A title", Description: "Words"}); err != nil {
		t.Fatal(err)
	}
	want := []string{"Bold and *plain*", "More", "A title\nWords"}
	if diff := cmp.Diff(want, d.Shown(d.Channel)); diff != "" {
		t.Error(diff)
	}
}

// post posts body to a channel, and returns the status, the code of the
// refusal or 0, and the header.
func (d *Discord) post(t *testing.T, channel, token, body string) (status, code int, h http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, d.URL()+"/api/v10/channels/"+channel+"/messages", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+token)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var said struct{ Code int }
	if err := json.Unmarshal(raw, &said); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, said.Code, resp.Header
}

func TestDiscordRefuses(t *testing.T) {
	d := NewDiscord(t)
	d.spec = nil // which would refuse some of these as well, and count it as an error of this test
	d.Limit(0, 0)
	closed := d.NewChannel()
	d.Close(closed, 403, 50013)
	embeds := func(n int, e string) string {
		return `{"embeds":[` + strings.TrimSuffix(strings.Repeat(e+",", n), ",") + `]}`
	}
	words := func(n int) string { return strings.Repeat("👩", n/2) + strings.Repeat("x", n%2) } // n units in UTF-16
	for name, c := range map[string]struct {
		channel, token, body string
		status, code         int
	}{
		"a good one":        {body: `{"content":"` + words(2000) + `"}`, status: 200},
		"the longest embed": {body: embeds(1, `{"title":"`+words(256)+`","description":"`+words(4096)+`"}`), status: 200},
		"wrong token":       {token: "x", body: `{"content":"x"}`, status: 401},
		"unknown channel":   {channel: "1", body: `{"content":"x"}`, status: 404, code: 10003},
		"closed channel":    {channel: closed, body: `{"content":"x"}`, status: 403, code: 50013},
		"long content":      {body: `{"content":"` + words(2001) + `"}`, status: 400, code: 50035},
		"long title":        {body: embeds(1, `{"title":"`+words(257)+`"}`), status: 400, code: 50035},
		"long description":  {body: embeds(1, `{"description":"`+words(4097)+`"}`), status: 400, code: 50035},
		"6,000 over all":    {body: `{"embeds":[{"description":"` + words(3000) + `"},{"description":"` + words(3000) + `"}]}`, status: 200},
		"6,001 over all":    {body: `{"embeds":[{"description":"` + words(3000) + `"},{"description":"` + words(3001) + `"}]}`, status: 400, code: 50035},
		"11 embeds":         {body: embeds(11, `{"title":"x"}`), status: 400, code: 50035},
		"bad address":       {body: embeds(1, `{"title":"x","url":"ftp://x.example"}`), status: 400, code: 50035},
		"empty author":      {body: embeds(1, `{"title":"x","author":{"name":""}}`), status: 400, code: 50035},
		"26 fields":         {body: embeds(1, `{"fields":[`+strings.Repeat(`{"name":"a","value":"b"},`, 25)+`{"name":"a","value":"b"}]}`), status: 400, code: 50035},
		"empty":             {body: `{"content":" "}`, status: 400, code: 50006},
		"empty embed":       {body: embeds(1, `{}`), status: 400, code: 50006},
		"ephemeral":         {body: `{"content":"x","flags":64}`, status: 400, code: 50035},
		"silent":            {body: `{"content":"x","flags":4096}`, status: 200},
		"long nonce":        {body: `{"content":"x","nonce":"` + words(26) + `"}`, status: 400, code: 50035},
		"unknown property":  {body: `{"content":"x","mood":"good"}`, status: 400, code: 50035},
		"reply to nothing":  {body: `{"content":"x","message_reference":{"message_id":"1"}}`, status: 400, code: 50035},
		"no JSON":           {body: `{"content":`, status: 400, code: 50035},
	} {
		if c.channel == "" {
			c.channel = d.Channel
		}
		if c.token == "" {
			c.token = d.Token
		}
		if status, code, _ := d.post(t, c.channel, c.token, c.body); status != c.status || code != c.code {
			t.Errorf("%s: %d, %d; want %d, %d", name, status, code, c.status, c.code)
		}
	}
}

func TestDiscordRate(t *testing.T) {
	d := NewDiscord(t)
	d.Limit(2, time.Hour)
	for i, want := range []struct {
		status    int
		remaining string
	}{{200, "1"}, {200, "0"}, {429, "0"}, {429, "0"}} {
		status, _, h := d.post(t, d.Channel, d.Token, `{"content":"x"}`)
		if status != want.status || h.Get("X-RateLimit-Remaining") != want.remaining {
			t.Errorf("post %d: %d, %q remaining; want %+v", i, status, h.Get("X-RateLimit-Remaining"), want)
		}
		if (status == 429) != (h.Get("Retry-After") != "") {
			t.Errorf("post %d: %d, Retry-After %q", i, status, h.Get("Retry-After"))
		}
	}
	if n := d.RateRefusals(); n != 2 {
		t.Errorf("%d refusals, want 2", n)
	}
	if status, _, _ := d.post(t, d.NewChannel(), d.Token, `{"content":"x"}`); status != 200 {
		t.Errorf("another channel: %d", status)
	}
}

func TestDiscordNonce(t *testing.T) {
	d := NewDiscord(t)
	other := d.NewChannel()
	d.Limit(0, 0)
	for _, channel := range []string{d.Channel, d.Channel, other} {
		d.post(t, channel, d.Token, `{"content":"x","nonce":"n","enforce_nonce":true}`)
	}
	if here, there := len(d.Messages(d.Channel)), len(d.Messages(other)); here != 1 || there != 0 {
		t.Errorf("%d and %d messages, want 1 in the first channel: the nonce is the author's", here, there)
	}
	d.post(t, d.Channel, d.Token, `{"content":"x","nonce":"n"}`)
	if n := len(d.Messages(d.Channel)); n != 2 {
		t.Errorf("%d messages, want 2: the nonce was not to be enforced", n)
	}
}

// TestDiscordIsStrictAboutTime sees that an interaction cannot be answered
// after 3 s, nor twice.
func TestDiscordIsStrictAboutTime(t *testing.T) {
	d := NewDiscord(t)
	s := discordgoClient(t, d)
	asked := make(chan *discordgo.InteractionCreate, 2)
	s.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) { asked <- i })
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	empty := []*discordgo.ApplicationCommandOption{}
	if _, err := s.ApplicationCommandBulkOverwrite(d.App, "", []*discordgo.ApplicationCommand{{Name: "help", Description: "Help", Options: empty}}); err != nil {
		t.Fatal(err)
	}
	late := d.Begin("help", nil, d.Channel, d.NewUser())
	slow := receive(t, "interaction", asked).Interaction
	if a := receive(t, "end", late.Answer); a.Err == nil {
		t.Error("who asked is not told that there is no answer")
	}
	response := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: &discordgo.InteractionResponseData{Content: "x"}}
	if code := refusalCode(s.InteractionRespond(slow, response)); code != codeUnknownInteraction {
		t.Errorf("a late answer gets %d", code)
	}
	d.Begin("help", nil, d.Channel, d.NewUser())
	quick := receive(t, "interaction", asked).Interaction
	if err := s.InteractionRespond(quick, response); err != nil {
		t.Fatal(err)
	}
	if code := refusalCode(s.InteractionRespond(quick, response)); code != codeAcknowledged {
		t.Errorf("a second answer gets %d", code)
	}
}

func refusalCode(err error) int {
	var refused *discordgo.RESTError
	if !errors.As(err, &refused) || refused.Message == nil {
		return 0
	}
	return refused.Message.Code
}

// TestDiscordSpec sees that the published specification is really asked.
func TestDiscordSpec(t *testing.T) {
	d := NewDiscord(t)
	if d.spec == nil {
		t.Skip("Discord's specification is not at hand")
	}
	for name, c := range map[string]struct{ method, path, url, body string }{
		"kind of content": {"POST", "/channels/{channel_id}/messages", "/api/v10/channels/1/messages", `{"content":7}`},
		"kind of option":  {"PUT", "/applications/{application_id}/commands", "/api/v9/applications/1/commands", `[{"name":"a","description":"b","options":[{"type":99}]}]`},
		"limit":           {"GET", "/channels/{channel_id}/messages", "/api/v10/channels/1/messages?limit=1000", ""},
		"no such path":    {"GET", "/channels/{channel_id}/messages", "/api/v10/canals/1", ""},
	} {
		r, err := http.NewRequest(c.method, c.url, bytes.NewReader(nil))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		if err := d.spec.check(c.method, c.path, r, []byte(c.body)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
