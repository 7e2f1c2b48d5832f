package docx

import (
	"encoding/xml"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rapporteur/corpus"
)

// readCore sets in d what the file's properties say of it.
func (p *pack) readCore(d *corpus.Doc) error {
	data, err := p.part(partCore)
	if err != nil || data == nil {
		return err
	}
	var core struct {
		Title    string `xml:"title"`
		Creator  string `xml:"creator"`
		Created  string `xml:"created"`
		Language string `xml:"language"`
	}
	if err := xml.Unmarshal(data, &core); err != nil {
		return damaged(err)
	}
	if t := tidy(core.Title); plausible(t) {
		d.Title = t
	}
	d.Authors, d.Published, d.Language = authors(core.Creator), date(core.Created), language(core.Language)
	return nil
}

// made matches what stands where the title belongs and is none.
var made = regexp.MustCompile(`(?i)^(untitled|ohne titel|sans titre|document\d*|dokument\d*|draft|template|titel|title|titre|microsoft word.*)$|\.(docx?|odt|rtf|pdf)$|[\\/].*[\\/]`)

// plausible reports whether what the properties say can be a title.
func plausible(title string) bool {
	return utf8.RuneCountInString(title) >= 4 && utf8.RuneCountInString(title) <= 300 && !made.MatchString(title) &&
		strings.ContainsFunc(title, unicode.IsLetter)
}

// nobody matches what stands for an author who is not named.
var nobody = regexp.MustCompile(`(?i)^(admin\w*|users?|author|owner|unknown|anonymous|default|microsoft.*|python-docx|apache poi|libreoffice.*|pc|windows.*|\W*)$|[@\\/]|\d{2}`)

// authors returns the people whom the properties name.
func authors(said string) (names []string) {
	for part := range strings.SplitSeq(said, ";") {
		if name := tidy(part); len(name) <= 120 && !nobody.MatchString(name) {
			names = append(names, name)
		}
	}
	return names
}

// date returns the time that said names, the zero time if that cannot be true:
// the format is of 2006, and text in it may be some years older.
func date(said string) time.Time {
	when, err := time.Parse(time.RFC3339, strings.TrimSpace(said))
	if err != nil || when.Year() < 1990 || when.Year() > 2100 {
		return time.Time{}
	}
	return when.UTC()
}

// tag is the shape of a BCP 47 language tag.
var tag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// language returns said if it is a language tag.
func language(said string) string {
	if said = strings.TrimSpace(said); tag.MatchString(said) {
		return said
	}
	return ""
}
