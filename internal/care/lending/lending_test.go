package lending_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/lending"
	"github.com/rowan-ohwb/rowan/internal/care/lending/lendingweb"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	day = civil.MustParse
)

type house struct {
	t           *testing.T
	db          *postgres.DB
	w           *world.World
	s           *lending.Service
	practice    *practice.Service
	nurse, lead access.Actor // behind the clinical wall
	entries     int          // in the register so far
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) exec(a access.Actor, sql string, args ...any) {
	h.t.Helper()
	h.must(h.db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql, args...); return err }))
}

func open(t *testing.T) *house {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	h := &house{t: t, db: db, w: w, nurse: w.OHNurse.As(access.Nurse, access.Clinical), lead: w.OHLead.As(access.Lead, access.Clinical)}
	h.practice = practice.New(practice.Deps{DB: db, Now: func() time.Time { return now },
		Team: func(context.Context, uuid.UUID) ([]practice.Member, error) {
			return []practice.Member{{Account: w.OHNurse.Account, Organisation: w.Trust, Name: "Helen Marsh", Acting: access.Nurse}, {Account: w.OHLead.Account, Organisation: w.Trust, Name: "Anne Shaw", Acting: access.Lead}}, nil
		},
		Changed: func(ctx context.Context, tx *postgres.Tx, account uuid.UUID, at time.Time) error {
			return h.s.Refresh(ctx, tx, account, at)
		}})
	h.s = lending.New(lending.Deps{DB: db, Named: func(key string) string { c, _ := h.practice.Pack().Competence(key); return c.Name },
		Able: func(ctx context.Context, tx *postgres.Tx, account uuid.UUID, acting access.Role, role string, at time.Time) (lending.Able, error) {
			role, until, err := h.practice.Able(ctx, tx, practice.Member{Account: account, Acting: acting}, role, at)
			return lending.Able{Role: role, Until: until}, err
		}})
	return h
}

// signs has the nurse signed off for a competence until a day, and registered until another.
func (h *house) signs(key string, until, registered string) {
	h.t.Helper()
	h.must(h.practice.Move(ctx, h.nurse, now.Add(-2*time.Hour), key, practice.Ready))
	f, err := h.practice.SignOff(ctx, h.lead, now.Add(-time.Hour), h.nurse.Account, key, practice.SignIn{ID: uuid.New(), On: civil.Of(now), Expires: day(until)})
	if h.must(err); len(f) > 0 {
		h.t.Fatal(f)
	}
	h.registers(registered)
}

func (h *house) registers(until string) {
	h.t.Helper()
	h.entries++
	f, err := h.practice.Register(ctx, h.nurse, now.Add(time.Duration(h.entries)*time.Minute), practice.Registration{ID: uuid.New(), Body: "NMC", Number: "12A3456E", Expires: day(until)})
	if h.must(err); len(f) > 0 {
		h.t.Fatal(f)
	}
}

func (h *house) takes(organisations ...uuid.UUID) {
	for _, o := range organisations {
		h.exec(access.SystemActor(access.Growth, o, uuid.Nil), `insert into sharing_agreement (organisation_id, id, system_id, item, from_month, state, asked_at, asked_by, decided_at, decided_by) values ($1, $2, $3, 'skills', '2026-10-01', 'agreed', $4, 'x', $4, 'y')`, o, uuid.New(), h.w.ICS, now)
	}
}

func (h *house) offer() lending.In {
	return lending.In{ID: uuid.New(), Band: "6", Competencies: []string{"havs"}, Slots: []string{"tue-am"}, Places: []string{h.w.Other.String()}, From: day("2026-11-10"), Until: day("2027-03-31")}
}

func (h *house) own() lending.Offer {
	h.t.Helper()
	b, err := h.s.Board(ctx, h.nurse, now)
	h.must(err)
	if len(b.Offers) != 1 {
		h.t.Fatalf("%d offers", len(b.Offers))
	}
	return b.Offers[0]
}

