package pdf

import (
	"cmp"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// title returns the title that the file names if that can be one and is seen
// on its first pages, else the largest lines of the first page that has any,
// else what can be made of name.
func (f *file) title(name string, paras []para) string {
	said := f.info["Title"]
	if !plausible(said, name) {
		said = ""
	}
	if said != "" && shown(said, paras) {
		return said
	}
	var best *para
	for i := range paras {
		p := &paras[i]
		if p.rows[0].page != paras[0].rows[0].page || p.mark != "" || p.table {
			continue
		}
		if n := utf8.RuneCountInString(p.text); n > maxHeading || n < 4 || !strings.Contains(p.text, " ") || strings.HasSuffix(p.text, ".") {
			continue
		}
		if best == nil || p.rows[0].size > 1.02*best.rows[0].size {
			best = p
		}
	}
	if best != nil && (said == "" || best.rows[0].size >= maxHead*f.body) {
		return best.text
	}
	if said != "" {
		return said
	}
	base := path.Base(strings.ToValidUTF8(name, "\ufffd"))
	return cmp.Or(tidy(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(base, path.Ext(base)))), "Untitled")
}

// shown reports whether half of the words of a title at least stand on the
// first pages. What does not is often the title of the file that somebody
// began with.
func shown(title string, paras []para) bool {
	has := make(map[string]bool)
	for _, p := range paras {
		if p.rows[0].page > paras[0].rows[0].page+1 {
			break
		}
		for _, w := range aWord.FindAllString(strings.ToLower(p.text), -1) {
			has[w] = true
		}
	}
	words, there := aWord.FindAllString(strings.ToLower(title), -1), 0
	for _, w := range words {
		there += number(has[w])
	}
	return 2*there >= len(words)
}

// made matches what programs write where the title belongs.
var made = regexp.MustCompile(`(?i)^(microsoft (word|powerpoint|excel)|untitled|ohne titel|sans titre|document\d*$|layout \d|slide \d|powerpoint|print|draft\b|template|title$|titel$|titre$)|` +
	`\.(docx?|pdf|indd|pptx?|xlsx?|qxd|tex|dvi|ps|rtf|odt|html?|p65|fm|cdr|ai)\b|^https?:|[\\/].*[\\/]|_\w+_`)

// plausible reports whether what a file of that name says can be its title.
func plausible(title, name string) bool {
	return utf8.RuneCountInString(title) >= 8 && utf8.RuneCountInString(title) <= 300 && strings.Contains(title, " ") && !made.MatchString(title) &&
		title != name && strings.ContainsFunc(title, unicode.IsLetter) && !strings.ContainsRune(title, utf8.RuneError)
}

// nobody matches what stands for an author who is not named.
var nobody = regexp.MustCompile(`(?i)^(admin\w*|users?|author|owner|unknown|anonymous|default|microsoft.*|adobe.*|office.*|pc|windows.*|hp|dell|lenovo|\W*)$|[@\\/]|\d{2}`)

// authors returns the people that the file names as its authors.
func authors(said string) (names []string) {
	parts := strings.FieldsFunc(said, func(r rune) bool { return r == ';' || r == '|' })
	if len(parts) == 1 && twoNames.MatchString(said) {
		parts = between.Split(said, -1)
	}
	for _, part := range parts {
		if name := tidy(part); name != "" && len(name) <= 120 && !nobody.MatchString(name) {
			names = append(names, name)
		}
	}
	return names
}

var (
	// between matches what stands between two names.
	between = regexp.MustCompile(`, and |, | and | & | und | et | y `)
	// twoNames matches names of at least two words each, so that "Smith, Ada"
	// stays one.
	twoNames = regexp.MustCompile(`^\S+ [^,]*\S(, and |, | and | & | und | et | y )\S+ [^,]*\S`)
)

// date returns the time that PDF writes as D:20260602093000+02'00', of which
// only the year, month and day must be there, the zero time if it cannot be
// true: PDF is of 1993.
func date(said string) time.Time {
	digits := strings.TrimPrefix(said, "D:")
	if len(digits) < len("20060102") {
		return time.Time{}
	}
	when, err := time.Parse("20060102", digits[:len("20060102")])
	if err != nil || when.Year() < 1993 || when.Year() > 2100 {
		return time.Time{}
	}
	zoned := strings.TrimSuffix(strings.Replace(digits, "'", ":", 1), "'")
	for _, layout := range []string{"20060102150405-07:00", "20060102150405Z07:00", "20060102150405"} {
		if t, err := time.Parse(layout, zoned); err == nil {
			return t.UTC()
		}
	}
	return when
}

// tag is the shape of a BCP 47 language tag.
var tag = regexp.MustCompile(`^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$`)

// language returns the tag of the language that the file says it is in, empty
// if that is none.
func language(said string) string {
	if !tag.MatchString(said) {
		return ""
	}
	return strings.ReplaceAll(said, "_", "-")
}
