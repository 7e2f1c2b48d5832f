package bot

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"rapporteur/corpus"
)

// announcePage is how many publications are decided on in one transaction.
const announcePage = 200

// Announce decides which of the publications that came since it last looked
// are to be posted where, and writes one delivery for each. A publication is
// decided on once, whatever happens to it later, and in one transaction with
// its deliveries, so that a crash neither loses nor doubles it.
func (b *Bot) Announce(ctx context.Context) error {
	seq, err := b.store.cursor(ctx)
	if err != nil {
		return err
	}
	page := make([]*corpus.Doc, 0, announcePage)
	for doc, err := range b.library.After(ctx, seq) {
		if err != nil {
			return fmt.Errorf("announce: %w", err)
		}
		if page = append(page, doc); len(page) < announcePage {
			continue
		}
		if err := b.announce(ctx, page); err != nil {
			return err
		}
		page = page[:0]
	}
	return b.announce(ctx, page)
}

func (b *Bot) announce(ctx context.Context, docs []*corpus.Doc) error {
	if len(docs) == 0 {
		return nil
	}
	var posts int
	err := b.store.inTx(ctx, func(tx *sql.Tx) error {
		subs, err := allSubscriptions(ctx, tx)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			first, err := b.store.decide(ctx, tx, doc)
			if err != nil {
				return err
			}
			if !first {
				if err := b.store.outdate(ctx, tx, doc); err != nil {
					return err
				}
			}
			if !first || doc.Withdrawn || !b.fresh(doc) {
				continue
			}
			n, err := b.store.enqueue(ctx, tx, doc, subs)
			if err != nil {
				return err
			}
			posts += n
		}
		b.log.Debug("announce: deliveries written", "publications", len(docs), "deliveries", posts)
		return setCursor(ctx, tx, docs[len(docs)-1].Seq)
	})
	if err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	b.log.Debug("announce: decided", "publications", len(docs), "deliveries", posts)
	return nil
}

// fresh reports whether doc was news when it came. Undated is not old, unless
// it lay there before its source was first looked at; a date in the future is
// not old either.
func (b *Bot) fresh(doc *corpus.Doc) bool {
	if doc.Published.IsZero() {
		return !doc.Backlog
	}
	return doc.Arrived.Sub(doc.Published) <= b.maxAge
}

// announcement is the message that a publication is posted with.
func announcement(doc *corpus.Doc) Message { return presented(doc, "New publication.") }

// presented is a message with the key takeaways of a publication, or whatever
// else there is to show of it, below what is new about it.
func presented(doc *corpus.Doc, news string) Message {
	switch {
	case doc.Extracted && len(doc.Takeaways) > 0:
		return Message{Text: news + " It states no key takeaways; these sentences were extracted from it:", Quotes: takeaways(doc), Takeaways: true}
	case len(doc.Takeaways) > 0:
		return Message{Text: news + " Its key takeaways:", Quotes: takeaways(doc), Takeaways: true}
	}
	return Message{Text: news + " It begins:", Quotes: opening(doc)}
}

// takeaways cuts the key takeaways, the publication's own or extracted ones.
func takeaways(doc *corpus.Doc) []Quote {
	quotes := make([]Quote, 0, len(doc.Takeaways))
	for _, s := range doc.Takeaways {
		quotes = append(quotes, Quote{Quote: doc.Quote(s)})
	}
	return quotes
}

// openingWords is how long a paragraph must be to count as prose, and not as
// a heading or a byline.
const openingWords = 12

// opening cuts the first paragraph of prose, or just the first one.
func opening(doc *corpus.Doc) []Quote {
	var first []Quote
	for p := range doc.Paragraphs() {
		q := Quote{Quote: doc.Quote(p)}
		if len(strings.Fields(q.Text())) >= openingWords {
			return []Quote{q}
		}
		if first == nil {
			first = []Quote{q}
		}
	}
	return first
}

// decide reports whether it is for the first time that doc is decided on, and
// writes that down.
func (s *Store) decide(ctx context.Context, tx *sql.Tx, doc *corpus.Doc) (first bool, err error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO announced (doc, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
		doc.ID, millis(s.now()))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// enqueue writes one delivery of doc for each channel that follows its source.
func (s *Store) enqueue(ctx context.Context, tx *sql.Tx, doc *corpus.Doc, subs []subscription) (written int, err error) {
	for _, sub := range subs {
		if !sub.follows(doc.Source) {
			continue
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO deliveries (key, platform, channel, doc, seq, due)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
			deliveryKey(sub.platform, sub.channel, doc.ID), sub.platform, sub.channel, doc.ID, doc.Seq, millis(s.now()))
		if err != nil {
			return written, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return written, err
		}
		written += int(n)
	}
	return written, nil
}

// deliveryKey names a post among all others, in 24 letters and digits: as
// many as every platform can keep beside a message.
func deliveryKey(platform, channel, doc string) string {
	sum := sha256.Sum256([]byte(platform + "\x00" + channel + "\x00" + doc))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:15]))
}

// cursor returns the Seq up to which publications were decided on.
func (s *Store) cursor(ctx context.Context) (seq int64, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT seq FROM cursors WHERE name = 'announce'`).Scan(&seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read the announcer's place: %w", err)
	}
	return seq, nil
}

func setCursor(ctx context.Context, tx *sql.Tx, seq int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO cursors (name, seq) VALUES ('announce', $1)
		ON CONFLICT (name) DO UPDATE SET seq = excluded.seq`, seq)
	return err
}

// DefaultMaxAge is how old a publication may be when it comes and still be
// posted: long enough for a weekend's outage of a feed, too short for its
// backlog.
const DefaultMaxAge = 48 * time.Hour
