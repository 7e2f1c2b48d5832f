package bot

import (
	"context"
	"fmt"
	"time"
)

// A route is a channel of a platform.
type route struct{ platform, channel string }

// A delivery is one publication, or one notice, that is to be posted in one
// channel.
type delivery struct {
	route
	key    string
	doc    string // ID of the publication, or a name of the notice
	notice string // the bot's own words; empty for a publication
	tries  int
	unsure bool // whether an earlier try may have been posted

	message string // of a post that is to be changed: the platform's id
	said    string // digest of what it says; empty if nobody knows
	edit    int64  // Seq of the change that it is to follow
}

// heads returns, for each channel of a platform, the oldest delivery that is
// due and that nobody is at.
func (s *Store) heads(ctx context.Context, platform string) (all []delivery, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT d.key, d.platform, d.channel, d.doc, d.notice, d.tries, d.unsure
		FROM deliveries d JOIN (
			SELECT channel, min(seq) AS seq FROM deliveries
			WHERE state = 'due' AND platform = $1 AND due <= $2 AND lease <= $2 GROUP BY channel
		) head ON head.channel = d.channel AND head.seq = d.seq
		WHERE d.state = 'due' AND d.platform = $1`, platform, millis(s.now()))
	if err != nil {
		return nil, fmt.Errorf("list due deliveries: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var d delivery
		if err := rows.Scan(&d.key, &d.platform, &d.channel, &d.doc, &d.notice, &d.tries, &d.unsure); err != nil {
			return nil, fmt.Errorf("list due deliveries: %w", err)
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

// dues returns when the next delivery of each channel of a platform is due.
func (s *Store) dues(ctx context.Context, platform string) (map[route]time.Time, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT channel, min(CASE WHEN due > lease THEN due ELSE lease END) FROM (
			SELECT channel, due, lease FROM deliveries WHERE state = 'due' AND platform = $1
			UNION ALL SELECT channel, due, lease FROM deliveries WHERE edit > 0 AND state = 'done' AND platform = $1
		) work GROUP BY channel`, platform)
	if err != nil {
		return nil, fmt.Errorf("look when deliveries are due: %w", err)
	}
	defer rows.Close()
	all := map[route]time.Time{}
	for rows.Next() {
		var channel string
		var due int64
		if err := rows.Scan(&channel, &due); err != nil {
			return nil, fmt.Errorf("look when deliveries are due: %w", err)
		}
		all[route{platform, channel}] = time.UnixMilli(due)
	}
	return all, rows.Err()
}

// claim writes down that d is about to be tried, so that nobody else tries it
// for leaseTime, and that from now on nobody knows whether it was posted. It
// reports whether d is ours to try.
func (s *Store) claim(ctx context.Context, d delivery) (mine bool, err error) {
	now := s.now()
	res, err := s.db.ExecContext(ctx, `UPDATE deliveries SET tries = tries + 1, unsure = 1, lease = $1
		WHERE key = $2 AND state = 'due' AND tries = $3 AND lease <= $4`,
		millis(now.Add(leaseTime)), d.key, d.tries, millis(now))
	if err != nil {
		return false, fmt.Errorf("claim delivery %s: %w", d.key, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// release ends all leases: those of a process that died.
func (s *Store) release(ctx context.Context) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE deliveries SET lease = 0 WHERE lease > 0`); err != nil {
		return fmt.Errorf("take over deliveries: %w", err)
	}
	return nil
}

func (s *Store) done(ctx context.Context, d delivery, o outcome) error {
	return s.update(ctx, d, `state = 'done', tries = 0, lease = 0, unsure = 0, message = $2, said = $3`, o.id, o.said)
}

func (s *Store) drop(ctx context.Context, d delivery) error {
	return s.update(ctx, d, `state = 'dropped', lease = 0, unsure = 0`)
}

// again has d tried once more when it is due.
func (s *Store) again(ctx context.Context, d delivery, due time.Time, unsure bool) error {
	return s.update(ctx, d, `lease = 0, due = $2, unsure = $3`, millis(due), unsure)
}

func (s *Store) update(ctx context.Context, d delivery, set string, args ...any) error {
	_, err := s.db.ExecContext(ctx, `UPDATE deliveries SET `+set+` WHERE key = $1`, append([]any{d.key}, args...)...)
	if err != nil {
		return fmt.Errorf("write down what came of delivery %s: %w", d.key, err)
	}
	return nil
}
