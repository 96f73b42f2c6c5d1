package returnplanweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/phased"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/icalendar"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// at is where the pages about somebody's hours are, for who reads them.
func at(v returnplan.View) string {
	if v.Side == returnplan.ByPerson {
		return "/my/return"
	}
	return "/adjustments/team/" + v.Person.String() + "/return"
}

// back is the page before.
func back(v returnplan.View) string {
	if v.Side == returnplan.ByPerson {
		return "/my"
	}
	return "/adjustments/team/" + v.Person.String()
}

// about gives the hours that a page is about: those of the path, or the actor's own.
func (p *pages) about(c *web.Context) (returnplan.View, error) {
	if v, ok := c.Object.Value.(returnplan.View); ok {
		return v, nil
	}
	return p.s.Mine(c.Ctx(), c.Actor, c.Now)
}

func (p *pages) show(c *web.Context) error {
	v, err := p.about(c)
	if err != nil {
		return err
	}
	x := showView{View: v, Today: locale.Day(c.Now)}
	if v.Side == returnplan.ByPerson {
		token, err := p.s.FeedToken(c.Ctx(), c.Actor)
		if err != nil {
			return err
		}
		if token != "" {
			x.Base, x.Feed = strings.TrimSuffix(p.base, "/"), "/hours/"+token
		}
	}
	if v.Plan != nil {
		if held, ok := v.Plan.Holds(); ok {
			x.Holds, x.Table = &held, p.table(c.Ctx(), held)
		}
		if waits, ok := v.Plan.Waiting(); ok {
			x.Waits, x.Proposed = &waits, p.table(c.Ctx(), waits)
			x.Whose, _ = waits.Waits()
		}
	}
	title := c.T("returnplan.title")
	if v.Name != "" {
		title = c.T("returnplan.title.of", "name", v.Name)
	}
	return c.Render(showPage(c.Page("form.page", back(v), "title", title), x))
}

// dayFields names the days of the week in the order of the form.
var week = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func dayOptions() (out []form.Option) {
	for _, d := range week {
		out = append(out, form.Option{Value: strconv.Itoa(int(d)), Key: "returnplan.day." + strconv.Itoa(int(d))})
	}
	return out
}

// days reads the days of a form; what is none is left out.
func days(f form.Form) (out []time.Weekday) {
	for _, d := range week {
		if slices.Contains(f.All("days"), strconv.Itoa(int(d))) {
			out = append(out, d)
		}
	}
	return out
}

func setDays(v url.Values, days []time.Weekday) {
	v.Del("days")
	for _, d := range days {
		v.Add("days", strconv.Itoa(int(d)))
	}
}

// proposeForm asks how to begin. It has choices, dates and numbers, and no field that a sentence fits in.
func (p *pages) proposeForm(c *web.Context, f form.Form, v returnplan.View) *ask.Page {
	lede := c.T("returnplan.propose.lede", "hours", returnplan.Hours(v.Contract))
	if v.Advised {
		lede += " " + c.T("returnplan.advised")
	}
	return &ask.Page{Title: c.T("returnplan.propose.title"), Lede: lede, Form: f, Button: "returnplan.propose.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Date(f, form.Field{Name: "start", Key: "returnplan.start"}),
			form.Checkboxes(f, form.Field{Name: "days", Key: "returnplan.days", Options: dayOptions()}),
			form.Radios(f, form.Field{Name: "shape", Key: "returnplan.shape", Options: form.Options("returnplan.shape", returnplan.Shapes...)}),
			form.Text(f, form.Field{Name: "first", Key: "returnplan.first", Width: 4}),
			form.Text(f, form.Field{Name: "weeks", Key: "returnplan.weeks", Width: 2}),
		}
	}}
}

// opening finds what a first proposal is about: somebody without a plan, or whose plan is over.
func (p *pages) opening(c *web.Context) (returnplan.View, error) {
	v, err := p.about(c)
	if err == nil && v.Plan != nil && !v.Plan.Over(locale.Day(c.Now)) {
		err = fault.New(fault.Conflict, "returnplan.open")
	}
	return v, err
}

