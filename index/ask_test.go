package index

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rapporteur/corpus"
)

func TestAskTheBrief(t *testing.T) {
	docs := newShelf()
	docs.add(brief(t))
	x := fill(t, docs)
	a, err := x.Ask(t.Context(), Question{Text: "who attended The Hague?"})
	if err != nil {
		t.Fatal(err)
	}
	if !a.Answered || len(a.Quotes) == 0 {
		t.Fatalf("no answer: %+v", a)
	}
	first := a.Quotes[0]
	if want := "Christopher Luxon as the only IP4 head of government in attendance"; !strings.Contains(first.Text(), want) {
		t.Errorf("got %q", first.Text())
	}
	if isTakeaway(first.Doc(), first.Span()) {
		t.Error("the takeaway is quoted, not the body")
	}
	if said := texts(a); len(slices.Compact(slices.Sorted(slices.Values(said)))) != len(said) {
		t.Errorf("a sentence comes twice: %q", said)
	}
}

func TestAsk(t *testing.T) {
	docs := newShelf()
	docs.put("café", "The Café’s owner isn't Mr. Élan.", "He sells naïve art in São Paulo.", "- A bullet about tariffs.")
	docs.put("ledger", "Tariffs rose to 10 % in 2025.", "Nobody liked the tariffs.", "A bullet about tariffs.", "Ελλάδα exports olives.", "日本 imports rice.")
	x := fill(t, docs)
	for _, test := range []struct {
		name, question string
		want           []string
	}{
		{"accents", "sao paulo", []string{"He sells naïve art in São Paulo."}},
		{"accents that stand apart", "who is Mr. E\u0301lan", []string{"The Café’s owner isn't Mr. Élan."}},
		{"possessive, straight", "the cafe's", []string{"The Café’s owner isn't Mr. Élan."}},
		{"endings", "a naive seller of arts exporting", []string{"He sells naïve art in São Paulo.", "Ελλάδα exports olives."}},
		{"numbers", "what happened in 2025?", []string{"Tariffs rose to 10 % in 2025."}},
		{"no bullet, no repetition", "bullet", []string{"A bullet about tariffs."}},
		{"Greek", "ΕΛΛΆΔΑ", []string{"Ελλάδα exports olives."}},
		{"Japanese", "日本", []string{"日本 imports rice."}},
		{"nothing in common", "quantum chromodynamics", nil},
		{"stop words only", "who is he and what was that?", nil},
		{"nothing", "", nil},
		{"white space", " \t\n", nil},
		{"emoji", "🤷🏽‍♀️ 🇯🇵", nil},
		{"query syntax", `+text:olives^3 -rice~2 "olives" (olives OR [a TO z]) *`, []string{"Ελλάδα exports olives."}},
		{"SQL", `'; DROP TABLE olives; --`, []string{"Ελλάδα exports olives."}},
		{"not UTF-8", "olives\xff\xfe", []string{"Ελλάδα exports olives."}},
		{"NUL", "olives\x00 \u2028", []string{"Ελλάδα exports olives."}},
		{"a key of the index", "1 0 20 3 ledger", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, ask(t, x, test.question)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Words that ask nothing are looked for, and found where all of them stand.
func TestAskForWords(t *testing.T) {
	docs := newShelf()
	docs.put("tides", "The island built a tidal turbine for four million pounds.", "Its cable crosses the grounds of fishermen.")
	x := fill(t, docs)
	for words, want := range map[string]bool{"turbine": true, "tidal turbines": true, "turbine fishermen": false, "turbine?": false, "the of": false} {
		a, err := x.Ask(t.Context(), Question{Text: words, Threshold: 1, Why: true})
		if err != nil {
			t.Fatal(err)
		}
		if a.Answered != want {
			t.Errorf("%q is found: %v, want %v", words, a.Answered, want)
		}
		if said := a.Why.Short(); strings.Contains(said, "nothing was asked") != want {
			t.Errorf("%q: %s", words, said)
		}
	}
}

func TestAskAnEmptyCorpus(t *testing.T) {
	x := fill(t, newShelf())
	a, err := x.Ask(t.Context(), Question{Text: "who attended?"})
	if err != nil || a.Answered || a.Quotes != nil || a.Passages != nil {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestAskAtLength(t *testing.T) {
	x := fill(t, letters())
	for _, text := range []string{
		strings.Repeat("what does cx stand for? ", 500),
		strings.Repeat("x", 10_000),
		strings.Repeat("日", 10_000),
		longest(),
	} {
		if _, err := x.Ask(t.Context(), Question{Text: text}); err != nil {
			t.Errorf("%.20s…: %v", text, err)
		}
	}
}

// longest returns a question of more distinct words than are looked for.
func longest() string {
	var b strings.Builder
	for i := range 3000 {
		b.WriteString(" cx")
		b.WriteByte("bcdfghjklm"[i%10])
		b.WriteByte("bcdfghjklm"[i/10%10])
		b.WriteByte("bcdfghjklm"[i/100%10])
	}
	return b.String()
}

func TestAskManyTermsTakesTheRarest(t *testing.T) {
	docs := newShelf()
	words := strings.Fields(longest())[:2*maxTerms]
	docs.put("rare", words[0])
	docs.put("common", strings.Join(words[1:], " "))
	docs.put("as common", strings.Join(words[1:], " "))
	x := fill(t, docs)
	got := ask(t, x, strings.Join(words, " "))
	if !slices.Contains(got, words[0]) {
		t.Errorf("the passage with a rare term only is not found: %q", got)
	}
}

func TestAskLimit(t *testing.T) {
	x := fill(t, letters())
	for limit, want := range map[int]int{0: 3, 1: 1, 5: 5, 100: 6, -1: 3} {
		a, err := x.Ask(t.Context(), Question{Text: "summit", Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Quotes) != want || len(a.Passages) != want {
			t.Errorf("limit %d: %d quotes and %d passages, want %d", limit, len(a.Quotes), len(a.Passages), want)
		}
	}
}

func TestAskScope(t *testing.T) {
	x := fill(t, letters())
	for scope, want := range map[string][]string{
		"d":       {"The letter dx stands for summit number d."},
		"nowhere": nil,
	} {
		a, err := x.Ask(t.Context(), Question{Text: "summit cx", Scope: scope})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, texts(a)); diff != "" {
			t.Errorf("%s: %s", scope, diff)
		}
	}
}

func TestAskAboutWhatHasChanged(t *testing.T) {
	docs := newShelf()
	docs.put("a", "Tin was sold at a loss.")
	docs.put("b", "Tin was bought.")
	x := fill(t, docs)
	docs.put("a", "Zinc.") // shorter than the passage that the index knows
	docs.withdraw("b")
	if got := ask(t, x, "tin"); got != nil {
		t.Errorf("got %q of texts that are gone", got)
	}
	mustSync(t, x)
	if diff := cmp.Diff([]string{"Zinc."}, ask(t, x, "zinc")); diff != "" {
		t.Error(diff)
	}
}

func TestAskRemembersPublications(t *testing.T) {
	docs := letters()
	x := fill(t, docs)
	for range 10 {
		ask(t, x, "summit")
	}
	if docs.gets != 6 {
		t.Errorf("the corpus was asked %d times for 6 publications", docs.gets)
	}
}

func TestCacheIsBounded(t *testing.T) {
	docs, ctx := newShelf(), t.Context()
	var c docCache
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		docs.put(id, strings.Repeat("x", cacheSize/2))
		if _, err := c.get(ctx, docs, id, docs.seq); err != nil {
			t.Fatal(err)
		}
		if len(c.young)+len(c.old) > 6 {
			t.Errorf("%d and %d publications are kept", len(c.young), len(c.old))
		}
		if _, err := c.get(ctx, docs, "a", 1); err != nil { // used again and again
			t.Fatal(err)
		}
	}
	if docs.gets != 5 {
		t.Errorf("the corpus was asked %d times", docs.gets)
	}
}

// A lost corpus has a broken disk.
type lost struct{ *shelf }

var errDisk = errors.New("disk is broken")

func (lost) Get(context.Context, string) (*corpus.Doc, error) { return nil, errDisk }

func TestAskALostCorpus(t *testing.T) {
	x := fill(t, lost{letters()})
	if _, err := x.Ask(t.Context(), Question{Text: "summit"}); !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
}

func TestAskWaitsItsTurn(t *testing.T) {
	x := fill(t, letters())
	for range maxAsks {
		x.asks <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Ask(ctx, Question{Text: "summit"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-x.asks
	if got := ask(t, x, "summit"); len(got) == 0 {
		t.Error("no answer although there is room")
	}
}

func TestAskWhileSyncing(t *testing.T) {
	docs := letters()
	x, _ := open(t, t.TempDir(), docs)
	mustSync(t, x)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 * maxAsks {
		wg.Go(func() {
			for {
				a, err := x.Ask(t.Context(), Question{Text: "summit cx"})
				if err != nil || len(a.Quotes) == 0 {
					t.Errorf("got %v, %v", texts(a), err)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for range 20 {
		docs.put("a", "Another summit.", "And one more.")
		mustSync(t, x)
	}
	close(done)
	wg.Wait()
}

func FuzzAsk(f *testing.F) {
	for _, seed := range []string{"", "who attended The Hague?", "cx", `"a" AND b:c^2`, "😀", "\xff", "e\u0301", "’s 's",
		"author:moreau salt", "since:2026-06 in:gazette", `"white gold" "in kind"`, "who wrote this brief?", `when was "mines of the north" published?`,
		"articles by Nobody since June", "title:“the", "What's new since last Friday?", "who wrote the brief on lead?"} {
		f.Add(seed)
	}
	docs := chronicle()
	docs.put("mixed", "Élan’s café. - not a bullet\n\n- 日本 U.S. “Yes.” 1,000.5", "…", "- ", "x\u0301y")
	x, err := OpenMemory(docs, slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { shut(f, x) })
	if err := x.Sync(context.Background()); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, question string) {
		a, err := x.Ask(t.Context(), Question{Text: question, Why: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Quotes) > usualLimit || a.Answered && len(a.Quotes)+len(a.Facts) == 0 || a.Answered && a.Missing != nil {
			t.Errorf("answered %v with %d quotes, %d facts, missing %q", a.Answered, len(a.Quotes), len(a.Facts), a.Missing)
		}
		a.Why.Long()
		for _, q := range a.Quotes {
			if q.Focus.Start < 0 || q.Focus.End < q.Focus.Start || q.Focus.End > len(q.Text()) {
				t.Errorf("the focus %v of %q", q.Focus, q.Text())
			}
			if strings.TrimSpace(q.Text()) != q.Text() || q.Score <= 0 || q.Score > 1 {
				t.Errorf("quote %q with score %v", q.Text(), q.Score)
			}
		}
	})
}
