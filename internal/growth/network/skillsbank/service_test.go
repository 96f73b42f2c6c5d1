package skillsbank_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
)

type bank struct {
	t                 *testing.T
	db                *postgres.DB
	w                 *world.World
	s                 *skillsbank.Service
	giver, taker, ics access.Actor
	nurse             access.Actor // of the giver, behind the clinical wall
	other             uuid.UUID    // who takes
}

func (b *bank) exec(a access.Actor, sql string, args ...any) error {
	return b.db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql, args...); return err })
}

func (b *bank) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// takes has an organisation take part, as package sharing does it.
func (b *bank) takes(a access.Actor) {
	b.t.Helper()
	b.must(b.exec(a, `insert into sharing_agreement (organisation_id, id, system_id, item, from_month, state, asked_at, asked_by, decided_at, decided_by) values ($1, $2, $3, 'skills', '2026-10-01', 'agreed', $4, 'x', $4, 'y')`, a.Organisation, uuid.New(), b.w.ICS, now))
}

func (b *bank) leaves(a access.Actor) {
	b.t.Helper()
	b.must(b.exec(a, `update sharing_agreement set state = 'ended', ended_at = $2, ended_by = 'x' where organisation_id = $1 and item = 'skills'`, a.Organisation, now))
}

// offers writes an offer of the nurse behind the clinical wall, as care/lending does it.
func (b *bank) offers() uuid.UUID {
	b.t.Helper()
	id, home := uuid.New(), b.nurse.Organisation
	b.must(b.exec(b.nurse, `insert into skills_person values ($1, $2, $3, 'Helen Marsh', 'nurse')`, home, id, b.nurse.Account))
	b.must(b.exec(b.nurse, `insert into skills_offer (organisation_id, id, role, band, slots, places, from_on, until_on, state, made_at) values ($1, $2, 'nurse', '6', '{tue-am}', $3, '2026-11-10', '2027-03-31', 'waits', $4)`, home, id, []string{b.other.String()}, now))
	b.must(b.exec(b.nurse, `insert into skills_held values ($1, $2, 'havs', '2026-12-15')`, home, id))
	return id
}

func open(t *testing.T) *bank {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	other := access.Actor{Account: uuid.New(), Name: "Lead of Fell", Organisation: w.Other, Service: w.OtherService, Role: access.Lead, Wall: access.Growth}
	return &bank{t: t, db: db, w: w, s: skillsbank.New(db, []skillsbank.Competence{{Key: "havs", Name: "Vibration"}, {Key: "triage", Name: "Triage"}}), giver: w.OHLead.As(access.Lead, access.Growth), taker: other,
		ics: w.SystemLead().As(access.SystemLead, access.Growth), nurse: w.OHNurse.As(access.Nurse, access.Clinical), other: w.Other}
}

func (b *bank) board(a access.Actor) skillsbank.Board {
	b.t.Helper()
	x, err := b.s.Board(ctx, a, now)
	b.must(err)
	return x
}

func (b *bank) want(err error, kind fault.Kind, what string) {
	b.t.Helper()
	if fault.KindOf(err) != kind {
		b.t.Errorf("%s: %v", what, err)
	}
}