func (p *pages) propose(c *web.Context) error {
	v, err := p.opening(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	f.Values.Set("shape", returnplan.Usual)
	setDays(f.Values, week[:5])
	form.SetDay(f.Values, "start", v.AdvisedFrom)
	return p.proposeForm(c, f, v).Answer(c, at(v))
}

func (p *pages) proposePost(c *web.Context) error {
	v, err := p.about(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	minutes, ok := returnplan.Minutes(f.Get("first"))
	if !ok {
		minutes = -1
	}
	in := returnplan.First{Start: f.Day("start", "returnplan.start"), Shape: f.Get("shape"), Hours: minutes, Weeks: f.Whole("weeks"), Days: days(f)}
	a := p.proposeForm(c, f, v)
	_, faults := p.s.Pack().Make(in, v.Contract, locale.Day(c.Now))
	if a.Found(onForm(faults, "shape")) {
		return a.Answer(c, at(v))
	}
	return c.Done(p.s.Propose(c.Ctx(), c.Actor, c.Now, v.Person, id, in), "returnplan.proposed", at(v))
}

// onForm puts what is wrong with a week beside the question that the week came from.
func onForm(all fault.Fields, name string) (out fault.Fields) {
	for _, x := range all {
		if strings.HasPrefix(x.Name, "week-") {
			x.Name = name
		}
		out.Merge(fault.Fields{x})
	}
	return out
}

// spare is how many weeks the form of a change has room for besides those that there are.
const spare = 3

func (p *pages) changeForm(c *web.Context, f form.Form, v returnplan.View, rows int) *ask.Page {
	reasons := append([]form.Option{{Value: "", Key: "returnplan.reason.none"}}, form.Options("returnplan.reason", p.s.Pack().Reasons...)...)
	return &ask.Page{Title: c.T("returnplan.change.title"), Lede: c.T("returnplan.change.lede", "hours", returnplan.Hours(v.Contract)), Form: f, Button: "returnplan.propose.save", Questions: func(f form.Form) []templ.Component {
		out := []templ.Component{
			form.Select(f, form.Field{Name: "reason", Key: "returnplan.reason", Options: reasons}),
			form.Date(f, form.Field{Name: "start", Key: "returnplan.start"}),
			form.Checkboxes(f, form.Field{Name: "days", Key: "returnplan.days", Options: dayOptions()}),
		}
		for n := 1; n <= rows; n++ {
			out = append(out, form.Text(f, form.Field{Name: returnplan.WeekField(n), Key: "returnplan.week", Args: []any{"n", n}, Width: 4}))
		}
		return append(out, form.Checkboxes(f, form.Field{Name: "dips", Key: "returnplan.dips", Options: []form.Option{{Value: "yes", Key: "returnplan.dips.yes"}}}))
	}}
}

// changing finds the plan that a change is about, which there may not be: one that nobody has to answer first.
func (p *pages) changing(c *web.Context) (v returnplan.View, last returnplan.Version, rows int, err error) {
	if v, err = p.about(c); err != nil {
		return v, last, 0, err
	}
	if v.Plan == nil {
		return v, last, 0, nil
	}
	last, _ = v.Plan.Last()
	if _, waits := v.Plan.Waiting(); waits {
		return v, last, 0, fault.New(fault.Conflict, "returnplan.changed")
	}
	return v, last, min(len(last.Plan.Weeks)+spare, phased.MostWeeks), nil
}

func (p *pages) change(c *web.Context) error {
	v, last, rows, err := p.changing(c)
	if err == nil && v.Plan == nil {
		return c.Redirect(at(v))
	}
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"seen": {strconv.Itoa(len(v.Plan.Versions))}})
	form.SetDay(f.Values, "start", last.Plan.Start)
	setDays(f.Values, last.Plan.Days)
	for i, m := range last.Plan.Weeks {
		f.Values.Set(returnplan.WeekField(i+1), returnplan.Hours(m))
	}
	if last.Plan.Dips {
		f.Values.Set("dips", "yes")
	}
	return p.changeForm(c, f, v, rows).Answer(c, at(v))
}

