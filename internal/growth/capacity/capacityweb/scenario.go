package capacityweb

import (
	"context"
	"math"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinicview"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/reckoning"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/said"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/strain"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// view is the page of a scenario.
type view struct {
	capacity.Told
	Target  int
	Others  []capacity.Told
	Against *capacity.Told // that it is compared with; nil if there is none
	Diff    []capacity.Difference
	Moved   []capacity.Difference // from the run before to this one; none where they are of other quarters
	Changed []string              // what went into the two runs otherwise
	Run     string                // id of the next run
	All     capacity.Overview
	Writes  bool
	Strain  string          // that it leaves the team without room
	Why     []string        // of the preferred option: why it is
	From    templ.Component // of one that was copied from a community
}

// older says, of numbers that are of something else than there is now, of when they are; "" where they are of now.
func older(ctx context.Context, v view) string {
	if v.Best == nil || !v.Best.Stale {
		return ""
	}
	key := "capacity.run.older"
	switch {
	case v.stale() && v.Writes:
		key = "capacity.run.older.stale"
	case v.stale():
		key = "capacity.run.older.reader"
	}
	return locale.T(ctx, key, "when", locale.DateTime(v.Best.Finished))
}

// stale says that the newest result is of something else than there is now, and nothing is being run.
func (v view) stale() bool { return v.Last != nil && v.Last.State == capacity.Done && v.Last.Stale }

func (p *pages) scenario(c *web.Context) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	if v.Best != nil {
		var against *capacity.Result
		for i := range v.Others {
			x := &v.Others[i]
			if asked := c.R.URL.Query().Get("against"); asked == x.ID.String() || asked == "" && v.Against == nil && x.Option == option.Nothing && v.Option != option.Nothing {
				v.Against = x
			}
		}
		if v.Against != nil {
			if v.Diff, err = p.s.Differences(c.Ctx(), c.Actor, *v.Best, *v.Against.Best); err != nil {
				return err
			}
			against = v.Against.Best.Result
		}
		v.Strain = strain.Says(c.Ctx(), v.Best.Result, against, p.s.Pack().UsedPercent)
	}
	if v.Option == capacity.Chosen && v.Terms.Plain() {
		if v.Why, err = p.why(c.Ctx(), c.Actor); err != nil {
			return err
		}
	}
	if v.Before != nil {
		if v.Changed, err = p.s.Changed(c.Ctx(), c.Actor, *v.Best, *v.Before); err != nil {
			return err
		}
		if last(v.Before).Start == last(v.Best).Start {
			if v.Moved, err = p.s.Differences(c.Ctx(), c.Actor, *v.Best, *v.Before); err != nil {
				return err
			}
		}
	}
	params := c.Page("capacity.title", "/capacity")
	params.Title, params.Wide = v.Title, true
	return c.Render(scenarioPage(params, v))
}

func (p *pages) view(c *web.Context) (v view, err error) {
	id, err := c.ID("id")
	if err != nil {
		return v, err
	}
	run, err := uuid.NewV7()
	if err != nil {
		return v, err
	}
	v.Told, v.All, v.Others, err = p.s.Find(c.Ctx(), c.Actor, id)
	if err != nil {
		return v, err
	}
	v.From, err = p.from(c.Ctx(), c.Actor, id)
	v.Run, v.Writes, v.Target = run.String(), c.May(capacity.Write), p.s.Pack().TargetDays
	return v, err
}

func (p *pages) runPost(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	run, err := uuid.Parse(form.From(c.R).Get("run"))
	if err != nil {
		return fault.Missing("run")
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, id, run), "capacity.run.asked", address(id))
}

func (p *pages) withdrawGet(c *web.Context) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	return c.Render(withdrawPage(c.Page("capacity.withdraw.title", address(v.ID)), v))
}

func (p *pages) withdrawPost(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, id), "capacity.withdraw.saved", "/capacity")
}

// pair is the scenario and what it is compared with.
func (v view) pair() said.Pair {
	return said.Pair{Of: v.Told, Against: *v.Against, Less: v.Diff, Target: v.Target}
}

// last is the quarter at the end of the plan.
func last(r *capacity.Run) capacity.Quarter {
	return r.Result.Quarters[len(r.Result.Quarters)-1]
}

