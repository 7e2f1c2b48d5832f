package voice

// isSaying reports whether w is a form of a verb that says something.
func isSaying(w string) bool {
	switch w {
	case "said", "says", "say", "stated", "states", "told", "tells", "wrote", "writes", "written", "argued", "argues", "argue", "claimed", "claims", "claim",
		"added", "adds", "noted", "notes", "explained", "explains", "announced", "announces", "declared", "declares", "warned", "warns", "warn",
		"insisted", "insists", "insist", "emphasised", "emphasized", "emphasises", "emphasizes", "emphasising", "emphasizing", "stressed", "stresses", "reported", "reports",
		"remarked", "remarks", "replied", "suggested", "suggests", "suggest", "maintained", "maintains", "asserted", "asserts", "alleged", "alleges",
		"acknowledged", "acknowledges", "admitted", "admits", "denied", "denies", "concluded", "concludes", "confirmed", "confirms", "predicted", "predicts", "predict",
		"pledged", "promised", "vowed", "reiterated", "reiterates", "reaffirmed", "reaffirms", "recalled", "recalls", "observed", "observes", "contended", "contends",
		"proposed", "urged", "called", "described", "describes", "asked", "complained", "conceded", "cautioned", "quipped", "testified", "tweeted", "commented", "expressed":
		return true
	}
	return false
}

// alwaysSays reports whether w says something even without "that".
func alwaysSays(w string) bool {
	switch w {
	case "said", "says", "say", "argued", "argues", "argue", "claimed", "claims", "claim", "stated", "states", "wrote", "writes", "told", "tells", "warned", "warns",
		"insisted", "insists", "alleged", "alleges", "added", "believes", "believed", "believe", "thinks", "thought", "predicted", "predicts", "maintains", "contends", "noted", "explained":
		return true
	}
	return false
}

// isFeeling reports whether w says what somebody thinks, if a clause follows.
func isFeeling(w string) bool {
	switch w {
	case "believes", "believed", "believe", "thinks", "thought", "think", "fears", "feared", "hopes", "hoped", "doubts", "doubted", "expects", "expected", "assumes", "assumed", "holds", "feels", "felt":
		return true
	}
	return false
}

func isOpinion(w string) bool {
	switch w {
	case "view", "opinion", "words", "eyes", "account", "telling", "judgement", "judgment", "estimation":
		return true
	}
	return false
}

// isAuthor reports whether w speaks of the author.
func isAuthor(w string) bool {
	switch w {
	case "i", "we", "my", "our", "me", "us", "i'd", "i’d", "i've", "i’ve", "i'm", "i’m", "we'd", "we’d", "we've", "we’ve", "we're", "we’re", "let":
		return true
	}
	return false
}

// isModal reports whether what w goes with is not yet said.
func isModal(w string) bool {
	switch w {
	case "should", "could", "must", "may", "might", "can", "cannot", "not", "never":
		return true
	}
	return false
}

// isRumour reports whether "is w to" gives no one's word in particular.
func isRumour(w string) bool {
	switch w {
	case "said", "believed", "thought", "reported", "alleged", "claimed", "expected", "assumed":
		return true
	}
	return false
}

// isNaming reports whether w as often gives a name as it says something.
func isNaming(w string) bool {
	switch w {
	case "called", "described", "describes", "asked", "proposed", "urged", "expressed":
		return true
	}
	return false
}

// isNobody reports whether what begins with w says nothing: it is a thing.
func isNobody(w string) bool {
	switch w {
	case "its", "this", "these", "those":
		return true
	}
	return false
}

// isIdle reports whether w as a subject is nobody.
func isIdle(w string) bool {
	switch w {
	case "it", "this", "that", "which", "these", "those", "there", "what", "one", "you", "nobody":
		return true
	}
	return false
}

func isPronoun(w string) bool {
	switch w {
	case "he", "she", "they", "i", "we", "it", "this", "you", "who", "some", "many", "others", "critics":
		return true
	}
	return false
}

func isPlural(w string) bool {
	switch w {
	case "officials", "experts", "analysts", "scholars", "researchers", "opponents", "supporters", "observers", "economists", "scientists", "historians", "diplomats",
		"government", "residents", "witnesses", "police", "authorities", "former", "current", "senior", "sources", "ministers", "studies", "several":
		return true
	}
	return false
}

func isDeterminer(w string) bool {
	switch w {
	case "the", "a", "an", "his", "her", "their", "its", "our", "my", "one", "another", "both", "two", "three", "most":
		return true
	}
	return false
}

func isAuxiliary(w string) bool {
	switch w {
	case "has", "have", "had", "is", "are", "was", "were", "been", "be", "will", "would", "can", "could", "may", "might", "must", "should", "also", "then", "later",
		"once", "even", "still", "never", "often", "did", "do", "does", "not", "therefore", "himself", "herself", "itself", "always", "famously":
		return true
	}
	return false
}

// isFinite reports whether w is a verb that only a clause has.
func isFinite(w string) bool {
	switch w {
	case "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "did", "does", "do", "shall", "cannot", "wouldn’t", "won’t", "isn’t", "needs", "need":
		return true
	}
	return false
}

// bounds reports whether w cannot stand inside the name of who says something.
func bounds(w string) bool {
	switch w {
	case "and", "but", "or", "that", "because", "while", "when", "if", "as", "which", "where", "although", "though", "whereas", "since", "after", "before", "who", "whom", "than", "so", "yet":
		return true
	}
	return false
}

// isPlacing reports whether w behind a name tells where or when, not who.
func isPlacing(w string) bool {
	switch w {
	case "at", "in", "on", "during", "after", "before", "to", "with", "last", "this", "yesterday", "here", "there":
		return true
	}
	return false
}

func isAdverb(w string) bool {
	switch w {
	case "however", "moreover", "indeed", "still", "thus", "meanwhile", "then", "later", "yesterday", "today", "in", "on", "at", "for", "from", "by", "with", "to", "there", "here", "now", "also", "not", "no", "of", "maybe", "perhaps", "please", "just", "if":
		return true
	}
	return false
}
