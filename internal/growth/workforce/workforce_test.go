package workforce_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	d   = civil.MustParse
)

func TestPack(t *testing.T) {
	p, err := workforce.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"nurse", "development-nurse", "physician", "physiotherapist", "counsellor", "technician", "administrator", "manager"} {
		if _, ok := p.Role(key); !ok {
			t.Errorf("no role %s", key)
		}
	}
	if r := p.Trainee(); r.Key != "development-nurse" || r.Becomes.Band != "6" {
		t.Errorf("a development post is %+v", r)
	}
}

func nurse() workforce.PostIn {
	return workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 0.8, Heads: 2, InPost: 1, VacantSince: d("2026-08-01"), Years: 3, Funding: "recurrent", Skills: []string{"havs"}}
}

func TestCheckPost(t *testing.T) {
	p, err := workforce.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	other := workforce.Post{PostIn: workforce.PostIn{ID: uuid.New()}}
	for name, c := range map[string]struct {
		change func(*workforce.PostIn)
		field  string
	}{
		"well":                      {func(*workforce.PostIn) {}, ""},
		"no title":                  {func(in *workforce.PostIn) { in.Title = " " }, "title"},
		"no role":                   {func(in *workforce.PostIn) { in.Role = "cook" }, "role"},
		"no band":                   {func(in *workforce.PostIn) { in.Band = "1" }, "band"},
		"a nurse paid as a doctor":  {func(in *workforce.PostIn) { in.Band, in.Salary = "medical", 90000 }, "band"},
		"a doctor of band 8a":       {func(in *workforce.PostIn) { in.Role, in.Band = "physician", "8a" }, "band"},
		"a doctor without a salary": {func(in *workforce.PostIn) { in.Role, in.Band = "physician", "medical" }, "salary"},
		"a doctor":                  {func(in *workforce.PostIn) { in.Role, in.Band, in.Salary = "physician", "medical", 120000 }, ""},
		"more than full time":       {func(in *workforce.PostIn) { in.WTE = 1.2 }, "wte"},
		"no heads":                  {func(in *workforce.PostIn) { in.Heads, in.InPost = 0, 0 }, "heads"},
		"more in post than heads":   {func(in *workforce.PostIn) { in.InPost = 3 }, "in_post"},
		"vacant since nobody knows": {func(in *workforce.PostIn) { in.VacantSince = civil.Date{} }, "vacant_since"},
		"vacant from tomorrow":      {func(in *workforce.PostIn) { in.VacantSince = d("2026-11-11") }, "vacant_since"},
		"filled, so since nothing":  {func(in *workforce.PostIn) { in.InPost, in.VacantSince = 2, civil.Date{} }, ""},
		"a century in the band":     {func(in *workforce.PostIn) { in.Years = 100 }, "years"},
		"no funding":                {func(in *workforce.PostIn) { in.Funding = "" }, "funding"},
		"a contract without an end": {func(in *workforce.PostIn) { in.Funding = "fixed" }, "contract_ends"},
		"an unknown skill":          {func(in *workforce.PostIn) { in.Skills = []string{"juggling"} }, "skills"},
		"ready, but who":            {func(in *workforce.PostIn) { in.Ready = "now" }, "successor"},
		"its own successor":         {func(in *workforce.PostIn) { in.Successor, in.Ready = in.ID, "now" }, "successor"},
		"a successor when":          {func(in *workforce.PostIn) { in.Successor = other.ID }, "ready"},
		"a successor":               {func(in *workforce.PostIn) { in.Successor, in.Ready = other.ID, "year" }, ""},
	} {
		in := nurse()
		c.change(&in)
		f := p.CheckPost(in, []workforce.Post{other}, d("2026-11-10"))
		if c.field == "" && len(f) > 0 || c.field != "" && (len(f) != 1 || f[0].Name != c.field) {
			t.Errorf("%s: %v", name, f)
		}
	}
}

