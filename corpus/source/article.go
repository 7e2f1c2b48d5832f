package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"rapporteur/corpus"
)

const (
	// MaxPage is the size of the largest document behind a link, in bytes: a
	// PDF of a few hundred pages with its pictures.
	MaxPage = 32 << 20

	excuseWords = 150     // a longer page is no excuse, whatever its first words are
	slight      = 2 << 10 // bytes; shorter pages are seldom articles, and often the question whether one is human
)

const acceptedPages = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.5"

// excuse is how short pages begin that come instead of what was asked for,
// although the server says that all is well.
var excuse = regexp.MustCompile(`(?i)^(.{0,40}[-–|:] ?)?\W{0,3}(error\b|http(/1.1)? \d{3}|40[0-9]\b|50[0-9]\b|(the |this )?(page|seite|article) (was |is |could |can|wurde )?(not |nicht )?(be )?(found|gefunden)|page introuvable|just a moment|attention required|access denied|are you (a )?(robot|human)|verify(ing)? you are|checking your browser|please enable (javascript|cookies)|security check|((service|site|temporarily|this page) )?(is )?(temporarily )?unavailable|(under|down for) maintenance|something went wrong|oops)`)

// notFound is the whole title of a page that is not there, before the name of
// its site.
var notFound = regexp.MustCompile(`(?i)^(\W*(error )?(404|410)\W*)?(((page|article|seite) )?(not found|nicht gefunden)|page introuvable|just a moment|attention required)?\W*([-–|].*)?$`)

var titleTag = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// errExcuse means that a page only looks like an answer.
var errExcuse = errors.New("the site answered with a page that tells of an error or asks whether one is human")

// excused returns an error if a document that a server sent with the status
// 200 is an error page or a challenge.
func excused(a *Answer) error {
	if !looksHTML(a.Body) && !strings.Contains(a.Kind, "html") {
		return nil
	}
	title := ""
	if m := titleTag.FindSubmatch(a.Body); m != nil {
		title = strings.Join(paragraphs(string(m[1])), " ")
	}
	if title != "" && notFound.MatchString(title) {
		return fmt.Errorf("%w (%q)", errExcuse, title)
	}
	paras := paragraphs(string(a.Body))
	if words(strings.Join(paras, " ")) > excuseWords {
		return nil
	}
	for _, line := range append(paras[:min(1, len(paras))], title) {
		if excuse.MatchString(line) {
			return fmt.Errorf("%w (%q)", errExcuse, firstWords(line))
		}
	}
	return nil
}

// article returns the publication in a document of the web, as the reader has
// it, under the address where the document is for good.
func article(ctx context.Context, r Reader, link string, a *Answer) (*corpus.Doc, error) {
	if err := excused(a); err != nil {
		return nil, err
	}
	address := link
	if a.Moved {
		at := *a.Address
		at.User = nil
		address = at.String()
	}
	d, err := r.Read(ctx, address, a.Kind, a.Body)
	if err != nil {
		return nil, err
	}
	if d.URL == "" {
		d.URL = address
	}
	return d, nil
}

// isGone reports whether err is the word of a site that it has no such thing.
func isGone(err error) bool {
	e, ok := errors.AsType[*RefusedError](err)
	return ok && (e.Status == http.StatusNotFound || e.Status == http.StatusGone)
}

// FetchPage returns the publication in one document of the web, named by its
// address. The error names the address, without what may be secret in it.
func FetchPage(ctx context.Context, web *Fetcher, r Reader, address string) (*corpus.Doc, error) {
	a, err := web.Get(ctx, Query{Address: address, Accept: acceptedPages, Limit: MaxPage})
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", shownAddress(address), refusal("page", err))
	}
	a.Moved = true // whatever the way there, this is where it is
	d, err := article(ctx, r, address, a)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", shownAddress(address), err)
	}
	return d, nil
}
