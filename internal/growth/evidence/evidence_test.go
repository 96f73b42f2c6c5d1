package evidence

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// shelf is a book of one figure.
type shelf struct{}

var waits = figure.Ref{Kind: "test", Name: "waits"}

func (shelf) Kinds() []string { return []string{"test"} }

func (s shelf) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	f, err := s.Figure(ctx, a, now, waits, civil.Date{})
	return []figure.Figure{f}, err
}

func (shelf) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, _ civil.Date) (figure.Figure, error) {
	if ref != waits {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: ref, Title: "Wait to be seen", State: figure.Known, Value: "12 days", Period: civil.MustParse("2026-10-01"), PeriodText: "October 2026", Definition: "Median.", Version: "1", Source: "Ledger"}, nil
}

// desk is a service as its lead.
type desk struct {
	*Service
	t       *testing.T
	db      *postgres.DB
	lead    access.Actor
	foreign access.Actor
	told    []string
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	library := figure.NewLibrary(shelf{})
	d := &desk{t: t, db: db, lead: w.OHLead.As(access.Lead, access.Growth), foreign: w.Foreign.As(access.Lead, access.Growth)}
	d.Service = New(Deps{DB: db, Figures: library, Now: func() time.Time { return now }, Tell: func(_ context.Context, tx *postgres.Tx, at time.Time, n, days int) error {
		d.told = append(d.told, fmt.Sprintf("day %d: %d within %d days", int(at.Sub(now).Hours()/24), n, days))
		return nil
	}})
	library.Add(d.Book())
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) read() Room {
	d.t.Helper()
	r, err := d.Read(d.t.Context(), d.lead, now)
	d.must(err)
	return r
}

func (d *desk) take(text string) Report {
	d.t.Helper()
	out, err := d.Import(d.t.Context(), d.lead, now, "list.csv", strings.NewReader("framework,edition,code,domain,title,level\n"+text), false)
	d.must(err)
	return out
}

func id() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// note adds an accepted note that serves some standards.
func (d *desk) note(until civil.Date, standards ...uuid.UUID) uuid.UUID {
	d.t.Helper()
	n := NewItem{ID: id(), Kind: KindNote, Title: "Minutes", Body: "We agreed", Owner: "Head of OH", Reviewer: "Director", Collected: today.AddDays(-400), ValidUntil: until, Standards: standards}
	d.must(d.Add(d.t.Context(), d.lead, now, n))
	if until.IsZero() || !until.Before(today) {
		d.must(d.Move(d.t.Context(), d.lead, now, n.ID, Review))
		d.must(d.Move(d.t.Context(), d.lead, now, n.ID, Accepted))
	}
	return n.ID
}

func kind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	if fault.KindOf(err) != want {
		t.Errorf("error %v, want %v", err, want)
	}
}

// TestImport keeps the identity of standards over versions and editions, and does nothing twice.
func TestImport(t *testing.T) {
	d, ctx := open(t), t.Context()
	const first = "SEQOHS,2015,A1,Probity,A plan,must\nSEQOHS,2015,A2,Probity,Accounts,\nLocal,1,L1,Home,A door,should\nSEQOHS,2015,bad code,Probity,X,\n"
	dry, err := d.Import(ctx, d.lead, now, "list.csv", strings.NewReader("framework,edition,code,domain,title,level\n"+first), true)
	if d.must(err); !dry.DryRun || dry.Changed != 3 || dry.Rejects.N != 1 || !d.read().Empty() {
		t.Errorf("a dry run gives %+v and leaves %+v", dry, d.read().Standards)
	}
	if got := d.take(first); got.Changed != 3 || got.Rejects.N != 1 || got.Same {
		t.Errorf("the first file gives %+v", got)
	}
	if got := d.take(first); !got.Same || got.Changed != 3 || got.Rejects.N != 1 {
		t.Errorf("the same file gives %+v, not its first report", got)
	}
	imports, err := d.Imports(ctx, d.lead)
	if d.must(err); len(imports) != 1 {
		t.Errorf("%d imports are kept", len(imports))
	}
	before := d.read().Standards
	item := d.note(civil.Date{}, before[1].ID) // SEQOHS A1, after Local L1
	d.take("SEQOHS,2015,A1,Probity,A written plan,must\n")
	d.take("SEQOHS,2023,A1,Governance,A written plan,must\nSEQOHS,2023,B1,Governance,New,must\n")
	if got := d.take("SEQOHS,2015,A2,Probity,Accounts,must\n"); got.Changed != 0 || got.Rejects.N != 1 || got.Rejects.List[0].Key != "evidence.reject.older" {
		t.Errorf("an older edition gives %+v", got)
	}
	r := d.read()
	if len(r.Standards) != 3 || len(r.Old) != 1 || r.Old[0].Code != "A2" {
		t.Fatalf("standards %+v, old %+v", r.Standards, r.Old)
	}
	a1, ok := r.Standard(before[1].ID)
	if !ok || a1.Version != 3 || a1.Edition != "2023" || a1.Domain != "Governance" || r.State(a1) != Met || r.Serves(item)[0].ID != a1.ID {
		t.Errorf("the standard became %+v, %s", a1, r.State(a1))
	}
	versions, err := d.Versions(ctx, d.lead, a1.ID)
	if d.must(err); len(versions) != 3 || versions[2].Title != "A plan" {
		t.Errorf("versions %+v", versions)
	}
	if other, err := d.Read(ctx, d.foreign, now); err != nil || !other.Empty() {
		t.Errorf("another trust sees %+v, %v", other, err)
	}
	_, err = d.Import(ctx, d.lead, now, "x.csv", strings.NewReader("framework"), false)
	var refused *sheet.Refused
	if !errors.As(err, &refused) {
		t.Errorf("a file without columns gives %v", err)
	}
}

