package championweb

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) team(c *web.Context) error {
	all, err := p.s.Line(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(teamPage(c.Page("champion.team.title", ""), teamTable(c.Ctx(), all, p.s.Pack(), locale.Day(c.Now)), len(all) > 0))
}

func hours(c *web.Context) (out []form.Option) {
	for n := 1; n <= champion.MostHours; n++ {
		out = append(out, form.Option{Value: strconv.Itoa(n), Text: c.T("champion.hours.n", "n", n)})
	}
	return out
}

// decideForm asks whether somebody can be a champion, or, once they are, how much time they have.
func decideForm(c *web.Context, f form.Form, x champion.Champion) *ask.Page {
	if x.State == champion.Asked {
		return &ask.Page{Title: c.T("champion.decide.title", "name", x.Name), Form: f, Button: "champion.decide.button", Questions: func(f form.Form) []templ.Component {
			return []templ.Component{decideHelp(x), form.Radios(f, form.Field{Name: "agree", Key: "champion.agree", Options: form.Options("champion.agree", "yes", "no")}), hoursField(c, f)}
		}}
	}
	return &ask.Page{Title: c.T("champion.time.title", "name", x.Name), Lede: c.T("champion.time.lede"), Form: f, Button: "champion.time.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{hoursField(c, f)}
	}}
}

func hoursField(c *web.Context, f form.Form) templ.Component {
	return form.Select(f, form.Field{Name: "hours", Key: "champion.hours", Options: hours(c)})
}

func (p *pages) decide(c *web.Context) error {
	x := c.Object.Value.(champion.Champion)
	f := form.Of(url.Values{"hours": {strconv.Itoa(p.s.Pack().UsualHours)}})
	if x.Hours > 0 {
		f.Values.Set("hours", strconv.Itoa(x.Hours))
	}
	return decideForm(c, f, x).Answer(c, team)
}

func (p *pages) decidePost(c *web.Context) error {
	x, f := c.Object.Value.(champion.Champion), form.From(c.R)
	a := decideForm(c, f, x)
	var bad fault.Fields
	no := x.State == champion.Asked && f.Get("agree") == "no"
	if x.State == champion.Asked && !no && f.Get("agree") != "yes" {
		bad.Add("agree", "champion.agree.empty")
	}
	if !no {
		bad = append(bad, champion.CheckHours(f.Whole("hours"))...)
	}
	if a.Found(bad) {
		return a.Answer(c, team)
	}
	if no {
		return c.Done(p.s.Refuse(c.Ctx(), c.Actor, c.Now, x), "champion.refused", team)
	}
	return c.Done(p.s.Agree(c.Ctx(), c.Actor, c.Now, x, f.Whole("hours")), "champion.agreed", team)
}

func (p *pages) coverage(c *web.Context) error {
	m, err := p.s.Covered(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(coveragePage(c.Page("champion.coverage.title", ""), m, p.s.Pack(), teamsOf(c, m, coverageAt)))
}
