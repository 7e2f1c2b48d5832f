package corpus

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads a publication from the text of a file: Markdown if the name ends
// in .md or .markdown, else plain text. Front matter in YAML may stand above
// it, between two lines "---", with any of title, authors, published, url, id
// and language.
//
// The ID is name if the front matter has none. The Title is that of the front
// matter, else the first heading, else what can be made of the name. The list
// below a heading such as "Key Takeaways" gives the Takeaways.
//
// The Text says what the file says, word for word, with white space folded and
// wrapped lines joined; Markdown and HTML markup is left out, and so are the
// marks of Markdown's lists, but not those of plain text.
//
// The error names the file and what to do about it: if it is not UTF-8, is not
// text or has none, or has a wrong value in its front matter.
func Parse(name, src string) (*Doc, error) {
	d, body, err := head(name, src)
	if err != nil {
		return nil, err
	}
	read := readPlain
	if ext := strings.ToLower(path.Ext(name)); ext == ".md" || ext == ".markdown" {
		read = readMarkdown
	}
	paras, err := read(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return d, finish(d, name, paras)
}

// ParseLiteral reads a publication whose paragraphs stand as they are, parted
// by blank lines: nothing in them is markup, except that one backslash is
// taken off that keeps the paragraph from looking like Markdown. It is for
// texts that a program wrote. Front matter and errors are those of [Parse].
func ParseLiteral(name, src string) (*Doc, error) {
	d, body, err := head(name, src)
	if err != nil {
		return nil, err
	}
	var paras []para
	for part := range strings.SplitSeq(body, "\n\n") {
		if text := fold(escaped.ReplaceAllString(strings.Trim(part, "\n"), "$1")); text != "" {
			paras = append(paras, para{text: text})
		}
	}
	return d, finish(d, name, paras)
}

// escaped is the backslash that ParseLiteral takes off.
var escaped = regexp.MustCompile(`^\\([#*+>\p{Nd}-])`)

// A para is one paragraph as it was read.
type para struct {
	text   string
	title  bool // whether it is the heading of the whole
	item   bool // whether it is an item of a list
	bullet int  // bytes of text that are the item's mark and the space after it
}

// head reads the front matter of src into a new Doc and returns what follows.
func head(name, src string) (d *Doc, body string, err error) {
	src, err = clean(src)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", name, err)
	}
	d = &Doc{ID: strings.ToValidUTF8(name, "\ufffd")}
	matter, body := cutMatter(src)
	if err := readMatter(d, matter); err != nil {
		return nil, "", fmt.Errorf("%s: %w", name, err)
	}
	return d, body, nil
}

// clean returns src without a byte order mark and with one kind of line end.
func clean(src string) (string, error) {
	switch {
	case strings.ContainsRune(src, 0):
		return "", errors.New("this is not a text, for it has zero bytes: save it as plain text in UTF-8")
	case !utf8.ValidString(src):
		return "", fmt.Errorf("line %d is not UTF-8: save the file as UTF-8", badLine(src))
	}
	src = strings.TrimPrefix(src, "\ufeff")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src), nil
}

// badLine returns the number of the first line that is not UTF-8.
func badLine(src string) int {
	for i, r := range src {
		if _, size := utf8.DecodeRuneInString(src[i:]); r == utf8.RuneError && size == 1 {
			return 1 + strings.Count(src[:i], "\n")
		}
	}
	return 0
}

// fold makes every run of white space one space, and none at the ends.
func fold(text string) string { return strings.Join(strings.Fields(text), " ") }

// finish sets what of d follows from its paragraphs.
func finish(d *Doc, name string, paras []para) error {
	if len(paras) == 0 {
		return fmt.Errorf("%s: there is no text in it: write some, or take the file away", name)
	}
	var text strings.Builder
	spans := make([]Span, len(paras))
	for i, p := range paras {
		if i > 0 {
			text.WriteString("\n\n")
		}
		spans[i] = Span{text.Len() + p.bullet, text.Len() + len(p.text)}
		text.WriteString(p.text)
	}
	d.Text = text.String()
	from, to := takeaways(paras)
	d.Takeaways = spans[from:to:to]
	if d.Title == "" {
		d.Title = title(name, paras)
	}
	return nil
}

// title returns the heading of the whole, else what the file name says.
func title(name string, paras []para) string {
	for _, p := range paras {
		if p.title {
			return p.text
		}
	}
	name = strings.ToValidUTF8(name, "\ufffd")
	base := path.Base(strings.TrimRight(name, "/"))
	words := fold(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(base, path.Ext(base))))
	if words == "" {
		return cmp.Or(fold(name), "Untitled")
	}
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}