// TestOwnSignOffs: an offer holds what its person is signed off for and nothing else, each until the sign-off or the registration ends,
// whichever is first; what changes either changes the offer with it.
func TestOwnSignOffs(t *testing.T) {
	h := open(t)
	in := h.offer()
	if err := h.s.Add(ctx, h.nurse, now, in); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an offer where the organisation takes no part: %v", err)
	}
	h.takes(h.w.Trust, h.w.Other)
	if err := h.s.Add(ctx, h.nurse, now, in); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an offer without a sign-off: %v", err)
	}
	h.must(h.practice.Move(ctx, h.nurse, now.Add(-2*time.Hour), "havs", practice.Ready))
	_, err := h.practice.SignOff(ctx, h.lead, now.Add(-time.Hour), h.nurse.Account, "havs", practice.SignIn{ID: uuid.New(), On: civil.Of(now), Expires: day("2027-01-31")})
	h.must(err)
	if err := h.s.Add(ctx, h.nurse, now, in); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an offer without a registration: %v", err)
	}
	h.registers("2026-12-31")
	h.must(h.s.Add(ctx, h.nurse, now, in))
	h.must(h.s.Add(ctx, h.nurse, now, in)) // sent twice
	until := func(want string) {
		t.Helper()
		if o := h.own(); len(o.Held) != 1 || o.Held[0].Until != day(want) {
			t.Errorf("holds %+v, want until %s", o.Held, want)
		}
	}
	until("2026-12-31")
	h.registers("2027-12-31") // renewed: now the sign-off ends first
	until("2027-01-31")
	_, err = h.practice.Withdraw(ctx, h.lead, now.Add(time.Hour), h.nurse.Account, "havs", uuid.New(), "A case was missed")
	h.must(err)
	until("2026-11-09")
	if o := h.own(); o.Listed(civil.Of(now)) || len(o.Ended(civil.Of(now))) != 1 {
		t.Errorf("after the sign-off was taken back: %+v", o)
	}
	h.must(h.practice.Move(ctx, h.nurse, now.Add(2*time.Hour), "havs", practice.Ready))
	_, err = h.practice.SignOff(ctx, h.lead, now.Add(3*time.Hour), h.nurse.Account, "havs", practice.SignIn{ID: uuid.New(), On: civil.Of(now), Expires: day("2027-06-30")})
	h.must(err)
	until("2027-06-30")
	h.must(h.practice.EndRegistration(ctx, h.nurse, now.Add(4*time.Hour), "NMC", uuid.New()))
	until("2026-11-09")
}

