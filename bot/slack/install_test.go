package slack_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/bot/slack"
)

// installs keeps what lets the bot into workspaces, in memory.
type installs map[string][]byte

func (i installs) KeepInstall(_ context.Context, _, workspace string, sealed []byte) error {
	i[workspace] = sealed
	return nil
}

func (i installs) Install(_ context.Context, _, workspace string) ([]byte, error) {
	return i[workspace], nil
}

func (i installs) DropInstall(_ context.Context, _, workspace string) error {
	delete(i, workspace)
	return nil
}

// shop is paced with a bot for several workspaces, which is installed in
// SlackTeam.
func shop(t *testing.T, second time.Duration) (*bottest.Slack, *slack.Slack) {
	fake := bottest.NewSlack(t)
	fake.SetInterval(second / 2)
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	var platform *slack.Slack
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { platform.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	var log bottest.Log
	platform = slack.New(slack.Config{ClientID: fake.ClientID, ClientSecret: fake.ClientSecret, SigningSecret: fake.SigningSecret,
		Key: make([]byte, 32), Installs: installs{}, URL: server.URL, APIURL: fake.URL(), Interval: second}, client, log.Logger(), time.Now)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- platform.Run(ctx, func(context.Context, bot.Command) bot.Message { return bot.Message{} })
	}()
	t.Cleanup(func() { cancel(); <-ended })
	jar, _ := cookiejar.New(nil)
	browser := &http.Client{Jar: jar, Transport: client.Transport}
	eventually(t, func() bool {
		resp, err := browser.Get(server.URL + "/slack/install")
		if err != nil {
			return false
		}
		resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	return fake, platform
}

// Where Slack lets messages be read once a minute only, and few at once, a post
// is found nevertheless, and Slack is not asked more often.
func TestFindWhereReadingIsRationed(t *testing.T) {
	fake, platform := shop(t, 10*time.Millisecond)
	fake.Ration()
	channel := bottest.SlackTeam + "/" + bottest.SlackGeneral
	want, err := platform.Post(t.Context(), channel, "key", bot.Message{Text: "first"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		fake.Reply(fmt.Sprint("chatter ", i), bottest.SlackGeneral, "", "U0ANN")
	}
	for range 2 {
		id, found, err := platform.Find(t.Context(), channel, "key")
		if err != nil || !found || id != want {
			t.Errorf("Find = %q, %v, %v; want %q", id, found, err, want)
		}
	}
	if n := fake.RateRefusals(); n > 0 {
		t.Errorf("%d calls were too many", n)
	}
}
