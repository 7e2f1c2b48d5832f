package slack_test

import (
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
	"rapporteur/bot/slack"
)

var _ bot.Platform = (*slack.Slack)(nil)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// join returns a fake Slack, and the bot's side of it.
func join(t *testing.T) (*bottest.Slack, *slack.Slack, *bottest.Log) {
	fake := bottest.NewSlack(t)
	fake.SetInterval(0)
	log := &bottest.Log{}
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	config := slack.Config{BotToken: fake.BotToken, AppToken: fake.AppToken, APIURL: fake.URL(), Interval: time.Nanosecond}
	return fake, slack.New(config, client, log.Logger(), time.Now), log
}

func TestConform(t *testing.T) {
	bottest.Conform(t, func(t *testing.T) *bottest.Rig {
		fake, platform, log := join(t)
		fake.Archive(bottest.SlackOther)
		return &bottest.Rig{
			Platform:    platform,
			Channel:     bottest.SlackGeneral,
			Gone:        bottest.SlackOther,
			Refuse:      fake.Refuse,
			Shown:       fake.Shown,
			Pings:       fake.Pings,
			Ready:       func(t testing.TB) { fake.Connected(t, 10*time.Second) },
			Ask:         func(t testing.TB, question string) (<-chan struct{}, <-chan string) { return ask(t, fake, question) },
			AskAndPress: func(t testing.TB, question, label string) <-chan string { return askAndPress(t, fake, question, label) },
			Faults:      faults(fake),
			Log:         log,
			Secrets:     []string{fake.BotToken, fake.AppToken, fake.LinkSecret},
		}
	})
}

// ask types /ask and the question.
func ask(t testing.TB, fake *bottest.Slack, question string) (acked <-chan struct{}, answer <-chan string) {
	asked := fake.Slash("/ask", question, bottest.SlackGeneral, "U0ANN")
	shown := make(chan string, 1)
	go func() {
		select {
		case m := <-asked.Answers:
			shown <- m.Shown()
		case <-t.Context().Done(): // nobody waits for it any more
		}
	}()
	return asked.Acked, shown
}

// askAndPress types /ask and the question, and presses a button of the answer.
func askAndPress(t testing.TB, fake *bottest.Slack, question, label string) <-chan string {
	asked, shown := fake.Slash("/ask", question, bottest.SlackGeneral, "U0ANN"), make(chan string, 1)
	go func() {
		var pressed *bottest.Asked
		select {
		case m := <-asked.Answers:
			pressed = fake.Press(m, label, "U0ANN")
		case <-t.Context().Done():
			return
		}
		select {
		case m := <-pressed.Answers:
			shown <- m.Shown()
		case <-t.Context().Done():
		}
	}()
	return shown
}

// faults are ways in which Slack fails.
func faults(fake *bottest.Slack) map[string]func() {
	say := func(status int, kind, body string) func() {
		return func() {
			fake.Intercept(func(_ string, w http.ResponseWriter, _ *http.Request) bool {
				w.Header().Set("Content-Type", kind)
				w.WriteHeader(status)
				w.Write([]byte(body))
				return true
			})
		}
	}
	return map[string]func(){
		"server down":    fake.Stop,
		"token revoked":  say(200, "application/json", `{"ok":false,"error":"token_revoked"}`),
		"token echoed":   say(200, "application/json", `{"ok":false,"error":"invalid token `+fake.BotToken+" or "+fake.AppToken+`"}`),
		"server error":   say(500, "text/html", "<html>500 "+fake.BotToken+"</html>"),
		"a page":         say(200, "text/html", "<html>Welcome to the hotel's network</html>"),
		"no answer":      say(200, "application/json", ""),
		"half an answer": say(200, "application/json", `{"ok":true,"ts":"17`),
		"empty object":   say(200, "application/json", `{}`),
		"null":           say(200, "application/json", `null`),
	}
}
