package contract_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var (
	ctx = context.Background()
	now = growthtest.Now
)

type house struct {
	t  *testing.T
	db *postgres.DB
	w  *world.World
	s  *contract.Service
}

func newHouse(t *testing.T) *house {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	i := indicator.New(indicator.Deps{DB: db})
	clients := client.NewService(db, nil) // whoever is invited is of no matter here
	return &house{t, db, w, contract.New(contract.Deps{DB: db, Contracts: clients, Measures: joints.Agreeable(i), Count: joints.OfClient(i)})}
}

func (h *house) lead() access.Actor { return h.w.OHLead.As(access.Lead, access.Growth) }

func (h *house) hr(organisation uuid.UUID) access.Actor {
	return access.Actor{Account: uuid.New(), Name: "Hari", Organisation: organisation, Role: access.HR, Wall: access.Growth}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) want(err error, kind fault.Kind, what string) {
	h.t.Helper()
	if fault.KindOf(err) != kind {
		h.t.Errorf("%s: %v, want %v", what, err, kind)
	}
}

var first = civil.Date{Year: 2026, Month: 5, Day: 1} // of the half-year before now

func level(name string, version, days, target int) contract.Level {
	l := contract.Level{ID: uuid.New(), Indicator: name, Version: version, Target: target, Clock: "raw", Life: contract.Life{From: first}}
	if days > 0 {
		l.Days = &days
	}
	return l
}

// agree agrees on levels and prices with a client from May on.
func (h *house) agree(id uuid.UUID) (l contract.Level, p contract.Line) {
	h.t.Helper()
	at := time.Date(2026, 4, 20, 9, 0, 0, 0, time.UTC)
	l = level("report_within", 2, 5, 90)
	h.must(h.s.AddLevel(ctx, h.lead(), at, id, l))
	h.must(h.s.AddLevel(ctx, h.lead(), at, id, level("first_seen_within", 2, 5, 90)))
	h.must(h.s.AddLevel(ctx, h.lead(), at, id, level("dna_rate", 1, 0, 30)))
	p = contract.Line{ID: uuid.New(), Item: contract.Attended, Basis: contract.PerItem, Pence: 4550, Expected: 240, Band: 10, Life: contract.Life{From: first}}
	h.must(h.s.AddLine(ctx, h.lead(), at, id, p))
	h.must(h.s.AddLine(ctx, h.lead(), at, id, contract.Line{ID: uuid.New(), Item: contract.Other, Basis: contract.PerBlock, Pence: 1000001, Life: contract.Life{From: first}}))
	return l, p
}

