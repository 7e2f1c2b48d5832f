package corpus

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// selectDoc begins every query whose rows scan reads.
const selectDoc = `SELECT seq, first, id, url, title, authors, published, language, text, takeaways,
	source, arrived, backlog, withdrawn FROM publications `

// A scanner is one row of a result.
type scanner interface{ Scan(dest ...any) error }

// scan reads a publication; the error is ErrNotFound if there is no row.
func scan(row scanner) (*Doc, error) {
	var d Doc
	var authors, takeaways, published string
	var arrived int64
	err := row.Scan(&d.Seq, &d.First, &d.ID, &d.URL, &d.Title, &authors, &published, &d.Language, &d.Text, &takeaways,
		&d.Source, &arrived, &d.Backlog, &d.Withdrawn)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	d.Arrived = time.UnixMilli(arrived).UTC()
	if published != "" {
		d.Published, err = time.Parse(time.RFC3339, published)
	}
	return &d, errors.Join(err, json.Unmarshal([]byte(authors), &d.Authors), json.Unmarshal([]byte(takeaways), &d.Takeaways))
}

// collect reads all rows by read and closes them.
func collect[T any](rows *sql.Rows, read func(scanner) (T, error)) (all []T, err error) {
	defer rows.Close()
	for rows.Next() {
		one, err := read(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// values returns the columns of d as insertDoc and updateDoc number them.
func values(d *Doc) []any {
	published, newest := date(d.Published), d.Arrived
	if published != "" {
		newest = d.Published
	}
	return []any{d.ID, d.Seq, d.First, d.URL, d.Title, list(d.Authors), published, d.Language, d.Text, list(d.Takeaways),
		d.Source, d.Arrived.UnixMilli(), number(d.Backlog), number(d.Withdrawn), newest.UnixMilli()}
}

// date returns t as it is kept: to the second and with its zone, for the day
// is that of the author. A year that has not four digits, which only a mistake
// makes, counts as unknown.
func date(t time.Time) string {
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return t.Format(time.RFC3339)
}

// list returns items as JSON; strings and spans always have one.
func list[T any](items []T) string {
	if len(items) == 0 {
		return "[]"
	}
	text, err := json.Marshal(items)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

const (
	insertDoc = `INSERT INTO publications (id, seq, first, url, title, authors, published, language, text, takeaways,
		source, arrived, backlog, withdrawn, newest)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`
	updateDoc = `UPDATE publications SET seq = $2, first = $3, url = $4, title = $5, authors = $6, published = $7,
		language = $8, text = $9, takeaways = $10, source = $11, arrived = $12, backlog = $13, withdrawn = $14,
		newest = $15 WHERE id = $1`
)