func (p *pages) changePost(c *web.Context) error {
	v, last, rows, err := p.changing(c)
	if err == nil && v.Plan == nil {
		err = fault.Missing("plan")
	}
	if err != nil {
		return err
	}
	f := form.From(c.R)
	plan := phased.Plan{Start: f.Day("start", "returnplan.start"), Contract: v.Contract, Days: days(f), Dips: f.Get("dips") == "yes"}
	for n := 1; n <= rows; n++ {
		typed := f.Get(returnplan.WeekField(n))
		if typed == "" {
			continue
		}
		minutes, ok := returnplan.Minutes(typed)
		if !ok {
			f.Faults.Add(returnplan.WeekField(n), "returnplan.week.wrong", "week", n)
		}
		plan.Weeks = append(plan.Weeks, minutes)
	}
	a := p.changeForm(c, f, v, rows)
	var faults fault.Fields
	if !f.Bad() {
		faults = p.s.Pack().CheckChange(plan, f.Get("reason"), last.Plan.Start, locale.Day(c.Now))
	}
	if a.Found(faults) {
		return a.Answer(c, at(v))
	}
	return c.Done(p.s.Change(c.Ctx(), c.Actor, c.Now, v.Person, f.Whole("seen"), plan, f.Get("reason")), "returnplan.proposed", at(v))
}

func (p *pages) answer(c *web.Context) error {
	v, err := p.about(c)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.R.PathValue("n"))
	if err != nil {
		return fault.Missing("hours")
	}
	do, said := p.s.Refuse, "returnplan.refused"
	switch c.Text("answer") {
	case "yes":
		do, said = p.s.Agree, "returnplan.agreed"
	case "no":
	default:
		return fault.New(fault.Invalid, "returnplan.answer.empty")
	}
	return c.Done(do(c.Ctx(), c.Actor, c.Now, v.Person, n), said, at(v))
}

func (p *pages) end(c *web.Context) error {
	v, err := p.about(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, v.Person), "returnplan.ended", at(v))
}

func (p *pages) makeFeed(c *web.Context) error {
	return c.Done(p.s.MakeFeed(c.Ctx(), c.Actor, c.Now), "returnplan.feed.made", "/my/return")
}

func (p *pages) closeFeed(c *web.Context) error {
	return c.Done(p.s.CloseFeed(c.Ctx(), c.Actor, c.Now), "returnplan.feed.closed", "/my/return")
}

// feed answers the calendar of a private link. It says nothing but days and hours.
func (p *pages) feed(c *web.Context) error {
	words := returnplan.Words{Name: c.T("returnplan.feed.name"), Day: func(hours string) string { return c.T("returnplan.feed.day", "hours", hours) }}
	calendar, err := p.s.Feed(c.Ctx(), c.R.PathValue("token"), c.Now, words)
	if err != nil {
		return err
	}
	c.Attach(icalendar.ContentType, "hours.ics")
	c.W.WriteHeader(http.StatusOK)
	return icalendar.Write(c.W, calendar)
}

// table lays hours over weeks and days.
func (p *pages) table(ctx context.Context, v returnplan.Version) hoursTable {
	days, known := p.s.Calendar(v.Plan)
	t := hoursTable{Known: known, Table: nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "returnplan.table"), Size: "s"},
		Head: nhsuk.Heads(locale.T(ctx, "returnplan.table.week"), locale.T(ctx, "returnplan.table.from"), locale.T(ctx, "returnplan.table.hours"), locale.T(ctx, "returnplan.table.days"))}}
	for i, m := range v.Plan.Weeks {
		var on []string
		for _, d := range days {
			if d.Week != i+1 {
				continue
			}
			name := locale.T(ctx, "returnplan.day.short."+strconv.Itoa(int(d.Date.Weekday())))
			if d.Holiday != "" {
				on = append(on, locale.T(ctx, "returnplan.table.holiday", "day", name))
				continue
			}
			on = append(on, name+" "+returnplan.Hours(d.Minutes))
		}
		t.Table.Rows = append(t.Table.Rows, nhsuk.Cells(locale.T(ctx, "returnplan.week", "n", i+1), v.Plan.Start.AddDays(7*i).Long(), returnplan.Hours(m), strings.Join(on, ", ")))
	}
	return t
}

type hoursTable struct {
	Table nhsuk.TableParams
	Known bool // the bank holidays of all its days
}

// line says in a line what became of a version.
func line(ctx context.Context, v returnplan.Version) string {
	from := v.Plan.Start.Long()
	switch _, waits := v.Waits(); {
	case v.Agreed():
		return locale.T(ctx, "returnplan.line.agreed", "from", from, "day", locale.Date(v.AgreedAt()))
	case waits:
		return locale.T(ctx, "returnplan.line.waits", "from", from, "day", locale.Date(v.At))
	}
	return locale.T(ctx, "returnplan.line.refused", "from", from, "day", locale.Date(v.RefusedAt))
}
