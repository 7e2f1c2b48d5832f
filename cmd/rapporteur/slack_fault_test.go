package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapporteur/bot/bottest"
)

// failing has the first n calls of a method answered by fail; n < 0 means all.
func (o *office) failing(method string, n int32, fail func(http.ResponseWriter)) {
	var calls atomic.Int32
	o.Intercept(func(m string, w http.ResponseWriter, _ *http.Request) bool {
		if m != method && method != "" || n >= 0 && calls.Add(1) > n {
			return false
		}
		fail(w)
		return true
	})
}

func status(code int, header, body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		if name, value, ok := strings.Cut(header, ": "); ok {
			w.Header().Set(name, value)
		}
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

func slackError(code string) func(http.ResponseWriter) {
	return status(200, "Content-Type: application/json", `{"ok":false,"error":"`+code+`"}`)
}

// Whatever Slack does, a question is acknowledged in time and answered once.
func TestSlackFaultsWhileAsked(t *testing.T) {
	slow := func(http.ResponseWriter) { time.Sleep(3200 * time.Millisecond) }
	for name, fault := range map[string]func(*office){
		"429 for 1 s":                func(o *office) { o.failing("response_url", 1, status(429, "Retry-After: 1", "")) },
		"429 without a time":         func(o *office) { o.failing("response_url", 1, status(429, "", "")) },
		"429 with nonsense":          func(o *office) { o.failing("response_url", 1, status(429, "Retry-After: soon", "")) },
		"expired response_url":       func(o *office) { o.failing("response_url", -1, status(404, "", "expired_url")) },
		"3.2 s latency":              func(o *office) { o.delay(slow) },
		"an unknown event before":    func(o *office) { o.Event(map[string]any{"type": "telepathy", "user": nil}) },
		"an unknown envelope before": func(o *office) { o.Send("telepathy", map[string]any{"x": 1}) },
		"an unknown block before": func(o *office) {
			o.Send("interactive", map[string]any{"type": "block_actions", "actions": []any{map[string]any{"type": "hologram", "action_id": "x"}}, "message": map[string]any{"blocks": []any{map[string]any{"type": "hologram"}}}})
		},
		"nil fields before": func(o *office) {
			o.Send("interactive", map[string]any{"type": "block_actions", "team": nil, "user": nil, "actions": nil, "view": nil, "channel": nil})
		},
		"a button without meaning": func(o *office) {
			o.Send("interactive", map[string]any{"type": "block_actions", "actions": []any{nil, map[string]any{"action_id": "next"}, map[string]any{"action_id": "share", "value": "zzz"}}})
		},
		"a form without meaning": func(o *office) {
			o.Send("interactive", map[string]any{"type": "view_submission", "view": map[string]any{"callback_id": "ask_form", "state": nil}})
		},
		"malformed JSON before": func(o *office) { o.Push(`{"envelope_id":"x","payload":`) },
		"70 kB before": func(o *office) {
			o.Event(map[string]any{"type": "message", "channel_type": "channel", "channel": bottest.SlackGeneral, "user": ann, "ts": "1.2", "text": strings.Repeat("x", 70_000)})
		},
		"a mention of 70 kB before": func(o *office) {
			_, events := o.Mention(strings.Repeat("x ", 35_000), bottest.SlackGeneral, "U0BO")
			o.acked(events[0])
		},
		"disconnect, refresh":  func(o *office) { o.again(func() { o.Disconnect("refresh_requested") }) },
		"disconnect, too many": func(o *office) { o.again(func() { o.Disconnect("too_many_websockets") }) },
		"link disabled for a while": func(o *office) {
			o.failing("apps.connections.open", 2, slackError("socket_mode_disabled"))
			o.again(func() { o.Disconnect("link_disabled") })
		},
		"500 on coming back": func(o *office) { o.failing("apps.connections.open", 2, status(500, "", "")); o.again(o.Break) },
		"HTML on coming back": func(o *office) {
			o.failing("apps.connections.open", 2, status(200, "Content-Type: text/html", "<html>oops</html>"))
			o.again(o.Break)
		},
		"429 on coming back": func(o *office) {
			o.failing("apps.connections.open", 1, status(429, "Retry-After: 1", ""))
			o.again(o.Break)
		},
		"disconnect, link disabled":   func(o *office) { o.again(func() { o.Disconnect("link_disabled") }) },
		"the connection breaks":       func(o *office) { o.again(o.Break) },
		"no right to look up anybody": func(o *office) { o.failing("users.info", -1, slackError("missing_scope")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, islands)
			fault(o)
			asked := o.Slash("/ask", "who opened the first tidal plant?", bottest.SlackGeneral, ann)
			again := o.Resend(asked.Envelope)
			o.acked(asked.Envelope)
			o.acked(again)
			m := o.answer(asked)
			wants(t, m.Shown(), "Ruth Amadi opened")
			o.Intercept(nil)
			wants(t, o.answer(o.Slash("/briefs", "", bottest.SlackGeneral, "U0BO")).Shown(), "/briefs list")
			select {
			case m := <-asked.Answers:
				t.Errorf("it is answered again: %s", m.Shown())
			default:
			}
			if o.Pings() > 0 {
				t.Error("somebody was notified")
			}
		})
	}
}

