package assurance

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/pack"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)

func names(f fault.Fields) (out []string) {
	for _, x := range f {
		out = append(out, x.Name)
	}
	return out
}

// shelf is a book of one figure whose value a test changes.
type shelf struct{ value string }

func (s *shelf) Kinds() []string { return []string{"test"} }

func (s *shelf) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	f, err := s.Figure(ctx, a, now, figure.Ref{Kind: "test", Name: "waits"}, civil.Date{})
	return []figure.Figure{f}, err
}

func (s *shelf) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, _ civil.Date) (figure.Figure, error) {
	if ref.Name != "waits" || s.value == "" {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: ref, Title: "Wait to be seen", State: figure.Known, Value: s.value, Period: civil.MustParse("2026-10-01"), PeriodText: "October 2026",
		Definition: "Median of working days", Version: "first_seen, version 1", Source: "Activity ledger", SourceAt: now}, nil
}

var waits = figure.Ref{Kind: "test", Name: "waits"}

func id() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// desk is a service with a figure, as each of its users.
type desk struct {
	*Service
	t                         *testing.T
	db                        *postgres.DB
	book                      *shelf
	lead, guardian, executive access.Actor
	foreign                   access.Actor
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	book := &shelf{"12 working days"}
	s := New(Deps{DB: db, Figures: figure.NewLibrary(book), Sections: func(context.Context, access.Actor, time.Time) ([]pack.Section, error) {
		return []pack.Section{{Title: "Where the plan stands", Lines: []string{"3 actions of 4 are on time."}, Relies: []figure.Ref{waits}}}, nil
	}})
	return &desk{s, t, db, book, w.OHLead.As(access.Lead, access.Growth), w.Guardian.As(access.Guardian, access.Growth), w.Executive.As(access.Executive, access.Growth),
		w.Foreign.As(access.Guardian, access.Growth)}
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) read() Record {
	d.t.Helper()
	r, err := d.Read(context.Background(), d.guardian, now)
	d.must(err)
	return r
}

// TestQuestion walks a question through its life; what the life does not allow is a conflict and leaves it as it was.
func TestQuestion(t *testing.T) {
	d, ctx, q := open(t), context.Background(), id()
	ask := NewQuestion{ID: q, Words: "Who waits longest?", Owner: "Head of OH", Due: today.AddDays(7), Figures: []figure.Ref{waits}}
	d.must(d.Ask(ctx, d.guardian, now, ask))
	d.must(d.Ask(ctx, d.guardian, now, ask)) // a double click
	answer := NewEntry{ID: id(), Kind: EntryAnswered, Words: "Nights", Figures: []figure.Ref{waits}}
	for _, step := range []struct {
		by   access.Actor
		does NewEntry
		want Life
		fail fault.Kind
	}{
		{d.guardian, NewEntry{ID: id(), Kind: EntryAccepted}, Open, fault.Conflict},
		{d.lead, answer, Answered, fault.Internal},
		{d.lead, answer, Answered, fault.Internal},
		{d.lead, NewEntry{ID: id(), Kind: EntryAnswered, Words: "Another"}, Answered, fault.Conflict},
		{d.guardian, NewEntry{ID: id(), Kind: EntryAgain, Words: "And bank staff?", Due: today.AddDays(14)}, Open, fault.Internal},
		{d.lead, NewEntry{ID: id(), Kind: EntryAnswered, Words: "Longer still"}, Answered, fault.Internal},
		{d.guardian, NewEntry{ID: id(), Kind: EntryAccepted}, Accepted, fault.Internal},
		{d.guardian, NewEntry{ID: id(), Kind: EntryAgain, Words: "Hm", Due: today}, Accepted, fault.Conflict},
	} {
		err := d.Follow(ctx, step.by, now, q, step.does)
		if fault.KindOf(err) != step.fail || (step.fail == fault.Internal) != (err == nil) {
			t.Fatalf("%s gives %v", step.does.Kind, err)
		}
		got, err := d.FindQuestion(ctx, d.lead, q)
		d.must(err)
		if got.Life != step.want {
			t.Fatalf("after %s the question is %s, want %s", step.does.Kind, got.Life, step.want)
		}
	}
	got, err := d.FindQuestion(ctx, d.lead, q)
	d.must(err)
	if len(got.Entries) != 4 || got.Due != today.AddDays(14) || got.Figures[0].Value != "12 working days" || len(got.Entries[0].Figures) != 1 || got.By != d.guardian.Name {
		t.Errorf("the question is %+v", got)
	}
	if _, err := d.FindQuestion(ctx, d.foreign, q); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another trust's guardian gets %v", err)
	}
	if err := d.Ask(ctx, d.guardian, now, NewQuestion{ID: id(), Words: "?", Owner: "o", Due: today, Figures: []figure.Ref{{Kind: "test", Name: "gone"}}}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a question about no figure gives %v", err)
	}
}

