package asked_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/asked"
	"github.com/rowan-ohwb/rowan/internal/growth/community/asked/askedweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/survey"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = communitytest.Now

// over is after the last day.
var over = now.AddDate(0, 2, 0)

type house struct {
	*communitytest.House
	calls *call.Service
	s     *asked.Service
}

func open(t *testing.T) house {
	h := communitytest.New(t)
	return house{h, call.New(h.DB), asked.New(h.DB, call.ForMembers)}
}

// survey publishes one.
func (h house) survey(by access.Actor, title string) uuid.UUID {
	id := uuid.New()
	h.OK(h.calls.Add(h.Context(), by, now, call.In{ID: id, Kind: call.Survey, Asks: call.Members, Title: title, About: "We want to know", Questions: "Do you work alone? | Yes; No\nWhat would help?", Closes: civil.Of(now).AddMonths(1)}))
	h.OK(h.calls.Publish(h.Context(), by, now, id, 1))
	return id
}

func (h house) exec(a access.Actor, sql string, args ...any) (rows int64, err error) {
	err = h.DB.InTenant(h.Context(), a, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(h.Context(), sql, args...)
		rows = tag.RowsAffected()
		return err
	})
	return rows, err
}

// TestPages goes from a survey of an ICS over the answer of a member, and its change, to what was fed back.
func TestPages(t *testing.T) {
	h := open(t)
	h.Join(h.Helen)
	at := func(when time.Time) *webtest.Site {
		return webtest.New(t, when, askedweb.Routes(h.s), asked.Rules)
	}
	site := at(now)
	helen := site.As(h.Helen)
	helen.Get("/community/surveys").Want(200).Says("You are asked nothing at the moment")
	id := uuid.New()
	h.OK(h.calls.Add(t.Context(), h.Host, now, call.In{ID: id, Kind: call.Survey, Asks: call.Members, Title: "Working alone", About: "We want to know", Questions: "Alone? | Yes; No\nWhat would help?", Closes: civil.Of(now).AddMonths(1)}))
	path := "/community/surveys/" + id.String()
	helen.Get(path).Want(404) // a draft
	h.OK(h.calls.Publish(t.Context(), h.Host, now, id, 1))
	site.As(h.Ruth).Get(path).Want(404) // has not joined
	f := helen.Get(path).Want(200).Says("Wyre Valley ICS reads your answers without your name").Form()
	helen.Post(path, f).Refuses("Select an answer: Alone?", "Enter an answer: What would help?", "Agree that your answers are read without your name")
	webtest.Fill(f, survey.Field(0), "Yes", survey.Field(1), "A nurse called Ann", "agree", "yes")
	if got := helen.Post(path, f).Want(422).Says("Take out “called Ann”").Form().Get(survey.Field(1)); got != "A nurse called Ann" {
		t.Errorf("kept %q", got)
	}
	helen.Post(path, webtest.Fill(f, survey.Field(1), "A peer")).To(path)
	helen.Post(path, f).Want(409) // the first answer, twice
	f = helen.Get(path).Says("You answered on 10 November 2026").Form()
	if f.Get(survey.Field(1)) != "A peer" {
		t.Errorf("the form shows %q", f.Get(survey.Field(1)))
	}
	helen.Post(path, webtest.Fill(f, survey.Field(1), "Two peers", "agree", "yes")).To(path)
	helen.Get("/community/surveys").Says("Working alone", "Answered")

	late := at(over)
	late.As(h.Helen).Get(path).Says("What you answered on 10 November 2026", "Two peers").Hides("Change your answers")
	late.As(h.Helen).Post(path, f).Want(409)
	h.OK(h.calls.Tell(t.Context(), h.Host, over, id, "You work alone", "A round of peers"))
	late.As(h.Helen).Get(path).Says("What you said", "You work alone", "What we did", "A round of peers", "Two peers")
	late.As(h.Ruth).Get("/community/surveys").Want(404)
}

// TestWhoIsAsked: a nation asks the members of every community below it, an ICS those of its own; services are asked no such thing, nor
// reminded of it.
func TestWhoIsAsked(t *testing.T) {
	h := open(t)
	h.Join(h.Helen)
	national, own := h.survey(h.Nation, "Of the nation"), h.survey(h.Host, "Of the ICS")
	all, err := h.s.List(t.Context(), h.Helen, now)
	h.OK(err)
	if n, err := h.s.Waiting(t.Context(), h.Helen, now); len(all) != 2 || n != 2 || err != nil {
		t.Errorf("%+v, %d, %v", all, n, err)
	}
	h.OK(h.Members.Leave(t.Context(), h.Helen, now))
	if n, err := h.s.Waiting(t.Context(), h.Helen, now); n != 0 || err != nil {
		t.Errorf("no member any more, and %d wait: %v", n, err)
	}
	h.OK(h.Members.Open(t.Context(), h.Nation, now, member.OpenIn{Name: "Across the nation", About: "We learn."}))
	in := communitytest.In(nil)
	in.Community = h.W.Nation
	h.OK(h.Members.Say(t.Context(), h.Iris, now, in))
	if _, err := h.s.Find(t.Context(), h.Iris, now, national); err != nil {
		t.Error(err)
	}
	if err := h.s.Answer(t.Context(), h.Iris, now, own, 0, []string{"Yes", "x"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a member of the nation's community answers the ICS: %v", err)
	}
	calls, _, err := h.calls.Asked(t.Context(), h.Anne, now)
	if len(calls) != 0 || err != nil {
		t.Errorf("a lead is asked %+v, %v", calls, err)
	}
	h.OK(h.DB.InTenant(t.Context(), access.SystemActor(access.Growth, h.W.Trust, h.W.Service), func(tx *postgres.Tx) error {
		near, err := call.Near(t.Context(), tx, now.AddDate(0, 1, -2))
		if len(near) != 0 {
			t.Errorf("a service is reminded of %+v", near)
		}
		return err
	}))
	err = h.calls.Add(t.Context(), h.Host, now, call.In{ID: uuid.New(), Kind: call.Survey, Asks: call.Leads, Title: "A", About: "B", Questions: "C", Closes: civil.Of(now).AddDays(3)})
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("an ICS asks services: %v", err)
	}
}