// sentence is what a board member can repeat.
func sentence(ctx context.Context, v view) string {
	q := last(v.Best)
	m := q.Measures
	return locale.T(ctx, "capacity.says", "option", locale.Key("capacity.says.option."+string(v.Option)), "quarter", locale.Quarter(q.Start), "median", capacity.Say(ctx, capacity.Median, m[capacity.Median].P50),
		"between", said.Span(ctx, whole(m[capacity.Median].P10), whole(m[capacity.Median].P90)), "within", whole(m[capacity.Within].P50), "share", said.Span(ctx, whole(m[capacity.Within].P10)+"%", whole(m[capacity.Within].P90)+"%"), "n", v.Target)
}

// horizon says which five years were simulated, and from which day on.
func horizon(ctx context.Context, r *capacity.Result) string {
	first, last := span(r)
	from := first
	if r.Begins != nil {
		from = r.Begins.Start
	}
	return locale.T(ctx, "capacity.horizon.run", "from", first.Long(), "to", last.Long(), "begins", from.Long())
}

// shown100 is the least difference, of 100 people, that a page of whole numbers can show.
const shown100 = 0.5

// since says what is otherwise than in the run before: of how many of 100 people are seen in time, both as the page shows them.
func since(ctx context.Context, v view) string {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.since."+key, args...) }
	when := locale.DateTime(v.Before.Finished)
	var what []string
	for _, x := range v.Changed {
		what = append(what, t("changed."+x))
	}
	of := t("changed.none")
	if len(what) > 0 {
		of = t("changed", "what", locale.And(ctx, what))
	}
	if v.Moved == nil {
		return t("other", "when", when) + " " + of
	}
	now := last(v.Best)
	from, to, d := last(v.Before).Measures[capacity.Within], now.Measures[capacity.Within], v.Moved[len(v.Moved)-1].Measures[capacity.Within]
	args := []any{"when", when, "from", whole(from.P50), "to", whole(to.P50), "n", v.Target, "quarter", locale.Quarter(now.Start), "between", said.Span(ctx, said.Tenth(d.P10), said.Tenth(d.P90))}
	key := "moved"
	switch {
	case d == capacity.Band{}:
		key = "nothing"
	case whole(from.P50) == whole(to.P50) && math.Abs(d.P50) < shown100:
		key = "same"
	case d.P10 <= 0 && d.P90 >= 0:
		key = "unsure"
	}
	return t(key, args...) + " " + of
}

// charted are the measures in the order in which a board asks: how long, how many in time, and only then the list.
var charted = []capacity.Measure{capacity.Median, capacity.Within, capacity.P90, capacity.List, capacity.Utilisation}

// fans are the charts of a run.
func fans(ctx context.Context, v view) (out []chart.Fan) {
	r := v.Best.Result
	floor, ceiling, target := 0.0, 100.0, float64(v.Target)
	for _, m := range charted {
		f := chart.Fan{ID: "fan-" + string(m), Title: locale.T(ctx, "capacity.measure."+string(m)), Floor: &floor}
		first, end := r.Quarters[0].Measures[m], last(v.Best).Measures[m]
		f.Says = locale.T(ctx, "capacity.fan.says", "first", capacity.Say(ctx, m, first.P50), "from", locale.Quarter(r.Quarters[0].Start),
			"last", capacity.Say(ctx, m, end.P50), "between", said.Span(ctx, whole(end.P10), whole(end.P90)), "to", locale.Quarter(last(v.Best).Start))
		switch m {
		case capacity.Within, capacity.Utilisation:
			f.Unit, f.Ceiling = "%", &ceiling
		case capacity.Median, capacity.P90:
			f.Unit, f.Target = locale.T(ctx, "capacity.unit.days"), &target
		case capacity.List:
			f.Unit = locale.T(ctx, "capacity.unit.people")
		}
		for _, q := range r.Quarters {
			b := q.Measures[m]
			f.Labels, f.Short = append(f.Labels, locale.Quarter(q.Start)), append(f.Short, q.Start.MonthYear())
			f.Points = append(f.Points, chart.FanPoint{Low: b.P10, InnerLow: b.P25, Middle: b.P50, InnerHigh: b.P75, High: b.P90})
		}
		out = append(out, f)
	}
	return out
}

