package returnplanweb_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan/returnplanweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var (
	ctx = context.Background()
	now = time.Now().Truncate(time.Second) // row policies know the day of the database
)

const base = "https://rowan.example"

type desk struct {
	*testing.T
	w    *world.World
	conn *pgx.Conn
	site *webtest.Site
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	s := returnplan.New(returnplan.Deps{DB: db, Links: keys, Calendar: workday.England(), Now: func() time.Time { return now }})
	return &desk{t, world.New(t, db), conn, webtest.New(t, now, returnplanweb.Routes(s, base), returnplan.Rules)}
}

func (d *desk) plain(p *webtest.Page) *webtest.Page {
	d.Helper()
	if strings.Contains(p.Text(), "returnplan.") {
		d.Errorf("a key without words: %s", p.Text())
	}
	return p
}

// day answers a date question with a day so many days from today.
func day(f url.Values, name string, days int) url.Values {
	at := locale.Day(now).AddDays(days).UTC()
	f.Set(name+"-day", at.Format("2"))
	f.Set(name+"-month", at.Format("1"))
	f.Set(name+"-year", at.Format("2006"))
	return f
}

func TestPages(t *testing.T) {
	d := open(t)
	nurse, ward, peer := d.site.As(d.w.Nurse.As(access.Person, access.Portal)), d.site.As(d.w.Ward.As(access.Manager, access.Employer)), d.site.As(d.w.Peer.As(access.Manager, access.Employer))
	at := "/adjustments/team/" + d.w.Nurse.Person.String() + "/return"
	d.plain(nurse.Get("/my/return").Want(200)).Says("There are no hours step by step", "Propose hours")
	nurse.Get("/my/return/change").To("/my/return")
	d.plain(ward.Get(at).Want(200)).Says("Hours of Amara Okafor")
	for _, path := range []string{at, at + "/propose"} {
		peer.Get(path).Want(404)
		d.site.As(d.w.HR.As(access.HR, access.Employer)).Get(path).Want(404)
	}

	// The person proposes, the manager agrees.
	f := d.plain(nurse.Get("/my/return/propose").Want(200)).Says("37.5").Form()
	if f.Get("shape") != "usual" || len(f["days"]) != 5 {
		t.Errorf("the form begins with %v", f)
	}
	f.Del("days")
	d.plain(nurse.Post("/my/return/propose", f)).Refuses("Enter the first day", "Select the days")
	f["days"] = []string{"1", "2", "3", "4", "5"}
	f.Set("shape", "even")
	d.plain(nurse.Post("/my/return/propose", day(f, "start", 3))).Refuses("Enter a whole number of weeks from 1 to 26")
	f.Set("weeks", "3")
	d.plain(nurse.Post("/my/return/propose", f)).Refuses("Enter hours in quarters, up to 37.5")
	f.Set("first", "15")
	nurse.Post("/my/return/propose", f).Want(303)
	nurse.Post("/my/return/propose", f).Want(303) // twice
	nurse.Get("/my/return/propose").Want(409)
	d.plain(nurse.Get("/my/return").Want(200)).Says("Proposed, and not agreed yet", "The manager has to answer", "26.25", "Take this proposal back")
	nurse.Get("/my/return/change").Want(409)
	ward.Post(at+"/answer/1", url.Values{"answer": {"CANARY"}}).Want(400)
	d.plain(ward.Get(at).Want(200)).Says("Agree to these hours")
	ward.Post(at+"/answer/1", url.Values{"answer": {"yes"}}).Want(303)
	ward.Post(at+"/answer/1", url.Values{"answer": {"yes"}}).Want(409)

	// A change has a reason.
	f = d.plain(ward.Get(at + "/change").Want(200)).Form()
	if f.Get("week-1") != "15" || f.Get("week-3") != "37.5" || f.Get("week-4") != "" {
		t.Errorf("the form begins with %v", f)
	}
	d.plain(ward.Post(at+"/change", f)).Refuses("Select why the hours change")
	f.Set("reason", "slower")
	f.Set("week-2", "many")
	d.plain(ward.Post(at+"/change", f)).Refuses("Enter the hours of week 2, for example 18.75")
	f.Set("week-2", "10")
	d.plain(ward.Post(at+"/change", f)).Refuses("Week 2 has fewer hours than the one before it. Select below that this is meant")
	f.Set("dips", "yes")
	f.Set("week-3", "40")
	d.plain(ward.Post(at+"/change", f)).Refuses("Week 3 must not have more than the contract, 37.5")
	f.Set("week-3", "22.5")
	d.plain(ward.Post(at+"/change", f)).Refuses("The last week must have all hours of the contract, 37.5")
	f.Set("week-4", "37.5")
	ward.Post(at+"/change", f).Want(303)
	d.plain(nurse.Get("/my/return").Want(200)).Says("Why it changes: Slower steps", "Agree to these hours", "All that was proposed")
	nurse.Post("/my/return/answer/2", url.Values{"answer": {"yes"}}).Want(303)
	d.plain(nurse.Get("/my/return").Want(200)).Says("22.5").Hides("Proposed, and not agreed yet")

	// The calendar.
	nurse.Post("/my/return/calendar", nil).Want(303)
	link := ""
	for _, l := range d.plain(nurse.Get("/my/return").Want(200).Says(base + "/hours/")).Links() {
		if strings.HasPrefix(l, "/hours/") {
			link = l
		}
	}
	got := d.site.Anonymous().Get(link).Want(200).Body
	if !strings.HasPrefix(got, "BEGIN:VCALENDAR\r\n") || !strings.Contains(got, "SUMMARY:Working hours: ") || strings.Contains(got, "Amara") {
		t.Errorf("the calendar is %s", got)
	}
	d.site.Anonymous().Get("/hours/x").Want(404)
	nurse.Post("/my/return/calendar/close", nil).Want(303)
	d.site.Anonymous().Get(link).Want(404)
	ward.Post(at+"/end", nil).Want(409)
	ward.Get(at).Want(200).Hides("End this")
	nurse.Post("/my/return/end", nil).Want(303)
	d.plain(nurse.Get("/my/return").Want(200)).Says("There are no hours step by step")
}

