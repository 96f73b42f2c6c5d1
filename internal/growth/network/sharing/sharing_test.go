package sharing_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/linked"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
)

// counts is a part and its whole, as they are.
type counts struct{ part, whole int }

type cell struct {
	organisation uuid.UUID
	metric       string
	month        civil.Date
}

// house is an ICS with organisations whose true counts the test knows.
type house struct {
	t      *testing.T
	db     *postgres.DB
	w      *world.World
	ics    organisation.Member
	s      *sharing.Service
	system *system.Service
	truth  map[cell]counts
	things bool                      // gaps, actions and scores are told as well
	codes  map[string]uuid.UUID      // whose pseudonyms are, as far as code was asked
	groups map[cell][][]linked.Count // of the metric of groups, by half-year
	fits   map[cell]demand.Fits      // of the metric of rates, by quarter
	then   map[cell]counts           // the truth as it was when the fits were made
	teams  map[cell]peopleplan.Team  // of the people plan, by quarter
	seats  map[uuid.UUID][]seat      // of each team now
	done   map[string]bool           // attacks that were made
	prior  int                       // months of activity before anything was shared, which the fits are of too
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, db: world.Open(t), truth: map[cell]counts{}, codes: map[string]uuid.UUID{}, groups: map[cell][][]linked.Count{}, fits: map[cell]demand.Fits{}, then: map[cell]counts{}, teams: map[cell]peopleplan.Team{}, seats: map[uuid.UUID][]seat{}, done: map[string]bool{}}
	h.w = world.New(t, h.db)
	h.in(access.SystemActor(access.Growth, h.w.Trust, uuid.Nil), func(tx *postgres.Tx) (err error) {
		h.ics, _, err = organisation.SystemOf(ctx, tx, h.w.Trust, now)
		return err
	})
	h.s = h.service()
	var err error
	if h.system, err = system.New(h.db, content.FS); err != nil {
		t.Fatal(err)
	}
	return h
}

