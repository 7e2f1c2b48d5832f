package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
)

// Titled returns the publication that somebody means by its title, its id or a
// part of its title. It takes the first of these that finds any, and of several
// publications the newest: the whole title or id; the beginning of a title; all
// of the words, or beginnings of words, somewhere in a title. Upper and lower
// case, punctuation and white space make no difference. Publications that were
// withdrawn are left out. The error wraps ErrNotFound if there is none.
func (s *Store) Titled(ctx context.Context, words string) (*Doc, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, title FROM publications WHERE withdrawn = 0 ORDER BY newest DESC, seq DESC")
	if err != nil {
		return nil, fmt.Errorf("find the publication %q: %w", words, err)
	}
	id, err := bestTitle(rows, words)
	if err != nil {
		return nil, fmt.Errorf("find the publication %q: %w", words, err)
	}
	return s.Get(ctx, id)
}

// bestTitle returns the id of the first row that matches words best.
func bestTitle(rows *sql.Rows, words string) (best string, err error) {
	defer rows.Close()
	wanted := folded(words)
	rank := 0
	for rows.Next() {
		var id, title string
		if err := rows.Scan(&id, &title); err != nil {
			return "", err
		}
		if r := match(id, title, words, wanted); r > rank {
			best, rank = id, r
		}
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	if rank == 0 {
		return "", ErrNotFound
	}
	return best, nil
}

// A Heading is a publication's id and title.
type Heading struct{ ID, Title string }

// Headings returns up to n publications that somebody may mean by words, as
// Titled has it; all of them fit no words at all. Those whose title begins so
// come first, and of several the newest.
func (s *Store) Headings(ctx context.Context, words string, n int) ([]Heading, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, title FROM publications WHERE withdrawn = 0 ORDER BY newest DESC, seq DESC")
	if err != nil {
		return nil, fmt.Errorf("list the titles like %q: %w", words, err)
	}
	defer rows.Close()
	var ranked [4][]Heading // by what match returns
	wanted := folded(words)
	for rows.Next() {
		var h Heading
		if err := rows.Scan(&h.ID, &h.Title); err != nil {
			return nil, fmt.Errorf("list the titles like %q: %w", words, err)
		}
		rank := 1
		if len(wanted) > 0 {
			rank = match(h.ID, h.Title, words, wanted)
		}
		if len(ranked[rank]) < n {
			ranked[rank] = append(ranked[rank], h)
		}
	}
	all := slices.Concat(ranked[3], ranked[2], ranked[1])
	return all[:min(n, len(all))], rows.Err()
}

// match returns how well a publication fits: 3 wholly, 2 from its beginning,
// 1 in all words, 0 not at all.
func match(id, title, words string, wanted []string) int {
	if id == strings.TrimSpace(words) {
		return 3
	}
	if len(wanted) == 0 {
		return 0
	}
	has := folded(title)
	switch {
	case slices.Equal(has, wanted) || slices.Equal(folded(id), wanted):
		return 3
	case strings.HasPrefix(strings.Join(has, " "), strings.Join(wanted, " ")):
		return 2
	case allIn(has, wanted):
		return 1
	}
	return 0
}

// allIn reports whether each of the words begins one of has.
func allIn(has, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool {
		return !slices.ContainsFunc(has, func(h string) bool { return strings.HasPrefix(h, word) })
	})
}

// folded returns the words of text without case and punctuation.
func folded(text string) []string {
	return strings.FieldsFunc(cases.Fold().String(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}
