package bot

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"rapporteur/corpus"
)

// addPage writes p down under a new id, and forgets pages that are too old.
func (s *Store) addPage(ctx context.Context, p *page) error {
	p.id, p.created = strings.ToLower(rand.Text()[:16]), s.now()
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		if err := forgetOld(ctx, tx, s.now().Add(-pageMemory)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO pages (id, platform, workspace, kind, question, scope, lead, takeaways, private, per, room, created)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			p.id, p.platform, p.workspace, p.kind, p.question, p.scope, p.lead, p.takeaways, p.private, p.per, p.room, millis(p.created))
		if err != nil {
			return err
		}
		for n, q := range p.quotes {
			_, err := tx.ExecContext(ctx, `INSERT INTO passages
				(page, n, doc, start, stop, bold_start, bold_stop, takeaway, voice, sum) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
				p.id, n, q.Doc().ID, q.Span().Start, q.Span().End, q.Focus.Start, q.Focus.End, q.Takeaway, q.Voice, sum(q.Text()))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep the buttons of an answer: %w", err)
	}
	return nil
}

// forgetOld deletes the pages and threads from before a time.
func forgetOld(ctx context.Context, tx *sql.Tx, before time.Time) error {
	for _, delete := range []string{
		`DELETE FROM passages WHERE page IN (SELECT id FROM pages WHERE created < $1)`,
		`DELETE FROM pages WHERE created < $1`,
		`DELETE FROM threads WHERE at < $1`,
	} {
		if _, err := tx.ExecContext(ctx, delete, millis(before)); err != nil {
			return err
		}
	}
	return nil
}

// sum tells words apart, so that a passage whose publication changed is not
// taken for the one that was quoted.
func sum(words string) string {
	s := sha256.Sum256([]byte(words))
	return hex.EncodeToString(s[:8])
}

// page returns the page whose id c names, with those of its passages that still
// stand as they did. The error is errPageGone if there is none, it is too old,
// or it belongs to another workspace.
func (b *Bot) page(ctx context.Context, c Command) (*page, error) {
	p, err := b.store.getPage(ctx, c.Args)
	if err != nil {
		return nil, err
	}
	if p.platform != c.Platform || p.workspace != c.Workspace {
		return nil, errPageGone
	}
	if p.quotes, err = b.passages(ctx, p.id); err != nil {
		return nil, err
	}
	p.first = min(p.first, max(0, len(p.quotes)-1))
	return p, nil
}

func (s *Store) getPage(ctx context.Context, id string) (*page, error) {
	p := &page{id: id}
	var created int64
	err := s.db.QueryRowContext(ctx, `SELECT platform, workspace, kind, question, scope, lead, takeaways, private, per, room, first, wide, shared, created
		FROM pages WHERE id = $1 AND created >= $2`, id, millis(s.now().Add(-pageMemory))).
		Scan(&p.platform, &p.workspace, &p.kind, &p.question, &p.scope, &p.lead, &p.takeaways, &p.private, &p.per, &p.room, &p.first, &p.wide, &p.shared, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errPageGone
	}
	if err != nil {
		return nil, fmt.Errorf("look up the buttons of an answer: %w", err)
	}
	p.created, p.kept = time.UnixMilli(created), p.first
	return p, nil
}

// A passage is a Quote as it was written down.
type passage struct {
	doc, voice, sum string
	span, focus     corpus.Span
	takeaway        bool
}

func (s *Store) passages(ctx context.Context, page string) (all []passage, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT doc, start, stop, bold_start, bold_stop, takeaway, voice, sum
		FROM passages WHERE page = $1 ORDER BY n`, page)
	if err != nil {
		return nil, fmt.Errorf("look up the passages of an answer: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p passage
		if err := rows.Scan(&p.doc, &p.span.Start, &p.span.End, &p.focus.Start, &p.focus.End, &p.takeaway, &p.voice, &p.sum); err != nil {
			return nil, fmt.Errorf("look up the passages of an answer: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// passages cuts the passages of a page anew, without those whose words do not
// stand in their publication any more.
func (b *Bot) passages(ctx context.Context, page string) (quotes []Quote, err error) {
	kept, err := b.store.passages(ctx, page)
	if err != nil {
		return nil, err
	}
	docs := map[string]*corpus.Doc{}
	for _, p := range kept {
		doc := docs[p.doc]
		if doc == nil {
			if doc, err = b.library.Get(ctx, p.doc); errors.Is(err, corpus.ErrNotFound) {
				continue
			} else if err != nil {
				return nil, err
			}
			docs[p.doc] = doc
		}
		if p.span.End <= len(doc.Text) && sum(doc.Text[p.span.Start:p.span.End]) == p.sum {
			quotes = append(quotes, Quote{Quote: doc.Quote(p.span), Focus: p.focus, Takeaway: p.takeaway, Voice: p.voice})
		}
	}
	return quotes, nil
}

// turnPage writes down what of p is shown, and reports whether nobody has turned
// it meanwhile: then nothing is changed.
func (s *Store) turnPage(ctx context.Context, p *page) (turned bool, err error) {
	res, err := s.db.ExecContext(ctx, `UPDATE pages SET first = $1, wide = $2 WHERE id = $3 AND first = $4`, p.first, p.wide, p.id, p.kept)
	if err != nil {
		return false, fmt.Errorf("turn the page of an answer: %w", err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// sharePage writes down that a page is shared, and reports whether it was not.
func (s *Store) sharePage(ctx context.Context, id string) (first bool, err error) {
	res, err := s.db.ExecContext(ctx, `UPDATE pages SET shared = 1 WHERE id = $1 AND shared = 0`, id)
	if err != nil {
		return false, fmt.Errorf("share an answer: %w", err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// addFeedback writes down what person thinks of p, in place of what they
// thought before.
func (s *Store) addFeedback(ctx context.Context, p *page, person string, helpful bool) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO feedback (page, person, question, helpful, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (page, person) DO UPDATE SET helpful = excluded.helpful, at = excluded.at`,
		p.id, person, p.question, helpful, millis(s.now()))
	if err != nil {
		return fmt.Errorf("keep feedback: %w", err)
	}
	return nil
}
