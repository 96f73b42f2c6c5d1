package sample_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/drift"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

// history is what the ledger of a run of the sample would say of demand.
func history(p model.Plan) (*demand.History, civil.Date) {
	last := locale.Day(p.Now).AddDays(-1)
	f := demand.Follower{History: demand.NewHistory(), Calendar: workday.England(), Until: last}
	for _, c := range model.Run(p).Cases {
		for _, e := range c.Events {
			switch d := locale.Day(e.At); e.Kind {
			case model.Submitted:
				f.Referred(d, c.Source)
			case model.Attended:
				f.Held(d, c.Priority)
				f.Contact(d, e.Role, c.Priority, 0)
			case model.Missed:
				f.Missed(d)
			case model.Declined, model.Withdrawn, model.Merged, model.Closed:
				f.Ended(d)
			}
		}
		f.Begin()
	}
	return f.History, last
}

// TestBackTestCovers is the figure of issue 5: over 20 seeds of a service in which nothing changed, the 80% band of the list
// covers on average 70 to 90 in 100 weeks, and the page calls the model wrong of hardly any. Without ROWAN_PROVE six seeds say whether it
// is about that. The large service has clinics of each profession on most days and reacts to its list; the small one has 3 referrals a
// week, a list of a dozen, and one clinic a week.
func TestBackTestCovers(t *testing.T) {
	seeds, low, high := 6, 0.6, 0.97
	if os.Getenv("ROWAN_PROVE") != "" {
		seeds, low, high = 20, 0.7, 0.9
	}
	for name, shape := range map[string]model.Plan{"large": {PerYear: 1500, Clinics: model.Large()}, "small": {PerYear: 170, Clinics: model.Small()}} {
		covered, came, queue, failed, drifted := 0.0, 0.0, 0.0, 0, 0
		var all []float64
		for i := range seeds {
			p := shape
			p.Seed, p.Now = uint64(i)+1, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
			b := backTested(t, p)
			covered, came = covered+b.Covered/float64(seeds), came+b.CameShare/float64(seeds)
			all = append(all, b.Covered)
			queue += b.Queue.Covered / float64(seeds)
			drifted += len(b.Changed())
			if b.Verdict != capacity.Holds {
				failed++
			}
			t.Logf("%s, seed %d: list covered in %.0f%% of weeks, referrals in %.0f%%, %s; told what came and was given, in %.0f%%; changed %+v", name, i+1, 100*b.Covered, 100*b.CameShare, b.Verdict, 100*b.Queue.Covered, b.Changed())
		}
		slices.Sort(all)
		t.Logf("%s: %d seeds: the list lay in the 80%% band in %.1f%% of weeks (from %.0f%% to %.0f%%), referrals in %.1f%%; %d called a failure; told what came and was given, in %.1f%%; %d of %d measures are said to have changed", name, seeds, 100*covered, 100*all[0], 100*all[len(all)-1], 100*came, failed, 100*queue, drifted, 6*seeds)
		if covered < low || covered > high {
			t.Errorf("%s: covered in %.1f%% of weeks", name, 100*covered)
		}
		// A model that is told what came and what was given has only to work the list off; where it loses or invents people, it shows here.
		// Of six measures that did not change two in 100 each look so; those of a small service are of a dozen people.
		if queue < 0.9 || float64(drifted) > 0.1*6*float64(seeds) {
			t.Errorf("%s: told what came and was given, the list lies in the band in %.1f%% of weeks; %d of %d measures are said to have changed", name, 100*queue, drifted, 6*seeds)
		}
		// Of years that the model is right about it calls 2 in 100 drift, and a list that wanders for months lies outside of the band for
		// half a year now and then: at most 1 in 10, and of six seeds one.
		if most := max(seeds/10, 1); failed > most {
			t.Errorf("%s: of %d services in which nothing changed the model is said to have failed for %d, more than %d", name, seeds, failed, most)
		}
	}
}

// TestBackTestNamesWhatChanged: the initiative of the sample (three more clinics, reminders by text) lies in the tested year and is not
// known before. Where the model fails for it, the test says so and names how the service worked; told what came and was given, the
// model holds. The same services without it name hardly anything (above).
func TestBackTestNamesWhatChanged(t *testing.T) {
	seeds, failed, named, queue, covered := 6, 0, 0, 0.0, 0.0
	if os.Getenv("ROWAN_PROVE") != "" {
		seeds = 20
	}
	for i := range seeds {
		b := backTested(t, model.Plan{PerYear: 1500, Clinics: model.Large(), Initiative: true, Seed: uint64(i) + 1, Now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)})
		worked := slices.ContainsFunc(b.Changed(), func(d drift.Drift) bool { return !d.Demand() })
		if worked {
			named++
		}
		queue, covered = queue+b.Queue.Covered/float64(seeds), covered+b.Covered/float64(seeds)
		if b.Verdict != capacity.Holds {
			failed++
			if !worked {
				t.Errorf("seed %d: %s, and nothing of how the service works is said to have changed: %+v", i+1, b.Verdict, b.Drifts)
			}
		}
		t.Logf("seed %d: list covered in %.0f%% of weeks, %s; told what came and was given, in %.0f%%; changed %+v", i+1, 100*b.Covered, b.Verdict, 100*b.Queue.Covered, b.Changed())
	}
	t.Logf("%d seeds: the list lay in the 80%% band in %.1f%% of weeks; %d called a failure; what changed is named in %d; told what came and was given, the list lay in the band in %.1f%% of weeks", seeds, 100*covered, failed, named, 100*queue)
	if failed == 0 || named < seeds*9/10 || queue < 0.9 {
		t.Errorf("of %d services with the initiative %d are called a failure, in %d what changed is named, and told of it the list lies in the band in %.0f%% of weeks", seeds, failed, named, 100*queue)
	}
}

// backTested is the last year of a service, from what was known before it.
func backTested(t *testing.T, p model.Plan) *capacity.Back {
	t.Helper()
	h, last := history(p)
	then, err := h.Fit(last.AddDays(-364), workday.England())
	if err != nil {
		t.Fatal(err)
	}
	now, err := h.Fit(last, workday.England())
	if err != nil {
		t.Fatal(err)
	}
	replications := 200
	if os.Getenv("ROWAN_PROVE") != "" {
		replications = 500 // as the product has
	}
	b, err := capacity.BackTest(context.Background(), then, now, replications, 2)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