// TestLife goes from terms to a pack, the review over it, and the next pack.
func TestLife(t *testing.T) {
	h := newHouse(t)
	l, p := h.agree(h.w.Trust)
	c, _, err := h.s.Draft(ctx, h.lead(), now, h.w.Trust)
	h.must(err)
	if c.From != first || c.To != first.AddMonths(6) || len(c.Levels) != 3 || len(c.Lines) != 2 {
		t.Fatalf("the draft is %+v", c)
	}
	// The history has 20 referrals a month: reports come after two days, nobody is seen within five, one in ten misses an appointment.
	reach := map[string]price.Reach{}
	for _, x := range c.Levels {
		reach[x.Definition] = x.Share.Reach
	}
	if want := map[string]price.Reach{"K04, version 2": price.Met, "first_seen_within, version 2": price.Missed, "K10, version 1": price.Met}; !reflect.DeepEqual(reach, want) {
		t.Errorf("kept: %v, want %v; %+v", reach, want, c.Levels)
	}
	attended, block := c.Lines[0], c.Lines[1]
	if attended.Count.N != 120 || attended.Place != price.Within || attended.Amount != 120*4550 || block.Amount != 500000 || c.Total != 120*4550+500000 || !c.About {
		t.Errorf("volumes: %+v, together %s", c.Lines, c.Total)
	}

	// Another price from August on: both spans stand by themselves, and the old one is as it was.
	dearer := p
	dearer.ID, dearer.Pence, dearer.From = uuid.New(), 5000, first.AddMonths(3)
	h.must(h.s.AddLine(ctx, h.lead(), now, h.w.Trust, dearer))
	before := c.Seen()
	c, _, err = h.s.Draft(ctx, h.lead(), now, h.w.Trust)
	h.must(err)
	if len(c.Lines) != 3 || c.Lines[0].Amount != 60*4550 || c.Lines[1].Amount != 60*5000 {
		t.Errorf("after another price: %+v", c.Lines)
	}
	pack := uuid.New()
	h.want(h.s.Release(ctx, h.lead(), now, h.w.Trust, pack, before), fault.Conflict, "what nobody looked at")
	h.must(h.s.Release(ctx, h.lead(), now, h.w.Trust, pack, c.Seen()))
	h.want(h.s.Release(ctx, h.lead(), now, h.w.Trust, uuid.New(), c.Seen()), fault.Conflict, "the same months again")
	late := level("triage_within", 2, 2, 95)
	h.want(h.s.AddLevel(ctx, h.lead(), now, h.w.Trust, late), fault.Invalid, "a level of months that a pack speaks of")
	kept, _, err := h.s.FindPack(ctx, h.lead(), now, h.w.Trust, pack)
	h.must(err)
	if !kept.Whole || !reflect.DeepEqual(kept.Content, c) {
		t.Errorf("kept: %v, %+v, want %+v", kept.Whole, kept.Content, c)
	}

	// The review, and what was agreed on.
	today := civil.Date{Year: 2026, Month: 11, Day: 10}
	h.want(h.s.Review(ctx, h.lead(), now, h.w.Trust, uuid.New(), today, today.AddMonths(6)), fault.NotFound, "another pack")
	h.must(h.s.Review(ctx, h.lead(), now, h.w.Trust, pack, today, today.AddMonths(6)))
	h.want(h.s.Review(ctx, h.lead(), now, h.w.Trust, pack, today, today.AddMonths(7)), fault.Conflict, "a second review")
	x := contract.Action{ID: uuid.New(), Pack: pack, What: "Send referrals complete", Side: "client", Due: today.AddMonths(1)}
	h.must(h.s.AddAction(ctx, h.lead(), now, h.w.Trust, x))
	h.must(h.s.AddAction(ctx, h.lead(), now, h.w.Trust, x))
	h.must(h.s.Finish(ctx, h.lead(), now, h.w.Trust, x.ID))
	h.want(h.s.Finish(ctx, h.lead(), now, h.w.Trust, x.ID), fault.Conflict, "done twice")
	h.must(h.s.EndLevel(ctx, h.lead(), now, h.w.Trust, l.ID))
	h.want(h.s.EndLevel(ctx, h.lead(), now, h.w.Trust, l.ID), fault.Conflict, "ended twice")
	h.want(h.s.EndLine(ctx, h.lead(), now, h.w.Trust, uuid.New()), fault.NotFound, "no such price")
	term, err := h.s.Find(ctx, h.lead(), now, h.w.Trust)
	h.must(err)
	if term.Dates.Review != today.AddMonths(6) || len(term.Actions) != 1 || term.Packs[0].Held != today || len(term.LevelsOn(today)) != 3 || len(term.LevelsOn(today.AddMonths(1))) != 2 {
		t.Errorf("afterwards: %+v", term)
	}
	_, _, err = h.s.Draft(ctx, h.lead(), now, h.w.Trust)
	h.want(err, fault.Conflict, "a pack of months to come")
	next := now.AddDate(0, 6, 0)
	c, _, err = h.s.Draft(ctx, h.lead(), next, h.w.Trust)
	h.must(err)
	if c.From != kept.To || len(c.Actions) != 1 || !c.Actions[0].Done {
		t.Errorf("the next pack: %+v", c)
	}
}

