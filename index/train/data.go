package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rapporteur/corpus"
	"rapporteur/index"
	"rapporteur/index/rank"
)

// An article, a question and a right answer, as they stand in the files.
type article struct {
	ID, Title  string
	Paragraphs []string
}

type question struct {
	ID, Question, Kind string
	Gold               []gold
}

type gold struct {
	Article   string
	Paragraph int // counted from 0
	Answers   []string
}

// A dataset is a corpus with questions.
type dataset struct {
	docs      []*corpus.Doc
	byID      map[string]*corpus.Doc
	questions []question
}

func load(folder string) (*dataset, error) {
	d := &dataset{byID: map[string]*corpus.Doc{}}
	err := lines(filepath.Join(folder, "articles.jsonl"), func(a article) {
		doc := &corpus.Doc{ID: a.ID, Title: cmp.Or(a.Title, a.ID), Text: strings.Join(a.Paragraphs, "\n\n"), Seq: int64(len(d.docs) + 1)}
		d.docs = append(d.docs, doc)
		d.byID[doc.ID] = doc
	})
	if err != nil {
		return nil, err
	}
	return d, lines(filepath.Join(folder, "questions.jsonl"), func(q question) { d.questions = append(d.questions, q) })
}

// lines reads a file of one JSON value a line.
func lines[T any](file string, take func(T)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	in := json.NewDecoder(bufio.NewReader(f))
	for {
		var value T
		if err := in.Decode(&value); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("read %s: %w", file, err)
		}
		take(value)
	}
}

// Get returns the publication with this id, or corpus.ErrNotFound.
func (d *dataset) Get(_ context.Context, id string) (*corpus.Doc, error) {
	if doc := d.byID[id]; doc != nil {
		return doc, nil
	}
	return nil, corpus.ErrNotFound
}

// After returns the publications after seq.
func (d *dataset) After(_ context.Context, seq int64) iter.Seq2[*corpus.Doc, error] {
	return func(yield func(*corpus.Doc, error) bool) {
		for _, doc := range d.docs[seq:] {
			if !yield(doc, nil) {
				return
			}
		}
	}
}

// An example is a question with the sentences that were found for it.
type example struct {
	question  question
	sentences []sentence
}

type sentence struct {
	rank.Sentence
	features []float32
	right    bool // whether it holds an answer
	gold     bool // whether it is of a paragraph that holds one
	words    int
}

// examples asks the questions, or some of them.
func (d *dataset) examples(ctx context.Context, sample int) ([]example, error) {
	x, err := index.OpenMemory(d, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer x.Close()
	if err := x.Sync(ctx); err != nil {
		return nil, err
	}
	step := 1
	if sample > 0 {
		step = max(1, len(d.questions)/sample)
	}
	var all []example
	for i := 0; i < len(d.questions); i += step {
		a, err := x.Ask(ctx, index.Question{Text: d.questions[i].Question, Why: true})
		if err != nil {
			return nil, err
		}
		all = append(all, newExample(d.questions[i], a.Why.Candidates))
	}
	return all, nil
}

func newExample(q question, found []index.Candidate) example {
	e := example{question: q}
	for _, c := range found {
		s := sentence{Sentence: c.Sentence, words: len(strings.Fields(c.Text()))}
		for _, f := range c.Features {
			s.features = append(s.features, float32(f))
		}
		s.Features = nil
		said := ""
		for _, g := range q.Gold {
			if g.Article != c.Doc().ID || g.Paragraph != c.Quote.Paragraph()-1 {
				continue
			}
			s.gold = true
			if said == "" {
				said = plain(c.Text())
			}
			for _, answer := range g.Answers {
				s.right = s.right || holds(said, strings.Trim(plain(answer), " .,;:!?\"'()[]{}"))
			}
		}
		e.sentences = append(e.sentences, s)
	}
	return e
}

// plain returns text without case, kinds of quotation marks and dashes.
func plain(text string) string {
	text = strings.ToLower(norm.NFKC.String(text))
	return strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "–", "-", "—", "-", "‐", "-", "‑", "-").Replace(text)
}

// holds reports whether text has the words of answer.
func holds(text, answer string) bool {
	for at := 0; answer != ""; {
		i := strings.Index(text[at:], answer)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(answer)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		first, _ := utf8.DecodeRuneInString(answer)
		last, _ := utf8.DecodeLastRuneInString(answer)
		if !(isWord(before) && isWord(first)) && !(isWord(after) && isWord(last)) {
			return true
		}
		at = start + 1
		for at < len(text) && !utf8.RuneStart(text[at]) {
			at++
		}
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
