package corpus_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlainParagraphs(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("A long line that nobody has wrapped. ", 8))
	tests := []struct {
		about, src string
		want       []string
	}{
		{"wrapped lines are joined", "The leaders\nmet  in\u00a0The\nHague.\n \t\nThey left.\n\n\n", []string{"The leaders met in The Hague.", "They left."}},
		{"a sentence that ends a line ends no paragraph where blank lines do", "They met.\nThey left.\n\nThe end.",
			[]string{"They met. They left.", "The end."}},
		{"items are paragraphs", "Three of them\n- one,\n  wrapped\n* two\n• three\n1. four\n2) five\n(3) six\n\nText.",
			[]string{"Three of them", "- one, wrapped", "* two", "• three", "1. four", "2) five", "(3) six", "Text."}},
		{"text below a list is no item", "Why:\n- One.\n- Two.\nThe text goes on\nhere.\n\nEnd.",
			[]string{"Why:", "- One.", "- Two.", "The text goes on here.", "End."}},
		{"an indented line belongs to its item", "Why:\n- One.\n  It is one.\n- Two.\n\nEnd.", []string{"Why:", "- One. It is one.", "- Two.", "End."}},
		{"a dash or number that wrapping put first is no item",
			"The leaders of all the four partners in the region met - as they always do\n- in spring, and in other years on other days such as the one that was day\n10. They left.\n\nEnd.",
			[]string{"The leaders of all the four partners in the region met - as they always do - in spring, and in other years on other days such as the one that was day 10. They left.", "End."}},
		{"without blank lines a line with room left ends a paragraph",
			"The leaders of the four partners met again in the spring of that year, and\ntheir ministers with them.\nThey agreed on little. They did agree on one thing, which is to meet in the\nautumn.\nThey left.",
			[]string{"The leaders of the four partners met again in the spring of that year, and their ministers with them.",
				"They agreed on little. They did agree on one thing, which is to meet in the autumn.", "They left."}},
		{"a full line does not",
			"The leaders of the four partners met again in the spring of that one year.\nTheir ministers came with them, as they had done in all of the years before\nthat one. They agreed on little.",
			[]string{"The leaders of the four partners met again in the spring of that one year. Their ministers came with them, as they had done in all of the years before that one. They agreed on little."}},
		{"unless a heading follows",
			"The leaders of the four partners met again in the spring of that one year.\nThe way ahead\nTheir ministers came with them, as they had done in all of the years before\nthat one. They agreed on little, and the leaders left on the evening of that\nday.",
			[]string{"The leaders of the four partners met again in the spring of that one year.",
				"The way ahead Their ministers came with them, as they had done in all of the years before that one. They agreed on little, and the leaders left on the evening of that day."}},
		{"lines that are not wrapped are paragraphs", long + "\n" + long + "\nwith no full stop\n" + long,
			[]string{long, long, "with no full stop", long}},
		{"a quotation mark may close a sentence", "They met “again.”\nThey left (late!)\nThe end.", []string{"They met “again.”", "They left (late!)", "The end."}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, paragraphs(parse(t, "a.txt", test.src))); diff != "" {
			t.Errorf("%s: %s", test.about, diff)
		}
	}
}

func TestTakeaways(t *testing.T) {
	want := []string{"One of them, wrapped.", "Two."}
	tests := map[string]string{
		"plain.txt":       "Title here\n\nKey Takeaways:\n- One of them,\nwrapped.\n- Two.\n\nText.\n\n- no takeaway",
		"alone.txt":       "Title here\n\nKEY FINDINGS\n\n• One of them, wrapped.\n\n• Two.\n\nText.",
		"marked.txt":      "## Key points ##\n1. One of them, wrapped.\n2. Two.\n\nText.",
		"dense.txt":       "A banner, and\nmore of it:\nAt a glance\n- One of them,\nwrapped.\n- Two.\nThe text begins here. It goes on and on, and it says little that is new, so\nit ends.",
		"heading.md":      "# Title\n\n## Key Messages\n\n- One of *them*,\n  wrapped.\n- [Two](https://example.org/).\n\nText.",
		"bold.md":         "**TL;DR:**\n* One of them, wrapped.\n* Two.\n\nText.",
		"html.md":         "<h2>À retenir</h2><ul><li>One of them, wrapped.</li>\n<li><p>Two.</p></li></ul>\n\nText.",
		"best.md":         "## Highlights\n\n- Not this.\n\n## Key Takeaways\n\n- One of them, wrapped.\n- Two.\n\n## Key Takeaways\n\n- Nor this.",
		"conclusions.txt": "Conclusions:\n- Not this.\n\nMain findings:\n- One of them, wrapped.\n- Two.\n\nRecommendations:\n- Nor this.",
	}
	for name, src := range tests {
		if diff := cmp.Diff(want, takeaways(parse(t, name, src))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, src := range []string{"Key Takeaways:\n\nThere are none.", "In brief\n\nA text.", "- One\n- Two", "Key Takeaways"} {
		if got := takeaways(parse(t, "a.txt", src)); len(got) > 0 {
			t.Errorf("%q has the takeaways %q", src, got)
		}
	}
}
