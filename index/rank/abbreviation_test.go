package rank

import "testing"

func TestX(t *testing.T) {
	var w Words
	for _, s := range []string{"the Indo-Pacific Four (IP4) met", "the Defense Acquisition Program Administration (DAPA) Minister", "European Court of Auditors (ECA)", "in the year (2025) the X", "a member (US) of", "the North Atlantic Treaty Organization (NATO)"} {
		t.Log(s, len(w.Abbreviations(s)))
	}
}
