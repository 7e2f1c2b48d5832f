package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A wordnet is what we read of the WordNet database, whose format is told in
// its manual pages wndb(5) and cntlist(5).
type wordnet struct {
	synsets map[string]*synset  // by part of speech and offset, such as "n02084071"
	senses  map[string][]sense  // by lemma, in small letters
	forms   map[string][]form   // irregular forms by lemma
	lemmas  map[string][]string // lemmas by irregular form
}

// A synset is a set of words that share one meaning.
type synset struct {
	words    []string // in small letters
	pointers []pointer
}

// A pointer leads from a synset, or from one word of it, to another.
type pointer struct {
	symbol       string
	from, to     int // words counted from 1; 0 for the whole synset
	targetSynset string
}

// A form is an irregular form and its part of speech.
type form struct{ word, pos string }

// A sense is one meaning of a lemma and how likely it is the one meant.
type sense struct {
	synset string
	share  float64
}

// partsOfSpeech are the letters of WordNet and the names of its files.
var partsOfSpeech = []struct{ letter, name string }{{"n", "noun"}, {"v", "verb"}, {"a", "adj"}, {"r", "adv"}}

func readWordnet(dir string) (*wordnet, error) {
	w := &wordnet{map[string]*synset{}, map[string][]sense{}, map[string][]form{}, map[string][]string{}}
	tagged := map[string]float64{}
	err := eachLine(filepath.Join(dir, "cntlist.rev"), func(f []string) error { return readCount(tagged, f) })
	if err != nil {
		return nil, err
	}
	for _, pos := range partsOfSpeech {
		if err := w.readPart(dir, pos.letter, pos.name, tagged); err != nil {
			return nil, err
		}
	}
	w.shareOut()
	return w, nil
}

// readPart reads the three files of one part of speech.
func (w *wordnet) readPart(dir, pos, name string, tagged map[string]float64) error {
	return errors.Join(
		eachLine(filepath.Join(dir, "data."+name), func(f []string) error { return w.readSynset(pos, f) }),
		eachLine(filepath.Join(dir, "index."+name), func(f []string) error { return w.readSenses(pos, tagged, f) }),
		eachLine(filepath.Join(dir, name+".exc"), func(f []string) error { return w.readForms(pos, f) }))
}

// eachLine gives the fields of each line of a file to read; lines that begin
// with a space are the licence.
func eachLine(name string, read func(fields []string) error) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.HasPrefix(lines.Text(), " ") {
			continue
		}
		if err := read(strings.Fields(lines.Text())); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}

// readCount reads how often a sense was met in the texts that WordNet's makers
// tagged: its key, its number among the senses of the lemma, and the count.
func readCount(tagged map[string]float64, f []string) error {
	lemma, rest, _ := strings.Cut(f[0], "%")
	types := "?nvara" // adjectives of type 5 are adjectives too
	pos, err := strconv.Atoi(rest[:1])
	if err != nil {
		return err
	}
	n, err := strconv.ParseFloat(f[2], 64)
	tagged[senseKey(lemma, types[pos:pos+1], f[1])] = n
	return err
}

func senseKey(lemma, pos, number string) string { return lemma + "%" + pos + number }

// readSynset reads a line of a data file: offset, two fields we skip, the
// number of words in hexadecimal, pairs of a word and a number, the number of
// pointers, and four fields for each of those.
func (w *wordnet) readSynset(pos string, f []string) error {
	n, err := strconv.ParseUint(f[3], 16, 16)
	if err != nil {
		return err
	}
	s := new(synset)
	for i := range int(n) {
		s.words = append(s.words, lemmaOf(f[4+2*i]))
	}
	rest := f[4+2*n:]
	count, err := strconv.Atoi(rest[0])
	if err != nil {
		return err
	}
	for i := range count {
		p, err := readPointer(rest[1+4*i:])
		if err != nil {
			return err
		}
		s.pointers = append(s.pointers, p)
	}
	w.synsets[pos+f[0]] = s
	return nil
}

// lemmaOf returns a word of a data file in small letters. One in capitals is
// an acronym and no word, since WHO is not who; it becomes "_".
func lemmaOf(word string) string {
	word, _, _ = strings.Cut(word, "(") // an adjective's place, as in "galore(ip)"
	if len(word) > 1 && word == strings.ToUpper(word) {
		return "_"
	}
	return strings.ToLower(word)
}

func readPointer(f []string) (pointer, error) {
	ends, err := strconv.ParseUint(f[3], 16, 16)
	if err != nil {
		return pointer{}, err
	}
	return pointer{f[0], int(ends >> 8), int(ends & 0xFF), f[2] + f[1]}, nil
}

// readSenses reads a line of an index file: a lemma, its part of speech, the
// number of its synsets, the pointers it has, two numbers, and the synsets with
// the most frequent first.
func (w *wordnet) readSenses(pos string, tagged map[string]float64, f []string) error {
	n, err := strconv.Atoi(f[2])
	if err != nil {
		return err
	}
	for i, offset := range f[len(f)-n:] {
		met := tagged[senseKey(f[0], pos, strconv.Itoa(i+1))]
		w.senses[f[0]] = append(w.senses[f[0]], sense{pos + offset, met + 1/float64(i+1)})
	}
	return nil
}

// readForms reads an irregular form and its lemmas.
func (w *wordnet) readForms(pos string, f []string) error {
	for _, lemma := range f[1:] {
		if lemma != f[0] {
			w.forms[lemma] = append(w.forms[lemma], form{f[0], pos})
			w.lemmas[f[0]] = append(w.lemmas[f[0]], lemma)
		}
	}
	return nil
}

// shareOut makes the shares of a lemma's senses add up to 1.
func (w *wordnet) shareOut() {
	for _, senses := range w.senses {
		sum := 0.0
		for _, s := range senses {
			sum += s.share
		}
		for i := range senses {
			senses[i].share /= sum
		}
	}
}

// share returns how likely lemma is meant in the sense of synset.
func (w *wordnet) share(lemma, synset string) float64 {
	for _, s := range w.senses[lemma] {
		if s.synset == synset {
			return s.share
		}
	}
	return 0
}
