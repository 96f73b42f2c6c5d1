package forecast

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func d(s string) civil.Date { return civil.MustParse(s) }

// waits is 24 months around one level and n months around another, from January 2024 on.
func waits(from, to float64, n int) Series {
	rng := rand.New(rand.NewPCG(1, 2))
	var s Series
	for i := range 24 + n {
		level := from
		if i >= 24 {
			level = to
		}
		s.Months = append(s.Months, d("2024-01-01").AddMonths(i))
		s.Values = append(s.Values, spc.Some(level+rng.NormFloat64()))
	}
	return s
}

func fall(by float64) Forecast {
	return Forecast{StartsOn: d("2026-01-01"), Direction: spc.Decrease, Change: by, Due: d("2026-09-01")}
}

// farOn is long after every forecast here fell due.
var farOn = d("2029-01-01")

// TestDay: before the due month is over nothing is said, whatever came; and that no figures come is said in the end.
func TestDay(t *testing.T) {
	for today, want := range map[string]struct {
		Judgement
		Reason
	}{"2026-09-30": {TooEarly, ""}, "2026-10-01": {TooEarly, ""}, "2026-12-31": {TooEarly, ""}, "2027-01-01": {Impossible, Silent}} {
		if o, err := Judge(fall(6), waits(20, 14, 8), d(today)); err != nil || o.Judgement != want.Judgement || o.Reason != want.Reason || o.Until != d("2026-10-01") {
			t.Errorf("without the due month on %s: %+v, %v", today, o, err)
		}
	}
	if o, err := Judge(fall(6), waits(20, 14, 9), d("2026-09-30")); err != nil || o.Judgement != TooEarly {
		t.Errorf("%+v, %v", o, err)
	}
}

// TestNeverStarted: where the action did not run, nothing is judged, though the figure falls as foretold.
func TestNeverStarted(t *testing.T) {
	held := fall(6)
	held.Action, held.At = uuid.New(), d("2025-12-01").UTC()
	for name, c := range map[string]struct {
		started, stopped, today string
		want                    Judgement
	}{
		"planned still, not due":              {"", "", "2026-09-30", TooEarly},
		"planned still when due":              {"", "", "2026-10-01", Never},
		"started after it was due":            {"2026-10-01", "", "2026-10-05", Never},
		"stopped before it started":           {"", "2026-03-01", "2026-04-01", Never},
		"stopped after it started":            {"2026-01-01", "2026-09-30", "2026-10-05", Stopped},
		"stopped after it was due":            {"2026-01-01", "2026-10-01", "2026-10-05", Consistent},
		"started so late that too few follow": {"2026-08-01", "", "2026-10-05", Impossible},
		"started as planned":                  {"2026-01-01", "", "2026-10-05", Consistent},
	} {
		f := held
		if c.started != "" {
			f.Started = d(c.started)
		}
		if c.stopped != "" {
			f.Stopped = d(c.stopped)
		}
		o, err := Judge(f, waits(20, 14, 9), d(c.today))
		if err != nil || o.Judgement != c.want {
			t.Errorf("%s: %+v, %v; want %s", name, o, err, c.want)
		}
		k := Calibrate([]Judged{{Forecast: f, Outcome: o}}, nil)
		if in := k.Due + k.Unsettled() + k.Early; in != 1 || (k.Due == 1) != (c.want == Consistent) {
			t.Errorf("%s: counted as %+v", name, k)
		}
	}
}

