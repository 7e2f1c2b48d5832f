// Train learns the weights of the features by which sentences are ranked, and
// writes them as Go.
//
//	go run ./index/train -out index/rank/weights.go ../shared/eval/data/squad1rest
//
// The folder holds articles.jsonl and questions.jsonl. Each question is asked
// of an index of all articles, by the very code that answers; what is learnt is
// to tell the sentences that hold an answer from the others. The same data
// always give the same weights.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"rapporteur/index/rank"
)

func main() {
	out := flag.String("out", "", "file to write the weights to")
	check := flag.String("check", "", "folders to measure on afterwards, parted by commas")
	without := flag.String("without", "", "group of features to leave out")
	penalty := flag.Float64("penalty", 1e-4, "how much large weights are held against a model")
	rounds := flag.Int("rounds", 12, "how often all questions are gone through")
	sample := flag.Int("sample", 0, "questions to check on at most")
	flag.Parse()
	if err := run(*out, *check, *without, *penalty, *rounds, *sample, flag.Arg(0)); err != nil {
		log.Fatal(err)
	}
}

func run(out, check, without string, penalty float64, rounds, sample int, folder string) error {
	ctx := context.Background()
	data, err := load(folder)
	if err != nil {
		return err
	}
	examples, err := data.examples(ctx, 0)
	if err != nil {
		return err
	}
	var off []int
	for i, f := range rank.Features() {
		if slices.Contains(strings.Split(without, ","), f.Group) || slices.Contains(strings.Split(without, ","), f.Name) {
			off = append(off, i)
		}
	}
	m := fit(examples, len(rank.Features()), off, penalty, rounds)
	if out != "" {
		if err := os.WriteFile(out, source(m), 0o644); err != nil {
			return err
		}
	}
	fmt.Println("train", measure(examples, m))
	for _, folder := range strings.Split(check, ",") {
		if folder == "" {
			continue
		}
		data, err := load(folder)
		if err != nil {
			return err
		}
		examples, err := data.examples(ctx, sample)
		if err != nil {
			return err
		}
		fmt.Println(folder, measure(examples, m))
	}
	return nil
}
