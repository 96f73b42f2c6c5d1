package championweb_test

import (
	"context"
	"fmt"
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
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion/championweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Now().Truncate(time.Second) // row policies know the day of the database

// with is a form with other answers.
func with(f url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range f {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

// in answers a date question with a day so many days from today.
func in(days int, pairs ...string) url.Values {
	d := locale.Day(now).AddDays(days).UTC()
	return with(url.Values{}, append(pairs, "on-day", d.Format("2"), "on-month", d.Format("1"), "on-year", d.Format("2006"))...)
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := champion.New(champion.Deps{DB: db, Now: func() time.Time { return now }})
	site := webtest.New(t, now, championweb.Routes(s, "https://rowan.example"), champion.Rules)
	nurse, ward, peer, hr, lead := site.As(w.Nurse.As(access.Person, access.Portal)), site.As(w.Ward.As(access.Manager, access.Employer)), site.As(w.Peer.As(access.Manager, access.Employer)),
		site.As(w.HR.As(access.HR, access.Employer)), site.As(w.OHLead.As(access.Lead, access.Clinical))
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "champion.") {
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
	link := func(p *webtest.Page, prefix string) string {
		t.Helper()
		for _, l := range p.Links() {
			if rest, found := strings.CutPrefix(l, prefix); found {
				if _, err := uuid.Parse(rest); err == nil {
					return l
				}
			}
		}
		t.Fatalf("no link to %s in %q", prefix, p.Links())
		return ""
	}

	// Nothing yet.
	danger := []string{"If a life is at risk", "Call 999, or the emergency number of your site", "Afterwards", "Where to get help now"}
	plain(nurse.Get("/my/champion").Want(200)).Says(danger...)
	plain(nurse.Get("/my/champion").Want(200)).Says("Ask to be a champion", "There are no champions")
	plain(ward.Get("/champions/team").Want(200)).Says("Nobody in your team is a champion")
	plain(lead.Get("/champions").Want(200)).Says("There are no champions yet", "1 team without a champion", "Wyre Valley Hospitals")
	lead.Get("/champions?organisation=" + w.Other.String()).Want(404)
	lead.Get("/champions?organisation=x").Want(404)
	plain(hr.Get("/champions/coverage").Want(200)).Says("0 of 1")
	nurse.Get("/my/champion/step-down").Want(303)

	// A link to share, and who follows it.
	add := "/champions/links/" + w.Trust.String() + "/add"
	lead.Post(add, url.Values{}).Want(404)
	id := uuid.NewString()
	lead.Post(add, url.Values{"id": {id}}).Want(303)
	plain(lead.Get("/champions").Want(200)).Says("https://rowan.example/champions/join/"+id, "0 people who asked by it")
	join := "/champions/join/" + id
	plain(site.Anonymous().Get(join).Want(200)).Says("Become a wellbeing champion at Wyre Valley Hospitals", "Sign in to ask")
	site.Anonymous().Get(join).Want(200).Says(danger...)
	plain(ward.Get(join).Want(200)).Says("Change role to ask")
	if l := link(plain(nurse.Get(join).Want(200)), "/my/champion/ask?link="); l != "/my/champion/ask?link="+id {
		t.Error(l)
	}
	site.Anonymous().Get("/champions/join/" + uuid.NewString()).Want(404)

	// Asking.
	f := plain(nurse.Get("/my/champion/ask?link=" + id).Want(200)).Form()
	wrong(nurse, "/my/champion/ask", f, "Confirm that you have read what a champion does and does not do")
	nurse.Post("/my/champion/ask", url.Values{"understood": {"yes"}}).Want(404)
	nurse.Post("/my/champion/ask", with(f, "understood", "yes")).Want(303)
	plain(nurse.Get("/my/champion").Want(200)).Says(append(danger, "Your manager has not answered yet")...)
	nurse.Get("/my/champion/ask").Want(303)
	nurse.Post("/my/champion/withdraw", nil).Want(303)
	plain(nurse.Get("/my/champion").Want(200)).Says("took it back")
	nurse.Post("/my/champion/ask", with(nurse.Get("/my/champion/ask?link="+id).Form(), "understood", "yes")).Want(303)

	// The manager's answer.
	at := link(plain(ward.Get("/champions/team").Want(200)).Says("Amara Okafor", "Has asked"), "/champions/team/")
	peer.Get(at).Want(404)
	peer.Post(at, url.Values{"agree": {"yes"}, "hours": {"4"}}).Want(404)
	plain(ward.Get(at).Want(200)).Says("Can Amara Okafor be a champion?")
	wrong(ward, at, url.Values{"hours": {"40"}}, "Select yes or no", "Select from 1 to 16 hours")
	ward.Post(at, url.Values{"agree": {"no"}}).Want(303)
	plain(nurse.Get("/my/champion").Want(200)).Says("did not agree this time")
	nurse.Post("/my/champion/ask", with(nurse.Get("/my/champion/ask?link="+id).Form(), "understood", "yes")).Want(303)
	at = link(ward.Get("/champions/team"), "/champions/team/")
	ward.Post(at, url.Values{"agree": {"yes"}, "hours": {"4"}}).Want(303)
	plain(ward.Get(at).Want(200)).Says("Protected time of Amara Okafor")
	wrong(ward, at, url.Values{}, "Select from 1 to 16 hours")
	ward.Post(at, url.Values{"hours": {"5"}}).Want(303)
	plain(ward.Get("/champions/team").Want(200)).Says("5 hours", "Not trained yet")
	plain(hr.Get("/champions/coverage").Want(200)).Says("1 of 1").Hides("Amara Okafor")

	// The network: training, thanks, kits.
	page := plain(lead.Get("/champions").Want(200)).Says("Amara Okafor", "1 person who asked by it")
	member := link(page, "/champions/members/")
	plain(lead.Get(member).Want(200)).Says("Medicine, Ward 7", "Not trained yet")
	plain(lead.Get(member + "/training").Want(200))
	wrong(lead, member+"/training", url.Values{}, "Select what it was", "Enter the day")
	wrong(lead, member+"/training", in(1, "kind", "first"), "The day must be today or in the past")
	lead.Post(member+"/training", in(-700, "kind", "first")).Want(303)
	wrong(lead, member+"/training", in(-700, "kind", "refresher"), "A training on that day is recorded already")
	plain(lead.Get(member).Want(200)).Says("Refresher due soon", "First training")
	lead.Post(member+"/thanks", nil).Want(303)
	plain(lead.Get("/champions/kits").Want(200)).Says("You have sent nothing yet")
	kit := plain(lead.Get("/champions/kits/add").Want(200)).Form()
	wrong(lead, "/champions/kits/add", with(kit, "link", "javascript:alert(1)"), "Select what it is", "Enter a title", "Enter the words", "Enter a link that begins with https://")
	kit = with(kit, "kind", "kit", "title", "Winter", "words", "Put the poster up.", "link", "https://staff.example/winter")
	lead.Post("/champions/kits/add", kit).Want(303)
	plain(nurse.Get("/my/champion").Want(200)).Says(append(danger, "Campaign kit: Winter", "Anne Shaw thanked you", "Protected time")...)

	// Numbers.
	month := "/my/champion/counts/" + now.Format("2006-01")
	plain(nurse.Get(month).Want(200))
	wrong(nurse, month, url.Values{"oh": {"many"}, "kit": {"201"}}, "Enter a whole number from 0 to 200", "Enter a whole number from 0 to 200")
	nurse.Post(month, url.Values{"oh": {"12"}, "mental": {"9"}, "faith": {""}}).Want(303)
	if got := nurse.Get(month).Form().Get("oh"); got != "12" {
		t.Errorf("kept %q", got)
	}
	nurse.Get("/my/champion/counts/2001-01").Want(404)
	nurse.Get("/my/champion/counts/x").Want(404)
	plain(lead.Get("/champions").Want(200)).Says("What champions did", "Too few to show").Hides("Mental health support")

	// The end.
	const stop, moved = "/my/champion/step-down", "The last day has changed since you opened this. It is now: "
	seen := plain(nurse.Get(stop).Want(200)).Hides("stay a champion").Form().Get("seen")
	wrong(nurse, stop, url.Values{"seen": {seen}}, "Enter the day")
	wrong(nurse, stop, in(-1, "seen", seen), "The day must be today or later")
	oh := plain(lead.Get(member + "/end").Want(200)).Form().Get("seen")
	wrong(lead, member+"/end", in(100, "seen", oh), "The day must be within the next three months")
	nurse.Post(stop, in(20, "seen", seen)).Want(303)
	plain(nurse.Get("/my/champion").Want(200)).Says("Champion until", "Change the last day")
	plain(lead.Get(member).Want(200)).Says("Champion until", "They have set this day themselves").Hides("Change the last day", "End this for")
	lead.Post(member+"/end", in(20, "seen", oh)).Want(409)
	lead.Get(member + "/end").Want(303)
	lead.Post(member+"/stay", nil).Want(409)
	f = plain(nurse.Get(stop).Want(200)).Says("Take the day back and stay a champion").Form()
	if f.Get("on-day") == "" {
		t.Errorf("the form begins with %v", f)
	}
	wrong(nurse, stop, in(9, "seen", seen), moved+locale.Day(now).AddDays(20).Long()+". Save again only if yours is right")
	nurse.Post(stop, in(9, "seen", f.Get("seen"))).Want(303)
	nurse.Post("/my/champion/stay", nil).Want(303)
	plain(nurse.Get("/my/champion").Want(200)).Says("It is good that you stay").Hides("Champion until")
	lead.Post(member+"/end", in(20, "seen", oh)).Want(303)
	plain(nurse.Get("/my/champion").Want(200)).Says("Occupational health has set this day").Hides("Change the last day")
	nurse.Get(stop).Want(303)
	nurse.Post(stop, in(9, "seen", f.Get("seen"))).Want(409)
	plain(lead.Get(member).Want(200)).Says("Change the last day")
	f = plain(lead.Get(member + "/end").Want(200)).Form()
	lead.Post(member+"/end", in(30, "seen", f.Get("seen"))).Want(303)
	lead.Post(member+"/stay", nil).Want(303)
	plain(lead.Get(member).Want(200)).Says("End this for").Hides("Champion until")
	lead.Post("/champions/kits/"+kit.Get("id")+"/withdraw", nil).Want(303)
	lead.Post("/champions/links/"+w.Trust.String()+"/"+id+"/close", nil).Want(303)
	site.Anonymous().Get(join).Want(404)

	// Others find nobody's pages.
	site.As(w.OHNurse.As(access.Nurse, access.Clinical)).Get("/champions").Want(404)
	site.As(w.Guardian.As(access.Guardian, access.Growth)).Get("/champions").Want(404)
	ward.Get("/champions").Want(404)
	hr.Get("/champions/team").Want(404)
}

// What champions did is shown of closed months, and where enough of them counted it; a row stands for every kind.
func TestTooFewChampions(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	conn, err := pgx.Connect(t.Context(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	lead := webtest.New(t, now, championweb.Routes(champion.New(champion.Deps{DB: db, Now: func() time.Time { return now }}), ""), champion.Rules).As(w.OHLead.As(access.Lead, access.Clinical))
	if _, err := conn.Exec(t.Context(), `insert into champion_count (organisation_id, person_id, month, code, n)
 select $1, p.id, (date_trunc('month', $2::date) - interval '2 months')::date, c.code, c.n from (select id, row_number() over (order by id) as i from person where organisation_id = $1 limit 9) p
 cross join (values ('oh', 31, 9), ('eap', 32, 7), ('mental', 33, 9)) c (code, n, most) where p.i <= c.most`, w.Trust, now); err != nil {
		t.Fatal(err)
	}
	page := lead.Get("/champions").Want(200).Says("Occupational health", "280", "Counselling or the employee assistance line", "Mental health support", "Chaplaincy", "Too few to show")
	for _, n := range []string{"225", "295"} { // of 7 champions, and of 9 on a health topic; an address may hold any digits
		if strings.Contains(page.Text(), n) {
			t.Errorf("the page shows %s", n)
		}
	}
}

// Every team is reachable: those without a champion first, by pages, and by a search that knows small teams too; the OH team reads the
// list of each client.
func TestAllTeams(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	conn, err := pgx.Connect(t.Context(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	// 60 teams of nine, and two of one; one department has no name.
	if _, err := conn.Exec(t.Context(), `with p as (insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth, work_email)
 select organisation_id, gen_random_uuid(), (40000000 + i)::text, 'X', 'Y', 'x y', date_of_birth, i || '@teams.example' from person, generate_series(1, 542) i where id = $1 returning id, employee_number::int - 40000000 as i)
 insert into post (organisation_id, id, person_id, assignment_number, is_primary, title, band, staff_group, site, department, team, hours, patient_contact, starts_on)
 select o.organisation_id, gen_random_uuid(), p.id, p.i::text, true, o.title, o.band, o.staff_group, o.site, case when p.i > 540 then 'Estates' when p.i > 531 then '' else 'Surgery' end, case p.i when 541 then 'Boilers' when 542 then 'Gardens' else 'Team ' || to_char((p.i - 1) / 9 + 1, 'FM00') end, o.hours, o.patient_contact, o.starts_on
 from p, post o where o.person_id = $1`, w.Nurse.Person); err != nil {
		t.Fatal(err)
	}
	s := champion.New(champion.Deps{DB: db, Now: func() time.Time { return now }})
	site := webtest.New(t, now, championweb.Routes(s, ""), champion.Rules)
	nurse, ward, hr, lead := site.As(w.Nurse.As(access.Person, access.Portal)), site.As(w.Ward.As(access.Manager, access.Employer)), site.As(w.HR.As(access.HR, access.Employer)), site.As(w.OHLead.As(access.Lead, access.Clinical))
	nurse.Post("/my/champion/ask", with(nurse.Get("/my/champion/ask").Form(), "understood", "yes")).Want(303)
	for _, l := range ward.Get("/champions/team").Links() {
		if strings.HasPrefix(l, "/champions/team/") {
			ward.Post(l, url.Values{"agree": {"yes"}, "hours": {"4"}}).Want(303)
		}
	}
	for path, b := range map[string]*webtest.Browser{"/champions/coverage": hr, "/champions/teams/" + w.Trust.String(): lead} {
		var all strings.Builder
		pages := 0
		for next := path; next != ""; pages++ {
			p := b.Get(next).Want(200)
			all.WriteString(p.Text())
			if next = ""; strings.Contains(p.Body, `rel="next"`) {
				links := slices.DeleteFunc(p.Links(), func(l string) bool { return !strings.Contains(l, "page=") })
				next = links[len(links)-1]
			}
			if pages == 0 {
				p.Says("62 teams: those without a champion first").Hides("Medicine, Ward 7 ")
			}
		}
		for i := 1; i <= 60; i++ {
			if name := fmt.Sprintf("Team %02d", i); !strings.Contains(all.String(), name) {
				t.Errorf("%s: %s is on none of %d pages", path, name, pages)
			}
		}
		if text := all.String(); pages != 3 || !strings.Contains(text, "Boilers, Gardens") || !strings.Contains(text, "Medicine, Ward 7") || !strings.Contains(text, "No department on record, Team 60") {
			t.Errorf("%s: %d pages: %s", path, pages, text)
		}
		b.Get(path + "?team=gardens").Want(200).Says("Estates, 2 small teams together: Boilers, Gardens").Hides("Team 01")
		b.Get(path + "?team=nowhere").Want(200).Says("No team or department has that in its name")
		for _, page := range []string{"0", "-1", "99", "x"} {
			b.Get(path + "?page=" + page).Want(200)
		}
	}
	lead.Get("/champions").Want(200).Says("61 teams without a champion", "All teams")
	lead.Get("/champions/teams/" + w.Community.String()).Want(200).Says("Wyre Community Health")
	lead.Get("/champions/teams/" + w.Other.String()).Want(404)
	hr.Get("/champions/teams/" + w.Trust.String()).Want(404)
}

// The rules open to each role what its pages use and nothing more.
func TestRights(t *testing.T) {
	table, err := access.NewTable(champion.Rules)
	if err != nil {
		t.Fatal(err)
	}
	want := map[access.Permission][]access.Role{champion.Own: {access.Person}, champion.Join: access.Roles, champion.Team: {access.Manager}, champion.Decide: {access.Manager}, champion.Coverage: {access.HR}, champion.Network: {access.OHAdmin, access.Lead}}
	used := map[access.Permission]access.Wall{}
	for _, r := range championweb.Routes(champion.New(champion.Deps{}), "") {
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

// A self-referral changes nothing on any page of the employer side, of colleagues or of the network: every one of this slice.
func TestASelfReferralIsInvisible(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := champion.New(champion.Deps{DB: db, Now: func() time.Time { return now }})
	site := webtest.New(t, now, championweb.Routes(s, ""), champion.Rules)
	nurse, ward, lead := site.As(w.Nurse.As(access.Person, access.Portal)), site.As(w.Ward.As(access.Manager, access.Employer)), site.As(w.OHLead.As(access.Lead, access.Clinical))
	link := uuid.NewString()
	lead.Post("/champions/links/"+w.Trust.String()+"/add", url.Values{"id": {link}}).Want(303)
	nurse.Post("/my/champion/ask", with(nurse.Get("/my/champion/ask").Form(), "understood", "yes")).Want(303)
	all, err := s.Line(t.Context(), w.Ward.As(access.Manager, access.Employer), now)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	readers := map[access.Permission]*webtest.Browser{champion.Own: site.As(w.Peer.As(access.Person, access.Portal)), champion.Join: site.Anonymous(), champion.Team: ward, champion.Decide: ward, champion.Coverage: site.As(w.HR.As(access.HR, access.Employer)), champion.Network: lead}
	fill, fresh := strings.NewReplacer("{id}", all[0].ID.String(), "{token}", link, "{month}", now.Format("2006-01"), "{organisation}", w.Trust.String()), regexp.MustCompile(`name="id" value="[^"]*"`)
	look := func() (out []string) {
		for _, r := range championweb.Routes(s, "") {
			if r.Method != "GET" {
				continue
			}
			p := readers[r.Permission].Get(fill.Replace(r.Path))
			out = append(out, fmt.Sprint(r.Path, p.Status, fresh.ReplaceAllString(p.Body, "")))
		}
		return out
	}
	for _, state := range []string{"asked", "agreed"} {
		look() // what is said once, after a button, is said
		before := look()
		caretest.Self(t, db, w.Nurse, "CANARY", now)
		if after := look(); len(after) < 12 || !slices.Equal(before, after) {
			t.Errorf("%s: before %q, after %q", state, before, after)
		}
		ward.Post("/champions/team/"+all[0].ID.String(), url.Values{"agree": {"yes"}, "hours": {"4"}}).Want(303)
	}
}
