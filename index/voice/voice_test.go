package voice_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/index/voice"
)

var sentences = []struct{ text, want string }{
	// the author's own claims
	{"The harbour was rebuilt in 1921.", ""},
	{"Tin prices fell by a third between March and May.", ""},
	{"The ministry says nothing of the cost.", ""},
	{"We argue that the treaty failed because nobody had paid for it.", ""},
	{"I believe that this was a mistake.", ""},
	{"Our report noted that prices were rising.", ""},
	{"It is clear that the valley will flood again.", ""},
	{"The so-called “iron road” crosses two borders.", ""},
	{"She wrote three novels and a play.", ""},
	{"The company announced its results on Friday.", ""},
	{"The band released “The Long Way Home” in 1987.", ""},
	{"He told nobody.", ""},
	{"The judge called two witnesses.", ""},
	{"According to plan, the bridge opened in June.", ""},
	{"The states signed the pact in spring.", ""},
	{"Its claims to the island rest on old maps.", ""},
	{"The survey asked farmers about rain.", ""},
	{"Officials met in Geneva on Tuesday.", ""},
	{"The sign described the way to the mill.", ""},
	{"This suggests that demand was weaker than supply.", ""},
	{"The council should say why the plan was dropped.", ""},
	{"What the minister said is not known.", ""},
	{"Reports of the flood reached the capital late.", ""},
	{"I’d argue that the harbour needs no wall.", ""},
	{"Let's say that a valve is broken.", ""},
	{"Maybe say the same words in “a slightly different order than before”.", ""},
	{"We built a tool, called Samwise, to count the fish.", ""},
	{"The text was cut according to its length.", ""},
	{"The money was to go to the new owners in the new account.", ""},
	{"This chapter explains how the mill works.", ""},
	{"In view of the snow, the pass was closed.", ""},

	// somebody's claim, reported
	{"Ruth Amadi said that the plant would open in spring.", "reporting Ruth Amadi"},
	{"Ruth Amadi said the plant would open in spring.", "reporting Ruth Amadi"},
	{"The plant would open in spring, Ruth Amadi said.", "reporting Ruth Amadi"},
	{"The plant, Amadi said, would open in spring.", "reporting Amadi"},
	{"The plant would open in spring, said Ruth Amadi.", "reporting Ruth Amadi"},
	{"According to Ruth Amadi, the plant will open in spring.", "reporting Ruth Amadi"},
	{"The plant will open in spring, according to the energy ministry.", "reporting the energy ministry"},
	{"The energy ministry has repeatedly stated that the grid is safe.", "reporting The energy ministry"},
	{"Minister Amadi warned that the grid could fail.", "reporting Minister Amadi"},
	{"Bo Lindqvist, a professor at Uppsala, argued that tides are underrated.", "reporting Bo Lindqvist"},
	{"Critics claim the dam was never needed.", "reporting Critics"},
	{"Some believe that the letters are forged.", "reporting Some"},
	{"Many economists think that the tax is too low.", "reporting Many economists"},
	{"He later admitted that the figures were wrong.", "reporting He"},
	{"However, the union insisted that talks were over.", "reporting the union"},
	{"In Lindqvist’s view, the data prove little.", "reporting Lindqvist"},
	{"In the opinion of the court, the contract was void.", "reporting the court"},
	{"As Amadi explained, the currents are stronger in winter.", "reporting Amadi"},
	{"It was argued by Lindqvist that the sea would rise.", "reporting Lindqvist"},
	{"The king is said to have died of fever.", "reporting somebody"},
	{"It is believed that the mill burnt down in 1770.", "reporting somebody"},
	{"On Monday, the bank announced that rates would stay.", "reporting the bank"},
	{"Speaking in Oslo, the envoy stressed that the talks had not failed.", "reporting the envoy"},
	{"At the last forum, Trade Secretary Ann Osei reaffirmed that tariffs would fall.", "reporting Trade Secretary Ann Osei"},
	{"The 2019 study concluded that the fish had left the bay.", "reporting The 2019 study"},
	{"The auditors confirmed on Thursday that funds were missing.", "reporting The auditors"},
	{"A spokesman told reporters that nobody was hurt.", "reporting A spokesman"},
	{"Scientists predict that the glacier will be gone by 2050.", "reporting Scientists"},
	{"Smith and Jones (2004) found that sleep matters, but Wu denied that it does.", "reporting Wu"},
	{"Residents feared that the well would run dry.", "reporting Residents"},

	// somebody quoted
	{"“The plant will open in spring,” said Ruth Amadi.", "quoting Ruth Amadi"},
	{"“The plant will open in spring,” Ruth Amadi said.", "quoting Ruth Amadi"},
	{"Ruth Amadi said: “The plant will open in spring.”", "quoting Ruth Amadi"},
	{"Ruth Amadi said, \"We have waited long enough for this.\"", "quoting Ruth Amadi"},
	{"\"Nobody asked the fishermen about it,\" he added.", "quoting he"},
	{"The envoy called the deal “a victory for common sense”.", "quoting The envoy"},
	{"Lindqvist wrote that tides are “the most honest of all powers”.", "quoting Lindqvist"},
	{"According to Amadi, the grid “has been neglected for forty years”.", "quoting Amadi"},
	{"“It rained for nine weeks,” recalls the miller, “and then it froze.”", "quoting the miller"},
	{"The report describes the harbour as “a place that time forgot”.", "quoting The report"},
	{"“We have waited for forty years,” said Amadi at the opening.", "quoting Amadi"},
	{"“We shall not sign what we have not read,” the delegation declared in Lima.", "quoting the delegation"},
	{"As Amadi put it, “the sea does not wait for anyone”.", ""},
}

func TestOf(t *testing.T) {
	if len(sentences) < 60 {
		t.Errorf("%d sentences are too few to tell", len(sentences))
	}
	for _, test := range sentences {
		if diff := cmp.Diff(test.want, voice.Of(test.text).String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.text, diff)
		}
	}
}

// Who is said to have said something stands in the sentence.
func FuzzOf(f *testing.F) {
	for _, test := range sentences {
		f.Add(test.text)
	}
	for _, odd := range []string{"", "said", "“", "according to", "as — said, said X", "in the view of “", "X, , said"} {
		f.Add(odd)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := voice.Of(text)
		for _, word := range strings.Fields(v.Who) {
			if !strings.Contains(text, word) {
				t.Errorf("%q is not in %q", word, text)
			}
		}
		if v.Kind == voice.Own && v.Who != "" {
			t.Errorf("the author's own claim is by %q", v.Who)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		voice.Of(sentences[i%len(sentences)].text)
	}
}
