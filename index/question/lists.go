package question

import (
	"strings"

	"rapporteur/index/lexicon"
)

func isAsking(w string) bool {
	switch w {
	case "who", "whom", "whose", "what", "which", "when", "where", "why", "how", "whoever", "who're", "when's", "where's", "why's", "how's", "whence", "whats":
		return true
	}
	return false
}

func isPreposition(w string) bool {
	switch w {
	case "in", "on", "at", "to", "by", "for", "from", "with", "of", "under", "during", "after", "before", "since", "until",
		"through", "about", "into", "over", "against", "between", "among", "within", "around", "near", "along", "besides",
		"upon", "without", "across", "toward", "towards", "behind", "beyond", "throughout", "outside", "inside", "above", "below",
		"as", "regarding", "concerning", "despite", "like", "than", "per", "via", "off", "up", "out":
		return true
	}
	return false
}

func isBe(w string) bool {
	switch w {
	case "is", "are", "was", "were", "am", "be", "been", "being":
		return true
	}
	return false
}

func isAuxiliary(w string) bool {
	switch w {
	case "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "should", "shall", "may", "might", "must",
		"isn't", "aren't", "wasn't", "weren't", "don't", "doesn't", "didn't", "hasn't", "haven't", "hadn't", "can't", "cannot",
		"couldn't", "won't", "wouldn't", "shouldn't":
		return true
	}
	return isBe(w)
}

func isOrder(w string) bool {
	switch w {
	case "list", "name", "give", "define", "explain", "describe", "show", "find", "identify", "state", "summarise", "summarize",
		"compare", "discuss", "outline", "say", "know":
		return true
	}
	return false
}

func isDeterminer(w string) bool {
	switch w {
	case "a", "an", "the", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our", "their", "some", "any", "all", "each", "every", "both", "no":
		return true
	}
	return false
}

func isPronoun(w string) bool {
	switch w {
	case "i", "you", "he", "she", "it", "we", "they", "me", "him", "us", "them", "there", "here", "not", "never", "also", "only", "often", "usually", "finally", "eventually", "currently":
		return true
	}
	return false
}

// isLink reports whether w stands inside names.
func isLink(w string) bool {
	switch w {
	case "of", "the", "de", "del", "della", "der", "den", "di", "du", "da", "dos", "la", "le", "las", "los", "el", "al", "van", "von", "bin", "ibn", "ter", "und", "y":
		return true
	}
	return false
}

// isMeasurable reports whether "how" before w asks for a measure.
func isMeasurable(w string) bool {
	switch w {
	case "far", "tall", "high", "deep", "wide", "large", "big", "small", "heavy", "fast", "slow", "hot", "cold", "warm", "thick", "strong", "broad",
		"short", "loud", "bright", "dense", "quickly", "close", "distant", "densely", "expensive", "cheap", "populous", "rapidly", "slowly":
		return true
	}
	return false
}

func isNegation(w string) bool {
	switch w {
	case "not", "no", "never", "without", "neither", "nor", "none", "nobody", "nothing", "except", "excluding", "cannot":
		return true
	}
	return len(w) > 3 && (w[len(w)-3:] == "n't" || len(w) > 5 && w[len(w)-5:] == "n’t")
}

// isFunction reports whether w only holds the question together.
func isFunction(w string) bool {
	return lexicon.IsFunction(strings.ReplaceAll(w, "’", "'"))
}
