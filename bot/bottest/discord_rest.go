package bottest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Codes of Discord's errors.
const (
	codeUnknownChannel     = 10003
	codeUnknownGuild       = 10004
	codeUnknownMember      = 10007
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeCrossposted        = 40033
	codeAcknowledged       = 40060
	codeTagRequired        = 40067
	codeTooManyMore        = 40094
	codeMissingAccess      = 50001
	codeNotTheAuthor       = 50005
	codeEmptyMessage       = 50006
	codeNoText             = 50008
	codeMissingPermission  = 50013
	codeWrongChannelKind   = 50024
	codeInvalidHook        = 50027
	codeInvalidForm        = 50035
	codeArchived           = 50083
	codeReplyBlind         = 160002
	codeLocked             = 160005
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
	for _, path := range []string{"/gateway", "/gateway/{$}", resumePath, resumePath + "/{$}"} {
		mux.HandleFunc(path, d.serveGateway)
	}
	for pattern, e := range d.endpoints() {
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

// endpoints returns all that can be asked, by method and path.
func (d *Discord) endpoints() map[string]discordEndpoint {
	const (
		commands = "/applications/{application_id}/commands"
		channel  = "/channels/{channel_id}"
		messages = channel + "/messages"
		guild    = "/guilds/{guild_id}"
		hook     = "/webhooks/{webhook_id}/{webhook_token}"
	)
	all := map[string]discordEndpoint{
		"GET /users/@me":                               d.getMe,
		"POST /users/@me/channels":                     d.createDM,
		"GET /applications/@me":                        d.getApplication,
		"GET " + commands:                              d.getCommands,
		"PUT " + commands:                              d.putCommands,
		"GET /gateway/bot":                             d.getGatewayBot,
		"GET " + guild:                                 d.getGuild,
		"GET " + guild + "/channels":                   d.getGuildChannels,
		"GET " + guild + "/roles":                      d.getRoles,
		"GET " + guild + "/members/{user_id}":          d.getMember,
		"GET " + guild + "/threads/active":             d.activeThreads,
		"GET " + channel:                               d.getChannel,
		"POST " + channel + "/threads":                 d.createThread,
		"GET " + channel + "/threads/archived/public":  d.archivedThreads,
		"GET " + messages:                              d.getMessages,
		"POST " + messages:                             d.postMessage,
		"GET " + messages + "/{message_id}":            d.getMessage,
		"PATCH " + messages + "/{message_id}":          d.editMessage,
		"DELETE " + messages + "/{message_id}":         d.deleteMessage,
		"POST " + messages + "/{message_id}/crosspost": d.publish,
	}
	for pattern, e := range all {
		all[pattern] = d.authorised(e)
	}
	all["GET /gateway"] = d.getGateway
	all["POST /interactions/{interaction_id}/{interaction_token}/callback"] = d.callback
	all["POST "+hook] = d.followUp
	for _, which := range []string{"@original", "{message_id}"} {
		all["GET "+hook+"/messages/"+which] = d.getHooked
		all["PATCH "+hook+"/messages/"+which] = d.editHooked
		all["DELETE "+hook+"/messages/"+which] = d.deleteHooked
	}
	return all
}

// serve returns the handler of one kind of request.
func (d *Discord) serve(method, path string, e discordEndpoint) http.Handler {
	return http.HandlerFunc(func(raw http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.requests = append(d.requests, r.Method+" "+d.clean(r.URL.Path))
		intercept, fault := d.intercept, d.faultFor(r)
		d.mu.Unlock()
		d.pause(d.Latency)
		w := countingWriter{raw, d}
		if intercept != nil && intercept(raw, r) {
			return
		}
		if fault != nil && !fault.Done {
			fault.write(w)
			return
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, 25<<20))
		if err != nil {
			return
		}
		answer, refusal := d.act(method, path, e, r, body)
		if fault != nil {
			fault.write(w)
			return
		}
		d.rateHeaders(w, r, refusal)
		d.reply(w, answer, refusal)
	})
}

// act has e answer a request, which must be one that Discord specifies.
func (d *Discord) act(method, path string, e discordEndpoint, r *http.Request, body []byte) (any, *discordError) {
	broken := d.spec.check(method, path, r, body)
	answer, refusal := e(r, body)
	if broken != nil && (refusal == nil || !d.breaking) {
		d.fault("%s %s: %v", method, path, broken)
	}
	if refusal != nil {
		return nil, refusal
	}
	if broken := d.spec.checkAnswer(method, path, answer); broken != nil {
		d.fault("the answer to %s %s: %v", method, path, broken)
	}
	return answer, refusal
}

// discordCreated is an answer that is given with the status 201.
type discordCreated map[string]any

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
	if _, is := answer.(discordCreated); is {
		status = http.StatusCreated
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

func (d *Discord) getMe(*http.Request, []byte) (any, *discordError) {
	return struct {
		DiscordUser
		MFA      bool   `json:"mfa_enabled"`
		Language string `json:"locale"`
	}{d.bot(), true, "en-US"}, nil
}

func (d *Discord) getGateway(*http.Request, []byte) (any, *discordError) {
	return map[string]any{"url": "ws" + strings.TrimPrefix(d.URL(), "http") + "/gateway"}, nil
}

func (d *Discord) getGatewayBot(*http.Request, []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g := &d.gateway
	return map[string]any{
		"url": "ws" + strings.TrimPrefix(d.URL(), "http") + "/gateway", "shards": g.shards,
		"session_start_limit": map[string]any{"total": g.total, "remaining": max(0, g.remaining),
			"reset_after": g.resetAfter.Milliseconds(), "max_concurrency": g.concurrency},
	}, nil
}

func (d *Discord) getApplication(*http.Request, []byte) (any, *discordError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	said := map[string]any{"id": d.App, "name": "Rapporteur", "description": "", "bot_public": true, "bot_require_code_grant": false,
		"verify_key": d.PublicKey(), "flags": 0, "flags_new": "0", "bot": d.bot(), "owner": discordPerson(d.App), "redirect_uris": []string{},
		"explicit_content_filter": 0, "eligible_oauth2_scopes": []string{}, "approximate_guild_count": len(d.guilds),
		"approximate_user_install_count": 0, "approximate_user_authorization_count": 0}
	for _, name := range []string{"icon", "type", "interactions_endpoint_url", "role_connections_verification_url", "team"} {
		said[name] = nil
	}
	if d.sender.address != "" {
		said["interactions_endpoint_url"] = d.sender.address
	}
	return said, nil
}

// createDM returns the channel for direct messages with a person, a new one
// each time.
func (d *Discord) createDM(_ *http.Request, body []byte) (any, *discordError) {
	var asked struct {
		Recipient string `json:"recipient_id"`
	}
	if refusal := decode(body, &asked); refusal != nil {
		return nil, refusal
	}
	id := d.NewDM()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.described(d.channels[id]), nil
}
