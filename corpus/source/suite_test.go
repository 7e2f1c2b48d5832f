package source

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestSuite reads all feeds below the folder that RAPPORTEUR_FEEDS names, such
// as the tests of feedparser or of the W3C's validator, and reports how many
// could be read and why the others could not. None may take long, and what
// comes out must be fit to be kept.
func TestSuite(t *testing.T) {
	dir := os.Getenv("RAPPORTEUR_FEEDS")
	if dir == "" {
		t.Skip("RAPPORTEUR_FEEDS names no folder of feeds")
	}
	base := &url.URL{Scheme: "https", Host: "site.example", Path: "/feed"}
	files, read, items := 0, 0, 0
	refused := map[string][]string{}
	var slowest time.Duration
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".xml", ".json", ".rss", ".atom", ".rdf"}, filepath.Ext(name)) {
			return err
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		began := time.Now()
		feed, err := parse(&page{body, headerOf(body), base})
		slowest = max(slowest, time.Since(began))
		if err != nil {
			why := digits.ReplaceAllString(err.Error(), "N")
			refused[why] = append(refused[why], name)
			return nil
		}
		read++
		var s feedState
		docs, _ := s.take(feed, base, "site.example/feed")
		items += len(docs)
		for _, d := range docs {
			if err := d.Check(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d read (%.1f %%), %d publications, slowest %v", files, read, 100*float64(read)/float64(max(files, 1)), items, slowest)
	for why, names := range refused {
		t.Logf("%4d %s, such as %s", len(names), why, names[0])
	}
}

var (
	digits = regexp.MustCompile(`[0-9]+`)
	header = regexp.MustCompile(`(?im)^\s*Header:\s*Content-type:\s*(.+)$`)
)

// headerOf returns the Content-Type with which a test wants to be served:
// feedparser's say so in a comment.
func headerOf(body []byte) string {
	if m := header.FindSubmatch(body[:min(len(body), 4<<10)]); m != nil {
		return strings.TrimSpace(string(m[1]))
	}
	return ""
}
