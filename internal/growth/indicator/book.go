package indicator

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// FigureKind is the kind of the figures of indicators.
const FigureKind = "indicator"

// Ref is how other slices name the indicator's figure.
func (d Definition) Ref() figure.Ref { return figure.Ref{Kind: FigureKind, Name: d.Name()} }

// What stands beside an indicator's value on the pages is a figure of its own: "K02.adjusted". It is not in the list.
const (
	Adjusted = "adjusted" // the value under the clock that stops
	Ninety   = "p90"      // of a median: what nine in ten waited no longer than
	OutOf    = "n"        // how many it is made of
)

// Beside is how other slices name what stands beside the indicator's figure.
func (d Definition) Beside(part string) figure.Ref {
	return figure.Ref{Kind: FigureKind, Name: d.Name() + "." + part}
}

// has says whether the pages show a part of the indicator; "" is its value.
func (d Definition) has(part string) bool {
	switch part {
	case "":
		return true
	case Adjusted:
		return d.Clocked()
	case Ninety:
		return d.Kind == KindQuantile && d.P != upper
	case OutOf:
		return d.Charted() && d.Kind != KindCount
	}
	return false
}

// Book offers every indicator as a figure: of the service as a whole, but rounded and hidden as for those outside it,
// whoever asks, because a figure that is cited travels to the board. A month is computed under the version of the
// definition that held in it.
func (s *Service) Book() figure.Book { return book{s} }

type book struct{ s *Service }

func (b book) Kinds() []string { return []string{FigureKind, StateKind} }

func (b book) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	months := Months(now, b.s.d.Months)
	last := months[len(months)-1]
	var ds []Definition
	for _, d := range b.s.pack.Current() {
		d, _ = b.s.pack.At(d.ID, last)
		ds = append(ds, d)
	}
	var out []figure.Figure
	err := b.s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		made, err := activity.MadeAt(ctx, tx, a.Service)
		if err != nil || made.IsZero() { // no ledger: there is nothing to cite
			return err
		}
		data, _, err := b.s.read(ctx, tx, a, months, only(ds, Definition.Charted), rawClock)
		if err != nil {
			return err
		}
		data.Months = months
		for _, d := range ds {
			f, err := b.s.figure(ctx, tx, a, d, "", data, civil.Date{})
			if err != nil {
				return err
			}
			f.SourceAt = made
			out = append(out, f)
		}
		states, err := stateFigures(ctx, tx, made, last)
		out = append(out, states...)
		return err
	})
	return out, err
}

// collectedFor is how far back of a month the book looks to tell a month without events from one before there were any.
const collectedFor = 12

func (b book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	months := Months(now, b.s.d.Months)
	last := months[len(months)-1]
	held := period
	if period.IsZero() {
		held = last
	}
	if held.After(last) || held.Day != 1 {
		return figure.Figure{}, fault.Missing("figure")
	}
	if ref.Kind == StateKind {
		return b.state(ctx, a, ref.Name, held)
	}
	name, part, _ := strings.Cut(ref.Name, ".")
	d, ok := b.s.pack.At(name, held)
	if !ok || !d.has(part) || ref.Name != name && part == "" {
		return figure.Figure{}, fault.Missing("figure")
	}
	for first := months[0]; held.AddMonths(-collectedFor).Before(first); {
		first = first.AddMonths(-1)
		months = append([]civil.Date{first}, months...)
	}
	var f figure.Figure
	err := b.s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		made, err := activity.MadeAt(ctx, tx, a.Service)
		if err != nil {
			return err
		}
		var data Data
		if d.Charted() {
			if data, _, err = b.s.read(ctx, tx, a, months, []Definition{d}, []activity.Clock{clockOf(part)}); err != nil {
				return err
			}
		}
		data.Months = months
		f, err = b.s.figure(ctx, tx, a, d, part, data, period)
		f.SourceAt = made
		return err
	})
	return f, err
}

// clockOf is the clock under which a figure, or a part that stands beside it, counts.
func clockOf(part string) activity.Clock {
	if part == Adjusted {
		return activity.Adjusted
	}
	return activity.Raw
}

