package corpus

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Put keeps d, whose Seq, First, Arrived, Backlog and Source it sets to those
// of the publication in the Store; one that is new there keeps its own Backlog
// and Source. A new publication, or one of which anything else has changed,
// gets the next Seq; a text that is replaced is kept as a [Revision]. Put
// reports whether anything was changed.
//
// A publication may come under another ID than before, from the same source or
// another: it is recognised by its address or its text, d is given the ID that
// it has in the Store, and the address of d is added to its Addresses.
//
// If d is Withdrawn, the publication of this ID is marked so and keeps what is
// known of it; one that never came is not made. A publication that comes from
// another Source than before is not changed, unless the earlier one withdrew
// it or was not fetched for a week. If an error is returned, nothing was
// changed.
func (s *Store) Put(ctx context.Context, d *Doc) (changed bool, err error) {
	if err := d.Check(); err != nil {
		return false, fmt.Errorf("put %w", err)
	}
	err = s.transact(ctx, func(tx *sql.Tx) error {
		changed, err = s.put(ctx, tx, d)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("put %s: %w", d.ID, err)
	}
	return changed, nil
}

// transact runs do in one transaction, which is undone if do fails.
func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// put is Put in a transaction, for a Doc that was checked.
func (s *Store) put(ctx context.Context, tx *sql.Tx, d *Doc) (changed bool, err error) {
	old, err := s.find(ctx, tx, d)
	switch {
	case err != nil:
		return false, err
	case old == nil:
		return s.insert(ctx, tx, d)
	}
	came := d.ID
	d.ID = old.ID
	next, err := s.next(ctx, tx, old, d)
	if err != nil {
		return false, err
	}
	if same(old, next) {
		d.Seq, d.First, d.Arrived, d.Backlog, d.Source = old.Seq, old.First, old.Arrived, old.Backlog, old.Source
		if came == d.ID {
			return false, nil
		}
		return false, s.remember(ctx, tx, old, came)
	}
	if err := s.update(ctx, tx, old, next, d); err != nil {
		return false, err
	}
	return true, s.remember(ctx, tx, next, came)
}

// find returns the publication that d is, or nil if it is new.
func (s *Store) find(ctx context.Context, tx *sql.Tx, d *Doc) (*Doc, error) {
	old, err := scan(tx.QueryRowContext(ctx, selectDoc+"WHERE id = $1", d.ID))
	if errors.Is(err, ErrNotFound) {
		return s.identify(ctx, tx, d)
	}
	return old, err
}

// next returns what the publication old becomes when d comes.
func (s *Store) next(ctx context.Context, tx *sql.Tx, old, d *Doc) (*Doc, error) {
	foreign, err := s.foreign(ctx, tx, old, d)
	if err != nil {
		return nil, err
	}
	next := *d
	switch {
	case foreign && d.Withdrawn:
		next = *old
	case foreign:
		next = *old
		next.URL = cmp.Or(old.URL, d.URL)
		next.Addresses = alsoAt(next.URL, old.Addresses, d)
	case d.Withdrawn:
		next = *old
		next.Withdrawn = true
	default:
		next.Addresses = alsoAt(d.URL, append(slices.Clip(old.Addresses), old.URL), d)
	}
	return &next, nil
}

// insert adds d, or nothing if it was withdrawn before it came.
func (s *Store) insert(ctx context.Context, tx *sql.Tx, d *Doc) (changed bool, err error) {
	if d.Withdrawn {
		return false, nil
	}
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return false, err
	}
	d.Seq, d.First, d.Arrived = seq, seq, s.now().UTC().Truncate(time.Millisecond)
	if _, err := tx.ExecContext(ctx, insertDoc, values(d)...); err != nil {
		return false, err
	}
	return true, s.remember(ctx, tx, d, d.ID)
}

// update replaces old by next and tells d where it now stands.
func (s *Store) update(ctx context.Context, tx *sql.Tx, old, next, d *Doc) error {
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return err
	}
	if next.Text != old.Text {
		hash := sha256.Sum256([]byte(old.Text))
		_, err := tx.ExecContext(ctx, "INSERT INTO revisions (id, seq, text, hash, replaced) VALUES ($1, $2, $3, $4, $5)",
			old.ID, old.Seq, old.Text, hex.EncodeToString(hash[:]), s.now().UnixMilli())
		if err != nil {
			return err
		}
	}
	if next.Source == "" {
		next.Source = old.Source
	}
	next.Seq, next.First, next.Arrived, next.Backlog = seq, old.First, old.Arrived, old.Backlog
	d.Seq, d.First, d.Arrived, d.Backlog, d.Source = next.Seq, next.First, next.Arrived, next.Backlog, next.Source
	_, err = tx.ExecContext(ctx, updateDoc, values(next)...)
	return err
}

// nextSeq takes the next place in the order, which nobody ever had.
func nextSeq(ctx context.Context, tx *sql.Tx) (seq int64, err error) {
	err = tx.QueryRowContext(ctx, "UPDATE sequence SET last = last + 1 RETURNING last").Scan(&seq)
	return seq, err
}

// same reports whether a and b are alike in everything that a source says.
func same(a, b *Doc) bool {
	return a.Text == b.Text && a.Title == b.Title && a.URL == b.URL && a.Language == b.Language && a.Section == b.Section && a.About == b.About &&
		date(a.Published) == date(b.Published) && a.Withdrawn == b.Withdrawn &&
		slices.Equal(a.Authors, b.Authors) && slices.Equal(a.Takeaways, b.Takeaways) && a.Extracted == b.Extracted &&
		slices.Equal(a.Headings, b.Headings) && slices.Equal(a.Pages, b.Pages) && a.Partial == b.Partial &&
		slices.Equal(a.Addresses, b.Addresses)
}

// ownerGone is how long a source may not have been fetched before another one
// takes over the publications that both of them show.
const ownerGone = 7 * 24 * time.Hour

// foreign reports whether d comes from another source than the publication
// did, and the latter is still read. Such a d is not taken: two feeds that word
// one article differently would otherwise correct each other for ever.
func (s *Store) foreign(ctx context.Context, tx *sql.Tx, old, d *Doc) (bool, error) {
	if d.Source == "" || old.Source == "" || d.Source == old.Source || old.Withdrawn {
		return false, nil
	}
	fetched, err := fetched(ctx, tx, old.Source)
	return s.now().Sub(fetched) < ownerGone, err
}
