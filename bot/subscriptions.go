package bot

import (
	"context"
	"database/sql"
	"fmt"
)

// A subscription is a channel's wish to be told of new publications.
type subscription struct {
	platform, workspace, channel string
	source                       string // empty for every source
	owner                        string // id of the person who asked for it
	notify                       string // id of the role that its posts notify; empty for nobody
	paused                       string // why it rests; empty while it is at work
}

// follows reports whether s wants publications of source.
func (s subscription) follows(source string) bool {
	return s.paused == "" && (s.source == "" || s.source == source)
}

// subscribe writes s down. One that is there already is taken up again if it
// was paused, together with the posts that were held back for its channel.
func (s *Store) subscribe(ctx context.Context, sub subscription) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO subscriptions
			(platform, workspace, channel, source, owner, notify, created) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (platform, channel, source) DO UPDATE SET paused = '', owner = excluded.owner, notify = excluded.notify`,
			sub.platform, sub.workspace, sub.channel, sub.source, sub.owner, sub.notify, millis(s.now()))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE deliveries SET state = 'due', due = $1
			WHERE state = 'held' AND platform = $2 AND channel = $3`, millis(s.now()), sub.platform, sub.channel)
		return err
	})
	if err != nil {
		return fmt.Errorf("subscribe %s channel %s: %w", sub.platform, sub.channel, err)
	}
	return nil
}

// unsubscribe ends what channel follows, all of it if source is empty, and
// drops what was still to be posted there if it follows nothing more. It
// reports whether there was anything to end.
func (s *Store) unsubscribe(ctx context.Context, platform, channel, source string) (ended bool, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM subscriptions
			WHERE platform = $1 AND channel = $2 AND ($3 = '' OR source = $3)`, platform, channel, source)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		ended = n > 0
		_, err = tx.ExecContext(ctx, `UPDATE deliveries SET state = 'dropped'
			WHERE platform = $1 AND channel = $2 AND state IN ('due', 'held') AND notice = '' AND NOT EXISTS
			(SELECT 1 FROM subscriptions s WHERE s.platform = deliveries.platform AND s.channel = deliveries.channel)`,
			platform, channel)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("unsubscribe %s channel %s: %w", platform, channel, err)
	}
	return ended, nil
}

// pause ends all posts to a channel until somebody subscribes it anew. It
// reports whether any subscription was still at work.
func (s *Store) pause(ctx context.Context, platform, channel, why string) (news bool, err error) {
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE subscriptions SET paused = $1
			WHERE platform = $2 AND channel = $3 AND paused = ''`, why, platform, channel)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		news = n > 0
		_, err = tx.ExecContext(ctx, `UPDATE deliveries SET state = 'held', lease = 0
			WHERE state = 'due' AND platform = $1 AND channel = $2`, platform, channel)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("pause %s channel %s: %w", platform, channel, err)
	}
	return news, nil
}

const selectSubscriptions = `SELECT platform, workspace, channel, source, owner, notify, paused FROM subscriptions`

// subscriptions returns what the channels of a workspace follow.
func (s *Store) subscriptions(ctx context.Context, platform, workspace string) ([]subscription, error) {
	rows, err := s.db.QueryContext(ctx, selectSubscriptions+
		` WHERE platform = $1 AND workspace = $2 ORDER BY channel, source`, platform, workspace)
	if err != nil {
		return nil, fmt.Errorf("list subscriptions: %w", err)
	}
	return scanSubscriptions(rows)
}

func allSubscriptions(ctx context.Context, tx *sql.Tx) ([]subscription, error) {
	rows, err := tx.QueryContext(ctx, selectSubscriptions+` ORDER BY platform, channel, source`)
	if err != nil {
		return nil, fmt.Errorf("list subscriptions: %w", err)
	}
	return scanSubscriptions(rows)
}

// notified returns the role that a channel's posts of publications of source
// notify, or the empty string.
func (s *Store) notified(ctx context.Context, r route, source string) (role string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT coalesce(max(notify), '') FROM subscriptions
		WHERE platform = $1 AND channel = $2 AND paused = '' AND source IN ('', $3)`, r.platform, r.channel, source).Scan(&role)
	if err != nil {
		return "", fmt.Errorf("look up whom a post notifies: %w", err)
	}
	return role, nil
}

func scanSubscriptions(rows *sql.Rows) (all []subscription, err error) {
	defer rows.Close()
	for rows.Next() {
		var s subscription
		if err := rows.Scan(&s.platform, &s.workspace, &s.channel, &s.source, &s.owner, &s.notify, &s.paused); err != nil {
			return nil, fmt.Errorf("list subscriptions: %w", err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
