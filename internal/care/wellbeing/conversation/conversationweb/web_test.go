package conversationweb_test

import (
	"context"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation/conversationweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Now().Truncate(time.Second) // row policies know the day of the database

func deps(db *postgres.DB) conversation.Deps {
	return conversation.Deps{DB: db, Box: caretest.Box(), Now: func() time.Time { return now }}
}

// day answers a date question with a day so many days from today.
func day(f url.Values, name string, days int) url.Values {
	d := locale.Day(now).AddDays(days).UTC()
	f.Set(name+"-day", d.Format("2"))
	f.Set(name+"-month", d.Format("1"))
	f.Set(name+"-year", d.Format("2006"))
	return f
}

// with is a form with another answer.
func with(f url.Values, name, value string) url.Values {
	out := maps.Clone(f)
	out[name] = []string{value}
	return out
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	conn, err := pgx.Connect(context.Background(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	s := conversation.New(deps(db))
	site := webtest.New(t, now, conversationweb.Routes(s), conversation.Rules)
	nurse, ward, boss, peer := site.As(w.Nurse.As(access.Person, access.Portal)), site.As(w.Ward.As(access.Manager, access.Employer)), site.As(w.Ward.As(access.Manager, access.Portal)), site.As(w.Peer.As(access.Manager, access.Employer))
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "conversation.") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}
	wrong := func(b *webtest.Browser, path string, f url.Values, want ...string) {
		t.Helper()
		if got := plain(b.Post(path, f).Want(422)).Errors(); !slices.Equal(got, want) {
			t.Errorf("%s: errors %q, want %q", path, got, want)
		}
	}
	at := "/conversations/team/" + w.Nurse.Person.String()

	// The team, the guide, an offer.
	plain(ward.Get("/conversations").Want(200)).Says("Amara Okafor", "Due since", "None yet")
	plain(peer.Get("/conversations").Want(200)).Says("Nobody is on record")
	peer.Get(at).Want(404)
	plain(ward.Get("/conversations/guide").Want(200)).Says("What never belongs in a record", "Call 999")
	plain(ward.Get(at).Want(200)).Says("Nothing is recorded yet")
	ward.Post(at+"/offer", url.Values{}).Want(404)
	id := uuid.NewString()
	ward.Post(at+"/offer", url.Values{"id": {id}}).Want(303)
	plain(nurse.Get("/my/conversations").Want(200)).Says("Offered on", "I would rather talk with somebody else")

	// What came of it.
	record := at + "/record/" + id
	f := plain(ward.Get(record).Want(200)).Form()
	wrong(ward, record, f, "Select what happened", "Enter the day")
	f.Set("outcome", "held")
	wrong(ward, record, day(day(f, "on", 1), "next", -1), "The day must be today or in the past", "Select with whom it took place", "The next review must be after today")
	f.Set("with", "manager")
	f["actions"], f["signposts"] = []string{"breaks", "workload"}, []string{"money_help"}
	ward.Post(record, day(day(f, "on", 0), "next", 90)).Want(303)
	plain(ward.Get(at).Want(200)).Says("Took place on", "Make sure of rest breaks; Change the workload", "Help with money", "Next review")
	ward.Post(at+"/done/"+id+"/breaks", nil).Want(303)
	plain(ward.Get(at).Want(200)).Says("Make sure of rest breaks (done on")
	plain(ward.Get("/conversations").Want(200)).Says("Next due on")
	ward.Get(at + "/record/" + uuid.NewString()).Want(404)

	// The person reads it, and says that it is not right.
	plain(nurse.Get("/my/conversations").Want(200)).Says("Took place on", "Help with money", "is not right")
	nurse.Post("/my/conversations/"+id+"/dispute", nil).Want(303)
	nurse.Post("/my/conversations/"+id+"/dispute", nil).Want(409)
	site.As(w.Local.As(access.Person, access.Portal)).Post("/my/conversations/"+id+"/dispute", nil).Want(404)
	site.As(w.Peer.As(access.Person, access.Portal)).Post("/my/conversations/"+id+"/answer", nil).Want(404)
	plain(ward.Get(at).Want(200)).Says("Talk with them, then put it right", "until they say that it is right")
	plain(ward.Get("/conversations").Want(200)).Says("They say that what is recorded of")
	f = plain(ward.Get(record).Want(200)).Form()
	if f.Get("outcome") != "held" || len(f["actions"]) != 2 {
		t.Errorf("the form begins with %v", f)
	}
	ward.Post(record, f).Want(303)
	plain(ward.Get(at).Want(200)).Says("you have changed it since")
	plain(nurse.Get("/my/conversations").Want(200)).Says("your manager has changed it since", "is still not right")
	nurse.Post("/my/conversations/"+id+"/settle", nil).Want(303)
	nurse.Post("/my/conversations/"+id+"/settle", nil).Want(409)
	plain(ward.Get(at).Want(200)).Hides("this was not right", "this is not right")
	f = ward.Get(record).Form() // and again, while the form is open
	nurse.Post("/my/conversations/"+id+"/dispute", nil).Want(303)
	f.Set("actions", "equipment")
	p := plain(ward.Post(record, f).Want(422)).Says("This has changed since you opened it", "They say this is not right")
	if typed := p.Form(); !slices.Equal(typed["actions"], []string{"equipment"}) || typed.Get("seen") == f.Get("seen") {
		t.Errorf("kept %v", typed)
	}
	plain(nurse.Get("/my/conversations").Want(200)).Says("You have said that this is not right")
	ward.Post(record, p.Form()).Want(303)
	site.As(w.Local.As(access.Person, access.Portal)).Post("/my/conversations/"+id+"/settle", nil).Want(404)
	nurse.Post("/my/conversations/"+id+"/dispute", nil).Want(303) // still not right
	nurse.Post("/my/conversations/"+id+"/settle", nil).Want(303)

	// One that nobody put down as offered, and an offer that the person answers.
	f = plain(ward.Get(at + "/record").Want(200)).Form()
	f.Set("outcome", "declined")
	ward.Post(at+"/record", day(f, "on", -1)).Want(303)
	offer := uuid.NewString()
	ward.Post(at+"/offer", url.Values{"id": {offer}}).Want(303)
	nurse.Post("/my/conversations/"+offer+"/answer", url.Values{"answer": {"CANARY"}}).Want(400)
	nurse.Post("/my/conversations/"+offer+"/answer", url.Values{"answer": {"elsewhere"}}).Want(303)
	plain(ward.Get(at).Want(200)).Says("With somebody else", "Themselves", "Not wanted", "They said this themselves")
	if slices.Contains(ward.Get(at).Links(), at+"/record/"+offer) {
		t.Error("their own answer can be put right by another")
	}
	ward.Get(at + "/record/" + offer).Want(409).Says("their answer stays")
	ward.Post(at+"/record/"+offer, f).Want(409)

	// They take the answer back, then answer otherwise; they ask for one themselves, and the manager offers it.
	plain(nurse.Get("/my/conversations").Want(200)).Says("Take my answer back")
	nurse.Post("/my/conversations/"+offer+"/take-back", nil).Want(303)
	plain(ward.Get("/conversations").Want(200)).Says("Offered on")
	nurse.Post("/my/conversations/"+offer+"/answer", url.Values{"answer": {"declined"}}).Want(303)
	nurse.Post("/my/conversations/ask", url.Values{}).Want(404)
	wish := plain(nurse.Get("/my/conversations").Want(200)).Says("Ask my manager for a conversation").Form()
	nurse.Post("/my/conversations/ask", wish).Want(303)
	nurse.Post("/my/conversations/ask", url.Values{"id": {uuid.NewString()}}).Want(409)
	plain(nurse.Get("/my/conversations").Want(200)).Says("Asked for on", "I no longer want a conversation now").Hides("Ask my manager")
	plain(ward.Get("/conversations").Want(200)).Says("Asked you for one on")
	nurse.Post("/my/conversations/"+wish.Get("id")+"/take-back", nil).Want(303)
	nurse.Post("/my/conversations/"+wish.Get("id")+"/take-back", nil).Want(404)
	nurse.Post("/my/conversations/ask", wish).Want(303)
	ward.Post(at+"/offer", ward.Get(at).Form()).Want(303)
	plain(ward.Get(at).Want(200)).Says("Asked for", "Offered on").Hides("I have offered a conversation")
	plain(nurse.Get("/my/conversations").Want(200)).Says("I would rather talk with somebody else")
	nurse.Post("/my/conversations/"+wish.Get("id")+"/answer", url.Values{"answer": {"elsewhere"}}).Want(303)
	plain(site.As(w.Peer.As(access.Person, access.Portal)).Get("/my/conversations").Want(200)).Says("Nobody is on record as your manager").Hides("Ask my manager")

	// An offer that a later record stands above is still there to answer, and no other is made beside it.
	offer = uuid.NewString()
	f = ward.Get(at + "/record").Form()
	ward.Post(at+"/offer", url.Values{"id": {offer}}).Want(303)
	plain(ward.Get(at).Want(200)).Says("the last 24 months")
	if _, err := conn.Exec(context.Background(), `update conversation set offered_on = current_date - 30 where id = $1`, offer); err != nil {
		t.Fatal(err)
	}
	ward.Post(at+"/offer", url.Values{"id": {offer}}).Want(303)
	ward.Post(at+"/offer", url.Values{"id": {uuid.NewString()}}).Want(409)
	f.Set("outcome", "declined")
	ward.Post(at+"/record", day(f, "on", 0)).Want(303)
	member := plain(ward.Get(at).Want(200)).Hides("I have offered a conversation")
	if !slices.Contains(member.Links(), at+"/record/"+offer) {
		t.Errorf("the open offer is not among %q", member.Links())
	}

	// The plan, shared and taken back.
	const read, alone = "Your manager can read this from the moment you save", "Only you can read it"
	plain(nurse.Get("/my/wellbeing-plan").Want(200)).Says("You share nothing of this", "Nothing yet", alone, "call 999 or the emergency number of your site", "Where to get help now").Hides(read)
	part := "/my/wellbeing-plan/parts/hard"
	plain(nurse.Get(part).Want(200)).Hides(read)
	wrong(nurse, part, with(nurse.Get(part).Form(), "words", strings.Repeat("x", 3001)), "Shorten this to 3,000 characters or fewer")
	blank := nurse.Get(part).Form() // another window
	nurse.Post(part, with(nurse.Get(part).Form(), "words", "Nights alone\nand noise")).Want(303)
	clash := plain(nurse.Post(part, with(blank, "words", "My other words")).Want(422)).Says("You have changed this in another window meanwhile", "Saved now", "Nights alone", "My other words")
	if clash.Form().Get("words") != "My other words" || clash.Form().Get("seen") == blank.Get("seen") {
		t.Errorf("kept %v", clash.Form())
	}
	plain(nurse.Get("/my/wellbeing-plan").Want(200)).Says("Nights alone").Hides("My other words")
	nurse.Get("/my/wellbeing-plan/parts/x").Want(404)
	shared := "/my/shared-plans/" + w.Nurse.Person.String()
	plain(boss.Get("/my/shared-plans").Want(200)).Says("Nobody shares a plan with you")
	boss.Get(shared).Want(404)
	plain(nurse.Get("/my/wellbeing-plan/share").Want(200)).Says("including later changes")
	choice := nurse.Get("/my/wellbeing-plan/share").Form()
	wrong(nurse, "/my/wellbeing-plan/share", choice, "Select the parts to share")
	wrong(nurse, "/my/wellbeing-plan/share", url.Values{"parts": {"hard"}}, "What you share, or who your manager is, has changed since you opened this. Check the parts, and share only if you still want to")
	nurse.Post("/my/wellbeing-plan/share", with(choice, "parts", "hard")).Want(303)
	wrong(nurse, "/my/wellbeing-plan/share", with(choice, "parts", "well"), "What you share, or who your manager is, has changed since you opened this. Check the parts, and share only if you still want to")
	plain(nurse.Get("/my/wellbeing-plan").Want(200)).Says("Nights alone", "Stop sharing", read).Hides(alone)
	nurse.Get(part).Want(200).Says(read)
	nurse.Post(part, url.Values{"words": {strings.Repeat("x", 3001)}}).Want(422).Says(read)
	nurse.Get("/my/wellbeing-plan/parts/well").Want(200).Hides(read)
	plain(boss.Get("/my/shared-plans").Want(200)).Says("Amara Okafor")
	plain(boss.Get(shared).Want(200)).Says("Nights alone", "sees that you read it", "call 999 or the emergency number of your site")
	site.As(w.Peer.As(access.Manager, access.Portal)).Get(shared).Want(404)
	for _, path := range []string{"/conversations", at, record} {
		ward.Get(path).Want(200).Hides("Nights alone")
	}
	nurse.Post("/my/wellbeing-plan/unshare", nil).Want(303)
	boss.Get(shared).Want(404)

	// Uptake: nothing yet, then one person, who is too few.
	hr := site.As(w.HR.As(access.HR, access.Growth))
	plain(hr.Get("/conversations/uptake").Want(200)).Says("Nothing has been counted yet")
	if err := db.InTenant(context.Background(), access.SystemActor(access.Worker, w.Trust, uuid.Nil), func(tx *postgres.Tx) error {
		return conversation.Count(context.Background(), tx, w.Trust, now)
	}); err != nil {
		t.Fatal(err)
	}
	plain(hr.Get("/conversations/uptake").Want(200)).Says("The organisation", "Medicine, Ward 7").Hides("Amara")
	ward.Get("/conversations/uptake").Want(404)
	site.As(w.HR.As(access.HR, access.Employer)).Get("/conversations").Want(404)
	site.As(w.OHNurse.As(access.Nurse, access.Clinical)).Get("/conversations").Want(404)
}

// The rules open to each role what its pages use and nothing more.
func TestRights(t *testing.T) {
	table, err := access.NewTable(conversation.Rules)
	if err != nil {
		t.Fatal(err)
	}
	want := map[access.Permission][]access.Role{conversation.Team: {access.Manager}, conversation.Record: {access.Manager}, conversation.Own: {access.Person}, conversation.Plan: {access.Person}, conversation.Shared: {access.Manager},
		conversation.Uptake: {access.HR, access.Lead, access.Guardian, access.Executive}}
	used := map[access.Permission]access.Wall{}
	for _, r := range conversationweb.Routes(conversation.New(conversation.Deps{})) {
		used[r.Permission] = r.Wall
	}
	for _, r := range table.Rules() {
		for _, role := range access.Roles {
			if got := table.MayEver(role, r.Permission); got != slices.Contains(want[r.Permission], role) {
				t.Errorf("%s, %s: %v", role, r.Permission, got)
			}
		}
		if used[r.Permission] != r.Wall {
			t.Errorf("%s is of the wall %s, its pages of %q", r.Permission, r.Wall, used[r.Permission])
		}
	}
}

// A self-referral changes nothing on any page that a manager or HR can open: every one of this slice, and none is left out.
func TestASelfReferralIsInvisible(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := conversation.New(deps(db))
	id, nurse := uuid.New(), w.Nurse.As(access.Person, access.Portal)
	ctx := context.Background()
	for _, err := range []error{s.Record(ctx, w.Ward.As(access.Manager, access.Employer), now, id, w.Nurse.Person, "", conversation.In{Outcome: conversation.Held, On: locale.Day(now), With: "manager", Actions: []string{"oh_offered"}}),
		s.Write(ctx, nurse, now, time.Time{}, "hard", "Nights")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	plan, err := s.Plan(ctx, nurse, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Share(ctx, nurse, now, plan.Mark(), []string{"hard"}); err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, now, conversationweb.Routes(s), conversation.Rules)
	readers := map[access.Permission]*webtest.Browser{conversation.Uptake: site.As(w.HR.As(access.HR, access.Growth)), conversation.Shared: site.As(w.Ward.As(access.Manager, access.Portal))}
	fill, fresh := strings.NewReplacer("{person}", w.Nurse.Person.String(), "{id}", id.String()), regexp.MustCompile(`name="id" value="[^"]*"`)
	look := func() (out []string) {
		for _, r := range conversationweb.Routes(s) {
			if r.Method != "GET" || r.Permission == conversation.Own || r.Permission == conversation.Plan { // their own pages
				continue
			}
			b := readers[r.Permission]
			if b == nil {
				b = site.As(w.Ward.As(access.Manager, access.Employer))
			}
			out = append(out, r.Path+fresh.ReplaceAllString(b.Get(fill.Replace(r.Path)).Want(200).Body, ""))
		}
		return out
	}
	before := look()
	caretest.Self(t, db, w.Nurse, "CANARY", now)
	if after := look(); len(after) < 8 || !slices.Equal(before, after) {
		t.Errorf("before %q, after %q", before, after)
	}
}