// TestLife goes from two organisations that take part to hours that are counted: the name is seen by nobody elsewhere before its person's
// yes, and each step is taken by whose it is.
func TestLife(t *testing.T) {
	b := open(t)
	in := skillsbank.NeedIn{ID: uuid.New(), Competence: "havs", Place: "Fell site", Slots: []string{"tue-am"}, From: today, Until: day("2026-12-31"), Hours: 8}
	b.want(b.s.Post(ctx, b.taker, now, in), fault.Conflict, "a need of who takes no part")
	b.takes(b.giver)
	b.takes(b.taker)
	offer := b.offers()
	if x := b.board(b.taker); len(x.Offers) != 0 || !x.Takes || len(x.Partners) != 2 {
		t.Fatalf("an offer that waits is read elsewhere: %+v", x)
	}
	b.want(b.s.Decide(ctx, b.taker, now, offer, true), fault.NotFound, "another's lead agrees")
	self := b.giver
	self.Account = b.nurse.Account
	b.want(b.s.Decide(ctx, self, now, offer, true), fault.Conflict, "one's own offer")
	b.must(b.s.Decide(ctx, b.giver, now, offer, true))
	b.want(b.s.Decide(ctx, b.giver, now, offer, false), fault.Conflict, "decided twice")

	b.must(b.s.Post(ctx, b.taker, now, in))
	x := b.board(b.taker)
	n, _ := x.Need(in.ID)
	fits, _ := skillsbank.Match(n, x.Offers, today)
	if len(fits) != 1 || fits[0].Offer.Name != "" || fits[0].Offer.Account != uuid.Nil || fits[0].Offer.Where != "Wyre Valley Hospitals" {
		t.Fatalf("before the yes: %+v", fits)
	}
	ask := skillsbank.AskIn{ID: uuid.New(), On: day("2026-11-17"), Part: "am", Hours: 4}
	b.want(b.s.Ask(ctx, b.giver, now, in.ID, b.nurse.Organisation, offer, ask), fault.NotFound, "another's need")
	b.want(b.s.Ask(ctx, b.taker, now, in.ID, b.nurse.Organisation, uuid.New(), ask), fault.NotFound, "no offer")
	b.must(b.s.Ask(ctx, b.taker, now, in.ID, b.nurse.Organisation, offer, ask))
	b.want(b.s.Agree(ctx, b.taker, now, ask.ID), fault.Conflict, "agreed before the person said yes")
	if o := b.board(b.taker).Offers[0]; o.Name != "" {
		t.Fatalf("asking shows the name: %+v", o)
	}
	b.must(b.exec(b.nurse, `update skills_request set state = 'offered', answered_at = $2 where id = $1`, ask.ID, now))
	if o := b.board(b.taker).Offers[0]; o.Name != "Helen Marsh" {
		t.Errorf("after the yes: %+v", o)
	}
	b.must(b.s.Agree(ctx, b.taker, now, ask.ID))
	b.want(b.s.Agree(ctx, b.taker, now, ask.ID), fault.Conflict, "agreed twice")
	b.want(b.s.Agree(ctx, b.giver, now, uuid.New()), fault.NotFound, "no session")
	b.must(b.s.Agree(ctx, b.giver, now, ask.ID))
	if s, _ := b.board(b.giver).Session(ask.ID); s.State != skillsbank.Booked {
		t.Fatalf("both agreed: %+v", s)
	}
	later := day("2026-11-17").UTC().Add(15 * time.Hour)
	b.want(b.s.TookPlace(ctx, b.taker, now, ask.ID, 4), fault.Conflict, "before its day")
	b.want(b.s.TookPlace(ctx, b.giver, later, ask.ID, 4), fault.Conflict, "said by who gave")
	b.want(b.s.TookPlace(ctx, b.taker, later, ask.ID, 0), fault.Invalid, "no hours")
	b.must(b.s.TookPlace(ctx, b.taker, later, ask.ID, 3))
	b.want(b.s.Cancel(ctx, b.taker, later, ask.ID), fault.Conflict, "over")

	// The ICS: who takes part, needs, hours. Of offers nothing, neither a row nor a count: two days' counts would tell of one person.
	o, err := b.s.Overview(ctx, b.ics, now)
	b.must(err)
	if len(o.Partners) != 2 || len(o.Needs) != 1 || o.Needs[0].Met(o.Sessions) != 3 || len(o.Board.Offers) != 0 || len(skillsbank.Tally(o.Sessions)) != 2 {
		t.Errorf("%+v", o)
	}
	for _, table := range []string{"skills_person", "skills_offer", "skills_held"} {
		var rows int
		b.must(b.db.InTenant(ctx, b.ics, func(tx *postgres.Tx) error { return tx.QueryRow(ctx, `select count(*) from `+table).Scan(&rows) }))
		if rows != 0 {
			t.Errorf("the ICS reads %d rows of %s", rows, table)
		}
	}
}

