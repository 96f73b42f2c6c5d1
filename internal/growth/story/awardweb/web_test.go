package awardweb_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award"
	"github.com/rowan-ohwb/rowan/internal/growth/story/awardweb"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storytest"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = storytest.Now

// TestNomination goes from the criteria to an award that is won: what an answer rests on is gone when it is withdrawn, and what was
// sent is kept.
func TestNomination(t *testing.T) {
	h := storytest.New(t)
	ctx := t.Context()
	keys, err := seal.Open(t.TempDir())
	h.OK(err)
	said := testimony.New(h.DB, keys)
	s := award.New(award.Deps{DB: h.DB, Figures: h.Library, Stories: h.S, Testimonials: said, Items: func(context.Context, access.Actor, time.Time) ([]award.Item, error) { return nil, nil }})
	site := webtest.New(t, now, awardweb.Routes(s), slices.Concat(award.Rules, figure.Rules))
	lead, admin, guardian, comms := site.As(h.Lead), site.As(h.Admin), site.As(h.Guardian), site.As(h.Comms)
	guardian.Get("/stories/awards").Want(200).Says("There are no nominations yet").Hides("Begin a nomination")
	guardian.Get("/stories/achievements").Want(200).Says("There is nothing here yet")
	guardian.Get("/stories/awards/add").Want(404)
	comms.Get("/stories/awards").Want(404)

	in := storytest.In()
	h.OK(h.S.Save(ctx, h.Lead, now, in))
	h.OK(h.S.Measure(ctx, h.Lead, now, in.ID, story.MeasureIn{Action: h.Action, Version: 1}))
	h.OK(h.S.Check(ctx, h.Admin, now, in.ID, 2))
	h.OK(h.S.Publish(ctx, h.Lead, now, in.ID, 3))
	// one giver agreed to partners, the other did not
	var tokens []string
	for i, places := range [][]string{{testimony.Partners}, {testimony.Inside}} {
		x := testimony.Testimonial{ID: uuid.New(), Words: []string{"They listened well", "Only for us"}[i], Audience: "manager", Named: testimony.Nobody, Places: places, Ends: locale.Day(now).AddMonths(6)}
		h.OK(said.Ask(ctx, h.Lead, now, x))
		token, err := said.Token(h.Lead, testimony.Testimonial{ID: x.ID, Ends: x.Ends, State: testimony.Asked}, locale.Day(now))
		h.OK(err)
		h.OK(said.Agree(ctx, token, now, places))
		tokens = append(tokens, token)
	}

	f := lead.Get("/stories/awards/add").Want(200).Form()
	f.Set("criteria", "Impact | many")
	lead.Post("/stories/awards/add", f).Want(422).Says("Select what it is for", "Enter the name of the award", "Enter who gives it", "Enter the deadline", "Line 1: enter the criterion, a bar, and words from 1 to 2,000")
	for name, value := range map[string]string{"kind": "award", "name": "Team of the year", "organiser": "A society", "deadline-day": "1", "deadline-month": "12", "deadline-year": "2026", "criteria": "Impact | 5\n\nWhat others can learn\n"} {
		f.Set(name, value)
	}
	one := lead.Post("/stories/awards/add", f).Location
	lead.Get("/stories/awards").Says("Team of the year", "Draft", "Deadline is near")
	lead.Get(one).Want(200).Says("Criteria that are not ready: 2 of 2", "No answer yet", "Rests on nothing yet", "0 of 5 words").Hides("We have sent it")
	lead.Post(one+"/submit", nil).Want(409)

	f = admin.Get(one + "/criteria/1").Want(200).Says("5 words at most").Form()
	stale := f
	admin.Post(one+"/criteria/1", f).Want(422).Says("Enter the answer")
	f.Set("answer", "People are seen four days sooner")
	admin.Post(one+"/criteria/1", f).To(one)
	lead.Post(one+"/criteria/1", stale).Want(409)
	lead.Get(one).Says("6 of 5 words", "Too many words")
	f = lead.Get(one + "/criteria/1").Form()
	f.Set("answer", "Seen four days sooner")
	lead.Post(one+"/criteria/1", f).To(one)
	f = lead.Get(one + "/criteria/2").Form()
	f.Set("answer", "Do not open in the evening")
	lead.Post(one+"/criteria/2", f).To(one)
	lead.Get(one + "/criteria/3").Want(404)

	f = lead.Get(one+"/criteria/1/evidence").Want(200).Says("Case study: Seen sooner", "Judged forecast: Thursday clinic: Word of no_claim", "Testimonial: They listened well", "Figure: Waits: 12 days").Hides("Only for us").Form()
	lead.Post(one+"/criteria/1/evidence", f).Want(422).Says("Select what it rests on")
	shelf, err := s.Shelf(ctx, h.Lead, now)
	h.OK(err)
	for n, all := range map[string][]string{"1": {"story/" + in.ID.String(), "effect/" + h.Effects[1].Forecast.String(), "testimonial/" + shelf.Testimonials[0].ID.String()}, "2": {"figure/test/waits"}} {
		for _, what := range all {
			f := lead.Get(one + "/criteria/" + n + "/evidence").Form()
			f.Set("what", what)
			lead.Post(one+"/criteria/"+n+"/evidence", f).To(one)
			lead.Post(one+"/criteria/"+n+"/evidence", f).Want(409) // a second press adds nothing
		}
	}
	for _, what := range []string{"story/" + uuid.NewString(), "gossip/" + uuid.NewString(), "figure/test/none", "item/x"} {
		f := lead.Get(one + "/criteria/1/evidence").Form()
		f.Set("what", what)
		lead.Post(one+"/criteria/1/evidence", f).Want(404)
	}
	guardian.Get(one).Want(200).Says("Every criterion has an answer").Hides("Remove", "We have sent it")
	guardian.Get(one+"/nomination").Want(200).Says("Draft: it was not sent", "Seen four days sooner", "4 of 5 words", "Nobody came in the evening", "Word of no_claim. It fell.", "They listened well", "Waits: 12 days")

	// the giver takes it back: it is gone from the page and from the print, and the nomination is not ready
	h.OK(said.TakeBack(ctx, tokens[0], now))
	lead.Get(one).Says("no longer there", "Something it rests on is gone").Hides("They listened well", "We have sent it")
	lead.Get(one + "/nomination").Hides("They listened well")
	lead.Post(one+"/submit", nil).Want(409)
	x, err := s.Find(ctx, h.Lead, now, uuid.MustParse(strings.TrimPrefix(one, "/stories/awards/")))
	h.OK(err)
	for _, e := range x.Criteria[0].Evidence {
		if e.Gone {
			lead.Post(one+"/evidence/"+e.ID.String()+"/remove", nil).To(one)
		}
	}
	admin.Post(one+"/submit", nil).Want(404)
	lead.Post(one+"/submit", nil).To(one)
	lead.Get(one).Says("Sent").Hides("Write the answer")
	lead.Get(one + "/criteria/1").Want(409)
	lead.Post(one+"/drop", nil).Want(409)
	if err := s.Rest(ctx, h.Lead, now, x.ID, uuid.New(), 1, "figure/test/waits"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("evidence after it was sent: %v", err)
	}
	for _, sql := range []string{`update award_criterion set answer = 'Better'`, `delete from award_evidence`} {
		err := h.DB.InTenant(ctx, h.Lead, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if postgres.Code(err) != postgres.Locked {
			t.Errorf("%s after it was sent: %v", sql, err)
		}
	}

	f = lead.Get(one + "/outcome").Want(200).Form()
	lead.Post(one+"/outcome", f).Want(422).Says("Select what came of it", "Enter when you heard")
	for name, value := range map[string]string{"state": "won", "on-day": "24", "on-month": "11", "on-year": "2026", "words": "They show what failed"} {
		f.Set(name, value)
	}
	lead.Post(one+"/outcome", f).To(one)
	guardian.Get("/stories/achievements").Want(200).Says("Team of the year", "A society, 24 November 2026")
	lead.Get(one + "/outcome").Want(409)
	foreign := access.Actor{Role: access.Lead, Wall: access.Growth, Organisation: h.W.Other, Service: h.W.OtherService}
	if all, err := s.List(ctx, foreign); err != nil || len(all) > 0 {
		t.Errorf("another service reads %d, %v", len(all), err)
	}
	site.As(foreign).Get(one).Want(404)
	for _, a := range []access.Actor{h.W.Ward.As(access.Manager, access.Employer), h.W.OHNurse.As(access.Nurse, access.Clinical)} {
		site.As(a).Get("/stories/awards").Want(404)
	}
}

// TestAccreditation holds until a day, and is no achievement after it.
func TestAccreditation(t *testing.T) {
	day := locale.Day(now)
	a := award.Award{Kind: award.Accreditation, State: award.Submitted, SubmittedOn: day.AddDays(-10), Deadline: day}
	for name, c := range map[string]struct {
		in   award.Settled
		want string
	}{
		"won until a day":    {award.Settled{State: award.Won, On: day, Until: day.AddMonths(60)}, ""},
		"won for ever":       {award.Settled{State: award.Won, On: day}, "until"},
		"not won":            {award.Settled{State: award.Not, On: day}, ""},
		"heard before":       {award.Settled{State: award.Not, On: day.AddDays(-11)}, "on"},
		"heard tomorrow":     {award.Settled{State: award.Not, On: day.AddDays(1)}, "on"},
		"forged":             {award.Settled{State: award.Drafting, On: day}, "state"},
		"too much was said":  {award.Settled{State: award.Not, On: day, Words: strings.Repeat("x", award.MostSettled+1)}, "words"},
		"nothing was chosen": {award.Settled{}, "state on"},
	} {
		var got []string
		for _, f := range a.CheckSettled(c.in, day) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	a.State, a.Until = award.Won, day.AddDays(5)
	if !a.Achieved(a.Until) || a.Achieved(a.Until.AddDays(1)) {
		t.Error("it does not hold until its day")
	}
	a.Kind = "award"
	if !a.Achieved(a.Until.AddDays(1)) {
		t.Error("an award that was won is forgotten")
	}
	d := award.Award{State: award.Drafting, Deadline: day}
	if d.Late(day) || !d.Late(day.AddDays(1)) || !d.Soon(day.AddDays(-28)) || d.Soon(day.AddDays(-29)) {
		t.Error("late or near on the wrong day")
	}
}
