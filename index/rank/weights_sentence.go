// Written by go run ./index/train sentences ../shared/eval/data/squad1rest; do not edit.

package rank

// sentenceWeights is what each feature counts.
var sentenceWeights = [...]float64{
	2.5948,  // passage score
	-2.2566, // passage gap
	0.5292,  // passage rank
	1.8642,  // passage cover
	0.3305,  // passage names
	1.7411,  // passage exact
	2.8081,  // passage pairs
	0.6341,  // passage best cover
	-4.4888, // passage density
	0.3895,  // passage spread
	0.4461,  // passage rarest
	3.2064,  // publication score
	1.6502,  // exact
	1.9507,  // stem
	-1.3066, // cover gap
	0.2660,  // best in passage
	0.3349,  // near
	5.1164,  // synonym
	2.7037,  // wider
	3.2706,  // special
	2.8980,  // country
	4.6302,  // similar
	-0.5742, // all
	0.1651,  // names
	0.2044,  // numbers
	0.5209,  // focus
	0.4587,  // others
	4.1483,  // missing before
	2.4641,  // missing two before
	0.9820,  // missing after
	2.2344,  // missing at start
	-5.4912, // missing around
	3.9610,  // missing in title
	0.9013,  // names around
	-1.9773, // missing everywhere
	0.1151,  // pronoun
	1.4090,  // pronoun, missing before
	0.4242,  // in order
	1.0738,  // pairs
	0.4896,  // tight
	1.0331,  // around
	0.4738,  // who
	1.0989,  // who: sure
	0.0708,  // who: near
	1.0783,  // body
	0.1600,  // body: sure
	-0.1540, // body: near
	0.4213,  // where
	1.5559,  // where: sure
	-0.7695, // where: near
	-0.8178, // name
	0.5543,  // name: sure
	0.2096,  // name: near
	0.4912,  // when
	2.1770,  // when: sure
	0.1431,  // when: near
	0.5423,  // how many
	1.9749,  // how many: sure
	0.9842,  // how many: near
	0.6094,  // why
	0.2007,  // why: sure
	0.4753,  // why: near
	-0.3210, // how
	0.7024,  // how: sure
	0.2310,  // how: near
	-0.5483, // meaning
	3.7134,  // meaning: sure
	-0.5483, // meaning: near
	0.5500,  // fits
	-0.0354, // near and sure
	-0.5761, // none of the kind
	-0.2613, // what: name
	-0.4522, // what: number
	0.2088,  // what: quoted
	0.2221,  // first
	0.4480,  // last
	-1.0842, // position
	0.2518,  // alone
	-2.2014, // length
	0.2847,  // short
	-0.1249, // long
	0.8420,  // echo
	-9.2282, // nothing new
	-6.1961, // asks
	-0.2767, // stranger
}