// service is sharing with a key of its own, over the true counts.
func (h *house) service() *sharing.Service {
	h.t.Helper()
	keys, err := seal.Open(h.t.TempDir(), release.SigningKey)
	if err != nil {
		h.t.Fatal(err)
	}
	s, err := sharing.New(sharing.Deps{DB: h.db, Key: keys.Other(release.SigningKey.Name), Now: func() time.Time { return now },
		Figures: func(_ context.Context, a access.Actor, _ time.Time, m release.Metric, months []civil.Date) (out []release.Figure, err error) {
			if last := months[len(months)-1]; h.things {
				switch n := last.DayNumber() % 7; m.Kind {
				case release.Gaps, release.Actions:
					return []release.Figure{release.OfThings(m.ID, m.ID+", version 1", last, n, 9)}, nil
				case release.Scores:
					return []release.Figure{{Metric: m.ID, Item: "E1", Month: last, Definition: m.ID + ", version 1", State: release.Known, Score: &n},
						{Metric: m.ID, Item: "E2", Month: last, Definition: m.ID + ", version 1", State: release.Hidden}}, nil
				}
			}
			if m.Kind == release.Groups || m.Kind == release.Rates {
				return h.others(a, m, months), nil
			}
			for _, month := range months {
				c, ok := h.truth[cell{a.Organisation, m.ID, month}]
				if !ok || m.Kind != release.Share {
					continue
				}
				part, whole := disclosure.Split(c.part, c.whole, m.Topic())
				out = append(out, release.OfPeople(m.ID, m.ID+", version 1", month, part, whole))
			}
			return out, nil
		}})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h *house) in(a access.Actor, fn func(*postgres.Tx) error) {
	h.t.Helper()
	if err := h.db.InTenant(ctx, a, fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) lead() access.Actor      { return h.w.OHLead.As(access.Lead, access.Growth) }
func (h *house) executive() access.Actor { return h.w.Executive.As(access.Executive, access.Growth) }
func (h *house) ward() access.Actor {
	return access.Actor{Account: uuid.New(), Name: "Mary Ives", Organisation: h.ics.ID, Role: access.SystemLead, Wall: access.Growth}
}

// another adds an organisation with a service of its own to the ICS, and gives whoever leads and decides there.
func (h *house) another(name string) access.Actor {
	h.t.Helper()
	a := access.Actor{Account: uuid.New(), Name: name, Organisation: uuid.New(), Service: uuid.New(), Role: access.Lead, Wall: access.Growth}
	h.in(access.SystemActor(access.Hall, a.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		for _, x := range []struct {
			sql  string
			args []any
		}{
			{`insert into organisation (id, kind) values ($1, 'trust')`, []any{a.Organisation}},
			{`insert into organisation_span (organisation_id, valid_from, name, parent_id) values ($1, '2020-04-01', $2, $3)`, []any{a.Organisation, name, h.ics.ID}},
			{`insert into service (id, organisation_id, name, phone, urgent_text) values ($1, $2, $3, '', '')`, []any{a.Service, a.Organisation, name}},
			{`insert into contract (service_id, organisation_id, valid_from, model) values ($1, $2, '2020-04-01', 'internal')`, []any{a.Service, a.Organisation}},
		} {
			if _, err := tx.Exec(ctx, x.sql, x.args...); err != nil {
				return err
			}
		}
		return nil
	})
	return a
}

// agree has items asked for and agreed on, from the first month that can be.
func (h *house) agree(a access.Actor, at time.Time, items ...string) {
	h.t.Helper()
	for _, item := range items {
		choices := sharing.Choices(civil.Of(at), h.s.Pack().Back)
		h.must(h.s.Ask(ctx, a, at, item, choices[len(choices)-1]))
		h.must(h.s.Decide(ctx, a, at, h.agreement(a, at, item).ID, true))
	}
}

func (h *house) agreement(a access.Actor, at time.Time, item string) sharing.Agreement {
	h.t.Helper()
	b, err := h.s.Board(ctx, a, at)
	h.must(err)
	x, _ := b.Of(item)
	return x
}

func (h *house) released(a access.Actor, at time.Time) uuid.UUID {
	h.t.Helper()
	d, err := h.s.Draft(ctx, a, at)
	h.must(err)
	id, err := h.s.Release(ctx, a, at, d.Seen())
	h.must(err)
	_, r, _, err := h.s.Find(ctx, a, id)
	h.must(err)
	if !slices.EqualFunc(d.Figures, r.Figures, release.Figure.Same) || d.Name != r.Name || d.Code != r.Code || d.Model != r.Model {
		h.t.Fatalf("looked at %+v, left %+v", d.Release, r)
	}
	return id
}

// TestLife: nothing leaves before an executive agrees; what leaves is what was looked at; a month leaves once, whatever becomes of its
// data; what is ended is in no later release and in every past one.
func TestLife(t *testing.T) {
	h := open(t)
	lead, executive, october := h.lead(), h.executive(), civil.MustParse("2026-10-01")
	set := func(metric string, m civil.Date, part, whole int) {
		h.truth[cell{h.w.Trust, metric, m}] = counts{part, whole}
	}
	set("K10", october, 12, 131)
	set("K01", october, 60, 100)
	h.must(h.s.Ask(ctx, lead, now, "K10", october))
	h.must(h.s.Ask(ctx, lead, now, "K10", october)) // sent twice
	if d, err := h.s.Draft(ctx, lead, now); err != nil || len(d.Figures) != 0 {
		t.Fatalf("before anybody agreed: %+v %v", d.Figures, err)
	}
	if _, err := h.s.Release(ctx, lead, now, ""); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a release of nothing: %v", err)
	}
	h.must(h.s.Decide(ctx, executive, now, h.agreement(lead, now, "K10").ID, true))
	if err := h.s.Decide(ctx, executive, now, h.agreement(lead, now, "K10").ID, false); fault.KindOf(err) != fault.NotFound {
		t.Errorf("decided twice: %v", err)
	}
	h.must(h.s.Ask(ctx, lead, now, "K01", october))
	h.must(h.s.Decide(ctx, executive, now, h.agreement(lead, now, "K01").ID, false))
	d, err := h.s.Draft(ctx, lead, now)
	h.must(err)
	if len(d.Figures) != 1 || *d.Figures[0].Part != 10 || *d.Figures[0].Whole != 130 || d.Name != "" || len(d.Code) != 6 || d.System != release.SystemCode(h.ics.ID, "") {
		t.Fatalf("%+v", d.Release)
	}
	set("K10", october, 20, 131)
	if _, err := h.s.Release(ctx, lead, now, d.Seen()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("what was not looked at: %v", err)
	}
	first := h.released(lead, now)
	set("K10", october, 50, 500) // late data
	if d, err = h.s.Draft(ctx, lead, now); err != nil || len(d.Figures) != 0 {
		t.Errorf("a month leaves anew: %+v %v", d.Figures, err)
	}
	december := now.AddDate(0, 1, 0)
	november := october.AddMonths(1)
	set("K10", november, 30, 90)
	if made, err := h.s.Monthly(ctx, lead, december.AddDate(0, 0, -5)); made || err != nil {
		t.Errorf("released on day 5: %v", err)
	}
	if made, err := h.s.Monthly(ctx, lead, december); !made || err != nil {
		t.Fatalf("not released: %v", err)
	}
	if made, err := h.s.Monthly(ctx, lead, december); made || err != nil {
		t.Errorf("released twice: %v", err)
	}
	// Ended: gone from the next, in every past one.
	january := now.AddDate(0, 2, 0)
	set("K10", november.AddMonths(1), 30, 90)
	set("K18", november.AddMonths(1), 30, 90)
	h.agree(lead, january, "K18")
	h.must(h.s.End(ctx, lead, january, h.agreement(lead, january, "K10").ID))
	last := h.released(lead, january)
	for id, want := range map[uuid.UUID]string{first: "K10", last: "K18"} {
		_, r, _, err := h.s.Find(ctx, lead, id)
		h.must(err)
		if len(r.Figures) != 1 || r.Figures[0].Metric != want {
			t.Errorf("%+v, want %s alone", r.Figures, want)
		}
	}
	rows, err := h.system.Export(ctx, h.ward())
	h.must(err)
	if len(rows) != 3 || *rows[0].Part != 20 || *rows[0].Whole != 130 || rows[0].Name != "" {
		t.Errorf("the ICS has %+v", rows)
	}
	if _, err := h.s.Board(ctx, h.another("Elsewhere"), now); err != nil {
		t.Error(err)
	}
	if _, _, _, err := h.s.Find(ctx, h.another("Nosy"), first); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another organisation reads a release: %v", err)
	}

	// Named, and named no longer: then under a pseudonym that nobody knows.
	h.agree(lead, january, sharing.Name)
	before, _ := h.s.Board(ctx, lead, january)
	if d, err := h.s.Draft(ctx, lead, january); err != nil || d.Name != "Wyre Valley Hospitals" {
		t.Errorf("named %q, %v", d.Name, err)
	}
	h.must(h.s.EndAll(ctx, executive, january.Add(time.Minute)))
	after, err := h.s.Board(ctx, lead, january)
	if h.must(err); after.Sharing() || after.InForce(sharing.Name) || after.Code == before.Code {
		t.Errorf("all ended: %+v", after)
	}
	if err := h.s.EndAll(ctx, executive, january); fault.KindOf(err) != fault.NotFound {
		t.Errorf("ended twice: %v", err)
	}
	if rows, err := h.system.Export(ctx, h.ward()); err != nil || len(rows) != 3 {
		t.Errorf("past releases: %d rows, %v", len(rows), err)
	}
	for _, wrong := range []struct {
		item string
		from civil.Date
	}{{"K99", october}, {"K10", civil.MustParse("2026-12-01")}, {"K10", civil.MustParse("2026-10-02")}} {
		if err := h.s.Ask(ctx, lead, now, wrong.item, wrong.from); err == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}

