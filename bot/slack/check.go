package slack

import (
	"context"
	"fmt"
)

// Check asks Slack whether both tokens are good, and returns who the bot is and
// where, or an error that says what to do about it.
func (s *Slack) Check(ctx context.Context) (string, error) {
	self, err := s.member(ctx, "")
	if err != nil {
		return "", fmt.Errorf("slack: auth.test: %w", s.remedy(err, botToken))
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if _, _, err := s.app.StartSocketModeContext(ctx); err != nil {
		return "", fmt.Errorf("slack: apps.connections.open: %w", s.remedy(err, appToken))
	}
	return fmt.Sprintf("connected as @%s in workspace %s", self.name, self.teamName), nil
}
