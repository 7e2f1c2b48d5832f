package main

import (
	"bytes"
	"fmt"
	"go/format"
	"math"
	"math/rand/v2"

	"rapporteur/index/rank"
)

// fit returns the weights under which the sentences that hold an answer get
// the largest share of the chances (logistic regression over all sentences of
// a question), by Adam over small batches.
func fit(examples []example, n int, off []int, penalty float64, rounds int) []float64 {
	scale := scales(examples, n)
	for _, i := range off {
		scale[i] = 0
	}
	w, g := make([]float64, n), make([]float64, n)
	mean := make([]float64, n) // of the second half, which differs less from run to run
	var opt adam
	random := rand.New(rand.NewPCG(1, 1))
	var usable []*example
	for i := range examples {
		if examples[i].answerable() {
			usable = append(usable, &examples[i])
		}
	}
	const batch = 32
	steps := rounds * len(usable) / batch
	for step := range steps {
		clear(g)
		for range batch {
			usable[random.IntN(len(usable))].gradient(w, scale, g)
		}
		for i := range g {
			g[i] = g[i]/batch + penalty*w[i]
		}
		opt.step(w, g, 0.03*(1-float64(step)/float64(steps)))
		if step >= steps/2 {
			for i := range w {
				mean[i] += w[i] / float64(steps-steps/2)
			}
		}
	}
	w = mean
	for i := range w {
		w[i] *= scale[i]
	}
	return w
}

func (e *example) answerable() bool {
	for _, s := range e.sentences {
		if s.right {
			return true
		}
	}
	return false
}

// scales returns for each feature what makes its deviation 1.
func scales(examples []example, n int) []float64 {
	sum, square, count := make([]float64, n), make([]float64, n), 0.0
	for _, e := range examples {
		for _, s := range e.sentences {
			for i, f := range s.features {
				sum[i] += float64(f)
				square[i] += float64(f) * float64(f)
			}
			count++
		}
	}
	scale := make([]float64, n)
	for i := range scale {
		if v := square[i]/count - sum[i]/count*sum[i]/count; v > 1e-6 {
			scale[i] = 1 / math.Sqrt(v)
		}
	}
	return scale
}

// gradient adds to g the gradient of the loss of one question.
func (e *example) gradient(w, scale, g []float64) {
	weights := make([]float64, len(w))
	for i := range w {
		weights[i] = w[i] * scale[i]
	}
	p, right := chances(e, weights)
	for k, s := range e.sentences {
		d := p[k]
		if s.right {
			d -= p[k] / right
		}
		for i, f := range s.features {
			g[i] += d * float64(f) * scale[i]
		}
	}
}

// chances returns the chance of each sentence and that of the right ones
// together.
func chances(e *example, w []float64) (p []float64, right float64) {
	p = make([]float64, len(e.sentences))
	top := math.Inf(-1)
	for k, s := range e.sentences {
		for i, f := range s.features {
			p[k] += w[i] * float64(f)
		}
		top = max(top, p[k])
	}
	sum := 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - top)
		sum += p[k]
	}
	for k, s := range e.sentences {
		p[k] /= sum
		if s.right {
			right += p[k]
		}
	}
	return p, max(right, 1e-12)
}

// adam is the optimiser of that name.
type adam struct {
	m, v []float64
	t    int
}

func (a *adam) step(w, g []float64, rate float64) {
	if a.m == nil {
		a.m, a.v = make([]float64, len(w)), make([]float64, len(w))
	}
	a.t++
	for i := range w {
		a.m[i] = 0.9*a.m[i] + 0.1*g[i]
		a.v[i] = 0.999*a.v[i] + 0.001*g[i]*g[i]
		m := a.m[i] / (1 - math.Pow(0.9, float64(a.t)))
		v := a.v[i] / (1 - math.Pow(0.999, float64(a.t)))
		w[i] -= rate * m / (math.Sqrt(v) + 1e-8)
	}
}

// source returns weights as a Go file.
func source(name, what string, features []rank.Feature, w []float64) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Written by go run ./index/train %s SQUAD1; do not edit.\n\npackage rank\n\n", what)
	fmt.Fprintf(&b, "// %sWeights is what each feature counts.\nvar %sWeights = [...]float64{\n", name, name)
	for i, f := range features {
		fmt.Fprintf(&b, "\t%.4f, // %s\n", w[i], f.Name)
	}
	b.WriteString("}\n")
	formatted, err := format.Source(b.Bytes())
	if err != nil {
		panic(err)
	}
	return formatted
}