// TestSmall: of a practice with two referrals a month nothing is told that leads back to anybody.
func TestSmall(t *testing.T) {
	h := newHouse(t)
	h.agree(h.w.Practice)
	h.must(h.s.SetDates(ctx, h.lead(), now, h.w.Practice, contract.Dates{Notice: 3, Every: 3, Review: civil.Date{Year: 2027, Month: 1, Day: 12}}))
	c, _, err := h.s.Draft(ctx, h.lead(), now, h.w.Practice)
	h.must(err)
	for _, l := range c.Levels {
		if l.Share.Small == contract.SmallNone || l.Share.Percent != nil || l.Share.Reach != "" {
			t.Errorf("%s: %+v", l.Definition, l.Share)
		}
	}
	if x := c.Lines[0]; !x.Count.Hidden || !x.Unknown || !c.Partly || c.Total != c.Lines[1].Amount {
		t.Errorf("volumes: %+v, together %s", c.Lines, c.Total)
	}
}

// TestSelfReferrals: whoever came by themselves is in no number of a client, however many they are.
func TestSelfReferrals(t *testing.T) {
	h := newHouse(t)
	h.agree(h.w.Practice)
	draft := func() contract.Content {
		t.Helper()
		c, _, err := h.s.Draft(ctx, h.lead(), now, h.w.Practice)
		h.must(err)
		return c
	}
	before := draft()
	keys, err := seal.Open(t.TempDir())
	h.must(err)
	codes := map[activity.Kind]activity.Codes{activity.ReferralSubmitted: {Reason: "LTS"}, activity.ReferralTriaged: {Priority: "P2", Outcome: "ACCEPT-OHN"}, activity.ReferralAccepted: {Priority: "P2"}}
	with := func(c activity.Codes) activity.Codes { c.Source = "self"; return c }
	var rows []activity.Row
	for i := range 60 {
		at, one := time.Date(2026, 6, 1+i%20, 9, 0, 0, 0, time.UTC), uuid.New()
		for d, kind := range map[int]activity.Kind{0: activity.ReferralSubmitted, 1: activity.ReferralTriaged, 2: activity.ReferralAccepted, 3: activity.AppointmentHeld, 4: activity.ReportSigned, 5: activity.ReportReleased} {
			rows = append(rows, activity.Row{Kind: kind, At: at.AddDate(0, 0, d), Organisation: h.w.Practice, Service: h.w.Service, Person: h.w.Nurse.Person, Case: one, Actor: h.w.OHNurse.Account, Codes: with(codes[kind])})
		}
	}
	h.must(h.db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, h.w.Service), func(tx *postgres.Tx) error {
		if err := (activity.Ledger{Keys: keys}).CopyIn(ctx, tx, rows); err != nil {
			return err
		}
		_, err := activity.Rebuild(ctx, tx, h.w.Service, now)
		return err
	}))
	if after := draft(); !reflect.DeepEqual(before, after) {
		t.Errorf("self-referrals change the pack:\n%+v\n%+v", before, after)
	}
	h.must(h.db.InTenant(ctx, h.lead(), func(tx *postgres.Tx) error {
		for _, side := range []string{"", activity.SideOwn} {
			wanted := []activity.Wanted{{Measure: activity.WaitFirstSeen, Clock: activity.Raw, Side: side}}
			if _, _, err := activity.ReadClientWaits(ctx, tx, h.w.Practice, first, first.AddMonths(6), wanted); err == nil {
				t.Errorf("waits of side %q are read", side)
			}
			if _, _, err := activity.ReadClientCohorts(ctx, tx, h.w.Practice, first, first.AddMonths(6), wanted); err == nil {
				t.Errorf("cohorts of side %q are read", side)
			}
		}
		return nil
	}))
}

