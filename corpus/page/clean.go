package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// clutter are words in the class or id of an element that is no part of an
// article. A word counts only as a whole: "share" does not stand in "shareholder".
var clutter = set("nav navbar navigation breadcrumb breadcrumbs menu share sharing sharebar sharedaddy addtoany addthis social socials " +
	"cookie cookies consent gdpr onetrust newsletter subscribe subscription signup optin mailchimp " +
	"related recommended recommendations outbrain taboola disqus comments respond " +
	"pagination pager advert advertisement ads sponsored promo skip-link skiplink")

// about are pairs of words, the first of which says whom and the second what,
// in the class or id of an element that tells of an author.
var about = regexp.MustCompile(`\b(?:author|authors|bio|autor|auteur)[-_ ]+(?:bio|box|info|card|about|profile|description|details|biography)\b|\babout[-_ ]+(?:the[-_ ]+)?authors?\b|\b(?:biography|author-?bio|authorbox)\b`)

const (
	// What holds a larger part of the prose of a page than this is its main
	// part, whatever its class says: sites name whole layouts "has-share-bar".
	maxClutterPart = 4 // one in so many

	maxBio = 2000 // bytes of what is told of the authors
)

// clear takes out of the page what is no part of an article and can be told by
// its markup: navigation, share bars, requests for consent, sign-up forms,
// lists of other articles, and boxes that tell of the author.
func clear(doc *html.Node) {
	limit := prose(read(doc)) / maxClutterPart
	var found []*html.Node
	var look func(*html.Node)
	look = func(n *html.Node) {
		for c := range n.ChildNodes() {
			if c.Type != html.ElementNode {
				continue
			}
			if cluttered(c) && prose(read(c)) <= limit || tellsOfAuthor(c) {
				found = append(found, c)
				continue
			}
			look(c)
		}
	}
	look(doc)
	for _, n := range found {
		remove(n)
	}
}

// unname takes the class and the id off the elements that hold words, and off
// what only frames a heading: go-readability drops whatever has "header" or
// "related" anywhere in its class, even a heading of the class "subheader".
func unname(doc *html.Node) {
	for _, n := range elements(doc, "h2", "h3", "h4", "h5", "h6", "li", "dl", "dd", "dt", "blockquote") {
		anonymous(n)
		for p := n.Parent; p != nil && n.Data[0] == 'h' && onlyElement(p) != nil && p.Data != "body"; p = p.Parent {
			anonymous(p)
		}
	}
}

func anonymous(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "class" || a.Key == "id" })
}

// cluttered reports whether the markup of n says that it is no part of an article.
func cluttered(n *html.Node) bool {
	switch n.Data {
	case "html", "body", "main", "article", "p", "blockquote", "table", "tbody", "tr", "td", "pre", "code", "h1":
		return false
	case "nav", "dialog":
		return true
	}
	switch attr(n, "role") {
	case "navigation", "dialog", "alertdialog", "menu", "menubar", "search", "toolbar":
		return true
	}
	for _, word := range markupWords(n) {
		if clutter[word] {
			return true
		}
	}
	return false
}

// markupWords returns the words of the class and the id of n, in lower case.
func markupWords(n *html.Node) []string {
	names := attr(n, "class") + " " + attr(n, "id")
	return strings.FieldsFunc(strings.ToLower(names), func(r rune) bool { return r != '-' && !isWord(r) || r == '-' })
}

// tellsOfAuthor reports whether n is a box with the biography of an author.
func tellsOfAuthor(n *html.Node) bool {
	names := attr(n, "class") + " " + attr(n, "id")
	return len(names) > 1 && n.Data != "body" && n.Data != "article" && n.Data != "main" &&
		about.MatchString(strings.ToLower(names)) && len(textOf(n)) <= maxBio
}

