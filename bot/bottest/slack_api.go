package bottest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// slackArgs are the arguments of a call, as text; those that are JSON stay so.
type slackArgs map[string]string

// slackReply is what a call is answered with, besides "ok".
type slackReply map[string]any

// A slackRefusal is why Slack does not do what it was asked.
type slackRefusal struct {
	code    string        // such as "channel_not_found"
	details []string      // what is wrong, for people
	wait    time.Duration // how long to wait, for "ratelimited"
}

func refused(code string, details ...string) *slackRefusal {
	return &slackRefusal{code: code, details: details}
}

// serveMethod answers a call of the Web API.
func (s *Slack) serveMethod(w http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	if s.intercepted(method, w, r) {
		return
	}
	args, err := readArgs(r)
	if err != nil {
		writeReply(w, nil, refused("invalid_form_data", err.Error()))
		return
	}
	want, other := s.BotToken, s.AppToken
	if method == "apps.connections.open" {
		want, other = other, want
	}
	var reply slackReply
	var no *slackRefusal
	team, installed := s.installation(args["token"])
	switch {
	case method == "oauth.v2.access":
		reply, no = s.access(args)
	case args["token"] == want:
		w.Header().Set("X-OAuth-Scopes", s.scopes())
		reply, no = s.callFor(SlackTeam, method, args)
	case installed && method != "apps.connections.open":
		w.Header().Set("X-OAuth-Scopes", s.scopes())
		reply, no = s.callFor(team, method, args)
	case args["token"] == other:
		no = refused("not_allowed_token_type")
	case args["token"] == "":
		no = refused("not_authed")
	default:
		no = refused("invalid_auth")
	}
	writeReply(w, reply, no)
}

func (s *Slack) intercepted(method string, w http.ResponseWriter, r *http.Request) bool {
	s.mu.Lock()
	f := s.intercept
	s.mu.Unlock()
	return f != nil && f(method, w, r)
}

// readArgs reads the arguments of a call from a form or from JSON, and the
// token from the header too.
func readArgs(r *http.Request) (slackArgs, error) {
	args := slackArgs{}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		args["token"] = token
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		return args, readJSON(r.Body, args)
	}
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	for name, values := range r.Form {
		args[name] = values[0]
	}
	return args, nil
}

func readJSON(body io.Reader, args slackArgs) error {
	var values map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&values); err != nil && err != io.EOF {
		return err
	}
	for name, value := range values {
		var text string
		if json.Unmarshal(value, &text) != nil {
			text = string(value)
		}
		args[name] = text
	}
	return nil
}

// writeReply answers as Slack does: a refusal is a success of HTTP, except the
// one for too many calls.
func writeReply(w http.ResponseWriter, reply slackReply, no *slackRefusal) {
	if reply == nil {
		reply = slackReply{}
	}
	reply["ok"] = no == nil
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if no != nil {
		reply["error"] = no.code
		reply["response_metadata"] = map[string]any{"messages": no.details}
		if no.code == "ratelimited" {
			if no.wait > 1 {
				w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(no.wait.Seconds()))))
			}
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}
	json.NewEncoder(w).Encode(reply)
}

// call does what a method of the Web API does.
func (s *Slack) call(method string, args slackArgs) (slackReply, *slackRefusal) {
	switch method {
	case "apps.connections.open":
		return s.openConnection()
	case "chat.postMessage":
		return s.postMessage(args)
	case "chat.postEphemeral":
		return s.postEphemeral(args)
	case "chat.update":
		return s.update(args)
	case "conversations.history":
		return s.history(args, func(m SlackMessage) bool { return m.Thread == "" || m.Thread == m.TS })
	case "conversations.replies":
		return s.history(args, func(m SlackMessage) bool { return args["ts"] == m.TS || args["ts"] == m.Thread })
	case "conversations.info":
		return s.info(args)
	case "views.open", "views.push", "views.update", "views.publish":
		return s.view(strings.TrimPrefix(method, "views."), args)
	case "chat.unfurl":
		return s.unfurl(args)
	case "users.info":
		return s.userInfo(args)
	case "assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts":
		return s.assistant(args)
	}
	return nil, refused("unknown_method")
}

// postMessage posts for everybody, at most once in the interval and channel.
func (s *Slack) postMessage(args slackArgs) (slackReply, *slackRefusal) {
	m := SlackMessage{Channel: args["channel"], Thread: args["thread_ts"], User: SlackBotUser, BotID: SlackBotID,
		Text: args["text"], Blocks: json.RawMessage(args["blocks"]), Metadata: json.RawMessage(args["metadata"]),
		Plain: args["mrkdwn"] == "false"}
	if no := s.check(m, args); no != nil {
		return nil, no
	}
	s.mu.Lock()
	before, after := s.before, s.after
	no := s.pace(s.channels[m.Channel])
	s.mu.Unlock()
	if no != nil {
		return nil, no
	}
	if before != nil && !before() {
		panic(http.ErrAbortHandler)
	}
	m = s.keep(m)
	if after != nil {
		after()
	}
	return slackReply{"channel": m.Channel, "ts": m.TS, "message": m}, nil
}

