package client_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var (
	ctx   = context.Background()
	now   = time.Now().Truncate(time.Second) // row policies know the day of the database
	today = locale.Day(now)
)

func terms() client.Terms {
	return client.Terms{Model: "hosted", Integration: "separate", Services: []string{"timely", "promotion"}, From: today, Last: today.AddMonths(3)}
}

func practice() client.New {
	return client.New{ID: uuid.New(), Kind: organisation.Practice, Name: "Fell View Surgery", Given: "Jo", Family: "Bates", Email: uuid.NewString() + "@practice.example", Terms: terms()}
}

func TestCheck(t *testing.T) {
	p := client.NewService(nil, nil).Pack()
	for name, c := range map[string]struct {
		change func(*client.New)
		want   string
	}{
		"all said":        {func(*client.New) {}, ""},
		"no kind":         {func(n *client.New) { n.Kind = "shop" }, "kind"},
		"a nation":        {func(n *client.New) { n.Kind = organisation.Nation }, "kind"},
		"no name":         {func(n *client.New) { n.Name = "" }, "name"},
		"no code":         {func(n *client.New) { n.ODS = "" }, ""},
		"a bad code":      {func(n *client.New) { n.ODS = "B8 1008" }, "ods"},
		"no model":        {func(n *client.New) { n.Terms.Model = "" }, "model"},
		"no integration":  {func(n *client.New) { n.Terms.Integration = "x" }, "integration"},
		"nothing covered": {func(n *client.New) { n.Terms.Services = nil }, "services"},
		"made up":         {func(n *client.New) { n.Terms.Services = []string{"magic"} }, "services"},
		"no first day":    {func(n *client.New) { n.Terms.From = civil.Date{} }, "from"},
		"year 20":         {func(n *client.New) { n.Terms.From = today.AddMonths(-12 * 30) }, "from"},
		"backwards":       {func(n *client.New) { n.Terms.Last = n.Terms.From.AddDays(-1) }, "last"},
		"one day":         {func(n *client.New) { n.Terms.Last = n.Terms.From }, ""},
		"no end":          {func(n *client.New) { n.Terms.Last = civil.Date{} }, ""},
		"nobody":          {func(n *client.New) { n.Given = "" }, "given"},
		"no address":      {func(n *client.New) { n.Email = "Jo <jo@practice.example>" }, "email"},
	} {
		n := practice()
		c.change(&n)
		got := ""
		if bad := p.Check(n, today); len(bad) > 0 {
			got = bad[0].Name
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A contract ends in two steps, and only the second closes the doors.
func TestEnd(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := client.NewService(db, account.New(account.Deps{DB: db, Now: func() time.Time { return now }}))
	lead, n := w.OHLead.As(access.Lead, access.Hall), practice()
	if bad, err := s.Add(ctx, lead, now, n); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	takes := func(day civil.Date) (takes, open bool) {
		t.Helper()
		err := db.InTenant(ctx, access.Actor{Organisation: n.ID, Service: w.Service, Role: access.Manager, Wall: access.Employer}, func(tx *postgres.Tx) (err error) {
			if takes, err = organisation.TakesReferrals(ctx, tx, n.ID, w.Service, day.UTC()); err != nil {
				return err
			}
			_, missing := organisation.ServiceFor(ctx, tx, n.ID, day.UTC())
			open = missing == nil
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return takes, open
	}
	state := func(day civil.Date, wantTakes, wantOpen bool) {
		t.Helper()
		if takes, open := takes(day); takes != wantTakes || open != wantOpen {
			t.Errorf("%s: takes %v, open %v", day, takes, open)
		}
	}
	last := today.AddDays(10)
	if err := s.End(ctx, lead, now, n.ID, today.AddDays(-1)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("yesterday: %v", err)
	}
	if err := s.End(ctx, lead, now, n.ID, last); err != nil {
		t.Fatal(err)
	}
	state(today.AddDays(-1), false, false)
	state(today, true, true)
	state(last, true, true)
	state(last.AddDays(1), false, true) // what was begun goes on
	ready := func(*postgres.Tx, client.Contract) error { return nil }
	if err := s.Close(ctx, lead, now, n.ID, ready); fault.KindOf(err) != fault.Conflict {
		t.Errorf("closed while referrals are taken: %v", err)
	}
	after := now.AddDate(0, 0, 11)
	left := fault.New(fault.Conflict, "exit.missing")
	if err := s.Close(ctx, lead, after, n.ID, func(*postgres.Tx, client.Contract) error { return left }); !errors.Is(err, left) {
		t.Errorf("closed with something left: %v", err)
	}
	if err := s.End(ctx, lead, after, n.ID, last.AddMonths(6)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an end that has come is moved: %v", err)
	}
	if err := s.Close(ctx, lead, after, n.ID, ready); err != nil {
		t.Fatal(err)
	}
	state(last.AddDays(1), false, true)
	state(last.AddDays(2), false, false)
	c, err := s.Find(ctx, lead, after.AddDate(0, 0, 1), n.ID)
	if err != nil || c.State(last.AddDays(2)) != "closed" || c.Name != n.Name {
		t.Errorf("afterwards: %+v, %v", c, err)
	}
	if err := s.Close(ctx, lead, after, w.Trust, ready); fault.KindOf(err) == fault.Internal {
		t.Errorf("the house itself: %v", err)
	}
}

// Only a new organisation can be added: a contract opens a staff list.
func TestTaken(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := client.NewService(db, account.New(account.Deps{DB: db, Now: func() time.Time { return now }}))
	n := practice()
	n.ODS = "T" + strings.ToUpper(uuid.NewString()[:5])
	if bad, err := s.Add(ctx, w.OHLead.As(access.Lead, access.Hall), now, n); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	again := n
	again.ID = uuid.New()
	bad, err := s.Add(ctx, w.ForeignOHAdmin.As(access.OHAdmin, access.Hall), now, again)
	if err != nil || bad.Of("ods") == nil || bad.Of("email") == nil {
		t.Errorf("what is there is added again: %v, %v", bad, err)
	}
	all, err := s.List(ctx, w.ForeignOHAdmin.As(access.OHAdmin, access.Hall), now)
	if err != nil || len(all) != 1 {
		t.Errorf("another service has %+v, %v", all, err)
	}
}

// TestInvited: whoever keeps the contracts gets the link of the client's own manager again, and of nobody who is more.
func TestInvited(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	accounts := account.New(account.Deps{DB: db, Keys: keys, Now: func() time.Time { return now }})
	s, lead, n := client.NewService(db, accounts), w.OHLead.As(access.Lead, access.Hall), practice()
	if bad, err := s.Add(ctx, lead, now, n); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	invite := func(name string, at uuid.UUID, roles ...access.Role) {
		t.Helper()
		x := account.NewAccount{ID: uuid.New(), Login: uuid.NewString() + "@trust.example", Name: name, Invited: true}
		for _, r := range roles {
			x.Grants = append(x.Grants, account.NewGrant{Role: r, Organisation: at})
		}
		if err := accounts.Create(ctx, access.SystemActor(access.Hall, w.Trust, w.Service), now, []account.NewAccount{x}); err != nil {
			t.Fatal(err)
		}
	}
	invite("HR of the host", w.Trust, access.HR)
	invite("Guardian of the host", w.Trust, access.Caldicott)
	invite("Guardian of the client", n.ID, access.HR, access.Caldicott)
	for organisation, want := range map[uuid.UUID]string{n.ID: "Jo Bates", w.Trust: ""} {
		got, err := s.Invited(ctx, lead, now, client.Contract{Organisation: organisation})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, i := range got {
			names = append(names, i.Name)
		}
		if strings.Join(names, ", ") != want {
			t.Errorf("links for %q, want %q", names, want)
		}
	}
}
