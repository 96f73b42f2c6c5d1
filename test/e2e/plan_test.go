package e2e

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// cast is who plans, and where.
type cast struct {
	name                      string
	care                      bool // the service works in Rowan; else all it has is what it takes in
	organisation, service     uuid.UUID
	lead, executive, guardian world.Who
	nurse, colleague          world.Who // colleague: a second one, where there is one
}

// trust keeps its cases in Rowan.
func trust(w *world.World) cast {
	return cast{name: "care", care: true, organisation: w.Trust, service: w.Service, lead: w.OHLead, executive: w.Executive, guardian: w.Guardian, nurse: w.OHNurse, colleague: w.OHNurse2}
}

// outside keeps another system, and has no care data here.
func outside(w *world.World) cast {
	return cast{name: "imported", organisation: w.Other, service: w.OtherService, lead: w.ForeignOHAdmin, executive: w.ForeignManager, guardian: w.Foreign, nurse: w.ForeignOHNurse}
}

// planner is the way from what staff need to what came of it, walked by the people of one organisation.
type planner struct {
	cast
	t     *testing.T // of the part that is walked
	h     *house
	view  browser.View
	first time.Time // of the month in which it begins

	quiet bool // keeps no pictures of the parts that another walk shows

	// addresses that one part leaves to the next
	round, objective, action, forecast, question string
	needs                                        []string // the biggest gap first
}

// The months of the plan, counted from its first. An action starts on the first day of a month, so that this month is
// its own; six whole months after are the fewest that a judgement takes.
const (
	startsIn = 1
	dueIn    = startsIn + 5
	judgedIn = dueIn + 1
	before   = 24 // months of history
)

// programme is the plan: what is done on which day of which month and when; without a time, right after what was before.
var programme = []struct {
	name       string
	month, day int
	at         string
	do         func(*planner)
}{
	{"data", 0, 10, "9:30", (*planner).data},
	{"begin", 0, 10, "", (*planner).begin},
	{"ask", 0, 10, "11:00", (*planner).ask},
	{"answer", 0, 11, "12:00", (*planner).answer},
	{"close", 0, 12, "9:00", (*planner).close},
	{"propose", 0, 12, "", (*planner).propose},
	{"strategy", 0, 13, "9:00", (*planner).strategy},
	{"board", 0, 16, "14:00", (*planner).board},
	{"register", 0, 17, "9:00", (*planner).register},
	{"start", startsIn, 1, "9:00", (*planner).start},
	{"judge", judgedIn, 5, "9:00", (*planner).judge},
	{"review", judgedIn, 5, "", (*planner).review},
	{"replan", judgedIn, 5, "11:00", (*planner).replan},
	{"assure", judgedIn, 6, "9:00", (*planner).assure},
	{"pack", judgedIn, 7, "9:00", (*planner).pack},
	{"origins", judgedIn, 7, "", (*planner).origins},
	{"catalogue", judgedIn, 8, "9:00", (*planner).catalogue},
	{"balance", judgedIn, 8, "", (*planner).balance},
	{"pathway", judgedIn, 8, "", (*planner).pathway},
	{"maturity", judgedIn, 8, "", (*planner).maturity},
	{"cycle", judgedIn, 8, "", (*planner).cycle},
	{"workforce", judgedIn, 8, "", (*planner).workforce},
	{"capacity", judgedIn, 8, "", (*planner).capacity},
	{"practice", judgedIn, 8, "", (*planner).practice},
	{"development", judgedIn, 8, "", (*planner).development},
	{"pulse", judgedIn, 8, "", (*planner).pulse},
	{"evidence", judgedIn, 9, "9:00", (*planner).evidence},
	{"renew", judgedIn, 9, "", (*planner).renew},
	{"simulated", judgedIn, 9, "", (*planner).simulated},
	{"standards", judgedIn, 9, "", (*planner).standards},
	{"freeze", judgedIn, 9, "", (*planner).freeze},
	{"audit", judgedIn, 9, "", (*planner).audit},
	{"invest", judgedIn, 9, "", (*planner).invest},
	{"former", judgedIn, 10, "9:00", (*planner).former},
}

// walkPlan walks the plan at a trust that works in Rowan, in the narrow view with JavaScript, and at an organisation that
// has only what it took in, in the wide one without. With ROWAN_WALK or ROWAN_PROVE the trust walks in every view, and the
// other in the narrow one too: six walks of some minutes each.
func walkPlan(t *testing.T) {
	h := open(t, true)
	var all []*planner
	full := allCasts()
	for _, view := range browser.Views {
		if full || view == browser.Phone {
			all = append(all, h.planner(t, trust(world.New(t, h.db)), view))
		}
		if full && view == browser.Phone || view == browser.DesktopPlain {
			all = append(all, h.planner(t, outside(world.New(t, h.db)), view))
		}
	}
	for _, part := range programme {
		if part.at != "" {
			h.at(all[0].time(part.month, part.day, part.at))
		}
		if part.name == "renew" {
			h.work(t) // reminders are written and sent by jobs
		}
		done := t.Run(part.name, func(t *testing.T) {
			for _, p := range all {
				t.Run(p.name+"-"+p.view.Name, func(t *testing.T) {
					t.Parallel()
					p.t = t
					part.do(p)
				})
			}
		})
		if !done {
			return // what follows would only fail for the same reason
		}
	}
}

// planner gives the people of a cast their roles, and their service its history.
func (h *house) planner(t *testing.T, c cast, view browser.View) *planner {
	t.Helper()
	p := &planner{cast: c, t: t, h: h, view: view, first: planStart()}
	if !c.care {
		h.show(t, c.lead, access.Lead)
		h.show(t, c.executive, access.Executive)
		h.show(t, c.guardian, access.Guardian)
	}
	return p
}

// planStart is the month in which the plan begins: so long ago that what is judged is over by now.
func planStart() time.Time {
	now := time.Now().In(locale.London)
	return time.Date(now.Year(), now.Month()-judgedIn-1, 1, 0, 0, 0, 0, locale.London)
}

// time is a time of day on a day of a month of the plan.
func (p *planner) time(month, day int, at string) time.Time {
	clock, err := time.Parse("15:04", at)
	if err != nil {
		panic(err) // a constant of this walk
	}
	return time.Date(p.first.Year(), p.first.Month()+time.Month(month), day, clock.Hour(), clock.Minute(), 0, 0, locale.London)
}

// month names a month of the plan.
func (p *planner) month(n int) string { return p.first.AddDate(0, n, 0).Format("January 2006") }

// date writes a day of a month of the plan under a question.
func (p *planner) date(v *browser.Visitor, legend string, month, day int) {
	p.t.Helper()
	d := p.time(month, day, "0:00")
	v.Date(legend, d.Format("2"), d.Format("1"), d.Format("2006"))
}

// as signs somebody in. The clock jumps between parts, so nobody stays signed in.
func (p *planner) as(who world.Who, role access.Role) *browser.Visitor {
	p.t.Helper()
	return p.h.seat(p.t, p.view, who, role).Want(200)
}

func (p *planner) asLead() *browser.Visitor { p.t.Helper(); return p.as(p.lead, access.Lead) }
func (p *planner) asGuardian() *browser.Visitor {
	p.t.Helper()
	return p.as(p.guardian, access.Guardian)
}
func (p *planner) asExecutive() *browser.Visitor {
	p.t.Helper()
	return p.as(p.executive, access.Executive)
}

// shot names pictures by the cast.
func (p *planner) shot(v *browser.Visitor, name string) *browser.Visitor {
	if p.quiet {
		return v
	}
	return v.Shot(p.name + "-" + name)
}