// delay holds every answer of Slack's Web API up.
func (o *office) delay(wait func(http.ResponseWriter)) {
	o.Intercept(func(string, http.ResponseWriter, *http.Request) bool {
		wait(nil)
		return false
	})
}

// again waits until the rapporteur has come back after lose.
func (o *office) again(lose func()) {
	o.t.Helper()
	opened := o.Opened()
	lose()
	o.Reconnected(o.t, opened, patience)
}

// If Slack does not say whether an answer that only one person sees has arrived,
// it is not given again, and that person is told.
func TestSlackUnknownWhetherAnswered(t *testing.T) {
	for name, fail := range map[string]func(http.ResponseWriter){
		"500":           status(500, "", ""),
		"HTML":          status(502, "Content-Type: text/html", "<html>oops</html>"),
		"HTML with 200": status(200, "Content-Type: text/html", "<html>oops</html>"),
		"broken off":    func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, islands)
			o.failing("response_url", -1, fail)
			asked := o.Slash("/ask", "who opened the first tidal plant?", bottest.SlackGeneral, ann)
			o.acked(asked.Envelope)
			wants(t, o.answer(asked).Shown(), "did not tell me whether my answer reached you", "not Ruth Amadi")
			o.Intercept(nil)
			wants(t, o.answer(o.Slash("/ask", "who opened the first tidal plant?", bottest.SlackGeneral, "U0BO")).Shown(), "Ruth Amadi opened")
			if len(asked.Answers) > 0 {
				t.Error("more is said")
			}
		})
	}
}

// A button that is pressed does its work once, however often Slack tells of it,
// and also where Slack does not say whether what came of it arrived.
func TestSlackFaultsWhilePressed(t *testing.T) {
	for name, c := range map[string]struct {
		n    int32 // answers that fail; all if below 0
		fail func(http.ResponseWriter)
		want string
	}{
		"no fault":   {0, nil, "Next passage (3 of"},
		"500":        {2, status(500, "", ""), "Next passage (3 of"},
		"broken off": {1, func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, "Next passage (3 of"},
		"expired":    {-1, status(404, "", "expired_url"), "Next passage (3 of"},
		"500 always": {-1, status(500, "", ""), "did not tell me whether my answer reached you"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, islands)
			m := o.say("/ask", "who opened the first tidal plant?")
			o.failing("response_url", c.n, c.fail)
			pressed := o.Press(m, "Next passage", ann)
			o.acked(o.Resend(pressed.Envelope))
			came := o.answer(pressed)
			wants(t, came.Shown(), c.want)
			if want := c.n >= 0; came.Replaces != want {
				t.Errorf("in the place of the answer: %t, want %t", came.Replaces, want)
			}
			o.Intercept(nil)
			wants(t, o.answer(o.Slash("/briefs", "", bottest.SlackGeneral, "U0BO")).Shown(), "/briefs list")
			if len(pressed.Answers) > 0 {
				t.Error("more is shown")
			}
		})
	}
}