// TestDocument keeps the file of a document, and a pack says by its fingerprint which it was.
func TestDocument(t *testing.T) {
	d, ctx := open(t), context.Background()
	u, err := document.Take("stress.txt", strings.NewReader("How we assess stress"))
	d.must(err)
	e := NewEvidence{ID: id(), Principle: "access", Kind: KindDocument, Title: "Stress policy", Dated: today, File: &u}
	d.must(d.AddEvidence(ctx, d.lead, now, e))
	d.must(d.AddEvidence(ctx, d.lead, now, e)) // a double click
	if all := d.read().Of("access"); len(all) != 1 || all[0].File == nil || all[0].File.Name != "stress.txt" || all[0].File.SHA256 != u.SHA256 {
		t.Fatalf("evidence is %+v", all)
	}
	one := id()
	d.must(d.Freeze(ctx, d.lead, now, one))
	x, err := d.FindPack(ctx, d.guardian, one)
	if d.must(err); !strings.Contains(x.Body, "stress.txt, fingerprint (SHA-256):") || !strings.Contains(x.Body, u.SHA256) {
		t.Errorf("the pack does not say which file it was: %s", x.Body)
	}
}

// TestEvidence adds, renews and ends.
func TestEvidence(t *testing.T) {
	d, ctx, e := open(t), context.Background(), id()
	d.must(d.AddEvidence(ctx, d.lead, now, NewEvidence{ID: e, Principle: "access", Kind: KindFigure, Figure: waits}))
	d.must(d.AddEvidence(ctx, d.lead, now, NewEvidence{ID: id(), Principle: "access", Kind: KindDocument, Title: "SEQOHS certificate", Dated: today.AddDays(-400), ValidUntil: today.AddDays(-1)}))
	r := d.read()
	if all := r.Of("access"); len(all) != 2 || all[0].Kind != KindFigure || all[0].Figure.Standing != figure.Current {
		t.Fatalf("evidence is %+v", all)
	}
	if o := r.Overdue(); o.Count() != 1 || o.Documents[0].Title != "SEQOHS certificate" {
		t.Errorf("overdue is %+v", o)
	}
	d.book.value = "9 working days"
	r = d.read()
	if c := r.Since(d.Guide(), now); len(c) != 1 || c[0].Kind != ChangeStale {
		t.Errorf("changes are %+v", c)
	}
	d.must(d.RenewEvidence(ctx, d.lead, now, e))
	r = d.read()
	if all := r.Of("access"); len(all) != 2 || all[0].Figure.Value != "9 working days" || all[0].Figure.Standing != figure.Current {
		t.Errorf("renewed evidence is %+v", all)
	}
	if len(r.Evidence) != 3 {
		t.Errorf("%d rows: what was ended must stay", len(r.Evidence))
	}
	if err := d.RenewEvidence(ctx, d.lead, now, e); fault.KindOf(err) != fault.NotFound {
		t.Errorf("renewing what was ended gives %v", err)
	}
	renewed := r.Of("access")[0].ID
	d.book.value = ""
	if err := d.RenewEvidence(ctx, d.lead, now, renewed); fault.KindOf(err) != fault.Conflict {
		t.Errorf("renewing a figure that is gone gives %v", err)
	}
	d.must(d.EndEvidence(ctx, d.lead, now, renewed))
	if err := d.EndEvidence(ctx, d.lead, now, renewed); fault.KindOf(err) != fault.NotFound {
		t.Errorf("ending twice gives %v", err)
	}
}

// TestCycle plans a year once and finishes a step once.
func TestCycle(t *testing.T) {
	d, ctx := open(t), context.Background()
	for range 2 {
		d.must(d.Plan(ctx, d.lead, now, 2026))
	}
	r := d.read()
	if len(r.Steps) != 13 { // what is left of the third quarter, and the fourth
		t.Fatalf("%d steps", len(r.Steps))
	}
	if n := r.Overdue().Count(); n != 0 {
		t.Errorf("a new plan has %d steps overdue", n)
	}
	r.Today = civil.MustParse("2026-12-10")
	if n := len(r.Overdue().Steps); n != 3 {
		t.Errorf("a month later %d steps are overdue", n)
	}
	d.must(d.Finish(ctx, d.lead, now, r.Steps[0].ID, today, "Agreed"))
	if err := d.Finish(ctx, d.lead, now, r.Steps[0].ID, today, "Agreed"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("finishing twice gives %v", err)
	}
	if r = d.read(); r.Steps[0].DoneOn != today || r.Steps[0].DoneBy != d.lead.Name {
		t.Errorf("the step is %+v", r.Steps[0])
	}
	if err := d.Plan(ctx, d.lead, now, 2029); fault.KindOf(err) != fault.NotFound {
		t.Errorf("planning 2029 gives %v", err)
	}
}

