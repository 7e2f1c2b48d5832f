package pdf_test

import "fmt"

// layouts holds what prints each layout of testdata.
var layouts = map[string]func() []byte{
	"brief":    brief,
	"columns":  twoColumns,
	"report":   report,
	"table":    table,
	"indents":  indents,
	"turned":   turned,
	"hyphens":  hyphens,
	"contents": contents,
	"features": features,
}

// brief is one page with a title, takeaways and headings, and says of itself
// what word processors say.
func brief() []byte {
	p := press{info: "/Title (Microsoft Word - draft_v3.docx) /Author (Ada Smith and Bo Li) /CreationDate (D:20260602093000+02'00')", lang: "en-GB"}
	s := p.sheet()
	s.text(60, 770, 20, "**The Quad after Four Years")
	s.text(60, 745, 10, "Ada Smith and Bo Li")
	s.text(60, 715, 13, "**Key Takeaways")
	y := s.lines(60, 695,
		"• The four partners met twice in 2025, and they did not agree on",
		">a common line towards the sea lanes.",
		"• Trade grew by 4 per cent.",
		"• “Nothing is decided,” the chair said.")
	s.text(60, y-15, 13, "**What was agreed")
	y = s.lines(60, y-35,
		"The leaders of the four partners met again in the spring of that",
		"year. They agreed on little, and their ministers came with them as",
		"they had done before.",
		"",
		"A second paragraph follows after some room. It is about what the",
		"ministers said to each other when they met:",
		"",
		"1. They will meet again in the autumn.",
		"2. They will not speak of it.")
	s.text(60, y-15, 10, "**Next steps")
	s.lines(60, y-35, "Nothing is planned.")
	return p.print()
}

// twoColumns has a title over two columns, a paragraph that goes on in the
// second, and another that goes on over the page.
func twoColumns() []byte {
	p := press{info: "/Title (Sea Lanes and Their Keepers) /CreationDate (D:19700101)"}
	s := p.sheet()
	s.text(60, 780, 22, "**Sea Lanes and Their Keepers")
	s.lines(60, 740,
		"Ships carry most of what the region buys,",
		"and few of them are its own. That is an",
		"old worry.",
		">The second paragraph is indented, as",
		"printers like it, and goes on for a few",
		"lines until the column ends before it",
		"does, and so its last words stand in the")
	s.lines(320, 740,
		"other column, at the top. It ends here.",
		">A third one begins in the right column",
		"and says that insurance is dear. It will",
		"be dearer yet. The paragraph does not",
		"end on this page, because the page is",
		"full, as pages are, and what the authors",
		"have to say of the matter is not said in")
	s = p.sheet()
	s.lines(60, 780,
		"full before the next page, where it ends.",
		">A last paragraph makes the column long",
		"enough to be one, and says no more than",
		"that, in four lines of which this is the",
		"last one.")
	s.lines(320, 780,
		">Another stands beside it, which is on",
		"other things: on harbours, their masters",
		"and the rent that the masters pay to the",
		"owners of the harbours year after year.")
	return p.print()
}

// report has running heads, page numbers and footnotes on each of four pages.
func report() []byte {
	p := press{info: "/Title () /Author (admin)"}
	about := []string{"harbours", "insurance", "piracy", "cables"}
	for i, topic := range about {
		s := p.sheet()
		s.text(60, 815, 8, "INSTITUTE OF THINGS")
		s.text(420, 815, 8, fmt.Sprintf("Report %d/2026", i+1))
		s.text(60, 780, 16, fmt.Sprintf("**Chapter %d: Of %s", i+1, topic))
		s.lines(60, 750,
			fmt.Sprintf("This chapter is about %s and says what the ones before it", topic),
			"did not say, with a note that stands at the foot of the page.",
			"It was written after all others.")
		s.text(60+6*32, 728, 6, fmt.Sprint(i+1)) // raised behind the last word
		s.text(60, 90, 8, fmt.Sprintf("%d See the archive of the institute, box %d, on", i+1, 7*i))
		s.text(60, 80, 8, topic+".")
		s.text(60, 40, 8, fmt.Sprintf("Page %d", i+1))
	}
	return p.print()
}

