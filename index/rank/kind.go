package rank

import "strings"

// A Kind is what sort of answer a question asks for.
type Kind uint8

const (
	Other Kind = iota
	Who
	When
	Where
	HowMany
	Why
	How
	What
	YesNo
	kinds
)

// kindOf returns the kind of a question and which word says what is asked for,
// or -1.
func kindOf(text string, words []token) (Kind, int) {
	for i, t := range words {
		small := lower(text[t.start:t.end])
		next := ""
		if i+1 < len(words) {
			next = lower(text[words[i+1].start:words[i+1].end])
		}
		switch small {
		case "who", "whom", "whose":
			return Who, -1
		case "when":
			return When, -1
		case "where":
			return Where, -1
		case "why":
			return Why, -1
		case "how":
			switch next {
			case "many", "much", "long", "old", "far", "large", "big", "tall", "high", "often", "deep", "wide", "fast":
				return HowMany, -1
			}
			return How, -1
		case "what", "which":
			return whatKind(text, words, i)
		}
	}
	if len(words) > 0 && words[0].class.has(function) {
		return YesNo, -1
	}
	return Other, -1
}

func whatKind(text string, words []token, i int) (Kind, int) {
	skipped := false
	for j := i + 1; j < len(words) && j < i+6; j++ {
		if words[j].class.has(function) {
			skipped = true
			continue
		}
		small := lower(text[words[j].start:words[j].end])
		head := j
		if !skipped && j+1 < len(words) && words[j+1].class.has(content) && kindOfNoun(small) == What {
			if k := kindOfNoun(lower(text[words[j+1].start:words[j+1].end])); k != What {
				return k, j + 1
			}
		}
		return kindOfNoun(small), head
	}
	return What, -1
}

func kindOfNoun(noun string) Kind {
	switch noun {
	case "year", "years", "date", "day", "month", "century", "decade", "time", "era", "period":
		return When
	case "city", "country", "state", "place", "location", "town", "region", "continent", "province", "county", "river", "island", "area", "street", "countries", "cities", "capital":
		return Where
	case "person", "people", "president", "king", "queen", "author", "leader", "scientist", "actor", "singer", "name", "player", "man", "woman", "director", "minister", "founder", "writer":
		return Who
	case "number", "percentage", "percent", "amount", "population", "cost", "price", "size", "rate", "temperature", "length", "height", "age", "distance", "proportion", "speed":
		return HowMany
	case "reason", "cause", "purpose":
		return Why
	}
	return What
}

// wanted returns the classes of the words that can answer a question of kind k.
func (k Kind) wanted() class {
	switch k {
	case Who:
		return capital
	case When:
		return year | month | number
	case Where:
		return capital
	case HowMany:
		return number
	case Why:
		return cause | content
	}
	return content
}

func lower(s string) string { return strings.ToLower(s) }
