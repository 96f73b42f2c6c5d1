package campaign

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx   = context.Background()
	today = civil.MustParse("2026-11-10")
)

func in() In {
	return In{ID: uuid.New(), Title: "Backs", Audience: "Wards", Message: "Come early.", Reason: "MSK", Hoped: "more", Starts: civil.MustParse("2026-02-01"), Ends: civil.MustParse("2026-03-15")}
}

// counts are months of n referrals, of m from a month on, from begun until today.
func counts(begun civil.Date, n int, from civil.Date, m int) map[civil.Date]int {
	out := map[civil.Date]int{}
	for x := begun; x.Before(today); x = x.AddMonths(1) {
		wave := int(x.Month) % 3
		if out[x] = n + 5*wave; !x.Before(from) {
			out[x] = m + 5*wave
		}
	}
	return out
}

// TestJudge: an effect is claimed where there is one, none where there is none, and nothing at all of months that are too few or
// too small; a month that is partly before and partly after counts on neither side.
func TestJudge(t *testing.T) {
	begun, start := civil.MustParse("2023-01-01"), civil.MustParse("2026-02-01")
	for name, x := range map[string]struct {
		change func(*In)
		begun  civil.Date
		counts map[civil.Date]int
		hidden bool
		early  bool
		want   effect.Judgement
	}{
		"more came":            {nil, begun, counts(begun, 30, start, 60), false, false, effect.Improved},
		"fewer came":           {nil, begun, counts(begun, 60, start, 30), false, false, effect.OtherWay},
		"fewer, as hoped":      {func(in *In) { in.Hoped = "fewer" }, begun, counts(begun, 60, start, 30), false, false, effect.Improved},
		"nothing happened":     {nil, begun, counts(begun, 40, start, 40), false, false, effect.NoClaim},
		"a small month":        {nil, begun, counts(begun, 2, start, 60), true, false, ""},
		"small, every reason":  {func(in *In) { in.Reason = Every }, begun, counts(begun, 9, start, 60), false, false, effect.Improved},
		"the ledger is young":  {nil, civil.MustParse("2025-06-01"), counts(begun, 30, start, 60), false, true, effect.NoClaim},
		"it has just begun":    {func(in *In) { in.Starts = civil.MustParse("2026-09-01") }, begun, counts(begun, 30, start, 60), false, true, effect.NoClaim},
		"it is to begin":       {func(in *In) { in.Starts = civil.MustParse("2026-12-01") }, begun, counts(begun, 30, start, 60), false, true, effect.NoClaim},
		"in the middle of one": {func(in *In) { in.Starts = civil.MustParse("2026-01-15") }, begun, counts(begun, 30, start, 60), false, false, effect.Improved},
	} {
		c := in()
		if x.change != nil {
			x.change(&c)
		}
		e, err := judge(c, today, x.begun, x.counts)
		if err != nil || e.Hidden != x.hidden || e.Early != x.early || e.Verdict.Judgement != x.want {
			t.Errorf("%s: %+v %v", name, e, err)
		}
		if len(e.Counts) != len(e.Months) || len(e.Months) > monthsBefore+monthsAfter+1 {
			t.Errorf("%s: %d months, %d counts", name, len(e.Months), len(e.Counts))
		}
		for i, f := range e.Counts {
			if n, shown := f.Value(); shown && (n%5 != 0 || x.counts[e.Months[i]] < 8) {
				t.Errorf("%s: %v shows %d of %d", name, e.Months[i], n, x.counts[e.Months[i]])
			}
		}
	}
	c := in()
	c.Starts = civil.MustParse("2026-01-15")
	e, _ := judge(c, today, begun, counts(begun, 30, start, 60))
	if whole, _ := judge(in(), today, begun, counts(begun, 30, start, 60)); e.Verdict.MonthsBefore != 24 || e.Months[e.Start] != start || whole.Verdict.MonthsBefore != 24 {
		t.Errorf("the month of the start: %+v", e.Verdict)
	}
}

func TestCheck(t *testing.T) {
	reasons := []Reason{{"MSK", "Backs"}}
	for name, x := range map[string]struct {
		change func(*In)
		want   string
	}{
		"right":          {func(*In) {}, ""},
		"every reason":   {func(in *In) { in.Reason = Every }, ""},
		"no title":       {func(in *In) { in.Title = "" }, "campaign.title.empty"},
		"long title":     {func(in *In) { in.Title = strings.Repeat("a", 101) }, "form.too_long"},
		"for nobody":     {func(in *In) { in.Audience = "" }, "campaign.audience.empty"},
		"says nothing":   {func(in *In) { in.Message = "" }, "campaign.message.empty"},
		"a script":       {func(in *In) { in.Material = "javascript:alert(1)" }, "campaign.material.bad"},
		"a made-up code": {func(in *In) { in.Reason = "XXX" }, "campaign.reason.empty"},
		"hopes nothing":  {func(in *In) { in.Hoped = "" }, "campaign.hoped.empty"},
		"no first day":   {func(in *In) { in.Starts = civil.Date{} }, "campaign.starts.empty"},
		"no last day":    {func(in *In) { in.Ends = civil.Date{} }, "campaign.ends.empty"},
		"ends first":     {func(in *In) { in.Ends = in.Starts.AddDays(-1) }, "campaign.ends.range"},
		"a day":          {func(in *In) { in.Ends = in.Starts }, ""},
		"over a year":    {func(in *In) { in.Ends = in.Starts.AddMonths(12).AddDays(1) }, "campaign.ends.range"},
	} {
		c := in()
		x.change(&c)
		f := Check(c, reasons)
		if x.want == "" && len(f) > 0 || x.want != "" && (len(f) != 1 || f[0].Key != x.want) {
			t.Errorf("%s: %v, want %q", name, f, x.want)
		}
	}
}

