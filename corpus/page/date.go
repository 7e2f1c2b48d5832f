package page

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date finds the first date in a line such as "Posted on 23. November 2026",
// in English, German, French, Spanish, Italian or Dutch, or in numbers that
// can be read one way only, 2026-11-23, 23.11.2026 and 23/11/2026 but not
// 5/6/2026. A date with a time and a zone keeps them, any other is that day at
// midnight UTC. It reports whether there is one.
func Date(line string) (when time.Time, found bool) {
	when, span := findDate(line)
	return when, span != ""
}

var (
	isoDate  = regexp.MustCompile(`\b((?:19|20)[0-9]{2})[-/.]([01]?[0-9])[-/.]([0-3]?[0-9])(?:[T ]([0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)(?:[.,][0-9]+)?\s?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?(?:\b|$)`)
	dayFirst = regexp.MustCompile(`(?i)\b([0-3]?[0-9])(?:st|nd|rd|th|er|º|°)?\.?(?:\s|-)+(?:de\s+|of\s+)?(\p{L}{3,10})\.?,?(?:\s|-)+(?:de\s+|del\s+)?((?:19|20)[0-9]{2})\b`)
	monFirst = regexp.MustCompile(`(?i)\b(\p{L}{3,10})\.?\s+([0-3]?[0-9])(?:st|nd|rd|th)?,?\s+((?:19|20)[0-9]{2})\b`)
	numbers  = regexp.MustCompile(`\b([0-3]?[0-9])([./-])([0-3]?[0-9])[./-]((?:19|20)[0-9]{2})\b`)
	compact  = regexp.MustCompile(`^\s*((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])\s*$`)
	rfcDate  = regexp.MustCompile(`\b[0-3]?[0-9] [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (?:[+-][0-9]{4}|GMT|UTC)`)
)

// findDate is Date, with the part of the line that is the date.
func findDate(line string) (when time.Time, span string) {
	if m := rfcDate.FindString(line); m != "" {
		if t, err := time.Parse("2 Jan 2006 15:04:05 -0700", strings.NewReplacer("GMT", "+0000", "UTC", "+0000").Replace(m)); err == nil {
			return t, m
		}
	}
	if m := isoDate.FindStringSubmatch(line); m != nil {
		return clock(day(m[1], m[2], m[3]), m[4], m[5]), valid(day(m[1], m[2], m[3]), m[0])
	}
	if m := compact.FindStringSubmatch(line); m != nil {
		return day(m[1], m[2], m[3]), valid(day(m[1], m[2], m[3]), m[0])
	}
	for _, m := range dayFirst.FindAllStringSubmatch(line, 4) {
		if t := day(m[3], month(m[2]), m[1]); !t.IsZero() {
			return t, m[0]
		}
	}
	for _, m := range monFirst.FindAllStringSubmatch(line, 4) {
		if t := day(m[3], month(m[1]), m[2]); !t.IsZero() {
			return t, m[0]
		}
	}
	if m := numbers.FindStringSubmatch(line); m != nil {
		t := ordered(m[1], m[2], m[3], m[4])
		return t, valid(t, m[0])
	}
	return time.Time{}, ""
}

// valid returns span if t is a date.
func valid(t time.Time, span string) string {
	if t.IsZero() {
		return ""
	}
	return span
}

// day returns a date of which each part is a number in words, the zero time if
// there is no such day.
func day(year, month, day string) time.Time {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || t.Day() != d || t.Month() != time.Month(m) {
		return time.Time{}
	}
	return t
}

// ordered returns the date in a, b and year. With dots the day comes first;
// with other marks only a number above 12, or two that are equal, tell.
func ordered(a, mark, b, year string) time.Time {
	first, _ := strconv.Atoi(a)
	second, _ := strconv.Atoi(b)
	switch {
	case mark == "." || first > 12 || first == second:
		return day(year, b, a)
	case second > 12:
		return day(year, a, b)
	}
	return time.Time{}
}

// clock adds the time of day to a date, if it is known in which zone.
func clock(date time.Time, clock, zone string) time.Time {
	if date.IsZero() || clock == "" || zone == "" {
		return date
	}
	if len(clock) == len("15:04") {
		clock += ":00"
	}
	zone = strings.Replace(cmp.Or(map[string]string{"Z": "+0000", "UTC": "+0000", "GMT": "+0000"}[zone], zone), ":", "", 1)
	t, err := time.Parse("2006-01-02 15:04:05-0700", date.Format(time.DateOnly)+" "+clock+zone)
	if err != nil {
		return date
	}
	return t
}

// month returns the number of a month that is named in one of six languages,
// in full or by three letters or more; empty if the word is no month.
func month(name string) string {
	name = strings.ToLower(name)
	for i, names := range months {
		for _, full := range names {
			if name == full || len(name) >= 3 && len(full) > len(name) && strings.HasPrefix(full, name) && (len(name) <= 4 || i == 8) {
				return strconv.Itoa(i + 1)
			}
		}
	}
	return ""
}

// months are the names of each month: English, German, French, Spanish,
// Italian, Dutch, as far as they differ. The short forms that are no beginning
// of a full one stand after them.
var months = [12][]string{
	{"january", "januar", "janvier", "enero", "gennaio", "januari", "jänner"},
	{"february", "februar", "février", "fevrier", "febrero", "febbraio", "februari"},
	{"march", "märz", "maerz", "mars", "marzo", "maart", "mrt", "mär"},
	{"april", "avril", "abril", "aprile"},
	{"may", "mai", "mayo", "maggio", "mei"},
	{"june", "juni", "juin", "junio", "giugno"},
	{"july", "juli", "juillet", "julio", "luglio"},
	{"august", "août", "aout", "agosto", "augustus"},
	{"september", "septembre", "septiembre", "setiembre", "settembre"},
	{"october", "oktober", "octobre", "octubre", "ottobre"},
	{"november", "novembre", "noviembre"},
	{"december", "dezember", "décembre", "decembre", "diciembre", "dicembre"},
}
