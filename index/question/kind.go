package question

// A Kind is how a question asks.
type Kind uint8

// The kinds.
const (
	Other      Kind = iota // words to search for: "cost of living in Oslo"
	Who                    // who, whom, whose
	When                   // when, how soon
	Where                  // where
	HowMany                // how many
	HowMuch                // how much, how large, how fast
	HowLong                // how long, how old
	HowOften               // how often
	Why                    // why, how come, what caused
	How                    // how
	Which                  // which agreement, what year
	What                   // what, name the, list
	Definition             // what is a, what does … mean, define
	YesNo                  // did, is, can
)

var kindNames = [...]string{
	"other", "who", "when", "where", "how many", "how much", "how long",
	"how often", "why", "how", "which", "what", "definition", "yes or no",
}

// String returns the kind in words.
func (k Kind) String() string { return kindNames[k] }
