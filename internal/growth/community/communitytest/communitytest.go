// Package communitytest gives tests a world whose ICS has opened a community of practice, with members of two trusts.
package communitytest

import (
	"context"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Now is the day of the tests.
var Now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)

// Elements of a short framework.
var Elements = []member.Element{{Code: "E1", Title: "Personal health"}, {Code: "E4", Title: "Managers and leaders"}, {Code: "E6", Title: "Data insights"}}

// House is a community and who is in it.
type House struct {
	world.T
	DB      *postgres.DB
	W       *world.World
	Members *member.Service
	Scores  []member.Score // of whichever organisation asks
	Closed  civil.Date

	Host               access.Actor // leads on occupational health for the ICS
	Nation             access.Actor // leads on it for the nation, which has no community yet
	Helen, Anne, Ruth  access.Actor // nurse, head of occupational health and second nurse of a trust
	Iris, Carl         access.Actor // nurse and administrator of another trust
	Ward, Guardian, HR access.Actor // of the first trust, in no team
}

// New makes the world. Its community is open, and nobody is in it.
func New(t *testing.T) *House {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	h := &House{T: world.T{T: t}, DB: db, W: w, Closed: civil.MustParse("2026-10-01"),
		Host:   w.SystemLead().As(access.SystemLead, access.Growth),
		Nation: w.NationalLead().As(access.NationalLead, access.Growth),
		Helen:  w.OHNurse.As(access.Nurse, access.Growth), Anne: w.OHLead.As(access.Lead, access.Growth), Ruth: w.OHNurse2.As(access.Nurse, access.Growth),
		Iris: w.ForeignOHNurse.As(access.Nurse, access.Growth), Carl: w.ForeignOHAdmin.As(access.OHAdmin, access.Growth),
		Ward: w.Ward.As(access.Manager, access.Growth), Guardian: w.Guardian.As(access.Guardian, access.Growth), HR: w.HR.As(access.HR, access.Growth)}
	h.Members = member.New(member.Deps{DB: db, Elements: Elements, Scores: func(context.Context, access.Actor) ([]member.Score, civil.Date, error) {
		return h.Scores, h.Closed, nil
	}})
	h.OK(h.Members.Open(t.Context(), h.Host, Now.AddDate(0, -2, 0), member.OpenIn{Name: "Wyre and Fells OH community", About: "We learn from each other."}))
	return h
}

// In is a profile that says the least.
func In(change func(*member.ProfileIn)) member.ProfileIn {
	in := member.ProfileIn{Profession: "nurse", ShowHome: "yes", Alone: "no", Mentors: "no"}
	if change != nil {
		change(&in)
	}
	return in
}

// Join has people join with the least that a profile says.
func (h *House) Join(all ...access.Actor) {
	h.Helper()
	for _, a := range all {
		h.OK(h.Members.Say(h.Context(), a, Now, In(nil)))
	}
}

// Day is some days after the day of the tests.
func Day(n int) civil.Date { return civil.Of(Now).AddDays(n) }
