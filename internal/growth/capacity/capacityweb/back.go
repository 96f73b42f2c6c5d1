package capacityweb

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/drift"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// backView is the page of the back-test.
type backView struct {
	Last, Best *capacity.Run
	Can        bool
	Run        string
	Writes     bool
	// Hours with patients a week in the year before and in the year, as the plan for people has them; none where it says nothing.
	Before, Year float64
}

func (p *pages) back(c *web.Context) error {
	run, err := uuid.NewV7()
	if err != nil {
		return err
	}
	v := backView{Run: run.String(), Writes: c.May(capacity.Write)}
	if v.Last, v.Best, v.Can, err = p.s.BackTested(c.Ctx(), c.Actor); err != nil {
		return err
	}
	if v.Best != nil {
		if v.Before, v.Year, err = p.s.Worked(c.Ctx(), c.Actor, *v.Best.Result.Back); err != nil {
			return err
		}
	}
	params := c.Page("capacity.back.title", "/capacity")
	params.Wide = true
	return c.Render(backPage(params, v))
}

func (p *pages) backPost(c *web.Context) error {
	run, err := uuid.Parse(form.From(c.R).Get("run"))
	if err != nil {
		return fault.Missing("run")
	}
	return c.Done(p.s.AskBack(c.Ctx(), c.Actor, c.Now, run), "capacity.run.asked", "/capacity/back-test")
}

// verdict says whether the model did well, and by what rule.
func verdict(ctx context.Context, b *capacity.Back) string {
	return locale.T(ctx, "capacity.back.verdict."+string(b.Verdict), "covered", whole(100*b.Covered), "came", whole(b.Came), "low", whole(b.CameLow), "high", whole(b.CameHigh), "share", whole(100*b.CameShare))
}

// failure says in what the model failed, what changed in that year, and whether it works a list off.
func failure(ctx context.Context, b *capacity.Back) string {
	out := []string{missed(ctx, b)}
	if said := sided(ctx, b); said != "" {
		out = append(out, said)
	}
	if changed := b.Changed(); len(changed) > 0 {
		var names []string
		for _, d := range changed {
			names = append(names, locale.T(ctx, "capacity.drift."+string(d.Measure)+".short"))
		}
		out = append(out, locale.T(ctx, "capacity.drift.short", "what", strings.Join(names, "; ")))
	}
	if b.Queue != nil {
		out = append(out, locale.T(ctx, "capacity.queue.short", "covered", whole(100*b.Queue.Covered)))
	}
	return strings.Join(append(out, locale.T(ctx, "capacity.trust.failed.alone")), " ")
}

// erred says which way the model was wrong about how many wait, and by how many.
func erred(ctx context.Context, b *capacity.Back) string {
	expected, happened, ok := b.Erred()
	if !ok {
		return ""
	}
	key := "level"
	switch e, h := math.Round(expected), math.Round(happened); {
	case e < h:
		key = "fewer"
	case e > h:
		key = "more"
	}
	return locale.T(ctx, "capacity.back.erred."+key, "expected", whole(expected), "happened", whole(happened), "n", whole(math.Abs(math.Round(happened)-math.Round(expected))))
}

// sided says in how many weeks the list was longer and shorter than the model had it, and so whether its answers err for or against more people;
// where it never was, how far the middle was off.
func sided(ctx context.Context, b *capacity.Back) string {
	side, longer, shorter, ok := b.Outside()
	if !ok {
		return erred(ctx, b)
	}
	return locale.T(ctx, "capacity.back.side."+string(side), "longer", longer, "shorter", shorter, "n", len(b.Weeks))
}

func missed(ctx context.Context, b *capacity.Back) string {
	return locale.T(ctx, "capacity.trust.failed."+string(b.Verdict), "covered", whole(100*b.Covered), "came", whole(b.Came), "low", whole(b.CameLow), "high", whole(b.CameHigh))
}