// TestKept: what was hoped stays from the first day on; another service sees nothing; the effect of a campaign comes from the
// roll-ups of the whole service.
func TestKept(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	s, lead, now := New(db), w.OHLead.As(access.Lead, access.Growth), growthtest.Now
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c := in()
	c.Reason = "LTS"
	must(s.Add(ctx, lead, now.AddDate(-1, 0, 0), c))
	must(s.Add(ctx, lead, now.AddDate(-1, 0, 0), c)) // sent twice
	all, err := s.List(ctx, lead)
	if must(err); len(all) != 1 || all[0].Reached != 0 {
		t.Fatalf("%+v", all)
	}
	changed := c
	changed.Title, changed.Hoped, changed.Reason, changed.Starts = "Backs again", "fewer", Every, civil.MustParse("2026-03-01")
	must(s.Change(ctx, lead, now, all[0].Changed, changed))
	x, err := s.Find(ctx, lead, c.ID)
	if must(err); x.Title != "Backs again" || x.Hoped != "more" || x.Reason != "LTS" || x.Starts != c.Starts {
		t.Errorf("after it began: %+v", x.In)
	}
	if err := s.Change(ctx, lead, now, all[0].Changed, changed); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an old form: %v", err)
	}
	on := civil.MustParse("2026-02-10")
	must(s.Count(ctx, lead, now, c.ID, Reach{Channel: "email", On: on, N: 400}))
	must(s.Count(ctx, lead, now, c.ID, Reach{Channel: "email", On: on, N: 40})) // put right
	must(s.Count(ctx, lead, now, c.ID, Reach{Channel: "stand", On: on, N: 2}))
	if x, err = s.Find(ctx, lead, c.ID); err != nil || x.Reached != 42 {
		t.Errorf("reached %d, %v", x.Reached, err)
	}
	e, err := s.Effect(ctx, lead, now, x)
	if must(err); e.Hidden || e.Early || e.Verdict.Judgement != effect.NoClaim || e.Verdict.Before != 20 { // 22 a month, rounded to 20
		t.Errorf("%+v", e)
	}
	stranger := w.ForeignOHAdmin.As(access.Lead, access.Growth)
	if all, err := s.List(ctx, stranger); err != nil || len(all) != 0 {
		t.Errorf("another service sees %v, %v", all, err)
	}
	if err := s.Count(ctx, stranger, now, c.ID, Reach{Channel: "email", On: on, N: 1}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another service counts: %v", err)
	}
	for _, wall := range []access.Wall{access.Hall, access.Employer, access.Clinical, access.Portal} {
		err := db.InTenant(ctx, w.Nurse.As(access.Person, wall), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `select 1 from campaign`)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", wall, err)
		}
	}
	must(s.Withdraw(ctx, lead, now, c.ID))
	if _, err := s.Find(ctx, lead, c.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("withdrawn: %v", err)
	}

	talk := TalkIn{ID: uuid.New(), On: civil.MustParse("2026-05-01"), Place: "Wyre College", Audience: "college", Listeners: 40}
	must(s.AddTalk(ctx, lead, now, talk))
	must(s.Enquired(ctx, lead, now, talk.ID, 0))
	talks, err := s.Talks(ctx, lead)
	if must(err); len(talks) != 1 || !talks[0].Counted || talks[0].Enquiries != 0 {
		t.Errorf("%+v", talks)
	}
	if f := CheckTalk(TalkIn{On: today.AddDays(1), Audience: "x", Listeners: -1}, today); len(f) != 4 {
		t.Errorf("%v", f)
	}
	if f := CheckReach(Reach{Channel: "x", On: c.Starts.AddDays(-1), N: 1_000_001}, x, today); len(f) != 3 {
		t.Errorf("%v", f)
	}
}

// TestWhoSees: communications, who are the employer's, never see an effect, which holds self-referrals.
func TestWhoSees(t *testing.T) {
	table, err := access.NewTable(Rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range access.Roles {
		keeps := r == access.Lead || r == access.OHAdmin || r == access.Communications
		if table.MayEver(r, Keep) != keeps || table.MayEver(r, Read) != (keeps && r != access.Communications) {
			t.Errorf("%s keeps %v, sees the effect %v", r, table.MayEver(r, Keep), table.MayEver(r, Read))
		}
	}
	if s := New(nil); len(s.Reasons()) < 15 || s.Reasons()[0].Name == "" {
		t.Errorf("%d reasons", len(s.Reasons()))
	}
	if (In{Starts: today, Ends: today}) == (In{}) || (Campaign{In: In{Starts: today, Ends: today}}).Stage(today) != "running" || !(Campaign{In: In{Starts: today}, Made: time.Date(2026, 11, 11, 9, 0, 0, 0, time.UTC)}).Late(civil.Of) {
		t.Error("stage or lateness")
	}
}
