package corpus

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"time"

	"rapporteur/corpus/sqlite"
)

//go:embed migrations
var migrations embed.FS

// A Store keeps every publication that was ever put into it, in the order in
// which they came or changed. Many goroutines may use it at once.
type Store struct {
	db  *sql.DB
	now func() time.Time
}

// OpenStore opens the store in the database file at path, which it makes if
// need be. The clock now tells when publications arrive.
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

// Get returns the publication with this id, withdrawn or not. The error wraps
// ErrNotFound if there was never one.
func (s *Store) Get(ctx context.Context, id string) (*Doc, error) {
	d, err := scan(s.db.QueryRowContext(ctx, selectDoc+"WHERE id = $1", id))
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", id, err)
	}
	return d, nil
}

// After returns the publications that came, changed or were withdrawn after
// seq, in that order and each as it is now. One that changes meanwhile is
// returned once more, or only later. An error ends the iteration.
//
// Nothing is held between two publications, neither a lock nor a connection
// nor the ones to come: whoever reads may take long.
func (s *Store) After(ctx context.Context, seq int64) iter.Seq2[*Doc, error] {
	return func(yield func(*Doc, error) bool) {
		for {
			d, err := scan(s.db.QueryRowContext(ctx, selectDoc+"WHERE seq > $1 ORDER BY seq LIMIT 1", seq))
			if errors.Is(err, ErrNotFound) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("publications after %d: %w", seq, err))
				return
			}
			if !yield(d, nil) {
				return
			}
			seq = d.Seq
		}
	}
}

// Latest returns the n publications that were published last, newest first;
// one without a date counts as published when it arrived. Those that were
// withdrawn are left out.
func (s *Store) Latest(ctx context.Context, n int) ([]*Doc, error) {
	rows, err := s.db.QueryContext(ctx, selectDoc+"WHERE withdrawn = 0 ORDER BY newest DESC, seq DESC LIMIT $1", n)
	if err != nil {
		return nil, fmt.Errorf("latest publications: %w", err)
	}
	docs, err := collect(rows, scan)
	if err != nil {
		return nil, fmt.Errorf("latest publications: %w", err)
	}
	return docs, nil
}

// A Revision is a text that a publication had before.
type Revision struct {
	Seq      int64     // the last Seq that the publication had with this text
	Text     string    // as it was
	Hash     string    // sha256 of Text, in hexadecimal
	Replaced time.Time // when the next text came
}

// Revisions returns the texts that the publication had before, oldest first.
// There are none for one that is not known.
func (s *Store) Revisions(ctx context.Context, id string) ([]Revision, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT seq, text, hash, replaced FROM revisions WHERE id = $1 ORDER BY seq", id)
	if err != nil {
		return nil, fmt.Errorf("revisions of %s: %w", id, err)
	}
	revisions, err := collect(rows, func(row scanner) (r Revision, err error) {
		var replaced int64
		err = row.Scan(&r.Seq, &r.Text, &r.Hash, &replaced)
		r.Replaced = time.UnixMilli(replaced).UTC()
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("revisions of %s: %w", id, err)
	}
	return revisions, nil
}

// At returns the publication as it read when it had the place seq in the
// order, so that a quote can be cut again out of the text that it came from.
// Of an earlier text only the words are kept: it has no takeaways, headings
// and pages, and all else is as it is now. The error wraps ErrNotFound if the
// publication was never known, or not yet.
func (s *Store) At(ctx context.Context, id string, seq int64) (*Doc, error) {
	d, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if seq < d.First {
		return nil, fmt.Errorf("get %s as of %d: %w", id, seq, ErrNotFound)
	}
	old := *d
	err = s.db.QueryRowContext(ctx, "SELECT seq, text FROM revisions WHERE id = $1 AND seq >= $2 ORDER BY seq LIMIT 1", d.ID, seq).Scan(&old.Seq, &old.Text)
	if errors.Is(err, sql.ErrNoRows) {
		return d, nil
	}
	if err != nil {
		return nil, fmt.Errorf("get %s as of %d: %w", id, seq, err)
	}
	old.Takeaways, old.Headings, old.Pages, old.Extracted = nil, nil, nil, false
	return &old, nil
}

// Stats is how much a Store holds.
type Stats struct {
	Publications int   // without those that were withdrawn
	Withdrawn    int   // publications that their source no longer has
	Seq          int64 // the highest one; 0 if nothing ever came
}

// Stats counts what the Store holds.
func (s *Store) Stats(ctx context.Context) (stats Stats, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM publications WHERE withdrawn = 0),
		(SELECT count(*) FROM publications WHERE withdrawn = 1),
		(SELECT last FROM sequence)`).Scan(&stats.Publications, &stats.Withdrawn, &stats.Seq)
	if err != nil {
		return Stats{}, fmt.Errorf("count publications: %w", err)
	}
	return stats, nil
}
