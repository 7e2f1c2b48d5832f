package lexicon

import (
	_ "embed" // the tables
	"math"
	"strconv"
)

//go:embed tables/stems.txt
var stems string

//go:embed tables/words.txt
var words string

// total is the key whose value is the number of paragraphs counted; no term
// holds a space.
const total = " "

// DF returns in how many of n paragraphs of general English prose the term
// stem occurs, as Stem returns it. It is 0 for a term too rare to be listed,
// which stands in one of them at most.
func DF(stem string) (df, n int) { return count(table(stems), stem), count(table(stems), total) }

// WordDF is like DF, for a whole word in small letters.
func WordDF(word string) (df, n int) { return count(table(words), word), count(table(words), total) }

// IDF returns how much the term stem tells in general English: 0 for a word of
// every paragraph, about 11 for one of none. It is the logarithm of the usual
// BM25 formula, so it can be mixed with that of a corpus.
func IDF(stem string) float64 {
	df, n := DF(stem)
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

func count(t table, key string) int {
	value, _ := t.find(key)
	n, _ := strconv.Atoi(value) // 0 for a key that is not there
	return n
}
