package fivecase

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Line is a thing that a board wants to know first, in words.
type Line struct{ Title, Value string }

// brief are the figures of the option asked for that stand first, in this order.
var brief = []string{"cost", "npsv", "bcr", "risk"}

// Brief says what the case comes to in the option asked for, as it was when it was submitted: what it costs and brings, and
// the wait at the end of the plan beside doing nothing.
func (f Frozen) Brief(ctx context.Context, cited []figure.Checked) (out []Line) {
	chosen := string(f.Promised.Chosen)
	out = append(out, Line{locale.T(ctx, "fivecase.brief.option"), locale.T(ctx, "investment.option."+chosen)})
	for _, name := range brief {
		ref := figure.Ref{Kind: investment.FigureKind, Name: name + "." + chosen}
		// What a part of the text cites stands before what the case itself says, which was taken at the submission.
		for _, c := range slices.Backward(cited) {
			if c.Ref == ref {
				out = append(out, Line{c.Title, c.Value})
				break
			}
		}
	}
	last := investment.Quarters - 1
	nothing, with := f.Promised.Options[option.Nothing].Wait[last], f.Promised.Options[f.Promised.Chosen].Wait[last]
	if nothing != nil && with != nil {
		out = append(out, Line{locale.T(ctx, "fivecase.brief.wait"), locale.T(ctx, "fivecase.brief.wait.value", "with", days(*with), "nothing", days(*nothing))})
	}
	if n := len(f.Outdated); n > 0 {
		out = append(out, Line{locale.T(ctx, "fivecase.brief.outdated"), locale.T(ctx, "fivecase.brief.outdated.value", "n", n)})
	}
	return out
}

func days(x float64) string { return strings.TrimSuffix(locale.Plain(float64(int(x*10+0.5))/10), ".0") }

// BriefOf gives it for the paper of a case; none for a case that is not there.
func (s *Service) BriefOf(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) ([]Line, error) {
	f, cited, err := s.Find(ctx, a, now, id)
	if err != nil {
		return nil, err
	}
	return f.Brief(ctx, cited), nil
}