// TestWalls: nobody reads, changes or writes the answer of somebody else, neither a member nor whoever asked; what is shown of answers
// comes after the last day.
func TestWalls(t *testing.T) {
	h := open(t)
	h.Join(h.Helen, h.Ruth, h.Iris)
	id := h.survey(h.Host, "A")
	h.OK(h.s.Answer(t.Context(), h.Helen, now, id, 0, []string{"Yes", "x"}))
	for name, a := range map[string]access.Actor{"the host": h.Host, "a colleague": h.Ruth, "another trust": h.Iris, "the nation": h.Nation, "their lead": h.Anne, "the administrator": h.Carl} {
		for _, sql := range []string{`select 1 from call_answer`, `update call_answer set answers = '{No,y}'`} {
			if n, err := h.exec(a, sql); n != 0 || err != nil {
				t.Errorf("%s: %s: %d, %v", name, sql, n, err)
			}
		}
	}
	if n, err := h.exec(h.Helen, `select 1 from call_answer`); n != 1 || err != nil {
		t.Errorf("Helen reads %d: %v", n, err)
	}
	for name, x := range map[string]struct{ who, as access.Actor }{"for somebody else": {h.Ruth, h.Iris}, "no member": {h.Carl, h.Carl}, "the host": {h.Host, h.Host}} {
		if _, err := h.exec(x.who, `insert into call_answer values ($1, $2, $3, $1, '{Yes,x}', 1, '2026-11-10')`, h.Host.Organisation, id, x.as.Account); postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s writes: %v", name, err)
		}
	}
	if _, err := h.exec(h.Helen, `delete from call_answer`); postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("deleted: %v", err)
	}
	find := func() call.Call {
		t.Helper()
		c, _, err := h.calls.Find(t.Context(), h.Host, id)
		h.OK(err)
		return c
	}
	// Seven more, written as the database's owner cannot: by accounts of their own.
	for i := range 8 {
		who := h.Helen
		who.Account = uuid.New()
		h.member(who)
		h.OK(h.s.Answer(t.Context(), who, now, id, 0, []string{[]string{"Yes", "No"}[i/7], fmt.Sprint("text ", i)}))
	}
	if got, err := h.calls.Heard(t.Context(), h.Host, now, find()); len(got) != 0 || err != nil {
		t.Errorf("before the last day is over: %+v, %v", got, err)
	}
	got, err := h.calls.Heard(t.Context(), h.Host, over, find())
	if err != nil || len(got) != 2 || len(got[0].Shares) != 1 || len(got[1].Wrote) != 9 || got[1].Wrote[8] != "x" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := h.calls.Heard(t.Context(), h.Nation, over, find()); len(got) != 0 || err != nil {
		t.Errorf("another host reads %+v, %v", got, err)
	}
}

// member puts an account of no login into the community.
func (h house) member(a access.Actor) {
	h.Helper()
	h.OK(h.Members.Say(h.Context(), a, now, communitytest.In(nil)))
}

// TestLeaving: who leaves, or is taken off the list, takes back what they could still change; an answer to a survey that is over stays,
// and is nobody's.
func TestLeaving(t *testing.T) {
	h := open(t)
	h.Join(h.Helen)
	still, past := h.survey(h.Host, "Open"), h.survey(h.Host, "Over")
	for _, id := range []uuid.UUID{still, past} {
		h.OK(h.s.Answer(t.Context(), h.Helen, now, id, 0, []string{"Yes", "x"}))
	}
	for id, days := range map[uuid.UUID]int{still: 2, past: -2} { // by the day of the database
		if _, err := h.exec(h.Host, `update nation_call set closes_on = current_date + $2::int where id = $1`, id, days); err != nil {
			t.Fatal(err)
		}
	}
	h.OK(h.Members.Remove(t.Context(), h.Host, now, h.Helen.Account))
	h.Join(h.Helen)
	if n, err := h.exec(h.Helen, `select 1 from call_answer`); n != 0 || err != nil {
		t.Errorf("after they joined again they read %d: %v", n, err)
	}
	count := func(id uuid.UUID) (text string) {
		h.OK(h.DB.InTenant(t.Context(), h.Host, func(tx *postgres.Tx) error {
			return tx.QueryRow(t.Context(), `select call_heard($1, current_date + 30)`, id).Scan(&text)
		}))
		return text
	}
	if count(still) != "[]" || count(past) == "[]" {
		t.Errorf("open: %s, over: %s", count(still), count(past))
	}
}
