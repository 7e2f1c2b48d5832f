// Written by go run ./index/train sentences ../shared/eval/data/squad1rest; do not edit.

package rank

// sentenceWeights is what each feature counts.
var sentenceWeights = [...]float64{
	2.4260,  // passage score
	-2.7428, // passage gap
	0.6232,  // passage rank
	1.5621,  // passage cover
	0.7707,  // passage names
	1.5747,  // passage exact
	2.7597,  // passage pairs
	-0.0915, // passage best cover
	-4.1265, // passage density
	0.0139,  // passage spread
	0.6098,  // passage rarest
	2.7488,  // publication score
	1.5715,  // exact
	1.8850,  // stem
	-1.4849, // cover gap
	0.2074,  // best in passage
	0.9220,  // near
	4.8556,  // synonym
	2.0264,  // wider
	2.3035,  // special
	-1.9980, // country
	5.4552,  // similar
	-0.0301, // all
	0.0324,  // names
	0.2581,  // numbers
	0.3560,  // focus
	0.5450,  // others
	3.9232,  // missing before
	1.8755,  // missing two before
	1.2965,  // missing after
	2.1835,  // missing at start
	-4.8733, // missing around
	3.7123,  // missing in title
	0.6026,  // names around
	-1.5621, // missing everywhere
	-0.0397, // pronoun
	1.6198,  // pronoun, missing before
	0.3138,  // in order
	1.0621,  // pairs
	0.3955,  // tight
	0.7870,  // around
	0.4919,  // who
	1.0963,  // who: sure
	-0.1211, // who: near
	0.4682,  // body
	0.1136,  // body: sure
	0.1800,  // body: near
	0.3452,  // where
	1.6849,  // where: sure
	-0.6650, // where: near
	-0.5636, // name
	0.7900,  // name: sure
	0.3775,  // name: near
	0.6114,  // when
	2.0017,  // when: sure
	0.4200,  // when: near
	0.0673,  // how many
	2.5759,  // how many: sure
	0.9328,  // how many: near
	0.6359,  // why
	-0.0226, // why: sure
	-0.4010, // why: near
	-0.3444, // how
	1.0229,  // how: sure
	0.0570,  // how: near
	-1.1137, // meaning
	5.1112,  // meaning: sure
	-1.1137, // meaning: near
	0.6256,  // fits
	-0.0273, // near and sure
	-0.5572, // none of the kind
	-0.3439, // what: name
	-0.3536, // what: number
	0.2944,  // what: quoted
	0.2359,  // first
	0.6039,  // last
	-1.2219, // position
	0.4447,  // alone
	-2.0633, // length
	0.0426,  // short
	-0.0723, // long
	1.2049,  // echo
	-9.0496, // nothing new
	-7.9758, // asks
	-0.2935, // stranger
}
