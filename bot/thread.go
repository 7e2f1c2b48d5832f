package bot

import (
	"context"
	"fmt"
)

// rememberThread takes note of what was asked in the thread of c, and of the
// answer p.
func (b *Bot) rememberThread(ctx context.Context, c Command, p page) error {
	if c.Thread == "" || p.question == "" {
		return nil
	}
	_, err := b.store.db.ExecContext(ctx, `INSERT INTO threads (platform, channel, thread, question, page, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (platform, channel, thread) DO UPDATE SET question = excluded.question, page = excluded.page, at = excluded.at`,
		c.Platform, c.Channel, c.Thread, p.question, p.id, millis(b.now()))
	if err != nil {
		return fmt.Errorf("remember a thread: %w", err)
	}
	return nil
}
