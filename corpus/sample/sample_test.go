package sample_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
	"rapporteur/corpus/sample"
)

func fetch(t *testing.T) *corpus.Doc {
	t.Helper()
	docs, next, err := sample.New().Fetch(t.Context(), nil)
	if err != nil || len(docs) != 1 || next != nil {
		t.Fatalf("%d publications, state %q, %v", len(docs), next, err)
	}
	if err := docs[0].Check(); err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

func TestSampleNamesItsAuthor(t *testing.T) {
	d := fetch(t)
	got := []any{sample.New().Name(), d.ID, d.Title, d.Authors, d.Language, d.URL, d.Published}
	want := []any{"sample", "sample/the-hague-and-the-ip4", "The NATO Summit in The Hague and the Indo-Pacific Four",
		[]string{"Francesca Frassineti"}, "en", "", time.Time{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// ends is how a paragraph begins and ends.
type ends struct{ Begins, Ends string }

func TestSampleHasTheParagraphsOfItsAuthor(t *testing.T) {
	d := fetch(t)
	want := []ends{
		{"Stay informed about our latest news,", "& uploads:"},
		{"Key Takeaways:", "Key Takeaways:"},
		{"- Trump's cannibalisation", "Australia, and New Zealand."},
		{"- The decision of Australian", "their partnerships with NATO."},
		{"- Yet, in the absence", "NATO-Indo-Pacific partnership framework."},
		{"Passing by the skin of one’s teeth.", "last year’s Washington declaration."},
		{"Trump's cannibalisation of the", "Indo-Pacific security theatres are."},
		{"The decision of Australian PM", "a hastily organised meeting."},
		{"Attempts to read the IP4", "securing the agreement with Rutte."},
		{"As NATO allies have pledged", "in support of collective security."},
		{"Significant progress has been made", "within the Indo-Pacific region."},
		{"As Secretary-General Rutte pushes", "Cooperation Initiative remains limited."},
		{"Francesca Frassineti teaches History", "for Political Studies (ISPI)."},
	}
	var got []ends
	for p := range d.Paragraphs() {
		text := d.Quote(p).Text()
		if i := len(got); i < len(want) && strings.HasPrefix(text, want[i].Begins) && strings.HasSuffix(text, want[i].Ends) {
			got = append(got, want[i])
			continue
		}
		got = append(got, ends{text[:min(40, len(text))], text[max(0, len(text)-40):]})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSampleHasThreeTakeaways(t *testing.T) {
	d := fetch(t)
	var begin []string
	for _, s := range d.Takeaways {
		q := d.Quote(s)
		if strings.Contains(q.Text(), "\n") || !strings.HasSuffix(q.Text(), ".") {
			t.Errorf("takeaway %q", q.Text())
		}
		begin = append(begin, strings.Join(strings.Fields(q.Text())[:2], " "))
	}
	if diff := cmp.Diff([]string{"Trump's cannibalisation", "The decision", "Yet, in"}, begin); diff != "" {
		t.Error(diff)
	}
}

func TestSampleSaysWhatTheFileSays(t *testing.T) {
	src, err := os.ReadFile("brief.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join(strings.Fields(string(src)), " ")
	if got := strings.Join(strings.Fields(fetch(t).Text), " "); got != want {
		t.Error(cmp.Diff(want, got))
	}
}

func TestSampleIsTheFileThatCame(t *testing.T) {
	came, err := os.ReadFile("../../../shared/corpus/brief.txt")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("../shared/corpus/brief.txt is not here to compare with")
	}
	kept, err2 := os.ReadFile("brief.txt")
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(came, kept) {
		t.Error("brief.txt is not the file that came")
	}
}