// A mention is answered once however Slack fails meanwhile, and is answered in
// the end unless it fails for good.
func TestSlackFaultsWhileMentioned(t *testing.T) {
	posts := func(n int32, fail func(http.ResponseWriter)) func(*office) {
		return func(o *office) { o.failing("chat.postMessage", n, fail) }
	}
	var lost, late atomic.Bool
	for name, c := range map[string]struct {
		fault func(*office)
		want  int
	}{
		"429 for 1 s":        {posts(1, status(429, "Retry-After: 1", "")), 1},
		"429 without a time": {posts(1, status(429, "", "")), 1},
		"429 five times":     {posts(5, status(429, "", "")), 1},
		"ratelimited":        {posts(1, slackError("ratelimited")), 1},
		"archived":           {posts(9, slackError("is_archived")), 0},
		"not in the channel": {posts(9, slackError("not_in_channel")), 0},
		"token revoked":      {posts(9, slackError("token_revoked")), 0},
		"500":                {posts(2, status(500, "", "oops")), 1},
		"HTML":               {posts(1, status(502, "Content-Type: text/html", "<html>oops</html>")), 1},
		"HTML with 200":      {posts(1, status(200, "Content-Type: text/html", "<html>oops</html>")), 1},
		"internal error":     {posts(1, slackError("internal_error")), 1},
		"broken off before":  {func(o *office) { o.SetHooks(func() bool { return lost.Swap(true) }, nil) }, 1},
		"broken off after": {func(o *office) {
			o.SetHooks(nil, func() {
				if !late.Swap(true) {
					panic(http.ErrAbortHandler)
				}
			})
		}, 1},
		"3.2 s latency": {func(o *office) { o.delay(func(http.ResponseWriter) { time.Sleep(3200 * time.Millisecond) }) }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, islands)
			c.fault(o)
			ts, events := o.Mention("who opened the first tidal plant?", bottest.SlackGeneral, ann)
			for _, e := range events {
				o.acked(e)
				o.acked(o.Resend(e))
			}
			if c.want == 0 {
				o.until("the failure is logged", func() bool { return strings.Contains(o.log.String(), "slack: answer") })
			}
			o.replies(bottest.SlackGeneral, ts, c.want)
			o.Intercept(nil)
			o.SetHooks(nil, nil)
			second, _ := o.Mention("who opened the second tidal plant?", bottest.SlackGeneral, ann)
			o.replies(bottest.SlackGeneral, second, 1)
			o.replies(bottest.SlackGeneral, ts, c.want)
		})
	}
}

// When Slack fails to tell for half a minute whether a mention was answered, it
// is not answered rather than twice.
func TestSlackLostAnswerThatCannotBeLookedFor(t *testing.T) {
	t.Parallel()
	o := newOffice(t, islands)
	var tries atomic.Int32
	o.Intercept(func(method string, w http.ResponseWriter, _ *http.Request) bool {
		if method == "chat.postMessage" {
			tries.Add(1)
		}
		if method != "conversations.replies" {
			return false
		}
		w.WriteHeader(500)
		return true
	})
	o.SetHooks(nil, func() { panic(http.ErrAbortHandler) })
	ts, _ := o.Mention("who opened the first tidal plant?", bottest.SlackGeneral, ann)
	o.until("it is given up", func() bool { return strings.Contains(o.log.String(), "look for an answer that may have arrived") })
	o.replies(bottest.SlackGeneral, ts, 1)
	if n := tries.Load(); n != 1 {
		t.Errorf("it was posted %d times", n)
	}
}

// An acknowledgement that got lost makes Slack send again what was answered.
func TestSlackLostAcknowledgement(t *testing.T) {
	o := newOffice(t, islands)
	asked := o.Slash("/ask", "who opened the first tidal plant?", bottest.SlackGeneral, ann)
	o.again(o.Break)
	o.acked(o.Resend(asked.Envelope))
	o.answer(asked)
	o.say("/briefs", "")
	if n := len(asked.Answers); n != 0 {
		t.Errorf("%d more answers", n)
	}
}

// What was answered is not answered again by a program that was started anew,
// to which Slack sends what the former one did not acknowledge.
func TestSlackLostAcknowledgementAndRestart(t *testing.T) {
	o := newOffice(t, islands)
	ts, events := o.Mention("who opened the first tidal plant?", bottest.SlackGeneral, ann)
	o.replies(bottest.SlackGeneral, ts, 1)
	o.stop()
	o.start()
	for _, e := range events {
		o.acked(o.Resend(e))
	}
	second, _ := o.Mention("who opened the second tidal plant?", bottest.SlackGeneral, ann)
	o.replies(bottest.SlackGeneral, second, 1)
	o.stop() // when all is answered that came
	o.replies(bottest.SlackGeneral, ts, 1)
}

// A connection that is dead without a word is noticed by the missing pings, both
// where nothing gets through any more and where all but the pings does.
func TestSlackDeadConnection(t *testing.T) {
	o := openOffice(t, islands)
	o.SetPing(20 * time.Millisecond)
	o.config.Slack.Silence = duration(300 * time.Millisecond)
	o.start()
	o.again(o.Freeze)
	wants(t, o.say("/ask", "who opened the first tidal plant?").Shown(), "Ruth Amadi opened")
	o.SetPing(time.Hour)
	o.again(o.Break)
	o.again(func() {}) // since it was never pinged
	o.SetPing(20 * time.Millisecond)
	o.until("a connection that is pinged takes the place of those that were not", func() bool {
		asked := o.Slash("/ask", "who opened the first tidal plant?", bottest.SlackGeneral, ann)
		select {
		case m := <-asked.Answers:
			return strings.Contains(m.Shown(), "Ruth Amadi opened")
		case <-asked.Late:
			return false
		}
	})
}

