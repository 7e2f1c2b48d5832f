package lexicon

// IsFunction reports whether word, in small letters, only holds an English
// question or sentence together: an article, a pronoun, a preposition, a
// conjunction, an auxiliary, a question word, or what is left of a contraction.
// Such words tell what kind of answer is wanted, not what it is about. "us" is
// one, as a word in small letters.
func IsFunction(word string) bool {
	switch word {
	case "a", "an", "the", "this", "that", "these", "those", "such", "some", "any", "each", "every", "either", "neither",
		"no", "not", "nor", "none", "all", "both", "same", "own", "other", "another",
		"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours", "yourself",
		"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself",
		"they", "them", "their", "theirs", "themselves", "one", "ones", "somebody", "someone", "something", "anybody",
		"anyone", "anything", "nobody", "nothing", "everybody", "everyone", "everything", "there", "here":
		return true
	case "who", "whom", "whose", "what", "which", "when", "where", "why", "how", "whether", "whoever", "whatever",
		"whichever", "whenever", "wherever", "however",
		"be", "am", "is", "are", "was", "were", "been", "being", "have", "has", "had", "having", "do", "does", "did", "done",
		"doing", "can", "could", "may", "might", "must", "shall", "should", "will", "would", "ought", "let",
		"cannot", "isn", "aren", "wasn", "weren", "don", "doesn", "didn", "hasn", "haven", "hadn", "wouldn",
		"couldn", "shouldn", "ain", "ll", "ve", "re", "im", "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't",
		"didn't", "hasn't", "haven't", "hadn't", "won't", "wouldn't", "can't", "couldn't", "shouldn't", "i'm", "i've",
		"i'd", "i'll", "it's", "he's", "she's", "they're", "we're", "you're", "that's", "there's", "what's", "who's",
		"where's", "when's", "how's", "let's":
		return true
	case "of", "in", "on", "at", "by", "for", "from", "to", "into", "onto", "with", "within", "without", "about", "above",
		"across", "after", "against", "along", "among", "around", "as", "before", "behind", "below", "beneath", "beside",
		"besides", "between", "beyond", "but", "despite", "down", "during", "except", "inside", "like", "near", "off",
		"out", "outside", "over", "past", "per", "since", "than", "through", "throughout", "toward", "towards", "under",
		"until", "till", "unto", "up", "upon", "via",
		"and", "or", "if", "because", "although", "though", "unless", "while", "whereas", "so", "then", "else", "thus",
		"therefore", "also", "too", "very", "just", "only", "even", "ever", "yet", "still", "again", "please", "s", "t", "d", "m":
		return true
	}
	return false
}
