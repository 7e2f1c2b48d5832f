// Command maketables writes the tables that package lexicon embeds.
//
//	go run ./index/lexicon/maketables -data DIR frequencies
//	go run ./index/lexicon/maketables -wordnet /usr/share/wordnet relations
//	go run ./index/lexicon/maketables -wordnet /usr/share/wordnet opposites
//	go run ./index/lexicon/maketables spellings
//	go run ./index/lexicon/maketables countries
//
// It is run from the top of the repository. The first form counts the
// paragraphs of general prose below DIR, the next two read the WordNet 3.0
// database (Debian package wordnet-base) and need the tables of the first,
// and the others write out the lists beside this file. What each table is made of,
// and under which licence, is told in tables/README.md.
package main

import (
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("maketables: ")
	data := flag.String("data", "", "folder of the texts to count")
	wordnet := flag.String("wordnet", "/usr/share/wordnet", "folder of the WordNet database")
	lists := flag.String("lists", "index/lexicon/maketables", "folder of the lists made by hand")
	out := flag.String("out", "index/lexicon/tables", "folder to write the tables to")
	flag.Parse()
	if err := run(flag.Arg(0), *data, *wordnet, *lists, *out); err != nil {
		log.Fatal(err)
	}
}

func run(what, data, wordnet, lists, out string) error {
	switch what {
	case "frequencies":
		return makeFrequencies(data, out)
	case "relations":
		return makeRelations(wordnet, out)
	case "opposites":
		return makeOpposites(wordnet, out)
	case "spellings":
		return makeSpellings(lists, out)
	case "countries":
		return makeCountries(lists, out)
	}
	return fmt.Errorf("make %q: say frequencies, relations, opposites, spellings or countries", what)
}

// writeTable writes a sorted file of keys and values.
func writeTable(dir, name string, values map[string]string) error {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if strings.ContainsAny(key+values[key], "\t\n") {
			return fmt.Errorf("write %s: key %q holds a tab or a new line", name, key)
		}
		fmt.Fprintf(&b, "%s\t%s\n", key, values[key])
	}
	return os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o644)
}
