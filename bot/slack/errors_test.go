package slack_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"rapporteur/bot"
	"rapporteur/bot/bottest"
)

func TestPostTellsRefusedFromUnknown(t *testing.T) {
	const (
		gone    = "gone"
		retry   = "retry"
		unknown = "unknown"
	)
	for _, c := range []struct {
		name, body, after string
		status            int
		want              string
		wait              time.Duration
	}{
		{"limited", "", "30", 429, retry, 30 * time.Second},
		{"limited without a time", "", "", 429, retry, 0},
		{"limited with nonsense", "", "soon", 429, retry, 0},
		{"limited as JSON", `{"ok":false,"error":"ratelimited"}`, "", 200, retry, 0},
		{"deleted", `{"ok":false,"error":"channel_not_found"}`, "", 200, gone, 0},
		{"archived", `{"ok":false,"error":"is_archived"}`, "", 200, gone, 0},
		{"not in it", `{"ok":false,"error":"not_in_channel"}`, "", 200, gone, 0},
		{"read only", `{"ok":false,"error":"restricted_action_read_only_channel"}`, "", 200, gone, 0},
		{"too long", `{"ok":false,"error":"msg_blocks_too_long"}`, "", 200, retry, 0},
		{"revoked", `{"ok":false,"error":"token_revoked"}`, "", 200, retry, 0},
		{"unheard of", `{"ok":false,"error":"something_new"}`, "", 200, retry, 0},
		{"broken inside", `{"ok":false,"error":"internal_error"}`, "", 200, unknown, 0},
		{"server error", "<html>oops</html>", "", 500, unknown, 0},
		{"gateway", "", "", 502, unknown, 0},
		{"page", "<html>log in</html>", "", 200, unknown, 0},
		{"empty", "", "", 200, unknown, 0},
		{"no time stamp", `{"ok":true}`, "", 200, unknown, 0},
		{"not ok, no word", `{"ok":false}`, "", 200, unknown, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			fake, platform, _ := join(t)
			fake.Intercept(func(_ string, w http.ResponseWriter, _ *http.Request) bool {
				if c.after != "" {
					w.Header().Set("Retry-After", c.after)
				}
				w.WriteHeader(c.status)
				w.Write([]byte(c.body))
				return true
			})
			_, err := platform.Post(t.Context(), bottest.SlackGeneral, "key", bot.Message{Text: "first"})
			got := unknown
			var refused *bot.RetryError
			if errors.As(err, &refused) {
				got = retry
				if refused.After != c.wait {
					t.Errorf("after %v, want %v", refused.After, c.wait)
				}
			} else if errors.Is(err, bot.ErrGone) {
				got = gone
			}
			if err == nil || got != c.want {
				t.Errorf("%v: %s, want %s", err, got, c.want)
			}
		})
	}
}

func TestPostWithoutConnectionIsNotMade(t *testing.T) {
	fake, platform, _ := join(t)
	fake.Stop()
	_, err := platform.Post(t.Context(), bottest.SlackGeneral, "key", bot.Message{Text: "first"})
	var refused *bot.RetryError
	if !errors.As(err, &refused) {
		t.Errorf("%v, want a RetryError", err)
	}
}

// A post whose answer is lost may be there: the error says neither that it was
// refused nor that the channel is gone, and Find finds it.
func TestPostWithLostAnswer(t *testing.T) {
	fake, platform, _ := join(t)
	fake.SetHooks(nil, func() { panic(http.ErrAbortHandler) })
	_, err := platform.Post(t.Context(), bottest.SlackGeneral, "key", bot.Message{Text: "first"})
	var refused *bot.RetryError
	if err == nil || errors.As(err, &refused) || errors.Is(err, bot.ErrGone) {
		t.Errorf("Post: %v, want an error of unknown outcome", err)
	}
	if _, found, err := platform.Find(t.Context(), bottest.SlackGeneral, "key"); err != nil || !found {
		t.Errorf("Find = %v, %v", found, err)
	}
}

