package bottest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"time"
)

// Codes of Discord's errors.
const (
	codeUnknownChannel     = 10003
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeAcknowledged       = 40060
	codeEmptyMessage       = 50006
	codeInvalidForm        = 50035
)

// A discordError is a refusal.
type discordError struct {
	Status  int    `json:"-"`
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func invalidForm(why string) *discordError {
	return &discordError{http.StatusBadRequest, codeInvalidForm, "Invalid Form Body: " + why}
}

// An endpoint answers one kind of request with a value to send as JSON, which
// is nil for an empty answer.
type discordEndpoint func(r *http.Request, body []byte) (any, *discordError)

// routes returns the whole of the server. Paths are those of the published
// specification.
func (d *Discord) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/gateway/{$}", d.serveGateway)
	const channel, hook = "/channels/{channel_id}/messages", "/webhooks/{webhook_id}/{webhook_token}"
	for pattern, e := range map[string]discordEndpoint{
		"GET /gateway":          d.getGateway,
		"GET /gateway/bot":      d.authorised(d.getGatewayBot),
		"GET /users/@me":        d.authorised(func(*http.Request, []byte) (any, *discordError) { return d.bot(), nil }),
		"GET /applications/@me": d.authorised(d.getApplication),
		"GET /applications/{application_id}/commands":                      d.authorised(d.getCommands),
		"PUT /applications/{application_id}/commands":                      d.authorised(d.putCommands),
		"GET /channels/{channel_id}":                                       d.authorised(d.getChannel),
		"GET " + channel:                                                   d.authorised(d.getMessages),
		"POST " + channel:                                                  d.authorised(d.postMessage),
		"POST /interactions/{interaction_id}/{interaction_token}/callback": d.callback,
		"POST " + hook:                                                     d.followUp,
		"GET " + hook + "/messages/@original":                              d.getOriginal,
		"PATCH " + hook + "/messages/@original":                            d.editOriginal,
		"DELETE " + hook + "/messages/@original":                           d.deleteOriginal,
	} {
		method, path, _ := strings.Cut(pattern, " ")
		for _, version := range []string{"v9", "v10"} {
			mux.Handle(method+" /api/"+version+path, d.serve(method, path, e))
		}
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		d.fault("%s %s is nothing that the fake knows", r.Method, d.clean(r.URL.Path))
		d.reply(w, nil, &discordError{http.StatusNotFound, 0, "404: Not Found"})
	})
	return mux
}

// serve returns the handler of one kind of request.
func (d *Discord) serve(method, path string, e discordEndpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.requests = append(d.requests, r.Method+" "+d.clean(r.URL.Path))
		intercept := d.intercept
		d.mu.Unlock()
		d.pause(d.Latency)
		if intercept != nil && intercept(w, r) {
			return
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, 25<<20))
		if err != nil {
			return
		}
		if err := d.spec.check(method, path, r, body); err != nil {
			d.fault("%s %s: %v", method, path, err)
		}
		answer, refusal := e(r, body)
		d.rateHeaders(w, r, refusal)
		d.reply(w, answer, refusal)
	})
}

// pause waits, or until the fake ends.
func (d *Discord) pause(wait time.Duration) {
	if wait <= 0 {
		return
	}
	select {
	case <-time.After(wait):
	case <-d.ended:
	}
}

var (
	versionPattern = regexp.MustCompile(`^/api/v\d+`)
	tokenPattern   = regexp.MustCompile(`(/(?:interactions|webhooks)/\d+)/[^/]+`)
)

// clean returns a request's path without the version and without any token.
func (d *Discord) clean(path string) string {
	return tokenPattern.ReplaceAllString(versionPattern.ReplaceAllString(path, ""), "$1")
}

// authorised returns e for those who send the bot's token.
func (d *Discord) authorised(e discordEndpoint) discordEndpoint {
	return func(r *http.Request, body []byte) (any, *discordError) {
		if r.Header.Get("Authorization") != "Bot "+d.Token {
			return nil, &discordError{http.StatusUnauthorized, 0, "401: Unauthorized"}
		}
		return e(r, body)
	}
}

// reply sends an answer or a refusal.
func (d *Discord) reply(w http.ResponseWriter, answer any, refusal *discordError) {
	status := http.StatusOK
	switch {
	case refusal != nil && refusal.Status == http.StatusTooManyRequests:
		answer, status = map[string]any{"message": refusal.Message, "retry_after": retryAfter(w), "global": false}, refusal.Status
	case refusal != nil:
		answer, status = refusal, refusal.Status
	case answer == nil:
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(answer); err != nil && status == http.StatusOK {
		return // whoever asked is gone
	}
}

// decode reads body strictly: a property that is not known is refused, for it
// is a mistake even where Discord passes over it.
func decode(body []byte, into any) *discordError {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return invalidForm(err.Error())
	}
	return nil
}

