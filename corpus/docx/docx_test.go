package docx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
	"rapporteur/corpus/docx"
)

// A parcel is what a DOCX file holds: contents by name.
type parcel map[string]string

// pack returns the file.
func (p parcel) pack(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`

// styleSheet is what a German Word writes of its own styles, more or less.
const styleSheet = `<w:styles ` + space + `>
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Haus"><w:name w:val="Our heading"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Text9"><w:name w:val="Heading look"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:styleId="Liste"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Kreis"><w:name w:val="In a circle"/><w:basedOn w:val="Kreis"/></w:style>
</w:styles>`

func document(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + space + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`
}

// p is a paragraph in a style, of text without markup.
func p(style, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, style, text)
}

// r is a run of text.
func r(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func item(text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>` + r(text) + `</w:p>`
}

func parse(t *testing.T, parts parcel) *corpus.Doc {
	t.Helper()
	d, err := docx.Parse("a-brief.docx", parts.pack(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	return d
}

// show returns the paragraphs of d, with "#" before headings.
func show(d *corpus.Doc) (paras []string) {
	for s := range d.Paragraphs() {
		mark := ""
		if slices.Contains(d.Headings, s) {
			mark = "# "
		}
		paras = append(paras, mark+d.Quote(s).Text())
	}
	return paras
}

func takeaways(d *corpus.Doc) (said []string) {
	for _, s := range d.Takeaways {
		said = append(said, d.Quote(s).Text())
	}
	return said
}

func TestParagraphs(t *testing.T) {
	tests := map[string]struct {
		body string
		want []string
	}{
		"headings by style": {
			p("Titel", "A brief") + p("berschrift1", "One") + p("Haus", "Two") + p("Text9", "No heading.") + p("Standard", "Text.") + p("Kreis", "Round.") + p("Nowhere", "Lost."),
			[]string{"# A brief", "# One", "# Two", "No heading.", "Text.", "Round.", "Lost."}},
		"headings by hand": {
			`<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>` + r("One") + `</w:p><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Two</w:t></w:r></w:p>` +
				`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold words </w:t></w:r>` + r("begin it") + `</w:p><w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>Plain</w:t></w:r></w:p>`,
			[]string{"# One", "# Two", "Bold words begin it", "Plain"}},
		"white space": {
			`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>` + r("A ") + `<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>` + r("d") + `</w:p><w:p/>` + p("Standard", "  "),
			[]string{"A b cd"}},
		"changes": {
			`<w:p>` + r("He said ") + `<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins>` + r("yes") + `</w:ins><w:moveFrom>` + r("away") + `</w:moveFrom><w:moveTo>` + r(".") + `</w:moveTo></w:p>`,
			[]string{"He said yes."}},
		"a deleted end of a paragraph": {
			`<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>` + r("One ") + `</w:p><w:p>` + r("whole.") + `</w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + r("Last.") + `</w:p>`,
			[]string{"One whole.", "Last."}},
		"a large initial": {
			`<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>` + r("T") + `</w:p>` + p("", "hey met."), []string{"They met."}},
		"links and fields": {
			`<w:p>` + r("See ") + `<w:hyperlink>` + r("the report") + `</w:hyperlink><w:r><w:fldChar/></w:r><w:r><w:instrText>PAGEREF _1</w:instrText></w:r>` + r(" on p. 3.") + `</w:p>`,
			[]string{"See the report on p. 3."}},
		"hidden text": {`<w:p>` + r("Seen.") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>Unseen.</w:t></w:r></w:p>`, []string{"Seen."}},
		"hyphens":     {`<w:p><w:r><w:t>co</w:t><w:softHyphen/><w:t>op F</w:t><w:noBreakHyphen/><w:t>16</w:t></w:r></w:p>`, []string{"coop F\u201116"}},
		"contents":    {p("Verzeichnis1", "One 3") + p("Standard", "Text."), []string{"Text."}},
		"a table": {
			`<w:tbl><w:tr><w:tc>` + p("", "Japan") + `</w:tc><w:tc>` + p("", "44") + p("", "(est.)") + `</w:tc></w:tr><w:tr><w:tc>` + p("", "India") + `</w:tc><w:tc><w:p/></w:tc><w:tc>` + p("", "30") + `</w:tc></w:tr>` +
				`<w:tr><w:trPr><w:del/></w:trPr><w:tc>` + p("", "Gone") + `</w:tc></w:tr></w:tbl>` + p("", "Text."),
			[]string{"Japan | 44 (est.)", "India | | 30", "Text."}},
		"a box in a table": {
			`<w:tbl><w:tr><w:tc>` + p("berschrift1", "Box") + p("Liste", "One.") + `</w:tc></w:tr></w:tbl>`,
			[]string{"# Box", "One."}},
		"a text box, once": {
			`<w:p>` + r("Before") + `<mc:AlternateContent><mc:Choice><w:txbxContent>` + p("", "In it.") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + p("", "In it.") + `</w:txbxContent></mc:Fallback></mc:AlternateContent>` + r(" and after.") + `</w:p>`,
			[]string{"In it.", "Before and after."}},
		"a formula": {`<w:p>` + r("Let ") + `<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>`, []string{"Let x=1"}},
	}
	for about, test := range tests {
		d := parse(t, parcel{"word/document.xml": document(test.body), "word/styles.xml": styleSheet})
		if diff := cmp.Diff(test.want, show(d)); diff != "" {
			t.Errorf("%s: %s", about, diff)
		}
	}
}

func TestNotes(t *testing.T) {
	note := func(kind, id, more, text string) string {
		return fmt.Sprintf(`<w:%s w:id="%s" %s><w:p><w:r><w:footnoteRef/></w:r>%s</w:p></w:%[1]s>`, kind, id, more, r(text))
	}
	d := parse(t, parcel{
		"word/document.xml":  document(`<w:p>` + r("One") + `<w:r><w:footnoteReference w:id="7"/></w:r>` + r(" and two.") + `<w:r><w:endnoteReference w:id="7"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>` + p("", "End.")),
		"word/footnotes.xml": `<w:footnotes ` + space + `>` + note("footnote", "-1", `w:type="separator"`, "---") + note("footnote", "2", "", "The third.") + note("footnote", "7", "", "The first.") + note("footnote", "9", "", "Unused.") + `</w:footnotes>`,
		"word/endnotes.xml":  `<w:endnotes ` + space + `>` + note("endnote", "7", "", "The second.") + `</w:endnotes>`,
	})
	want := []string{"One[1] and two.[2][3]", "End.", "[1] The first.", "[2] The second.", "[3] The third."}
	if diff := cmp.Diff(want, show(d)); diff != "" {
		t.Error(diff)
	}
}

// TestOtherBody reads a file whose text has the name that some versions of
// Word give it.
func TestOtherBody(t *testing.T) {
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
	d := parse(t, parcel{
		"_rels/.rels":        `<Relationships><Relationship Id="r1" Type="x" Target="y"/><Relationship Id="r2" Type="` + kind + `" Target="/word/document2.xml"/></Relationships>`,
		"word/document2.xml": document(p("Titel", "A brief")),
		"word/styles.xml":    styleSheet,
	})
	if diff := cmp.Diff([]string{"# A brief"}, show(d)); diff != "" {
		t.Error(diff)
	}
}

func TestTakeaways(t *testing.T) {
	d := parse(t, parcel{"word/document.xml": document(p("", "Key Takeaways") + item("One.") + item("Two.") + p("", "Text."))})
	if diff := cmp.Diff([]string{"One.", "Two."}, takeaways(d)); diff != "" {
		t.Error(diff)
	}
}

func TestProperties(t *testing.T) {
	core := func(title, creator string) string {
		return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">` +
			`<dc:title>` + title + `</dc:title><dc:creator>` + creator + `</dc:creator><dcterms:created>2026-06-02T07:30:00Z</dcterms:created></cp:coreProperties>`
	}
	tests := map[string]struct {
		parts   parcel
		title   string
		authors []string
	}{
		"the properties":     {parcel{"docProps/core.xml": core("The Quad", "Ada Smith; Bo Li"), "word/document.xml": document(p("berschrift1", "One"))}, "The Quad", []string{"Ada Smith", "Bo Li"}},
		"the title's style":  {parcel{"docProps/core.xml": core("Last year's brief", "admin"), "word/document.xml": document(p("Titel", "The Quad"))}, "The Quad", nil},
		"the first heading":  {parcel{"docProps/core.xml": core("Dokument1", ""), "word/document.xml": document(p("", "Text.") + p("berschrift1", "The Quad"))}, "The Quad", nil},
		"the name":           {parcel{"word/document.xml": document(p("", "Text."))}, "a brief", nil},
		"a file's own title": {parcel{"docProps/core.xml": core("brief_v3.docx", "C:\\me"), "word/document.xml": document(p("", "Text."))}, "a brief", nil},
	}
	for about, test := range tests {
		test.parts["word/styles.xml"] = styleSheet
		d := parse(t, test.parts)
		if d.Title != test.title || d.Language != "de-DE" || d.ID != "a-brief.docx" {
			t.Errorf("%s: title %q, language %q, id %q; want the title %q", about, d.Title, d.Language, d.ID, test.title)
		}
		if diff := cmp.Diff(test.authors, d.Authors); diff != "" {
			t.Errorf("%s: %s", about, diff)
		}
		if _, ok := test.parts["docProps/core.xml"]; ok && d.Published.Format("2006-01-02 15:04") != "2026-06-02 07:30" {
			t.Errorf("%s: published %v", about, d.Published)
		}
	}
}

