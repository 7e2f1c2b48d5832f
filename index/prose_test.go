package index

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapporteur/index/sentence"
)

// A prose is real text to measure speed with: paragraphs of articles, and
// questions that people asked.
type prose struct {
	paragraphs []string
	questions  []string
	sentences  []string
	random     *rand.Rand
}

// readProse reads the text beside the source tree, without which nothing that
// needs it is measured.
func readProse(b *testing.B) *prose {
	p := &prose{random: rand.New(rand.NewPCG(3, 1))}
	root := filepath.Join("..", "..", "shared", "eval", "data")
	for _, set := range []string{"squad2", "digitalgov", "18f", "factbook", "addresses"} {
		eachLine(b, filepath.Join(root, set, "articles.jsonl"), func(line []byte) error {
			var article struct{ Paragraphs []string }
			err := json.Unmarshal(line, &article)
			p.paragraphs = append(p.paragraphs, article.Paragraphs...)
			return err
		})
	}
	eachLine(b, filepath.Join(root, "squad2", "questions.jsonl"), func(line []byte) error {
		var asked struct{ Question string }
		err := json.Unmarshal(line, &asked)
		p.questions = append(p.questions, asked.Question)
		return err
	})
	for _, text := range p.paragraphs {
		for _, s := range sentence.Split(text) {
			p.sentences = append(p.sentences, text[s.Start:s.End])
		}
	}
	p.random.Shuffle(len(p.paragraphs), func(i, j int) { p.paragraphs[i], p.paragraphs[j] = p.paragraphs[j], p.paragraphs[i] })
	p.random.Shuffle(len(p.questions), func(i, j int) { p.questions[i], p.questions[j] = p.questions[j], p.questions[i] })
	return p
}

func eachLine(b *testing.B, file string, do func([]byte) error) {
	b.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.Skipf("there is no real text beside the source tree: %v", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		if err := do(lines.Bytes()); err != nil {
			b.Fatalf("%s: %v", file, err)
		}
	}
	if err := lines.Err(); err != nil {
		b.Fatal(err)
	}
}

// paragraph returns the real paragraph number i, or one put together of real
// sentences where there are not so many.
func (p *prose) paragraph(i int) string {
	if i < len(p.paragraphs) {
		return p.paragraphs[i]
	}
	sentences := make([]string, 2+p.random.IntN(4))
	for i := range sentences {
		sentences[i] = p.sentences[p.random.IntN(len(p.sentences))]
	}
	return strings.Join(sentences, " ")
}

// library returns a corpus of so many passages and the bytes of their text.
func (p *prose) library(passages int) (docs *shelf, size int) {
	docs = newShelf()
	for i := range passages / perPublication {
		paragraphs := make([]string, perPublication)
		for j := range paragraphs {
			paragraphs[j] = p.paragraph(i*perPublication + j)
		}
		size += len(docs.put(fmt.Sprint("article ", i), paragraphs...).Text)
	}
	return docs, size
}