func TestJudge(t *testing.T) {
	rise := fall(4)
	rise.Direction = spc.Increase
	started := fall(4)
	started.Action, started.Started = uuid.New(), d("2026-01-15")
	for name, c := range map[string]struct {
		f    Forecast
		s    Series
		want Judgement
	}{
		"as foretold":                          {fall(6), waits(20, 14, 9), Consistent},
		"more than foretold":                   {fall(2), waits(20, 14, 9), More},
		"a little more is within chance":       {fall(5.5), waits(20, 14, 9), Consistent},
		"a little less is within chance":       {fall(6.5), waits(20, 14, 9), Consistent},
		"clearly less":                         {fall(12), waits(20, 14, 9), Less},
		"nothing":                              {fall(6), waits(20, 20, 9), NoClaim},
		"the other way":                        {rise, waits(20, 14, 9), OtherWay},
		"the due month is not complete":        {fall(6), waits(20, 14, 8), Impossible},
		"what came after the due month is out": {fall(6), waits(20, 14, 30), Consistent},
		"no months at all":                     {fall(6), Series{}, Impossible},
		"started in mid-month":                 {started, waits(20, 16, 9), Consistent},
		"too few months before":                {fall(6), Series{Months: waits(20, 14, 9).Months[14:], Values: waits(20, 14, 9).Values[14:]}, Impossible},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := Judge(c.f, c.s, farOn)
			if err != nil || o.Judgement != c.want {
				t.Errorf("%+v, %v; want %s", o, err, c.want)
			}
		})
	}
	if o, _ := Judge(started, waits(20, 16, 9), farOn); o.Verdict.MonthsAfter != 8 || o.Verdict.MonthsBefore != 24 {
		t.Errorf("the month in which it started counts: %+v", o.Verdict)
	}
}

// TestJudgeHolds: mirrored figures give mirrored judgements, and asking for more never makes a forecast come true.
func TestJudgeHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := waits(20, rapid.Float64Range(5, 35).Draw(t, "to"), 9)
		by := rapid.Float64Range(0.5, 20).Draw(t, "by")
		f := fall(by)
		o, err := Judge(f, s, farOn)
		if err != nil {
			t.Fatal(err)
		}
		mirrored, m := f, Series{Months: s.Months}
		mirrored.Direction = spc.Increase
		for _, v := range s.Values {
			m.Values = append(m.Values, spc.Some(-v.Value))
		}
		rank := map[Judgement]int{Less: 1, Consistent: 2, More: 3} // how much of what was foretold came
		if rank[o.Judgement] == 0 {
			return
		}
		more := f
		more.Change = by + rapid.Float64Range(0, 20).Draw(t, "more")
		asked, err := Judge(more, s, farOn)
		if err != nil || rank[asked.Judgement] > rank[o.Judgement] {
			t.Fatalf("by %v: %s, by %v: %s, %v", by, o.Judgement, more.Change, asked.Judgement, err)
		}
		if o, err := Judge(mirrored, m, farOn); err != nil || o.Judgement == OtherWay || o.Judgement == NoClaim {
			t.Fatalf("mirrored: %s, %v", o.Judgement, err)
		}
	})
}

func TestCounts(t *testing.T) {
	at := func(s string) time.Time { return d(s).UTC().Add(9 * time.Hour) }
	for name, c := range map[string]struct {
		registered, starts, started, withdrawn string
		late, counts                           bool
	}{
		"the day before":                  {"2026-01-04", "2026-01-05", "", "", false, true},
		"on the day":                      {"2026-01-05", "2026-01-05", "", "", true, false},
		"it started earlier than planned": {"2026-01-04", "2026-02-01", "2026-01-03", "", true, false},
		"it started later":                {"2026-01-04", "2026-01-03", "2026-01-20", "", false, true},
		"withdrawn before the start":      {"2026-01-01", "2026-01-05", "", "2026-01-04", false, false},
		"withdrawn after the start":       {"2026-01-01", "2026-01-05", "", "2026-06-01", false, true},
		"it was to start and has not":     {"2026-01-05", "2026-01-04", "never", "", false, true},
		"withdrawn and never started":     {"2026-01-01", "2026-01-05", "never", "2026-09-30", false, false},
		"withdrawn when it was due":       {"2026-01-01", "2026-01-05", "never", "2026-10-01", false, true},
	} {
		f := Forecast{At: at(c.registered), StartsOn: d(c.starts), Due: d("2026-09-01")}
		switch c.started {
		case "":
		case "never":
			f.Action = uuid.New()
		default:
			f.Action, f.Started = uuid.New(), d(c.started)
		}
		if c.withdrawn != "" {
			f.Withdrawn = &Withdrawal{At: at(c.withdrawn)}
		}
		if f.Late() != c.late || f.Counts() != c.counts {
			t.Errorf("%s: late %v, counts %v", name, f.Late(), f.Counts())
		}
	}
}

