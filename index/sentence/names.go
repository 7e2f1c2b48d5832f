package sentence

import "strings"

// starts reports whether word, with its capital letter, is one that begins
// sentences and hardly ever stands inside a name.
func starts(word string) bool {
	if end := strings.IndexAny(word, "'’"); end > 1 || word != "" && word[0] == 'I' && end > 0 {
		word = word[:end] // "That's"
	}
	switch word {
	case "The", "This", "That", "These", "Those", "It", "Its", "He", "She", "They", "We", "You", "I",
		"His", "Her", "Their", "Our", "My", "Your", "A", "An", "There", "Here", "Then", "Thus", "Therefore",
		"In", "On", "At", "By", "For", "From", "With", "Without", "Within", "As", "After", "Before", "During", "Since",
		"Until", "Under", "Over", "Through", "Throughout", "Between", "Among", "Against", "Despite", "Because", "Besides",
		"Although", "Though", "While", "Whereas", "Unlike", "Like", "However", "Moreover", "Furthermore", "Meanwhile",
		"Nevertheless", "Nonetheless", "Otherwise", "Instead", "Indeed", "Additionally", "Similarly", "Finally", "Later",
		"But", "And", "Or", "Nor", "So", "Yet", "If", "Unless", "When", "Whenever", "Where", "Wherever", "Once",
		"What", "Who", "Whose", "Which", "Why", "How", "Is", "Are", "Was", "Were", "Do", "Does", "Did", "Has", "Have",
		"Can", "Could", "Should", "Would", "To", "Not", "Now", "Today", "Another", "Both", "Each", "Every", "Some", "Many",
		"Most", "Several", "Few", "Such", "All", "Any", "Other", "Others", "Only", "Also", "Even", "Either", "Neither",
		"According", "Following", "Given", "Due", "Often", "Sometimes", "Usually", "Currently", "Originally", "Recently",
		"Eventually", "Perhaps", "Maybe", "Please", "Thanks", "Sorry", "Yes", "No", "Well", "See", "Note", "Let", "Don", "Didn", "Isn":
		return true
	case "Der", "Das", "Er", "Sie", "Es", "Ein", "Eine", "Im", "Und", "Wir", "Ich", "Auch", "Elle", "Ils", "Les", "Cette",
		"Nous", "Une", "Dans", "Pour":
		return true
	}
	return false
}

// startsLower reports whether word begins sentences where people leave capital
// letters out, and would not go on after an abbreviation.
func startsLower(word string) bool {
	switch word {
	case "i", "i'm", "i've", "i'd", "i'll", "it", "it's", "its", "he", "she", "they", "we", "you", "this", "that", "that's",
		"these", "there", "there's", "the", "my", "your", "but", "so", "if", "when", "then", "however", "what",
		"why", "how", "where", "who", "is", "are", "can", "does", "do", "did", "don't", "please", "thanks", "maybe", "now":
		return true
	}
	return false
}

// isZone reports whether word goes on after a time of the day: a time zone, a
// day or a month.
func isZone(word string) bool {
	switch strings.TrimSuffix(word, "s") {
	case "EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT", "GMT", "UTC", "BST", "CET",
		"CEST", "EET", "MSK", "JST", "KST", "IST", "HKT", "SGT", "AEST", "AEDT", "AST", "HST", "AKST",
		"Eastern", "Central", "Mountain", "Pacific", "Atlantic", "Greenwich", "Hawaii", "Alaska",
		"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
		"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December":
		return true
	}
	return false
}

// isSpeech reports whether word tells that somebody spoke.
func isSpeech(word string) bool {
	switch word {
	case "said", "says", "say", "asked", "asks", "ask", "replied", "replies", "wrote", "writes", "added", "adds", "shouted",
		"shouts", "cried", "cries", "exclaimed", "exclaims", "answered", "wondered", "wonders", "whispered", "yelled",
		"screamed", "demanded", "responded", "thought", "remarked", "quipped", "joked", "tweeted", "sang":
		return true
	}
	return false
}

// isPronoun reports whether word stands for a speaker.
func isPronoun(word string) bool {
	switch word {
	case "I", "He", "She", "They", "We", "You", "It":
		return true
	}
	return false
}

// isExclaimed reports whether word is a name that ends with "!".
func isExclaimed(word string) bool {
	switch word {
	case "Yahoo", "Jeopardy", "Wham", "Oklahoma", "Panic", "Yum", "Joomla", "Airplane", "Mia", "Kahoot", "Ahoy", "Ho":
		return true
	}
	return false
}

// isParticle reports whether word begins family names without a capital.
func isParticle(word string) bool {
	switch word {
	case "de", "da", "di", "du", "del", "della", "dos", "van", "von", "der", "den", "ter", "bin", "ibn", "al", "el", "la",
		"le", "d", "zu", "ten":
		return true
	}
	return false
}

// isLabelled reports whether word is followed by a letter as a label, as
// "vitamin" is in "vitamin C".
func isLabelled(word string) bool {
	switch strings.ToLower(word) {
	case "vitamin", "plan", "type", "group", "class", "hepatitis", "influenza", "grade", "section", "part", "appendix",
		"war", "figure", "table", "zone", "option", "phase", "stage", "category", "point", "level", "model", "schedule",
		"annex", "exhibit", "chapter", "step", "team", "division", "serie", "league", "tier", "block", "building", "gate",
		"factor", "unit", "version", "hall", "line", "pool", "room", "article", "column", "series", "title", "grades",
		"types", "groups", "classes", "vitamins", "cohort", "arm", "panel", "strain", "variant", "sample", "site", "node",
		"generation", "rank", "vertex", "set", "drive", "ward", "terminal", "wing", "letter":
		return true
	}
	return false
}

// isOrdinalNoun reports whether word follows an ordinal number in languages
// that mark those by a full stop.
func isOrdinalNoun(word string) bool {
	switch strings.ToLower(word) {
	case "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
		"november", "dezember", "december", "jahrhundert", "jahrhunderts", "weltkrieg", "weltkriegs", "bundesliga",
		"liga", "fc", "fsv", "auflage", "kapitel", "armee", "klasse", "jahrestag", "geburtstag", "bundestag", "internationale":
		return true
	}
	return false
}

// takesOrdinal reports whether word stands before ordinal numbers in German.
func takesOrdinal(word string) bool {
	switch word {
	case "der", "dem", "den", "des", "am", "im", "vom", "zum", "zur", "beim":
		return true
	}
	return false
}
