package bottest

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// slackGrants is what an app may do by its manifest.
type slackGrants struct {
	scopes, events []string
}

// Install has the app be made by a manifest: it is refused what that has no
// scope for, and sent no events to which that does not subscribe.
func (s *Slack) Install(t testing.TB, manifest string) {
	t.Helper()
	raw, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		OAuth    struct{ Scopes struct{ Bot []string } } `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
		}
	}
	if err := yaml.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	s.Grant(m.OAuth.Scopes.Bot, m.Settings.Events.Bot)
}

// Grant sets the scopes of the app, and the events that it is sent.
func (s *Slack) Grant(scopes, events []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grants = &slackGrants{scopes, events}
	for _, e := range events {
		if scope := eventScope[e]; scope != "" && !slices.Contains(scopes, scope) {
			s.faults = append(s.faults, "the event "+e+" needs the scope "+scope)
		}
	}
}

// eventScope is the scope without which an app is not sent an event.
var eventScope = map[string]string{
	"app_mention": "app_mentions:read", "link_shared": "links:read",
	"message.channels": "channels:history", "message.groups": "groups:history", "message.im": "im:history", "message.mpim": "mpim:history",
	"channel_archive": "channels:read", "channel_deleted": "channels:read", "channel_left": "channels:read", "member_left_channel": "channels:read",
	"group_archive": "groups:read", "group_deleted": "groups:read", "group_left": "groups:read",
}

// methodScope returns the scope that a call needs, or the empty string.
func methodScope(method string, args slackArgs) string {
	switch method {
	case "chat.unfurl":
		return "links:write"
	case "chat.postMessage", "chat.postEphemeral", "chat.update", "assistant.threads.setStatus":
		return "chat:write"
	case "assistant.threads.setSuggestedPrompts":
		return "assistant:write"
	case "users.info":
		return "users:read"
	case "conversations.info":
		return "channels:read"
	case "conversations.history", "conversations.replies":
		switch args["channel"][:min(1, len(args["channel"]))] {
		case "D":
			return "im:history"
		case "G":
			return "groups:history"
		}
		return "channels:history"
	}
	return ""
}

// scopes returns what the app may do, as Slack tells in a header.
func (s *Slack) scopes() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.grants == nil {
		return "app_mentions:read,assistant:write,channels:history,channels:read,chat:write,commands,groups:history,groups:read,im:history,links:read,links:write,mpim:history,users:read"
	}
	return strings.Join(s.grants.scopes, ",")
}

// callFor does what a method does in a workspace, if the app may call it there.
func (s *Slack) callFor(team, method string, args slackArgs) (slackReply, *slackRefusal) {
	s.mu.Lock()
	scope := methodScope(method, args)
	may := s.grants == nil || scope == "" || slices.Contains(s.grants.scopes, scope)
	c := s.channels[args["channel"]]
	s.mu.Unlock()
	if no := s.countCall(team, method); no != nil {
		return nil, no
	}
	switch {
	case !may:
		return nil, refused("missing_scope", scope)
	case c != nil && teamOf(c) != team:
		return nil, refused("channel_not_found")
	case method == "auth.test":
		return slackReply{"url": "https://example.slack.com/", "team": "Example", "team_id": team,
			"user": "rapporteur", "user_id": SlackBotUser, "bot_id": SlackBotID}, nil
	}
	return s.call(method, args)
}

func teamOf(c *slackChannel) string {
	if c.team == "" {
		return SlackTeam
	}
	return c.team
}

// subscribed reports whether the app is sent an event.
func (s *Slack) subscribed(event map[string]any) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, _ := event["type"].(string)
	if kind == "message" {
		in, _ := event["channel_type"].(string)
		kind = map[string]string{"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}[in]
	}
	return s.grants == nil || slices.Contains(s.grants.events, kind)
}

// AddWorkspace makes a channel, with the bot in it, in another workspace.
func (s *Slack) AddWorkspace(team, channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[channel] = &slackChannel{member: true, team: team}
}

// serveAuthorize has a person agree to the installation in the workspace that
// the query's "team" names, or SlackTeam, and sends them back with a code.
func (s *Slack) serveAuthorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || q.Get("client_id") != s.ClientID || q.Get("scope") == "" || q.Get("state") == "" {
		http.Error(w, "invalid_client_id or nothing asked for", http.StatusBadRequest)
		return
	}
	team, code := q.Get("team"), rand.Text()
	if team == "" {
		team = SlackTeam
	}
	s.mu.Lock()
	s.codes[code] = team
	s.mu.Unlock()
	back.RawQuery = url.Values{"code": {code}, "state": {q.Get("state")}}.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// access gives the token of a workspace for a code, once.
func (s *Slack) access(args slackArgs) (slackReply, *slackRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	team, ok := s.codes[args["code"]]
	delete(s.codes, args["code"])
	switch {
	case args["client_id"] != s.ClientID || args["client_secret"] != s.ClientSecret:
		return nil, refused("invalid_client_id")
	case !ok:
		return nil, refused("invalid_code")
	}
	token := "xoxb-" + rand.Text()
	s.tokens[token] = team
	return slackReply{"access_token": token, "token_type": "bot", "bot_user_id": SlackBotUser, "app_id": "A0APP",
		"scope": "chat:write", "team": slackReply{"id": team, "name": team}, "authed_user": slackReply{"id": "U0ANN"}}, nil
}

// installation returns the workspace that a token is for.
func (s *Slack) installation(token string) (team string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	team, ok = s.tokens[token]
	return team, ok
}

// Tokens returns those that were given out by installations, none of which may
// be in a log or, as it is, in a file.
func (s *Slack) Tokens() (all []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for token := range s.tokens {
		all = append(all, token)
	}
	return all
}

// Revoke has a workspace remove the app: its tokens are of no use from then on.
func (s *Slack) Revoke(team string) {
	s.mu.Lock()
	for token, of := range s.tokens {
		if of == team {
			delete(s.tokens, token)
		}
	}
	s.mu.Unlock()
	s.EventFrom(team, map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"bot": []string{SlackBotUser}}})
	s.EventFrom(team, map[string]any{"type": "app_uninstalled"})
}
