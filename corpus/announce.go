package corpus

import (
	"strings"

	"golang.org/x/text/cases"
)

// maxAnnounce is the length in bytes above which a line is not looked up.
const maxAnnounce = 60

// Announces returns how plainly a line says that a publication's takeaways
// follow, from 4 for "Key takeaways" down to 1 for "Abstract", or 0 if it does
// not say so. It knows headings in English, German, French, Spanish, Italian
// and Dutch, whatever their case and the marks around them. Conclusions and
// recommendations are not takeaways.
func Announces(line string) int {
	if len(line) > maxAnnounce {
		return 0
	}
	line = strings.ReplaceAll(cases.Fold().String(line), "’", "'")
	line = strings.Join(strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u202f' }), " ")
	return announcing[strings.Trim(line, " #*_=:.")]
}

// announcing holds the headings under which takeaways stand, in lower case and
// with straight apostrophes, and how far each is to be trusted.
var announcing = trusted(
	[]string{ // 1: a summary of the whole, which may be long
		"executive summary", "summary", "abstract", "overview", "summary of findings",
		"zusammenfassung", "kurzfassung", "fazit", "überblick", "management summary",
		"résumé", "synthèse", "résumé exécutif", "note de synthèse", "sommaire exécutif",
		"resumen", "resumen ejecutivo", "sumario", "síntesis",
		"sommario", "riassunto", "riepilogo", "sintesi",
		"samenvatting", "managementsamenvatting", "overzicht",
	},
	[]string{ // 2: a few lines for those who have no time
		"highlights", "at a glance", "in brief", "in a nutshell", "in short", "tl;dr", "tldr", "the bottom line", "bottom line",
		"what you need to know", "five things to know", "quick read", "short summary",
		"auf einen blick", "in kürze", "kurz gefasst", "kurz und knapp", "kurz zusammengefasst",
		"en bref", "en résumé", "en un coup d'œil", "en un coup d'oeil", "en quelques mots",
		"en breve", "de un vistazo", "en pocas palabras", "en síntesis",
		"in sintesi", "in breve", "in pillole", "a colpo d'occhio",
		"in het kort", "in 't kort", "kort samengevat", "in één oogopslag", "in vogelvlucht",
	},
	[]string{ // 3: findings, points and messages
		"key findings", "main findings", "principal findings", "findings in brief", "findings at a glance", "main findings and conclusions",
		"key points", "main points", "key messages", "main messages", "core messages", "key insights", "key arguments", "key judgements", "key judgments",
		"kernpunkte", "kernaussagen", "kernbotschaften", "zentrale ergebnisse", "wichtigste ergebnisse", "die wichtigsten ergebnisse",
		"die wichtigsten punkte", "hauptergebnisse", "kernergebnisse", "zentrale erkenntnisse",
		"points clés", "les points clés", "points-clés", "messages clés", "principaux résultats", "principaux constats", "idées clés",
		"puntos clave", "ideas clave", "mensajes clave", "principales hallazgos", "hallazgos principales", "hallazgos clave", "principales resultados", "claves",
		"punti chiave", "i punti chiave", "messaggi chiave", "risultati principali", "principali risultati", "idee chiave",
		"kernboodschappen", "belangrijkste bevindingen", "de belangrijkste bevindingen", "hoofdpunten", "belangrijkste punten", "voornaamste bevindingen",
		"kernbevindingen",
	},
	[]string{ // 4: takeaways by name
		"key takeaways", "takeaways", "main takeaways", "key takeaway", "key take-aways", "the takeaways", "the takeaway",
		"top takeaways", "our takeaways", "top-line takeaways",
		"das wichtigste in kürze", "das wichtigste", "das wichtigste im überblick", "die wichtigsten erkenntnisse", "das wichtigste auf einen blick",
		"à retenir", "ce qu'il faut retenir", "l'essentiel", "l'essentiel à retenir", "les points à retenir", "ce qu'il faut savoir",
		"lo esencial", "lo más importante", "lo que hay que saber",
		"da ricordare", "l'essenziale", "cosa sapere",
		"kernpunten", "de kernpunten", "belangrijkste inzichten", "de kern", "het belangrijkste in het kort",
	},
)

// trusted returns a table of the headings in lists, which hold those of trust
// 1 first, then those of trust 2, and so on.
func trusted(lists ...[]string) map[string]int {
	table := make(map[string]int)
	for i, headings := range lists {
		for _, h := range headings {
			table[h] = i + 1
		}
	}
	return table
}
