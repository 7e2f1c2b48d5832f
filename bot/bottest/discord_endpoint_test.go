package bottest

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// endpoint is a bot's endpoint that answers with f what is signed well, and
// sees of the signature as much as sees says.
func (d *Discord) endpoint(t *testing.T, sees func(body []byte, stamp, signature string) bool, f func(map[string]any) string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !sees(body, r.Header.Get("X-Signature-Timestamp"), r.Header.Get("X-Signature-Ed25519")) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var i map[string]any
		_ = json.Unmarshal(body, &i)
		w.Header().Set("Content-Type", "application/json")
		answer := `{"type":1}`
		if i["type"] != 1.0 {
			answer = f(i)
		}
		if answer == "" {
			w.WriteHeader(http.StatusAccepted)
		}
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// wellSigned looks at the signature as a bot should.
func (d *Discord) wellSigned(body []byte, stamp, signature string) bool {
	key, _ := hex.DecodeString(d.PublicKey())
	signed, err := hex.DecodeString(signature)
	return err == nil && len(signed) == ed25519.SignatureSize && ed25519.Verify(key, append([]byte(stamp), body...), signed)
}

func TestDiscordEndpoint(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	answer := ""
	err := a.SetEndpoint(a.endpoint(t, a.wellSigned, func(i map[string]any) string {
		a.asked <- i
		return answer
	}))
	if err != nil {
		t.Fatal(err)
	}
	user := a.NewUser()
	ask := func(response string) DiscordAnswer {
		answer = response
		return receive(t, "answer", a.Begin("ask", map[string]any{"question": "x"}, a.Channel, user).Answer)
	}
	if got := ask(buttons(0)); got.Message.Content != "one" {
		t.Errorf("the answer is %+v", got)
	}
	answer = `{"type":7,"data":{"content":"two"}}`
	if got := receive(t, "answer", a.Press(a.Messages(a.Channel)[0], "next", user).Answer); !got.Updated || got.Message.Content != "two" {
		t.Errorf("the press gives %+v", got)
	}
	answer = `{"type":8,"data":{"choices":[{"name":"a","value":"b"}]}}`
	if got := a.Complete("ask", nil, "question", a.Channel, user); len(got.Choices) != 1 {
		t.Errorf("offered is %+v", got)
	}
	for _, wrong := range []string{`{"type":4}`, `{"type":4,"data":{"content":""}}`, `{"type":6}`, `{}`, `x`, `{"type":4,"data":{"content":"x","mood":"good"}}`} {
		if got := ask(wrong); got.Err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
}

// TestDiscordEndpointLater sees that an endpoint can answer by the token.
func TestDiscordEndpointLater(t *testing.T) {
	a := newDiscordApp(t, manyCommands)
	response := `{"type":5}`
	if err := a.SetEndpoint(a.endpoint(t, a.wellSigned, func(i map[string]any) string { a.asked <- i; return response })); err != nil {
		t.Fatal(err)
	}
	ask := a.Begin("ask", map[string]any{"question": "x"}, a.NewPrivate(), a.NewUser())
	i := a.next()
	receive(t, "acknowledgement", ask.Acked)
	a.refused("the answer", "PATCH", a.hook(i)+"/messages/@original", `{"content":"later"}`, 200, 0)
	if got := receive(t, "answer", ask.Answer); got.Shown != "later" {
		t.Errorf("the answer is %+v", got)
	}
	response = ""
	ask = a.Begin("ask", map[string]any{"question": "x"}, a.Channel, a.NewUser())
	if status, code := a.respond(a.next(), said); status != 204 {
		t.Errorf("a response by the token after 202 gets %d, %d", status, code)
	}
	if got := receive(t, "answer", ask.Answer); got.Shown != "x" {
		t.Errorf("the answer is %+v", got)
	}
	a.AckWithin = 50 * time.Millisecond
	if got := receive(t, "end", a.Begin("ask", map[string]any{"question": "x"}, a.Channel, a.NewUser()).Answer); got.Err == nil {
		t.Error("who asked is not told that there is no answer")
	}
}

// TestDiscordEndpointCareless sees that an endpoint is not taken that does not
// look at signatures as it should, or is none.
func TestDiscordEndpointCareless(t *testing.T) {
	d := NewDiscord(t)
	for name, sees := range map[string]func([]byte, string, string) bool{
		"looks at nothing":    func([]byte, string, string) bool { return true },
		"wants any signature": func(_ []byte, _, signature string) bool { return len(signature) == 128 },
		"leaves the time out": func(body []byte, _, signature string) bool { return d.wellSigned(body, "", signature) },
		"leaves the body out": func(_ []byte, stamp, signature string) bool { return d.wellSigned(nil, stamp, signature) },
		"refuses everything":  func([]byte, string, string) bool { return false },
		"trims what was signed": func(body []byte, stamp, signature string) bool {
			return d.wellSigned([]byte(strings.TrimSpace(string(body))), stamp, signature)
		},
	} {
		if err := d.SetEndpoint(d.endpoint(t, sees, nil)); err == nil {
			t.Errorf("an endpoint that %s is taken", name)
		}
	}
	if err := d.SetEndpoint("http://127.0.0.1:1/"); err == nil {
		t.Error("an endpoint that is not there is taken")
	}
}
