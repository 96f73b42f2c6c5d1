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
	"github.com/rowan-ohwb/rowan/internal/growth/investment/foretold"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Line is a thing that a board wants to know first, in words.
type Line struct{ Title, Value string }

// brief are the figures of the option asked for that stand first, in this order.
var brief = []string{"cost", "npsv", "bcr", "risk"}

// Brief says what the case would come to as it stands: what is asked for, and what it costs and brings.
func (d Draft) Brief(ctx context.Context) (out []Line, err error) {
	if !d.Record.Plan.Set() {
		return nil, nil
	}
	chosen := d.Record.Plan.Chosen
	out = append(out, Line{locale.T(ctx, "fivecase.brief.option"), locale.T(ctx, "investment.option."+string(chosen))})
	said, err := d.Record.Say(ctx, chosen)
	if err != nil {
		return nil, err
	}
	for _, name := range brief {
		for _, f := range said {
			if f.State == figure.Known && f.Ref.Name == name+"."+string(chosen) {
				out = append(out, Line{f.Title, f.Value})
			}
		}
	}
	return out, nil
}

// Brief says what the case comes to in the option asked for, as it was when it was submitted: what it costs and brings, and
// the wait at the end of the plan beside doing nothing, with its interval and what to know before it is relied on. live are the waits as
// they stand, for what has come to light since.
func (f Frozen) Brief(ctx context.Context, cited []figure.Checked, live map[option.Option][]investment.Wait) (out []Line) {
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
	wait := foretold.Last(f.Promised)
	out = append(out, Line{locale.T(ctx, "fivecase.brief.wait"), strings.TrimSpace(wait.Sentence(ctx) + " " + wait.Basis(ctx))})
	if doubts := append(wait.Doubts(ctx), wait.Since(ctx, live)...); len(doubts) > 0 {
		out = append(out, Line{locale.T(ctx, "fivecase.brief.wait.doubts"), strings.Join(doubts, " ")})
	}
	if n := len(f.Outdated); n > 0 {
		out = append(out, Line{locale.T(ctx, "fivecase.brief.outdated"), locale.T(ctx, "fivecase.brief.outdated.value", "n", n)})
	}
	return out
}

// BriefOf gives it for the paper of a case; none for a case that is not there.
func (s *Service) BriefOf(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) ([]Line, error) {
	f, cited, err := s.Find(ctx, a, now, id)
	if err != nil {
		return nil, err
	}
	return s.Brief(ctx, a, f, cited)
}

// Brief gives it for a case that was found.
func (s *Service) Brief(ctx context.Context, a access.Actor, f Frozen, cited []figure.Checked) ([]Line, error) {
	r, err := s.plan.Written(ctx, a)
	if err != nil {
		return nil, err
	}
	return f.Brief(ctx, cited, r.Waits), nil
}
