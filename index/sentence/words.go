package sentence

import (
	"strings"
	"unicode/utf8"
)

// A kind is what is known of a word before a full stop.
type kind int

const (
	ordinary kind = iota // a word: the sentence ends
	never                // an abbreviation before what it belongs to, such as "Dr."
	counter              // one before a number, such as "Fig."
	worded               // one before a number that is a word as well, such as "No."
	closer               // one that ends a sentence only before a word that begins one, such as "Inc."
	usual                // one that mostly ends a sentence before a capital letter: "etc."
	era                  // "B.C." and the like, which stand behind a year
	clock                // "a.m." and "p.m."
	month                // a month
	initial              // a single letter
	number               // digits
)

// kindOf returns what is known of word, which stands before a full stop.
func kindOf(word string) kind {
	for _, known := range []func(string) kind{capitalKind, smallKind, foreignKind} {
		if k := known(word); k != ordinary {
			return k
		}
	}
	if len(word) > 1 && 'A' <= word[0] && word[0] <= 'Z' && len(word) <= longest {
		var small [longest]byte
		n := copy(small[:], word)
		small[0] += 'a' - 'A'
		if k := smallKind(string(small[:n])); k != ordinary {
			return k
		}
	}
	return shapeKind(word)
}

// longest is the length of the longest abbreviation of smallKind, in bytes.
const longest = 8

// shapeKind tells what word is from its letters and digits alone.
func shapeKind(word string) kind {
	_, n := utf8.DecodeRuneInString(word)
	switch {
	case word == "":
		return ordinary
	case isDigits(strings.ReplaceAll(word, ".", "")):
		return number
	case n == len(word) && (isUpper(word) || strings.Contains("bcdflmnprsv", word)):
		return initial
	case n == len(word) && isLower(word):
		return usual // a variable, as in "a factor of k."
	case strings.Contains(word, ".") && isLetters(word, n):
		return closer
	}
	return ordinary
}

// isLetters reports whether word is made of groups of one to three letters
// with full stops between them, as "U.S" and "Ph.D" are, and has a capital
// letter or begins with a group of one; first is the length of its first
// letter in bytes.
func isLetters(word string, first int) bool {
	group := 0
	for _, r := range word {
		switch {
		case r == '.':
			group = 0
		case r < 'A' || group == 3:
			return false
		default:
			group++
		}
	}
	return isUpper(word) || word[first] == '.'
}

// capitalKind knows the abbreviations that have a capital letter wherever they
// stand.
func capitalKind(word string) kind {
	switch word {
	case "Mr", "Mrs", "Ms", "Mx", "Dr", "Drs", "Prof", "Profs", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs",
		"Gen", "Col", "Lt", "Maj", "Capt", "Adm", "Cmdr", "Cdr", "Comdr", "Sgt", "Cpl", "Pvt", "Brig", "Amb", "Supt",
		"Hon", "Rev", "Revd", "Fr", "Msgr", "Mgr", "Pres", "Messrs", "Insp", "Det", "Atty", "Treas", "Cllr",
		"Abp", "Bp", "Wm", "Chas", "Thos", "Jas", "Benj", "Robt", "Rs":
		return never
	case "Jr", "Sr", "Esq", "Bros", "Inc", "Ltd", "Corp", "Co", "Cos", "Plc", "Pty", "LLC", "Intl", "Assn", "Ave",
		"Blvd", "Rd", "Hwy", "Pkwy", "Ln", "Ct", "Sq", "St", "Ste", "Sts", "Mt", "Mts", "Ft", "PhD", "Mfg", "Natl", "Univ",
		"Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md",
		"Mich", "Minn", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Penn", "Tenn", "Tex", "Va", "Vt", "Wis", "Wyo",
		"Cong", "Dist", "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri":
		return closer
	case "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec":
		return month
	case "Art", "Arts", "App", "Ref", "Refs", "Tab", "Apt", "Ex":
		return counter
	case "B.C", "A.D", "B.C.E", "C.E", "A.H", "B.P":
		return era
	case "A.M", "P.M":
		return clock
	}
	return ordinary
}

// smallKind knows the English abbreviations that are written with small
// letters, or with a capital one where a title or a sentence wants it.
func smallKind(word string) kind {
	switch word {
	case "vs", "cf", "approx", "ca", "viz", "incl", "excl", "esp", "resp", "e.g", "i.e", "eg", "ie", "q.v", "n.b",
		"trans", "illus", "asst", "assoc", "dir", "govt", "hon", "intro", "misc", "orig", "sp", "spp", "ssp",
		"subsp", "cv", "var", "aka", "a.k.a", "ret", "op", "loc", "bef", "aft", "abbr", "fl", "lit", "translit":
		return never
	case "no", "art", "arts", "app", "ref", "refs", "tab", "apt", "cap", "ex":
		return worded
	case "fig", "figs", "sec", "secs", "sect", "sects", "ch", "chs", "chap", "chaps", "vol", "vols",
		"pp", "pg", "pgs", "eq", "eqs", "eqn", "para", "paras", "nos", "nr", "nrs", "cl", "reg",
		"regs", "exs", "pt", "pts", "ver", "ext", "rm", "tel", "bk", "pl", "pls", "subsec":
		return counter
	case "al", "ed", "eds", "est", "dept", "depts", "div", "ibid", "jr", "sr", "avg", "min", "max", "ft", "lb", "lbs", "oz",
		"mi", "yd", "yds", "hr", "hrs", "mins", "sq", "cu", "gal", "tbsp", "tsp", "temp", "cont", "pop", "pub",
		"mfr", "hwy", "ave", "blvd", "mtn", "mtns", "ser", "suppl", "proc", "conf", "symp", "bull", "inc", "ltd", "corp", "bros":
		return closer
	case "etc":
		return usual
	case "a.m", "p.m":
		return clock
	}
	return ordinary
}

// foreignKind knows the commonest abbreviations of German, French, Spanish,
// Italian and Dutch.
func foreignKind(word string) kind {
	switch word {
	case "z.B", "d.h", "u.a", "o.g", "i.d.R", "s.o", "s.u", "bzw", "evtl", "inkl", "exkl", "ggf", "sog", "vgl", "bspw",
		"geb", "gest", "gem", "Hr", "Frl", "Dipl", "Ing", "Mag", "Mme", "Mmes", "Mlle", "Mlles", "MM", "p.ex", "env",
		"Sra", "Srta", "Srs", "Dra", "EE", "FF", "Sig", "Sig.ra", "Dott", "dott", "sig", "Avv", "dhr", "mevr", "bijv", "o.a", "m.b.t":
		return never
	case "Abs", "Nr", "Nrn", "Bd", "Bde", "Kap", "Aufl", "Abb", "Tab", "Anm", "Ziff", "núm", "pág", "págs", "n°", "nº":
		return counter
	case "Str", "Mio", "Mrd", "Jh", "Jhd", "Jhdt", "UU", "Cie", "S.p.A", "Ud", "Uds", "tsd", "Tsd":
		return closer
	case "usw", "ecc", "enz", "osv":
		return usual
	}
	return ordinary
}
