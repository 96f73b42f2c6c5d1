package workforceweb

import (
	"net/url"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func askSettings(c *web.Context, f form.Form) *asking {
	a := &asking{title: c.T("workforce.settings.title"), lede: c.T("workforce.settings.lede"), form: f, button: "workforce.save"}
	return a.with(func(f form.Form) []field {
		return []field{
			choose(f, "start", "workforce.start", quarters(c.Ctx(), workforce.Starts(locale.Day(c.Now)))),
			text(f, "served", "workforce.served", 8),
			text(f, "uplift", "workforce.uplift", 5),
			text(f, "leave", "workforce.leave", 5),
			text(f, "study", "workforce.study", 5),
			text(f, "sickness", "workforce.sickness", 5),
			text(f, "ramp", "workforce.ramp", 5),
		}
	})
}

func (p *pages) settings(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	s := t.Setting
	f := form.Of(url.Values{"start": {s.Start.String()}, "uplift": {plain(s.Uplift)}, "leave": {plain(s.Leave)}, "study": {plain(s.Study)}, "sickness": {plain(s.Sickness)}, "ramp": {plain(s.RampMonths)}})
	if s.Served > 0 {
		f.Values.Set("served", strconv.Itoa(s.Served))
	}
	return askSettings(c, f).answer(c, "/workforce/plan")
}

func (p *pages) settingsPost(c *web.Context) error {
	f := form.From(c.R)
	in := workforce.PlanIn{Uplift: number(f, "uplift"), Leave: number(f, "leave"), Study: number(f, "study"), Sickness: number(f, "sickness"), RampMonths: number(f, "ramp")}
	if f.Get("served") != "" {
		in.Served = whole(f, "served")
	}
	in.Start, _ = civil.Parse(f.Get("start")) // what is no date is no quarter
	a := askSettings(c, f)
	a.found(workforce.CheckPlan(in, locale.Day(c.Now)))
	if a.form.Bad() {
		return a.answer(c, "/workforce/plan")
	}
	if err := p.s.SetPlan(c.Ctx(), c.Actor, c.Now, in); err != nil {
		return err
	}
	c.Flash("workforce.saved")
	return c.Redirect("/workforce/plan")
}

func (p *pages) askRate(c *web.Context, f form.Form) (*asking, workforce.Role, error) {
	role, ok := p.s.Pack().Role(c.R.PathValue("role"))
	if !ok {
		return nil, role, fault.Missing("role")
	}
	a := &asking{title: c.T("workforce.rate.title", "role", role.Name), form: f, button: "workforce.save",
		lede: c.T("workforce.rate.lede", "register", role.Register, "low", plain(role.Clinical.Low), "high", plain(role.Clinical.High), "mark", role.Clinical.Mark, "source", role.Source)}
	return a.with(func(f form.Form) []field {
		return []field{text(f, "clinical", "workforce.clinical", 5), text(f, "leavers", "workforce.leavers", 5), text(f, "retire", "workforce.retire", 5)}
	}), role, nil
}

func (p *pages) rate(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	r := t.Setting.Rates[c.R.PathValue("role")]
	a, _, err := p.askRate(c, form.Of(url.Values{"clinical": {plain(r.Clinical)}, "leavers": {plain(r.Leavers)}, "retire": {plain(r.Retire)}}))
	if err != nil {
		return err
	}
	return a.answer(c, "/workforce/plan")
}

func (p *pages) ratePost(c *web.Context) error {
	f := form.From(c.R)
	a, role, err := p.askRate(c, f)
	if err != nil {
		return err
	}
	in := workforce.RateIn{Role: role.Key, Clinical: number(f, "clinical"), Leavers: number(f, "leavers"), Retire: number(f, "retire")}
	a.found(p.s.Pack().CheckRate(in))
	if a.form.Bad() {
		return a.answer(c, "/workforce/plan")
	}
	if err := p.s.SetRate(c.Ctx(), c.Actor, c.Now, in); err != nil {
		return err
	}
	c.Flash("workforce.saved")
	return c.Redirect("/workforce/plan")
}
