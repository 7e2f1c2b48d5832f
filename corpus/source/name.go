package source

import (
	"regexp"
	"slices"

	"rapporteur/corpus"
)

// A naming gives the items of one feed their IDs.
type naming struct {
	home   string              // what goes before names that are unique within the feed only
	times  map[string]int      // how often each guid and link occurs
	shared []string            // guids and links that several items had before
	known  map[string]seenItem // items that were seen before, by ID
	pairs  map[pair][]seenItem // and by the names that they came with
	before func(string) string // what a name was before the site moved
}

// A pair is the names that an item comes with.
type pair struct{ guid, link string }

// name gives each item its ID and first date, and returns their publications.
// An item that is the same as one before it is left out.
func (s *feedState) name(items []item, home string) (docs []*corpus.Doc) {
	items = distinct(items)
	n := s.naming(items, home)
	var present []seenItem
	used := map[string]bool{}
	for _, it := range items {
		it.doc.ID = n.id(it)
		if used[it.doc.ID] {
			continue
		}
		used[it.doc.ID] = true
		present = append(present, s.meet(it, n.known[it.doc.ID]))
		docs = append(docs, it.doc)
	}
	s.remember(present)
	return docs
}

// meet returns what is now known of an item, of which old was known, and gives
// its publication the first date.
func (s *feedState) meet(it item, old seenItem) seenItem {
	if old.ID == "" {
		old = seenItem{ID: it.doc.ID, First: s.now, Old: it.doc.Backlog}
	}
	old.Old = old.Old || s.changed && !old.Taken
	if !old.Published.IsZero() {
		it.doc.Published = old.Published
	}
	old.GUID, old.Link, old.Published = it.guid, it.link, it.doc.Published
	it.doc.Backlog = old.Old
	return old
}

// distinct leaves out items that have the names and the title of an earlier one.
func distinct(items []item) (kept []item) {
	seen := map[[3]string]bool{}
	for _, it := range items {
		key := [3]string{it.guid, it.link, it.doc.Title}
		if !seen[key] {
			kept = append(kept, it)
		}
		seen[key] = true
	}
	return kept
}

// naming counts the names in a feed and notes those that several items share.
func (s *feedState) naming(items []item, home string) naming {
	n := naming{home, map[string]int{}, nil, map[string]seenItem{}, map[pair][]seenItem{}, s.before}
	for _, it := range items {
		n.times["guid "+it.guid]++
		n.times["link "+it.link]++
	}
	var repeated []string
	for name, times := range n.times {
		if times > 1 {
			repeated = append(repeated, name)
		}
	}
	slices.Sort(repeated)
	s.share(repeated)
	n.shared = s.Shared
	for _, old := range s.Seen {
		n.known[old.ID] = old
		key := pair{old.GUID, old.Link}
		n.pairs[key] = append(n.pairs[key], old)
	}
	return n
}

// id returns the name of an item: the one that it was given when it was first
// seen, else its guid, its link or its title, whichever is its own.
func (n naming) id(it item) string {
	guid, link := "guid "+it.guid, "link "+it.link
	for _, names := range []pair{{it.guid, it.link}, {n.before(it.guid), n.before(it.link)}} {
		if old := n.pairs[names]; len(old) == 1 && (n.times[guid] == 1 || n.times[link] == 1) {
			return old[0].ID
		}
	}
	switch {
	case it.guid != "" && n.own(guid) && scheme.MatchString(it.guid):
		return it.guid
	case it.guid != "" && n.own(guid):
		return n.home + "#" + it.guid
	case it.link != "" && n.own(link):
		return it.link
	}
	return n.home + "#" + hash([]byte(it.guid+"\n"+it.link+"\n"+it.doc.Title))
}

// own reports whether a guid or link is that of one item, now and ever.
func (n naming) own(name string) bool {
	return n.times[name] == 1 && !slices.Contains(n.shared, name)
}

// scheme begins a name that is unique in the world, such as an address.
var scheme = regexp.MustCompile(`^(https?|tag|urn|doi|info):`)
