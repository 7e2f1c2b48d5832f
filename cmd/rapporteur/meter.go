package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"rapporteur/bot"
	"rapporteur/corpus"
	"rapporteur/corpus/source"
	"rapporteur/index"
)

// A meter counts what the program does, in the form that Prometheus reads.
type meter struct {
	registry *prometheus.Registry
	answers  *prometheus.HistogramVec // seconds, by whether the corpus answered
	looks    *prometheus.CounterVec   // by source and result
	seen     *prometheus.GaugeVec     // when a source was last read well, in seconds since 1970
	problems *prometheus.GaugeVec     // by source
	newest   *prometheus.GaugeVec     // date of a source's newest publication, in seconds since 1970
	now      func() time.Time
}

func newMeter(now func() time.Time) *meter {
	m := &meter{
		registry: prometheus.NewRegistry(),
		answers: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "rapporteur_answer_seconds", Help: "Time to answer a question, by whether the corpus says something.",
			Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 3},
		}, []string{"answered"}),
		looks: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rapporteur_source_looks_total", Help: "Looks at a source, by result (ok, error).",
		}, []string{"source", "result"}),
		seen: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "rapporteur_source_read_timestamp_seconds", Help: "When a source was last read without an error.",
		}, []string{"source"}),
		problems: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "rapporteur_source_problems", Help: "What is wrong with a source now: failures, staleness, files that cannot be read.",
		}, []string{"source"}),
		newest: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "rapporteur_source_newest_timestamp_seconds", Help: "Date of the newest publication of a source.",
		}, []string{"source"}),
		now: now,
	}
	m.registry.MustRegister(m.answers, m.looks, m.seen, m.problems, m.newest, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// looked takes note of a look at a source.
func (m *meter) looked(source string, err error) {
	if err != nil {
		m.looks.WithLabelValues(source, "error").Inc()
		return
	}
	m.looks.WithLabelValues(source, "ok").Inc()
	m.seen.WithLabelValues(source).Set(float64(m.now().Unix()))
}

// feels takes note of how a source is.
func (m *meter) feels(name string, h source.Health) {
	m.problems.WithLabelValues(name).Set(float64(len(h.Problems)))
	if !h.Newest.IsZero() {
		m.newest.WithLabelValues(name).Set(float64(h.Newest.Unix()))
	}
}

// watch has the metrics show what is in the stores whenever they are read.
func (m *meter) watch(store *bot.Store, x *index.Index) {
	m.registry.MustRegister(&storeCollector{store, x,
		prometheus.NewDesc("rapporteur_deliveries", "Posts of publications, by state (due, done, held, dropped; outdated are those of done that are to be changed).", []string{"state"}, nil),
		prometheus.NewDesc("rapporteur_subscriptions", "Subscriptions, by state (active, paused).", []string{"state"}, nil),
		prometheus.NewDesc("rapporteur_feedback", "What people said of answers (yes, no).", []string{"helpful"}, nil),
		prometheus.NewDesc("rapporteur_gaps", "Different questions that the corpus did not answer.", nil, nil),
		prometheus.NewDesc("rapporteur_passages", "Passages in the index.", nil, nil)})
}

// A storeCollector reads its numbers when it is asked for them.
type storeCollector struct {
	store                                               *bot.Store
	index                                               *index.Index
	deliveries, subscriptions, feedback, gaps, passages *prometheus.Desc
}

// Describe sends the descriptions of all metrics.
func (c *storeCollector) Describe(out chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(c, out)
}

// collectTime is how long reading the metrics may take.
const collectTime = 5 * time.Second

// Collect sends the metrics as they are now, without those that cannot be read.
func (c *storeCollector) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, n int, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), collectTime)
	defer cancel()
	if x, err := c.index.Stats(ctx); err == nil {
		gauge(c.passages, x.Passages)
	}
	n, err := c.store.Stats(ctx)
	if err != nil {
		return
	}
	gauge(c.deliveries, n.Due, "due")
	gauge(c.deliveries, n.Done, "done")
	gauge(c.deliveries, n.Held, "held")
	gauge(c.deliveries, n.Dropped, "dropped")
	gauge(c.deliveries, n.Outdated, "outdated")
	gauge(c.feedback, n.Helpful, "yes")
	gauge(c.feedback, n.Unhelpful, "no")
	gauge(c.subscriptions, n.Channels, "active")
	gauge(c.subscriptions, n.Paused, "paused")
	gauge(c.gaps, n.Gaps)
}

// An asker lets the bot ask the index, and measures how long that takes.
type asker struct {
	index     *index.Index
	corpus    *corpus.Store
	meter     *meter
	threshold float64 // as index.Question has it
}

// deepest is how many passages one can leaf through: as many as the index looks
// at in any case. More would change which of them come first.
const deepest = 5

// Ask returns the best quotes, best first.
func (a asker) Ask(ctx context.Context, q bot.Question) (bot.Answer, error) {
	began := time.Now()
	found, err := a.index.Ask(ctx, index.Question{Text: q.Text, Scope: q.Publication, Asked: began, Threshold: a.threshold, Limit: deepest})
	if err != nil {
		return bot.Answer{}, err
	}
	answered := "no"
	if found.Answered {
		answered = "yes"
	}
	a.meter.answers.WithLabelValues(answered).Observe(time.Since(began).Seconds())
	answer := said(found)
	if !found.Answered {
		answer.Partial, err = a.behind(ctx)
	}
	for i := range answer.Quotes {
		answer.Quotes[i].Quote = a.marked(ctx, answer.Quotes[i].Quote)
	}
	return answer, err
}

// behind reports whether the corpus holds what is not in the index yet.
func (a asker) behind(ctx context.Context) (bool, error) {
	indexed, err := a.index.Stats(ctx)
	if err != nil {
		return false, err
	}
	known, err := a.corpus.Stats(ctx)
	return indexed.Cursor < known.Seq, err
}

// Explain tells in a few lines how the answer to a question is chosen.
func (a asker) Explain(ctx context.Context, q bot.Question) (string, error) {
	found, err := a.index.Ask(ctx, index.Question{Text: q.Text, Scope: q.Publication, Threshold: a.threshold, Limit: deepest, Why: true})
	if err != nil {
		return "", err
	}
	return found.Why.Short(), nil
}

// said returns an answer of the index as the bot knows it.
func said(found index.Answer) bot.Answer {
	a := bot.Answer{Answered: found.Answered, Filters: found.Filters, Notes: found.Notes, Missing: found.Missing}
	for _, q := range found.Quotes {
		a.Quotes = append(a.Quotes, bot.Quote{Quote: q.Quote, Focus: q.Focus, Takeaway: q.Takeaway, Voice: q.Voice.String()})
	}
	for _, f := range found.Facts {
		a.Facts = append(a.Facts, bot.Fact{Doc: f.Doc, Name: f.Name, Value: f.Value})
	}
	return a
}

// marked returns q with its publication as the corpus has it, which knows
// whether it was withdrawn. If that has another text by now, q stays as it is.
func (a asker) marked(ctx context.Context, q corpus.Quote) corpus.Quote {
	d, err := a.corpus.Get(ctx, q.Doc().ID)
	if err != nil || !d.Withdrawn || d.Text != q.Doc().Text {
		return q
	}
	return d.Quote(q.Span())
}
