package index

import (
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
	"github.com/blevesearch/bleve/v2/analysis/token/stop"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"golang.org/x/text/unicode/norm"
)

// newAnalyzer returns what makes terms of words, for passages and questions
// alike: words of any script, without case, accents, the possessive 's and
// English endings. English stop words give no term.
func newAnalyzer() (analysis.Analyzer, error) {
	stopWords := analysis.NewTokenMap()
	if err := stopWords.LoadBytes(en.EnglishStopWords); err != nil {
		return nil, err
	}
	return &analysis.DefaultAnalyzer{
		Tokenizer: unicode.NewUnicodeTokenizer(),
		TokenFilters: []analysis.TokenFilter{
			foldFilter{asciifolding.New()},
			en.NewPossessiveFilter(),
			lowercase.NewLowerCaseFilter(),
			stop.NewStopTokensFilter(stopWords),
			porter.NewPorterStemmer(),
		},
	}, nil
}

// A foldFilter makes é an e and ’ an ', however they were encoded.
type foldFilter struct {
	ascii *asciifolding.AsciiFoldingFilter
}

// Filter folds each token in place.
func (f foldFilter) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	for _, t := range tokens {
		if !isASCII(t.Term) {
			t.Term = f.ascii.Filter(norm.NFC.Bytes(t.Term))
		}
	}
	return tokens
}

func isASCII(term []byte) bool {
	for _, b := range term {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// analyzed is a text whose tokens are known already, so that bleve need not
// look for them again.
type analyzed analysis.TokenStream

// Analyze returns the tokens whatever the text.
func (a analyzed) Analyze([]byte) analysis.TokenStream { return analysis.TokenStream(a) }

// terms returns the terms of text in their order, with repetitions.
func (x *Index) terms(text string) []string {
	tokens := x.analyzer.Analyze([]byte(text))
	terms := make([]string, len(tokens))
	for i, t := range tokens {
		terms[i] = string(t.Term)
	}
	return terms
}