// TestLeave: an organisation or a person who withdraws is gone at once, whatever was agreed; a session that stood on it stands no more.
func TestLeave(t *testing.T) {
	b := open(t)
	b.takes(b.giver)
	b.takes(b.taker)
	offer := b.offers()
	b.must(b.s.Decide(ctx, b.giver, now, offer, true))
	in := skillsbank.NeedIn{ID: uuid.New(), Competence: "havs", Place: "Fell site", Slots: []string{"tue-am"}, From: today, Until: day("2026-12-31"), Hours: 8}
	b.must(b.s.Post(ctx, b.taker, now, in))
	ask := skillsbank.AskIn{ID: uuid.New(), On: day("2026-11-17"), Part: "am", Hours: 4}
	b.must(b.s.Ask(ctx, b.taker, now, in.ID, b.nurse.Organisation, offer, ask))
	b.must(b.exec(b.nurse, `update skills_request set state = 'offered', answered_at = $2 where id = $1`, ask.ID, now))
	stands := func() bool {
		x := b.board(b.taker)
		s, _ := x.Session(ask.ID)
		return x.Stands(s, today)
	}
	if !stands() {
		t.Fatal("it does not stand")
	}
	b.leaves(b.giver)
	if x := b.board(b.taker); len(x.Offers) != 0 || len(x.Partners) != 1 || stands() {
		t.Errorf("after the organisation left: %+v", x)
	}
	if x := b.board(b.giver); len(x.Needs) != 0 || x.Takes {
		t.Errorf("who left reads on: %+v", x)
	}
	b.want(b.s.Agree(ctx, b.taker, now, ask.ID), fault.Conflict, "a session with who left")
	b.takes(b.giver)
	if !stands() {
		t.Fatal("back, and it does not stand")
	}
	b.must(b.exec(b.nurse, `update skills_offer set state = 'withdrawn', ended_at = $2 where id = $1`, offer, now))
	if x := b.board(b.taker); len(x.Offers) != 0 || stands() {
		t.Errorf("after the person withdrew: %+v", x.Offers)
	}
	b.must(b.s.Cancel(ctx, b.taker, now, ask.ID))
	b.want(b.s.Close(ctx, b.giver, now, in.ID), fault.NotFound, "another's need is closed")
	b.must(b.s.Close(ctx, b.taker, now, in.ID))
	b.want(b.s.Close(ctx, b.taker, now, in.ID), fault.Conflict, "closed twice")
}

// TestWalls: nobody writes an offer, a sign-off or an answer for somebody else, and an ended agreement opens nothing.
func TestWalls(t *testing.T) {
	b := open(t)
	b.takes(b.giver)
	b.takes(b.taker)
	offer := b.offers()
	b.must(b.s.Decide(ctx, b.giver, now, offer, true))
	colleague := b.w.OHNurse2.As(access.Nurse, access.Clinical)
	foreign := b.w.ForeignOHNurse.As(access.Nurse, access.Clinical)
	for name, x := range map[string]struct {
		as   access.Actor
		sql  string
		args []any
	}{
		"an offer in a colleague's name":    {colleague, `insert into skills_person values ($1, $2, $3, 'Helen Marsh', 'nurse')`, []any{b.w.Trust, uuid.New(), b.nurse.Account}},
		"growth writes a sign-off":          {b.giver, `insert into skills_held values ($1, $2, 'triage', '2030-01-01')`, []any{b.w.Trust, offer}},
		"growth lengthens a sign-off":       {b.giver, `update skills_held set until_on = '2030-01-01'`, nil},
		"growth answers for the person":     {b.taker, `update skills_request set answered_at = now()`, nil},
		"another service writes a sign-off": {foreign, `insert into skills_held values ($1, $2, 'triage', '2030-01-01')`, []any{b.w.Trust, offer}},
		"a need in another's name":          {b.giver, `insert into skills_need (organisation_id, id, competence, place, remote, slots, from_on, until_on, hours, made_at, made_by) values ($1, $2, 'havs', 'x', false, '{tue-am}', '2026-11-10', '2026-11-20', 1, now(), 'x')`, []any{b.other, uuid.New()}},
	} {
		if err := b.exec(x.as, x.sql, x.args...); postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", name, err)
		}
	}
	var rows int
	for name, x := range map[string]struct {
		as  access.Actor
		sql string
	}{
		"a colleague's offer":      {colleague, `select count(*) from skills_offer`},
		"another service's offers": {foreign, `select count(*) from skills_offer`},
		"another service's people": {foreign, `select count(*) from skills_person`},
		"names before a yes":       {b.taker, `select count(*) from skills_person`},
	} {
		b.must(b.db.InTenant(ctx, x.as, func(tx *postgres.Tx) error { return tx.QueryRow(ctx, x.sql).Scan(&rows) }))
		if rows != 0 {
			t.Errorf("%s: %d rows", name, rows)
		}
	}
}
