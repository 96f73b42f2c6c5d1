// Package loadweb is the page that says how the team of occupational health is, and the form for its overtime.
package loadweb

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const home = "/workforce/load"

type pages struct{ s *load.Service }

// Routes of the slice. How the team is is for the lead: the board sees posts, not how people are.
func Routes(s *load.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Wall: access.Growth, Permission: workforce.Write, Load: web.NoObject}.On
	return []web.Route{
		on("GET", home, p.load),
		on("GET", "/workforce/load/overtime", p.overtime),
		on("POST", "/workforce/load/overtime", p.overtimePost),
	}
}

func (p *pages) load(c *web.Context) error {
	l, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(loadPage(c.Page("load.title", "/workforce"), l))
}

func monthOptions(today civil.Date) (out []form.Option) {
	for _, m := range load.Months(today) {
		out = append(out, form.Option{Value: m.String(), Text: m.MonthYear()})
	}
	return out
}

func (p *pages) overtime(c *web.Context) error {
	return c.Render(overtimePage(c.Page("load.overtime.add", home), form.Of(nil), monthOptions(locale.Day(c.Now))))
}

func (p *pages) overtimePost(c *web.Context) error {
	f, today := form.From(c.R), locale.Day(c.Now)
	hours, err := strconv.ParseFloat(strings.ReplaceAll(f.Get("hours"), ",", ""), 64)
	if err != nil {
		hours = math.NaN()
	}
	in := load.OvertimeIn{Hours: hours}
	in.Month, _ = civil.Parse(f.Get("month")) // what is no date is no month
	if f.Faults.Merge(load.CheckOvertime(in, today)); f.Bad() {
		return c.Invalid(overtimePage(c.FormPage("load.overtime.add", home, f), f, monthOptions(today)))
	}
	return c.Done(p.s.Enter(c.Ctx(), c.Actor, c.Now, in), "load.saved", home)
}

func number(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(math.Round(10*x)/10, 'f', 1, 64), ".0")
}

// listText says how many wait for each WTE, or why that cannot be said.
func listText(ctx context.Context, l load.Load) string {
	n, ok := l.PerWTE()
	switch {
	case ok:
		return locale.T(ctx, "load.list", "n", l.List, "wte", number(l.WTE), "per", number(n), "day", l.AsAt.Long())
	case l.Fitted:
		return locale.T(ctx, "load.list.nobody", "n", l.List, "day", l.AsAt.Long())
	}
	return locale.T(ctx, "load.list.none")
}

func table(ctx context.Context, caption string, heads ...string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, caption), Size: "s"}}
	for _, h := range heads {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, h)})
	}
	return t
}

func roleTable(ctx context.Context, l load.Load) nhsuk.TableParams {
	t := table(ctx, "load.roles", "load.role", "load.wte", "load.contacts", "load.open")
	for _, r := range l.Roles {
		week, open := number(r.Week), number(r.Open)
		if !l.Cases {
			open = locale.T(ctx, "load.not_collected")
		}
		switch {
		case !l.Fitted:
			week = locale.T(ctx, "load.not_collected")
		case r.Few:
			week, open = locale.T(ctx, "load.few"), locale.T(ctx, "load.few")
		}
		t.Rows = append(t.Rows, nhsuk.Cells(locale.T(ctx, "role."+string(r.Role)), number(r.WTE), week, open))
	}
	return t
}

func overtimeTable(ctx context.Context, l load.Load) nhsuk.TableParams {
	t := table(ctx, "load.overtime.caption", "load.month", "load.hours", "load.by")
	for _, m := range l.Overtime {
		if m.Known {
			t.Rows = append(t.Rows, nhsuk.Cells(m.Month.MonthYear(), number(m.Hours), m.By))
		} else {
			t.Rows = append(t.Rows, nhsuk.Cells(m.Month.MonthYear(), locale.T(ctx, "load.not_collected"), ""))
		}
	}
	return t
}

func supervisionTable(ctx context.Context, l load.Load) nhsuk.TableParams {
	t := table(ctx, "load.supervision.caption", "load.month", "load.supervision.took")
	for _, m := range l.Supervised {
		took := locale.T(ctx, "load.supervision.of", "n", m.Took, "all", m.Clinicians)
		if m.Few {
			took = locale.T(ctx, "load.few")
		}
		t.Rows = append(t.Rows, nhsuk.Cells(m.Month.MonthYear(), took))
	}
	return t
}

func leavingTable(ctx context.Context, l load.Load) nhsuk.TableParams {
	t := table(ctx, "load.leaving.caption", "load.role", "load.leavers", "load.retire")
	for _, x := range l.Expected {
		t.Rows = append(t.Rows, nhsuk.Cells(x.Role.Name, number(x.Leavers), number(x.Retire)))
	}
	return t
}

func pulseTable(ctx context.Context, l load.Load) nhsuk.TableParams {
	t := table(ctx, "load.pulse.caption", "load.pulse.question", "load.pulse.period", "load.pulse.mean", "load.pulse.answers")
	for _, x := range l.Pulse {
		mean, n := locale.T(ctx, "load.few"), locale.T(ctx, "load.pulse.few")
		if !x.Few {
			mean, n = locale.T(ctx, "load.pulse.of", "mean", strconv.FormatFloat(x.Mean, 'f', 1, 64)), locale.T(ctx, "load.pulse.about", "n", x.Answers)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(x.Question, locale.T(ctx, "load.pulse.days", "from", x.Opens.Long(), "to", x.Closes.Long()), mean, n))
	}
	return t
}
