package fivecase

import (
	"context"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Changed are the figures of a text whose source has moved on since it was written.
func (t Text) Changed() (out []figure.Checked) {
	for _, f := range t.Figures {
		if f.Standing != figure.Current {
			out = append(out, f)
		}
	}
	return out
}

// Moved says of a figure from what to what it went, and when its source changed, where that is known.
func Moved(ctx context.Context, f figure.Checked) string {
	out := f.Title + ": " + figureview.Moved(ctx, f)
	if at := f.Today().SourceAt; f.Standing != figure.Gone && at.After(f.At) {
		out += ". " + locale.T(ctx, "fivecase.changed.on", "when", locale.Date(at))
	}
	return out
}

// Lost says that one of them is not there any more: then the text cannot be said to hold as it is.
func (t Text) Lost() bool {
	return slices.ContainsFunc(t.Figures, func(f figure.Checked) bool { return f.Standing == figure.Gone })
}

// Again says that somebody has read a text again beside the figures as they are now, and that it holds: a version with the same words,
// which cites them as they are.
func (s *Service) Again(ctx context.Context, a access.Actor, now time.Time, part string, seen int) error {
	if _, there := s.plan.Pack().Part(part); !there {
		return fault.Missing("part")
	}
	d, err := s.Draft(ctx, a, now)
	if err != nil {
		return err
	}
	t, there := d.Last(part)
	switch {
	case !there:
		return fault.Missing("text")
	case t.N != seen:
		return fault.New(fault.Conflict, "investment.conflict")
	case t.Lost():
		return fault.New(fault.Conflict, "fivecase.again.lost")
	case len(t.Changed()) == 0: // somebody was faster
		return nil
	}
	var refs []figure.Ref
	for _, f := range t.Figures {
		refs = append(refs, f.Ref)
	}
	return s.Write(ctx, a, now, part, seen, t.Body, refs)
}

// fits are the kinds of figure that a part mostly relies on, in the order in which they are offered; the others come after.
var fits = map[string][]string{
	"strategic":  {"indicator", "gap", "plan", "state", "series", "survey", "absence", "selfcheck", "workforce", "wait", "forecast", "path", "balance", "evidence", "case"},
	"economic":   {"case", "wait", "indicator", "absence", "forecast", "workforce"},
	"commercial": {"workforce", "case"},
	"financial":  {"case", "workforce", "wait"},
	"management": {"forecast", "plan", "indicator", "evidence", "workforce", "case"},
}

// Offered is the place of a kind of figure in the list of a part.
func Offered(part, kind string) int {
	if i := slices.Index(fits[part], kind); i >= 0 {
		return i
	}
	return len(fits[part])
}