// A token that Slack does not accept any more ends the platform, not the
// program, and what to do is in the log.
func TestSlackTokenRevokedForGood(t *testing.T) {
	o := newOffice(t, islands)
	o.failing("", -1, slackError("token_revoked"))
	o.Break()
	o.until("it is told", func() bool { return strings.Contains(o.log.String(), "Slack does not accept SLACK_APP_TOKEN") })
}

// A channel that is archived before a publication comes takes its subscription
// to rest, and the post is made when somebody subscribes it anew.
func TestSlackArchivedMeanwhile(t *testing.T) {
	o := newOffice(t, islands)
	o.answer(o.Slash("/briefs", "subscribe", bottest.SlackOther, ann))
	o.Archive(bottest.SlackOther)
	o.file("new.md", "---\ntitle: Something new\npublished: "+time.Now().Format(time.DateOnly)+"\n---\n\nIt is new to all who follow this channel, as far as anybody can see.\n")
	o.until("the subscription rests", func() bool { return strings.Contains(o.say("/briefs", "list").Shown(), "paused") })
	if got := o.Shown(bottest.SlackOther); len(got) > 1 {
		t.Errorf("an archived channel shows %q", got)
	}
}

// Words of a publication are shown as they are, notify nobody, and change
// nothing around them.
func TestSlackHostileWords(t *testing.T) {
	hostile := []string{
		"@everyone, @here and @channel saw the heron",
		"<!channel> <!here|here> <@U1> <#C1|general> and <http://b.example|a> saw the otter",
		"*bold* _italic_ ~struck~ |pipe| > quote # heading and `code` saw the badger",
		"``` fence ``` &lt;!channel&gt; &amp; & < > saw the weasel",
		"\u202eשלום\u202c עולם, مرحبا and 👩\u200d👩\u200d👧 🇳🇿 zero\u200bwidth saw the stoat",
	}
	text := "---\ntitle: \"<!channel> *On* @everyone & <@U1>\"\nauthors: [\"<!here> Ada_*\"]\nurl: https://www.example.org/h\n---\n\n" + strings.Join(hostile, ".\n\n") + ".\n\n" +
		"The marten " + strings.Repeat("wörds and words ", 850) + "end.\n"
	o := newOffice(t, map[string]string{"hostile.txt": text})
	for i, animal := range []string{"heron", "otter", "badger", "weasel", "stoat"} {
		for _, m := range []bottest.SlackMessage{o.say("/ask", "who saw the "+animal+"?"), o.press(o.say("/ask", "who saw the "+animal+"?"), "Share")} {
			wants(t, m.Shown(), hostile[i], "<!channel> *On* @everyone & <@U1>", "<!here> Ada_*")
		}
	}
	wants(t, o.say("/ask", "where is the marten?").Shown(), "1 more passage did not fit", "not wörds")
	ts, _ := o.Mention("who saw the otter <!channel> & @everyone?", bottest.SlackGeneral, ann)
	wants(t, o.replies(bottest.SlackGeneral, ts, 1)[0].Shown(), hostile[1])
	o.OpenApp(ann, "home")
	o.until("the home view is there", func() bool { _, ok := o.Home(ann); return ok })
	o.PostLink(bottest.SlackGeneral, ann, "https://www.example.org/h")
	o.until("the link is shown", func() bool {
		shown, _ := o.Unfurled("https://www.example.org/h")
		return strings.Contains(shown, "<!channel> *On* @everyone & <@U1>")
	})
	o.say("/briefs", "subscribe")
	o.file("news.md", "---\ntitle: \"<!here> _News_\"\npublished: "+time.Now().Format(time.DateOnly)+"\n---\n\n## Key Takeaways\n\n- The <@U1> & \\*all\\* of @here \u202eשלום\u202c 🇳🇿 zero\u200bwidth.\n\n## Text\n\nIt is new to all who follow it here.\n")
	o.until("it is posted", func() bool {
		all := strings.Join(o.Shown(bottest.SlackGeneral), "\n")
		return strings.Contains(all, "<!here> _News_") && strings.Contains(all, "The <@U1> & *all* of @here \u202eשלום\u202c 🇳🇿 zero\u200bwidth.")
	})
	if o.Pings() > 0 {
		t.Errorf("%d were notified", o.Pings())
	}
}
