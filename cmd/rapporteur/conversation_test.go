package main

import (
	"bytes"
	"flag"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rapporteur/bot"
	"rapporteur/bot/console"
)

var update = flag.Bool("update", false, "write what the bot says now into the conversations")

// TestConversations plays the conversations in bot/testdata against the real
// corpus, index and bot at a terminal. Each file reads like this:
//
//	# What comes from this line on is shown.
//	+ tides.md
//	| ---
//	| published: today
//	| ---
//	| The text of a publication that is put into the folder.
//	ask> /latest
//	What the bot says.
//
// The words "today" and "last month" after "published:" become dates, and in
// what is said words again. With -update the answers are written as they are
// now.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("../../bot/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := newStage(t).play(string(src))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(src), got); diff != "" {
				t.Errorf("the conversation went otherwise (- as written, + as said):\n%s", diff)
			}
		})
	}
}

// A stage is a server with a person at its terminal.
type stage struct {
	t      *testing.T
	folder string
	server *server
	typed  chan string
	idle   chan struct{} // a line was answered, and the next one is waited for
	mu     sync.Mutex
	said   bytes.Buffer
	began  time.Time
}

func newStage(t *testing.T) *stage {
	dir := t.TempDir()
	s := &stage{t: t, folder: filepath.Join(dir, "publications"), typed: make(chan string), idle: make(chan struct{}), began: time.Now()}
	c := defaults()
	c.Data, c.Sources[0].Folder, c.PostInterval = filepath.Join(dir, "data"), s.folder, duration(time.Nanosecond)
	sharePDFium(t, c.Data)
	log := slog.New(slog.DiscardHandler)
	l, err := openLibrary(t.Context(), c, false, log)
	if err != nil {
		t.Fatal(err)
	}
	local := console.New(s, console.Plain)
	s.server = &server{config: c, log: log, library: l, local: local, platforms: []bot.Platform{local},
		press: newPress(c, log), meter: newMeter(time.Now), health: newHealth(), now: time.Now}
	s.server.wire()
	done := make(chan struct{})
	go func() {
		defer close(done)
		local.Run(t.Context(), s.server.bot.Handle)
	}()
	t.Cleanup(func() {
		close(s.typed)
		<-done
		s.server.press.close()
		l.close()
	})
	<-s.idle
	s.round()
	return s
}

// sharePDFium has a data folder use the compiled PDFium of other tests, which
// takes 5 seconds to compile.
func sharePDFium(t testing.TB, data string) {
	t.Helper()
	shared := filepath.Join(os.TempDir(), "rapporteur-test-pdfium")
	for _, dir := range []string{data, shared} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(shared, filepath.Join(data, "pdfium")); err != nil {
		t.Fatal(err)
	}
}

// ReadLine returns what the conversation has the person type next.
func (s *stage) ReadLine() (string, error) {
	s.idle <- struct{}{}
	line, ok := <-s.typed
	if !ok {
		return "", io.EOF
	}
	return line, nil
}

// Write takes what the bot says.
func (s *stage) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.Write(p)
}

// hear returns what was said since it was called last.
func (s *stage) hear() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.said.Reset()
	const shown = "2 January 2006"
	return strings.NewReplacer(s.began.Format(shown), "(today)", s.lastMonth().Format(shown), "(last month)").Replace(s.said.String())
}

func (s *stage) lastMonth() time.Time { return s.began.AddDate(0, 0, -30) }

// round looks at the folder and makes all posts.
func (s *stage) round() {
	for _, p := range s.server.rounds.places {
		p.next = time.Time{}
	}
	s.server.rounds.round(s.t.Context(), func(*place) bool { return true })
	for {
		next, err := s.server.bot.Deliver(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if next.IsZero() || time.Until(next) > time.Minute {
			return
		}
	}
}

// play does what the script says and returns it with what the bot said.
func (s *stage) play(script string) string {
	var out strings.Builder
	lines := strings.Split(strings.TrimSuffix(script, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "#":
			out.WriteString(line + "\n")
		case "+", "-":
			out.WriteString(line + "\n")
			var text []string
			for ; i+1 < len(lines) && strings.HasPrefix(lines[i+1], "|"); i++ {
				out.WriteString(lines[i+1] + "\n")
				text = append(text, strings.TrimPrefix(strings.TrimPrefix(lines[i+1], "|"), " "))
			}
			s.file(kind, rest, strings.Join(text, "\n"))
			s.round()
			out.WriteString(s.hear())
		case "ask>":
			out.WriteString(line + "\n")
			s.typed <- rest
			<-s.idle
			out.WriteString(s.hear())
		}
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}

// file puts a publication into the folder, or takes it away.
func (s *stage) file(kind, name, text string) {
	path := filepath.Join(s.folder, name)
	if kind == "-" {
		if err := os.Remove(path); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	text = strings.NewReplacer("published: today", "published: "+s.began.Format(time.DateOnly),
		"published: last month", "published: "+s.lastMonth().Format(time.DateOnly)).Replace(text)
	if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Chtimes(path, time.Time{}, s.began.Add(-time.Minute)); err != nil { // it was written a while ago
		s.t.Fatal(err)
	}
}
