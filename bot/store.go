package bot

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"rapporteur/corpus/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// A Store keeps what people have told the bot and what it has done: who
// follows what, which publication was posted where, and which questions went
// unanswered. Unlike the corpus it cannot be fetched again.
type Store struct {
	db  *sql.DB
	now func() time.Time
}

// OpenStore opens the database at path, and makes it if there is none.
func OpenStore(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(ctx, path, folder)
	if err != nil {
		return nil, err
	}
	return &Store{db, now}, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Stats are counts of what a Store holds.
type Stats struct {
	Due, Done, Held, Dropped int // deliveries
	Outdated                 int // of those done, posts that are to be changed as their publications were
	Channels, Paused         int // subscriptions at work, and those whose channel is gone
	Gaps                     int // different questions that went unanswered
	Helpful, Unhelpful       int // what people said of answers
}

// Stats counts what the store holds now.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	var n Stats
	err := s.db.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM deliveries WHERE state = 'due'),
		(SELECT count(*) FROM deliveries WHERE state = 'done'),
		(SELECT count(*) FROM deliveries WHERE state = 'held'),
		(SELECT count(*) FROM deliveries WHERE state = 'dropped'),
		(SELECT count(*) FROM deliveries WHERE edit > 0 AND state = 'done'),
		(SELECT count(*) FROM subscriptions WHERE paused = ''),
		(SELECT count(*) FROM subscriptions WHERE paused <> ''),
		(SELECT count(*) FROM gaps),
		(SELECT count(*) FROM feedback WHERE helpful = 1),
		(SELECT count(*) FROM feedback WHERE helpful = 0)`).
		Scan(&n.Due, &n.Done, &n.Held, &n.Dropped, &n.Outdated, &n.Channels, &n.Paused, &n.Gaps, &n.Helpful, &n.Unhelpful)
	if err != nil {
		return n, fmt.Errorf("count deliveries: %w", err)
	}
	return n, nil
}

// noteGap remembers that question found no answer.
func (s *Store) noteGap(ctx context.Context, question string) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO gaps (question, times, latest) VALUES ($1, 1, $2)
		ON CONFLICT (question) DO UPDATE SET times = gaps.times + 1, latest = excluded.latest`,
		question, millis(s.now()))
	if err != nil {
		return fmt.Errorf("note an unanswered question: %w", err)
	}
	return nil
}

// inTx runs do in one transaction, which is undone if do returns an error.
func (s *Store) inTx(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // without effect once committed
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func millis(t time.Time) int64 { return t.UnixMilli() }
