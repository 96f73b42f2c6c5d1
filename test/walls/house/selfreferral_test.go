package house_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/walls"
)

// fresh is an id that a form makes for what it will send.
var fresh = regexp.MustCompile(`value="[0-9a-f]{8}-[0-9a-f-]{27}"`)

// TestSelfReferralLeavesNoTrace compares all that the person's manager and HR can reach before and after the whole
// life of a self-referral, byte for byte: every page, every row that the employer's login may read, every message to
// them. Both looks are at the same moment of the clock, with roll-ups just made.
func TestSelfReferralLeavesNoTrace(t *testing.T) {
	h := open(t)
	x := &tenant{house: h, w: h.build(), tag: "self"}
	x.clinic()
	x.refer()
	x.returned()
	later := x.at().Add(20 * 24 * time.Hour)
	look := func() map[string]string {
		now := x.at()
		h.set(later)
		defer h.set(now)
		x.rollUp()
		out := x.rowsOfEmployer()
		for name, v := range map[string]*visitor{"manager": h.signIn(x.w.Ward, access.Manager), "HR": h.signIn(x.w.HR, access.HR), "the person as a manager": h.signIn(x.w.Nurse, access.Manager)} {
			v.crawl([]string{x.case1.String(), x.w.Nurse.Person.String()}, func(path string, a answer) {
				for _, changing := range []string{"Set-Cookie", "Date"} {
					a.header.Del(changing)
				}
				out[name+" "+path] = fmt.Sprint(a.status) + fresh.ReplaceAllString(a.whole(), "")
			})
		}
		return out
	}
	was := look()
	x.selfRefer(x.w.Nurse, func() { same(t, "booked", was, look()) })
	same(t, "closed", was, look())
	if conn := h.super(); count(t, conn, `select count(*) from casefile where id = $1 and state = 'closed'`, x.case2) != 1 ||
		count(t, conn, `select count(*) from note where casefile_id = $1`, x.case2) != 1 {
		t.Error("the self-referral did not have its whole life")
	}
	// The measure sees what an employer may see: a comment that the person shares.
	f, err := x.app.Referrals.Comment(ctx, x.w.Nurse.As(access.Person, access.Portal), x.at(), referral.Remark{ID: uuid.New(), Referral: x.case1, To: referral.Shared, Text: "seen by both"})
	x.must(f, err)
	if maps.Equal(was, look()) {
		t.Error("a shared comment changes nothing: the look is blind")
	}
}

// same compares two looks.
func same(t *testing.T, when string, was, is map[string]string) {
	t.Helper()
	pages := 0
	for _, at := range slices.Sorted(maps.Keys(is)) {
		if strings.HasPrefix(is[at], fmt.Sprint(http.StatusOK)) {
			pages++
		}
		if was[at] != is[at] {
			t.Errorf("%s, %s: before\n%s\nafter\n%s", when, at, difference(was[at], is[at]), difference(is[at], was[at]))
		}
	}
	for at := range was {
		if _, still := is[at]; !still {
			t.Errorf("%s: %s is gone", when, at)
		}
	}
	t.Logf("%s: %d answers and tables, %d of them pages, are the same", when, len(is), pages)
}

// difference is where a text begins to differ from another.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-100):min(len(a), i+200)]
}

// rowsOfEmployer is all that the employer's login can read of the organisation, and what was sent to those who manage.
func (x *tenant) rowsOfEmployer() map[string]string {
	x.t.Helper()
	c, err := walls.Read(ctx, x.super())
	if err != nil {
		x.t.Fatal(err)
	}
	out := map[string]string{}
	for _, g := range c.Grants {
		if g.Kind != "table" || g.Verb != "select" || g.Login != string(access.Employer) {
			continue
		}
		columns := strings.Join(g.Columns, ", ")
		if columns == "" {
			columns = "*"
		}
		out["rows of "+g.Object] = x.ask(x.w.Ward.As(access.Manager, access.Employer), fmt.Sprintf(`select coalesce(string_agg(t::text, chr(10) order by t::text), '') from (select %s from %s) t`, columns, g.Object))
	}
	for _, who := range []world.Who{x.w.Ward, x.w.HR} {
		out["messages to "+who.Name] = x.ask(access.SystemActor(access.Worker, x.w.Trust, x.w.Service), `select coalesce(string_agg(template || args::text || created_at, chr(10) order by id), '') from outbox where to_person = $1`, who.Person)
	}
	return out
}

// ask reads one text behind an actor's wall.
func (x *tenant) ask(a access.Actor, sql string, args ...any) (s string) {
	x.t.Helper()
	err := x.db.InTenant(ctx, a, func(tx *postgres.Tx) error { return tx.QueryRow(ctx, sql, args...).Scan(&s) })
	if err != nil {
		x.t.Fatal(err)
	}
	return s
}
