package corpus

// takeaways returns the range of paras that are the publication's own key
// takeaways: the list below a heading that announces them. Of several such
// lists it is the one whose heading says so most plainly, then the first.
func takeaways(paras []para) (from, to int) {
	best := 0
	for i, p := range paras {
		trust := Announces(p.text)
		if trust <= best {
			continue
		}
		end := i + 1
		for end < len(paras) && paras[end].item {
			end++
		}
		if end > i+1 {
			from, to, best = i+1, end, trust
		}
	}
	return from, to
}
