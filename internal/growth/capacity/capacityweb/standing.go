package capacityweb

import (
	"context"
	"math"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/said"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// standing is what was measured, where a run starts from, and where it goes.
type standing struct {
	Title  string // of the scenario
	Option option.Option
	Result *capacity.Result
	Year   measured.Year
	Target int
	Older  string // of when it is, where something has changed since
}

// lastYear is the fifth.
const lastYear = 4

// of a scenario; ok is false where there is nothing to show, or nothing that it could be laid beside.
func standingOf(t capacity.Told, y measured.Year, target int) (standing, bool) {
	if t.Best == nil || y.From.IsZero() {
		return standing{}, false
	}
	x := standing{Title: t.Title, Option: t.Option, Result: t.Best.Result, Year: y, Target: target}
	if t.Best.Stale {
		x.Older = locale.DateTime(t.Best.Finished)
	}
	return x, true
}

// first is the scenario that the first page shows so: doing nothing, if it was run.
func first(o capacity.Overview, target int) (standing, bool) {
	for _, only := range []bool{true, false} {
		for _, t := range o.All {
			if x, ok := standingOf(t, o.Year, target); ok && (!only || t.Option == option.Nothing && t.Terms.Plain()) {
				return x, true
			}
		}
	}
	return standing{}, false
}

// begins is the first thing that was simulated: from the first day to the first whole quarter, or that quarter.
func (x standing) begins() capacity.Quarter {
	if x.Result.Begins != nil {
		return *x.Result.Begins
	}
	return x.Result.Quarters[0]
}

// end is the last quarter: what every page says of the end of the five years is of it.
func (x standing) end() capacity.Quarter { return x.Result.Quarters[len(x.Result.Quarters)-1] }

// standingTable lays the four side by side.
func standingTable(ctx context.Context, x standing) nhsuk.TableParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.standing."+key, args...) }
	start, from := x.begins(), x.Result.Quarters[0].Start
	till := from.AddDays(-1)
	if start.Start == from {
		till = x.Result.Quarters[1].Start.AddDays(-1)
	}
	p := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: t("caption", "title", x.Title), Size: "m"},
		Head: nhsuk.Heads(t("what"), t("measured", "from", x.Year.From.MonthYear(), "to", x.Year.Till.MonthYear()), t("begins", "from", start.Start.Long(), "to", till.Long()), t("first"), t("fifth", "quarter", locale.Quarter(x.end().Start)))}
	few := t("few")
	say := func(m capacity.Measure, v float64) string { return capacity.Say(ctx, m, v) }
	row := func(name string, m capacity.Measure, known bool, was float64) {
		cells := []string{name, few, say(m, start.Measures[m].P50), say(m, x.Result.Year(0, m)), say(m, x.end().Measures[m].P50)}
		if known {
			cells[1] = say(m, was)
		}
		p.Rows = append(p.Rows, nhsuk.Cells(cells...))
	}
	seen := x.Year.Seen
	enough := seen.N >= measured.Least
	row(locale.T(ctx, "capacity.measure.median"), capacity.Median, enough, seen.Median)
	row(locale.T(ctx, "capacity.measure.p90"), capacity.P90, enough, seen.P90)
	row(locale.T(ctx, "capacity.posts.within", "n", x.Target), capacity.Within, enough, seen.Within)
	row(t("waiting"), capacity.List, true, x.Year.Waiting)
	return p
}

// counted says how waits are counted here, and how on the page of the indicators.
func counted(ctx context.Context, x standing) []string {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.standing."+key, args...) }
	out := []string{t("counted", "n", x.Target)}
	if y := x.Year; y.Recent.N >= measured.Least && y.Accepted.N >= measured.Least {
		out[0] += " " + t("elsewhere", "accepted", capacity.Say(ctx, capacity.Median, y.Accepted.Median))
		out = append(out, t("recent", "median", capacity.Say(ctx, capacity.Median, y.Recent.Median), "within", whole(y.Recent.Within), "n", x.Target, "lately", whole(y.Lately), "now", whole(float64(y.Now)), "day", y.At.Long()))
	}
	return out
}

const (
	// level is how far, as a share, a number may move and still be called the same: under the chance of a year.
	level = 0.02
	// sameWait is the same in working days.
	sameWait = 0.5
)

// moved says whether a number went up, went down or stayed.
func moved(from, to, most float64) string {
	switch {
	case to > from+most:
		return "up"
	case to < from-most:
		return "down"
	}
	return "same"
}

// why says what becomes of the wait, and of what it is made: appointments against referrals, and the hours that give them.
func why(ctx context.Context, x standing) string {
	if x.Year.Seen.N < measured.Least || x.Year.Came <= 0 || x.Year.Given <= 0 {
		return ""
	}
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.why."+key, args...) }
	was, is := x.Year.Seen.Median, x.end().Measures[capacity.Median].P50
	came, given := x.Result.Flow(lastYear)
	part := func(key string, from, to float64) string {
		return t(key+"."+moved(from, to, level*from), "from", said.Tenth(from), "to", said.Tenth(to))
	}
	before, after := 100*x.Year.Given/x.Year.Came, 100*given/came
	out := t("wait."+moved(was, is, sameWait), "option", locale.Key("capacity.says.option."+string(x.Option)), "from", said.Tenth(was), "to", said.Tenth(is), "quarter", locale.Quarter(x.end().Start)) + " " +
		t("flow", "given", part("given", x.Year.Given, given), "came", part("came", x.Year.Came, came), "before", whole(before), "n", int(math.Round(after)))
	if f := x.Result.Formula; f != nil && came > 0 {
		out += " " + t("needed", "n", whole(100*f.Referrals*f.PerPerson/came))
	}
	if h := x.Result.Hours; h != nil && h.Before > 0 {
		how := moved(h.Before, h.After, level*h.Before)
		if how != "same" && x.Option != option.Nothing {
			how += ".planned"
		}
		var who []string
		for _, role := range h.Of {
			who = append(who, people(ctx, 2, role))
		}
		out += " " + t("hours."+how, "who", locale.And(ctx, who), "from", whole(h.Before), "to", whole(h.After))
		if h.High > 0 {
			out += " " + t("hours.range", "low", whole(h.Low), "high", whole(h.High))
		}
		out += " " + t("hours.whom")
	}
	return out
}

// low are the professions of which far fewer hours are recorded than given, each in a sentence.
func low(ctx context.Context, all []measured.Recorded) (out []string) {
	for _, r := range all {
		if r.Low {
			out = append(out, locale.T(ctx, "capacity.recorded.low", "hours", whole(r.Hours()), "n", int(math.Round(r.Offered)), "role", locale.Key("capacity.role."+r.Role), "share", whole(r.Share())))
		}
	}
	return out
}

// recordedTable lays hours offered beside appointments recorded, by profession.
func recordedTable(ctx context.Context, all []measured.Recorded) nhsuk.TableParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.recorded."+key, args...) }
	p := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: t("caption"), Size: "m"},
		Head: nhsuk.Heads(t("role"), t("offered"), t("appointments"), t("per"), t("share"))}
	for _, r := range all {
		per := ""
		if r.WTE > 0 {
			per = said.Tenth(r.PerWTE())
		}
		p.Rows = append(p.Rows, nhsuk.Cells(locale.T(ctx, "capacity.role."+r.Role), whole(r.Offered), t("appointments.value", "n", said.Tenth(r.Appointments), "minutes", whole(r.Minutes), "hours", said.Tenth(r.Hours())), per, t("share.value", "n", whole(r.Share()))))
	}
	return p
}