// No employer-side column, page or log can hold free text of a return to work.
func TestNoText(t *testing.T) {
	d := open(t)
	both := []string{"person", "manager"}
	if n := caretest.Coded(t, d.conn, []string{"return_plan", "return_hours", "return_feed"}, map[string][]string{"return_hours.proposed_by": both, "return_hours.refused_by": both, "return_hours.reason": returnplan.Lists().Reasons}, "integer", "integer[]", "boolean"); n < 18 {
		t.Errorf("%d columns", n)
	}
	const canary = "CANARY they come back from"
	ward, at := d.site.As(d.w.Ward.As(access.Manager, access.Employer)), "/adjustments/team/"+d.w.Nurse.Person.String()+"/return"
	bad := url.Values{"id": {uuid.NewString()}, "seen": {"1"}}
	for _, field := range []string{"start-day", "start-month", "start-year", "days", "shape", "first", "weeks", "reason", "week-1", "week-2", "dips", "note", "text", "words", "comment"} {
		bad.Set(field, canary)
	}
	numbers := []string{"first", "weeks"}
	for n := range 26 {
		numbers = append(numbers, returnplan.WeekField(n+1))
	}
	caretest.NoRoom(t, at, ward.Get(at).Want(200))
	f := ward.Get(at + "/propose").Want(200)
	caretest.NoRoom(t, "propose", f, numbers...)
	ward.Post(at+"/propose", bad).Want(422)
	good := day(f.Form(), "start", 3)
	good.Set("note", canary)
	good.Set("first", canary)
	good.Set("weeks", canary)
	ward.Post(at+"/propose", good).Want(303)
	ward.Post(at+"/answer/1", url.Values{"answer": {"no"}, "reason": {canary}}).Want(303)
	caretest.NoRoom(t, "change", ward.Get(at+"/change").Want(200), numbers...)
	ward.Post(at+"/change", bad).Want(422)
	caretest.Nowhere(t, d.conn, canary)
	if strings.Contains(d.site.Logged.String(), "CANARY") {
		t.Error("the log holds what was typed")
	}
}

// A self-referral changes nothing on any page of a manager.
func TestASelfReferralIsInvisible(t *testing.T) {
	db := world.Open(t)
	d := open(t)
	ward, at := d.site.As(d.w.Ward.As(access.Manager, access.Employer)), "/adjustments/team/"+d.w.Nurse.Person.String()+"/return"
	look := func() string { return ward.Get(at).Want(200).Text() + ward.Get(at+"/propose").Want(200).Text() }
	before := look()
	caretest.Self(t, db, d.w.Nurse, "CANARY", now)
	if after := look(); before != after {
		t.Errorf("before %q, after %q", before, after)
	}
}