// figure makes the figure of a month, or of a part that stands beside it; of no month, that of the newest whose waits are
// all due.
func (s *Service) figure(ctx context.Context, tx *postgres.Tx, a access.Actor, d Definition, part string, data Data, month civil.Date) (figure.Figure, error) {
	var points []Point
	if d.Charted() {
		clock := clockOf(part)
		points = beside(part, since(data.about(d, clock), compute(d, clock, data, true)))
	}
	if month.IsZero() {
		month = newest(data.Months, points)
	}
	f := figure.Figure{Ref: d.Ref(), Title: d.Words(ctx, "title"), Period: month, PeriodText: month.MonthYear(), Version: d.Label(), Changed: d.Changed(ctx),
		Definition: locale.T(ctx, "indicator.figure.definition", "numerator", d.Words(ctx, "numerator"), "denominator", d.Words(ctx, "denominator"), "clock", d.Words(ctx, "clock"), "exclusions", d.Words(ctx, "exclusions")),
		Source:     locale.T(ctx, "indicator.figure.source"), More: "/performance/" + d.ID}
	var p Point
	if !d.Charted() {
		e, err := s.equity(ctx, tx, a, d, month, true)
		if err != nil {
			return f, err
		}
		f.PeriodText = locale.T(ctx, "indicator.figure.year", "month", month.MonthYear())
		f.State = figure.NotCollected
		if len(e.Groups) > 0 {
			f.State, p.Value = figure.Known, spc.Some(float64(e.Flagged()))
		}
	} else {
		f.State, p = state(points, month)
	}
	if f.State == figure.Known {
		f.Value, f.Number = d.Amount(ctx, p.Value.Value), &p.Value.Value
		if part == OutOf {
			f.Value = locale.T(ctx, "indicator.figure.part.n.value", "n", int(p.Value.Value))
		}
	}
	if part != "" {
		f.Ref = d.Beside(part)
		f.Title = locale.T(ctx, "indicator.figure.part."+part, "title", f.Title)
		f.Definition = locale.T(ctx, "indicator.figure.part."+part+".definition") + " " + f.Definition
	}
	return f, nil
}

// beside puts what stands beside each value in its place. What is not said of a month that has a value is hidden.
func beside(part string, points []Point) []Point {
	for i := range points {
		p := &points[i]
		value := p.Value
		switch part {
		case Ninety:
			value = p.P90
		case OutOf:
			value = p.N
		}
		p.Small = !value.Known && (p.Small || p.Value.Known)
		p.Value = value
	}
	return points
}

// StateKind is the kind of the figures of time in a state: "state/booked". A figure is of the twelve months that end with its
// month.
const StateKind = "state"

// StateRef names the figure of a state.
func StateRef(code string) figure.Ref { return figure.Ref{Kind: StateKind, Name: code} }

func (b book) state(ctx context.Context, a access.Actor, code string, month civil.Date) (figure.Figure, error) {
	n := slices.Index(journey, code)
	if n < 0 {
		return figure.Figure{}, fault.Missing("figure")
	}
	var all []figure.Figure
	err := b.s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		made, err := activity.MadeAt(ctx, tx, a.Service)
		if err == nil {
			all, err = stateFigures(ctx, tx, made, month)
		}
		return err
	})
	if err != nil {
		return figure.Figure{}, err
	}
	return all[n], nil
}

// stateFigures are those of a year, in the order of the journey.
func stateFigures(ctx context.Context, tx *postgres.Tx, made time.Time, month civil.Date) ([]figure.Figure, error) {
	states, err := readStates(ctx, tx, month.AddMonths(1), true)
	var out []figure.Figure
	for i, code := range journey {
		f := figure.Figure{Ref: StateRef(code), Title: locale.T(ctx, "indicator.state.figure", "state", locale.T(ctx, "indicator.state."+code)), State: figure.NotCollected, Period: month,
			PeriodText: locale.T(ctx, "indicator.figure.year", "month", month.MonthYear()), Definition: locale.T(ctx, "indicator.state.definition"), Version: locale.T(ctx, "indicator.state.version"),
			Source: locale.T(ctx, "indicator.figure.source"), SourceAt: made, More: "/performance#states"}
		switch {
		case len(states) == 0: // nothing was received, or too little to say anything of
		case states[i].Hidden:
			f.State = figure.Hidden
		default:
			f.State, f.Number, f.Value = figure.Known, &states[i].Days, locale.T(ctx, "indicator.state.value", "n", strconv.FormatFloat(states[i].Days, 'f', 1, 64))
		}
		out = append(out, f)
	}
	return out, err
}