// TestWalls: under the ICS as its tenant the growth login has no row of an organisation; nobody can change what has left; an
// organisation sees what others released to its ICS only while it shares something.
func TestWalls(t *testing.T) {
	h := open(t)
	growthtest.History(t, h.db, h.w)
	h.truth[cell{h.w.Trust, "K10", civil.MustParse("2026-10-01")}] = counts{12, 131}
	h.agree(h.lead(), now, "K10")
	h.released(h.lead(), now)
	tables := map[string]bool{}
	count := func(a access.Actor, table string) (own, others int) {
		h.in(a, func(tx *postgres.Tx) error {
			return tx.QueryRow(ctx, fmt.Sprintf(`select count(*) filter (where organisation_id = $1), count(*) filter (where organisation_id is distinct from $1) from %s`, table), a.Organisation).Scan(&own, &others)
		})
		return own, others
	}
	h.in(h.ward(), func(tx *postgres.Tx) error {
		rows, err := tx.Query(ctx, `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'organisation_id' and has_column_privilege(c.oid, a.attnum, 'select')`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			tables[name] = true
		}
		return rows.Err()
	})
	// Who there is and where is for everybody; it says nothing of how anybody does.
	places := []string{"contract", "service", "organisation_span", "site_address"}
	if len(tables) < 80 || !tables["rollup_count"] || !tables["sharing_release"] {
		t.Fatalf("%d tables: the search found too few", len(tables))
	}
	for name := range tables {
		for _, a := range []access.Actor{h.ward(), h.w.NationalLead().As(access.NationalLead, access.Growth)} {
			if _, others := count(a, name); others > 0 && !slices.Contains(places, name) {
				t.Errorf("%s reads %d rows of organisations in %s", a.Role, others, name)
			}
		}
	}
	for _, name := range []string{"rollup_count", "sharing_release", "sharing_value", "sharing_agreement", "sharing_code"} {
		if own, _ := count(h.lead(), name); own == 0 {
			t.Errorf("%s holds nothing of the trust, so its wall proves nothing", name)
		}
	}
	if own, _ := count(h.ward(), "system_value"); own != 1 {
		t.Errorf("the ICS has %d figures", own)
	}
	for _, sql := range []string{`update sharing_release set file = ''`, `delete from sharing_release`, `update sharing_value set month = '2020-01-01'`, `delete from sharing_value`, `update system_value set part = 1`, `delete from system_value`, `update system_release set name = 'x'`, `delete from system_release`} {
		for _, a := range []access.Actor{h.lead(), h.ward()} {
			err := h.db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql); return err })
			if postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s as %s: %v", sql, a.Role, err)
			}
		}
	}
	// A stranger to the agreement, and one whose agreement ended, read nothing of the ICS and write nothing into it.
	stranger := h.another("Stranger")
	if _, others := count(stranger, "system_value"); others != 0 {
		t.Errorf("who shares nothing reads %d figures", others)
	}
	if _, others := count(h.lead(), "system_value"); others != 1 {
		t.Errorf("who shares reads %d figures", others)
	}
	err := h.db.InTenant(ctx, stranger, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into system_release (organisation_id, id, fingerprint, code, name, model, as_at, made_at, taken_at, way, figures) values ($1, $2, '', '', '', '', now(), now(), now(), 'here', 1)`, h.ics.ID, uuid.New())
		return err
	})
	if err == nil {
		t.Error("a stranger writes into the ICS")
	}
	h.must(h.s.EndAll(ctx, h.lead(), now))
	if _, others := count(h.lead(), "system_value"); others != 0 {
		t.Errorf("who shares no longer reads %d figures", others)
	}
	h.agree(h.lead(), now, sharing.Name)
	if _, others := count(h.lead(), "system_value"); others != 0 {
		t.Errorf("who shares a name alone reads %d figures", others)
	}
	table, err := access.NewTable(sharing.Rules, system.Rules)
	h.must(err)
	for _, r := range access.Roles {
		if table.MayEver(r, system.Read) != (r == access.SystemLead || r == access.NationalLead) || table.MayEver(r, system.Take) != (r == access.SystemLead) || table.MayEver(r, sharing.Agree) != (r == access.Executive) || table.MayEver(r, sharing.Keep) != (r == access.Lead) {
			t.Errorf("%s may too much or too little", r)
		}
	}
}

// TestNation: what leaves for the ICS leaves for the nation once that is agreed on: the same frozen figures under the same pseudonym, of
// the months that were agreed on, earlier releases too. The nation reads no row of a trust, and nobody else the nation's. Who ends it is
// in nothing that arrives later.
func TestNation(t *testing.T) {
	h := open(t)
	september, october := civil.MustParse("2026-09-01"), civil.MustParse("2026-10-01")
	h.truth[cell{h.w.Trust, "K10", september}], h.truth[cell{h.w.Trust, "K10", october}] = counts{30, 200}, counts{20, 131}
	national := h.w.NationalLead().As(access.NationalLead, access.Growth)
	ask := func(item string, from civil.Date) {
		h.must(h.s.Ask(ctx, h.lead(), now, item, from))
		b, err := h.s.Board(ctx, h.lead(), now)
		h.must(err)
		x, _ := b.Of(item)
		h.must(h.s.Decide(ctx, h.executive(), now, x.ID, true))
	}
	at := func(a access.Actor) []system.Value {
		all, err := h.system.Received(ctx, a, september, october)
		h.must(err)
		return all
	}
	ask("K10", september)
	h.released(h.lead(), now)
	if len(at(h.ward())) != 2 || len(at(national)) != 0 {
		t.Fatal("it goes on without an agreement")
	}
	h.in(h.lead(), func(tx *postgres.Tx) error {
		n := 0
		if err := tx.QueryRow(ctx, `select count(*) from system_value where organisation_id = $1`, h.w.Nation).Scan(&n); err != nil || n != 0 {
			t.Errorf("who has not agreed reads %d figures of the nation: %v", n, err)
		}
		return nil
	})
	ask(sharing.Nation, october)
	got := at(national)
	if len(got) != 1 || got[0].Month != october || *got[0].Part != 20 || *got[0].Whole != 130 || got[0].Name != "" || got[0].System != release.SystemCode(h.ics.ID, h.ics.ODS) {
		t.Fatalf("what left before: %+v", got)
	}
	if own := at(h.ward()); own[1].Who != got[0].Who {
		t.Errorf("the nation knows %+v, the ICS %+v", got[0].Who, own[1].Who)
	}
	november := now.AddDate(0, 1, 0)
	h.truth[cell{h.w.Trust, "K10", october}] = counts{99, 131} // what has left stays as it was
	h.truth[cell{h.w.Trust, "K10", civil.MustParse("2026-11-01")}] = counts{40, 150}
	d, err := h.s.Draft(ctx, h.lead(), november)
	if h.must(err); d.Also() != "Sample Nation" {
		t.Errorf("the preview says it goes to %q as well", d.Also())
	}
	h.released(h.lead(), november)
	all, err := h.system.Received(ctx, national, september, civil.MustParse("2026-11-01"))
	if h.must(err); len(all) != 2 || *all[0].Part != 20 || *all[1].Part != 40 {
		t.Fatalf("what left now: %+v", all)
	}
	for _, a := range []access.Actor{h.ward(), h.another("Fells")} {
		h.in(a, func(tx *postgres.Tx) error {
			n := 0
			if err := tx.QueryRow(ctx, `select count(*) from system_value where organisation_id = $1`, h.w.Nation).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s reads %d figures of the nation: %v", a.Role, n, err)
			}
			return nil
		})
	}
	h.in(national, func(tx *postgres.Tx) error {
		for _, table := range []string{"sharing_release", "sharing_value", "sharing_agreement", "sharing_code", "rollup_count", "story", "forecast", "plan_action"} {
			n := 0
			if err := tx.QueryRow(ctx, `select count(*) from `+table).Scan(&n); err != nil || n != 0 {
				t.Errorf("the nation reads %d rows of %s: %v", n, table, err)
			}
		}
		return nil
	})
	b, err := h.s.Board(ctx, h.lead(), november)
	h.must(err)
	x, _ := b.Of(sharing.Nation)
	h.must(h.s.End(ctx, h.lead(), november, x.ID))
	h.truth[cell{h.w.Trust, "K10", civil.MustParse("2026-12-01")}] = counts{40, 150}
	h.released(h.lead(), now.AddDate(0, 2, 0))
	all, err = h.system.Received(ctx, national, september, civil.MustParse("2026-12-01"))
	if h.must(err); len(all) != 2 {
		t.Errorf("after it ended: %d figures", len(all))
	}
	if err := h.s.Ask(ctx, h.another("Nowhere"), now, sharing.Nation, october); err != nil {
		t.Errorf("another of the same nation: %v", err)
	}
}

// TestComparison: the funnel shows from three organisations up, the same to the ICS and to who is in it, with itself marked; coverage is
// of the organisations that have figures of their own.
func TestComparison(t *testing.T) {
	h := open(t)
	month := civil.MustParse("2026-10-01")
	all := []access.Actor{h.lead(), h.another("Fells"), h.another("Moors")}
	for i, a := range all {
		h.truth[cell{a.Organisation, "K10", month}] = counts{20 + 10*i, 200 + 50*i}
		h.agree(a, now, "K10")
	}
	h.released(all[0], now)
	h.released(all[1], now)
	v, err := h.system.Compare(ctx, h.ward(), h.ics.ID, "K10", civil.Date{}, 1, system.Who{})
	if h.must(err); v.Enough != system.FewUnits || len(v.Funnel.Units) != 0 || v.Covered != 2 || v.Of != 4 { // Wyre, Harrow Fell, Fells, Moors
		t.Errorf("two of them: %+v", v.Comparison)
	}
	h.released(all[2], now)
	b, err := h.s.Board(ctx, all[0], now)
	h.must(err)
	own, err := h.system.Compare(ctx, all[0], h.ics.ID, "K10", civil.Date{}, 1, system.Who{Fingerprint: h.s.Fingerprint(), Code: b.Code})
	h.must(err)
	v, err = h.system.Compare(ctx, h.ward(), h.ics.ID, "K10", month, 1, system.Who{})
	h.must(err)
	if own.Enough != system.Yes || len(own.Units) != 3 || own.Covered != 3 || own.Definition != "K10, version 1" || fmt.Sprint(own.Funnel) == "" {
		t.Fatalf("%+v", own.Comparison)
	}
	marked := 0
	for i, u := range own.Units {
		if u.Own {
			marked++
		}
		u.Own = false
		if u != v.Units[i] {
			t.Errorf("the ICS sees %+v, the organisation %+v", v.Units[i], u)
		}
	}
	if marked != 1 || v.Funnel.Target != own.Funnel.Target {
		t.Errorf("%d marked", marked)
	}
	if _, err := h.system.Compare(ctx, h.ward(), h.ics.ID, "K10", month, 2, system.Who{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a span that is not offered: %v", err)
	}
	if _, err := h.system.Compare(ctx, h.ward(), h.ics.ID, "gaps", month, 1, system.Who{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a funnel of gaps: %v", err)
	}
}
