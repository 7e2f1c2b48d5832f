package corpus

import (
	"strings"

	"golang.org/x/text/cases"
)

// takeaways returns the range of paras that are the publication's own key
// takeaways: the list below a heading that announces them. Of several such
// lists it is the one whose heading says so most plainly, then the first.
func takeaways(paras []para) (from, to int) {
	best := 0
	for i, p := range paras {
		trust := announces(p.text)
		if trust <= best {
			continue
		}
		end := i + 1
		for end < len(paras) && paras[end].item {
			end++
		}
		if end > i+1 {
			from, to, best = i+1, end, trust
		}
	}
	return from, to
}

// maxAnnounce is the length in bytes above which a line is not looked up.
const maxAnnounce = 60

// announces returns how plainly a line says that takeaways follow, from 3, or
// 0 if it does not. Conclusions and recommendations are not takeaways.
func announces(line string) int {
	if len(line) > maxAnnounce {
		return 0
	}
	line = strings.ReplaceAll(cases.Fold().String(line), "’", "'")
	switch strings.Trim(line, " #*_=:") {
	case "key takeaways", "takeaways", "main takeaways", "key takeaway", "key take-aways", "à retenir", "das wichtigste in kürze":
		return 3
	case "key findings", "main findings", "findings in brief", "key points", "main points", "key messages", "main messages",
		"key insights", "kernpunkte", "kernaussagen", "points clés", "puntos clave", "ideas clave", "punti chiave":
		return 2
	case "highlights", "at a glance", "in brief", "in a nutshell", "in short", "tl;dr", "tldr", "the bottom line", "bottom line",
		"what you need to know", "auf einen blick", "en bref", "in sintesi":
		return 1
	}
	return 0
}
