package question

import (
	"strings"

	"rapporteur/index/answertype"
)

// counted returns what "how many" before head wants.
func counted(head string) answertype.Type {
	switch head {
	case "years", "months", "weeks", "days", "hours", "minutes", "seconds", "decades", "centuries", "generations":
		return answertype.Duration | answertype.Number
	case "percent", "percentage":
		return answertype.Percent
	case "dollars", "euros", "pounds", "yen", "cents":
		return answertype.Money
	case "miles", "kilometres", "kilometers", "km", "metres", "meters", "feet", "inches", "acres", "hectares", "tons", "tonnes", "kilograms",
		"kg", "litres", "liters", "gallons", "degrees", "watts", "volts", "yards", "barrels":
		return answertype.Measure | answertype.Number
	case "times":
		return answertype.Number | answertype.Frequency
	}
	return answertype.Number
}

// headType returns what a question wants whose focus ends with head, or 0 if
// that may be anything.
func headType(head string) answertype.Type {
	if t := knownHead(head); t != 0 {
		return t
	}
	return knownHead(strings.TrimSuffix(head, "s"))
}

func knownHead(head string) answertype.Type {
	for _, known := range [...]func(string) answertype.Type{timeHead, numberHead, personHead, placeHead, bodyHead, namedHead} {
		if t := known(head); t != 0 {
			return t
		}
	}
	return 0
}

func timeHead(head string) answertype.Type {
	switch head {
	case "year", "years", "date", "dates", "day", "days", "month", "months", "century", "centuries", "decade", "decades", "weekday", "time",
		"birthday", "anniversary", "deadline", "birthdate", "deathdate":
		return answertype.Date
	case "season", "era", "period", "epoch", "age", "week":
		return answertype.Date | answertype.Duration
	case "duration", "lifespan", "lifetime", "term":
		return answertype.Duration
	case "frequency":
		return answertype.Frequency | answertype.Measure
	}
	return 0
}

func numberHead(head string) answertype.Type {
	switch head {
	case "number", "numbers", "population", "count", "score", "attendance", "rank", "rating", "enrollment", "enrolment", "toll":
		return answertype.Number
	case "amount", "total", "size", "quantity", "ratio", "capacity", "turnout", "figure":
		return answertype.Counted
	case "area":
		return answertype.Measure | answertype.Place
	case "percentage", "percent", "proportion", "share", "fraction", "rate", "margin":
		return answertype.Percent
	case "price", "cost", "costs", "salary", "income", "revenue", "revenues", "budget", "fee", "fine", "tax", "profit", "profits", "wage", "debt", "gdp", "fund", "funding", "value":
		return answertype.Money | answertype.Percent
	case "height", "length", "width", "depth", "distance", "weight", "mass", "speed", "velocity", "temperature", "altitude", "elevation",
		"volume", "density", "diameter", "radius", "circumference", "thickness", "pressure", "wavelength", "voltage", "energy", "power":
		return answertype.Measure
	}
	return 0
}

func personHead(head string) answertype.Type {
	switch head {
	case "person", "people", "man", "woman", "men", "women", "individual", "individuals", "president", "minister", "secretary", "chancellor", "ambassador",
		"senator", "governor", "mayor", "king", "queen", "prince", "princess", "duke", "emperor", "empress", "tsar", "khan", "pope", "bishop", "archbishop", "cardinal",
		"general", "admiral", "commander", "captain", "leader", "leaders", "ruler", "rulers", "professor", "doctor", "judge", "justice", "chairman",
		"ceo", "director", "directors", "founder", "founders", "inventor", "author", "authors", "writer", "writers", "poet", "novelist", "playwright", "journalist", "editor", "historian",
		"philosopher", "theologian", "scientist", "scientists", "physicist", "chemist", "biologist", "mathematician", "economist", "engineer", "architect",
		"artist", "artists", "painter", "sculptor", "designer", "photographer", "composer", "singer", "musician", "actor", "actress", "producer", "presenter", "host",
		"coach", "manager", "quarterback", "player", "players", "receiver", "linebacker", "athlete", "champion", "winner", "astronaut", "astronauts", "pilot", "explorer", "missionary", "priest",
		"monk", "reformer", "activist", "lawyer", "attorney", "teacher", "student", "researcher", "researchers", "analyst", "expert", "scholar", "scholars", "officer", "official", "officials",
		"spokesman", "spokeswoman", "spokesperson", "diplomat", "politician", "politicians", "lawmaker", "soldier", "businessman", "entrepreneur",
		"wife", "husband", "son", "sons", "daughter", "mother", "father", "brother", "brothers", "sister", "uncle", "grandson", "grandfather", "successor", "predecessor", "heir",
		"mvp", "kicker", "performer", "performers", "descendant", "character", "characters", "celebrity", "premier", "monarch", "deity", "god", "goddess", "saint", "guest", "speaker", "friend", "critic", "owner", "victim", "creator", "nobleman":
		return answertype.Person
	}
	return 0
}

