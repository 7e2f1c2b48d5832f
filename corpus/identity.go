package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Texts are held to be the same from these shares of shingles on.
const (
	sameAddress = 0.5 // of the shorter text, where both stand at one address: one may be an excerpt
	sameText    = 0.9 // of both, where nothing but the text speaks for it
	leastWords  = 100 // of a text that is recognised by itself; short ones are alike by chance
)

// identify returns the publication that d is under another ID, or nil if d is
// new: the one that d was recognised as before, the one at the same address
// unless the texts have little in common, since some sources have one address
// for all they show, or the one of another source with nearly the same text.
func (s *Store) identify(ctx context.Context, tx *sql.Tx, d *Doc) (*Doc, error) {
	known, err := s.named(ctx, tx, "id", d.ID)
	if known != nil || err != nil || d.Withdrawn {
		return known, err
	}
	print := fingerprint(d.Text)
	for _, address := range addresses(d) {
		known, err := s.named(ctx, tx, "address", address)
		if err != nil {
			return nil, err
		}
		if known != nil && print.within(fingerprint(known.Text)) >= sameAddress {
			return known, nil
		}
	}
	return s.twin(ctx, tx, d, print)
}

// named returns the publication that goes by a name of some kind, "id" or
// "address", or nil.
func (s *Store) named(ctx context.Context, tx *sql.Tx, kind, name string) (*Doc, error) {
	d, err := scan(tx.QueryRowContext(ctx, selectDoc+
		"WHERE id = (SELECT doc FROM identities WHERE kind = $1 AND name = $2)", kind, name))
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return d, err
}

// Addressed returns the publication that stands at an address, however that is
// dressed: http or https, with "www." or without, with a final slash, a fragment
// or parameters that only count visitors. The error wraps ErrNotFound if there is
// none, it was withdrawn, or several publications have that address.
func (s *Store) Addressed(ctx context.Context, address string) (*Doc, error) {
	d, err := scan(s.db.QueryRowContext(ctx, selectDoc+`WHERE withdrawn = 0 AND id =
		(SELECT doc FROM identities WHERE kind = 'address' AND name = $1 AND shared = 0)`, canonical(address)))
	if err != nil {
		return nil, fmt.Errorf("find the publication at %s: %w", address, err)
	}
	return d, nil
}

// twin returns the publication of another source whose text is nearly that of
// d, or nil.
func (s *Store) twin(ctx context.Context, tx *sql.Tx, d *Doc, print shingles) (*Doc, error) {
	if d.Source == "" || len(strings.Fields(d.Text)) < leastWords {
		return nil, nil
	}
	hash := print.simhash()
	b := bands(hash)
	rows, err := tx.QueryContext(ctx, selectDoc+`WHERE source <> $1 AND id IN (SELECT doc FROM fingerprints
		WHERE band0 = $2 OR band1 = $3 OR band2 = $4 OR band3 = $5)`, d.Source, b[0], b[1], b[2], b[3])
	if err != nil {
		return nil, err
	}
	alike, err := collect(rows, scan)
	if err != nil {
		return nil, err
	}
	for _, other := range alike {
		if print.shared(fingerprint(other.Text)) >= sameText {
			return other, nil
		}
	}
	return nil, nil
}

// remember writes down by which names d can be recognised, besides the ID also.
func (s *Store) remember(ctx context.Context, tx *sql.Tx, d *Doc, also string) error {
	names := [][2]string{}
	if also != d.ID {
		names = append(names, [2]string{"id", also})
	}
	for _, address := range addresses(d) {
		names = append(names, [2]string{"address", address})
	}
	for _, n := range names {
		_, err := tx.ExecContext(ctx, `INSERT INTO identities (kind, name, doc) VALUES ($1, $2, $3)
			ON CONFLICT (kind, name) DO UPDATE SET shared = 1 WHERE identities.doc <> excluded.doc`, n[0], n[1], d.ID)
		if err != nil {
			return err
		}
	}
	b := bands(fingerprint(d.Text).simhash())
	_, err := tx.ExecContext(ctx, `INSERT INTO fingerprints (doc, band0, band1, band2, band3) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (doc) DO UPDATE SET band0 = excluded.band0, band1 = excluded.band1, band2 = excluded.band2, band3 = excluded.band3`,
		d.ID, b[0], b[1], b[2], b[3])
	return err
}

// addresses returns the addresses of d in a form in which two that lead to the
// same page are equal. That of a whole site says nothing of a publication.
func addresses(d *Doc) (all []string) {
	for _, address := range append([]string{d.URL}, d.Addresses...) {
		if a := canonical(address); a != "" && !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}

// canonical returns address without what makes no difference to where it leads:
// the scheme, "www.", the fragment, a final slash, and parameters that only
// count visitors. It is empty for an address without a path.
func canonical(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	query := u.Query()
	for name := range query {
		if strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid" || name == "mc_cid" || name == "mc_eid" {
			query.Del(name)
		}
	}
	path := strings.TrimSuffix(u.EscapedPath(), "/")
	if path == "" && len(query) == 0 {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return host + path
}

// alsoAt returns the addresses at which a publication stands besides main: those
// known so far and those of d.
func alsoAt(main string, known []string, d *Doc) []string {
	all := slices.Clone(known)
	for _, address := range append([]string{d.URL}, d.Addresses...) {
		if address != "" && !slices.Contains(all, address) {
			all = append(all, address)
		}
	}
	return slices.DeleteFunc(all, func(a string) bool { return a == main || a == "" })
}