// facts are what the scenario is made of.
func facts(ctx context.Context, v view) nhsuk.SummaryListParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.fact."+key, args...) }
	rows := []nhsuk.SummaryRow{nhsuk.Row(t("option"), locale.T(ctx, "capacity.option."+string(v.Option)))}
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	x := v.Terms
	if x.Population != 0 {
		rows = append(rows, nhsuk.Row(t("population"), t("population.value", "n", number(x.Population))))
	}
	if x.Campaign != 0 {
		rows = append(rows, nhsuk.Row(t("campaign"), t("campaign.value", "n", number(x.Campaign), "from", x.CampaignFrom.Long(), "to", x.CampaignTo.Long())))
	}
	if x.Contract != 0 {
		rows = append(rows, nhsuk.Row(t("contract"), t("contract.value", "n", number(x.Contract), "from", x.ContractFrom.Long())))
	}
	if x.Productivity != 0 {
		rows = append(rows, nhsuk.Row(t("productivity"), t("productivity.value", "n", number(x.Productivity))))
	}
	if k := x.Clinic; k.Role != "" {
		rows = append(rows, nhsuk.Row(t("clinic"), t("clinic.value", "role", locale.Key("capacity.role."+k.Role), "sessions", number(k.Sessions), "slots", number(k.Slots), "off", number(k.Off), "n", whole(k.Weekly()))))
	}
	rows = append(rows, nhsuk.Row(t("made"), t("made.value", "name", v.By, "when", day(v.At))))
	if v.Best != nil {
		rows = append(rows, nhsuk.Row(t("run"), t("run.value", "n", v.Best.Total, "name", v.Best.By, "when", locale.DateTime(v.Best.Finished))), nhsuk.Row(t("fingerprint"), v.Best.Fingerprint[:shortPrint]))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

// shortPrint is how much of a fingerprint a page shows: enough to compare two by eye.
const shortPrint = 16

// given is what each profession gives a week now.
func given(v view) clinicview.Gives {
	out := clinicview.Gives{}
	for _, x := range v.All.Gives {
		out[x.Role] = x.Now
	}
	return out
}

// formula is what the arithmetic says, in rows.
func formula(ctx context.Context, f *reckoning.Formula, target int) nhsuk.SummaryListParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.formula."+key, args...) }
	beside := func(key string, b reckoning.Beside) nhsuk.SummaryRow {
		return nhsuk.Row(t(key), t(key+".value", "n", said.Tenth(b.Formula), "simulated", said.Tenth(b.Simulated)))
	}
	rows := []nhsuk.SummaryRow{nhsuk.Row(t("load"), t("load.value", "n", whole(100*f.Load))), beside("list", f.List), beside("wait", f.Wait)}
	if f.Needed > 0 {
		rows = append(rows, nhsuk.Row(t("needed"), t("needed.value", "n", whole(f.Needed), "target", target)))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

// which says which of the two to use.
func which(ctx context.Context, f *reckoning.Formula) string {
	if len(f.WhyNot) > 0 {
		return locale.T(ctx, "capacity.formula.use")
	}
	return locale.T(ctx, "capacity.formula.use.same")
}

// bare says what the two come to without what the formula leaves out.
func bare(ctx context.Context, x reckoning.Bare) []string {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.formula.bare."+key, args...) }
	out := []string{t("list", "formula", said.Tenth(x.List.Formula), "simulated", said.Tenth(x.List.Simulated))}
	if x.Moving {
		out[0] += " " + t("moving")
	} else {
		out[0] += " " + t("wait", "formula", said.Tenth(x.Wait.Formula), "simulated", said.Tenth(x.Wait.Simulated))
	}
	if x.Agrees() {
		return append(out, t("holds"))
	}
	return append(out, t("broken"))
}

// agree says that formula and simulation should, and whether they do.
func agree(ctx context.Context, f *reckoning.Formula) string {
	key := "capacity.formula.holds"
	if !f.List.Agrees() || !f.Wait.Agrees() {
		key = "capacity.formula.broken"
	}
	return locale.T(ctx, key, "list", said.Tenth(f.List.Tolerance()), "wait", said.Tenth(f.Wait.Tolerance()))
}

// othersForm offers what to compare with.
func othersForm(v view) (form.Form, []form.Option) {
	values := url.Values{}
	if v.Against != nil {
		values.Set("against", v.Against.ID.String())
	}
	var options []form.Option
	for _, x := range v.Others {
		options = append(options, form.Option{Value: x.ID.String(), Text: x.Title})
	}
	return form.Of(values), options
}
