package cycleweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle/cycleweb"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	var actions []cycle.Action
	s := cycle.New(cycle.Deps{DB: db, Figures: figure.NewLibrary(&strategytest.Shelf{Value: "12 days"}), Actions: func(context.Context, access.Actor) ([]cycle.Action, error) { return actions, nil }})
	site := webtest.New(t, strategytest.Now, cycleweb.Routes(s), improvement.Rules)
	lead, guardian := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth))

	guardian.Get("/plan/cycles").Want(200).Says("There are no actions in the plan yet")
	id := uuid.New()
	actions = []cycle.Action{{ID: id, Title: "Night clinic"}}
	one := "/plan/cycles/" + id.String()
	guardian.Get("/plan/cycles").Says("Begin with an action", "Night clinic")
	if to := guardian.Get("/plan/cycles?action=" + id.String()).To(one); to != one {
		t.Error(to)
	}
	guardian.Get("/plan/cycles/" + uuid.NewString()).Want(404)
	guardian.Get(one).Want(200).Says("Write the aim first").Hides("/aim")

	form := lead.Get(one + "/aim").Want(200).Form()
	lead.Post(one+"/aim", form).Refuses("Enter the aim", "Enter the day by which it should be reached")
	webtest.Fill(form, "aim", "9 of 10 are offered", "by-day", "31", "by-month", "2", "by-year", "2027")
	lead.Post(one+"/aim", form).Refuses("Enter a real date, for example 27 3 2026")
	lead.Post(one+"/aim", webtest.Fill(form, "by-month", "3")).To(one)
	guardian.Get(one).Says("9 of 10 are offered", "31 March 2027", "No measure yet", "No cycle yet").Hides("/add", "/measure")

	form = lead.Get(one + "/measure").Want(200).Form()
	lead.Post(one+"/measure", form).Refuses("Select the kind of measure", "Select a figure from the list")
	lead.Post(one+"/measure", webtest.Fill(form, "kind", "outcome", "figure", "test/none")).Refuses("Select a figure from the list")
	lead.Post(one+"/measure", webtest.Fill(form, "figure", strategytest.Waits)).To(one)
	page := guardian.Get(one).Says("Outcome", "Wait to be seen: 12 days").Hides("/drop")
	if !slices.ContainsFunc(page.Links(), func(l string) bool { return strings.HasPrefix(l, "/figures/cited/") }) {
		t.Error("no link to where the figure comes from")
	}

	form = lead.Get(one + "/add").Want(200).Form()
	lead.Post(one+"/add", url.Values{"id": form["id"]}).Refuses("Enter what you want to find out", "Enter what you think will happen", "Enter who does what", "Enter the day")
	webtest.Fill(form, "question", "Do they come at 7am?", "prediction", "Half of them", "plan", "The nurse asks ten", "on-day", "5")
	lead.Post(one+"/add", form).To(one)
	page = lead.Get(one).Says("1. Do they come at 7am?", "Half of them", "Write what was done in cycle 1").Hides("/add")
	next := page.Link(".+/next")
	another := webtest.Fill(url.Values{"id": {uuid.NewString()}}, "question", "x", "prediction", "x", "plan", "x", "on-day", "5", "on-month", "11", "on-year", "2026")
	lead.Post(one+"/add", another).Want(409).Says("Finish it first")

	do := lead.Get(next).Want(200).Form()
	lead.Post(next, url.Values{"stage": {"do"}}).Refuses("Enter what was done", "Enter the day")
	lead.Post(next, webtest.Fill(do, "text", "Ten were asked", "on-day", "4")).Refuses("The day must be 5 November 2026 or after")
	lead.Post(next, webtest.Fill(do, "on-day", "11")).Refuses("The day must be today or in the past")
	lead.Post(next, webtest.Fill(do, "on-day", "6")).To(one)
	lead.Post(next, do).Want(409).Says("Somebody has changed this")
	study := lead.Get(next).Want(200).Says("You predicted: Half of them").Form()
	lead.Post(next, study).Refuses("Enter what it says beside the prediction")
	lead.Post(next, webtest.Fill(study, "text", "Seven came", "on-day", "7")).To(one)
	act := lead.Get(next).Want(200).Form()
	lead.Post(next, act).Refuses("Select what you will do with the change", "Enter what exactly you will do")
	lead.Post(next, webtest.Fill(act, "act", "adopt", "text", "Open at 7am on Mondays", "on-day", "8")).To(one)
	lead.Get(next).Want(404)
	lead.Post(next, act).Want(409)
	guardian.Get(one).Says("Seven came (7 November 2026)", "Adopt. Open at 7am on Mondays (8 November 2026)")
	guardian.Get("/plan/cycles").Says("9 of 10 are offered", "Adopt", "Every action of the plan has an aim")
	lead.Post(one+"/add", another).To(one)

	page = lead.Get(one)
	start := strings.Index(page.Body, one+"/measures/")
	drop := page.Body[start : start+strings.IndexByte(page.Body[start:], '"')]
	lead.Post(drop, url.Values{}).To(one)
	guardian.Get(one).Says("No measure yet")
	guardian.Post(drop, url.Values{}).Want(404)
}
