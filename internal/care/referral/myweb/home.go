package myweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type homeView struct {
	About   []referral.About
	Reports []Report
	selfreferral.Mine
}

// standing says where a referral stands, and by when OH aims to do what is next. While its report is pending the person
// knows more than the referrer does: whether it is being written, waits for them, or has had their answer. Once it is
// signed OH aims at nothing: the person's own time is told where the report is.
func standing(seen flow.Seen, id uuid.UUID, next referral.Next, reports []Report) (key string, by civil.Date) {
	key, by = "my.state."+string(seen), next.By
	if seen != flow.SeenReportPending {
		return key, by
	}
	for _, r := range reports {
		switch {
		case r.Referral != id || !r.Signed:
		case r.Due.IsZero():
			return "my.report.answered", civil.Date{}
		default:
			return "my.report.ready", civil.Date{}
		}
	}
	return key, by
}

func (p *pages) homeGet(c *web.Context) (err error) {
	var v homeView
	if v.About, err = p.s.ListAbout(c.Ctx(), c.Actor); err != nil {
		return err
	}
	if v.Mine, err = p.self.Home(c.Ctx(), c.Actor, c.Now); err != nil {
		return err
	}
	if v.Reports, err = p.reports(c.Ctx(), c.Actor); err != nil {
		return err
	}
	return c.Render(homePage(c.Page("my.home.title", ""), v))
}

func (p *pages) showGet(c *web.Context) error {
	v, err := p.s.View(c.Ctx(), c.Actor, c.Now, c.Object.ID, c.Object.Ground)
	if err != nil {
		return err
	}
	reports, err := p.reports(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	state, by := standing(v.State, v.ID, v.Next, reports)
	return c.Render(showPage(c.Page("my.show.title", "/my", "name", v.Text.Referrer.Name), v, state, by))
}
