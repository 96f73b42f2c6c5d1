package pooled

import (
	"context"
	"maps"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

func silent(int) {}

func setting() Setting {
	return Setting{Start: civil.MustParse("2026-01-05"), Calendar: workday.England(), Due: map[string]int{"P1": 7, "P2": 14, "P3": 28}, Target: 10}
}

// service refers so many a week and gives as many appointments as that needs, by a factor.
func service(weekly, factor, list float64) Model {
	return Model{Demand: weekly, DemandError: 0.02, Wander: 0.05, Memory: 0.5, Given: weekly * 1.9 * factor, SD: 4, Least: weekly * 1.5, Most: weekly * 2.4, React: 0.1, Usual: list, List: list,
		DNA: 0.1, Rebook: 0.7, Unseen: 0.05, UnseenFor: 6, FollowUps: 0.7, Gap: 28, Lead: 3, Priority: map[string]float64{"P1": 0.1, "P2": 0.5, "P3": 0.4},
		Share: map[string]float64{"nurse": 0.7, "physician": 0.3}, Wait: map[string]float64{"nurse": 8, "physician": 14}}
}

func compare(t testing.TB, q Question) *Result {
	t.Helper()
	q.Seed = 7
	if q.Replications == 0 {
		q.Replications = 40
	}
	r, err := Compare(context.Background(), q, setting(), 2, silent)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestOne: a service that is pooled with nobody waits exactly as it did.
func TestOne(t *testing.T) {
	r := compare(t, Question{Services: []Model{service(40, 1, 60)}, Professions: []string{"nurse", "physician"}})
	for _, k := range Measures {
		if r.All.Change[k] != (Band{}) {
			t.Errorf("%s changes by %+v", k, r.All.Change[k])
		}
	}
	if r.All.Apart[Within].Middle < 1 || r.All.Apart[List].Middle < 1 {
		t.Errorf("nothing was simulated: %+v", r.All)
	}
}

// TestNothingPooled: with no common list nothing changes for anybody.
func TestNothingPooled(t *testing.T) {
	r := compare(t, Question{Services: []Model{service(40, 1, 60), service(20, 0.9, 50)}, Lost: 0.2})
	for i, s := range append(slices.Clone(r.Services), r.All) {
		for _, k := range Measures {
			if s.Change[k] != (Band{}) {
				t.Errorf("%d: %s changes by %+v", i, k, s.Change[k])
			}
		}
	}
}

// TestUneven: one list takes from the service that waits less and gives to the one that waits more, and together they wait less than
// the longer did.
func TestUneven(t *testing.T) {
	short, long := service(40, 1.1, 30), service(40, 0.9, 150)
	r := compare(t, Question{Services: []Model{short, long}, Professions: []string{"nurse", "physician"}})
	if a, b := r.Services[0], r.Services[1]; !(a.Apart[P90].Middle < b.Apart[P90].Middle && b.Change[P90].High < 0 && a.Change[P90].Middle > 0) {
		t.Errorf("short %+v, long %+v", a, b)
	}
	if r.Services[0].Together[Median] != r.Services[1].Together[Median] {
		t.Errorf("of one list for every profession both have the same wait: %+v and %+v", r.Services[0].Together[Median], r.Services[1].Together[Median])
	}
}

// TestPartly: who is not pooled stays as it was: a service without the profession, and the professions that are not chosen.
func TestPartly(t *testing.T) {
	nurses := service(40, 1, 60)
	nurses.Share = map[string]float64{"nurse": 1}
	r := compare(t, Question{Services: []Model{service(40, 0.95, 90), service(30, 1.05, 30), nurses}, Professions: []string{"physician"}})
	if c := r.Services[2].Change; c[Within] != (Band{}) || c[List] != (Band{}) {
		t.Errorf("a service of nurses changes by %+v though physicians are pooled", c)
	}
	if r.Services[0].Change[Within] == (Band{}) {
		t.Error("a service whose physicians are pooled does not change")
	}
}

// TestLost: appointments that travel costs make the wait longer.
func TestLost(t *testing.T) {
	q := Question{Services: []Model{service(40, 1, 60), service(30, 1, 45)}, Professions: []string{"nurse", "physician"}}
	free := compare(t, q)
	q.Lost = 0.15
	dear := compare(t, q)
	if !(dear.All.Together[List].Middle > free.All.Together[List].Middle) {
		t.Errorf("%+v with travel, %+v without", dear.All.Together, free.All.Together)
	}
	if !reflect.DeepEqual(dear.All.Apart, free.All.Apart) {
		t.Error("travel changes the services as they stand")
	}
}

// TestSame: the same question has the same answer, to the last bit, by any number of workers.
func TestSame(t *testing.T) {
	q := Question{Services: []Model{service(40, 1, 60), service(30, 1, 45)}, Professions: []string{"nurse"}, Seed: 3, Replications: 30}
	one, err := Compare(context.Background(), q, setting(), 1, silent)
	if err != nil {
		t.Fatal(err)
	}
	done := 0
	two, err := Compare(context.Background(), q, setting(), 3, func(n int) { done = n })
	if err != nil || !reflect.DeepEqual(one, two) {
		t.Errorf("%v: 1 and 3 workers differ", err)
	}
	if done != 3*30 {
		t.Errorf("%d replications were told of 90", done)
	}
}

func metric(t testing.TB) release.Metric {
	t.Helper()
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	m, ok := p.Find(Metric)
	if !ok {
		t.Fatal("no metric of capacity in the pack")
	}
	return m
}

// TestThere: a model that leaves and is read again is the one that left, to the units of the pack.
func TestThere(t *testing.T) {
	m, metric := service(41.3, 1, 60), metric(t)
	got, ok := Received(metric, m.Figures(metric, civil.MustParse("2026-09-01")))
	if !ok {
		t.Fatal("it cannot be read")
	}
	for id, want := range m.rates() {
		x, _, _ := metric.Item(id)
		if have := *got.rates()[id]; math.Abs(have-*want) > x.Unit/2+1e-9 {
			t.Errorf("%s: %g left and %g came", id, *want, have)
		}
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	if !maps.EqualFunc(got.Share, m.Share, near) || !maps.EqualFunc(got.Wait, m.Wait, near) || !maps.EqualFunc(got.Priority, m.Priority, near) {
		t.Errorf("shares %v and waits %v came", got.Share, got.Wait)
	}
	figures := m.Figures(metric, civil.MustParse("2026-09-01"))
	if _, ok := Received(metric, figures[1:]); ok {
		t.Error("a model without its demand is read")
	}
	figures[0].Definition = "capacity, version 9"
	if _, ok := Received(metric, figures); ok {
		t.Error("a model of another version is read")
	}
}

// TestSmallList: a list of under 8 people does not leave, nor a week in which fewer were seen.
func TestSmallList(t *testing.T) {
	m, metric := service(5, 1, 6), metric(t)
	for _, f := range m.Figures(metric, civil.MustParse("2026-09-01")) {
		if hidden := f.Score == nil; hidden != (people[f.Item] && *m.rates()[f.Item] < 8) || hidden != (f.State == release.Hidden) {
			t.Errorf("%s: %v %v", f.Item, f.State, f.Score)
		}
	}
	got, ok := Received(metric, m.Figures(metric, civil.MustParse("2026-09-01")))
	if !ok || got.List != untold["list"] {
		t.Errorf("%v: a list of %g is read", ok, got.List)
	}
}

// TestOf: few people make no profession and few referrals no service; what a role is called in the ledger is taken together.
func TestOf(t *testing.T) {
	f := demand.Fits{Rates: []demand.Rate{{Weekly: 30, LevelSE: 0.02}, {Weekly: 10, LevelSE: 0.06}}, Given: demand.Given{Mean: 70, React: -1, Weeks: 52}, List: 60,
		Roles: []demand.Part{{Name: "oh_nurse", Share: 0.5, N: 500, Wait: 9}, {Name: "nurse", Share: 0.3, N: 300}, {Name: "oh_physician", Share: 0.17, N: 170, Wait: 14}, {Name: "oh_counsellor", Share: 0.03, N: 29}, {Name: "driver", Share: 0.1, N: 100}}}
	named := func(role string) string {
		return map[string]string{"oh_nurse": "nurse", "nurse": "nurse", "oh_physician": "physician", "oh_counsellor": "counsellor"}[role]
	}
	m, ok := Of(f, named)
	if !ok || m.Demand != 40 || math.Abs(m.DemandError-0.03) > 1e-9 || m.React != 0 || math.Abs(m.Share["nurse"]-0.8/0.97) > 1e-9 || math.Abs(m.Share["physician"]-0.17/0.97) > 1e-9 || len(m.Share) != 2 || m.Wait["nurse"] != 9 {
		t.Errorf("%v %+v", ok, m)
	}
	// A share of so few, or that leaves so few out, is not told; one of many is.
	f.DNA, f.Rebook, f.Unseen = demand.Share{Value: 0.01, N: 500}, demand.Share{Value: 0.99, N: 500}, demand.Share{Value: 0.5, N: 500}
	if m, ok = Of(f, named); !ok {
		t.Fatal("no model")
	}
	for _, x := range m.Figures(metric(t), civil.MustParse("2026-09-01")) {
		if few := x.Item == "dna" || x.Item == "rebook"; (few || x.Item == "unseen") && few != (x.State == release.Hidden) {
			t.Errorf("%s is %s", x.Item, x.State)
		}
	}
	f.Given.Weeks = 51
	if _, ok := Of(f, named); ok {
		t.Error("a service tells rates of less than a year")
	}
	f.Given.Weeks, f.Rates = 52, []demand.Rate{{Weekly: 1}}
	if _, ok := Of(f, named); ok {
		t.Error("a service of one referral a week has rates")
	}
}
