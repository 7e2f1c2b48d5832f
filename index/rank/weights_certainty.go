// Written by go run ./index/train certainty ../shared/eval/data/squad1rest; do not edit.

package rank

// certaintyWeights is what each feature counts.
var certaintyWeights = [...]float64{
	0.5225,  // passage score
	0.5806,  // passage gap
	-0.0538, // passage rank
	-0.0465, // passage cover
	0.0288,  // passage names
	0.0748,  // passage exact
	-0.2483, // passage pairs
	-0.2378, // passage best cover
	2.4408,  // passage density
	0.3003,  // passage spread
	0.0121,  // passage rarest
	-0.1379, // publication score
	0.1726,  // exact
	-0.0663, // stem
	-0.2777, // cover gap
	-0.1341, // best in passage
	-0.1855, // near
	1.0076,  // synonym
	-0.4199, // wider
	0.6779,  // special
	-0.3144, // country
	1.8211,  // similar
	0.4020,  // all
	-0.0019, // names
	-0.0541, // numbers
	-0.0479, // focus
	-0.0824, // others
	-0.7235, // missing before
	-0.2763, // missing two before
	-0.2169, // missing after
	1.6631,  // missing at start
	-1.0301, // missing around
	-1.0228, // missing in title
	0.2271,  // names around
	-1.2519, // missing everywhere
	-0.1370, // pronoun
	0.2823,  // pronoun, missing before
	0.2343,  // in order
	-0.1525, // pairs
	0.1393,  // tight
	-0.0536, // around
	-0.0738, // who
	0.0398,  // who: sure
	-0.2294, // who: near
	-0.4953, // body
	-0.1446, // body: sure
	0.2138,  // body: near
	-0.4382, // where
	-0.1394, // where: sure
	0.1098,  // where: near
	0.3531,  // name
	-0.2980, // name: sure
	-0.6892, // name: near
	-0.4378, // when
	-0.1714, // when: sure
	0.1448,  // when: near
	-0.3008, // how many
	0.0699,  // how many: sure
	-0.1660, // how many: near
	0.7828,  // why
	-0.0018, // why: sure
	-1.7699, // why: near
	-0.0157, // how
	0.3385,  // how: sure
	-0.1674, // how: near
	0.3758,  // meaning
	-0.3078, // meaning: sure
	0.3758,  // meaning: near
	0.0701,  // fits
	0.2411,  // near and sure
	-0.3375, // none of the kind
	-0.1309, // what: name
	0.0107,  // what: number
	0.0831,  // what: quoted
	-0.0622, // first
	0.1640,  // last
	-0.5306, // position
	-0.5268, // alone
	-1.0481, // length
	0.3211,  // short
	0.1250,  // long
	-0.0408, // echo
	0.0000,  // nothing new
	0.0000,  // asks
	0.1580,  // stranger
	1.5135,  // chance
	2.0605,  // odds
	0.1507,  // score
	-0.0020, // quote cover
	0.4431,  // quote cover, loosely
	-0.0070, // quote count
	-0.0465, // passage cover
	0.4166,  // passage cover, loosely
	-0.0801, // passage count
	0.2756,  // all covered
	-0.0740, // rarest
	0.0121,  // rarest around
	-0.0186, // names covered
	0.0288,  // names around
	-1.1238, // names absent
	-0.7854, // numbers absent
	0.0367,  // name in question
	-0.0862, // others absent
	-4.6686, // few terms
	-2.4623, // other
	-0.4110, // who
	-0.6152, // when
	-0.0941, // where
	0.1115,  // how many
	0.0109,  // how much
	-0.3717, // how long
	-0.0284, // how often
	-0.0299, // why
	-0.9481, // how
	-0.2337, // which
	-0.3858, // what
	-0.5597, // definition
	-0.1643, // yes or no
	-0.1636, // wants anything
	-0.1157, // constant
}
