// Package sample is the publication that the bot knows before anybody has
// told it of any: a brief by Francesca Frassineti, "The NATO Summit in The
// Hague and the Indo-Pacific Four". The words of brief.txt are hers.
package sample

import (
	"context"
	_ "embed"

	"rapporteur/corpus"
)

//go:embed brief.txt
var brief string

const id = "sample/the-hague-and-the-ip4"

type source struct{}

// New returns the source of the sample, which is named "sample" and shows
// always the same.
func New() corpus.Source { return source{} }

// Name returns "sample".
func (source) Name() string { return "sample" }

// Fetch returns the sample; it keeps no state.
func (source) Fetch(context.Context, []byte) (docs []*corpus.Doc, next []byte, err error) {
	d, err := corpus.Parse("brief.txt", brief)
	if err != nil {
		return nil, nil, err
	}
	d.ID = id
	d.Title = "The NATO Summit in The Hague and the Indo-Pacific Four"
	d.Authors = []string{"Francesca Frassineti"}
	d.Language = "en"
	return []*corpus.Doc{d}, nil, nil
}
