// Written by go run ./index/train certainty ../shared/eval/data/squad1rest; do not edit.

package rank

// certaintyWeights is what each feature counts.
var certaintyWeights = [...]float64{
	0.0962,  // passage score
	0.2044,  // passage gap
	-0.1964, // passage rank
	-0.0425, // passage cover
	0.0512,  // passage names
	0.0825,  // passage exact
	-0.2676, // passage pairs
	-0.1740, // passage best cover
	1.6994,  // passage density
	0.4210,  // passage spread
	0.0266,  // passage rarest
	0.0974,  // publication score
	0.2263,  // exact
	-0.0300, // stem
	-0.4230, // cover gap
	-0.1994, // best in passage
	-0.3503, // near
	1.5781,  // synonym
	0.4271,  // wider
	1.3472,  // special
	0.2877,  // country
	1.7754,  // similar
	0.2343,  // all
	0.0288,  // names
	-0.0032, // numbers
	-0.0870, // focus
	-0.1286, // others
	-0.6787, // missing before
	-0.2236, // missing two before
	-0.3978, // missing after
	1.6228,  // missing at start
	-1.0470, // missing around
	-0.7956, // missing in title
	0.2128,  // names around
	-1.2475, // missing everywhere
	-0.0623, // pronoun
	0.3766,  // pronoun, missing before
	0.1992,  // in order
	-0.0579, // pairs
	0.1195,  // tight
	0.0393,  // around
	-0.1205, // who
	0.0064,  // who: sure
	-0.1356, // who: near
	-0.4790, // body
	-0.1206, // body: sure
	0.1619,  // body: near
	-0.2665, // where
	-0.2808, // where: sure
	0.0838,  // where: near
	0.3495,  // name
	-0.1552, // name: sure
	-0.7651, // name: near
	-0.3309, // when
	-0.0535, // when: sure
	-0.0756, // when: near
	-0.0766, // how many
	-0.2073, // how many: sure
	-0.1237, // how many: near
	0.6590,  // why
	0.1755,  // why: sure
	-1.1366, // why: near
	0.2531,  // how
	0.2513,  // how: sure
	-0.3115, // how: near
	0.3440,  // meaning
	-0.4845, // meaning: sure
	0.3440,  // meaning: near
	0.0115,  // fits
	0.1805,  // near and sure
	-0.3399, // none of the kind
	-0.0843, // what: name
	0.0066,  // what: number
	-0.0052, // what: quoted
	-0.1142, // first
	0.0962,  // last
	-0.5332, // position
	-0.6212, // alone
	-0.8831, // length
	0.5519,  // short
	0.0952,  // long
	-0.0367, // echo
	0.0000,  // nothing new
	0.0000,  // asks
	-0.4454, // stranger
	1.4298,  // chance
	2.1153,  // odds
	0.1836,  // score
	-0.0173, // quote cover
	0.4111,  // quote cover, loosely
	0.0831,  // quote count
	-0.0425, // passage cover
	0.3330,  // passage cover, loosely
	0.0017,  // passage count
	0.4713,  // all covered
	-0.1607, // rarest
	0.0266,  // rarest around
	0.0007,  // names covered
	0.0512,  // names around
	-1.1770, // names absent
	-0.8834, // numbers absent
	-0.0631, // name in question
	-0.2548, // others absent
	-4.8907, // few terms
	-2.4614, // other
	-0.3190, // who
	-0.6006, // when
	-0.0412, // where
	-0.6180, // how many
	-0.1722, // how much
	-0.7937, // how long
	-0.0982, // how often
	-0.2684, // why
	-0.9205, // how
	-0.1927, // which
	-0.3462, // what
	-0.3639, // definition
	-0.2563, // yes or no
	-0.1986, // wants anything
	-0.1136, // constant
}
