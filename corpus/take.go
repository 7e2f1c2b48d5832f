package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// batch is the number of publications that Take keeps in one transaction:
// enough to be fast, and few enough for other writers not to wait long.
const batch = 100

// Take fetches src once, keeps what it shows as Put does, and returns how many
// publications are new or changed. Those that come with the first fetch of a
// source that succeeds are its Backlog, and those of which it says so itself.
//
// What cannot be kept does not hold up the rest: the error then names each
// such publication, beside what the source itself had to say. The state of the
// source is kept last, so that the next Take after a crash, or after an error
// of the database, sees everything again.
func (s *Store) Take(ctx context.Context, src Source) (changed int, err error) {
	state, first, err := s.state(ctx, src.Name())
	if err != nil {
		return 0, fmt.Errorf("take %s: %w", src.Name(), err)
	}
	docs, next, fetchErr := src.Fetch(ctx, state)
	docs, badErr := checked(docs)
	for some := range slices.Chunk(docs, batch) {
		n, err := s.putAll(ctx, src.Name(), first, some)
		if err != nil {
			return changed, errors.Join(fetchErr, badErr, fmt.Errorf("take %s: %w", src.Name(), err))
		}
		changed += n
	}
	if next == nil {
		next = state
	}
	if err := s.keepState(ctx, src.Name(), next, fetchErr == nil || len(docs) > 0); err != nil {
		return changed, errors.Join(fetchErr, badErr, fmt.Errorf("take %s: keep its state: %w", src.Name(), err))
	}
	return changed, errors.Join(fetchErr, badErr)
}

// checked returns those of docs that can be kept, and why the others cannot.
func checked(docs []*Doc) (good []*Doc, err error) {
	var errs []error
	for _, d := range docs {
		if err := d.Check(); err != nil {
			errs = append(errs, err)
			continue
		}
		good = append(good, d)
	}
	return good, errors.Join(errs...)
}

// putAll puts docs in one transaction.
func (s *Store) putAll(ctx context.Context, source string, backlog bool, docs []*Doc) (changed int, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		for _, d := range docs {
			d.Source, d.Backlog = source, backlog || d.Backlog
			new, err := s.put(ctx, tx, d)
			if err != nil {
				return fmt.Errorf("put %s: %w", d.ID, err)
			}
			changed += number(new)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return changed, nil
}

// state returns what the source returned last, and whether it has yet to be
// fetched with success.
func (s *Store) state(ctx context.Context, source string) (state []byte, first bool, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT state, fetched IS NULL FROM sources WHERE name = $1", source).Scan(&state, &first)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, true, nil
	}
	return state, first, err
}

func (s *Store) keepState(ctx context.Context, source string, state []byte, success bool) error {
	var fetched any
	if success {
		fetched = s.now().UnixMilli()
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO sources (name, state, fetched) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET state = excluded.state, fetched = coalesce(excluded.fetched, sources.fetched)`,
		source, state, fetched)
	return err
}

// Fetched returns when the source of this name was last fetched with success,
// the zero time if it never was.
func (s *Store) Fetched(ctx context.Context, source string) (time.Time, error) {
	when, err := fetched(ctx, s.db, source)
	if err != nil {
		return time.Time{}, fmt.Errorf("last fetch of %s: %w", source, err)
	}
	return when, nil
}

// A querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func fetched(ctx context.Context, db querier, source string) (time.Time, error) {
	var when sql.NullInt64
	err := db.QueryRowContext(ctx, "SELECT fetched FROM sources WHERE name = $1", source).Scan(&when)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !when.Valid {
		return time.Time{}, nil
	}
	return time.UnixMilli(when.Int64).UTC(), err
}
