package slack

import (
	"context"
	"errors"
	"fmt"
)

// Check asks Slack whether the tokens are good and the app has all rights, and
// returns who the bot is and where, or an error that says what to do about it.
// Whether the app is sent its events cannot be asked.
func (s *Slack) Check(ctx context.Context) (string, error) {
	if s.many() {
		return "open " + s.config.URL + installPath + " to install the app in a workspace; Slack sends requests to " + s.config.URL + eventsPath, nil
	}
	self, err := s.member(ctx, "")
	if err != nil {
		return "", fmt.Errorf("slack: auth.test: %w", s.remedy(err, botToken))
	}
	if err := missing(self.scopes); err != nil {
		return "", err
	}
	says := fmt.Sprintf("connected as @%s in workspace %s", self.name, self.teamName)
	if s.config.AppToken == "" {
		return says + "; Slack sends requests to " + s.config.URL + eventsPath, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if _, _, err := s.app.StartSocketModeContext(ctx); err != nil {
		return "", fmt.Errorf("slack: apps.connections.open: %w", s.remedy(err, appToken))
	}
	return says, nil
}

// missing returns an error that names the rights that are not among the
// granted ones, or nil. Nothing is missing where Slack does not say.
func missing(granted string) error {
	if granted == "" {
		return nil
	}
	says := ""
	for _, r := range lacking(granted) {
		says += fmt.Sprintf("\n           scope %s: %s", r.scope, r.why)
	}
	if says == "" {
		return nil
	}
	return errors.New("slack: the app lacks rights; at https://api.slack.com/apps paste what \"rapporteur manifest\" prints under \"App Manifest\", which brings the events as well, and install the app again:" + says)
}