// table has a table between two paragraphs.
func table() []byte {
	var p press
	s := p.sheet()
	s.text(60, 780, 16, "**Trade of the Four Partners")
	s.lines(60, 750, "The table shows exports to each of the others, in billions.")
	for i, cells := range [][3]string{{"**Partner", "**2024", "**2025"}, {"Australia", "12.5", "13.1"}, {"India", "30.0", "31.9"}, {"Japan", "44.2", "40.8"}} {
		for j, cell := range cells {
			s.text(60+150*float64(j), 720-15*float64(i), 10, cell)
		}
	}
	s.lines(60, 640, "Japan alone sold less than in the year before.")
	return p.print()
}

// indents parts paragraphs by the indent of the first line only, and has a
// list of sources whose later lines hang.
func indents() []byte {
	var p press
	s := p.sheet()
	s.text(60, 780, 16, "**On Indents")
	y := s.lines(60, 750,
		"The first paragraph is not indented, as is the custom in print and has",
		"been so for long; it ends with the line.",
		">The second is indented, and nothing else tells that it is another one",
		"since its predecessor may fill the last of its lines to the very margin.",
		">The third one is short.",
		">The fourth one has an aside – one between dashes that a line breaks off",
		"– which is no item of a list, and it ends here.")
	s.text(60, y-15, 13, "**References")
	s.lines(60, y-40,
		"Li, Bo (2024): A long title of a book on harbours, their masters and all",
		">of their rents. The Hague.",
		"Smith, Ada (2025): Another title, which is as long as that one and which",
		">is about ships. London.")
	return p.print()
}

// turned has a page that lies on its side, and a stamp in its margin.
func turned() []byte {
	var p press
	s := p.sheet()
	s.rotate = 90
	s.turned("0 1 -1 0 60 60", "A page may lie on its side, since its")
	s.turned("0 1 -1 0 73 60", "table is wide. It is read as well.")
	s.turned("0.7 0.7 -0.7 0.7 300 300", "DRAFT")
	s.turned("1 0 0 1 20 20", "printed on Monday")
	return p.print()
}

// hyphens has words that hyphens part at the ends of lines.
func hyphens() []byte {
	p := press{info: "/Title (Words and Their Hyphens)"}
	s := p.sheet()
	s.lines(60, 780,
		"The long-term outlook is bleak, and a minis-",
		"ter said so. It was a well-known fact that long-",
		"term plans fail, and that post-",
		"Soviet ones failed too; they say so every-",
		"where in the region.")
	return p.print()
}

// features has a large initial, an exponent, and a sentence in capitals.
func features() []byte {
	p := press{info: "/Title (untitled) /Author (J. Doe)"}
	s := p.sheet()
	s.text(60, 790, 18, "**Letters Large and Small")
	s.text(60.5, 790.5, 18, "**Letters Large and Small") // again, as a shadow
	s.text(60, 744, 30, "T")
	s.text(80, 757, 10, "he first letter is large, and the words go on beside")
	s.text(80, 744, 10, "it for two lines before they go below it as they do in")
	s.lines(60, 731, "most magazines. The island has 20 km of coast.")
	s.text(60, 700, 10, "THE WAY AHEAD")
	s.lines(60, 680, "An area of 5 m")
	s.text(60+6*14, 684, 6, "2")
	s.text(60+6*15+6, 680, 10, "is small.")
	return p.print()
}

// contents has a table of contents, and the title of the file that somebody
// began with.
func contents() []byte {
	p := press{info: "/Title (Budget of the Rowing Club)"}
	s := p.sheet()
	s.text(60, 780, 20, "**Cables under the Sea")
	s.text(60, 740, 13, "**Contents")
	s.lines(60, 715, "1. Who owns them ........................... 2", "2. Who cuts them . . . . . . . . . . . . . . iv")
	s.text(60, 660, 13, "**1. Who owns them")
	s.lines(60, 640,
		"Four firms laid them, and each of them paid for it, between 2019–",
		"2026, as it is told on the last of the pages from number 737–9 of",
		"the register.")
	return p.print()
}
