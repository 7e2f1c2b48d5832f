package corpus

import (
	"hash/fnv"
	"math/bits"
	"strings"
	"unicode"
)

// shingleWords is the number of words of a shingle.
const shingleWords = 3

// shingles are the runs of three words of a text, each as a hash. The more two
// texts share of them, the more alike they are (Broder 1997).
type shingles map[uint64]struct{}

// fingerprint returns the shingles of text, whatever its capitals, punctuation
// and white space.
func fingerprint(text string) shingles {
	all := shingles{}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := range max(1, len(words)-shingleWords+1) {
		h := fnv.New64a()
		for _, w := range words[min(i, len(words)):min(i+shingleWords, len(words))] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		all[h.Sum64()] = struct{}{}
	}
	return all
}

// common returns how many shingles s and t have in common.
func (s shingles) common(t shingles) (n int) {
	for h := range s {
		if _, ok := t[h]; ok {
			n++
		}
	}
	return n
}

// shared returns the share of all shingles that s and t have in common, from 0
// to 1 (the Jaccard index).
func (s shingles) shared(t shingles) float64 {
	n := s.common(t)
	return float64(n) / float64(len(s)+len(t)-n)
}

// within returns the share of the smaller one that the other has as well.
func (s shingles) within(t shingles) float64 {
	return float64(s.common(t)) / float64(min(len(s), len(t)))
}

// simhash returns 64 bits of which texts that are nearly the same differ in few
// (Charikar 2002).
func (s shingles) simhash() uint64 {
	var votes [64]int
	for h := range s {
		for i := range votes {
			votes[i] += int(h>>i&1)*2 - 1
		}
	}
	var hash uint64
	for i, v := range votes {
		if v > 0 {
			hash |= 1 << i
		}
	}
	return hash
}

// bands returns hash in four parts. Two hashes that differ in at most three
// bits have one of them in common.
func bands(hash uint64) (b [4]int64) {
	for i := range b {
		b[i] = int64(bits.RotateLeft64(hash, -16*i) & 0xffff)
	}
	return b
}
