// Written by go run ./index/train sentences ../shared/eval/data/squad1rest; do not edit.

package rank

// sentenceWeights is what each feature counts.
var sentenceWeights = [...]float64{
	2.1920,  // passage score
	-2.5989, // passage gap
	0.7116,  // passage rank
	1.5349,  // passage cover
	0.7979,  // passage names
	1.6298,  // passage exact
	2.7575,  // passage pairs
	-0.0161, // passage best cover
	-4.3293, // passage density
	0.0904,  // passage spread
	0.6062,  // passage rarest
	3.0577,  // publication score
	1.5421,  // exact
	1.8294,  // stem
	-1.5059, // cover gap
	0.2402,  // best in passage
	0.8909,  // near
	4.9815,  // synonym
	1.7816,  // wider
	2.4849,  // special
	-2.9288, // country
	5.4351,  // similar
	-0.0936, // all
	0.0031,  // names
	0.2340,  // numbers
	0.4157,  // focus
	0.5002,  // others
	4.0824,  // missing before
	1.9743,  // missing two before
	1.1835,  // missing after
	2.0741,  // missing at start
	-5.0374, // missing around
	3.7051,  // missing in title
	0.6719,  // names around
	-1.6111, // missing everywhere
	0.0291,  // pronoun
	1.2680,  // pronoun, missing before
	0.3931,  // in order
	1.0613,  // pairs
	0.3239,  // tight
	0.7071,  // around
	0.5810,  // who
	1.1209,  // who: sure
	-0.0545, // who: near
	0.6692,  // body
	0.0142,  // body: sure
	0.0247,  // body: near
	0.3475,  // where
	1.6382,  // where: sure
	-0.6554, // where: near
	-0.4970, // name
	0.7516,  // name: sure
	0.3589,  // name: near
	0.7793,  // when
	1.8326,  // when: sure
	0.4805,  // when: near
	0.3744,  // how many
	2.4757,  // how many: sure
	0.8500,  // how many: near
	1.0246,  // why
	0.0454,  // why: sure
	-0.3105, // why: near
	-0.0794, // how
	0.6563,  // how: sure
	-0.0490, // how: near
	-1.3365, // meaning
	5.6285,  // meaning: sure
	-1.3365, // meaning: near
	0.6670,  // fits
	0.1195,  // near and sure
	-0.4250, // none of the kind
	-0.2996, // what: name
	-0.3495, // what: number
	0.2798,  // what: quoted
	0.2579,  // first
	0.5574,  // last
	-1.1455, // position
	0.5473,  // alone
	-2.4292, // length
	0.0849,  // short
	0.0082,  // long
	0.9398,  // echo
	-8.4290, // nothing new
	-6.9459, // asks
	-0.2754, // stranger
}
