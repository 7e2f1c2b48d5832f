// Train learns the weights of the features by which sentences are ranked, and
// writes them as Go.
//
//	go run ./index/train sentences SQUAD1
//	go run ./index/train certainty SQUAD1
//
// The folder holds articles.jsonl and questions.jsonl. Each question is asked
// of an index of all articles, by the very code that answers. The first step
// learns to tell the sentences that hold an answer from the others. The second
// one learns how likely the first quote is to answer, and so must be run, anew
// compiled, after the first: it asks the questions also of a corpus without
// their article, without their paragraph, and with one word changed. The same
// data always give the same weights.
//
// With -out "" nothing is written; -check names folders to measure on, and
// -without the groups of features to do without.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapporteur/index/rank"
)

func main() {
	var o options
	flag.StringVar(&o.out, "out", "index/rank", "folder to write the weights to; empty for none")
	flag.StringVar(&o.check, "check", "", "folders to measure on afterwards, parted by commas")
	flag.StringVar(&o.without, "without", "", "groups or names of features to leave out, parted by commas")
	flag.Float64Var(&o.penalty, "penalty", 1e-4, "how much large weights are held against a model")
	flag.IntVar(&o.rounds, "rounds", 12, "how often all questions are gone through")
	flag.IntVar(&o.sample, "sample", 0, "questions to check on at most, 0 for all")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("train sentences|certainty FOLDER")
	}
	step := o.sentences
	if flag.Arg(0) == "certainty" {
		step = o.certainty
	}
	if err := step(context.Background(), flag.Arg(1)); err != nil {
		log.Fatal(err)
	}
}

type options struct {
	out, check, without string
	penalty             float64
	rounds, sample      int
}

// sentences learns the weights of the features of sentences.
func (o options) sentences(ctx context.Context, folder string) error {
	data, err := load(folder)
	if err != nil {
		return err
	}
	examples, err := data.examples(ctx, 0)
	if err != nil {
		return err
	}
	w := fit(examples, len(rank.Features()), o.off(rank.Features()), o.penalty, o.rounds)
	if err := o.write("weights_sentence.go", source("sentence", "sentences", rank.Features(), w)); err != nil {
		return err
	}
	fmt.Println("train", measure(examples, w))
	return o.each(func(folder string, data *dataset) error {
		examples, err := data.examples(ctx, o.sample)
		if err == nil {
			fmt.Println(folder, measure(examples, w))
		}
		return err
	})
}

// certainty learns the weights of the features of answers. Those of sentences
// must have been learnt and compiled before.
func (o options) certainty(ctx context.Context, folder string) error {
	data, err := load(folder)
	if err != nil {
		return err
	}
	trials, err := data.trials(ctx, 0, true)
	if err != nil {
		return err
	}
	w := logistic(trials, len(rank.CertaintyFeatures()), o.off(rank.CertaintyFeatures()), o.penalty)
	if err := o.write("weights_certainty.go", source("certainty", "certainty", rank.CertaintyFeatures(), w)); err != nil {
		return err
	}
	fmt.Println("train", silence(trials, w))
	return o.each(func(folder string, data *dataset) error {
		trials, err := data.trials(ctx, o.sample, false)
		if err == nil {
			fmt.Println(folder, silence(trials, w))
		}
		return err
	})
}

// off returns the features that are left out.
func (o options) off(features []rank.Feature) []int {
	var off []int
	without := strings.Split(o.without, ",")
	for i, f := range features {
		if slices.Contains(without, f.Group) || slices.Contains(without, f.Name) {
			off = append(off, i)
		}
	}
	return off
}

func (o options) write(name string, src []byte) error {
	if o.out == "" {
		return nil
	}
	return os.WriteFile(filepath.Join(o.out, name), src, 0o644)
}

// each has f look at each of the folders to check on.
func (o options) each(f func(folder string, data *dataset) error) error {
	if o.check == "" {
		return nil
	}
	for _, folder := range strings.Split(o.check, ",") {
		data, err := load(folder)
		if err != nil {
			return err
		}
		if err := f(folder, data); err != nil {
			return err
		}
	}
	return nil
}
