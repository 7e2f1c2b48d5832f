package page

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
)

const (
	maxName      = 80 // bytes of a name; a longer one is a sentence
	maxNameWords = 8
)

var (
	by        = regexp.MustCompile(`(?i)^(?:(?:written |posted |published |edited )?by|von|par|por|di|a cura di|door|authors?|autor(?:en)?|auteurs?|text)(?::\s*|\s+)`)
	parted    = regexp.MustCompile(`(?i)\s*(?:;|\||\n|•|·|/|\s&\s|\sand\s|\sund\s|\set\s|\sy\s|\sen\s|\sed?\s)\s*`)
	nobody    = regexp.MustCompile(`(?i)^(?:admin(?:istrator)?|webmaster|editors?|editorial(?: team| staff)?|staff(?: writer)?|redaktion|redazione|redacción|rédaction|redactie|guest(?: author)?|anonymous|unknown|author|root|user|contributor|web ?team)$`)
	reversed  = regexp.MustCompile(`^([^,]+), ([^,]+)$`)
	suffixes  = regexp.MustCompile(`^(?:(?i:jr|sr|ph\.?\s?d)|[A-Z]{2,5}|(?:[A-Z]\.){2,4})\.?$`)
	helpers   = regexp.MustCompile(`(?i)\s*\b(?:edited|translated|illustrated|illustrations?|reviewed|photographs?|photos?|graphics?) by\b.*$`)
	positions = regexp.MustCompile(`(?i)\s+[-–—|]\s+.*$`)
)

// names makes a list of the names in a byline, and none of what is no name,
// such as an address, an account or the word "admin".
func names(byline string) (found []string) {
	byline = helpers.ReplaceAllString(by.ReplaceAllString(fold(invisible.Replace(byline)), ""), "")
	for _, part := range parted.Split(byline, -1) {
		for _, name := range byComma(part) {
			name = strings.Trim(by.ReplaceAllString(positions.ReplaceAllString(name, ""), ""), " ,.;:*")
			if plausible(name) {
				found = append(found, name)
			}
		}
	}
	return found
}

// byComma parts names at commas, unless one of the parts is a single word:
// "Smith, Ada" and "Ada Smith, PhD" are one name each.
func byComma(text string) []string {
	parts := strings.Split(text, ",")
	if len(parts) == 2 && suffixes.MatchString(strings.TrimSpace(parts[1])) {
		return parts[:1]
	}
	for _, p := range parts {
		if len(strings.Fields(p)) == 1 && len(parts) == 2 {
			return []string{turned(text)}
		}
	}
	return parts
}

// turned makes "Ada Smith" of "Smith, Ada".
func turned(name string) string {
	if m := reversed.FindStringSubmatch(strings.TrimSpace(name)); m != nil {
		return strings.TrimSpace(m[2]) + " " + strings.TrimSpace(m[1])
	}
	return name
}

// plausible reports whether people may have this name.
func plausible(name string) bool {
	return len(name) > 1 && len(name) <= maxName && len(strings.Fields(name)) <= maxNameWords &&
		!strings.ContainsAny(name, "@<>{}[]=_?!\"0123456789") && !strings.Contains(name, "://") && !strings.Contains(name, "www.") &&
		strings.ContainsFunc(name, unicode.IsUpper) && !nobody.MatchString(name) || script(name) && len(name) <= maxName
}

// script reports whether a name is written in a script without capitals.
func script(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Lo, r) }) && !strings.ContainsAny(name, "@/0123456789")
}

// unique returns the names without those that came before.
func unique(all []string) (kept []string) {
	seen := make(map[string]bool)
	for _, name := range all {
		if key := cases.Fold().String(name); !seen[key] {
			seen[key] = true
			kept = append(kept, name)
		}
	}
	return kept
}

// cutPrefixWords returns a byline without the word that begins it.
func cutPrefixWords(line string) string { return by.ReplaceAllString(line, "") }

// sameWords reports whether two lines differ in no more than case and marks.
func sameWords(a, b string) bool { return a != "" && words(a) == words(b) }

// words returns the letters and digits of a line, folded, with single spaces.
func words(line string) string {
	return strings.Join(strings.FieldsFunc(cases.Fold().String(line), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
}