func TestOutline(t *testing.T) {
	d := open(t)
	out, err := d.StartOutline(t.Context(), d.lead, now)
	d.must(err)
	if r := d.read(); out.Changed < 20 || len(r.Domains()) != 6 || r.Tally().Missing != out.Changed || r.Next()[0].Todo != Add {
		t.Errorf("the outline gives %+v", out)
	}
	out, err = d.StartOutline(t.Context(), d.lead, now)
	if d.must(err); !out.Same {
		t.Errorf("a second time it gives %+v", out)
	}
}

// TestItem walks an item through its life.
func TestItem(t *testing.T) {
	d, ctx := open(t), t.Context()
	d.take("SEQOHS,2023,1,G,A plan,must\nSEQOHS,2023,2,G,B,must\nLocal,1,L1,H,C,should\n")
	var all []uuid.UUID
	for _, s := range d.read().Standards {
		all = append(all, s.ID)
	}
	n := NewItem{ID: id(), Kind: KindLink, Title: "Policy of Dr Ash", Body: "https://example.org/p", Owner: "Head of OH", Reviewer: "Director", Collected: today, Standards: all[:2]}
	d.must(d.Add(ctx, d.lead, now, n))
	d.must(d.Add(ctx, d.lead, now, n)) // a double click
	if r := d.read(); len(r.Items) != 1 || len(r.Serves(n.ID)) != 2 || r.Tally() != (Tally{0, 2, 1}) {
		t.Fatalf("room is %+v", r)
	}
	kind(t, d.Move(ctx, d.lead, now, n.ID, Accepted), fault.Conflict) // not reviewed
	d.must(d.Move(ctx, d.lead, now, n.ID, Review))
	kind(t, d.Move(ctx, d.lead, now, n.ID, Accepted), fault.Conflict) // looks like a person
	f := d.read().Findings(n.ID)
	if len(f) != 1 {
		t.Fatalf("findings %+v", f)
	}
	d.must(d.Clear(ctx, d.lead, now, n.ID, map[string]string{f[0].Digest(): " ", "x": "y"}))
	d.must(d.Clear(ctx, d.lead, now, n.ID, map[string]string{f[0].Digest(): "An author in print"}))
	if r := d.read(); len(r.Findings(n.ID)) != 0 || len(r.Cleared(n.ID)) != 1 || r.Cleared(n.ID)[0].Reason != "An author in print" {
		t.Errorf("cleared %+v", r.Cleared(n.ID))
	}
	d.must(d.Move(ctx, d.lead, now, n.ID, Accepted))
	if got := d.read().Tally(); got != (Tally{2, 0, 1}) {
		t.Errorf("tally %+v", got)
	}
	d.must(d.Link(ctx, d.lead, now, n.ID, all[1:]))
	d.must(d.Link(ctx, d.lead, now, n.ID, all[1:]))
	kind(t, d.Link(ctx, d.lead, now, n.ID, []uuid.UUID{id()}), fault.NotFound)
	kind(t, d.Link(ctx, d.foreign, now, n.ID, nil), fault.NotFound)
	n.Title = "Policy"
	d.must(d.Change(ctx, d.lead, now, n))
	r := d.read()
	if i, _ := r.Item(n.ID); i.Status != Draft || i.Title != "Policy" || len(r.Serves(n.ID)) != 2 || len(r.Of(all[0])) != 0 {
		t.Errorf("the change gives %+v", i)
	}
	next := n
	next.ID, next.Standards, next.Replaces, next.Title = id(), nil, n.ID, "Policy, second edition"
	d.must(d.Add(ctx, d.lead, now, next))
	r = d.read()
	if i, _ := r.Item(n.ID); i.Status != Replaced || i.ReplacedBy != next.ID || len(r.Serves(next.ID)) != 2 || len(r.Of(all[1])) != 1 {
		t.Errorf("the replaced item is %+v", i)
	}
	kind(t, d.Change(ctx, d.lead, now, n), fault.Conflict)
	kind(t, d.Link(ctx, d.lead, now, n.ID, nil), fault.Conflict)
	kind(t, d.Move(ctx, d.lead, now, n.ID, Review), fault.Conflict)
	next.ID = id()
	kind(t, d.Add(ctx, d.lead, now, next), fault.Conflict)
	kind(t, d.Add(ctx, d.lead, now, NewItem{Kind: KindLink}), fault.Invalid)
}