func (d *Discord) getGateway(*http.Request, []byte) (any, *discordError) {
	return map[string]any{"url": "ws" + strings.TrimPrefix(d.URL(), "http") + "/gateway"}, nil
}

func (d *Discord) getGatewayBot(*http.Request, []byte) (any, *discordError) {
	return map[string]any{
		"url": "ws" + strings.TrimPrefix(d.URL(), "http") + "/gateway", "shards": 1,
		"session_start_limit": map[string]any{"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": 1},
	}, nil
}

func (d *Discord) getApplication(*http.Request, []byte) (any, *discordError) {
	return map[string]any{"id": d.App, "name": "Rapporteur", "icon": nil, "description": "", "bot_public": true,
		"bot_require_code_grant": false, "verify_key": strings.Repeat("0", 64), "flags": 0, "bot": d.bot()}, nil
}

// A discordCommand is a slash command as it was put.
type discordCommand map[string]any

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// Puts returns how often the commands were put.
func (d *Discord) Puts() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.puts
}

func (d *Discord) getCommands(*http.Request, []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]discordCommand{}, d.commands...), nil
}

func (d *Discord) putCommands(r *http.Request, body []byte) (any, *discordError) {
	var commands []discordCommand
	if err := json.Unmarshal(body, &commands); err != nil {
		return nil, invalidForm(err.Error())
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	named := map[any]bool{}
	for _, c := range commands {
		if why := c.refuse(); why != "" {
			return nil, invalidForm(why)
		}
		if named[c["name"]] {
			return nil, invalidForm("application command names must be unique")
		}
		named[c["name"]] = true
		d.complete(c)
	}
	d.commands = commands
	d.puts++
	d.gateway.change()
	return append([]discordCommand{}, d.commands...), nil
}

// refuse returns why Discord does not take c, or the empty string. The rest is
// in the published specification.
func (c discordCommand) refuse() string {
	required := true
	for i, o := range append([]map[string]any{c}, c.options()...) {
		name, _ := o["name"].(string)
		about, _ := o["description"].(string)
		if !commandName.MatchString(name) || name != strings.ToLower(name) {
			return fmt.Sprintf("name %q: does not match the pattern", name)
		}
		if n := units(about); n < 1 || n > 100 {
			return fmt.Sprintf("%s: description must be between 1 and 100 in length", name)
		}
		if is, _ := o["required"].(bool); i > 0 && is && !required {
			return name + ": required options must be placed before non-required options"
		} else if i > 0 {
			required = is
		}
	}
	return ""
}

func (c discordCommand) options() []map[string]any {
	var options []map[string]any
	list, _ := c["options"].([]any)
	for _, o := range list {
		if m, is := o.(map[string]any); is {
			options = append(options, m)
		}
	}
	return options
}

// complete adds to c what Discord adds, so that what is got differs from what
// was put. The caller holds mu.
func (d *Discord) complete(c discordCommand) {
	for name, value := range map[string]any{"type": 1, "default_member_permissions": nil, "nsfw": false, "contexts": nil,
		"integration_types": []int{0}, "name_localizations": nil, "description_localizations": nil, "dm_permission": true} {
		if _, is := c[name]; !is {
			c[name] = value
		}
	}
	for _, o := range c.options() {
		if reflect.DeepEqual(o["required"], false) {
			delete(o, "required")
		}
	}
	c["id"], c["version"], c["application_id"] = d.nextID(), d.nextID(), d.App
}

func (d *Discord) getChannel(r *http.Request, _ []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, refusal := d.open(r.PathValue("channel_id"))
	if refusal != nil {
		return nil, refusal
	}
	if c.guild == "" {
		return map[string]any{"id": c.id, "type": 1, "flags": 0, "recipients": []any{}}, nil
	}
	return map[string]any{"id": c.id, "type": 0, "flags": 0, "guild_id": c.guild, "name": "channel-" + c.id[len(c.id)-6:],
		"position": 0, "permission_overwrites": []any{}, "nsfw": false}, nil
}

// open returns a channel if the bot may use it. The caller holds mu.
func (d *Discord) open(id string) (*discordChannel, *discordError) {
	c := d.channels[id]
	if c == nil {
		return nil, &discordError{http.StatusNotFound, codeUnknownChannel, "Unknown Channel"}
	}
	return c, c.refusal
}
