package main

import (
	"context"
	"crypto/rand"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rapporteur/bot/bottest"
)

// An office is a Slack workspace, and a rapporteur that serves it.
type office struct {
	*bottest.Slack
	t      *testing.T
	config config
	env    map[string]string
	log    *bottest.Log
	stop   func() // ends the rapporteur, which can be started again
}

// answerTime is how long a test waits for what should come at once. A file may
// be seen a minute late, if it comes just before its folder is watched.
const answerTime = 70 * time.Second

// ann is somebody there.
const ann = "U0ANN"

// newOffice starts a rapporteur that knows these publications, by file name.
func newOffice(t *testing.T, publications map[string]string) *office {
	t.Helper()
	o := openOffice(t, publications)
	o.start()
	return o
}

// openOffice is newOffice without the rapporteur, which start starts.
func openOffice(t *testing.T, publications map[string]string) *office {
	t.Helper()
	dir := t.TempDir()
	o := &office{Slack: bottest.NewSlack(t), t: t, log: &bottest.Log{}, config: defaults(), stop: func() {}}
	o.Install(t, "../../slack-manifest.yaml")
	o.SetInterval(time.Millisecond)
	o.env = map[string]string{"SLACK_API_URL": o.URL(), "SLACK_BOT_TOKEN": o.BotToken, "SLACK_APP_TOKEN": o.AppToken}
	o.config.Data, o.config.Sources[0].Folder = filepath.Join(dir, "data"), filepath.Join(dir, "publications")
	o.config.Sample, o.config.Listen, o.config.PostInterval = false, "", duration(time.Millisecond)
	for name, text := range publications {
		o.file(name, text)
	}
	t.Cleanup(func() {
		o.stop()
		o.leaks()
		if t.Failed() {
			t.Logf("the end of the log:\n%s", tail(o.log.String(), 4000))
		}
	})
	return o
}

// leaks looks for secrets in the log and in all files.
func (o *office) leaks() {
	o.t.Helper()
	secrets := append(o.Tokens(), o.BotToken, o.AppToken, o.LinkSecret, o.SigningSecret, o.ClientSecret)
	if key := o.env["RAPPORTEUR_KEY"]; key != "" {
		secrets = append(secrets, key)
	}
	said := map[string]string{"the log": o.log.String()}
	err := filepath.WalkDir(o.config.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		said[path] = string(raw)
		return err
	})
	if err != nil {
		o.t.Error(err)
	}
	for where, text := range said {
		for i, secret := range secrets {
			if strings.Contains(text, secret) {
				o.t.Errorf("secret %d is in %s", i, where)
			}
		}
	}
}

// file puts a publication into the folder, as it was saved a while ago.
func (o *office) file(name, text string) {
	o.t.Helper()
	path := filepath.Join(o.config.Sources[0].Folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		o.t.Fatal(err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		o.t.Fatal(err)
	}
}

// start begins a rapporteur, and waits until it has come to Slack.
func (o *office) start() {
	o.t.Helper()
	p := program{env: func(name string) (string, bool) { v, ok := o.env[name]; return v, ok }}
	opened := o.Opened()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.serve(ctx, o.config, o.log.Logger(), nil) }()
	o.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			o.t.Errorf("serve: %v", err)
		}
	})
	if o.env["SLACK_APP_TOKEN"] == "" {
		o.until("requests are taken in", o.challenged)
		return
	}
	o.Reconnected(o.t, opened, patience)
}

// listen has Slack speak to the rapporteur by HTTP.
func (o *office) listen() {
	o.t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		o.t.Fatal(err)
	}
	o.config.Listen = free.Addr().String()
	free.Close()
	o.config.Slack.URL = "http://" + o.config.Listen
	delete(o.env, "SLACK_APP_TOKEN")
	o.env["SLACK_SIGNING_SECRET"] = o.SigningSecret
	o.Hook(o.config.Slack.URL + "/slack/events")
}

// challenged reports whether the rapporteur proves to be there, as Slack asks
// it to when it is told an address.
func (o *office) challenged() bool {
	status, body := o.send(o.Signed(o.config.Slack.URL+"/slack/events", "application/json", []byte(`{"type":"url_verification","challenge":"c`+rand.Text()+`"}`), time.Now()))
	return status == http.StatusOK && strings.Contains(body, `{"challenge":"c`)
}

// send sends a request, and returns status 0 if nobody is there.
func (o *office) send(r *http.Request) (status int, body string) {
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw)
}

// say has ann type a slash command, and returns what she sees.
func (o *office) say(command, text string) bottest.SlackMessage {
	o.t.Helper()
	return o.answer(o.Slash(command, text, bottest.SlackGeneral, ann))
}

// press has ann press a button, and returns what she sees then.
func (o *office) press(m bottest.SlackMessage, label string) bottest.SlackMessage {
	o.t.Helper()
	return o.answer(o.Press(m, label, ann))
}

func (o *office) answer(a *bottest.Asked) bottest.SlackMessage {
	o.t.Helper()
	select {
	case m := <-a.Answers:
		return m
	case <-time.After(answerTime):
		o.t.Fatal("no answer came")
	}
	return bottest.SlackMessage{}
}

// replies waits until the thread under ts holds n messages of the bot.
func (o *office) replies(channel, ts string, n int) []bottest.SlackMessage {
	o.t.Helper()
	for late := time.Now().Add(answerTime); ; time.Sleep(5 * time.Millisecond) {
		if all := o.Replies(channel, ts); len(all) >= n || time.Now().After(late) {
			if len(all) != n {
				o.t.Fatalf("%d replies, want %d", len(all), n)
			}
			return all
		}
	}
}

// wants reports words that are not in what is shown, and those after "not"
// which are.
func wants(t *testing.T, shown string, words ...string) {
	t.Helper()
	for _, w := range words {
		if no, is := strings.CutPrefix(w, "not "); is == strings.Contains(shown, strings.TrimPrefix(no, "not ")) {
			t.Errorf("%q in:\n%s", w, shown)
		}
	}
}

// islands are publications about tidal power.
var islands = map[string]string{
	"tides.md": `---
title: Tidal Power in Small States
authors: [Ada Moreau]
published: 2025-03-02
url: https://www.example.org/tides
---

## Key Takeaways

- The grid, not the turbine, is what costs most.
- Islands with a strait have tidal power for the taking.

## The islands

Minister Ruth Amadi opened the first tidal plant in Port Lagos in 2024. She called it a beginning. The ministry had waited for years.

The second tidal plant was opened by the mayor of Vila do Porto. It is smaller, and nobody noticed.

The third tidal plant was never opened, because the strait was too shallow for its turbines.
`,
	"salt.md": `---
title: The Price of Salt
authors: [Bo Lindqvist]
published: 2023-06-01
url: https://www.example.org/salt
---

The first plant to dry salt in Port Lagos was opened in 1911 by the governor. Its grid of channels is still in use.
`,
}
