package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

const (
	slackPrompts = 4 // that an app may suggest
)

// OpenApp has user open the app at a tab, "home" or "messages".
func (s *Slack) OpenApp(user, tab string) *Envelope {
	return s.Event(map[string]any{"type": "app_home_opened", "user": user, "channel": SlackDirect, "tab": tab, "event_ts": "1.2"})
}

// PostLink has user post a message with links, of which Slack tells the app if
// it asked for their domains.
func (s *Slack) PostLink(channel, user string, links ...string) (ts string, e *Envelope) {
	m := s.keep(SlackMessage{Channel: channel, User: user, Text: "<" + escapeSlack(strings.Join(links, "> <")) + ">"})
	var all []any
	for _, link := range links {
		all = append(all, map[string]any{"domain": "example.org", "url": escapeSlack(link)})
	}
	return m.TS, s.Event(map[string]any{"type": "link_shared", "channel": channel, "user": user, "message_ts": m.TS,
		"unfurl_id": "C.1." + m.TS, "source": "conversations_history", "links": all, "event_ts": m.TS})
}

// Unfurled returns what people see below a link.
func (s *Slack) Unfurled(link string) (shown string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	raw, ok := s.unfurled[escapeSlack(link)]
	return SlackMessage{Blocks: raw}.Shown(), ok
}

func (s *Slack) unfurl(args slackArgs) (slackReply, *slackRefusal) {
	var unfurls map[string]struct {
		Blocks json.RawMessage `json:"blocks"`
	}
	if err := json.Unmarshal([]byte(args["unfurls"]), &unfurls); err != nil || len(unfurls) == 0 {
		return nil, refused("cannot_parse_attachment")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if args["unfurl_id"] == "" || args["source"] == "" {
		c := s.channels[args["channel"]]
		if c == nil || !slices.ContainsFunc(c.messages, func(m SlackMessage) bool { return m.TS == args["ts"] }) {
			return nil, refused("cannot_find_message")
		}
	}
	for link, u := range unfurls {
		if no := s.checkBlocks(u.Blocks); no != nil {
			return nil, no
		}
		s.pings += SlackMessage{Blocks: u.Blocks}.pings()
		s.unfurled[link] = u.Blocks
	}
	return slackReply{}, nil
}

// Promote makes user an administrator of the workspace.
func (s *Slack) Promote(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.admins[user] = true
}

func (s *Slack) userInfo(args slackArgs) (slackReply, *slackRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if args["user"] == "" {
		return nil, refused("user_not_found")
	}
	return slackReply{"user": slackReply{"id": args["user"], "name": strings.ToLower(args["user"]), "is_admin": s.admins[args["user"]]}}, nil
}

// assistant takes the status of a slow answer, or suggested prompts.
func (s *Slack) assistant(args slackArgs) (slackReply, *slackRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[args["channel_id"]]; c == nil || !c.direct {
		return nil, refused("channel_not_found")
	}
	if args["prompts"] == "" {
		if args["thread_ts"] == "" {
			return nil, refused("invalid_arguments", "[ERROR] missing required field: thread_ts")
		}
		s.statuses = append(s.statuses, args["status"])
		return slackReply{}, nil
	}
	var prompts []struct{ Title, Message string }
	if err := json.Unmarshal([]byte(args["prompts"]), &prompts); err != nil || len(prompts) == 0 || len(prompts) > slackPrompts {
		return nil, refused("invalid_arguments", fmt.Sprintf("[ERROR] %d prompts, 1 to %d are allowed", len(prompts), slackPrompts))
	}
	var all []string
	for _, p := range prompts {
		if p.Title == "" || p.Message == "" {
			return nil, refused("invalid_arguments", "[ERROR] an empty prompt")
		}
		all = append(all, p.Message)
	}
	s.prompts[args["channel_id"]] = all
	return slackReply{}, nil
}

// Prompts returns the messages that are suggested in a channel.
func (s *Slack) Prompts(channel string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.prompts[channel])
}

// Statuses returns what the app said that it was doing, in order.
func (s *Slack) Statuses() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.statuses)
}
