package answertype

// A class is what is known of a word, whatever its case; a set.
type class uint32

const (
	opener     class = 1 << iota // begins sentences, and names only rarely
	link                         // stands inside names: of, the, van
	shortened                    // an abbreviation before what it belongs to
	month                        // also the days of the week
	relative                     // last, next, early
	season                       // a part of the year, or a feast
	number                       // a number in letters
	fraction                     // half, quarters
	scale                        // hundred, million
	timeUnit                     // year, hours
	unit                         // metres, kg
	money                        // dollars, euro
	title                        // stands before a person's name
	role                         // what a person is, and may stand before the name
	people                       // persons in the plural
	given                        // a common given name
	group                        // the last word of organisations' names
	spot                         // part of the names of places
	spotStart                    // begins the names of places
	at                           // stands before places
	connective                   // begins what clause.go looks for
)

// longestKnown is the length of the longest word of classOf, in bytes.
const longestKnown = 16

// classOf returns what is known of word, in small letters.
func classOf(word string) class {
	if c := grammar(word); c != 0 {
		return c
	}
	if c := counting(word); c != 0 {
		return c
	}
	if c := humans(word); c != 0 {
		return c
	}
	return bodies(word)
}

func grammar(word string) class {
	switch word {
	case "of", "the", "de", "del", "della", "der", "den", "di", "du", "da", "dos", "la", "le", "las", "los", "el", "al", "van", "von", "bin", "ibn", "ter", "und", "y":
		switch word {
		case "of", "the":
			return opener | link
		}
		return link
	case "in", "at", "near", "from", "to", "outside", "inside", "across", "throughout", "toward", "towards", "within", "around":
		if word == "in" || word == "to" {
			return opener | at | connective
		}
		return opener | at
	case "a", "an", "this", "that", "these", "those", "it", "its", "he", "she", "they", "we", "you", "i", "his", "her",
		"their", "our", "my", "your", "there", "here", "then", "on", "with", "without", "before",
		"during", "for", "until", "under", "over", "between", "among", "against", "despite", "besides", "although",
		"though", "while", "whereas", "unlike", "like", "however", "moreover", "furthermore", "meanwhile", "nevertheless",
		"nonetheless", "otherwise", "instead", "indeed", "additionally", "similarly", "finally", "but",
		"and", "or", "nor", "yet", "if", "unless", "when", "whenever", "where", "wherever", "once", "what",
		"who", "whose", "which", "why", "how", "do", "does", "did", "has", "have", "had", "can", "could", "should",
		"would", "not", "now", "another", "both", "some", "many", "most", "several", "few", "such", "all",
		"any", "other", "others", "only", "also", "even", "either", "neither", "no", "according", "following", "given",
		"originally", "recently", "eventually", "perhaps", "currently", "note", "see", "about", "upon",
		"various", "new", "much", "more", "less", "along", "above", "below", "behind", "beyond", "therein":
		return opener
	case "because", "due", "owing", "thanks", "since", "so", "as", "therefore", "thus", "hence", "through", "via",
		"using", "by", "after":
		return opener | connective
	case "result", "results", "resulted", "resulting", "led", "leads", "lead", "leading", "cause", "caused", "causes",
		"causing", "reason", "reasons", "reasoned", "attributed", "prompted", "motivated", "fear", "help", "means", "is", "are", "was",
		"were", "refers", "refer", "referred", "known", "defined", "called", "stands", "term", "termed", "describes",
		"every", "each", "annually", "monthly", "weekly", "daily", "yearly", "hourly", "quarterly", "annual", "biennial",
		"twice", "per", "often", "usually", "frequently", "rarely", "regularly", "always", "sometimes", "occasionally", "seldom", "never":
		return connective
	}
	return 0
}

func counting(word string) class {
	switch word {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return month
	case "last", "next", "early", "late", "later", "mid", "earlier", "previous", "past", "yesterday", "today", "tonight", "tomorrow", "recent":
		return relative
	case "spring", "summer", "autumn", "winter", "christmas", "easter", "ramadan", "midnight", "noon":
		return season
	case "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
		"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
		"seventy", "eighty", "ninety":
		return number
	case "hundred", "thousand", "million", "billion", "trillion", "hundreds", "thousands", "millions", "billions", "dozen", "dozens", "m", "bn":
		return number | scale
	case "half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "fourths", "tenth", "tenths":
		return fraction
	case "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes", "seconds", "second",
		"decade", "decades", "century", "centuries", "millennium", "millennia", "weekend", "nights", "generations", "yr", "yrs", "hrs", "min", "mins":
		return timeUnit
	case "metre", "metres", "meter", "meters", "kilometre", "kilometres", "kilometer", "kilometers", "km", "cm", "mm", "nm", "mile", "miles",
		"foot", "feet", "ft", "inch", "inches", "yard", "yards", "centimetres", "centimeters", "millimetres", "millimeters", "nanometers",
		"kilogram", "kilograms", "kg", "gram", "grams", "g", "mg", "tonne", "tonnes", "ton", "tons", "pound", "lb", "lbs", "ounces", "oz",
		"litre", "litres", "liter", "liters", "gallons", "hectares", "hectare", "acres", "acre", "sq", "square", "cubic", "degrees", "degree", "°c",
		"mph", "kmh", "hz", "khz", "mhz", "ghz", "watts", "watt", "kw", "mw", "gw", "volts", "volt", "amps", "bytes", "kb", "mb", "gb", "tb", "kbps", "mbps",
		"knots", "bar", "bars", "pascals", "newtons", "joules", "calories", "kcal", "hp", "horsepower", "barrels", "decibels", "db", "stories", "storeys":
		return unit
	case "dollar", "dollars", "euro", "euros", "pounds", "cent", "cents", "pence", "franc", "francs", "yen", "yuan", "won", "rupees", "shillings",
		"usd", "eur", "gbp", "kr", "crowns", "pesos", "marks", "roubles", "rubles":
		return money
	}
	return 0
}
