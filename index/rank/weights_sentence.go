// Written by go run ./index/train sentences SQUAD1; do not edit.

package rank

// sentenceWeights is what each feature counts.
var sentenceWeights = [...]float64{
	4.5059,   // passage score
	0.5782,   // passage rank
	2.8059,   // passage cover
	1.4199,   // passage names
	1.4591,   // passage exact
	2.2963,   // passage pairs
	0.0880,   // passage best cover
	-3.4158,  // passage density
	-0.0153,  // passage spread
	0.4577,   // passage rarest
	2.4247,   // publication score
	1.3006,   // exact
	2.0021,   // stem
	-1.5421,  // cover gap
	0.3269,   // best in passage
	0.4482,   // near
	5.1918,   // synonym
	1.7395,   // wider
	2.9180,   // special
	4.8117,   // similar
	-0.2091,  // all
	-0.6550,  // names
	0.3736,   // numbers
	0.3964,   // focus
	0.5745,   // others
	4.0261,   // missing before
	1.9809,   // missing two before
	1.2613,   // missing after
	1.7540,   // missing at start
	-4.1738,  // missing around
	3.7574,   // missing in title
	-0.0037,  // pronoun
	1.3539,   // pronoun, missing before
	0.6075,   // in order
	0.9014,   // pairs
	0.2546,   // tight
	1.1356,   // around
	1.1195,   // who: sure
	0.0381,   // who: near
	0.1146,   // body: sure
	0.1521,   // body: near
	1.6252,   // where: sure
	-0.7254,  // where: near
	0.0847,   // name: sure
	0.3090,   // name: near
	1.7788,   // when: sure
	0.4526,   // when: near
	2.3131,   // how many: sure
	0.7080,   // how many: near
	-0.1165,  // why: sure
	0.6554,   // why: near
	0.6719,   // how: sure
	-0.4583,  // how: near
	4.8001,   // meaning: sure
	-2.9918,  // meaning: near
	0.6483,   // fits
	-0.0717,  // near and sure
	-0.7941,  // none of the kind
	-0.3636,  // what: name
	-0.3168,  // what: number
	0.2974,   // what: quoted
	0.2734,   // first
	0.5548,   // last
	-1.0127,  // position
	0.4960,   // alone
	-1.7748,  // length
	0.2828,   // short
	-0.2207,  // long
	1.0265,   // echo
	-10.3565, // nothing new
	-6.6829,  // asks
	-0.3445,  // stranger
}