// TestWalls: a client reads what is its own and released, another one nothing, and another service neither.
func TestWalls(t *testing.T) {
	h := newHouse(t)
	h.agree(h.w.Practice)
	c, _, err := h.s.Draft(ctx, h.lead(), now, h.w.Practice)
	h.must(err)
	pack := uuid.New()
	h.must(h.s.Release(ctx, h.lead(), now, h.w.Practice, pack, c.Seen()))
	own, _, err := h.s.OurPack(ctx, h.hr(h.w.Practice), pack)
	h.must(err)
	if !reflect.DeepEqual(own.Content, c) {
		t.Errorf("the client reads %+v", own.Content)
	}
	mine, err := h.s.Ours(ctx, h.hr(h.w.Practice))
	h.must(err)
	if len(mine.Levels) != 3 || len(mine.Lines) != 2 || len(mine.Packs) != 1 {
		t.Errorf("the client reads %+v", mine)
	}
	for _, other := range []uuid.UUID{h.w.Community, h.w.Other} {
		_, _, err := h.s.OurPack(ctx, h.hr(other), pack)
		h.want(err, fault.NotFound, "another client")
		if x, err := h.s.Ours(ctx, h.hr(other)); err != nil || len(x.Levels)+len(x.Lines)+len(x.Packs)+len(x.Actions) > 0 {
			t.Errorf("another client reads %+v, %v", x, err)
		}
	}
	stranger := h.w.ForeignOHAdmin.As(access.Lead, access.Growth)
	for what, err := range map[string]error{
		"a level":  h.s.AddLevel(ctx, stranger, now, h.w.Practice, level("dna_rate", 1, 0, 30)),
		"an end":   h.s.EndLevel(ctx, stranger, now, h.w.Practice, mine.Levels[0].ID),
		"a review": h.s.Review(ctx, stranger, now, h.w.Practice, pack, civil.Date{}, civil.Date{}),
	} {
		h.want(err, fault.NotFound, what+" by another service")
	}
	_, _, err = h.s.FindPack(ctx, stranger, now, h.w.Practice, pack)
	h.want(err, fault.NotFound, "a pack by another service")
	// A client may read and not write: what was agreed on is the service's to write down.
	err = h.db.InTenant(ctx, h.hr(h.w.Practice), func(tx *postgres.Tx) error {
		tag, err := tx.Exec(ctx, `update contract_level set valid_to = valid_from`)
		if err == nil && tag.RowsAffected() > 0 {
			t.Error("a client ends a level")
		}
		return err
	})
	h.must(err)
	for _, sql := range []string{`update contract_pack set content = '{}'`, `update contract_line set pence = 1`, `delete from contract_pack`} {
		if err := h.db.InTenant(ctx, h.lead(), func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql); return err }); postgres.Code(err) != "42501" {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// TestClosed: with a contract that is closed nothing is agreed on any more, and what was is there.
func TestClosed(t *testing.T) {
	h := newHouse(t)
	l, _ := h.agree(h.w.Practice)
	later := now.AddDate(0, 0, 3)
	h.must(h.db.InTenant(ctx, access.SystemActor(access.Hall, h.w.Trust, h.w.Service), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update contract set valid_to = $1 where organisation_id = $2`, now.AddDate(0, 0, 1), h.w.Practice)
		return err
	}))
	h.want(h.s.AddLevel(ctx, h.lead(), later, h.w.Practice, level("dna_rate", 1, 0, 30)), fault.Conflict, "a level")
	h.want(h.s.EndLevel(ctx, h.lead(), later, h.w.Practice, l.ID), fault.Conflict, "an end")
	h.want(h.s.EndLevel(ctx, h.lead(), later, h.w.Practice, uuid.New()), fault.NotFound, "an end of nothing")
	_, _, err := h.s.Draft(ctx, h.lead(), later, h.w.Practice)
	h.want(err, fault.Conflict, "a draft")
	if x, err := h.s.Find(ctx, h.lead(), later, h.w.Practice); err != nil || len(x.Levels) != 3 {
		t.Errorf("what was agreed on: %+v, %v", x, err)
	}
}
