package workforceweb

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/awards"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func askSettings(c *web.Context, f form.Form, years []int) *ask.Page {
	a := &ask.Page{Title: c.T("workforce.settings.title"), Lede: c.T("workforce.settings.lede"), Form: f, Button: "workforce.save"}
	a.Questions = func(f form.Form) []templ.Component {
		return slices.Concat([]templ.Component{
			form.Select(f, form.Field{Name: "start", Key: "workforce.start", Options: quarters(c.Ctx(), workforce.Starts(locale.Day(c.Now)))}),
			form.Text(f, form.Field{Name: "served", Key: "workforce.served", Width: 8}),
			form.Text(f, form.Field{Name: "uplift", Key: "workforce.uplift", Width: 5}),
		}, awards.Fields(f, years), []templ.Component{
			form.Select(f, form.Field{Name: "zone", Key: "workforce.zone", Options: zones("workforce.zone.none", workforce.Zones()[1:])}),
			form.Text(f, form.Field{Name: "leave", Key: "workforce.leave", Width: 5}),
			form.Text(f, form.Field{Name: "study", Key: "workforce.study", Width: 5}),
			form.Text(f, form.Field{Name: "sickness", Key: "workforce.sickness", Width: 5}),
			form.Text(f, form.Field{Name: "ramp", Key: "workforce.ramp", Width: 5}),
		})
	}
	return a
}

func (p *pages) settings(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	s := t.Setting
	f := form.Of(url.Values{"start": {s.Start.String()}, "uplift": {locale.Plain(s.Uplift)}, "leave": {locale.Plain(s.Leave)}, "study": {locale.Plain(s.Study)}, "sickness": {locale.Plain(s.Sickness)}, "ramp": {locale.Plain(s.RampMonths)}, "zone": {string(s.Zone)}})
	if s.Served > 0 {
		f.Values.Set("served", strconv.Itoa(s.Served))
	}
	awards.Fill(f.Values, s.Awards)
	return askSettings(c, f, pay.AwardYears(s.Start, outlook.Quarters)).Answer(c, "/workforce/plan")
}

func (p *pages) settingsPost(c *web.Context) error {
	f := form.From(c.R)
	in := workforce.PlanIn{Uplift: number(f, "uplift"), Leave: number(f, "leave"), Study: number(f, "study"), Sickness: number(f, "sickness"), RampMonths: number(f, "ramp"), Zone: pay.Zone(f.Get("zone"))}
	if f.Get("served") != "" {
		in.Served = f.Whole("served")
	}
	in.Start, _ = civil.Parse(f.Get("start")) // what is no date is no quarter
	years := pay.AwardYears(in.Start, outlook.Quarters)
	in.Awards = awards.Read(f, years)
	a := askSettings(c, f, years)
	a.Found(workforce.CheckPlan(in, locale.Day(c.Now)))
	if a.Form.Bad() {
		return a.Answer(c, "/workforce/plan")
	}
	return c.Done(p.s.SetPlan(c.Ctx(), c.Actor, c.Now, in), "workforce.saved", "/workforce/plan")
}

func (p *pages) askRate(c *web.Context, f form.Form) (*ask.Page, workforce.Role, error) {
	role, ok := p.s.Pack().Role(c.R.PathValue("role"))
	if !ok {
		return nil, role, fault.Missing("role")
	}
	a := &ask.Page{Title: c.T("workforce.rate.title", "role", role.Name), Form: f, Button: "workforce.save",
		Lede: c.T("workforce.rate.lede", "register", role.Register, "low", locale.Plain(role.Clinical.Low), "high", locale.Plain(role.Clinical.High), "source", role.Source)}
	a.Questions = func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "clinical", Key: "workforce.clinical", Width: 5}), form.Text(f, form.Field{Name: "leavers", Key: "workforce.leavers", Width: 5}), form.Text(f, form.Field{Name: "retire", Key: "workforce.retire", Width: 5})}
	}
	return a, role, nil
}

func (p *pages) rate(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	r := t.Setting.Rates[c.R.PathValue("role")]
	a, _, err := p.askRate(c, form.Of(url.Values{"clinical": {locale.Plain(r.Clinical)}, "leavers": {locale.Plain(r.Leavers)}, "retire": {locale.Plain(r.Retire)}}))
	if err != nil {
		return err
	}
	return a.Answer(c, "/workforce/plan")
}

func (p *pages) ratePost(c *web.Context) error {
	f := form.From(c.R)
	a, role, err := p.askRate(c, f)
	if err != nil {
		return err
	}
	in := workforce.RateIn{Role: role.Key, Clinical: number(f, "clinical"), Leavers: number(f, "leavers"), Retire: number(f, "retire")}
	a.Found(p.s.Pack().CheckRate(in))
	if a.Form.Bad() {
		return a.Answer(c, "/workforce/plan")
	}
	return c.Done(p.s.SetRate(c.Ctx(), c.Actor, c.Now, in), "workforce.saved", "/workforce/plan")
}