// TestFigure cites a figure, never our own.
func TestFigure(t *testing.T) {
	d, ctx := open(t), t.Context()
	n := NewItem{ID: id(), Kind: KindFigure, Figure: waits, Owner: "Head of OH", Reviewer: "Director", ValidUntil: today.AddDays(200)}
	d.must(d.Add(ctx, d.lead, now, n))
	i, _ := d.read().Item(n.ID)
	if i.Title != "Wait to be seen" || i.Cited == nil || i.Cited.Value != "12 days" || i.Collected != today {
		t.Errorf("the item is %+v", i)
	}
	n.Owner = "Lead nurse"
	d.must(d.Change(ctx, d.lead, now, n))
	if i, _ := d.read().Item(n.ID); i.Owner != "Lead nurse" || i.Title != "Wait to be seen" || i.Cited == nil {
		t.Errorf("the changed item is %+v", i)
	}
	n.ID, n.Figure = id(), figure.Ref{Kind: FigureKind, Name: readiness}
	kind(t, d.Add(ctx, d.lead, now, n), fault.NotFound)
	all, err := d.Figures(ctx, d.lead, now)
	if d.must(err); len(all) != 1 {
		t.Errorf("offered are %+v", all)
	}
}

// TestReminders lets a year pass, day by day, with two jobs a day: each band speaks exactly once.
func TestReminders(t *testing.T) {
	d := open(t)
	until := today.AddDays(100)
	item := d.note(until)
	late := d.note(today.AddDays(40))
	d.note(civil.Date{})
	got := map[string]int{}
	actor := access.SystemActor(access.Growth, d.lead.Organisation, uuid.Nil)
	for day := range 140 {
		for range 2 {
			var n int
			d.must(d.db.InTenant(t.Context(), actor, func(tx *postgres.Tx) (err error) {
				n, err = d.Remind(t.Context(), tx, now.AddDate(0, 0, day))
				return err
			}))
			if n > 0 {
				got[fmt.Sprint(day)] += n
			}
		}
	}
	// 100 days: 90 left on day 10, 60 on day 40, 30 on day 70; 40 days: band 60 at once, 30 on day 10.
	want := map[string]int{"0": 1, "10": 2, "40": 1, "70": 1}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("reminders by day are %v, want %v", got, want)
	}
	if told := "[day 0: 1 within 60 days day 10: 2 within 30 days day 40: 1 within 60 days day 70: 1 within 30 days]"; fmt.Sprint(d.told) != told {
		t.Errorf("the lead is told %v, want %s", d.told, told)
	}
	bands := map[uuid.UUID][]int{}
	r := d.read()
	for _, x := range r.Reminders {
		bands[x.Item] = append(bands[x.Item], x.Band)
	}
	if fmt.Sprint(bands[item]) != "[30 60 90]" || fmt.Sprint(bands[late]) != "[30 60]" {
		t.Errorf("bands are %v", bands)
	}
	if r.Due(60)[0].ID != late || len(r.Due(90)) != 0 {
		t.Errorf("due are %+v", r.Due(60))
	}
	d.must(d.Change(t.Context(), d.lead, now, NewItem{ID: item, Title: "Minutes", Body: "b", Owner: "a", Reviewer: "b", Collected: today, ValidUntil: today.AddDays(90)}))
	d.must(d.db.InTenant(t.Context(), actor, func(tx *postgres.Tx) (err error) {
		n, err := d.Remind(t.Context(), tx, now)
		if n != 1 {
			t.Errorf("a new last day gives %d reminders", n)
		}
		return err
	}))
}

