package bottest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"rapporteur/bot/bottest"
)

// call calls a method of the Web API and returns the error of its answer.
func call(t *testing.T, s *bottest.Slack, method string, args ...string) (code string, answer map[string]any) {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(args); i += 2 {
		form.Set(args[i], args[i+1])
	}
	resp, err := http.PostForm(s.URL()+method, form)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if answer["ok"] != (answer["error"] == nil) {
		t.Errorf("%s: ok is %v, error %v", method, answer["ok"], answer["error"])
	}
	code, _ = answer["error"].(string)
	return code, answer
}

func TestSlackRefusesPosts(t *testing.T) {
	s := bottest.NewSlack(t)
	s.SetInterval(0)
	s.Archive(bottest.SlackOther)
	section := `{"type":"section","text":{"type":"plain_text","text":"%s"}}`
	for _, c := range []struct{ name, token, channel, text, blocks, metadata, want string }{
		{"fine", s.BotToken, "C0GENERAL", "hello", "", "", ""},
		{"no token", "", "C0GENERAL", "hello", "", "", "not_authed"},
		{"wrong token", "xoxb-1", "C0GENERAL", "hello", "", "", "invalid_auth"},
		{"other token", s.AppToken, "C0GENERAL", "hello", "", "", "not_allowed_token_type"},
		{"no channel", s.BotToken, "C1", "hello", "", "", "channel_not_found"},
		{"a name", s.BotToken, "#general", "hello", "", "", "channel_not_found"},
		{"archived", s.BotToken, "C0OTHER", "hello", "", "", "is_archived"},
		{"outside", s.BotToken, "C0OUTSIDE", "hello", "", "", "not_in_channel"},
		{"no text", s.BotToken, "C0GENERAL", " ", "[" + fmt.Sprintf(section, "x") + "]", "", "no_text"},
		{"long text", s.BotToken, "C0GENERAL", strings.Repeat("x", 40_001), "", "", "msg_too_long"},
		{"no JSON", s.BotToken, "C0GENERAL", "hello", "{", "", "invalid_blocks_format"},
		{"51 blocks", s.BotToken, "C0GENERAL", "hello", "[" + strings.Repeat(`{"type":"divider"},`, 50) + `{"type":"divider"}]`, "", "invalid_blocks"},
		{"50 blocks", s.BotToken, "C0GENERAL", "hello", "[" + strings.Repeat(`{"type":"divider"},`, 49) + `{"type":"divider"}]`, "", ""},
		{"long section", s.BotToken, "C0GENERAL", "hello", "[" + fmt.Sprintf(section, strings.Repeat("x", 3001)) + "]", "", "invalid_blocks"},
		{"long in all", s.BotToken, "C0GENERAL", "hello", "[" + strings.Repeat(fmt.Sprintf(section, strings.Repeat("x", 2500))+",", 4) +
			fmt.Sprintf(section, strings.Repeat("x", 2500)) + "]", "", "msg_blocks_too_long"},
		{"empty words", s.BotToken, "C0GENERAL", "hello",
			`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}]`, "", "invalid_blocks"},
		{"metadata", s.BotToken, "C0GENERAL", "hello", "", `{"event_type":"x","event_payload":{"key":"1"}}`, ""},
		{"no metadata", s.BotToken, "C0GENERAL", "hello", "", `{"event_type":"","event_payload":null}`, "invalid_metadata_format"},
	} {
		got, _ := call(t, s, "chat.postMessage", "token", c.token, "channel", c.channel, "text", c.text, "blocks", c.blocks, "metadata", c.metadata)
		if got != c.want {
			t.Errorf("%s: error %q, want %q", c.name, got, c.want)
		}
	}
	if got := len(s.Shown(bottest.SlackGeneral)); got != 3 {
		t.Errorf("%d messages are shown, want the 3 that were not refused", got)
	}
}