// TestFrozen changes everything a pack was made of: it says what it said.
func TestFrozen(t *testing.T) {
	d, ctx, p, e := open(t), context.Background(), id(), id()
	d.must(d.AddEvidence(ctx, d.lead, now, NewEvidence{ID: e, Principle: "access", Kind: KindFigure, Figure: waits}))
	d.must(d.Rate(ctx, d.guardian, now, NewRating{ID: id(), Principle: "access", Rating: "limited", Lines: []string{"management"}, Words: "Nights wait too long"}))
	q := id()
	d.must(d.Ask(ctx, d.executive, now, NewQuestion{ID: q, Words: "Who waits longest?", Owner: "Head of OH", Due: today, Figures: []figure.Ref{waits}}))
	d.must(d.WriteStatement(ctx, d.lead, now, NewStatement{ID: id(), Decision: "Close the canteen", Meeting: today.AddDays(3), Groups: "Night staff", Effect: "worse", EffectWords: "No warm food", Mitigation: "Vending"}))
	d.must(d.Freeze(ctx, d.lead, now, p))
	d.must(d.Freeze(ctx, d.lead, now, p)) // a double click
	first, err := d.FindPack(ctx, d.guardian, p)
	d.must(err)
	for _, want := range []string{"Wyre Valley Hospitals", "12 working days", "Median of working days", "first_seen, version 1", "Activity ledger", "Limited", "Nights wait too long", "First line",
		"Who waits longest?", "Close the canteen", "Vending", "3 actions of 4 are on time.", "Not rated yet", "Health and Wellbeing Guardian", `href="#figure-1"`, `id="figure-1"`} {
		if !strings.Contains(first.Body, want) {
			t.Errorf("the pack does not say %q", want)
		}
	}
	if !first.Verified() || first.N != 1 {
		t.Errorf("pack %d verified %v", first.N, first.Verified())
	}

	later := now.AddDate(0, 3, 0)
	d.book.value = "3 working days"
	d.must(d.EndEvidence(ctx, d.lead, later, e))
	d.must(d.Rate(ctx, d.guardian, later, NewRating{ID: id(), Principle: "access", Rating: "substantial", Lines: []string{"independent"}, Words: "Solved"}))
	d.must(d.Follow(ctx, d.lead, later, q, NewEntry{ID: id(), Kind: EntryAnswered, Words: "Nobody now"}))
	again, err := d.FindPack(ctx, d.guardian, p)
	d.must(err)
	if again.Body != first.Body || again.SHA256 != first.SHA256 || !again.Verified() {
		t.Error("the frozen pack changed")
	}
	next := id()
	d.must(d.Freeze(ctx, d.lead, later, next))
	second, err := d.FindPack(ctx, d.guardian, next)
	d.must(err)
	if second.N != 2 || !strings.Contains(second.Body, "Substantial") || !strings.Contains(second.Body, "Nobody now") || strings.Contains(second.Body, "Median of working days</li>") {
		t.Errorf("pack %d says %s", second.N, second.Body)
	}
	if _, err := d.FindPack(ctx, d.foreign, p); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another trust's guardian gets %v", err)
	}
	d.tamper(p)
}

// tamper tries to change a pack as the superuser: the trigger refuses, and where somebody takes the trigger away the
// hash tells.
func (d *desk) tamper(p uuid.UUID) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, world.Super(d.t))
	d.must(err)
	defer conn.Close(ctx)
	const change = `update assurance_pack set body = replace(body, 'Limited', 'Substantial') where id = $1`
	if _, err := conn.Exec(ctx, change, p); postgres.Code(err) != postgres.Locked {
		d.t.Errorf("changing a pack gives %v", err)
	}
	if _, err := conn.Exec(ctx, `delete from assurance_pack where id = $1`, p); postgres.Code(err) != postgres.Locked {
		d.t.Errorf("deleting a pack gives %v", err)
	}
	_, err = conn.Exec(ctx, `set session_replication_role = replica`)
	d.must(err)
	_, err = conn.Exec(ctx, change, p)
	d.must(err)
	got, err := d.FindPack(ctx, d.guardian, p)
	d.must(err)
	if got.Verified() {
		d.t.Error("a pack that was tampered with is verified")
	}
}

// TestFreezeMarks: a frozen pack says of a question's figure that its source has moved on, and cites a section's as it is
// today.
func TestFreezeMarks(t *testing.T) {
	d, ctx := open(t), context.Background()
	d.must(d.Ask(ctx, d.guardian, now, NewQuestion{ID: id(), Words: "Who waits longest?", Owner: "Head of OH", Due: today.AddDays(7), Figures: []figure.Ref{waits}}))
	d.book.value = "19 working days"
	p := id()
	d.must(d.Freeze(ctx, d.lead, now, p))
	frozen, err := d.FindPack(ctx, d.guardian, p)
	d.must(err)
	question, section, ok := strings.Cut(frozen.Body, "Where the plan stands")
	if !ok || !strings.Contains(question, "Out of date") || !strings.Contains(question, "12 working days") {
		t.Errorf("the question is not marked: %s", question)
	}
	section, _, _ = strings.Cut(section, "<h2")
	if !strings.Contains(section, "19 working days") || strings.Contains(section, "Out of date") {
		t.Errorf("the section says: %s", section)
	}
}