// elsewhere matches the headings of sections that are no part of an article.
var elsewhere = regexp.MustCompile(`(?i)^(?:` +
	`(?:related|more|similar|recommended|latest|other|popular) (?:articles?|content|posts?|publications?|stories|reading|news|research|analysis|topics|resources|reports?|links)|` +
	`(?:you (?:may|might) also (?:like|be interested in)|read (?:next|more|also)|up next|more (?:from|by|on|like) .{1,60}|most (?:read|popular))|` +
	`share(?: (?:this|on|via) ?.{0,30})?|follow us(?: on .{1,30})?|comments?|leave a (?:reply|comment)|tags|topics|filed under|` +
	`(?:subscribe|sign up)\b.{0,80}|newsletter|stay (?:informed|updated|up to date|connected|in touch)\b.{0,80}|` +
	`(?:verwandte|weitere|ähnliche) (?:artikel|beiträge|themen|publikationen)|(?:das könnte sie auch interessieren|mehr zum thema|zum thema|lesen sie auch)||teilen|artikel teilen|schlagworte|` +
	`(?:articles?|publications?) (?:liés?|liées?|similaires|connexes)|(?:à lire aussi|lire aussi|sur le même sujet)|partager(?: .{0,30})?|` +
	`(?:artículos|publicaciones|contenidos?) relacionad[oa]s?|(?:te puede interesar|también te puede interesar|lea también)|compartir(?: .{0,30})?|` +
	`(?:articoli|contenuti|pubblicazioni) correlat[ie]|(?:leggi anche|potrebbe interessarti)|condividi(?: .{0,30})?|` +
	`(?:gerelateerde|verwante) (?:artikelen|publicaties|berichten)|(?:lees ook|lees meer)|delen(?: .{0,30})?` +
	`)\s*[:.…]?$`)

// biographies matches the headings above what is told of the authors.
var biographies = regexp.MustCompile(`(?i)^(?:(?:about|meet) the (?:authors?|contributors?|experts?)|(?:authors?|contributors?) ?bio(?:graph(?:y|ies))?s?|` +
	`(?:über|zu) (?:den|der|dem) (?:autor|autorin|autoren)|über die autor(?:in|en|(?:\*|:|_)?innen)|(?:à propos|au sujet) (?:de l['’]auteure?|des auteure?s)|` +
	`(?:sobre|acerca de) (?:el autor|la autora|los autores|las autoras)|(?:l['’]autore|l['’]autrice|gli autori|sull['’]autore|sull['’]autrice)|over de auteurs?` +
	`)\s*:?$`)

// banner matches a line that asks readers for something.
var banner = regexp.MustCompile(`(?i)^(?:stay (?:informed|updated|up to date|connected|in the know)|subscribe|sign up|join our|get (?:our|the) (?:latest|newsletter|weekly)|receive (?:our|the)|` +
	`we use cookies|this (?:web)?site uses cookies|by (?:continuing|clicking|using)|enter your e-?mail|` +
	`bleiben sie (?:informiert|auf dem laufenden)|abonnieren sie|newsletter abonnieren|jetzt anmelden|diese (?:web)?seite verwendet cookies|wir verwenden cookies|` +
	`restez informé|abonnez-vous|inscrivez-vous|suscríbase|suscríbete|manténgase informado|iscriviti|resta (?:aggiornato|informato)|schrijf u in|blijf op de hoogte|abonneer)\b`)

// asks matches what such a line asks for, so that a sentence of an article
// that begins alike is kept.
var asks = regexp.MustCompile(`(?i)\b(?:newsletter|latest news|latest (?:research|insights|updates|analysis|publications)|inbox|e-?mail|mailing list|updates|cookies?|notizie|noticias|actualités|nieuwsbrief|neuigkeiten|boletín|privacy|terms of (?:use|service))\b`)

// furniture matches short lines that are the controls of a page.
var furniture = regexp.MustCompile(`(?i)^(?:share|tweet|print|e-?mail|download(?: (?:the )?(?:pdf|report|full report|paper|brief))?|pdf|read more|read the full (?:report|article|paper|text)|learn more|continue reading|back to top|` +
	`advertisement|anzeige|publicité|publicidad|pubblicità|advertentie|copy link|link copied!?|save|listen|listen to this article|skip to (?:main )?content|table of contents|cite this (?:article|page)|` +
	`facebook|twitter|x|linkedin|whatsapp|telegram|reddit|[0-9]{1,3} min(?:ute)?s?(?: read)?|reading time:? [0-9]{1,3} min(?:ute)?s?|lesezeit:? [0-9]{1,3} minuten?|` +
	`drucken|teilen|imprimer|imprimir|stampa|afdrukken|nach oben|weiterlesen|lire la suite|leer más|leggi tutto|lees meer)$`)

// maxBanner is the length in bytes above which a paragraph is no banner.
const maxBanner = 300

