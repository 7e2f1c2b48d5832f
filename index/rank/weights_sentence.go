// Written by go run ./index/train sentences ../shared/eval/data/squad1rest; do not edit.

package rank

// sentenceWeights is what each feature counts.
var sentenceWeights = [...]float64{
	3.3748,  // passage score
	-2.7802, // passage gap
	0.4781,  // passage rank
	1.8453,  // passage cover
	3.0964,  // publication score
	2.6348,  // exact
	2.0980,  // stem
	-1.3595, // cover gap
	0.2274,  // best in passage
	0.9026,  // near
	5.4004,  // synonym
	2.4464,  // wider
	3.3604,  // special
	4.5084,  // country
	4.3316,  // similar
	-0.6596, // all
	0.8282,  // names
	0.2379,  // numbers
	0.1619,  // focus
	0.9794,  // others
	4.4220,  // missing before
	2.7550,  // missing two before
	1.2203,  // missing after
	2.3218,  // missing at start
	-4.0463, // missing around
	3.3237,  // missing in title
	1.5643,  // names around
	-1.8453, // missing everywhere
	0.0903,  // pronoun
	1.5737,  // pronoun, missing before
	0.1376,  // in order
	2.4389,  // pairs
	0.4188,  // tight
	2.0325,  // around
	-1.0171, // who: name
	0.9906,  // who: names
	0.8017,  // who: agent
	0.3486,  // who: title
	1.8754,  // when: year
	0.6677,  // when: month
	-0.2360, // when: number
	-0.6268, // where: name
	1.0492,  // where: located
	0.1648,  // where: place
	0.6401,  // how many: number
	1.0191,  // how many: unit
	1.8176,  // how many: money
	0.2534,  // why: cause
	0.6388,  // how: manner
	0.0580,  // what: name
	-0.3237, // what: number
	0.2149,  // what: quoted
	-1.0104, // none of the kind
	0.1841,  // first
	0.5180,  // last
	-1.2023, // position
	0.0823,  // alone
	-2.3548, // length
	0.3172,  // short
	0.0376,  // long
	0.4528,  // echo
	-9.5171, // nothing new
	-6.4653, // asks
	-0.2782, // stranger
}
