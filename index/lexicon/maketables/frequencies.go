package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"rapporteur/index/lexicon"
)

const (
	shortest   = 8  // words; what is shorter is a heading or a cell of a table, not prose
	rarest     = 2  // paragraphs; rarer terms are told apart by no more than chance
	rarestName = 20 // paragraphs, for terms with digits in them, of which there is no end
	longest    = 32 // bytes; longer terms are no words
)

// sources are the texts of general English in the data folder that are in the
// public domain.
var sources = []string{"digitalgov", "18f", "factbook", "addresses"}

// counts are the numbers of paragraphs that words and their stems occur in.
type counts struct {
	paragraphs   int
	words, stems map[string]int
	seen         map[string]bool // paragraphs, so that boilerplate counts once
}

func makeFrequencies(data, out string) error {
	c := counts{words: map[string]int{}, stems: map[string]int{}, seen: map[string]bool{}}
	for _, name := range sources {
		if err := c.addFile(filepath.Join(data, name, "articles.jsonl")); err != nil {
			return err
		}
	}
	return errors.Join(
		writeTable(out, "words.txt", c.table(c.words)),
		writeTable(out, "stems.txt", c.table(c.stems)))
}

// addFile counts the paragraphs of a file of one JSON object a line.
func (c *counts) addFile(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	for lines := json.NewDecoder(bufio.NewReader(file)); ; {
		var article struct{ Paragraphs []string }
		if err := lines.Decode(&article); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		for _, p := range article.Paragraphs {
			c.add(p)
		}
	}
}

// add counts one paragraph of prose that was not yet counted.
func (c *counts) add(paragraph string) {
	fields := strings.FieldsFunc(lexicon.Fold(paragraph), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
	key := strings.Join(fields, " ")
	if len(strings.Fields(strings.Map(lettersOnly, key))) < shortest || c.seen[key] {
		return
	}
	c.seen[key] = true
	c.paragraphs++
	words, stems := map[string]bool{}, map[string]bool{}
	for _, field := range fields {
		word := strings.Trim(strings.TrimSuffix(strings.ToLower(field), "'s"), "'")
		if word != "" && len(word) <= longest {
			words[word], stems[lexicon.Stem(word)] = true, true
		}
	}
	countAll(c.words, words)
	countAll(c.stems, stems)
}

func lettersOnly(r rune) rune {
	if unicode.IsLetter(r) {
		return r
	}
	return ' '
}

func countAll(counts map[string]int, terms map[string]bool) {
	for term := range terms {
		counts[term]++
	}
}

// table returns the terms that are frequent enough, with the number of all
// paragraphs under the key that is a space.
func (c *counts) table(terms map[string]int) map[string]string {
	values := map[string]string{" ": strconv.Itoa(c.paragraphs)}
	for term, n := range terms {
		least := rarest
		if strings.ContainsFunc(term, unicode.IsDigit) {
			least = rarestName
		}
		if n >= least {
			values[term] = strconv.Itoa(n)
		}
	}
	return values
}
