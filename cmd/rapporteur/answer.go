package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"

	"rapporteur/corpus"
	"rapporteur/index"
)

// answerCommand is the batch form, by which answers are measured.
type answerCommand struct {
	Dir string `arg:"" help:"Folder of Markdown files with front matter (title, id)."`
}

// longestLine is the length of the longest line that is read, in bytes.
const longestLine = 1 << 20

type batchQuestion struct {
	ID       string `json:"id"`
	Question string `json:"question"`
	Limit    int    `json:"limit"`
	Scope    string `json:"scope"`
}

type batchPassage struct {
	Article   string `json:"article"`
	Paragraph int    `json:"paragraph"` // counted from 0
}

type batchQuote struct {
	batchPassage
	Text  string  `json:"text"`
	Score float64 `json:"score"`
}

type batchAnswer struct {
	ID       string         `json:"id"`
	Answered bool           `json:"answered"`
	Quotes   []batchQuote   `json:"quotes"`
	Passages []batchPassage `json:"passages"`
}

// Run indexes the folder in memory, says that it is ready, and answers each
// line of the input by one of the output. A line that is no question is
// answered by an error, and the run goes on.
func (a answerCommand) Run(ctx context.Context, p program, flags *commands) (err error) {
	c, err := loadConfig(flags.Config, p.env)
	if err != nil {
		return err
	}
	docs, err := readShelf(a.Dir)
	if err != nil {
		return err
	}
	x, err := index.OpenMemory(docs, slog.New(slog.NewTextHandler(p.err, nil)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	if err := x.Sync(ctx); err != nil {
		return err
	}
	out := json.NewEncoder(p.out)
	out.SetEscapeHTML(false)
	if err := out.Encode(map[string]bool{"ready": true}); err != nil {
		return err
	}
	in := bufio.NewReaderSize(p.in, longestLine)
	for ctx.Err() == nil {
		line, tooLong, err := in.ReadLine()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read questions: %w", err)
		}
		if err := out.Encode(batch(ctx, x, line, tooLong, c.threshold())); err != nil {
			return fmt.Errorf("write answers: %w", err)
		}
		for tooLong && err == nil {
			_, tooLong, err = in.ReadLine()
		}
	}
	return nil
}

// batch returns the answer to one line, or what is wrong with it.
func batch(ctx context.Context, x *index.Index, line []byte, tooLong bool, threshold float64) any {
	wrong := func(err error) any { return map[string]string{"error": err.Error()} }
	if tooLong {
		return wrong(fmt.Errorf("a line has more than %d bytes: ask in fewer words", longestLine))
	}
	var q batchQuestion
	if err := json.Unmarshal(line, &q); err != nil {
		return wrong(fmt.Errorf(`%w: write a line such as {"id":"1","question":"who attended?"}`, err))
	}
	found, err := x.Ask(ctx, index.Question{Text: q.Question, Limit: q.Limit, Scope: q.Scope, Threshold: threshold})
	if err != nil {
		return wrong(err)
	}
	return reply(q.ID, found)
}

func reply(id string, found index.Answer) batchAnswer {
	a := batchAnswer{id, found.Answered, []batchQuote{}, []batchPassage{}}
	for _, q := range found.Quotes {
		a.Quotes = append(a.Quotes, batchQuote{passage(q.Quote), q.Text(), q.Score})
	}
	for _, q := range found.Passages {
		a.Passages = append(a.Passages, passage(q))
	}
	return a
}

func passage(q corpus.Quote) batchPassage {
	return batchPassage{q.Doc().ID, q.Paragraph() - 1}
}

// A shelf is publications in memory, in the order of their files' names.
type shelf struct {
	docs []*corpus.Doc
	byID map[string]*corpus.Doc
}

func readShelf(dir string) (*shelf, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s holds no .md files: name a folder of Markdown files", dir)
	}
	s := &shelf{byID: map[string]*corpus.Doc{}}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		doc, err := corpus.ParseLiteral(filepath.Base(file), string(src))
		if err != nil {
			return nil, err
		}
		if s.byID[doc.ID] != nil {
			return nil, fmt.Errorf("%s: another file has the id %s already", file, doc.ID)
		}
		doc.Seq = int64(len(s.docs) + 1)
		doc.First = doc.Seq
		s.docs, s.byID[doc.ID] = append(s.docs, doc), doc
	}
	return s, nil
}

// Get returns the publication with this id, or corpus.ErrNotFound.
func (s *shelf) Get(_ context.Context, id string) (*corpus.Doc, error) {
	if doc := s.byID[id]; doc != nil {
		return doc, nil
	}
	return nil, fmt.Errorf("%s: %w", id, corpus.ErrNotFound)
}

// After returns the publications after seq.
func (s *shelf) After(_ context.Context, seq int64) iter.Seq2[*corpus.Doc, error] {
	return func(yield func(*corpus.Doc, error) bool) {
		for _, doc := range s.docs[min(int(seq), len(s.docs)):] {
			if !yield(doc, nil) {
				return
			}
		}
	}
}