// pace refuses a post that comes too soon. The caller holds the lock.
func (s *Slack) pace(c *slackChannel) *slackRefusal {
	if wait := s.refuse; wait > 0 {
		s.refuse = 0
		return &slackRefusal{code: "ratelimited", wait: wait}
	}
	now := time.Now()
	if wait := s.interval - now.Sub(c.last); wait > 0 {
		s.refusals++
		return &slackRefusal{code: "ratelimited", wait: max(wait, time.Second)}
	}
	c.last = now
	return nil
}

// check refuses a message that cannot be posted where it is to go.
func (s *Slack) check(m SlackMessage, args slackArgs) *slackRefusal {
	s.mu.Lock()
	c := s.channels[m.Channel]
	defer s.mu.Unlock()
	switch {
	case c == nil:
		return refused("channel_not_found")
	case c.archived:
		return refused("is_archived")
	case !c.member:
		return refused("not_in_channel")
	case m.Thread != "" && !slices.ContainsFunc(c.messages, func(o SlackMessage) bool { return o.TS == m.Thread }):
		return refused("thread_not_found")
	}
	s.pings += named(args)
	return s.checkContent(m)
}

// keep puts m into its channel, and tells the person who waits for it.
func (s *Slack) keep(m SlackMessage) SlackMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.BotID != "" {
		s.pings += m.pings()
	}
	c := s.channels[m.Channel]
	if i := slices.IndexFunc(c.messages, func(o SlackMessage) bool { return o.TS == m.TS }); m.Replaces && i >= 0 {
		c.messages[i] = m
		return m
	}
	m.TS = fmt.Sprintf("%d.%06d", time.Now().Unix(), s.number())
	c.messages = append(c.messages, m)
	return m
}

func (s *Slack) postEphemeral(args slackArgs) (slackReply, *slackRefusal) {
	m := SlackMessage{Channel: args["channel"], Thread: args["thread_ts"], User: SlackBotUser, BotID: SlackBotID,
		Text: args["text"], Blocks: json.RawMessage(args["blocks"]), Only: args["user"]}
	if m.Only == "" {
		return nil, refused("user_not_in_channel")
	}
	if no := s.check(m, args); no != nil {
		return nil, no
	}
	m = s.keep(m)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.asked {
		if a.channel == m.Channel && a.user == m.Only {
			a.show(m)
		}
	}
	return slackReply{"message_ts": m.TS}, nil
}

func (s *Slack) update(args slackArgs) (slackReply, *slackRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[args["channel"]]
	if c == nil {
		return nil, refused("channel_not_found")
	}
	i := slices.IndexFunc(c.messages, func(m SlackMessage) bool { return m.TS == args["ts"] && m.Only == "" })
	if i < 0 {
		return nil, refused("message_not_found")
	}
	m := c.messages[i]
	if m.BotID != SlackBotID {
		return nil, refused("cant_update_message")
	}
	m.Text, m.Blocks = args["text"], json.RawMessage(args["blocks"])
	if no := s.checkContent(m); no != nil {
		return nil, no
	}
	c.messages[i] = m
	s.pings += m.pings()
	return slackReply{"channel": m.Channel, "ts": m.TS, "text": m.Text}, nil
}

// history returns those messages of a channel that are wanted: newest first,
// and in pages.
func (s *Slack) history(args slackArgs, wanted func(SlackMessage) bool) (slackReply, *slackRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[args["channel"]]
	if c == nil {
		return nil, refused("channel_not_found")
	}
	if !c.member {
		return nil, refused("not_in_channel")
	}
	limit, _ := strconv.Atoi(cmp.Or(args["limit"], "100"))
	if limit < 1 || limit > 999 {
		return nil, refused("invalid_limit")
	}
	if s.ration {
		limit = min(limit, slackRationPage)
	}
	page := []SlackMessage{}
	for _, m := range slices.Backward(c.messages) {
		before := args["cursor"] == "" || m.TS < args["cursor"]
		if m.Only != "" || !wanted(m) || !before || m.TS < args["oldest"] {
			continue
		}
		if len(page) == limit {
			return slackReply{"messages": page, "has_more": true,
				"response_metadata": slackReply{"next_cursor": page[limit-1].TS}}, nil
		}
		if all := args["include_all_metadata"]; all != "1" && all != "true" {
			m.Metadata = nil
		}
		page = append(page, m)
	}
	return slackReply{"messages": page, "has_more": false}, nil
}

func (s *Slack) info(args slackArgs) (slackReply, *slackRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[args["channel"]]
	if c == nil {
		return nil, refused("channel_not_found")
	}
	return slackReply{"channel": slackReply{"id": args["channel"], "name": strings.ToLower(args["channel"]),
		"is_archived": c.archived, "is_member": c.member, "is_im": c.direct}}, nil
}

// openConnection gives out the address of a socket, which opens it once.
func (s *Slack) openConnection() (slackReply, *slackRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ticket := fmt.Sprintf("%d-%s", s.number(), s.LinkSecret)
	s.tickets[ticket] = true
	return slackReply{"url": strings.Replace(s.http.URL, "http", "ws", 1) + "/link?ticket=" + ticket}, nil
}
