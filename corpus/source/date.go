package source

import (
	"errors"
	"regexp"
	"strconv"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
)

// published returns the date of each item of a feed, the zero time if it is
// unknown. The date of an item's last change is not taken for it.
func published(feed *gofeed.Feed) []time.Time {
	dates := make([]time.Time, len(feed.Items))
	entries, _ := feed.OriginalFeed().(*atom.Feed)
	for i, from := range feed.Items {
		text, parsed := from.Published, from.PublishedParsed
		if entries != nil {
			text, parsed = entries.Entries[i].Published, entries.Entries[i].PublishedParsed
		}
		when, err := date(text)
		if parsed != nil {
			when, err = *parsed, nil
		}
		if when = when.UTC(); err == nil && 1000 <= when.Year() && when.Year() <= 9999 {
			dates[i] = when
		}
	}
	return dates
}

// unixSeconds is a date in the years from 2001 to 2286.
var unixSeconds = regexp.MustCompile(`^[0-9]{10}$`)

// date reads the kinds of dates that the parser does not.
func date(text string) (time.Time, error) {
	text = fold(text)
	if unixSeconds.MatchString(text) {
		n, err := strconv.ParseInt(text, 10, 64)
		return time.Unix(n, 0), err
	}
	for _, layout := range []string{"2.1.2006", "2.1.2006 15:04", "Monday, January 2, 2006 - 15:04", "Mon, 01/02/2006 - 15:04"} {
		if when, err := time.Parse(layout, text); err == nil {
			return when, nil
		}
	}
	return time.Time{}, errors.New("unknown kind of date")
}