// tidy takes out of the paragraphs of an article what its markup did not tell
// from it. Names are those of its authors.
func tidy(paras []para, title string, names []string) []para {
	paras = dropLead(paras, title, names)
	paras = dropSections(paras)
	kept := paras[:0]
	for _, p := range paras {
		if !furniture.MatchString(p.text) && (len(p.text) > maxBanner || !banner.MatchString(p.text) || !asks.MatchString(p.text)) {
			kept = append(kept, p)
		}
	}
	return dropTail(kept, names)
}

// dropLead takes away the title and the lines about who wrote it and when that
// stand above the text.
func dropLead(paras []para, title string, names []string) []para {
	for i := 0; i < len(paras) && i < 6; i++ {
		p := paras[i]
		if p.level == 0 && len(p.text) > maxBoldHeading {
			break
		}
		if p.level > 0 && sameWords(p.text, title) || credit(p.text, names) {
			paras = append(paras[:i:i], paras[i+1:]...)
			i--
		}
	}
	return paras
}

// credit reports whether a line says no more than who wrote a text and when.
func credit(line string, names []string) bool {
	rest := cutPrefixWords(line)
	for _, name := range names {
		rest = strings.ReplaceAll(rest, name, "")
	}
	for _, span := findDate(rest); span != ""; _, span = findDate(rest) {
		rest = strings.Replace(rest, span, "", 1)
	}
	if rest == line {
		return false
	}
	rest = minutes.ReplaceAllString(rest, "")
	left := strings.FieldsFunc(strings.ToLower(rest), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, word := range left {
		if !joining[word] {
			return false
		}
	}
	return true
}

var (
	minutes = regexp.MustCompile(`(?i)\b[0-9]{1,3} min(?:ute)?s?(?: read)?\b`)
	joining = set("and und et y e ed en with on the am le il op published updated posted first last date veröffentlicht publié publicado pubblicato gepubliceerd monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun")
)

// dropSections takes away the sections that their headings tell from the
// article: up to the next heading that does not stand below theirs.
func dropSections(paras []para) []para {
	kept := make([]para, 0, len(paras))
	for i := 0; i < len(paras); i++ {
		kept = append(kept, paras[i])
		if paras[i].level == 0 {
			continue
		}
		if end := sectionEnd(paras, i); foreign(paras[i].text, paras[i+1:end]) {
			kept = kept[:len(kept)-1]
			i = end - 1
		}
	}
	return kept
}

// sectionEnd returns where the section ends that begins with paras[i].
func sectionEnd(paras []para, i int) int {
	end := i + 1
	for end < len(paras) && (paras[end].level == 0 || paras[end].level > paras[i].level) {
		end++
	}
	return end
}

// foreign reports whether a section is no part of the article: its heading
// says so, and what stands below looks like it, since authors too write
// "Share this" above what they have to say.
func foreign(heading string, section []para) bool {
	links, length := 0, 0
	for _, p := range section {
		length += len(p.text)
		if p.mostlyLinks() {
			links++
		}
	}
	if biographies.MatchString(heading) {
		return length <= maxBio
	}
	return elsewhere.MatchString(heading) && (length <= maxBanner || 2*links > len(section))
}

// dropTail takes away the biographies of the authors at the end, and headings
// of which the section is gone.
func dropTail(paras []para, names []string) []para {
	for len(paras) > 1 {
		last := paras[len(paras)-1]
		if (last.level == 0 || last.level == looksLike) && !biography(last.text, names) {
			break
		}
		paras = paras[:len(paras)-1]
	}
	return paras
}

// biography reports whether a paragraph tells who one of the authors is.
func biography(text string, names []string) bool {
	if len(text) > maxBio {
		return false
	}
	for _, title := range []string{"Dr. ", "Dr ", "Prof. ", "Professor "} {
		text = strings.TrimPrefix(text, title)
	}
	for _, name := range names {
		if rest, ok := strings.CutPrefix(text, name); ok && office.MatchString(rest) {
			return true
		}
	}
	return false
}

// office matches how a biography goes on after the name.
var office = regexp.MustCompile(`^,? (?:is|was|are|works|serves|leads|heads|teaches|joined|holds|directs|ist|arbeitet|leitet|war|est|dirige|travaille|es|trabaja|è|lavora|werkt|leidt)\b`)