// newest is the last month, or the last before it whose waits are all due.
func newest(months []civil.Date, points []Point) civil.Date {
	for i := len(points) - 1; i >= 0; i-- {
		if points[i].Undue == 0 {
			return points[i].Month
		}
	}
	return months[len(months)-1]
}

// since takes the value from the months before the first event: no events of a service that was not there yet is not
// nought.
func since(data Data, points []Point) []Point {
	begun := data.since(data.Months)
	for i := range points[:len(points)-len(begun)] {
		points[i] = Point{Month: points[i].Month}
	}
	return points
}

// state tells a month without a value: too few to show, no events, or nothing collected up to then.
func state(points []Point, month civil.Date) (figure.State, Point) {
	collected := false
	for _, p := range points {
		collected = collected || p.Value.Known || p.Small
		if p.Month != month {
			continue
		}
		switch {
		case p.Value.Known:
			return figure.Known, p
		case p.Undue > 0: // more will be known of it
			return figure.NotCollected, p
		case p.Small:
			return figure.Hidden, p
		case collected:
			return figure.Nothing, p
		}
		return figure.NotCollected, p
	}
	return figure.NotCollected, Point{}
}

// History is an indicator over time as its figures say it.
type History struct {
	Definition
	Months []civil.Date
	Values []spc.Number
}

// History computes every complete month from one on, under one version, rounded and hidden like a figure. The label is
// what a figure of it said of its version; "" means the newest.
func (s *Service) History(ctx context.Context, a access.Actor, now time.Time, name, label string, from civil.Date) (History, error) {
	var h History
	for _, d := range s.pack.Versions(name) {
		if label == "" || d.Label() == label {
			h.Definition = d
			break
		}
	}
	if h.ID == "" || !h.Charted() {
		return h, fault.Missing("indicator")
	}
	for m := range months(from, now) {
		h.Months = append(h.Months, m)
	}
	if len(h.Months) == 0 {
		return h, nil
	}
	err := s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		data, _, err := s.read(ctx, tx, a, h.Months, []Definition{h.Definition}, rawClock)
		data.Months = h.Months
		for _, p := range since(data, compute(h.Definition, activity.Raw, data, true)) {
			h.Values = append(h.Values, p.Value)
		}
		return err
	})
	return h, err
}

// months yields the complete months from the one of a day on.
func months(from civil.Date, now time.Time) func(func(civil.Date) bool) {
	last := Months(now, 1)[0]
	return func(yield func(civil.Date) bool) {
		for m := (civil.Date{Year: from.Year, Month: from.Month, Day: 1}); !m.After(last); m = m.AddMonths(1) {
			if !yield(m) {
				return
			}
		}
	}
}

// Tally is a month of a share as it may leave the organisation: the two counts that it is made of, under disclosure control.
type Tally struct {
	Month       civil.Date
	Definition  string // its label
	Part, Whole disclosure.Figure
}