// TestLife goes from an empty organisation to a team whose planned nurse has started.
func TestLife(t *testing.T) {
	database := world.Open(t)
	w, ctx := world.New(t, database), context.Background()
	s := workforce.New(workforce.Deps{DB: database, Now: func() time.Time { return now }})
	lead, guardian := w.OHLead.As(access.Lead, access.Growth), w.Guardian.As(access.Guardian, access.Growth)
	find := func() workforce.Team {
		t.Helper()
		x, err := s.Find(ctx, guardian, now)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	refused := func(what string, err error, k fault.Kind) {
		t.Helper()
		if fault.KindOf(err) != k {
			t.Errorf("%s: %v", what, err)
		}
	}
	figures, err := s.Book().List(ctx, guardian, now)
	if x := find(); err != nil || len(figures) > 0 || len(x.Posts) > 0 || x.Setting.Start != d("2027-04-01") || x.Setting.Rates["nurse"].Clinical != 68 {
		t.Fatalf("an empty organisation: %+v, %v, %v", x.Setting, figures, err)
	}

	post := nurse()
	bad := post
	bad.WTE = 2
	refused("a bad post", s.AddPost(ctx, lead, now, bad), fault.Invalid)
	must(s.AddPost(ctx, lead, now, post))
	must(s.AddPost(ctx, lead, now, post))
	chief := workforce.PostIn{ID: uuid.New(), Title: "Lead nurse", Role: "manager", Band: "8a", WTE: 1, Heads: 1, InPost: 1, Years: 6, Funding: "recurrent", Successor: post.ID, Ready: "year"}
	must(s.AddPost(ctx, lead, now, chief))
	x := find()
	lines, all := x.ByRole()
	if len(x.Posts) != 2 || len(lines) != 2 || all.Funded != 2.6 || all.WTE != 1.8 || lines[0].Rate() != 0.5 {
		t.Errorf("%d posts, %+v, %+v", len(x.Posts), lines, all)
	}
	if singles := x.Singles(); len(singles) != 3 || !singles[2].Skill || singles[2].Heads != 1 || singles[2].Post != "OH nurse" {
		t.Errorf("single points %+v", singles)
	}
	if heirs := x.Succession(); len(heirs) != 1 || heirs[0].Successor != "OH nurse" || heirs[0].Ready != "year" {
		t.Errorf("succession %+v", heirs)
	}
	for name, want := range map[string]string{"wte_funded": "2.6 WTE", "wte_in_post": "1.8 WTE", "vacancy_rate": "30.8%"} {
		if f, err := s.Book().Figure(ctx, guardian, now, figure.Ref{Kind: "workforce", Name: name}, civil.Date{}); err != nil || f.Value != want {
			t.Errorf("%s is %q, %v", name, f.Value, err)
		}
	}
	if _, err := s.Book().Figure(ctx, guardian, now, figure.Ref{Kind: "workforce", Name: "joy"}, civil.Date{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a figure that is none: %v", err)
	}

	// A page that is older than what is stored changes nothing.
	seen := x.Posts[1].Changed
	post.Title = "Nurse adviser"
	must(s.ChangePost(ctx, lead, now.Add(time.Minute), seen, post))
	refused("an old page", s.ChangePost(ctx, lead, now, seen, post), fault.Conflict)
	refused("an end in the future", s.EndPost(ctx, lead, now, post.ID, d("2027-01-01")), fault.Invalid)

	must(s.SetPlan(ctx, lead, now, workforce.PlanIn{Start: d("2027-01-01"), Served: 5200, Uplift: 3, Leave: 29, Study: 5, Sickness: 5, RampMonths: 6}))
	refused("a day", s.SetPlan(ctx, lead, now, workforce.PlanIn{Start: d("2027-01-02"), Leave: 29}), fault.Invalid)
	must(s.SetRate(ctx, lead, now, workforce.RateIn{Role: "nurse", Clinical: 70, Leavers: 10, Retire: 1}))
	refused("more than all", s.SetRate(ctx, lead, now, workforce.RateIn{Role: "nurse", Clinical: 170}), fault.Invalid)
	if x := find(); x.Setting.Start != d("2027-01-01") || x.Setting.Rates["nurse"].Leavers != 10 || x.Setting.By == "" || x.Compare()[0].Staff != 6500 {
		t.Errorf("%+v, %+v", x.Setting, x.Compare())
	}

	preferred := map[option.Option]bool{option.Preferred: true}
	develop := workforce.ChangeIn{ID: uuid.New(), Kind: outlook.Develop, Title: "Development nurse", From: d("2027-04-01"), WTE: 1, Heads: 2, In: preferred,
		Development: &workforce.Development{Months: 12, Study: 40, Supervision: 2, Backfill: 4, Fee: 5000, CompleteLow: 80, CompleteHigh: 95, RetainLow: 60, RetainHigh: 85, Pay: outlook.Completion}}
	must(s.PlanChange(ctx, lead, now, develop))
	must(s.PlanChange(ctx, lead, now, develop))
	must(s.PlanChange(ctx, lead, now, workforce.ChangeIn{ID: uuid.New(), Kind: outlook.Leadership, Post: chief.ID, From: d("2028-01-01"), Hours: 4, In: preferred}))
	refused("in no option", s.PlanChange(ctx, lead, now, workforce.ChangeIn{ID: uuid.New(), Kind: outlook.End, Post: chief.ID, From: d("2028-01-01")}), fault.Invalid)
	staff := func(o option.Option) (out []workforce.QuarterStaff, costs []workforce.YearCost) {
		t.Helper()
		must(database.InTenant(ctx, guardian, func(tx *postgres.Tx) (err error) {
			if out, err = s.Staffing(ctx, tx, o); err == nil {
				var all workforce.Costs
				all, err = s.Costs(ctx, tx, true, nil)
				costs = workforce.ByYear(all.Of[o])
			}
			return err
		}))
		return out, costs
	}
	base, cheap := staff(option.Nothing)
	more, dear := staff(option.Preferred)
	heads := func(q workforce.QuarterStaff, role string) (n float64) {
		for _, r := range q.Roles {
			if r.Role == role {
				n += r.Heads
			}
		}
		return n
	}
	if len(base) != 20 || heads(base[8], "development-nurse") != 0 || heads(more[8], "development-nurse") < 0.5 || heads(more[19], "nurse") <= heads(base[19], "nurse") {
		t.Errorf("the preferred option adds %v trainees and %v nurses to %v", heads(more[8], "development-nurse"), heads(more[19], "nurse"), heads(base[19], "nurse"))
	}
	total := func(costs []workforce.YearCost, year string) (sum float64) {
		for _, c := range costs {
			if c.Year == year {
				sum += c.Total
			}
		}
		return sum
	}
	for _, c := range cheap {
		if c.Line == "Lead nurse" && c.Year == "2026/27" && (c.Heads != 1 || c.WTE != 1) {
			t.Errorf("the lead nurse in the first quarter: %+v", c)
		}
	}
	if !(total(dear, "2029/30") > total(cheap, "2029/30")) || total(cheap, "2026/27") >= total(cheap, "2027/28") {
		t.Errorf("costs %v and %v", total(dear, "2029/30"), total(cheap, "2029/30"))
	}
	if err := database.InTenant(ctx, guardian, func(tx *postgres.Tx) error { _, err := s.Staffing(ctx, tx, "some"); return err }); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an option that is none: %v", err)
	}

	// A vacancy for the planned post, from advert to start.
	v := workforce.VacancyIn{ID: uuid.New(), Change: develop.ID, Source: "national", Advertised: d("2026-09-01")}
	refused("for nothing", s.OpenVacancy(ctx, lead, now, workforce.VacancyIn{ID: uuid.New(), Source: "national", Advertised: d("2026-09-01")}), fault.Invalid)
	must(s.OpenVacancy(ctx, lead, now, v))
	must(s.OpenVacancy(ctx, lead, now, v))
	n := 12
	move := func(at time.Time, m workforce.Move) error {
		x, _ := find().Vacancy(v.ID)
		return s.MoveVacancy(ctx, lead, at, x.Changed, v.ID, m)
	}
	refused("started before it was offered", move(now, workforce.Move{To: workforce.Started, On: d("2026-09-20")}), fault.Invalid)
	must(move(now.Add(time.Minute), workforce.Move{To: workforce.Closed, On: d("2026-09-20"), Applicants: &n}))
	must(move(now.Add(2*time.Minute), workforce.Move{To: workforce.Offered, On: d("2026-10-02"), Starts: d("2026-11-09")}))
	// The first day passes: nobody is counted on. Another is agreed; the offer is declined; it is offered to somebody else.
	late, agreed := now.AddDate(0, 1, 0), func(at time.Time) []civil.Date {
		t.Helper()
		team, err := s.Find(ctx, lead, at)
		must(err)
		for _, c := range team.Input().Changes {
			if c.ID == develop.ID {
				return c.Starting
			}
		}
		t.Fatal("the planned post is gone")
		return nil
	}
	if got := agreed(now.AddDate(0, 0, -1)); len(got) != 1 || got[0] != d("2026-11-09") {
		t.Errorf("starts agreed: %v", got)
	}
	if got := agreed(late); len(got) != 0 {
		t.Errorf("who should have started is counted on: %v", got)
	}
	refused("a new first day before it was agreed", move(late, workforce.Move{To: workforce.Later, On: d("2026-11-10"), Starts: d("2026-11-09")}), fault.Invalid)
	must(move(late, workforce.Move{To: workforce.Later, On: d("2026-11-10"), Starts: d("2027-01-04")}))
	if x, _ := find().Vacancy(v.ID); x.Offered != d("2026-10-02") || x.Starts != d("2027-01-04") || x.Applicants != n {
		t.Errorf("another first day: %+v", x)
	}
	must(move(late.Add(time.Minute), workforce.Move{To: workforce.Declined, On: d("2026-11-10")}))
	if x, _ := find().Vacancy(v.ID); !x.Offered.IsZero() || !x.Starts.IsZero() || x.Applicants != n || !slices.Contains(x.Next(), workforce.Offered) {
		t.Errorf("an offer that was declined: %+v", x)
	}
	must(move(late.Add(2*time.Minute), workforce.Move{To: workforce.Offered, On: d("2026-11-01"), Starts: d("2026-11-09")}))
	must(move(late.Add(3*time.Minute), workforce.Move{To: workforce.Started, On: d("2026-11-09")}))
	refused("twice", move(now, workforce.Move{To: workforce.Started, On: d("2026-11-09")}), fault.Invalid)
	x = find()
	i := slices.IndexFunc(x.Posts, func(p workforce.Post) bool { return p.Change == develop.ID })
	if c, _ := x.Change(develop.ID); i < 0 || c.Taken != 1 || !c.Open() || x.Posts[i].InPost != 1 || x.Posts[i].Role != "development-nurse" || x.Posts[i].StartedOn != d("2026-11-09") {
		t.Fatalf("who started is not in the establishment: %+v", x.Posts)
	}
	if f := x.TimeToFill(); f.N != 1 || f.Median != 69 || f.Own {
		t.Errorf("time to fill %+v", f)
	}
	// Who has started stays in the options of the plan: what the plan costs is what the team would not cost without it.
	still, same := staff(option.Nothing)
	if heads(still[0], "development-nurse") != 0 || heads(still[6], "nurse") != heads(base[6], "nurse") || total(same, "2029/30") != total(cheap, "2029/30") {
		t.Error("who has started through the plan is in doing nothing")
	}
	if real, _ := staff(option.Preferred); heads(real[0], "development-nurse") != 1 {
		t.Errorf("%v trainees in the first quarter of the preferred option", heads(real[0], "development-nurse"))
	}

	// One for a post fills it.
	left := true
	v = workforce.VacancyIn{ID: uuid.New(), Post: post.ID, Source: "inside", Advertised: d("2026-10-01")}
	refused("a post without a word about who left", s.OpenVacancy(ctx, lead, now, v), fault.Invalid)
	v.Left = &left
	must(s.OpenVacancy(ctx, lead, now, v))
	refused("a head that is being recruited", s.OpenVacancy(ctx, lead, now, workforce.VacancyIn{ID: uuid.New(), Post: post.ID, Left: &left, Source: "inside", Advertised: d("2026-10-01")}), fault.Invalid)
	must(move(now.Add(time.Minute), workforce.Move{To: workforce.Offered, On: d("2026-10-20"), Starts: d("2026-11-01")}))
	must(move(now.Add(2*time.Minute), workforce.Move{To: workforce.Started, On: d("2026-11-02")}))
	if p, _ := find().Post(post.ID); p.InPost != 2 || !p.VacantSince.IsZero() {
		t.Errorf("the post is %+v", p)
	}

	refused("a post in which somebody has started", s.WithdrawChanges(ctx, lead, now, develop.ID), fault.Conflict)
	leads := find().Changes[1]
	must(s.WithdrawChanges(ctx, lead, now, leads.ID))
	refused("what was withdrawn", s.WithdrawChanges(ctx, lead, now, leads.ID), fault.NotFound)
	must(s.EndPost(ctx, lead, now, post.ID, d("2026-11-10")))
	if x := find(); len(x.Posts) != 2 || len(x.Changes) != 1 || len(x.Succession()) != 1 || x.Succession()[0].Successor != "" {
		t.Errorf("%+v", x.Posts)
	}
	foreign, err := s.Find(ctx, w.ForeignOHAdmin.As(access.Lead, access.Growth), now)
	if err != nil || len(foreign.Posts)+len(foreign.Changes)+len(foreign.Vacancies) > 0 {
		t.Errorf("another organisation sees %+v, %v", foreign, err)
	}
}