func placeHead(head string) answertype.Type {
	switch head {
	case "country", "countries", "nation", "nations", "city", "cities", "state", "states", "capital", "town", "village", "province", "county", "district", "region", "regions",
		"continent", "island", "islands", "place", "places", "location", "locations", "territory", "territories", "colony", "river", "rivers", "lake", "sea", "ocean", "mountain", "mountains", "valley", "desert",
		"street", "streets", "road", "borough", "neighborhood", "neighbourhood", "suburb", "municipality", "kingdom", "empire", "stadium", "venue", "airport", "port", "park", "museum", "building",
		"hotel", "castle", "palace", "cathedral", "birthplace", "hometown", "site", "sites", "address", "destination", "headquarters", "planet", "bay", "peninsula", "coast", "room", "hall", "facility":
		return answertype.Place
	}
	return 0
}

func bodyHead(head string) answertype.Type {
	switch head {
	case "company", "companies", "corporation", "firm", "organisation", "organisations", "organization", "organizations", "agency", "agencies", "institution", "institutions", "institute",
		"university", "universities", "college", "school", "team", "teams", "club", "party", "parties", "union", "association", "federation", "league", "group", "groups", "network", "networks", "station",
		"channel", "band", "orchestra", "bank", "newspaper", "magazine", "publisher", "studio", "manufacturer", "brand", "business", "ministry", "department", "committee", "council", "commission",
		"court", "church", "foundation", "charity", "entity", "affiliate", "body", "alliance", "army", "government", "authority", "conglomerate", "airline", "subsidiary", "employer", "sponsor", "tribe", "tribes", "dynasty", "community", "division", "conference", "library":
		return answertype.Organisation
	}
	return 0
}

// namedHead knows what has a name, though not that of a person, a place or an
// organisation.
func namedHead(head string) answertype.Type {
	switch head {
	case "name", "names", "title", "nickname", "book", "books", "novel", "film", "movie", "song", "album", "poem", "play", "opera", "painting", "show", "episode", "series", "treaty", "agreement",
		"law", "act", "bill", "constitution", "war", "battle", "revolution", "event", "festival", "award", "prize", "medal", "holiday", "religion", "language", "languages", "ship", "spacecraft", "mission", "project", "program", "programme",
		"summit", "tournament", "game", "document", "declaration", "doctrine", "amendment", "nationality", "ethnicity", "bowl", "collection", "hymn", "denomination", "sitcom", "trailer", "website", "moniker", "calendar", "landmark", "sculpture", "movement", "numeral", "acronym", "abbreviation", "summits", "agreements", "treaties":
		return answertype.Name
	}
	return 0
}

// isKnownHead reports whether w is a noun that is asked for often and that any
// sort of thing may answer.
func isKnownHead(w string) bool {
	switch w {
	case "type", "types", "kind", "kinds", "sort", "sorts", "form", "forms", "part", "parts", "way", "ways", "method", "methods", "process", "reason", "reasons", "cause",
		"causes", "effect", "effects", "role", "roles", "position", "job", "degree", "subject", "subjects", "field", "word", "words", "concept", "idea", "theory", "system", "model",
		"shape", "format", "occupation", "profession", "weapon", "invention", "genre", "punishment", "aspect", "material", "substance", "element", "gas", "metal", "animal", "plant", "food", "color", "colour", "instrument", "sport", "disease", "problem", "problems", "issue", "issues", "factor", "factors", "difference",
		"purpose", "meaning", "definition", "example", "examples", "goal", "result", "results", "style", "device", "tool", "technology", "item", "object", "thing", "things", "structure", "feature", "features":
		return true
	}
	return false
}
