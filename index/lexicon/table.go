package lexicon

import "strings"

// A table is lines of a key, a tab and a value, sorted by key, as they stand
// in an embedded file. It is searched where it lies: nothing is built from it,
// so that it takes no memory but for the pages that are read.
type table string

// find returns the value of key.
func (t table) find(key string) (value string, ok bool) {
	for lo, hi := 0, len(t); lo < hi; {
		start := lo + (hi-lo)/2
		for start > lo && t[start-1] != '\n' {
			start--
		}
		switch line := string(t[start:hi]); compare(key, line) {
		case 0:
			value, _, _ = strings.Cut(line[len(key)+1:], "\n")
			return value, true
		case -1:
			hi = start
		default:
			lo = start + strings.IndexByte(line, '\n') + 1
		}
	}
	return "", false
}

// from returns the lines of t from the first one on whose key is not before key.
func (t table) from(key string) string {
	lo, hi := 0, len(t)
	for lo < hi {
		start := lo + (hi-lo)/2
		for start > lo && t[start-1] != '\n' {
			start--
		}
		if line := string(t[start:hi]); compare(key, line) <= 0 {
			hi = start
		} else {
			lo = start + strings.IndexByte(line, '\n') + 1
		}
	}
	return string(t[lo:])
}

// compare returns -1, 0 or 1 if key is before, at or after the key that line
// begins with. A tab ends that, and no key holds one.
func compare(key, line string) int {
	for i := range len(key) {
		switch {
		case line[i] == '\t' || key[i] > line[i]:
			return 1
		case key[i] < line[i]:
			return -1
		}
	}
	if line[len(key)] == '\t' {
		return 0
	}
	return -1
}

// findPrefix returns the longest key that word begins with, and its value.
func (t table) findPrefix(word string, shortest int) (key, value string, ok bool) {
	for n := len(word); n >= shortest; n-- {
		if value, ok = t.find(word[:n]); ok {
			return word[:n], value, true
		}
	}
	return "", "", false
}
