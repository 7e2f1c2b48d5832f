package question

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// period returns the days that words, in small letters, begin to tell, as from
// and the first moment behind them, and how many of the words do; 0 if they tell
// none. The to of "the last two weeks" is zero.
func period(words []string, now time.Time) (from, to time.Time, n int) {
	if len(words) == 0 {
		return from, to, 0
	}
	if words[0] == "the" && len(words) > 1 {
		from, to, n = relativePeriod(words[1:], now)
		if n > 0 {
			n++
		}
		return from, to, n
	}
	if from, to, n = relativePeriod(words, now); n > 0 {
		return from, to, n
	}
	return absolutePeriod(words, now)
}

// absolutePeriod reads "2026", "2026-06", "2026-06-30", "June", "June 2026",
// "3 June 2026" and "June 3, 2026". A month without a year is the last one that
// has begun.
func absolutePeriod(words []string, now time.Time) (from, to time.Time, n int) {
	loc := now.Location()
	if from, to = digitDate(words[0], loc); !from.IsZero() {
		return from, to, 1
	}
	day, m := dayOf(words[0]), monthOf(words[0])
	n = 1
	switch {
	case m != 0 && len(words) > 1 && dayOf(words[1]) != 0:
		day, n = dayOf(words[1]), 2
	case day != 0 && len(words) > 1 && monthOf(words[1]) != 0:
		m, n = monthOf(words[1]), 2
	case m == 0:
		return from, to, 0
	}
	year := now.Year()
	if len(words) > n && yearOf(words[n]) != 0 {
		year = yearOf(words[n])
		n++
	} else if time.Date(year, m, max(day, 1), 0, 0, 0, 0, loc).After(now) {
		year--
	}
	from = time.Date(year, m, max(day, 1), 0, 0, 0, 0, loc)
	if day == 0 {
		return from, from.AddDate(0, 1, 0), n
	}
	return from, from.AddDate(0, 0, 1), n
}

// digitDate returns the year, month or day that word is in digits, or zero.
func digitDate(word string, loc *time.Location) (from, to time.Time) {
	if word[0] < '1' || word[0] > '2' {
		return from, to
	}
	for _, l := range [...]struct {
		layout              string
		years, months, days int
	}{{"2006", 1, 0, 0}, {"2006-1", 0, 1, 0}, {"2006-1-2", 0, 0, 1}} {
		if t, err := time.ParseInLocation(l.layout, word, loc); err == nil && t.Year() >= 1000 {
			return t, t.AddDate(l.years, l.months, l.days)
		}
	}
	return from, to
}

// relativePeriod reads "today", "last year", "this month", "last Friday",
// "Monday" and "last two weeks".
func relativePeriod(words []string, now time.Time) (from, to time.Time, n int) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch words[0] {
	case "today":
		return today, today.AddDate(0, 0, 1), 1
	case "yesterday":
		return today.AddDate(0, 0, -1), today, 1
	case "last", "past", "this", "previous":
		if len(words) < 2 {
			return from, to, 0
		}
		from, to, n = namedPeriod(words[0], words[1:], today)
		if n > 0 {
			n++
		}
		return from, to, n
	}
	if d, ok := weekdayOf(words[0]); ok {
		from = lastWeekday(d, today)
		return from, from.AddDate(0, 0, 1), 1
	}
	return from, to, 0
}

// namedPeriod reads what stands behind "last" or "this".
func namedPeriod(which string, words []string, today time.Time) (from, to time.Time, n int) {
	ago := 1
	if which == "this" {
		ago = 0
	}
	switch word := words[0]; word {
	case "year":
		from = time.Date(today.Year()-ago, 1, 1, 0, 0, 0, 0, today.Location())
		return from, from.AddDate(1, 0, 0), 1
	case "month":
		from = time.Date(today.Year(), today.Month()-time.Month(ago), 1, 0, 0, 0, 0, today.Location())
		return from, from.AddDate(0, 1, 0), 1
	case "week":
		from = lastWeekday(time.Monday, today).AddDate(0, 0, -7*ago)
		return from, from.AddDate(0, 0, 7), 1
	}
	if m := monthOf(words[0]); m != 0 {
		return absolutePeriod(words[:1], today)
	}
	if d, ok := weekdayOf(words[0]); ok {
		from = lastWeekday(d, today.AddDate(0, 0, -1))
		return from, from.AddDate(0, 0, 1), 1
	}
	if count := countOf(words[0]); count > 0 && len(words) > 1 {
		return spanBack(count, words[1], today)
	}
	return from, to, 0
}

// spanBack returns the period of count units up to now, which is open.
func spanBack(count int, unit string, today time.Time) (from, to time.Time, n int) {
	switch strings.TrimSuffix(unit, "s") {
	case "day":
		return today.AddDate(0, 0, -count), to, 2
	case "week":
		return today.AddDate(0, 0, -7*count), to, 2
	case "month":
		return today.AddDate(0, -count, 0), to, 2
	case "year":
		return today.AddDate(-count, 0, 0), to, 2
	}
	return from, to, 0
}

// lastWeekday returns the last day d up to today.
func lastWeekday(d time.Weekday, today time.Time) time.Time {
	return today.AddDate(0, 0, -(int(today.Weekday())-int(d)+7)%7)
}

func monthOf(w string) time.Month {
	for i, name := range [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		if w == name || len(w) == 3 && w == name[:3] || w == "sept" && name == "september" {
			return time.Month(i + 1)
		}
	}
	return 0
}

func weekdayOf(w string) (d time.Weekday, ok bool) {
	for i, name := range [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"} {
		if w == name {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

// dayOf returns the day of a month that w is, as in "3" or "3rd", or 0.
func dayOf(w string) int {
	for _, end := range [...]string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, end)
	}
	day, err := strconv.Atoi(w)
	if err != nil || day < 1 || day > 31 || len(w) > 2 {
		return 0
	}
	return day
}

func countOf(w string) int {
	for i, name := range [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if w == name {
			return i + 1
		}
	}
	count, err := strconv.Atoi(w)
	if err != nil || count < 1 || count > 1000 {
		return 0
	}
	return count
}

// sayPeriod says in words what passes a filter by date.
func sayPeriod(from, to time.Time) string {
	const day = "2 January 2006"
	switch {
	case to.IsZero():
		return "since " + from.Format(day)
	case from.IsZero():
		return "before " + to.Format(day)
	case from.YearDay() == 1 && to.Equal(from.AddDate(1, 0, 0)):
		return from.Format("in 2006")
	case from.Day() == 1 && to.Equal(from.AddDate(0, 1, 0)):
		return from.Format("in January 2006")
	case to.Equal(from.AddDate(0, 0, 1)):
		return "on " + from.Format(day)
	}
	return fmt.Sprintf("from %s to %s", from.Format(day), to.AddDate(0, 0, -1).Format(day))
}
