// Written by go run ./index/train certainty SQUAD1; do not edit.

package rank

// certaintyWeights is what each feature counts.
var certaintyWeights = [...]float64{
	0.3986,  // passage score
	-0.2384, // passage rank
	0.1445,  // passage cover
	0.2697,  // passage names
	0.2220,  // passage exact
	-0.3728, // passage pairs
	-0.0891, // passage best cover
	1.4122,  // passage density
	0.3994,  // passage spread
	0.0763,  // passage rarest
	0.0824,  // publication score
	0.2784,  // exact
	0.1043,  // stem
	-0.2627, // cover gap
	-0.2310, // best in passage
	0.2513,  // near
	1.0753,  // synonym
	0.1951,  // wider
	0.9365,  // special
	2.2167,  // similar
	0.3077,  // all
	-0.1409, // names
	-0.0486, // numbers
	-0.1081, // focus
	-0.2715, // others
	-0.7806, // missing before
	-0.3045, // missing two before
	-0.4980, // missing after
	1.7719,  // missing at start
	-0.9728, // missing around
	-0.8212, // missing in title
	-0.0251, // pronoun
	0.3539,  // pronoun, missing before
	0.1292,  // in order
	0.1034,  // pairs
	0.0966,  // tight
	0.0742,  // around
	-0.0530, // who: sure
	-0.1164, // who: near
	-0.2477, // body: sure
	0.0088,  // body: near
	-0.3896, // where: sure
	0.0051,  // where: near
	0.2898,  // name: sure
	-0.8559, // name: near
	-0.1538, // when: sure
	-0.2006, // when: near
	-0.1277, // how many: sure
	-0.1059, // how many: near
	0.1009,  // why: sure
	-1.1065, // why: near
	0.2104,  // how: sure
	0.0481,  // how: near
	-0.4038, // meaning: sure
	0.7706,  // meaning: near
	0.0033,  // fits
	0.3089,  // near and sure
	-0.1989, // none of the kind
	-0.0939, // what: name
	0.0640,  // what: number
	0.0109,  // what: quoted
	-0.1608, // first
	0.0923,  // last
	-0.6425, // position
	-0.5336, // alone
	-1.6082, // length
	0.4622,  // short
	0.2704,  // long
	-0.3942, // echo
	0.0000,  // nothing new
	0.0000,  // asks
	-0.5080, // stranger
	1.3687,  // chance
	2.1685,  // odds
	0.2698,  // score
	0.1070,  // quote cover
	0.5743,  // quote cover, loosely
	0.0776,  // quote count
	0.5168,  // passage cover, loosely
	0.1081,  // passage count
	0.4675,  // all covered
	-0.1176, // rarest
	-0.0777, // names covered
	-1.3329, // names absent
	-0.8240, // numbers absent
	-0.0057, // name in question
	-0.3955, // others absent
	-6.0573, // few terms
	-2.2438, // other
	-0.8795, // who
	-0.8828, // when
	-0.3115, // where
	-0.9513, // how many
	-0.4864, // how much
	-1.0982, // how long
	-0.4410, // how often
	0.1344,  // why
	-1.0064, // how
	-0.4606, // which
	-0.5677, // what
	-0.5300, // definition
	-0.4943, // yes or no
	-0.0766, // wants anything
	-0.2235, // constant
}