func TestRefused(t *testing.T) {
	laughs := `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">` + `<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document ` + space + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
	sound := parcel{"word/document.xml": document(p("", "Text."))}.pack(t)
	many := make(parcel)
	for n := range docx.MaxParts + 1 {
		many[fmt.Sprint(n)] = ""
	}
	tests := map[string]struct {
		src  []byte
		says string
	}{
		"an entity bomb": {parcel{"word/document.xml": laughs}.pack(t), "it is damaged or no DOCX file"},
		"a zip bomb":     {parcel{"word/document.xml": document(strings.Repeat(" ", docx.MaxUnpacked))}.pack(t), "it unpacks to more than 52428800 bytes"},
		"a bomb of text": {parcel{"word/document.xml": document(p("", strings.Repeat("ha ", 3<<20)))}.pack(t), "its text has more than 8388608 bytes"},
		"depth":          {parcel{"word/document.xml": document(strings.Repeat("<w:p>", 100000))}.pack(t), "more than 200 elements stand inside each other"},
		"deep styles":    {parcel{"word/document.xml": document(p("", "A.")), "word/styles.xml": strings.Repeat("<a>", 100000)}.pack(t), "damaged"},
		"parts":          {many.pack(t), "parts, and 10000 are read at most"},
		"no DOCX":        {parcel{"xl/workbook.xml": "<x/>"}.pack(t), "it is no DOCX file"},
		"no archive":     {[]byte("Dear reader"), "it is damaged or no DOCX file"},
		"cut off":        {sound[:len(sound)/2], "it is damaged or no DOCX file"},
		"locked":         {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), "save it as .docx without a password"},
		"no words":       {parcel{"word/document.xml": document("<w:p/>")}.pack(t), "there is no text in it"},
		"unclosed":       {parcel{"word/document.xml": "<w:document " + space + "><w:body>"}.pack(t), "it is damaged"},
		"too big":        {make([]byte, docx.MaxFile+1), "make its pictures smaller or split it"},
		"empty":          {nil, "it is damaged or no DOCX file"},
	}
	for about, test := range tests {
		_, err := docx.Parse("a/brief.docx", test.src)
		if err == nil || !strings.HasPrefix(err.Error(), "a/brief.docx: ") || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: error %v, want one of a/brief.docx that says %q", about, err, test.says)
		}
	}
}

// FuzzDOCX reads anything as the body and the styles of a file, and as a file.
func FuzzDOCX(f *testing.F) {
	f.Add(document(p("Titel", "A brief")+item("One.")+`<w:tbl><w:tr><w:tc>`+p("", "A")+`</w:tc></w:tr></w:tbl>`), styleSheet)
	f.Add(document(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+r("One ")+`</w:p></w:p><w:p>`+r("whole.")+`</w:p>`), "")
	f.Add(document(`<w:tc><w:p>`+r("x")+`</w:p></w:tc></w:tr><w:tr>`), "<w:styles/>")
	f.Fuzz(func(t *testing.T, body, styles string) {
		for _, src := range [][]byte{parcel{"word/document.xml": body, "word/styles.xml": styles, "word/footnotes.xml": body}.pack(t), []byte(body)} {
			d, err := docx.Parse("fuzz.docx", src)
			if err != nil {
				continue
			}
			if err := d.Check(); err != nil {
				t.Error(err)
			}
		}
	})
}
