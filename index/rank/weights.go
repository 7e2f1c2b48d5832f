// Written by go run ./index/train -out index/rank/weights.go ../shared/eval/data/squad1rest; do not edit.

package rank

// sentenceWeights is what each feature counts, in the order of Features.
var sentenceWeights = [...]float64{
	3.3745,  // passage score
	-2.7800, // passage gap
	0.4784,  // passage rank
	1.8456,  // passage cover
	3.0964,  // publication score
	2.6345,  // exact
	2.0980,  // stem
	-1.3597, // cover gap
	0.2276,  // best in passage
	0.9024,  // near
	5.4000,  // synonym
	2.4463,  // wider
	3.3618,  // special
	4.5098,  // country
	4.3321,  // similar
	-0.6598, // all
	0.8279,  // names
	0.2375,  // numbers
	0.1617,  // focus
	0.9785,  // others
	4.4209,  // missing before
	2.7542,  // missing two before
	1.2199,  // missing after
	2.3226,  // missing at start
	-4.0466, // missing around
	3.3250,  // missing in title
	1.5640,  // names around
	-1.8456, // missing everywhere
	0.0901,  // pronoun
	1.5742,  // pronoun, missing before
	0.1378,  // in order
	2.4402,  // pairs
	0.4182,  // tight
	2.0341,  // around
	-1.0173, // who: name
	0.9906,  // who: names
	0.8018,  // who: agent
	0.3484,  // who: title
	1.8756,  // when: year
	0.6677,  // when: month
	-0.2360, // when: number
	-0.6267, // where: name
	1.0492,  // where: located
	0.1650,  // where: place
	0.6398,  // how many: number
	1.0192,  // how many: unit
	1.8180,  // how many: money
	0.2541,  // why: cause
	0.6385,  // how: manner
	0.0580,  // what: name
	-0.3235, // what: number
	0.2149,  // what: quoted
	-1.0102, // none of the kind
	0.1835,  // first
	0.5185,  // last
	-1.2037, // position
	0.0816,  // alone
	-2.3536, // length
	0.3172,  // short
	0.0371,  // long
	0.4540,  // echo
	-9.5184, // nothing new
	-6.4655, // asks
	-0.2781, // stranger
}