func TestCalibrate(t *testing.T) {
	before := Forecast{At: d("2026-01-01").UTC(), StartsOn: d("2026-02-01"), Action: uuid.New(), Started: d("2026-02-01")}
	alone := Forecast{At: d("2026-01-01").UTC(), StartsOn: d("2026-02-01"), Confidence: "high", Percent: 80}
	sure, unsure, late := before, before, before
	sure.Confidence, sure.Percent = "high", 80
	unsure.Confidence, unsure.Percent = "low", 40
	late.At = d("2026-03-01").UTC()
	c := Calibrate([]Judged{
		{Forecast: sure, Outcome: Outcome{Judgement: Consistent}},
		{Forecast: unsure, Outcome: Outcome{Judgement: NoClaim}},
		{Forecast: before, Outcome: Outcome{Judgement: Less}},
		{Forecast: late, Outcome: Outcome{Judgement: More}},
		{Forecast: before, Outcome: Outcome{Judgement: TooEarly}},
		{Forecast: before, Outcome: Outcome{Judgement: Impossible}},
		{Forecast: before, Outcome: Outcome{Judgement: Never}},
		{Forecast: before, Outcome: Outcome{Judgement: Stopped}},
		{Forecast: alone, Outcome: Outcome{Judgement: More}},
		{Forecast: alone, Outcome: Outcome{Judgement: Impossible}},
	}, []Confidence{{"low", 40}, {"high", 80}})
	if c.Due != 3 || c.True != 1 || c.Late != 1 || c.Early != 1 || c.Unjudged != 1 || c.Confident != 2 || c.Brier < 0.0999 || c.Brier > 0.1001 || c.Steps[1].True != 1 || c.Steps[0].True != 0 {
		t.Errorf("%+v", c) // Brier: (0.2² + 0.4²) / 2
	}
	if c.Never != 1 || c.Stopped != 1 || c.Alone.Due != 1 || c.Alone.True != 1 || c.Alone.Unjudged != 1 {
		t.Errorf("%+v", c)
	}
	ctx := context.Background()
	want := "Of 3 forecasts that were registered before their action started and are settled, 1 came true. 1 more is due and could not be judged. 1 more was for an action that never started. 1 more was for an action that was stopped."
	if got := c.Sentence(ctx); got != want {
		t.Errorf("%q", got)
	}
	want = "Apart from these, of 1 settled forecast without an action of the plan, 1 came true. 1 more is due and could not be judged."
	if got := c.Apart(ctx); got != want {
		t.Errorf("%q", got)
	}
}

func TestPacks(t *testing.T) {
	p, err := loadPacks(content.FS)
	if err != nil || len(p.Confidence) != 3 || len(p.Arrows) < 5 {
		t.Fatalf("%+v, %v", p, err)
	}
}

// one is a book of one figure.
type one struct{}

func (one) Kinds() []string { return []string{"indicator"} }
func (b one) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	f, err := b.Figure(ctx, a, now, figure.Ref{Kind: "indicator", Name: "K02"}, civil.Date{})
	return []figure.Figure{f}, err
}
func (one) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, _ civil.Date) (figure.Figure, error) {
	if ref.Name != "K02" {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: ref, Title: "Waits", State: figure.Known, Value: "20 days", Period: d("2025-12-01"), PeriodText: "December 2025", Version: "K02, version 1", Definition: "d", Source: "a test"}, nil
}

// started is a plan of actions that all started on a day.
type started struct{ on civil.Date }

