package bot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// rememberThread takes note of what was asked in the thread of c, and of the
// answer p. In direct messages that goes for what is said outside of threads
// as well.
func (b *Bot) rememberThread(ctx context.Context, c Command, p page) error {
	if c.Thread == "" || p.topic == "" {
		return nil
	}
	threads := []string{c.Thread}
	if c.Workspace == "" {
		threads = append(threads, "")
	}
	for _, thread := range threads {
		_, err := b.store.db.ExecContext(ctx, `INSERT INTO threads (platform, channel, thread, question, page, at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (platform, channel, thread) DO UPDATE SET question = excluded.question, page = excluded.page, at = excluded.at`,
			c.Platform, c.Channel, thread, p.topic, p.id, millis(b.now()))
		if err != nil {
			return fmt.Errorf("remember a thread: %w", err)
		}
	}
	return nil
}

// thread returns the question that was asked last in the thread of c, and the
// page that answers it. Both are empty if there was none.
func (b *Bot) thread(ctx context.Context, c Command) (question, page string, err error) {
	err = b.store.db.QueryRowContext(ctx, `SELECT question, page FROM threads
		WHERE platform = $1 AND channel = $2 AND (thread = $3 OR thread = '' AND $4 = '') AND at >= $5 ORDER BY thread = $3 DESC LIMIT 1`,
		c.Platform, c.Channel, c.Thread, c.Workspace, millis(b.now().Add(-pageMemory))).Scan(&question, &page)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("look up a thread: %w", err)
	}
	return question, page, nil
}
