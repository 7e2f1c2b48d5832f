package bottest

import (
	"slices"
	"time"
)

// Calls of one method that Slack takes in a minute, by the tier that the method
// has in its documentation.
const (
	slackTier1 = 5 // one, and what Slack calls a small amount of burst
	slackTier2 = 20
	slackTier3 = 50
	slackTier4 = 100
	slackPosts = 300 // "several hundred"

	slackRation     = 1  // of reading messages, for apps that are distributed outside of the Marketplace
	slackRationPage = 15 // messages that those get at once
)

// slackTier returns how often a method may be called in a minute.
func slackTier(method string) int {
	switch method {
	case "apps.connections.open":
		return slackTier1
	case "conversations.history", "conversations.replies", "conversations.info", "chat.update", "chat.unfurl", "assistant.threads.setSuggestedPrompts":
		return slackTier3
	case "chat.postEphemeral", "users.info", "views.open", "views.push", "views.update", "views.publish":
		return slackTier4
	case "chat.postMessage", "auth.test", "assistant.threads.setStatus":
		return slackPosts
	}
	return slackTier2
}

// Ration has the app read messages once a minute only, and 15 at once, as those
// that are distributed outside of Slack's Marketplace do since 29 May 2025.
func (s *Slack) Ration() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ration = true
}

// countCall refuses a call that is more than its method takes in the last minute.
func (s *Slack) countCall(team, method string) *slackRefusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit := slackTier(method)
	if s.ration && (method == "conversations.history" || method == "conversations.replies") {
		limit = slackRation
	}
	now, minute, key := time.Now(), 60*s.interval, team+" "+method
	recent := slices.DeleteFunc(s.calls[key], func(at time.Time) bool { return now.Sub(at) >= minute })
	s.calls[key] = recent
	if len(recent) >= limit && minute > 0 {
		s.refusals++
		return &slackRefusal{code: "ratelimited", wait: max(minute-now.Sub(recent[0]), time.Second)}
	}
	s.calls[key] = append(recent, now)
	return nil
}
