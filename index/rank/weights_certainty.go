// Written by go run ./index/train certainty ../shared/eval/data/squad1rest; do not edit.

package rank

// certaintyWeights is what each feature counts.
var certaintyWeights = [...]float64{
	0.1290,  // passage score
	0.1631,  // passage gap
	-0.1479, // passage rank
	-0.0580, // passage cover
	0.0613,  // passage names
	0.0963,  // passage exact
	-0.3143, // passage pairs
	-0.1670, // passage best cover
	1.6474,  // passage density
	0.4609,  // passage spread
	0.0085,  // passage rarest
	0.0598,  // publication score
	0.2028,  // exact
	-0.0289, // stem
	-0.1626, // cover gap
	-0.2018, // best in passage
	-0.3256, // near
	1.4544,  // synonym
	0.2646,  // wider
	1.3248,  // special
	0.1971,  // country
	1.7967,  // similar
	0.1938,  // all
	0.0367,  // names
	-0.0175, // numbers
	-0.0978, // focus
	-0.1764, // others
	-0.6945, // missing before
	-0.3910, // missing two before
	-0.4811, // missing after
	1.6523,  // missing at start
	-1.1875, // missing around
	-0.7761, // missing in title
	0.2534,  // names around
	-1.2125, // missing everywhere
	-0.0052, // pronoun
	0.1671,  // pronoun, missing before
	0.1936,  // in order
	0.0074,  // pairs
	0.0851,  // tight
	0.0618,  // around
	-0.0476, // who
	-0.0414, // who: sure
	-0.1432, // who: near
	-0.4306, // body
	-0.1633, // body: sure
	0.1784,  // body: near
	-0.3754, // where
	-0.2120, // where: sure
	0.1099,  // where: near
	0.3346,  // name
	-0.1912, // name: sure
	-0.7846, // name: near
	-0.3508, // when
	-0.0763, // when: sure
	-0.0966, // when: near
	-0.0122, // how many
	-0.2332, // how many: sure
	-0.2167, // how many: near
	0.5672,  // why
	0.2222,  // why: sure
	-1.1014, // why: near
	0.2877,  // how
	-0.0679, // how: sure
	-0.2109, // how: near
	0.1766,  // meaning
	-0.3413, // meaning: sure
	0.1766,  // meaning: near
	0.0233,  // fits
	0.2647,  // near and sure
	-0.3332, // none of the kind
	-0.0783, // what: name
	0.0073,  // what: number
	-0.0158, // what: quoted
	-0.0819, // first
	0.0571,  // last
	-0.4589, // position
	-0.5733, // alone
	-0.9881, // length
	0.6329,  // short
	0.1276,  // long
	-0.1479, // echo
	0.0000,  // nothing new
	0.0000,  // asks
	-0.8851, // stranger
	1.3985,  // chance
	2.1234,  // odds
	0.1646,  // score
	0.0099,  // quote cover
	0.4780,  // quote cover, loosely
	0.1004,  // quote count
	-0.0580, // passage cover
	0.3738,  // passage cover, loosely
	-0.0002, // passage count
	0.4683,  // all covered
	-0.1426, // rarest
	0.0085,  // rarest around
	-0.0164, // names covered
	0.0613,  // names around
	-1.1673, // names absent
	-0.8338, // numbers absent
	-0.0790, // name in question
	-0.2636, // others absent
	-4.8953, // few terms
	-2.4393, // other
	-0.4454, // who
	-0.5929, // when
	-0.0354, // where
	-0.6000, // how many
	-0.1759, // how much
	-0.7880, // how long
	-0.0782, // how often
	-0.1750, // why
	-0.9521, // how
	-0.1751, // which
	-0.3150, // what
	-0.2303, // definition
	-0.2414, // yes or no
	-0.2078, // wants anything
	-0.1135, // constant
}
