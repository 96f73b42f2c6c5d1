package series

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/series/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Why says why a period has no value to show. The reasons are never mixed up, nor taken for zero.
type Why string

// The reasons; Shown is none of them.
const (
	Shown        Why = ""
	Missing      Why = "missing"       // no file said anything
	Suppressed   Why = "suppressed"    // whoever counted hides it
	NotCollected Why = "not_collected" // nobody counted
	NotDeclared  Why = "not_declared"  // asked and not answered
	TooFew       Why = "too_few"       // too small to show
	Nothing      Why = "nothing"       // of none: there is nothing to make a rate of
)

// Period is one period of a series after disclosure control.
type Period struct {
	Start       civil.Date
	Why         Why
	Value       float64 // when Shown
	Numerator   string  // as it may be shown; "" where there is none
	Denominator string
}

// Part is a series of everybody, or of one group.
type Part struct {
	Part, Name string // "" for everybody
	Periods    []Period
}

// Series is a measure with what was taken in of it.
type Series struct {
	Definition
	Parts  []Part // everybody first, where there is such a row
	Filled time.Time
}

// Part finds a group.
func (s Series) Part(part string) (Part, bool) {
	i := slices.IndexFunc(s.Parts, func(p Part) bool { return p.Part == part })
	if i < 0 {
		return Part{}, false
	}
	return s.Parts[i], true
}

// Coverage is how many periods have a number at the source, of all from the first to the last held.
func (p Part) Coverage() (n, of int) {
	for _, x := range p.Periods {
		if x.Why == Shown || x.Why == TooFew || x.Why == Nothing {
			n++
		}
	}
	return n, len(p.Periods)
}

// Missing lists the periods that no file said anything about.
func (p Part) Missing() (out []civil.Date) {
	for _, x := range p.Periods {
		if x.Why == Missing {
			out = append(out, x.Start)
		}
	}
	return out
}

// Last is the newest period held.
func (p Part) Last() Period { return p.Periods[len(p.Periods)-1] }

// Overdue counts the whole periods since the last one held.
func (s Series) Overdue(p Part, now time.Time) int {
	step, n := seriesfile.Months(s.Frequency), 0
	today := locale.Day(now)
	for at := p.Last().Start.AddMonths(step); !at.AddMonths(step).After(today); at = at.AddMonths(step) {
		n++
	}
	return n
}

// Decimals is how many a value needs: counts none, rates one.
func (s Series) Decimals() int {
	if s.Per == 0 && s.Control != "none" {
		return 0
	}
	return 1
}

// Words writes a value with its unit.
func (s Series) Words(v float64) string {
	text := strconv.FormatFloat(v, 'f', s.Decimals(), 64)
	switch s.Unit {
	case "":
		return text
	case "%":
		return text + "%"
	}
	return text + " " + s.Unit
}

// Numbers is what a chart is drawn from: whatever has no value is a gap.
func (p Part) Numbers() (at []civil.Date, values []spc.Number) {
	for _, x := range p.Periods {
		at = append(at, x.Start)
		values = append(values, spc.Number{Value: x.Value, Known: x.Why == Shown})
	}
	return at, values
}

// List reads every series.
func (s *Service) List(ctx context.Context, a access.Actor) ([]Series, error) {
	return s.read(ctx, a, "")
}

// Find reads one.
func (s *Service) Find(ctx context.Context, a access.Actor, code string) (Series, error) {
	all, err := s.read(ctx, a, code)
	if err == nil && len(all) == 0 {
		err = fault.Missing("series")
	}
	if err != nil {
		return Series{}, err
	}
	return all[0], nil
}

// read reads the series that have points: all, or the one of a code.
func (s *Service) read(ctx context.Context, a access.Actor, code string) ([]Series, error) {
	var out []Series
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		out, err = readIn(ctx, tx, code)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read series: %w", err)
	}
	return out, nil
}

func readIn(ctx context.Context, tx *postgres.Tx, code string) ([]Series, error) {
	defined, err := definitions(ctx, tx)
	if err != nil {
		return nil, err
	}
	if code != "" {
		maps.DeleteFunc(defined, func(c string, _ Definition) bool { return c != code })
	}
	held, err := points(ctx, tx, slices.Sorted(maps.Keys(defined)))
	if err != nil {
		return nil, err
	}
	rows, err := db.New(tx).LastFilled(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list when series were filled: %w", err)
	}
	filled := map[string]time.Time{}
	for _, r := range rows {
		filled[r.Code] = r.At
	}
	byPart := map[string]map[string]map[civil.Date]stored{}
	for k, v := range held {
		if byPart[k.code] == nil {
			byPart[k.code] = map[string]map[civil.Date]stored{}
		}
		if byPart[k.code][k.part] == nil {
			byPart[k.code][k.part] = map[civil.Date]stored{}
		}
		byPart[k.code][k.part][k.period] = v
	}
	var out []Series
	for _, c := range slices.Sorted(maps.Keys(byPart)) {
		x := Series{Definition: defined[c], Filled: filled[c]}
		for _, p := range slices.Sorted(maps.Keys(byPart[c])) { // "" comes first
			x.Parts = append(x.Parts, x.part(p, byPart[c][p]))
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b Series) int { return cmp.Compare(a.Title, b.Title) })
	return out, nil
}

// part lays the points of a group on the axis; a period between two without a point is missing.
func (s Series) part(part string, held map[civil.Date]stored) Part {
	dates := slices.SortedFunc(maps.Keys(held), civil.Date.Compare)
	out := Part{Part: part, Name: held[dates[len(dates)-1]].name}
	step := seriesfile.Months(s.Frequency)
	for at := dates[0]; !at.After(dates[len(dates)-1]); at = at.AddMonths(step) {
		if v, ok := held[at]; ok {
			out.Periods = append(out.Periods, s.controlled(at, v))
		} else {
			out.Periods = append(out.Periods, Period{Start: at, Why: Missing})
		}
	}
	return out
}

// controlled is a point as any reader may see it.
func (s Series) controlled(at civil.Date, v stored) Period {
	p := Period{Start: at}
	if v.state != seriesfile.Known {
		p.Why = Why(v.state)
		return p
	}
	if s.Control == "none" {
		p.Numerator, p.Value = locale.Plain(v.numerator), v.numerator
		if v.of {
			p.Denominator = locale.Plain(v.denominator)
		}
		if s.Per > 0 && v.denominator == 0 {
			p.Why, p.Value = Nothing, 0
		} else if s.Per > 0 {
			p.Value = float64(s.Per) * v.numerator / v.denominator
		}
		return p
	}
	topic := disclosure.General
	if s.Control == "special" {
		topic = disclosure.Special
	}
	n := disclosure.Count(int(math.Round(v.numerator)), topic)
	p.Numerator = n.String()
	var ok bool
	if !v.of || s.Per == 0 {
		var rounded int
		if rounded, ok = n.Value(); ok {
			p.Value = float64(rounded)
		}
	} else {
		// How many people there are is no secret of its own: the denominator keeps the general rule.
		d := disclosure.Count(int(math.Round(v.denominator)), disclosure.General)
		p.Denominator = d.String()
		if v.denominator == 0 {
			p.Why = Nothing
			return p
		}
		p.Value, ok = disclosure.Rate(n, d, float64(s.Per))
	}
	if !ok {
		p.Why = TooFew
	}
	return p
}
