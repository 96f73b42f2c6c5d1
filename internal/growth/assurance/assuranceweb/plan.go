package assuranceweb

import (
	"slices"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// quarter is a part of the plan of a year.
type quarter struct {
	Year, Quarter int
	Current       bool
	Steps         []assurance.Step
}

// name is the months of the quarter: the first begins in April of its financial year.
func (q quarter) name() string {
	return locale.Quarter(civil.Date{Year: q.Year, Month: time.April, Day: 1}.AddMonths(3 * (q.Quarter - 1)))
}

type planView struct {
	Today    civil.Date
	Quarters []quarter
	Offer    []int // years that can be planned
	MayPlan  bool
	Yearly   assurance.Yearly
}

// plan shows the years that matter now: the one before, the current and the next.
func (p *pages) plan(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	current := assurance.FinancialYear(r.Today)
	v := planView{Today: r.Today, MayPlan: c.May(assurance.PlanYear), Offer: []int{current, current + 1}}
	for _, s := range r.Steps {
		v.Offer = slices.DeleteFunc(v.Offer, func(y int) bool { return y == s.Year })
		if s.Year < current-1 {
			continue
		}
		if n := len(v.Quarters); n == 0 || v.Quarters[n-1].Year != s.Year || v.Quarters[n-1].Quarter != s.Quarter {
			v.Quarters = append(v.Quarters, quarter{Year: s.Year, Quarter: s.Quarter, Current: s.Year == current && s.Quarter == assurance.Quarter(r.Today)})
		}
		q := &v.Quarters[len(v.Quarters)-1]
		q.Steps = append(q.Steps, s)
	}
	if v.Yearly, err = p.s.Yearly(c.Ctx(), c.Actor, c.Now); err != nil {
		return err
	}
	return c.Render(planPage(c.Page("assurance.plan.title", "/assurance"), v))
}

func (p *pages) planPost(c *web.Context) error {
	year, err := strconv.Atoi(c.Text("year"))
	if err != nil {
		return fault.Missing("year")
	}
	return c.Done(p.s.Plan(c.Ctx(), c.Actor, c.Now, year), "assurance.plan.saved", "/assurance/plan")
}

type doneView struct {
	Form form.Form
	Step assurance.Step
}

func (p *pages) doneView(c *web.Context, f form.Form) (doneView, error) {
	id, err := c.ID("id")
	if err != nil {
		return doneView{}, err
	}
	s, err := p.s.FindStep(c.Ctx(), c.Actor, id)
	if err == nil && !s.DoneOn.IsZero() {
		err = fault.New(fault.Conflict, "assurance.done.already")
	}
	return doneView{f, s}, err
}

func (p *pages) doneGet(c *web.Context) error {
	f, err := begin()
	if err != nil {
		return err
	}
	form.SetDay(f.Values, "done", locale.Day(c.Now))
	v, err := p.doneView(c, f)
	if err != nil {
		return err
	}
	return c.Render(donePage(c.Page("assurance.done.title", "/assurance/plan", "name", v.Step.Title), v))
}

func (p *pages) donePost(c *web.Context) error {
	v, err := p.doneView(c, form.From(c.R))
	if err != nil {
		return err
	}
	f := &v.Form
	done := f.Day("done")
	if f.Faults.Merge(assurance.CheckDone(done, f.Get("words"), locale.Day(c.Now))); f.Bad() {
		return c.Invalid(donePage(c.FormPage("assurance.done.title", "/assurance/plan", v.Form, "name", v.Step.Title), v))
	}
	return c.Done(p.s.Finish(c.Ctx(), c.Actor, c.Now, v.Step.ID, done, f.Get("words")), "assurance.done.saved", "/assurance/plan")
}

// yearName is a financial year as it is written: 2026/27.
func yearName(y int) string { return strconv.Itoa(y) + "/" + strconv.Itoa(y + 1)[2:] }