// Tallies counts months of an indicator that is a share, each under the version of its definition that held in it; of the service as
// a whole. A month that nobody counted is left out, and one of which more will be known.
func (s *Service) Tallies(ctx context.Context, a access.Actor, name string, topic disclosure.Topic, wanted []civil.Date) (out []Tally, err error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	var all []civil.Date
	for m := wanted[0].AddMonths(-collectedFor); !m.After(wanted[len(wanted)-1]); m = m.AddMonths(1) {
		all = append(all, m)
	}
	err = s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		for _, d := range s.pack.Versions(name) {
			held := only(wanted, func(m civil.Date) bool { at, ok := s.pack.At(name, m); return ok && at.Version == d.Version })
			if len(held) == 0 {
				continue
			}
			data, _, err := s.read(ctx, tx, a, all, []Definition{d}, rawClock)
			if err != nil {
				return err
			}
			for _, p := range compute(d, activity.Raw, data, true) {
				if p.shared && p.Undue == 0 && slices.Contains(held, p.Month) {
					part, whole := disclosure.Split(p.part, p.whole, topic)
					out = append(out, Tally{p.Month, d.Label(), part, whole})
				}
			}
		}
		return nil
	})
	return out, err
}

// Finding is what a monthly review has to look at.
type Finding struct {
	Ref      figure.Ref
	Title    string
	Sentence string
	Missed   bool // the target, in that month
	Concern  bool // it got worse, and that is unlikely to be chance
	Improved bool
}

// Findings says of a month which indicators missed their target, got worse, or got better, as the charts stood at its
// end. Rounded and hidden like figures. earlier says whether those charts begin before the month: else nothing was
// measured yet, and there is nothing to look back to.
func (s *Service) Findings(ctx context.Context, a access.Actor, month civil.Date) (out []Finding, earlier bool, err error) {
	end := month.AddMonths(1)
	measures, err := s.measures(ctx, a, locale.CivilDate(end.Year, end.Month, end.Day))
	if err != nil {
		return nil, false, err
	}
	err = s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		data, marks, err := s.read(ctx, tx, a, Months(locale.CivilDate(end.Year, end.Month, end.Day), s.d.Months), s.charted(), rawClock)
		if err != nil {
			return err
		}
		earlier = len(data.Months) > 0 && data.Months[0].Before(month)
		for _, d := range s.charted() {
			v, err := view(d, activity.Raw, data, only(marks, func(m Mark) bool { return m.Month.Before(end) }), true)
			if err != nil {
				return fmt.Errorf("indicator %s: %w", d.ID, err)
			}
			if p, ok := v.Last(); !ok || p.Month != month {
				continue
			} else if f := found(d.Ref(), d.Words(ctx, "title"), v.Sentence(ctx), missed(v.Definition, p.Value.Value), v.Enough(), v.Out.Variation); f.Any() {
				out = append(out, f)
			}
		}
		all, err := s.measured(ctx, tx, a, upTo(measures, month))
		for _, m := range all {
			earlier = earlier || len(m.Months) > 0 && m.Months[0].Before(month)
			i := m.Last()
			if i < 0 || m.Months[i] != month {
				continue
			}
			if f := found(m.Ref, m.Title, m.Sentence(ctx), missed(Definition{Direction: m.Direction, Target: m.Target}, m.Values[i].Value), m.Enough(), m.Out.Variation); f.Any() {
				out = append(out, f)
			}
		}
		return err
	})
	return out, earlier, err
}

func missed(d Definition, x float64) bool {
	return d.Target != nil && (d.Direction == spc.Increase && x < *d.Target || d.Direction == spc.Decrease && x > *d.Target)
}

// upTo leaves out what came after a month.
func upTo(measures []Measure, month civil.Date) []Measure {
	out := make([]Measure, len(measures))
	for k, m := range measures {
		n := len(m.Months)
		for n > 0 && m.Months[n-1].After(month) {
			n--
		}
		m.Months, m.Values = m.Months[:n], m.Values[:n]
		out[k] = m
	}
	return out
}

func found(ref figure.Ref, title, sentence string, missed, enough bool, variation spc.Variation) Finding {
	f := Finding{Ref: ref, Title: title, Sentence: sentence, Missed: missed}
	if enough {
		f.Concern = variation == spc.VariationConcernHigh || variation == spc.VariationConcernLow
		f.Improved = variation == spc.VariationImprovementHigh || variation == spc.VariationImprovementLow
	}
	return f
}

// Any says whether there is something to look at.
func (f Finding) Any() bool { return f.Missed || f.Concern || f.Improved }
