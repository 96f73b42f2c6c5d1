package capacityweb_test

import (
	"context"
	"log/slog"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestNext walks from the question of how many people to what is planned and back: what the option has is said, what is planned changes what
// the page says and leads to, a combination is planned in one press, and a run says what is otherwise than in the one before.
func TestNext(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	hours := map[option.Option]map[string]float64{option.Nothing: {"nurse": 100, "physician": 40}}
	added := map[string]float64{}
	var asked []capacity.More
	team := []capacity.OnePost{{Role: "nurse", Band: "6", Hours: 20, Cost: 53_000}, {Role: "physician", Band: "medical", Hours: 18, Cost: 160_000, Salary: 120_000}}
	s := capacity.New(capacity.Deps{DB: db, Posts: func(context.Context, *postgres.Tx) ([]capacity.OnePost, error) { return team, nil },
		Added: func(_ context.Context, _ *postgres.Tx, o option.Option) (map[string]float64, error) {
			if o == option.Preferred {
				return added, nil
			}
			return nil, nil
		},
		Plan: func(_ context.Context, _ *postgres.Tx, _ time.Time, o option.Option, more []capacity.More) (n int, err error) {
			if o != option.Preferred {
				t.Errorf("planned in %s", o)
			}
			for _, m := range more {
				if !slices.Contains(asked, m) {
					asked, n = append(asked, m), n+1
				}
			}
			return n, nil
		},
		Staffing: func(_ context.Context, _ *postgres.Tx, o option.Option) (out []capacity.Staff, err error) {
			of := hours[option.Nothing]
			if o == option.Preferred || o == option.Maximum {
				of = maps.Clone(of)
				of["nurse"] += 20 * added["nurse"]
			}
			for q := range capacity.Quarters {
				out = append(out, capacity.Staff{Start: civil.MustParse("2027-01-01").AddMonths(3 * q), Hours: of})
			}
			return out, nil
		}})
	site := webtest.New(t, capacitytest.Now, routes(s), capacity.Rules)
	lead, executive := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Executive.As(access.Executive, access.Growth))
	runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
	s.Register(runner, func() time.Time { return capacitytest.Now })
	if err := runner.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runner.Stop(ctx) })
	then, now := capacitytest.Fits(t, 1, 1)
	capacitytest.Store(t, db, w, then, now)
	run := func(role string) {
		t.Helper()
		lead.Post("/capacity/posts", url.Values{"run": lead.Get("/capacity/posts?role=" + role).Form()["run"], "role": {role}, "days": {"15"}, "percent": {"80"}}).To("/capacity/posts?days=15&percent=80&role=" + role)
		if err := runner.Idle(ctx); err != nil {
			t.Fatal(err)
		}
	}
	const question = "/capacity/posts?role=nurse&days=10&percent=70"
	link := func(path, want string) {
		t.Helper()
		if p := lead.Get(path).Want(200); !slices.Contains(p.Links(), want) {
			t.Errorf("%s: no link %s in %q: %s", path, want, p.Links(), p.Text())
		}
	}

	// Nothing is planned yet: posts are proposed, as many as it takes.
	run("nurse")
	page := lead.Get(question).Want(200).Says("The option Preferred adds no nurses yet.").Hides("What the option Preferred plans", "has as many already")
	plan := page.Link(`/workforce/changes/add\?.*`)
	q, err := url.ParseQuery(plan[len("/workforce/changes/add?"):])
	if err != nil || q.Get("role") != "nurse" || q.Get("number") != "2" || q.Get("wte") != "1" || q.Get("from") != "2027-01-01" {
		t.Fatalf("the page leads to %s", plan)
	}
	executive.Get(question).Want(200).Hides("Plan ", "Run the simulation")

	// 0.4 of them are planned: the page says so at once, and leads to the rest once it was run.
	added["nurse"] = 0.4
	lead.Get(question).Want(200).Says("By now the option Preferred adds 0.4 WTE of nurses", "so it is out of date", "before something changed. Run the simulation before you plan by it").Hides("Plan ", "adds no nurses yet")
	run("nurse")
	lead.Get(question).Want(200).Says("The option Preferred already adds 0.4 WTE of nurses (posts in training among them): with all that it plans it is", "What the option Preferred plans, for all professions", "In the plan already", "Plan 1.6 WTE more of nurses").Hides("out of date")

	// All of them are: no more are proposed, but the wait that they bring.
	added["nurse"] = 6
	run("nurse")
	lead.Get(question).Want(200).Says("The option Preferred has as many already.").Hides("Plan ")
	link(question, "/capacity?option=preferred")

	// Posts that are empty do as well as new ones, which are not proposed then.
	added["nurse"] = 0
	team[0].Funded, team[0].Vacant, team[0].Expected = 11, 6, 5
	run("nurse")
	lead.Get(question).Want(200).Says("So fill your vacant posts before you plan new ones: that does as well.").Hides("Plan ")
	link(question, "/workforce/pipeline")
	team[0].Funded, team[0].Vacant, team[0].Expected = 0, 0, 0

	// Several together begin with what the option has, and are planned in one press, by whoever plans and while nothing has changed.
	added["nurse"] = 1
	run("several")
	const several = "/capacity/posts?role=several&days=10&percent=80"
	page = lead.Get(several).Want(200).Says("With what the option Preferred has, and nobody more,", "The option Preferred already adds 1.0 WTE of nurses", "the cheapest combination on top of what Preferred has is", "in the options Preferred and Do maximum")
	// What it rests on is said in the answer, in the table and at the button, by the rule of the warning: of those that would be planned.
	_, combination, _ := strings.Cut(page.Text(), "the cheapest combination on top of what Preferred has is ")
	combination, _, ok := strings.Cut(combination, ", full time")
	warned := 0
	for _, role := range []string{"nurse", "physician"} {
		low, planned := strings.Contains(page.Text(), " "+role+" hours a week are recorded as appointments"), strings.Contains(combination, role)
		if low && planned {
			warned++
		}
		if in := regexp.MustCompile(role + `s? \(hours recorded a week: \d+ of about \d+, \d+%\)`).MatchString(combination); in != (low && planned) {
			t.Errorf("%s: few records %v, planned %v, and the answer says %q", role, low, planned, combination)
		}
		if at := regexp.MustCompile("Check the records of [a-z ]*" + role + "s").MatchString(page.Text()); at != (low && planned) {
			t.Errorf("%s: few records %v, planned %v, and at the button %v", role, low, planned, at)
		}
	}
	if !ok || warned == 0 {
		t.Errorf("nobody is warned of: %q", combination)
	}
	page.Says("(few records of ", "Only whole full-time people were tried")
	f := page.Form()
	press := url.Values{"id": f["id"], "answer": f["answer"], "days": {"10"}, "percent": {"80"}}
	executive.Post("/capacity/posts/plan", press).Want(404)
	for name, bad := range map[string]string{"id": "x", "answer": "x", "days": "61", "percent": "0"} {
		wrong := maps.Clone(press)
		wrong[name] = []string{bad}
		lead.Post("/capacity/posts/plan", wrong).Want(404)
	}
	if len(asked) > 0 {
		t.Fatalf("planned: %v", asked)
	}
	to := lead.Post("/capacity/posts/plan", press).To(several[:len("/capacity/posts?")] + "days=10&percent=80&role=several")
	after := lead.Get(to).Want(200).Says("The posts are planned. What they bring is being simulated, in every scenario too", "You planned ", "in the options Preferred and Do maximum.", "Take it back")
	after.Link("/workforce/plan.option=preferred")
	var ids []string
	for _, m := range asked {
		after.Link("/investment.effect=" + m.ID.String())
		ids = append(ids, m.ID.String())
	}
	after.Link("/workforce/plan/withdraw.id=" + url.QueryEscape(strings.Join(ids, ",")))
	for _, bad := range []string{"", "&more=nurse.0", "&more=nurse.7", "&more=nurse", "&more=astronaut.1"} {
		lead.Get(several + "&planned=" + press.Get("id") + bad).Want(200).Hides("You planned")
	}
	executive.Get(to).Want(200).Hides("You planned")
	if err := runner.Idle(ctx); err != nil {
		t.Fatal(err)
	}
	lead.Get(to).Want(200).Says("You planned ", "Take it back") // although another answer stands there by now
	want := len(asked)
	lead.Post("/capacity/posts/plan", press).Want(303) // the same form again
	if want == 0 || len(asked) != want {
		t.Errorf("planned %v, first %d", asked, want)
	}
	nothing := maps.Clone(press)
	nothing["percent"] = []string{"1"}
	lead.Post("/capacity/posts/plan", nothing).Want(409)
	added["nurse"] = 2
	lead.Get(several).Want(200).Says("so it is out of date", "By now the option Preferred adds 2.0 WTE of nurses", "Run the simulation").Hides("in the options Preferred and Do maximum", "already adds 1.0")
	lead.Post("/capacity/posts/plan", press).Want(303) // what is there already is not refused
	press["id"] = lead.Get("/capacity/add").Form()["id"]
	lead.Post("/capacity/posts/plan", press).Want(409)

	// The way from a planned post to its wait: the scenario of its option, or the form of one; whoever adds none sees the list.
	lead.Get("/capacity?option=preferred").To("/capacity/add?option=preferred")
	executive.Get("/capacity?option=preferred").Want(200).Says("There are no scenarios yet")
	add := url.Values{"id": lead.Get("/capacity/add").Form()["id"], "title": {"The plan"}, "option": {"preferred"}}
	lead.Post("/capacity/add", add).Want(303)
	scenario := lead.Get("/capacity?option=preferred").To("/capacity/scenarios/" + add.Get("id"))
	again := func() *webtest.Page {
		t.Helper()
		lead.Post(scenario+"/run", url.Values{"run": lead.Get(scenario).Form()["run"]}).Want(303)
		if err := runner.Idle(ctx); err != nil {
			t.Fatal(err)
		}
		return lead.Get(scenario).Want(200)
	}
	again().Hides("run before")
	again().Says("What you changed makes no difference: in the run before", "Nothing had changed in between.")
	added["nurse"] = 4
	lead.Get(scenario).Want(200).Says("so it is out of date", "Run the simulation")
	again().Says("Since the run before", "% seen within 10 working days in October to December 2031 (between", "What had changed in between: the plan for people.")
	then, now = capacitytest.Fits(t, 2, 1)
	now.AsAt = now.AsAt.AddDays(7 * 14)
	capacitytest.Store(t, db, w, then, now)
	again().Says("was of other five years, so the two are not compared", "the activity that is known")
}
