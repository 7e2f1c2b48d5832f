package index

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"rapporteur/index/lexicon"
	"rapporteur/index/question"
)

// What is taken for a misspelling. Each bound also keeps its cost low.
const (
	typoLetters  = 5  // of the word at least: most shorter ones resemble another
	mostLetters  = 40 // of the word; hardly any is longer, and bleve refuses some that are
	farLetters   = 9  // of the term from which on two letters may be wrong
	maxTypos     = 2  // words of one question
	maxResembled = 50 // terms that are compared with one of them
)

// A typo is a word of the question that no passage has, and a term that they
// have which is spelt nearly so.
type typo struct {
	word, term string // as it was typed, and its term
	near       string // the term that is looked for as well
}

// typos finds the words of a that may be misspelt: those that are in no passage
// and no English word, but begin with the same letter as a term of the index
// that differs in one letter, or in two if they are long. Of several such terms
// it takes the commonest.
func (x *Index) typos(ctx context.Context, r *reader, a *aim) ([]typo, error) {
	var all []typo
	for _, w := range a.Words {
		term, ok := x.mayBeTypo(w)
		if !ok || len(all) == maxTypos {
			continue
		}
		count, err := r.count(ctx, term)
		if err != nil {
			return nil, err
		}
		if count > 0 {
			continue
		}
		near, err := r.resembled(ctx, term)
		if err != nil {
			return nil, err
		}
		if near != "" {
			all = append(all, typo{a.Text[w.Span.Start:w.Span.End], term, near})
		}
	}
	return all, nil
}

// mayBeTypo returns the term of w if its letters may be wrong.
func (x *Index) mayBeTypo(w question.Word) (term string, ok bool) {
	letters := utf8.RuneCountInString(w.Lower)
	if !w.Content || letters < typoLetters || letters > mostLetters || strings.ContainsFunc(w.Lower, isNoLetter) {
		return "", false
	}
	if df, _ := lexicon.WordDF(w.Lower); df > 0 {
		return "", false
	}
	terms := x.terms(w.Lower)
	return strings.Join(terms, ""), len(terms) == 1
}

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) }

// count returns in how many passages a term stands.
func (r *reader) count(ctx context.Context, term string) (uint64, error) {
	postings, err := r.TermFieldReader(ctx, []byte(term), textField, false, false, false)
	if err != nil {
		return 0, err
	}
	return postings.Count(), postings.Close()
}

// resembled returns the commonest of the terms that are spelt most like the
// given one, or nothing.
func (r *reader) resembled(ctx context.Context, term string) (string, error) {
	near, err := r.within(ctx, 1, term)
	if err == nil && near == "" && utf8.RuneCountInString(term) >= farLetters {
		near, err = r.within(ctx, 2, term)
	}
	return near, err
}

// within returns the commonest of the terms with the same first letter that
// differ from the given one in so many letters at most, or nothing.
func (r *reader) within(ctx context.Context, letters int, term string) (near string, err error) {
	fuzzy, ok := r.IndexReader.(index.IndexReaderFuzzy)
	if !ok {
		return "", errors.New("bleve's reader finds no similar terms")
	}
	_, size := utf8.DecodeRuneInString(term)
	terms, err := fuzzy.FieldDictFuzzy(textField, term, letters, term[:size])
	if err != nil {
		return "", fmt.Errorf("terms like %q: %w", term, err)
	}
	defer func() { err = errors.Join(err, terms.Close()) }()
	most := uint64(0)
	for range maxResembled {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return near, err
		}
		count, err := r.count(ctx, entry.Term) // that of entry is not told
		if err != nil {
			return "", err
		}
		if count > most {
			near, most = entry.Term, count
		}
	}
	return near, nil
}

// note tells the asker what was looked for in the place of a typo, as it is
// spelt in one of the passages found, or nothing if none has it.
func (t typo) note(found []candidate) string {
	for _, c := range found {
		for _, text := range []string{c.doc.Text[c.span.Start:c.span.End], c.doc.Title} {
			for word := range strings.FieldsFuncSeq(text, isNoLetter) {
				if lexicon.Stem(word) == t.near {
					return fmt.Sprintf("Nothing has “%s”; I looked for “%s” as well.", t.word, word)
				}
			}
		}
	}
	return ""
}
