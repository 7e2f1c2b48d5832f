package bot

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A Monitor knows how the sources are.
type Monitor interface {
	// Sources returns how each source is now, in the order of the
	// configuration.
	Sources(ctx context.Context) ([]SourceStatus, error)
}

// A SourceStatus tells how a source is.
type SourceStatus struct {
	Name     string
	Read     time.Time // when it was last read well; zero if it never was
	Next     time.Time // when it is looked at again; zero if that is not known
	Newest   time.Time // date of its newest publication; zero if there is none
	Problems []Problem
}

// A Problem is something that is wrong with a source and stays so for now.
type Problem struct {
	Key  string // the same as long as it lasts, such as "failing"
	Says string // what is wrong, and what to do about it
}

// A Channel is one channel of a platform; the zero Channel is none.
type Channel struct {
	Platform string // Name of the Platform
	ID       string // of the channel there
}

const (
	noticeLength = 1500 // characters of a notice; what is longer is in the log
	shownSays    = 280  // characters of a problem that the status shows
	shownMost    = 5    // problems of one source that it shows
)

// Report takes note of all that is wrong with a source now. What was not wrong
// at the last Report is posted to the operators' channel, if there is one, and
// so is that all is well again; what goes on being wrong is not told of anew,
// also after a restart.
func (b *Bot) Report(ctx context.Context, source string, problems []Problem) error {
	err := b.store.inTx(ctx, func(tx *sql.Tx) error {
		known, err := knownProblems(ctx, tx, source)
		if err != nil {
			return err
		}
		for _, p := range problems {
			if slices.Contains(known, p.Key) {
				continue
			}
			if err := b.store.begin(ctx, tx, source, p.Key); err != nil {
				return err
			}
			if err := b.notify(ctx, tx, fmt.Sprintf("The source %s has a problem. %s", source, p.Says)); err != nil {
				return err
			}
		}
		return b.recover(ctx, tx, source, known, problems)
	})
	if err != nil {
		return fmt.Errorf("report the problems of %s: %w", source, err)
	}
	return nil
}

// recover forgets the known problems that are none any more.
func (b *Bot) recover(ctx context.Context, tx *sql.Tx, source string, known []string, problems []Problem) error {
	for _, key := range known {
		if slices.ContainsFunc(problems, func(p Problem) bool { return p.Key == key }) {
			continue
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM problems WHERE source = $1 AND problem = $2`, source, key); err != nil {
			return err
		}
	}
	if len(known) == 0 || len(problems) > 0 {
		return nil
	}
	return b.notify(ctx, tx, "All is well again with the source "+source+".")
}

// notify writes down a delivery of text to the operators. It goes before all
// publications that are due there.
func (b *Bot) notify(ctx context.Context, tx *sql.Tx, text string) error {
	if b.operators == (Channel{}) {
		return nil
	}
	var n int64
	err := tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), -1000000000000) + 1 FROM deliveries WHERE seq < 0`).Scan(&n)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("notice %d", n)
	_, err = tx.ExecContext(ctx, `INSERT INTO deliveries (key, platform, channel, doc, seq, due, notice)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, deliveryKey(b.operators.Platform, b.operators.ID, name),
		b.operators.Platform, b.operators.ID, name, n, millis(b.store.now()), shortened(text, noticeLength))
	return err
}

func (s *Store) begin(ctx context.Context, tx *sql.Tx, source, problem string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO problems (source, problem, since) VALUES ($1, $2, $3)`, source, problem, millis(s.now()))
	return err
}

func knownProblems(ctx context.Context, tx *sql.Tx, source string) (keys []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT problem FROM problems WHERE source = $1 ORDER BY problem`, source)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

// status answers how the sources are, those with problems first.
func (b *Bot) status(ctx context.Context) (Message, error) {
	if b.monitor == nil {
		return private("I have no sources."), nil
	}
	sources, err := b.monitor.Sources(ctx)
	if err != nil {
		return Message{}, err
	}
	slices.SortStableFunc(sources, func(x, y SourceStatus) int { return min(1, len(y.Problems)) - min(1, len(x.Problems)) })
	lines := []string{"The sources that I read:"}
	for _, s := range sources {
		lines = append(lines, s.words(b.now())...)
	}
	return private(strings.Join(lines, "\n")), nil
}

// words tells of a source in one line, and in one more for each problem.
func (s SourceStatus) words(now time.Time) []string {
	line := s.Name + ": "
	if s.Read.IsZero() {
		line += "never read yet"
	} else {
		line += "read " + about(now.Sub(s.Read)) + " ago"
	}
	if s.Next.After(now) {
		line += ", looked at again in " + about(s.Next.Sub(now))
	}
	if !s.Newest.IsZero() {
		line += ", newest publication of " + s.Newest.Format("2 January 2006")
	}
	lines := []string{line}
	for _, p := range s.Problems[:min(len(s.Problems), shownMost)] {
		lines = append(lines, "PROBLEM: "+shortened(p.Says, shownSays))
	}
	if more := len(s.Problems) - shownMost; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more problems, which the log tells of", more))
	}
	return lines
}

// about returns how long d is in one unit, such as "5 minutes".
func about(d time.Duration) string {
	unit, n := "second", int(d/time.Second)
	switch {
	case d >= 48*time.Hour:
		unit, n = "day", int(d/(24*time.Hour))
	case d >= 2*time.Hour:
		unit, n = "hour", int(d/time.Hour)
	case d >= 2*time.Minute:
		unit, n = "minute", int(d/time.Minute)
	}
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// shortened returns the bot's own words, cut to n characters.
func shortened(words string, n int) string {
	if utf8.RuneCountInString(words) <= n {
		return words
	}
	return string([]rune(words)[:n-1]) + "…"
}
