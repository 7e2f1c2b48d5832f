package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"rapporteur/corpus"
	"rapporteur/corpus/docx"
	"rapporteur/corpus/page"
	"rapporteur/corpus/pdf"
	"rapporteur/corpus/sample"
	"rapporteur/corpus/source"
	"rapporteur/index/sentence"
)

// A press is what sources are made with.
type press struct {
	web      *source.Fetcher
	intranet *source.Fetcher // the same, for sources that may be at private addresses
	readers  source.Readers
	pdf      *pdf.Reader
	log      *slog.Logger
	now      func() time.Time
}

// newPress returns the press for the sources of c. It takes no memory to speak
// of before there is a PDF file to read, and must be closed.
func newPress(c config, log *slog.Logger) *press {
	fetcher := func(intranet bool) *source.Fetcher {
		return source.NewFetcher(source.NewClient(intranet), c.Contact, time.Now, source.Pause)
	}
	reader, err := pdf.Open(filepath.Join(c.Data, "pdfium"))
	if err != nil {
		panic(err) // only without a folder for the data, which was checked
	}
	return &press{web: fetcher(false), intranet: fetcher(true), readers: readersOf(reader, time.Now), pdf: reader, log: log, now: time.Now}
}

// readersOf returns what reads publications in all the forms that there are.
func readersOf(reader *pdf.Reader, now func() time.Time) source.Readers {
	return source.Readers{
		HTML: func(_ context.Context, name, kind string, src []byte) (*corpus.Doc, error) {
			return page.Parse(name, src, kind, now())
		},
		PDF: func(ctx context.Context, name, _ string, src []byte) (*corpus.Doc, error) {
			return reader.Parse(ctx, name, src)
		},
		DOCX: func(_ context.Context, name, _ string, src []byte) (*corpus.Doc, error) {
			return docx.Parse(name, src)
		},
	}
}

// close waits for the file that is being read.
func (p *press) close() error { return p.pdf.Close() }

// places returns the sources that c names.
func (p *press) places(c config) (all []*place) {
	if c.Sample {
		all = append(all, &place{Source: sample.New(), every: 24 * time.Hour, local: true})
	}
	for _, s := range c.Sources {
		all = append(all, p.open(s))
	}
	return all
}

// open returns the source that s describes. A folder that is not there yet is
// made, so that there is something to put publications into.
func (p *press) open(s sourceConfig) *place {
	web := p.web
	if s.Intranet {
		web = p.intranet
	}
	var src corpus.Source
	every := usualListing
	switch {
	case s.Folder != "":
		if err := os.MkdirAll(s.Folder, 0o755); err != nil {
			p.log.Error("source", "source", s.Name, "err", err)
		}
		src, every = source.NewFolder(s.Name, s.Folder, s.rules(), p.readers, p.now), usualFolder
	case s.Feed != "":
		src, every = source.NewFeed(s.Name, s.Feed, s.rules(), web, p.readers), usualFeed
	case s.Sitemap != "":
		src = source.NewSitemap(s.Name, s.Sitemap, s.rules(), web, p.readers)
	default:
		listing, err := source.NewListing(s.Name, s.Listing, s.layout(), s.rules(), web, p.readers)
		if err != nil {
			panic(err) // the selector was checked
		}
		src = listing
	}
	if s.Interval != 0 {
		every = time.Duration(s.Interval)
	}
	return &place{Source: src, every: every, local: s.Folder != ""}
}

// Fetch is that of the source. For a publication that states no takeaways some
// are extracted, and marked so; one of which only a summary is known has none.
func (p *place) Fetch(ctx context.Context, state []byte) (docs []*corpus.Doc, next []byte, err error) {
	docs, next, err = p.Source.Fetch(ctx, state)
	var work sync.WaitGroup
	share := (len(docs) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	for some := range slices.Chunk(docs, max(1, share)) {
		work.Go(func() {
			for _, d := range some {
				extract(d)
			}
		})
	}
	work.Wait()
	return docs, next, err
}

// extract picks takeaways for a publication that has none of its own.
func extract(d *corpus.Doc) {
	if !d.Withdrawn && !d.Partial {
		d.ExtractTakeaways(sentence.Split)
	}
}