// TestSnapshot freezes, and shows that nothing later changes it.
func TestSnapshot(t *testing.T) {
	d, ctx := open(t), t.Context()
	kind(t, d.Snapshot(ctx, d.lead, now, id()), fault.Conflict)
	d.take("SEQOHS,2023,1,G,A plan,must\n")
	item := d.note(today.AddDays(300), d.read().Standards[0].ID)
	bad := id()
	d.must(d.Add(ctx, d.lead, now, NewItem{ID: bad, Kind: KindNote, Title: "Thanks", Body: "Thank you, Mrs Winter", Owner: "a", Reviewer: "b", Collected: today}))
	kind(t, d.Snapshot(ctx, d.lead, now, id()), fault.Conflict)
	if s := d.read().Suspects(); len(s) != 1 || s[0].ID != bad || s[0].N != 1 {
		t.Errorf("suspects %+v", s)
	}
	d.must(d.Change(ctx, d.lead, now, NewItem{ID: bad, Title: "Thanks", Body: "Thank you", Owner: "a", Reviewer: "b", Collected: today}))
	one := id()
	d.must(d.Snapshot(ctx, d.lead, now, one))
	d.must(d.Snapshot(ctx, d.lead, now, one))
	first, err := d.FindSnapshot(ctx, d.lead, one)
	d.must(err)
	for _, says := range []string{"1 A plan", "Minutes", "We agreed", "100% ready", "Wyre Valley"} {
		if !strings.Contains(first.Body, says) {
			t.Errorf("the snapshot does not say %q: %s", says, first.Body)
		}
	}
	d.must(d.Change(ctx, d.lead, now, NewItem{ID: item, Title: "Other", Body: "b", Owner: "a", Reviewer: "b", Collected: today}))
	d.must(d.Snapshot(ctx, d.lead, now.AddDate(1, 0, 0), id()))
	again, err := d.FindSnapshot(ctx, d.lead, one)
	if d.must(err); again.Body != first.Body || !again.Verified() {
		t.Error("a frozen snapshot changed")
	}
	if all := d.read().Snapshots; len(all) != 2 || all[0].N != 2 || all[0].AsOf != civil.MustParse("2027-11-22") || all[1].Verified() {
		t.Errorf("snapshots %+v", all)
	}
	_, err = d.FindSnapshot(ctx, d.foreign, one)
	kind(t, err, fault.NotFound)
	conn, err := pgx.Connect(ctx, world.Super(t))
	d.must(err)
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, `update evidence_snapshot set body = 'x'`); err == nil {
		t.Error("the database lets a snapshot be changed")
	}
}

// TestBook offers readiness, and says when nobody began.
func TestBook(t *testing.T) {
	d, ctx := open(t), t.Context()
	ref := figure.Ref{Kind: FigureKind, Name: readiness}
	f, err := d.d.Figures.Find(ctx, d.lead, now, ref, civil.Date{})
	if d.must(err); f.State != figure.NotCollected || f.Value != "" {
		t.Errorf("nothing gives %+v", f)
	}
	d.take("S,1,a,G,A,must\nS,1,b,G,B,must\nS,1,c,G,C,must\n")
	d.note(civil.Date{}, d.read().Standards[0].ID)
	f, err = d.d.Figures.Find(ctx, d.lead, now, ref, civil.Date{})
	if d.must(err); f.State != figure.Known || f.Value != "33% of 3 standards" {
		t.Errorf("one of three gives %+v", f)
	}
	_, err = d.d.Figures.Find(ctx, d.lead, now, ref, today)
	kind(t, err, fault.NotFound)
	_, err = d.d.Figures.Find(ctx, d.lead, now, figure.Ref{Kind: FigureKind, Name: "x"}, civil.Date{})
	kind(t, err, fault.NotFound)
}

