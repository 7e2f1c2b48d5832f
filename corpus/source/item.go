package source

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/text/language"

	"rapporteur/corpus"
)

const (
	maxGUID  = 1000 // bytes; a longer one is some text and not a name
	maxTitle = 60   // characters of a title that is made from the first words of the text
)

// take returns the items of a feed that have a text, oldest first, and notes
// them. Relative links are resolved against base; home goes before those guids
// that are unique within the feed only.
func (s *feedState) take(feed *gofeed.Feed, base *url.URL, home string) ([]*corpus.Doc, error) {
	dates, spoken := published(feed), lang(feed.Language)
	var items []item
	var mute []string
	for i, from := range feed.Items {
		it := newItem(from, base)
		it.doc.Published, it.doc.Language, it.doc.Backlog = dates[i], spoken, !s.Read || s.changed
		if it.doc.Text == "" {
			mute = append(mute, it.doc.Title)
			continue
		}
		items = append(items, it)
	}
	docs := s.name(items, home)
	slices.Reverse(docs) // feeds show the newest first
	s.Read = true
	if len(docs) == 0 && len(mute) > 0 {
		return nil, fmt.Errorf("none of the %d items has a text, such as %q: look for a feed with full texts on the site", len(mute), mute[0])
	}
	return docs, nil
}

// An item is one of a feed, on its way to be a publication.
type item struct {
	guid, link string // empty if it has none
	doc        *corpus.Doc
}

func newItem(from *gofeed.Item, base *url.URL) item {
	guid := fold(from.GUID)
	if len(guid) > maxGUID {
		guid = ""
	}
	link := resolve(original(from), base)
	doc := &corpus.Doc{URL: link, Title: fold(strings.Join(paragraphs(from.Title), " ")), Authors: authors(from)}
	if doc.URL == "" && strings.HasPrefix(guid, "http") {
		doc.URL = resolve(guid, base)
	}
	paras := paragraphs(from.Content)
	if len(paras) == 0 {
		paras = paragraphs(from.Description)
	}
	doc.Text = strings.Join(paras, "\n\n")
	if doc.Title == "" && len(paras) > 0 {
		doc.Title = firstWords(paras[0])
	}
	return item{guid, link, doc}
}

// original returns the address that a forwarding service has kept, else the
// item's link.
func original(from *gofeed.Item) string {
	if kept := from.Extensions["feedburner"]["origLink"]; len(kept) > 0 && kept[0].Value != "" {
		return kept[0].Value
	}
	return from.Link
}

// resolve returns the whole address that link means, or the empty string if it
// is not one of the web.
func resolve(link string, base *url.URL) string {
	link = strings.TrimSpace(link)
	if link == "" {
		return ""
	}
	u, err := base.Parse(link)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.User = nil
	return u.String()
}

// authors returns the names of those who wrote the item.
func authors(from *gofeed.Item) (names []string) {
	var all []string
	for _, person := range from.Authors {
		all = append(all, person.Name)
	}
	if from.DublinCoreExt != nil {
		all = append(all, from.DublinCoreExt.Creator...)
	}
	for _, name := range all {
		if name = fold(strings.Join(paragraphs(name), " ")); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// firstWords returns as many words of text as make a title.
func firstWords(text string) string {
	runes := []rune(text)
	if len(runes) <= maxTitle {
		return text
	}
	short := string(runes[:maxTitle])
	if end := strings.LastIndexByte(short, ' '); end > 0 {
		short = short[:end]
	}
	return short + "…"
}

// lang returns a language as BCP 47 has it, or the empty string.
func lang(name string) string {
	tag, err := language.Parse(strings.TrimSpace(name))
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}
