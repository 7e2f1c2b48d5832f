package corpus

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// selectDoc begins every query whose rows scan reads.
const selectDoc = `SELECT seq, first, id, url, title, authors, published, language, text, takeaways,
	extracted, headings, pages, partial, addresses, source, arrived, backlog, withdrawn, section, about FROM publications `

// A scanner is one row of a result.
type scanner interface{ Scan(dest ...any) error }

// scan reads a publication; the error is ErrNotFound if there is no row.
func scan(row scanner) (*Doc, error) {
	var d Doc
	var authors, takeaways, headings, pages, addresses, published string
	var arrived int64
	err := row.Scan(&d.Seq, &d.First, &d.ID, &d.URL, &d.Title, &authors, &published, &d.Language, &d.Text, &takeaways,
		&d.Extracted, &headings, &pages, &d.Partial, &addresses, &d.Source, &arrived, &d.Backlog, &d.Withdrawn, &d.Section, &d.About)
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
	return &d, errors.Join(err, unlist(authors, &d.Authors), unlist(takeaways, &d.Takeaways), unlist(headings, &d.Headings),
		unlist(pages, &d.Pages), unlist(addresses, &d.Addresses))
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
		number(d.Extracted), list(d.Headings), list(d.Pages), number(d.Partial), list(d.Addresses), d.Source, d.Arrived.UnixMilli(), number(d.Backlog), number(d.Withdrawn), newest.UnixMilli(), d.Section, d.About}
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

// unlist reads what list has written; an empty list is nil.
func unlist[T any](text string, items *[]T) error {
	if text == "[]" {
		return nil
	}
	return json.Unmarshal([]byte(text), items)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

const (
	insertDoc = `INSERT INTO publications (id, seq, first, url, title, authors, published, language, text, takeaways,
		extracted, headings, pages, partial, addresses, source, arrived, backlog, withdrawn, newest, section, about)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`
	updateDoc = `UPDATE publications SET seq = $2, first = $3, url = $4, title = $5, authors = $6, published = $7,
		language = $8, text = $9, takeaways = $10, extracted = $11, headings = $12, pages = $13, partial = $14,
		addresses = $15, source = $16, arrived = $17, backlog = $18, withdrawn = $19, newest = $20, section = $21, about = $22 WHERE id = $1`
)