// The schema of Slack's own types is checked too, where it is at hand.
func TestSlackRefusesWhatTheSchemaRefuses(t *testing.T) {
	if bottest.Spec("slack-blockkit.schema.json") == "" {
		t.Skip("the schema of Slack's blocks is not at hand")
	}
	s := bottest.NewSlack(t)
	s.SetInterval(0)
	for _, block := range []string{`{"type":"hologram"}`, `{"type":"divider","color":"red"}`, `17`,
		`{"type":"rich_text","elements":[{"type":"rich_text_quote","elements":[{"type":"shout","text":"x"}]}]}`} {
		got, _ := call(t, s, "chat.postMessage", "token", s.BotToken, "channel", "C0GENERAL", "text", "x", "blocks", "["+block+"]")
		if got != "invalid_blocks" {
			t.Errorf("%s: error %q", block, got)
		}
	}
}

func TestSlackWantsToBeLeftAlone(t *testing.T) {
	s := bottest.NewSlack(t)
	s.SetInterval(time.Hour)
	for i, want := range []string{"", "ratelimited", "ratelimited"} {
		if got, _ := call(t, s, "chat.postMessage", "token", s.BotToken, "channel", "C0GENERAL", "text", "x"); got != want {
			t.Errorf("post %d: error %q, want %q", i, got, want)
		}
	}
	if got, _ := call(t, s, "chat.postMessage", "token", s.BotToken, "channel", "C0OTHER", "text", "x"); got != "" {
		t.Errorf("in another channel: error %q", got)
	}
	if got := s.RateRefusals(); got != 2 {
		t.Errorf("%d posts came too soon, want 2", got)
	}
}

// Each method takes so many calls in a minute, as its tier has.
func TestSlackTakesSoManyCalls(t *testing.T) {
	for method, want := range map[string]int{"apps.connections.open": 5, "conversations.history": 50, "views.publish": 100, "auth.test": 300} {
		s := bottest.NewSlack(t)
		token := s.BotToken
		if method == "apps.connections.open" {
			token = s.AppToken
		}
		for i := range want + 1 {
			got, _ := call(t, s, method, "token", token, "channel", bottest.SlackGeneral)
			if (got == "ratelimited") != (i == want) {
				t.Fatalf("%s, call %d: error %q", method, i+1, got)
			}
		}
		if got, _ := call(t, s, "conversations.info", "token", s.BotToken, "channel", bottest.SlackGeneral); got != "" {
			t.Errorf("another method after %s: error %q", method, got)
		}
	}
}

func TestSlackNotifies(t *testing.T) {
	s := bottest.NewSlack(t)
	s.SetInterval(0)
	rich := `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[%s]}]}]`
	for _, c := range []struct {
		text, blocks, link string
		pings              int
		shown              string
	}{
		{"&lt;!channel&gt; &amp; *so* @everyone", "", "", 0, "<!channel> & so @everyone"},
		{"<!channel> <!here|here> <@U1> <#C1|general> <http://a.example|a>", "", "", 3, "@channel here @U1 general a"},
		{"@everyone", "", "1", 1, "@everyone"},
		{"x", fmt.Sprintf(rich, `{"type":"text","text":"<!channel> *b* &amp;"}`), "", 0, "<!channel> *b* &amp;"},
		{"<!here>", fmt.Sprintf(rich, `{"type":"text","text":"x"}`), "", 1, "x"},
		{"x", fmt.Sprintf(rich, `{"type":"broadcast","range":"here"},{"type":"user","user_id":"U1"}`), "", 2, "@here@U1"},
	} {
		before := s.Pings()
		code, _ := call(t, s, "chat.postMessage", "token", s.BotToken, "channel", "C0GENERAL", "text", c.text, "blocks", c.blocks, "link_names", c.link)
		shown := s.Shown(bottest.SlackGeneral)
		if got := s.Pings() - before; code != "" || got != c.pings || shown[len(shown)-1] != c.shown {
			t.Errorf("%q %q: error %q, %d pings, shown %q; want %d, %q", c.text, c.blocks, code, got, shown[len(shown)-1], c.pings, c.shown)
		}
	}
}

