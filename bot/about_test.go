package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"rapporteur/corpus"
)

// What stands at an address is shown however old it is, and in whatever dress
// the address was passed on.
func TestPreviewOfAnAddress(t *testing.T) {
	w := newWorld(t)
	var docs []*corpus.Doc
	for i := range 1000 {
		id := fmt.Sprintf("n%d", i)
		docs = append(docs, &corpus.Doc{ID: id, URL: "https://www.example.org/" + id, Title: "On " + id, Text: "The text of " + id + "."})
	}
	w.arrive(docs...)
	for address, want := range map[string]string{
		"https://www.example.org/n0":                        "On n0",
		"http://example.org/n1/?utm_source=mail&utm_term=x": "On n1",
		"https://example.org/n999#top":                      "On n999",
		"n5":                                                "On n5",
		"https://example.org/n1000":                         "",
		"https://other.example/n1":                          "",
	} {
		m := w.say("hall", "preview", address)
		if m.Empty() != (want == "") || want != "" && m.Quotes[0].Doc().Title != want || strings.HasPrefix(m.Text, "New publication") {
			t.Errorf("%s: %+v, want %q", address, m, want)
		}
	}
}