func TestFindReadsPages(t *testing.T) {
	fake, platform, _ := join(t)
	want, err := platform.Post(t.Context(), bottest.SlackGeneral, "key", bot.Message{Text: "first"})
	if err != nil {
		t.Fatal(err)
	}
	for range 450 {
		fake.Mention("chatter", bottest.SlackGeneral, "U0ANN")
	}
	id, found, err := platform.Find(t.Context(), bottest.SlackGeneral, "key")
	if err != nil || !found || id != want {
		t.Errorf("Find = %q, %v, %v; want %q", id, found, err, want)
	}
}

// An answer that is not Slack's must not look like an empty channel, or a post
// would be made again.
func TestFindWithStrangeAnswer(t *testing.T) {
	fake, platform, _ := join(t)
	if _, err := platform.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{`{}`, `null`, ``, `{"ok":false}`, `{"ok":false,"error":"internal_error"}`, `<html>`} {
		fake.Intercept(func(_ string, w http.ResponseWriter, _ *http.Request) bool {
			w.Write([]byte(body))
			return true
		})
		if _, found, err := platform.Find(t.Context(), bottest.SlackGeneral, "key"); err == nil || found {
			t.Errorf("%q: Find = %v, %v; want an error", body, found, err)
		}
	}
}

// A post of somebody else that holds the same key is not the bot's.
func TestFindTrustsNobodyElse(t *testing.T) {
	fake, platform, _ := join(t)
	fake.Intercept(func(method string, w http.ResponseWriter, _ *http.Request) bool {
		if method != "conversations.history" {
			return false
		}
		w.Write([]byte(`{"ok":true,"messages":[{"ts":"1.2","bot_id":"B0OTHER","metadata":` +
			`{"event_type":"rapporteur_publication","event_payload":{"key":"key"}}}]}`))
		return true
	})
	if _, found, err := platform.Find(t.Context(), bottest.SlackGeneral, "key"); err != nil || found {
		t.Errorf("Find = %v, %v; want none", found, err)
	}
}

func TestFindWhereTheBotIsNot(t *testing.T) {
	_, platform, _ := join(t)
	if _, _, err := platform.Find(t.Context(), bottest.SlackOutside, "key"); !errors.Is(err, bot.ErrGone) {
		t.Errorf("in a channel without the bot: %v, want ErrGone", err)
	}
}

func TestBadTokensSayWhatToDo(t *testing.T) {
	for _, c := range []struct{ name, method, code, want string }{
		{"no bot token", "auth.test", "invalid_auth", "SLACK_BOT_TOKEN"},
		{"revoked", "auth.test", "token_revoked", "SLACK_BOT_TOKEN"},
		{"removed", "auth.test", "account_inactive", "SLACK_BOT_TOKEN"},
		{"no app token", "apps.connections.open", "invalid_auth", "SLACK_APP_TOKEN"},
		{"exchanged", "apps.connections.open", "not_allowed_token_type", "SLACK_APP_TOKEN"},
		{"without its right", "apps.connections.open", "missing_scope", "connections:write"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fake, platform, _ := join(t)
			fake.Intercept(func(method string, w http.ResponseWriter, _ *http.Request) bool {
				if method != c.method {
					return false
				}
				w.Header().Set("Content-Type", "application/json")
				w.Write([]byte(`{"ok":false,"error":"` + c.code + `"}`))
				return true
			})
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			run := platform.Run(ctx, func(context.Context, bot.Command) bot.Message { return bot.Message{} })
			_, check := platform.Check(ctx)
			for _, err := range []error{run, check} {
				if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.code) {
					t.Errorf("%v; want one with %s and %s", err, c.want, c.code)
				}
			}
		})
	}
}

func TestCheck(t *testing.T) {
	_, platform, _ := join(t)
	got, err := platform.Check(t.Context())
	if want := "connected as @rapporteur in workspace Example"; got != want || err != nil {
		t.Errorf("Check = %q, %v; want %q", got, err, want)
	}
}

// Check names each right that the app lacks, and what to do.
func TestCheckNamesMissingScopes(t *testing.T) {
	fake, platform, _ := join(t)
	fake.Grant([]string{"chat:write", "commands"}, nil)
	_, err := platform.Check(t.Context())
	for _, want := range []string{"scope links:read: ", "scope im:history: ", "rapporteur manifest", "install the app again"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in: %v", want, err)
		}
	}
	if err != nil && strings.Contains(err.Error(), "chat:write") {
		t.Errorf("a right that is there is said to be missing: %v", err)
	}
}
