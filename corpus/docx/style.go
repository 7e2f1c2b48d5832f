package docx

import (
	"encoding/xml"
	"strings"
)

// A style is how paragraphs of one kind look.
type style struct {
	ID    string `xml:"styleId,attr"`
	Name  value  `xml:"name"` // in English for Word's own, whatever the language of Word
	Based value  `xml:"basedOn"`
	Level *value `xml:"pPr>outlineLvl"`
	List  *value `xml:"pPr>numPr>numId"`
}

// A value is an element that says all in its attribute val.
type value struct {
	Val string `xml:"val,attr"`
}

// styles knows the kinds of paragraphs of a file.
type styles struct {
	byID     map[string]style
	language string // of the text unless it says otherwise; BCP 47, or empty
}

// readStyles reads the styles. A file may have none.
func (p *pack) readStyles() (styles, error) {
	s := styles{byID: make(map[string]style)}
	data, err := p.part(p.beside("styles.xml"))
	if err != nil || data == nil {
		return s, err
	}
	var sheet struct {
		Styles   []style `xml:"style"`
		Language value   `xml:"docDefaults>rPrDefault>rPr>lang"`
	}
	if err := xml.Unmarshal(data, &sheet); err != nil {
		return s, damaged(err)
	}
	for _, one := range sheet.Styles {
		s.byID[one.ID] = one
	}
	s.language = language(sheet.Language.Val)
	return s, nil
}

// A kind is what a style makes of a paragraph.
type kind struct {
	title, heading, item, contents bool
}

const maxBased = 20 // styles that are based on each other; Word allows 11

// kind returns what the style of this id makes of a paragraph: what it or the
// nearest of those that it is based on says.
func (s styles) kind(id string) (k kind) {
	var level, list *value
	for range maxBased {
		one, ok := s.byID[id]
		if !ok {
			break
		}
		name := strings.ToLower(one.Name.Val)
		k.title = k.title || name == "title"
		k.contents = k.contents || strings.HasPrefix(name, "toc ") || name == "table of figures"
		k.heading = k.heading || strings.HasPrefix(name, "heading ")
		if level == nil {
			level = one.Level
		}
		if list == nil {
			list = one.List
		}
		id = one.Based.Val
	}
	if level != nil {
		k.heading = outlined(level.Val)
	}
	k.item = list != nil && list.Val != "0"
	return k
}

// outlined reports whether a paragraph of that level is a heading. Word has
// nine levels, from 0, and writes 9 for none.
func outlined(level string) bool { return len(level) == 1 && "0" <= level && level <= "8" }
