package rank

import "slices"

// SentenceWeights returns what each of Features counts in a Sentence's Score.
func SentenceWeights() []float64 { return slices.Clone(sentenceWeights[:]) }

// CertaintyWeights returns what each of CertaintyFeatures counts in a quote's
// Probability.
func CertaintyWeights() []float64 { return slices.Clone(certaintyWeights[:]) }
