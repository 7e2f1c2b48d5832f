package question_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
	"rapporteur/index/question"
)

var update = flag.Bool("update", false, "write down what is understood now")

const known = "testdata/questions.txt"

func TestQuestions(t *testing.T) {
	data, err := os.ReadFile(known)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	count := 0
	for line := range strings.Lines(string(data)) {
		text, _, isQuestion := strings.Cut(line, " | ")
		if !isQuestion || strings.HasPrefix(line, "#") {
			got.WriteString(line)
			continue
		}
		count++
		q := question.Parse(text, noon)
		fmt.Fprintln(&got, strings.TrimSuffix(fmt.Sprintf("%s | %v | %v | %s", text, q.Kind, q.Wants, q.Focus), " | "))
	}
	if *update {
		if err := os.WriteFile(known, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(data), got.String()); diff != "" {
		t.Errorf("questions are understood otherwise (-want +got):\n%s", diff)
	}
	if count < 200 {
		t.Errorf("%d questions are too few to tell", count)
	}
}

func TestNames(t *testing.T) {
	for _, test := range []struct{ text, names, content string }{
		{"Who attended The Hague?", "Hague", "attended hague"},
		{"When was the Bank of England founded?", "Bank of England", "bank england founded"},
		{"Which prize did Ludwig van Beethoven win in May?", "Ludwig van Beethoven", "prize ludwig beethoven win may"},
		{"What is the IP4?", "IP4", "ip4"},
		{"How many U.S. bases are in Japan's south?", "U.S. | Japan", "u.s. bases japan south"},
		{"Tesla was born where?", "Tesla", "tesla born"},
		{"WHO WON THE CUP IN 1998?", "", "won cup 1998"},
		{"Super Bowl 50 was played where?", "Super Bowl 50", "super bowl 50 played"},
		{"what is the name of the treaty?", "", "treaty"},
		{"How many seats has the V&A's hall?", "V&A", "seats v&a hall"},
		{"What do the briefs say about tin?", "", "tin"},
		{"What is said about tin?", "", "tin"},
		{"What has been written about tin?", "", "tin"},
		{"Can you tell me please why it rains?", "", "rains"},
	} {
		q := question.Parse(test.text, noon)
		var content []string
		for _, w := range q.Words {
			if w.Content {
				content = append(content, w.Lower)
			}
		}
		got := [2]string{strings.Join(q.Names, " | "), strings.Join(content, " ")}
		if diff := cmp.Diff([2]string{test.names, test.content}, got); diff != "" {
			t.Errorf("names and content of %q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestPhrasesYearsAndNegation(t *testing.T) {
	q := question.Parse(`Who did not call it "a bad deal," or “a farce”, in 1994?`, noon)
	got := fmt.Sprintf("%q %v %v", q.Phrases, q.Years, q.Negated)
	if want := `["a bad deal" "a farce"] [1994] true`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFilters(t *testing.T) {
	for _, test := range []struct{ text, rest, filters string }{
		{"author:Frassineti who came?", "who came?", "by Frassineti"},
		{`author:"Ada Moreau" title:"The Hague" who came?`, "who came?", `by Ada Moreau, titled "The Hague"`},
		{"who came? since:2025-06 before:2026", "who came?", "since 1 June 2025, before 1 January 2026"},
		{"who came in:ip4-feed?", "who came?", "in ip4-feed"},
		{"in:2025 who came?", "who came?", "in 2025"},
		{"Since: june who came?", "who came?", "since 1 June 2026"},
		{"articles since June about NATO", "articles about NATO", "since 1 June 2026"},
		{"What do briefs from 2025 say about tin?", "What do briefs say about tin?", "in 2025"},
		{"Which papers published before last year discuss tin?", "Which papers discuss tin?", "before 1 January 2025"},
		{"publications in the last two weeks", "publications", "since 9 November 2026"},
		{"What's new on Korea since May?", "What's new on Korea?", "since 1 May 2026"},
		{"What has been published on tin this month?", "What has been published on tin?", "in November 2026"},
		{"What has been published on tin since last Friday?", "What has been published on tin?", "since 20 November 2026"},
		{"articles by Ada Moreau on tin", "articles on tin", "by Ada Moreau"},
		{"What does the brief by Frassineti say?", "What does the brief say?", "by Frassineti"},
		{"articles about the summit by Frassineti", "articles about the summit", "by Frassineti"},
		{"briefs from 3 June 2026", "briefs", "on 3 June 2026"},
		{"briefs from December", "briefs", "in December 2025"},

		{"Who has governed since 1999?", "Who has governed since 1999?", ""},
		{"What did the bank publish this month?", "What did the bank publish this month?", ""},
		{"List the rivers of Asia since May", "List the rivers of Asia since May", ""},
		{"How many papers were published in 1905?", "How many papers were published in 1905?", ""},
		{"How many articles since June mention tin?", "How many articles since June mention tin?", ""},
		{"Which papers in 1905 made Einstein famous?", "Which papers in 1905 made Einstein famous?", ""},
		{"Which scientific papers since 2020 were withdrawn?", "Which scientific papers since 2020 were withdrawn?", ""},
		{"What was said by Frassineti?", "What was said by Frassineti?", ""},
		{"Which books were written by Dickens?", "Which books were written by Dickens?", ""},
		{"What happened in May, according to Moreau?", "What happened in May, according to Moreau?", ""},
		{"What fell by May 2025?", "What fell by May 2025?", ""},
		{"is 10:30 in: or out?", "is 10:30 in: or out?", ""},
	} {
		q := question.Parse(test.text, noon)
		var filters []string
		for _, f := range q.Filters {
			filters = append(filters, f.String())
		}
		if diff := cmp.Diff([2]string{test.rest, test.filters}, [2]string{q.Text, strings.Join(filters, ", ")}); diff != "" {
			t.Errorf("rest and filters of %q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestFiltersThatMakeNoSense(t *testing.T) {
	for _, test := range []struct{ text, problem string }{
		{"since:someday what happened?", "since:someday is no date that I know; write since:2026, since:2026-06 or since:2026-06-30."},
		{"before:2026-13 what happened?", "before:2026-13 is no date that I know; write before:2026, before:2026-06 or before:2026-06-30."},
		{"what happened? author:", `author: has nothing behind it; write author:Moreau or author:"Ada Moreau".`},
	} {
		q := question.Parse(test.text, noon)
		if diff := cmp.Diff([]string{test.problem}, q.Problems); diff != "" || len(q.Filters) > 0 || q.Text != "what happened?" {
			t.Errorf("%q leaves %q, the filters %v and (-want +got):\n%s", test.text, q.Text, q.Filters, diff)
		}
	}
}

func TestAllows(t *testing.T) {
	doc := &corpus.Doc{Title: "Passing by the Skin of One’s Teeth", Authors: []string{"Ada Moreau", "Gabriele Frassinéti"}, Source: "ip4-feed",
		Published: time.Date(2025, 7, 1, 9, 0, 0, 0, time.UTC)}
	for _, test := range []struct {
		filter string
		want   bool
	}{
		{"author:frassineti", true},
		{`author:"ada moreau"`, true},
		{"author:Ada title:teeth", true},
		{"author:Mor", false},
		{`title:"skin of one's teeth"`, true},
		{"in:ip4-feed", true},
		{"in:other", false},
		{"in:2025", true},
		{"in:2025-07", true},
		{"since:2025-07-01", true},
		{"since:2025-07-02", false},
		{"before:2025-07-02", true},
		{"before:2025-07-01", false},
	} {
		ok := true
		for _, f := range question.Parse(test.filter, noon).Filters {
			ok = ok && f.Allows(doc)
		}
		if ok != test.want {
			t.Errorf("%s lets the publication pass: %v", test.filter, ok)
		}
	}
	if f := question.Parse("since:2020", noon).Filters[0]; f.Allows(&corpus.Doc{}) {
		t.Error("a publication without a date passed since:2020")
	}
}

func TestAbout(t *testing.T) {
	for _, test := range []struct {
		text string
		want question.About
	}{
		{"Who wrote this brief?", question.About{Asks: question.AboutAuthor}},
		{"who is the author?", question.About{Asks: question.AboutAuthor}},
		{"Who is this article by?", question.About{Asks: question.AboutAuthor}},
		{"By whom was this report written?", question.About{Asks: question.AboutAuthor}},
		{"author of this brief", question.About{Asks: question.AboutAuthor}},
		{`Who is the author of "The Hague"?`, question.About{Asks: question.AboutAuthor, Title: "The Hague"}},
		{`Who wrote the brief “The Hague”?`, question.About{Asks: question.AboutAuthor, Title: "The Hague"}},
		{"Who wrote the brief on the summit?", question.About{Asks: question.AboutAuthor, Topic: "the summit"}},
		{"When was it published?", question.About{Asks: question.AboutDate}},
		{"When was this brief released?", question.About{Asks: question.AboutDate}},
		{"when did this article come out", question.About{Asks: question.AboutDate}},
		{`When was "The Hague" published?`, question.About{Asks: question.AboutDate, Title: "The Hague"}},
		{"What is the publication date of this brief?", question.About{Asks: question.AboutDate}},
		{"Please tell me when this brief was published.", question.About{Asks: question.AboutDate}},
		{"How old is this article?", question.About{Asks: question.AboutDate}},
		{"What is the title of this brief?", question.About{Asks: question.AboutTitle}},
		{"What is this brief called?", question.About{Asks: question.AboutTitle}},
		{"Who published this paper?", question.About{Asks: question.AboutSource}},
		{"Where was this article published?", question.About{Asks: question.AboutSource}},

		{"Who wrote Hamlet?", question.About{}},
		{"Who wrote the report on the famine?", question.About{}},
		{"Who is the author of Dracula?", question.About{}},
		{"When was the Origin of Species published?", question.About{}},
		{"When was it founded?", question.About{}},
		{"When was this war fought?", question.About{}},
		{"What is the title of her first novel?", question.About{}},
		{"What is this brief about?", question.About{}},
		{"Who published the first atlas?", question.About{}},
		{"Where was the treaty published?", question.About{}},
	} {
		if diff := cmp.Diff(test.want, question.Parse(test.text, noon).About); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
