package main

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/text/language"

	"rapporteur/corpus/source"
)

// A sourceConfig is one place where publications appear.
type sourceConfig struct {
	Name     string `yaml:"name"`
	Folder   string `yaml:"folder"`
	Feed     string `yaml:"feed"`
	Listing  string `yaml:"listing"`
	Sitemap  string `yaml:"sitemap"`
	Selector string `yaml:"selector"`
	Path     string `yaml:"path"`
	Pages    int    `yaml:"pages"`

	Include    []string `yaml:"include"`
	Exclude    []string `yaml:"exclude"`
	MinWords   int      `yaml:"min_words"`
	Language   string   `yaml:"language"`
	StaleAfter duration `yaml:"stale_after"`

	Interval duration `yaml:"interval"`
	Intranet bool     `yaml:"intranet"`
}

const (
	usualFolder  = 1 * time.Minute  // between two looks at a folder that can also be watched
	usualFeed    = 15 * time.Minute // between two looks at a feed
	usualListing = 1 * time.Hour    // between two looks at a listing or a sitemap, which are larger
	usualPages   = 5                // of a listing that are read at first
	mostPages    = 50               // that may be wanted; with more, the first look would take minutes

	// The shortest intervals: looking more often than every minute at a site
	// is no courtesy to it.
	shortestWeb    = duration(1 * time.Minute)
	shortestFolder = duration(1 * time.Second)
)

// address returns the key that says what kind of source this is, and the
// address; empty unless it is exactly one on the web.
func (s sourceConfig) address() (key, address string) {
	for k, a := range map[string]string{"feed": s.Feed, "listing": s.Listing, "sitemap": s.Sitemap} {
		if a != "" {
			key, address = k, a
		}
	}
	return key, address
}

func (s sourceConfig) check(path string, names map[string]bool) *problem {
	kinds := len(slices.DeleteFunc([]string{s.Folder, s.Feed, s.Listing, s.Sitemap}, func(place string) bool { return place == "" }))
	least := shortestFolder
	if s.Folder == "" {
		least = shortestWeb
	}
	switch {
	case s.Name == "":
		return &problem{path, "give this source a name, by which people follow it"}
	case names[s.Name]:
		return &problem{path + ".name", "another source has this name already; take another one"}
	case kinds != 1:
		return &problem{path + ".name", "give this source one of folder, feed, listing and sitemap"}
	case s.Interval != 0 && s.Interval < least:
		return &problem{path + ".interval", fmt.Sprintf("write %v or more", least)}
	}
	if key, address := s.address(); key != "" {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return &problem{path + "." + key, "write the whole address, such as https://www.example.org/publications/"}
		}
	}
	if p := s.checkLinks(path); p != nil {
		return p
	}
	return s.checkRules(path)
}

// checkLinks looks at what says which links are publications.
func (s sourceConfig) checkLinks(path string) *problem {
	if s.Listing == "" {
		for key, set := range map[string]bool{"selector": s.Selector != "", "path": s.Path != "", "pages": s.Pages != 0} {
			if set {
				return &problem{path + "." + key, "this is for listings only; take it away"}
			}
		}
		return nil
	}
	if s.Selector == "" && s.Path == "" {
		return &problem{path + ".listing", "say by selector or path which of its links are publications, such as path: ^/publications/[a-z0-9-]+$"}
	}
	if _, err := cascadia.Compile(s.Selector); s.Selector != "" && err != nil {
		return &problem{path + ".selector", fmt.Sprintf("this is no CSS selector: %v", err)}
	}
	if _, err := regexp.Compile(s.Path); err != nil {
		return &problem{path + ".path", fmt.Sprintf("this is no pattern: %v", err)}
	}
	if s.Pages < 0 || s.Pages > mostPages {
		return &problem{path + ".pages", fmt.Sprintf("write a number from 1 to %d", mostPages)}
	}
	return nil
}

// checkRules looks at what says which publications are taken.
func (s sourceConfig) checkRules(path string) *problem {
	for key, patterns := range map[string][]string{"include": s.Include, "exclude": s.Exclude} {
		for i, pattern := range patterns {
			if _, err := regexp.Compile(pattern); err != nil {
				return &problem{fmt.Sprintf("%s.%s[%d]", path, key, i), fmt.Sprintf("this is no pattern: %v", err)}
			}
		}
	}
	if _, err := language.Parse(s.Language); s.Language != "" && err != nil {
		return &problem{path + ".language", "write a language such as en or de"}
	}
	if s.MinWords < 0 {
		return &problem{path + ".min_words", "write a number of words"}
	}
	if s.StaleAfter < 0 {
		return &problem{path + ".stale_after", "write a time such as 720h"}
	}
	return nil
}

// rules returns what check has looked at.
func (s sourceConfig) rules() source.Rules {
	compile := func(patterns []string) (all []*regexp.Regexp) {
		for _, p := range patterns {
			all = append(all, regexp.MustCompile(p))
		}
		return all
	}
	return source.Rules{Include: compile(s.Include), Exclude: compile(s.Exclude), MinWords: s.MinWords,
		Language: s.Language, StaleAfter: time.Duration(s.StaleAfter)}
}

// layout returns what says which links of a listing are publications.
func (s sourceConfig) layout() source.Layout {
	l := source.Layout{Selector: s.Selector, Pages: s.Pages}
	if s.Path != "" {
		l.Pattern = regexp.MustCompile(s.Path)
	}
	if l.Pages == 0 {
		l.Pages = usualPages
	}
	return l
}
