package discord

import (
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

var _ bot.Platform = (*Discord)(nil)

// TestMain looks for goroutines that are left. A connection may take a second
// to be closed, for which Run does not wait.
func TestMain(m *testing.M) {
	code := m.Run()
	err := goleak.Find()
	for end := time.Now().Add(3 * lastWord); err != nil && time.Now().Before(end); {
		err = goleak.Find()
	}
	if code == 0 && err != nil {
		fmt.Println(err)
		code = 1
	}
	os.Exit(code)
}

// soon is how long what should come at once may take on a busy machine.
const soon = 10 * time.Second

// join returns the bot's side of fake, and its log.
func join(t *testing.T, fake *bottest.Discord) (*Discord, *bottest.Log) {
	log := &bottest.Log{}
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	d := New(Config{Token: fake.Token, APIURL: fake.URL()}, client, log.Logger(), time.Now)
	d.timing.apart, d.timing.fresh, d.timing.settle = 10*time.Millisecond, 10*time.Millisecond, 0
	return d, log
}

func TestConform(t *testing.T) {
	bottest.Conform(t, func(t *testing.T) *bottest.Rig {
		fake := bottest.NewDiscord(t)
		fake.Limit(0, 0)
		platform, log := join(t, fake)
		gone, user := fake.NewChannel(), fake.NewUser()
		fake.Delete(gone)
		return &bottest.Rig{
			Platform: platform,
			Channel:  fake.Channel,
			Gone:     gone,
			Refuse:   fake.RefuseNext,
			Shown:    fake.Shown,
			Pings:    fake.Pings,
			Ready:    func(t testing.TB) { ready(t, fake) },
			Ask: func(t testing.TB, question string) (<-chan struct{}, <-chan string) {
				return ask(fake, question, user)
			},
			AskAndPress: func(_ testing.TB, question, label string) <-chan string {
				return askAndPress(fake, question, label, user)
			},
			Faults:  faults(fake),
			Log:     log,
			Secrets: []string{fake.Token},
		}
	})
}

// ready waits until the bot can be asked.
func ready(t testing.TB, fake *bottest.Discord) {
	t.Helper()
	if !fake.Ready(1, soon) || !fake.Registered(soon) {
		t.Fatal("the bot does not connect and put its commands")
	}
}

// ask types /ask and the question.
func ask(fake *bottest.Discord, question, user string) (acked <-chan struct{}, shown <-chan string) {
	asked := fake.Begin("ask", map[string]any{"question": question}, fake.Channel, user)
	seen := make(chan string, 1)
	go func() {
		if a, given := <-asked.Answer; given && a.Err == nil {
			seen <- a.Shown
		}
	}()
	return asked.Acked, seen
}

// askAndPress is ask, and presses a button of the answer.
func askAndPress(fake *bottest.Discord, question, label, user string) <-chan string {
	asked := fake.Begin("ask", map[string]any{"question": question}, fake.Channel, user)
	seen := make(chan string, 1)
	go func() {
		if a := <-asked.Answer; a.Err == nil {
			if a := <-fake.PressLabel(a.Message, label, user).Answer; a.Err == nil {
				seen <- a.Shown
			}
		}
	}()
	return seen
}

// faults are ways in which Discord fails.
func faults(fake *bottest.Discord) map[string]func() {
	say := func(status int, kind, body string) func() {
		return func() {
			fake.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
				w.Header().Set("Content-Type", kind)
				w.WriteHeader(status)
				w.Write([]byte(body))
				return true
			})
		}
	}
	return map[string]func(){
		"token refused":  say(401, "application/json", `{"message":"401: Unauthorized","code":0}`),
		"token echoed":   say(400, "application/json", `{"message":"bad `+fake.Token+`","code":50035}`),
		"server error":   say(500, "text/html", "<html>500 "+fake.Token+"</html>"),
		"bad gateway":    say(502, "text/html", "<html>502 "+fake.Token+"</html>"),
		"banned":         say(429, "text/html", "<html>Access denied "+fake.Token+"</html>"),
		"forbidden page": say(403, "text/html", "<html>Access denied "+fake.Token+"</html>"),
		"a page":         say(200, "text/html", "<html>Welcome to the hotel's network</html>"),
		"no answer":      say(200, "application/json", ""),
		"half an answer": say(200, "application/json", `{"id":"17`),
		"empty object":   say(200, "application/json", `{}`),
		"null":           say(200, "application/json", `null`),
		"moved":          say(302, "text/html", ""),
	}
}
