package adjustmentweb_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/adjustmentweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// No employer-side column, page or log can hold free text of what somebody asks for: columns are ids, days and the codes of the pack; no
// page has a field that a sentence fits in; and words that are sent in every field there is and in fields there are not are afterwards in
// no table of the database and not in the log.
func TestNoText(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	p := adjustment.Lists()
	if n := caretest.Coded(t, conn, []string{"passport_item", "passport_note", "passport_share", "adjustment_ask", "adjustment_answer", "adjustment_followup"}, map[string][]string{
		"adjustment_ask.code": p.Adjustments, "adjustment_answer.answer": adjustment.Answers, "adjustment_answer.reason": p.Reasons,
		"adjustment_followup.kind": {adjustment.KindAdjustment, adjustment.KindHours}, "adjustment_followup.answer": append([]string{adjustment.Unsaid}, adjustment.HelpAnswers...), "adjustment_followup.stands": adjustment.Stands}, "integer", "boolean"); n < 20 {
		t.Errorf("%d columns", n)
	}
	s := adjustment.New(deps(db))
	site := webtest.New(t, now, adjustmentweb.Routes(s), adjustment.Rules)
	person := w.Nurse.As(access.Person, access.Portal)
	if err := s.Write(ctx, person, now, "breaks", "", ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Share(ctx, person, now, []string{"breaks"}); err != nil {
		t.Fatal(err)
	}
	x, err := s.Mine(ctx, person, now)
	if err != nil {
		t.Fatal(err)
	}
	const canary = "CANARY they asked because"
	fill := strings.NewReplacer("{person}", w.Nurse.Person.String(), "{id}", x.Items[0].Asks[0].ID.String())
	ward, pages := site.As(w.Ward.As(access.Manager, access.Employer)), 0
	for _, r := range adjustmentweb.Routes(s) {
		path := fill.Replace(r.Path)
		if r.Wall != access.Employer || strings.Contains(r.Path, "export") {
			continue
		}
		pages++
		if r.Method == "GET" {
			caretest.NoRoom(t, path, ward.Get(path).Want(200))
			continue
		}
		bad := url.Values{}
		for _, field := range []string{"answer", "reason", "from-day", "from-month", "from-year", "review-day", "review-month", "review-year", "seen", "note", "text", "words", "comment"} {
			bad.Set(field, canary)
		}
		ward.Post(path, bad).Want(422)
		good := day(day(url.Values{"answer": {"agreed"}, "reason": {canary}, "seen": {"0"}, "note": {canary}, "why": {canary}}, "from", 0), "review", 30)
		ward.Post(path, good).Want(303)
	}
	if pages < 4 {
		t.Errorf("%d pages", pages)
	}
	caretest.Nowhere(t, conn, canary)
	if strings.Contains(site.Logged.String(), "CANARY") {
		t.Error("the log holds what was typed")
	}
}