func (x started) Action(context.Context, access.Actor, uuid.UUID) (Progress, error) {
	return Progress{Title: "Nurse-led triage", Planned: x.on, Started: x.on}, nil
}

// night lets the runner's own timetable find what has fallen due.
func night(t *testing.T, s *Service, a access.Actor, at time.Time) {
	t.Helper()
	ctx := context.Background()
	r := job.NewRunner(s.d.DB, slog.New(slog.DiscardHandler))
	s.Jobs(r, func() time.Time { return at })
	if err := r.Start(ctx); err != nil {
		t.Fatal(err)
	}
	kept := 0
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline) && kept == 0; time.Sleep(50 * time.Millisecond) {
		if err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
			return tx.QueryRow(ctx, `select count(*) from forecast_verdict`).Scan(&kept)
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Stop(ctx); err != nil || kept != 1 {
		t.Fatalf("%d verdicts, %v", kept, err)
	}
}

// TestKept: the verdict by which a forecast was settled stays when its months are rewritten, or their definition goes; both are said.
func TestKept(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	ctx, now := context.Background(), d("2025-12-10").UTC()
	figures, gone := waits(20, 14, 9), false
	plan := &started{}
	s := New(Deps{DB: db, Figures: figure.NewLibrary(one{}), Actions: plan, Histories: map[string]History{"indicator": func(_ context.Context, _ access.Actor, now time.Time, _, _ string, _ civil.Date) (Series, error) {
		out := figures
		for len(out.Months) > 0 && !out.Months[len(out.Months)-1].AddMonths(1).UTC().Before(now) {
			out.Months, out.Values = out.Months[:len(out.Months)-1], out.Values[:len(out.Values)-1]
		}
		if gone {
			return Series{}, fault.Missing("history")
		}
		return out, nil
	}}})
	lead := w.OHLead.As(access.Lead, access.Growth)
	six := 6.0
	r := Registration{ID: uuid.New(), Action: uuid.New(), StartsOn: d("2026-01-01"), Ref: figure.Ref{Kind: "indicator", Name: "K02"}, Direction: spc.Decrease, Points: &six, Due: d("2026-09-01"), Explanations: []string{"Fewer referrals"}}
	if err := s.Register(ctx, lead, now, r); err != nil {
		t.Fatal(err)
	}
	plan.on = d("2026-01-01")
	find := func(at string) Judged {
		t.Helper()
		j, err := s.Find(ctx, lead, d(at).UTC(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	if j := find("2026-09-30"); j.Outcome.Judgement != TooEarly || j.Kept != nil || j.Rewritten.N != 0 {
		t.Fatalf("early: %+v", j.Outcome)
	}
	// The house judges at night; who opens the page afterwards finds what it kept.
	night(t, s, lead, d("2026-10-02").UTC())
	first := find("2026-10-05")
	if first.Outcome.Judgement != Consistent || first.Kept == nil || first.Today != nil || !first.Kept.At.Equal(d("2026-10-02").UTC()) || first.Rewritten.N != 0 || first.Rewritten.Of != 23 {
		t.Fatalf("%+v %+v", first.Outcome, first.Rewritten)
	}
	// Twelve months of the baseline come anew and lower, so that today the same rule would not call it a fall.
	figures.Values = append([]spc.Number(nil), figures.Values...)
	for i := range 20 {
		figures.Values[i] = spc.Some(figures.Values[i].Value - 7)
	}
	j := find("2026-10-05")
	if j.Outcome.Judgement != Consistent || j.Outcome.Verdict.After != first.Outcome.Verdict.After || j.Today == nil || j.Today.Judgement != NoClaim || j.Kept.Fingerprint != first.Kept.Fingerprint {
		t.Errorf("after the months were rewritten: %+v, today %+v", j.Outcome, j.Today)
	}
	gone = true
	if j := find("2026-10-05"); j.Outcome.Judgement != Consistent || j.Today == nil || j.Today.Reason != Silent && j.Today.Judgement != TooEarly || len(j.Series.Months) != 33 {
		t.Errorf("after the definition went: %+v, today %+v", j.Outcome, j.Today)
	}
	if j := find("2027-02-01"); j.Outcome.Judgement != Consistent || j.Today == nil || j.Today.Reason != Gone {
		t.Errorf("long after the definition went: %+v, today %+v", j.Outcome, j.Today)
	}
	// One that is rewritten before it is due says so with its verdict.
	gone = false
	r.ID = uuid.New()
	plan.on = civil.Date{}
	if err := s.Register(ctx, lead, now, r); err != nil {
		t.Fatal(err)
	}
	plan.on = d("2026-01-01")
	for i := range 20 {
		figures.Values[i] = spc.Some(figures.Values[i].Value + 7)
	}
	if j := find("2026-10-05"); j.Outcome.Judgement != Consistent || j.Rewritten.N != 20 || j.Rewritten.Of != 23 || j.Rewritten.Now-j.Rewritten.Then < 6 {
		t.Errorf("rewritten before it was due: %+v, %+v", j.Outcome, j.Rewritten)
	}
	f, err := s.Book().Figure(ctx, lead, d("2026-10-05").UTC(), CalibrationRef, civil.Date{})
	if err != nil || f.Value != "2 of 2 came true" || *f.Number != 100 {
		t.Errorf("%+v, %v", f, err)
	}
}

// TestLocked: what is registered can be neither changed nor taken away, by the growth login or by the owner.
func TestLocked(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	ctx, now := context.Background(), d("2026-10-10").UTC()
	s := New(Deps{DB: db, Figures: figure.NewLibrary(one{}), Histories: map[string]History{"indicator": func(context.Context, access.Actor, time.Time, string, string, civil.Date) (Series, error) {
		return waits(20, 14, 9), nil
	}}})
	lead := w.OHLead.As(access.Lead, access.Growth)
	four := 4.0
	r := Registration{ID: uuid.New(), Title: "Nurse-led triage", StartsOn: d("2026-01-01"), Ref: figure.Ref{Kind: "indicator", Name: "K02"}, Direction: spc.Decrease, Points: &four, Due: d("2026-09-01"), Explanations: []string{"Fewer referrals"}, Confidence: "high"}
	for range 2 { // a double click
		if err := s.Register(ctx, lead, now.AddDate(0, -10, 0), r); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := s.Withdraw(ctx, lead, now, r.ID, "We changed our mind"); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.List(ctx, lead, now)
	if err != nil || len(all) != 1 || all[0].Percent != 80 || all[0].Outcome.Judgement != More || !all[0].Counts() || all[0].Withdrawn.Reason != "We changed our mind" {
		t.Fatalf("%+v, %v", all, err)
	}
	if _, err := s.Find(ctx, w.Foreign.As(access.Lead, access.Growth), now, r.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another trust's lead gets %v", err)
	}
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	for _, sql := range []string{`update forecast set change = 1`, `update forecast set registered_at = '2020-01-01'`, `delete from forecast`, `update forecast_withdrawal set reason = 'x'`, `delete from forecast_withdrawal`,
		`update forecast_verdict set judgement = 'consistent'`, `delete from forecast_verdict`, `update forecast_baseline set fingerprint = ''`, `delete from forecast_baseline`} {
		if err := db.InTenant(ctx, lead, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql); return err }); postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s as growth: %v", sql, err)
		}
		if _, err := conn.Exec(ctx, sql); postgres.Code(err) != postgres.Locked {
			t.Errorf("%s as superuser: %v", sql, err)
		}
	}
	f, err := s.Book().Figure(ctx, lead, now, CalibrationRef, civil.Date{})
	if err != nil || f.State != figure.Nothing { // it has no action: it is told apart, and is not the figure
		t.Errorf("%+v, %v", f, err)
	}
}