// TestFile keeps a file as evidence: what can be read of it is searched, what cannot asks for a reader, and a snapshot
// says by its fingerprint which file it was.
func TestFile(t *testing.T) {
	d, ctx := open(t), t.Context()
	d.take("SEQOHS,2023,1,G,A plan,must\n")
	standard := d.read().Standards[0].ID
	file := func(name, content string) NewItem {
		t.Helper()
		u, err := document.Take(name, strings.NewReader(content))
		d.must(err)
		n := NewItem{ID: id(), Kind: KindFile, Title: name, File: &u, Owner: "Head of OH", Reviewer: "Director", Collected: today, Standards: []uuid.UUID{standard}}
		d.must(d.Add(ctx, d.lead, now, n))
		d.must(d.Add(ctx, d.lead, now, n)) // a double click
		d.must(d.Move(ctx, d.lead, now, n.ID, Review))
		return n
	}
	findings := func(item uuid.UUID) (kinds []string) {
		t.Helper()
		r, err := d.Search(ctx, d.lead, now, item)
		d.must(err)
		for _, f := range r.Findings(item) {
			kinds = append(kinds, string(f.Kind))
		}
		return kinds
	}
	clear := func(item uuid.UUID) {
		t.Helper()
		r, err := d.Search(ctx, d.lead, now, item)
		d.must(err)
		reasons := map[string]string{}
		for _, f := range r.Findings(item) {
			reasons[f.Digest()] = "Read in full"
		}
		d.must(d.Clear(ctx, d.lead, now, item, reasons))
	}
	text, scan := file("minutes.txt", "Thank you, Mrs Winter"), file("policy.pdf", "%PDF-1.7")
	if got := fmt.Sprint(findings(text.ID), findings(scan.ID)); got != "[name] [unread]" {
		t.Errorf("findings are %s", got)
	}
	if got := d.read().Findings(text.ID); len(got) != 1 || got[0].Kind != redaction.Unread {
		t.Errorf("a file that was not searched gives %v", got)
	}
	for _, n := range []NewItem{text, scan} {
		kind(t, d.Move(ctx, d.lead, now, n.ID, Accepted), fault.Conflict)
	}
	kind(t, d.Snapshot(ctx, d.lead, now, id()), fault.Conflict)
	clear(text.ID)
	kind(t, d.Snapshot(ctx, d.lead, now, id()), fault.Conflict) // nobody has read the other
	clear(scan.ID)
	for _, n := range []NewItem{text, scan} {
		d.must(d.Move(ctx, d.lead, now, n.ID, Accepted))
	}
	one := id()
	d.must(d.Snapshot(ctx, d.lead, now, one))
	x, err := d.FindSnapshot(ctx, d.lead, one)
	d.must(err)
	for _, says := range []string{"minutes.txt, 1 KB", text.File.SHA256, "policy.pdf, 1 KB", scan.File.SHA256} {
		if !strings.Contains(x.Body, says) {
			t.Errorf("the snapshot does not say %q", says)
		}
	}
	scan.Title, scan.File = "Policy, read again", nil
	d.must(d.Change(ctx, d.lead, now, scan)) // the file stays, and so does who read it
	if i, _ := d.read().Item(scan.ID); i.File == nil || i.File.Name != "policy.pdf" || i.Body != "" || len(findings(scan.ID)) != 0 {
		t.Errorf("the changed item is %+v, %v", i, findings(scan.ID))
	}
	other := file("other.pdf", "%PDF-1.4")
	if got := fmt.Sprint(findings(other.ID)); got != "[unread]" {
		t.Errorf("another file gives %s", got)
	}
	kind(t, d.Add(ctx, d.lead, now, NewItem{ID: id(), Kind: KindFile, Title: "x", Owner: "a", Reviewer: "b", Collected: today}), fault.Invalid)
}

// TestYearly says when the snapshot of the year is due, to the day.
func TestYearly(t *testing.T) {
	d := open(t)
	d.take("SEQOHS,2023,1,G,A plan,must\n")
	if r := d.read(); !r.SnapshotDue().IsZero() || r.SnapshotLate() {
		t.Errorf("without one it is due on %s", r.SnapshotDue())
	}
	d.must(d.Snapshot(t.Context(), d.lead, now, id()))
	for days, late := range map[int]bool{0: false, 365: false, 366: true} {
		r, err := d.Read(t.Context(), d.lead, now.AddDate(0, 0, days))
		if d.must(err); r.SnapshotDue() != civil.MustParse("2027-11-22") || r.SnapshotLate() != late {
			t.Errorf("after %d days it is due on %s, late %v", days, r.SnapshotDue(), r.SnapshotLate())
		}
	}
}