// listen opens a socket and returns it after its greeting.
func listen(t *testing.T, s *bottest.Slack) *websocket.Conn {
	t.Helper()
	code, answer := call(t, s, "apps.connections.open", "token", s.AppToken)
	if code != "" {
		t.Fatal(code)
	}
	conn, _, err := websocket.DefaultDialer.Dial(answer["url"].(string), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if got := receive(t, conn); got["type"] != "hello" {
		t.Fatalf("the greeting is %v", got)
	}
	s.Connected(t, 10*time.Second)
	if _, _, err := websocket.DefaultDialer.Dial(answer["url"].(string), nil); err == nil {
		t.Error("an address opens two sockets")
	}
	return conn
}

func receive(t *testing.T, conn *websocket.Conn) (got map[string]any) {
	t.Helper()
	if err := conn.ReadJSON(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestSlackWantsAcknowledgements(t *testing.T) {
	s := bottest.NewSlack(t)
	if asked := s.Slash("/ask", "who?", "C0GENERAL", "U0ANN"); !closed(asked.Late) {
		t.Error("a command arrives where nobody listens")
	}
	conn := listen(t, s)
	for text, want := range map[string]bool{"Luxon.": true, strings.Repeat("x", 20<<10): false} {
		asked := s.Slash("/ask", "who?", "C0GENERAL", "U0ANN")
		id := receive(t, conn)["envelope_id"]
		conn.WriteJSON(map[string]any{"envelope_id": id, "payload": map[string]any{"text": text}})
		select {
		case <-asked.Acked:
			if !want {
				t.Error("an acknowledgement of 20 kB is taken")
			}
			if m := <-asked.Answers; m.Text != text || m.Only != "U0ANN" {
				t.Errorf("the answer is %v", m)
			}
		case <-asked.Late:
			if want {
				t.Error("an acknowledgement is not taken")
			}
		}
	}
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestSlackTakesFiveAnswers(t *testing.T) {
	s := bottest.NewSlack(t)
	conn := listen(t, s)
	s.Slash("/ask", "R&D?", "C0GENERAL", "U0ANN")
	payload := receive(t, conn)["payload"].(map[string]any)
	if payload["text"] != "R&amp;D?" {
		t.Errorf("the text is %q, which Slack would have escaped", payload["text"])
	}
	for i, want := range []int{200, 200, 200, 200, 200, 404} {
		resp, err := http.Post(payload["response_url"].(string), "application/json", strings.NewReader(`{"text":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("answer %d: status %d, want %d", i+1, resp.StatusCode, want)
		}
	}
}

func TestSlackUpdatesAndLists(t *testing.T) {
	s := bottest.NewSlack(t)
	meta := `{"event_type":"x","event_payload":{"key":"1"}}`
	_, posted := call(t, s, "chat.postMessage", "token", s.BotToken, "channel", "C0GENERAL", "text", "one", "metadata", meta)
	ts := posted["ts"].(string)
	if code, _ := call(t, s, "chat.update", "token", s.BotToken, "channel", "C0GENERAL", "ts", ts, "text", "two"); code != "" {
		t.Error(code)
	}
	theirs, _ := s.Mention("hello", "C0GENERAL", "U0ANN")
	if code, _ := call(t, s, "chat.update", "token", s.BotToken, "channel", "C0GENERAL", "ts", theirs, "text", "two"); code != "cant_update_message" {
		t.Errorf("somebody else's message: %q", code)
	}
	for all, want := range map[string]bool{"1": true, "0": false} {
		_, answer := call(t, s, "conversations.history", "token", s.BotToken, "channel", "C0GENERAL", "include_all_metadata", all)
		messages := answer["messages"].([]any)
		oldest := messages[len(messages)-1].(map[string]any)
		if oldest["text"] != "two" || (oldest["metadata"] != nil) != want {
			t.Errorf("include_all_metadata %s: %v", all, oldest)
		}
	}
}
