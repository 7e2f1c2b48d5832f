package bot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"rapporteur/corpus"
)

const (
	editPause = 10 * time.Minute // at least between two edits of one post, since some publishers save every sentence
	editTries = 10               // of one edit; the last comes after some ten hours
)

// An Editor is a Platform whose posts can be changed.
type Editor interface {
	// Edit puts m in the place of the post with this key, for which Post or
	// Find returned the id. It notifies nobody, and may be done twice. The
	// error is or wraps ErrGone if the post is not there any more or cannot be
	// changed, and a RetryError if it was refused for now.
	Edit(ctx context.Context, channel, id, key string, m Message) error
}

// outdate has all posts of doc follow its change: those that are there, and
// those that are being made while it comes.
func (s *Store) outdate(ctx context.Context, tx *sql.Tx, doc *corpus.Doc) error {
	_, err := tx.ExecContext(ctx, `UPDATE deliveries SET edit = $1, tries = 0, due = CASE WHEN due > $2 THEN due ELSE $2 END
		WHERE doc = $3 AND notice = '' AND state = 'done' AND message <> ''`, doc.Seq, millis(s.now()), doc.ID)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE deliveries SET edit = $1 WHERE doc = $2 AND notice = '' AND state IN ('due', 'held')`, doc.Seq, doc.ID)
	return err
}

// outdated returns the posts on a platform that are to be changed now and that
// nobody is at: of each channel the first one.
func (s *Store) outdated(ctx context.Context, platform string) (all []delivery, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT key, platform, channel, doc, tries, message, said, edit FROM deliveries
		WHERE edit > 0 AND state = 'done' AND platform = $1 AND due <= $2 AND lease <= $2 ORDER BY due, seq`, platform, millis(s.now()))
	if err != nil {
		return nil, fmt.Errorf("list outdated posts: %w", err)
	}
	defer rows.Close()
	met := map[string]bool{}
	for rows.Next() {
		var d delivery
		if err := rows.Scan(&d.key, &d.platform, &d.channel, &d.doc, &d.tries, &d.message, &d.said, &d.edit); err != nil {
			return nil, fmt.Errorf("list outdated posts: %w", err)
		}
		if !met[d.channel] {
			all = append(all, d)
		}
		met[d.channel] = true
	}
	return all, rows.Err()
}

// claimEdit writes down that an edit is about to be tried, and reports whether
// it is ours to try.
func (s *Store) claimEdit(ctx context.Context, d delivery) (mine bool, err error) {
	now := s.now()
	res, err := s.db.ExecContext(ctx, `UPDATE deliveries SET tries = tries + 1, lease = $1
		WHERE key = $2 AND state = 'done' AND edit > 0 AND tries = $3 AND lease <= $4`, millis(now.Add(leaseTime)), d.key, d.tries, millis(now))
	if err != nil {
		return false, fmt.Errorf("claim the edit of %s: %w", d.key, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// edited ends the edit d, unless the publication has changed once more. What
// the post says now is kept; if that is new, the next edit waits for a while.
func (s *Store) edited(ctx context.Context, d delivery, said string) error {
	next := s.now()
	if said != d.said {
		next = next.Add(editPause)
	}
	return s.update(ctx, d, `lease = 0, tries = 0, said = $2, due = $3, edit = CASE WHEN edit = $4 THEN 0 ELSE edit END`,
		said, millis(next), d.edit)
}

// edit makes one try at having a post say what its publication does now, if
// nobody else is at it, and writes down what came of it.
func (b *Bot) edit(ctx context.Context, p Platform, d delivery) {
	log := b.log.With("platform", d.platform, "channel", d.channel, "publication", d.doc)
	mine, err := b.store.claimEdit(ctx, d)
	if err != nil {
		log.Error("edit a post", "err", err)
	}
	if !mine {
		return
	}
	trying, cancel := outlive(ctx)
	defer cancel()
	said, err := b.tryEdit(trying, p, d)
	final := errors.Is(err, ErrGone) || d.tries+1 >= editTries
	ctx = context.WithoutCancel(ctx)
	switch {
	case err == nil || final:
		err = errors.Join(err, b.store.edited(ctx, d, said))
	default:
		err = errors.Join(err, b.store.again(ctx, d, b.now().Add(wait(err, d.tries)), false))
	}
	if err != nil {
		log.Warn("a post cannot be changed as its publication was", "try", d.tries+1, "final", final, "err", err)
	}
}

// tryEdit changes a post if it says something else than its publication, and
// returns what it says then.
func (b *Bot) tryEdit(ctx context.Context, p Platform, d delivery) (said string, err error) {
	doc, err := b.library.Get(ctx, d.doc)
	if errors.Is(err, corpus.ErrNotFound) {
		return d.said, nil
	}
	if err != nil {
		return d.said, err
	}
	said = digest(doc)
	editor, ok := p.(Editor)
	if said == d.said || !ok {
		return d.said, nil
	}
	err = editor.Edit(ctx, d.channel, d.message, d.key, changed(doc))
	b.pace.tried(d.route, err)
	if err != nil {
		return d.said, err
	}
	b.log.Info("a post was changed as its publication was", "platform", d.platform, "channel", d.channel, "publication", d.doc)
	return said, nil
}

// changed is what the post of a publication says once that has changed.
func changed(doc *corpus.Doc) Message {
	if doc.Withdrawn {
		return presented(doc, "Withdrawn by its publisher since it was posted here.")
	}
	return presented(doc, "New publication, changed since it was posted here.")
}

// digest stands for all that the post of a publication says of it.
func digest(doc *corpus.Doc) string { return sum(Plain(presented(doc, ""))) }
