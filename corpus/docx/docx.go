// Package docx reads publications from DOCX files, as Word and other word
// processors write them.
package docx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"rapporteur/corpus"
)

const (
	MaxFile     = 64 << 20 // bytes; a report with its pictures has 30 million at times
	MaxUnpacked = 50 << 20 // bytes of all parts that are read; XML packs tenfold, a bomb a thousandfold
	MaxParts    = 10000    // parts of the archive, of which a report has some hundreds
	MaxText     = 8 << 20  // bytes of text; a longer one is refused, not cut: half a text misquotes
)

// Names of parts. The others that are read lie beside the body.
const (
	partBody  = "word/document.xml" // unless partLinks names another
	partLinks = "_rels/.rels"
	partCore  = "docProps/core.xml"
)

// Parse reads the publication in src, which is a DOCX file of that name; the
// name becomes its ID. The Text is what the file says, with tracked changes
// accepted, rows of tables as one paragraph each, and the footnotes and
// endnotes after all else. Headers, footers, comments and pictures are left
// out.
//
// The Title is the paragraph in the style of titles, else what the file's
// properties say if that can be one, else the first heading, else made of the
// name. Authors, Published and Language are what the properties say.
//
// The error names the file and what to do about it: if it is no DOCX file, is
// damaged, locked with a password or empty, or is larger than the limits allow.
func Parse(name string, src []byte) (*corpus.Doc, error) {
	d, err := parse(name, src)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return d, nil
}

func parse(name string, src []byte) (*corpus.Doc, error) {
	if len(src) > MaxFile {
		return nil, fmt.Errorf("%d bytes is more than %d: make its pictures smaller or split it", len(src), MaxFile)
	}
	p, err := open(src)
	if err != nil {
		return nil, err
	}
	d := &corpus.Doc{ID: strings.ToValidUTF8(name, "\ufffd")}
	parts, err := p.parts(d)
	if err != nil {
		return nil, err
	}
	d.Compose(parts)
	switch {
	case strings.TrimSpace(d.Text) == "":
		return nil, errors.New("there is no text in it: write some, or take the file away")
	case len(d.Text) > MaxText:
		return nil, fmt.Errorf("its text has more than %d bytes: split it", MaxText)
	}
	if d.Title == "" {
		d.Title = title(name, parts)
	}
	return d, nil
}

// title returns the first heading that can be a title, else what the file name
// says.
func title(name string, parts []corpus.Part) string {
	for _, p := range parts {
		if text := tidy(p.Text); p.Heading && text != "" && corpus.Announces(text) == 0 {
			return text
		}
	}
	base := path.Base(strings.ToValidUTF8(name, "\ufffd"))
	words := tidy(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(base, path.Ext(base))))
	return cmp.Or(words, "Untitled")
}

// tidy makes every run of white space one space, and none at the ends.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

// A pack is the archive that a DOCX file is.
type pack struct {
	files map[string]*zip.File
	body  string // name of the part that holds the text
	left  int64  // bytes that may still be unpacked
}

// locked is how a file begins that Word has locked with a password, or that
// is of Word before 2007.
const locked = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// open returns the archive in src.
func open(src []byte) (*pack, error) {
	if strings.HasPrefix(string(src[:min(len(src), len(locked))]), locked) {
		return nil, errors.New("it is locked with a password, or a .doc of old: save it as .docx without a password")
	}
	archive, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, damaged(err)
	}
	if len(archive.File) > MaxParts {
		return nil, fmt.Errorf("it has %d parts, and %d are read at most: save it anew in a word processor", len(archive.File), MaxParts)
	}
	p := &pack{files: make(map[string]*zip.File), left: MaxUnpacked}
	for _, f := range archive.File {
		p.files[f.Name] = f
	}
	if p.body, err = p.findBody(); err != nil {
		return nil, err
	}
	return p, nil
}

// findBody returns the name of the part that holds the text.
func (p *pack) findBody() (string, error) {
	if p.files[partBody] != nil {
		return partBody, nil
	}
	data, err := p.part(partLinks)
	if err != nil {
		return "", err
	}
	var links struct {
		Links []struct {
			Type   string `xml:",attr"`
			Target string `xml:",attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal(data, &links); data != nil && err != nil {
		return "", damaged(err)
	}
	for _, link := range links.Links {
		name := strings.TrimPrefix(link.Target, "/")
		if strings.HasSuffix(link.Type, "/officeDocument") && path.Dir(name) == path.Dir(partBody) && p.files[name] != nil {
			return name, nil
		}
	}
	return "", errors.New("it is no DOCX file, for it has no " + partBody + ": save it as .docx in a word processor")
}

// beside returns the name of a part that lies beside the body.
func (p *pack) beside(name string) string { return path.Join(path.Dir(p.body), name) }

// damaged says what to do about a file that cannot be unpacked or understood.
func damaged(err error) error {
	return fmt.Errorf("it is damaged or no DOCX file: get it again, or save it as .docx in a word processor: %w", err)
}

// parts returns the paragraphs, and sets in d what the file says of itself.
func (p *pack) parts(d *corpus.Doc) ([]corpus.Part, error) {
	if err := p.readCore(d); err != nil {
		return nil, err
	}
	styles, err := p.readStyles()
	if err != nil {
		return nil, err
	}
	d.Language = cmp.Or(d.Language, styles.language)
	r := reader{styles: styles, notes: make(map[string]int)}
	if err := p.walk(p.body, &r); err != nil {
		return nil, err
	}
	if r.title != "" {
		d.Title = r.title
	}
	notes, err := p.readNotes(styles, r.notes)
	return append(r.parts, notes...), err
}

// part returns the contents of the part of that name, nothing if there is no
// such part.
func (p *pack) part(name string) ([]byte, error) {
	f := p.files[name]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(fmt.Errorf("%s: %w", name, err))
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, p.left+1))
	if err != nil {
		return nil, damaged(fmt.Errorf("%s: %w", name, err))
	}
	if p.left -= int64(len(data)); p.left < 0 {
		return nil, fmt.Errorf("it unpacks to more than %d bytes: split it, or save it anew in a word processor", MaxUnpacked)
	}
	return data, nil
}
