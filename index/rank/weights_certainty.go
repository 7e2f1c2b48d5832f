// Written by go run ./index/train certainty ../shared/eval/data/squad1rest; do not edit.

package rank

// certaintyWeights is what each feature counts.
var certaintyWeights = [...]float64{
	0.6239,  // passage score
	-0.8168, // passage gap
	-0.1502, // passage rank
	-0.1605, // passage cover
	0.0845,  // publication score
	0.3744,  // exact
	-0.1666, // stem
	-0.2563, // cover gap
	-0.1015, // best in passage
	-0.3241, // near
	1.0304,  // synonym
	-0.4311, // wider
	0.8673,  // special
	-2.1596, // country
	1.7706,  // similar
	0.5362,  // all
	-0.0069, // names
	-0.0022, // numbers
	-0.2075, // focus
	0.0353,  // others
	-0.8165, // missing before
	-0.6819, // missing two before
	-0.4476, // missing after
	1.6602,  // missing at start
	-0.9218, // missing around
	-0.8270, // missing in title
	0.2142,  // names around
	-0.8099, // missing everywhere
	-0.0980, // pronoun
	0.1030,  // pronoun, missing before
	0.1765,  // in order
	-0.3269, // pairs
	0.1836,  // tight
	-0.4529, // around
	-0.3294, // who: name
	-0.1208, // who: names
	0.0461,  // who: agent
	0.1074,  // who: title
	0.3019,  // when: year
	-0.2216, // when: month
	-0.4112, // when: number
	-0.4073, // where: name
	-0.1062, // where: located
	0.2842,  // where: place
	-0.0161, // how many: number
	-0.3677, // how many: unit
	-0.2215, // how many: money
	-1.2379, // why: cause
	-0.1382, // how: manner
	-0.1935, // what: name
	0.0057,  // what: number
	0.0324,  // what: quoted
	-0.2668, // none of the kind
	-0.0400, // first
	0.0917,  // last
	-0.3948, // position
	-0.2924, // alone
	-0.9775, // length
	0.3518,  // short
	0.1383,  // long
	-0.0240, // echo
	0.0000,  // nothing new
	0.0000,  // asks
	-1.1351, // stranger
	1.6399,  // chance
	1.9779,  // odds
	0.2977,  // score
	-0.0131, // quote cover
	0.5804,  // quote cover, loosely
	0.0304,  // quote count
	-0.1605, // passage cover
	0.4642,  // passage cover, loosely
	-0.1271, // passage count
	0.2181,  // all covered
	-0.0216, // rarest
	0.0361,  // rarest around
	0.0486,  // names covered
	0.0247,  // names around
	-1.1646, // names absent
	-0.5452, // numbers absent
	0.0496,  // name in question
	-0.3907, // others absent
	-5.5894, // few terms
	-0.2568, // who
	-0.4738, // when
	-0.0677, // where
	0.0459,  // how many
	-0.1496, // why
	-1.0219, // how
	-0.2686, // what
	-0.7767, // yes or no
	-0.0998, // constant
}
