package capacityweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinicview"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) list(c *web.Context) error {
	o, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if wanted := option.Option(c.R.URL.Query().Get("option")); wanted.Valid() {
		if x, ok := o.Of(wanted); ok {
			return c.Redirect(address(x.ID))
		}
		if c.May(capacity.Write) {
			return c.Redirect("/capacity/add?option=" + string(wanted))
		}
	}
	said, err := p.why(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	params := c.Page("capacity.title", "")
	params.Wide = true
	return c.Render(listPage(params, o, said, p.s.Pack().TargetDays, c.May(capacity.Write)))
}

// state is the tag of a run.
func state(ctx context.Context, r *capacity.Run) nhsuk.TagParams {
	t := func(key, colour string, args ...any) nhsuk.TagParams {
		return nhsuk.TagParams{Text: locale.T(ctx, "capacity.state."+key, args...), Colour: colour}
	}
	switch {
	case r == nil:
		return t("none", "grey")
	case r.State == capacity.Queued:
		return t("queued", "blue")
	case r.State == capacity.Running:
		return t("running", "blue", "percent", strconv.Itoa(100*r.Done/max(r.Total, 1)))
	case r.State == capacity.Failed:
		return t("failed", "red")
	case r.Stale:
		return t("stale", "orange")
	}
	return t("done", "green")
}

func scenarioTable(ctx context.Context, o capacity.Overview) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.list.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "capacity.list.scenario"), locale.T(ctx, "capacity.list.option"), locale.T(ctx, "capacity.list.state"), locale.T(ctx, "capacity.list.horizon"), locale.T(ctx, "capacity.list.wait"), locale.T(ctx, "capacity.list.within"))}
	for _, x := range o.All {
		wait, within, five := "", "", ""
		if x.Best != nil {
			q := x.Best.Result.Quarters
			last := q[len(q)-1].Measures
			five = years(ctx, x.Best.Result)
			wait, within = ranged(ctx, capacity.Median, last[capacity.Median]), ranged(ctx, capacity.Within, last[capacity.Within])
			if x.Best.Stale { // never as if it were of now
				wait, within = locale.T(ctx, "capacity.list.before", "value", wait), locale.T(ctx, "capacity.list.before", "value", within)
			}
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: x.Title, Href: address(x.ID)}, {Text: locale.T(ctx, "capacity.option."+string(x.Option))}, {HTML: nhsuk.Tag(state(ctx, x.Last))}, {Text: five}, {Text: wait}, {Text: within}})
	}
	return t
}

// ran says that there are numbers to believe or not.
func ran(o capacity.Overview) bool {
	return slices.ContainsFunc(o.All, func(x capacity.Told) bool { return x.Best != nil })
}

// span is the first and the last day of the quarters that a run reports.
func span(r *capacity.Result) (first, last civil.Date) {
	return r.Quarters[0].Start, r.Quarters[len(r.Quarters)-1].Start.AddMonths(3).AddDays(-1)
}

// years are the five that a run reports.
func years(ctx context.Context, r *capacity.Result) string {
	first, last := span(r)
	return locale.T(ctx, "capacity.horizon", "from", first.MonthYear(), "to", last.MonthYear())
}

// ranged is the middle with eight in ten.
func ranged(ctx context.Context, m capacity.Measure, b capacity.Band) string {
	return around(ctx, capacity.Say(ctx, m, b.P50), b.P10, b.P90)
}

// around puts eight in ten behind a value; nothing where they are one and the same number.
func around(ctx context.Context, value string, low, high float64) string {
	if whole(low) == whole(high) {
		return value
	}
	return locale.T(ctx, "capacity.ranged", "value", value, "low", whole(low), "high", whole(high))
}

func whole(x float64) string { return capacity.Whole(x) }

func address(id uuid.UUID) string { return "/capacity/scenarios/" + id.String() }

func (p *pages) addGet(c *web.Context) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	v := url.Values{"id": {id.String()}}
	if o := option.Option(c.R.URL.Query().Get("option")); o.Valid() {
		v.Set("option", string(o))
	}
	return p.askAdd(c, form.Of(v))
}

// askAdd asks for a scenario.
func (p *pages) askAdd(c *web.Context, f form.Form) error {
	all, planned, err := p.s.Professions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if f.Bad() {
		return c.Invalid(addPage(c.FormPage("capacity.add.heading", "/capacity", f), f, all, planned))
	}
	clinicview.Begin(f.Values, planned)
	return c.Render(addPage(c.Page("capacity.add.heading", "/capacity"), f, all, planned))
}

// professions offers none, and each with what it gives now.
func professions(ctx context.Context, none string, all []capacity.Gives) []form.Option {
	out := []form.Option{{Key: none}}
	for _, x := range all {
		key := "capacity.add.clinic.now"
		if x.Now == 0 {
			key = "capacity.add.clinic.new"
		}
		out = append(out, form.Option{Value: x.Role, Text: locale.T(ctx, key, "role", locale.Key("capacity.role."+x.Role), "n", whole(x.Now))})
	}
	return out
}

func (p *pages) addPost(c *web.Context) error {
	_, planned, err := p.s.Professions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	x := capacity.Scenario{Title: f.Get("title"), Option: option.Option(f.Get("option"))}
	if x.ID, err = uuid.Parse(f.Get("id")); err != nil {
		return fault.Missing("scenario")
	}
	x.Terms = capacity.Terms{Population: decimal(&f, "population"), Campaign: decimal(&f, "campaign"), Contract: decimal(&f, "contract"), Productivity: decimal(&f, "productivity"),
		CampaignFrom: f.Day("campaign_from", "capacity.add.campaign_from"), CampaignTo: f.Day("campaign_to", "capacity.add.campaign_to"), ContractFrom: f.Day("contract_from", "capacity.add.contract_from"),
		Clinic: capacity.Clinic{Role: f.Get("clinic_role"), Sessions: decimal(&f, "clinic_sessions"), Slots: decimal(&f, "clinic_slots"), Off: decimal(&f, "clinic_off")}, Clinics: clinicview.Read(&f, planned, p.s.Profession)}
	for _, bad := range p.s.Check(x) {
		if !strings.HasPrefix(bad.Name, "clinics_") && f.Faults.Of(bad.Name) == nil { // a number or a date that cannot be read is said once
			f.Faults = append(f.Faults, bad)
		}
	}
	if f.Bad() {
		f.Faults.Order(slices.Concat([]string{"title", "option", "population", "campaign", "campaign_from", "campaign_to", "contract", "contract_from", "productivity"}, clinicview.Names(planned), []string{"clinic_role", "clinic_sessions", "clinic_slots", "clinic_off"}))
		return p.askAdd(c, f)
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, x), "capacity.add.saved", address(x.ID))
}

// decimal reads a number; an empty field is nought.
func decimal(f *form.Form, name string) float64 { return f.Decimal(name, "capacity.number") }

// day writes a moment's day, nothing for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return locale.Date(t)
}