// lots writes a measure as it is read: shares in percent, the others with one decimal.
func lots(d drift.Drift, x float64) string {
	if d.Share() {
		return strconv.FormatFloat(100*x, 'f', 1, 64) + "%"
	}
	decimals := 1
	if d.Measure == drift.FollowUps {
		decimals = 2
	}
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

// cause says what changed beyond chance: how the service worked, what was asked of it, both, or nothing that is counted.
func cause(ctx context.Context, b *capacity.Back) string {
	asked, worked := false, false
	for _, d := range b.Changed() {
		asked, worked = asked || d.Demand(), worked || !d.Demand()
	}
	switch {
	case asked && worked:
		return locale.T(ctx, "capacity.drift.both")
	case asked:
		return locale.T(ctx, "capacity.drift.asked")
	case worked:
		return locale.T(ctx, "capacity.drift.worked")
	}
	return locale.T(ctx, "capacity.drift.neither")
}

// reasons are what changed, each in a sentence with its numbers.
func reasons(ctx context.Context, b *capacity.Back) (out []string) {
	for _, d := range b.Changed() {
		out = append(out, locale.T(ctx, "capacity.drift."+string(d.Measure)+".says", "year", lots(d, d.Year), "before", lots(d, d.Before), "low", lots(d, d.Low), "high", lots(d, d.High))+" "+onList(ctx, d))
	}
	return out
}

// onList says what a difference did to the list.
func onList(ctx context.Context, d drift.Drift) string {
	n := strconv.FormatFloat(math.Abs(d.People), 'f', 1, 64)
	switch {
	case n == "0.0":
		return locale.T(ctx, "capacity.drift.people.none")
	case d.People > 0:
		return locale.T(ctx, "capacity.drift.people.on", "count", n)
	}
	return locale.T(ctx, "capacity.drift.people.off", "count", n)
}

// driftTable lays the two years beside each other, changed or not.
func driftTable(ctx context.Context, b *capacity.Back) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.drift.caption"), Size: "m"}}
	for _, k := range []string{"what", "expected", "range", "year", "people", "chance"} {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "capacity.drift."+k)})
	}
	for _, d := range b.Drifts {
		chance := "capacity.drift.chance.within"
		if d.Beyond() {
			chance = "capacity.drift.chance.beyond"
		}
		t.Rows = append(t.Rows, nhsuk.Cells(locale.T(ctx, "capacity.drift."+string(d.Measure)), lots(d, d.Before), locale.T(ctx, "capacity.drift.range.value", "low", lots(d, d.Low), "high", lots(d, d.High)), lots(d, d.Year), onList(ctx, d), locale.T(ctx, chance)))
	}
	return t
}

// hours says what the plan for people has of both years.
func hours(ctx context.Context, v backView) string {
	change := math.Round(100 * (v.Year/v.Before - 1))
	key := "capacity.drift.hours.same"
	switch {
	case change > 0:
		key = "capacity.drift.hours.more"
	case change < 0:
		key = "capacity.drift.hours.less"
	}
	return locale.T(ctx, key, "year", whole(v.Year), "before", whole(v.Before), "percent", whole(math.Abs(change)))
}

// sound is the share of weeks above which the second check is said to be passed: as in the first, and no band that says eight in ten
// is right where it misses every other week.
const sound = 0.5

// queue says what the second check says.
func queue(ctx context.Context, b *capacity.Back) string {
	key := "capacity.queue.unsound"
	if b.Queue.Covered >= sound {
		key = "capacity.queue.sound"
	}
	return locale.T(ctx, "capacity.queue.says", "covered", whole(100*b.Queue.Covered), "width", whole(b.Queue.Width), "tested", whole(b.Width)) + " " + locale.T(ctx, key)
}

// overlaid are the bands of list and referrals with what happened.
func overlaid(ctx context.Context, b *capacity.Back) []chart.Fan {
	floor := 0.0
	list := chart.Fan{ID: "back-list", Title: locale.T(ctx, "capacity.back.list"), Unit: locale.T(ctx, "capacity.unit.people"), Floor: &floor, Says: locale.T(ctx, "capacity.back.list.says", "n", whole(100*b.Covered), "weeks", len(b.Weeks))}
	came := chart.Fan{ID: "back-came", Title: locale.T(ctx, "capacity.back.came"), Floor: &floor, Says: locale.T(ctx, "capacity.back.came.says", "n", whole(100*b.CameShare), "weeks", len(b.Weeks))}
	for _, w := range b.Weeks {
		for _, f := range []*chart.Fan{&list, &came} {
			f.Labels = append(f.Labels, locale.Date(w.Start.UTC()))
		}
		list.Points = append(list.Points, chart.FanPoint{Low: w.Low, Middle: w.Middle, High: w.High, Bare: true})
		list.Actual = append(list.Actual, spc.Some(w.Happened))
		came.Points = append(came.Points, chart.FanPoint{Low: w.CameLow, Middle: (w.CameLow + w.CameHigh) / 2, High: w.CameHigh, Bare: true})
		came.Actual = append(came.Actual, spc.Some(w.Came))
	}
	return []chart.Fan{list, came}
}
