package fivecase

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/prose"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Typed are the numbers in the text of a part that do not follow a source: those that a cited figure had once and has not any more, and
// those that nothing in the case says.
type Typed struct{ Stale, Free []prose.Mark }

// Any says whether there are any.
func (t Typed) Any() bool { return len(t.Stale)+len(t.Free) > 0 }

// List are the numbers that nothing in the case says, as they were typed.
func (t Typed) List() string {
	var out []string
	for _, m := range t.Free {
		out = append(out, m.Text)
	}
	return strings.Join(out, ", ")
}

// Said says of a number that was taken from a figure what became of it.
func (t Typed) Said(ctx context.Context, m prose.Mark) string {
	if m.Of.Now == "" {
		return locale.T(ctx, "fivecase.typed.gone", "number", m.Text, "title", m.Of.Title)
	}
	return locale.T(ctx, "fivecase.typed.stale", "number", m.Text, "title", m.Of.Title, "now", m.Of.Now)
}

// Typed gives them of every part as the case stands.
func (d Draft) Typed(ctx context.Context, now time.Time) (map[string]Typed, error) {
	if !d.Record.Plan.Set() {
		return nil, nil
	}
	c, err := fill(ctx, d, now, nil)
	return c.Typed, err
}

// typed lays the texts beside the figures that they cite, those that earlier versions cited, and what stands in tables and sentences.
func (c content) typed(ctx context.Context) map[string]Typed {
	out, cited, shown := map[string]Typed{}, c.Draft.bound(ctx), c.shown(ctx)
	for _, part := range c.Draft.Record.Pack().Parts {
		text, there := c.Draft.Last(part.Code)
		if !there {
			continue
		}
		var t Typed
		for _, m := range prose.Check(text.Body, cited, shown) {
			to := &t.Free
			switch m.Standing {
			case prose.Holds:
				continue
			case prose.Stale:
				to = &t.Stale
			case prose.Typed:
			}
			if !slices.ContainsFunc(*to, func(x prose.Mark) bool { return x.Text == m.Text }) {
				*to = append(*to, m)
			}
		}
		out[part.Code] = t
	}
	return out
}

// bound are the figures that the case cites. What an earlier version cited counts as long as the figure is still cited: whoever reads a
// text again cites the figures as they are, and its words keep the number of before.
func (d Draft) bound(ctx context.Context) (out []prose.Bound) {
	today := map[figure.Ref]string{}
	add := func(f figure.Citation) {
		if f.State == figure.Known {
			out = append(out, prose.Bound{Title: f.Title, Was: f.Value, Now: today[f.Ref]})
		}
	}
	for _, texts := range d.Texts {
		for _, f := range texts[0].Figures {
			switch f.Standing {
			case figure.Gone:
				today[f.Ref] = ""
			case figure.Current:
				today[f.Ref] = f.Value
			default:
				today[f.Ref] = figureview.Value(ctx, f.Today())
			}
		}
	}
	for _, part := range d.Record.Pack().Parts {
		for _, t := range d.Texts[part.Code] {
			for _, f := range t.Figures {
				if _, there := today[f.Ref]; there {
					add(f.Citation)
				}
			}
		}
	}
	return out
}

// shown is what else the document says from the plan.
func (c content) shown(ctx context.Context) (out []string) {
	out = append(out, basis(ctx, c), c.Draft.Wait.Sentence(ctx))
	for _, l := range c.Brief {
		out = append(out, l.Value)
	}
	for _, tables := range c.Tables {
		for _, t := range tables {
			for _, row := range t.Rows {
				out = append(out, row[1:]...)
			}
		}
	}
	if g := c.Draft.Agreed; g != nil {
		out = append(out, g.Sentences(ctx)...)
	}
	return append(out, c.Draft.Why...)
}
