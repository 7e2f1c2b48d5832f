package bottest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

// A discordApp is an application that does what a test tells it: it takes
// interactions from the gateway and makes requests.
type discordApp struct {
	*Discord
	t     *testing.T
	asked chan map[string]any // interactions as they came
}

// newDiscordApp connects an application with these commands to a fake. What the
// fake takes must fit the specification; what it refuses need not.
func newDiscordApp(t *testing.T, commands string) *discordApp {
	t.Helper()
	t.Parallel()
	a := &discordApp{NewDiscord(t), t, make(chan map[string]any, 100)}
	a.Limit(0, 0)
	a.breaking = true
	w := wire(t, a.gatewayURL())
	w.say(opIdentify, a.identity())
	go a.listen(w)
	if !a.Ready(1, patience) {
		t.Fatal("no session")
	}
	if commands != "" {
		if status, code, _ := a.call("PUT", "/applications/"+a.App+"/commands", commands); status != 200 {
			t.Fatalf("commands: %d, %d", status, code)
		}
	}
	return a
}

// listen takes what the gateway sends until it is closed.
func (a *discordApp) listen(w discordWire) {
	for {
		var p discordPacket
		if w.ws.ReadJSON(&p) != nil {
			return
		}
		if p.Type != nil && *p.Type == "INTERACTION_CREATE" {
			a.asked <- p.Data.(map[string]any)
		}
	}
}

// call makes a request and returns the status, the code of the refusal or 0,
// and the answer if it is an object.
func (a *discordApp) call(method, path, body string) (status, code int, answer map[string]any) {
	a.t.Helper()
	status, raw := a.request(method, path, body)
	_ = json.Unmarshal(raw, &answer) // a list or nothing is not looked at
	if status >= 400 {
		code = number(answer["code"], 0)
	}
	return status, code, answer
}

// list returns the answer to a request for a list.
func (a *discordApp) list(path string) (list []any) {
	a.t.Helper()
	if _, raw := a.request("GET", path, ""); json.Unmarshal(raw, &list) != nil {
		a.t.Fatalf("%s is no list", path)
	}
	return list
}

func (a *discordApp) request(method, path, body string) (status int, answer []byte) {
	a.t.Helper()
	r, err := http.NewRequest(method, a.URL()+"/api/v10"+path, bytes.NewReader([]byte(body)))
	if err != nil {
		a.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+a.Token)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		a.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return resp.StatusCode, raw
}

// refused reports an error unless a request gets this status and code.
func (a *discordApp) refused(what, method, path, body string, status, code int) {
	a.t.Helper()
	if s, c, _ := a.call(method, path, body); s != status || c != code {
		a.t.Errorf("%s: %d, %d; want %d, %d", what, s, c, status, code)
	}
}

// next returns the next interaction.
func (a *discordApp) next() map[string]any {
	a.t.Helper()
	return receive(a.t, "interaction", a.asked)
}

// respond makes the first response to an interaction.
func (a *discordApp) respond(i map[string]any, body string) (status, code int) {
	a.t.Helper()
	status, code, _ = a.call("POST", "/interactions/"+i["id"].(string)+"/"+i["token"].(string)+"/callback", body)
	return status, code
}

// hook returns the path of an interaction's webhook.
func (a *discordApp) hook(i map[string]any) string {
	return "/webhooks/" + a.App + "/" + i["token"].(string)
}

// object returns the object at a path of names in an event.
func object(v map[string]any, names ...string) map[string]any {
	for _, name := range names {
		v, _ = v[name].(map[string]any)
	}
	return v
}
