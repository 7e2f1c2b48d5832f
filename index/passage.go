package index

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"rapporteur/corpus"
)

// The fields of a passage in bleve.
const (
	textField = "text" // the terms of the title and of the paragraph
	docField  = "doc"  // the publication's ID, whole
)

// A passage is one paragraph of a publication, as it stands in the index. The
// text itself is not kept there: a quote is cut from the Doc.
type passage struct {
	doc    string      // ID of the publication
	seq    int64       // Seq of the publication when it was indexed
	span   corpus.Span // of its Text
	length int         // number of terms, with those of the title
}

// key returns the name under which bleve keeps p. It holds all of p, so that
// nothing has to be stored beside it.
func (p passage) key() string {
	return fmt.Sprintf("%d %d %d %d %s", p.seq, p.span.Start, p.span.End, p.length, p.doc)
}

// parseKey returns the passage that is kept under key.
func parseKey(key string) (passage, error) {
	parts := strings.SplitN(key, " ", 5)
	if len(parts) < 5 {
		return passage{}, fmt.Errorf("passage %q: not a key of ours", key)
	}
	var n [4]int64
	for i := range n {
		var err error
		if n[i], err = strconv.ParseInt(parts[i], 10, 64); err != nil {
			return passage{}, fmt.Errorf("passage %q: %w", key, err)
		}
	}
	return passage{parts[4], n[0], corpus.Span{Start: int(n[1]), End: int(n[2])}, int(n[3])}, nil
}

// document returns what bleve is given for p, which has these tokens.
func (p passage) document(tokens analysis.TokenStream) *document.Document {
	d := document.NewDocument(p.key())
	d.AddField(document.NewTextFieldCustom(textField, nil, nil, index.IndexField, analyzed(tokens)))
	d.AddField(document.NewTextFieldCustom(docField, nil, []byte(p.doc), index.IndexField|index.SkipFreqNorm, nil))
	return d
}
