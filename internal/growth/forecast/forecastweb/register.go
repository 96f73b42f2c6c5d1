package forecastweb

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// dueMonths is how far ahead a forecast may fall due.
const dueMonths = 60

// registerView is the form.
type registerView struct {
	Form        form.Form
	Action      string // id, "" if the forecast stands alone
	Title       string // of the action
	Start       civil.Date
	Late        bool   // the action has started: the forecast would not count
	Others      string // measures that have no months, by title
	Figures     []form.Option
	Months      []form.Option
	Confidences []form.Option
}

func (p *pages) registerView(c *web.Context, f form.Form, action string) (registerView, error) {
	v := registerView{Form: f, Action: action, Figures: []form.Option{{Key: "forecast.register.figure.choose"}}, Months: []form.Option{{Key: "forecast.register.due.choose"}}}
	today := locale.Day(c.Now)
	if action != "" {
		id, err := uuid.Parse(action)
		if err != nil {
			return v, fault.Missing("action")
		}
		action, err := p.s.Planned(c.Ctx(), c.Actor, id)
		if err != nil {
			return v, err
		}
		v.Title, v.Start, v.Late = action.Title, action.Begin(), !action.Started.IsZero()
	}
	figures, others, err := p.s.Movable(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return v, err
	}
	for _, x := range figures {
		v.Figures = append(v.Figures, form.Option{Value: x.Ref.String(), Text: c.T("forecast.register.figure.option", "title", x.Title, "value", figureview.Value(c.Ctx(), x), "period", x.PeriodText)})
	}
	var titles []string
	for _, x := range others {
		titles = append(titles, x.Title)
	}
	v.Others = strings.Join(titles, ", ")
	for i := range dueMonths {
		m := (civil.Date{Year: today.Year, Month: today.Month, Day: 1}).AddMonths(i)
		v.Months = append(v.Months, form.Option{Value: m.String(), Text: m.MonthYear()})
	}
	for _, x := range p.s.Confidences() {
		v.Confidences = append(v.Confidences, form.Option{Value: x.Code, Text: c.T("forecast.confidence."+x.Code, "percent", x.Percent)})
	}
	return v, nil
}

func (p *pages) registerGet(c *web.Context) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	asked := c.R.URL.Query()
	v, err := p.registerView(c, form.Of(url.Values{"id": {id.String()}, "figure": asked["figure"]}), asked.Get("action"))
	if err != nil {
		return err
	}
	return c.Render(registerPage(c.Page("forecast.register.title", "/effect"), v))
}

func (p *pages) registerPost(c *web.Context) error {
	v, err := p.registerView(c, form.From(c.R), c.R.URL.Query().Get("action"))
	if err != nil {
		return err
	}
	f := &v.Form
	r := forecast.Registration{Title: f.Get("title"), Direction: spc.Direction(f.Get("direction")), Confidence: f.Get("confidence")}
	if r.ID, err = uuid.Parse(f.Get("id")); err != nil {
		return fault.Missing("forecast")
	}
	if v.Action != "" {
		r.Action, r.Title, r.StartsOn = uuid.MustParse(v.Action), v.Title, v.Start
	}
	if r.StartsOn.IsZero() {
		if t := f.Date("starts"); !t.IsZero() {
			r.StartsOn = civil.Of(t)
		}
	}
	r.Ref, _ = figure.ParseRef(f.Get("figure"))
	r.Points, r.From, r.To = decimal(f, "points"), decimal(f, "from"), decimal(f, "to")
	if due := f.Get("due"); due != "" {
		if r.Due, err = civil.Parse(due); err != nil {
			return fault.Missing("month")
		}
	}
	for line := range strings.Lines(f.Get("explanations")) {
		if line = strings.TrimSpace(line); line != "" {
			r.Explanations = append(r.Explanations, line)
		}
	}
	for _, x := range p.s.Check(r) {
		if f.Faults.Of(x.Name) == nil { // a number or date that cannot be read is said once
			f.Faults = append(f.Faults, x)
		}
	}
	if f.Bad() {
		return c.Invalid(registerPage(c.FormPage("forecast.register.title", "/effect", *f), v))
	}
	return c.Done(p.s.Register(c.Ctx(), c.Actor, c.Now, r), "forecast.register.saved", "/effect/forecasts/"+r.ID.String())
}

// decimal reads a number; an empty field is none.
func decimal(f *form.Form, name string) *float64 {
	text := strings.ReplaceAll(f.Get(name), ",", "")
	if text == "" {
		return nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.Abs(x) > 1e9 { // no count of an organisation comes near a thousand million
		f.Faults.Add(name, "forecast.register.number")
		return nil
	}
	return &x
}