// TestAnswer: the person says yes or no themselves, never to two sessions at once; withdrawing calls off what was asked.
func TestAnswer(t *testing.T) {
	h := open(t)
	h.takes(h.w.Trust, h.w.Other)
	h.signs("havs", "2027-06-30", "2027-12-31")
	in := h.offer()
	h.must(h.s.Add(ctx, h.nurse, now, in))
	h.exec(h.nurse.At(access.Growth), `update skills_offer set state = 'agreed', decided_at = $1, decided_by = 'Anne Shaw'`, now)
	other := access.SystemActor(access.Growth, h.w.Other, uuid.Nil)
	need := uuid.New()
	h.exec(other, `insert into skills_need (organisation_id, id, competence, place, remote, slots, from_on, until_on, hours, made_at, made_by) values ($1, $2, 'havs', 'Fell site', false, '{tue-am}', '2026-11-10', '2026-12-31', 8, $3, 'x')`, h.w.Other, need, now)
	asks := func(on, part string) uuid.UUID {
		id := uuid.New()
		h.exec(other, `insert into skills_request (organisation_id, id, need_id, offer_organisation_id, offer_id, state, on_date, slot, hours, asked_at) values ($1, $2, $3, $4, $5, 'asked', $6, $7, 4, $8)`, h.w.Other, id, need, h.w.Trust, in.ID, day(on).UTC(), part, now)
		return id
	}
	one, no := asks("2026-11-17", "am"), asks("2026-11-24", "am")
	colleague := h.w.OHNurse2.As(access.Nurse, access.Clinical)
	if err := h.s.Answer(ctx, colleague, now, h.w.Other, one, true); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a colleague answers: %v", err)
	}
	site := webtest.New(t, now, lendingweb.Routes(h.s), lending.Rules)
	nurse := site.As(h.nurse)
	nurse.Get("/skills-bank/mine").Want(200).Says("Harrow Fell Hospitals, Fell site: Vibration on 17 November 2026. Morning, 4 hours.", "Agreed by Anne Shaw", "Answer Harrow Fell Hospitals for 17 November 2026")
	path := "/skills-bank/mine/sessions/" + h.w.Other.String() + "/"
	f := nurse.Get(path + one.String()).Want(200).Says("Yes. They will see my name.").Form()
	nurse.Post(path+one.String(), f).Refuses("Select whether you will go")
	nurse.Post(path+one.String(), webtest.Fill(f, "answer", "yes")).To("/skills-bank/mine")
	nurse.Post(path+one.String(), f).Want(409)
	nurse.Get(path + uuid.New().String()).Want(404)
	if err := h.s.Answer(ctx, h.nurse, now, h.w.Other, no, false); err != nil {
		t.Error(err)
	}
	if err := h.s.Answer(ctx, h.nurse, now, h.w.Other, no, true); fault.KindOf(err) != fault.Conflict {
		t.Errorf("yes after no: %v", err)
	}
	// Another offer of the same person is asked for at the same time.
	second := h.offer()
	h.must(h.s.Add(ctx, h.nurse, now, second))
	h.exec(h.nurse.At(access.Growth), `update skills_offer set state = 'agreed', decided_at = $1, decided_by = 'Anne Shaw' where id = $2`, now, second.ID)
	in = second
	clash, early := asks("2026-11-17", "am"), asks("2026-11-24", "am")
	if err := h.s.Answer(ctx, h.nurse, now, h.w.Other, clash, true); fault.KindOf(err) != fault.Conflict {
		t.Errorf("yes to two sessions at once: %v", err)
	}
	if err := h.s.Answer(ctx, h.nurse, day("2026-11-25").UTC(), h.w.Other, early, true); fault.KindOf(err) != fault.Conflict {
		t.Errorf("yes after the day: %v", err)
	}
	if err := h.s.Withdraw(ctx, colleague, now, second.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a colleague withdraws: %v", err)
	}
	h.must(h.s.Withdraw(ctx, h.nurse, now, second.ID))
	if err := h.s.Withdraw(ctx, h.nurse, now, second.ID); fault.KindOf(err) != fault.Conflict {
		t.Errorf("withdrawn twice: %v", err)
	}
	b, err := h.s.Board(ctx, h.nurse, now)
	h.must(err)
	for _, id := range []uuid.UUID{clash, early} {
		if x, _, _ := b.Session(h.w.Other, id); x.State != "cancelled" {
			t.Errorf("%s is %s after the offer was withdrawn", id, x.State)
		}
	}
	if x, _, _ := b.Session(h.w.Other, one); x.State != "offered" {
		t.Errorf("what another offer said yes to is %s", x.State)
	}
}

// TestForm: what is wrong is said beside its question, and what is chosen is offered.
func TestForm(t *testing.T) {
	h := open(t)
	site := webtest.New(t, now, lendingweb.Routes(h.s), lending.Rules)
	nurse := site.As(h.nurse)
	nurse.Get("/skills-bank/mine").Want(200).Says("does not take part")
	nurse.Get("/skills-bank/mine/add").To("/skills-bank/mine")
	h.takes(h.w.Trust, h.w.Other)
	nurse.Get("/skills-bank/mine").Want(200).Says("There is nothing yet")
	h.signs("havs", "2027-06-30", "2027-12-31")
	f := nurse.Get("/skills-bank/mine/add").Want(200).Says("Vibration", "Harrow Fell Hospitals").Form()
	nurse.Post("/skills-bank/mine/add", f).Refuses("Select at least one that you are signed off for", "Select your band", "Select at least one place", "Select at least one half-day", "Enter the first day", "Enter the last day", "Confirm that you know colleagues may recognise you")
	webtest.Fill(f, "competencies", "triage", "band", "6", "places", h.w.Other.String(), "slots", "tue-am", "agree", "yes", "from-day", "9", "from-month", "11", "from-year", "2026", "until-day", "8", "until-month", "11", "until-year", "2026")
	nurse.Post("/skills-bank/mine/add", f).Refuses("Select at least one that you are signed off for", "The first day must be today or later", "The last day must not be before the first day")
	webtest.Fill(f, "competencies", "havs", "from-day", "10", "until-day", "11", "until-month", "11", "until-year", "2027")
	nurse.Post("/skills-bank/mine/add", f).Refuses("The last day must be within the next 12 months")
	nurse.Post("/skills-bank/mine/add", webtest.Fill(f, "until-month", "3")).To("/skills-bank/mine")
	nurse.Get("/skills-bank/mine").Says("Waits for your lead", "Vibration, until 30 June 2027", "Tuesday morning")
}
