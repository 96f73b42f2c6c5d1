package demand

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// The truth of the invented service: it is written here by hand, not worked out from its history.
const (
	another   = 0.4  // chance of a next appointment after each: 0.4/0.6 follow each person
	apart     = 28.0 // days to it, from 14 to 42
	nurses    = 0.7
	urgent    = 0.2
	stays     = 35.0 // days on the list of who leaves unseen, from 20 to 50
	shortest  = 4.0  // working days in which one in ten is seen, of a wait from 3 to 12 evenly
	nurseWait = 7.5
)

// seen is the history of a service of which everything is known: about so many people a week are seen, and others leave.
func seen(seed uint64, weekly float64) (*History, civil.Date) {
	h, last := NewHistory(), civil.MustParse("2026-11-15")
	s := des.NewStream(seed, 0, "seen")
	pick := func(least, n int) int { return least + int(s.Float()*float64(n)) }
	for i := 3*364 - 1; i >= 0; i-- {
		d := last.AddDays(-i)
		if day := d.Weekday(); day == 0 || day == 6 {
			continue
		}
		for range s.Poisson(weekly / 5) {
			Count(h.Referrals, "management", d)
			h.Attended.Add(d, 1)
			h.Seen.Add(d, 1)
			wait := pick(3, 10)
			h.Waited(d, wait)
			role, priority := "physician", "P3"
			if s.Float() < nurses {
				role = "nurse"
			}
			if s.Float() < urgent {
				priority = "P1"
			}
			h.SeenBy(d, role, wait)
			Count(h.Roles, role, d)
			Count(h.Priority, priority, d)
			for on := d; s.Float() < another; {
				gap := pick(14, 29)
				if on = on.AddDays(gap); on.After(last) {
					break
				}
				h.Attended.Add(on, 1)
				h.Follow.Add(on, 1)
				h.FollowDays.Add(on, gap)
			}
		}
		for range s.Poisson(weekly / 50) {
			Count(h.Referrals, "management", d)
			h.GaveUp.Add(d, 1)
			h.GaveUpDays.Add(d, pick(20, 31))
		}
	}
	return h, last
}

// TestDoubt: over 80 histories of a service whose truth is known, every number with a doubt lies on it but for chance, and the doubt that is
// stated is that which the numbers have.
func TestDoubt(t *testing.T) {
	const runs = 80
	type known struct{ value, se, truth float64 }
	all := map[string][]known{}
	for i := range runs {
		h, last := seen(uint64(i)+1, 40)
		f, err := h.Fit(last, workday.England())
		if err != nil {
			t.Fatal(err)
		}
		say := func(name string, value, se, truth float64) { all[name] = append(all[name], known{value, se, truth}) }
		say("follow-ups", f.FollowUps.Value, f.FollowUps.SE, another/(1-another))
		say("gap", f.Gap.Value, f.Gap.SE, apart)
		say("unseen for", f.UnseenFor.Value, f.UnseenFor.SE, stays)
		for _, p := range f.Roles {
			if p.Name == "nurse" {
				say("nurses", p.Share, p.SE, nurses)
				say("their wait", p.Wait, p.WaitSE, nurseWait)
			}
		}
		for _, p := range f.Priority {
			if p.Name == "P1" {
				say("urgent", p.Share, p.SE, urgent)
			}
		}
		if f.Lead.Value < shortest-1 || f.Lead.Value > shortest || f.Lead.SE <= 0 || f.Lead.SE > 0.5 {
			t.Errorf("run %d: one in ten is seen within %+v", i, f.Lead)
		}
	}
	for name, x := range all {
		off, z := make([]float64, runs), make([]float64, runs)
		for i, k := range x {
			off[i], z[i] = k.value-k.truth, (k.value-k.truth)/k.se
		}
		mean, sd := moments(off)
		if se := sd / math.Sqrt(runs); math.Abs(mean) > 4*se {
			t.Errorf("%s is off by %.4f, standard error %.4f", name, mean, se)
		}
		if _, sd := moments(z); sd < 0.75 || sd > 1.3 {
			t.Errorf("errors of %s are %.2f times what the fits say", name, sd)
		}
	}
}

// TestDoubtOfReaction: of 200 services that give 40 and 0.2 more for each person on the list, the stated range holds the truth in about 19 of
// 20, and so do those of the least and the most of their weeks.
func TestDoubtOfReaction(t *testing.T) {
	const runs, truth = 200, 0.2
	held, least, most, explained := 0, 0, 0, 0.0
	for i := range runs {
		s := des.NewStream(uint64(i), 0, "reaction")
		var weeks []Week
		list := 50.0
		for range 60 {
			n := 40 + truth*(list-50) + 3*s.Normal()
			list = 50 + 10*s.Normal()
			weeks = append(weeks, Week{Days: 5, Given: int(math.Round(n)), List: int(math.Round(list))})
		}
		g := given(weeks)
		if math.Abs(g.React-truth) <= told*g.ReactSE {
			held++
		}
		explained += g.Explains / runs
		// A week is normal about 40 with a variance of 9 and that of the list, 4: the 5th percentile is 1.645 deviations below.
		low, high := 40-1.645*math.Sqrt(13), 40+1.645*math.Sqrt(13)
		if g.LeastRange.Low <= low && low <= g.LeastRange.High+0.5 {
			least++
		}
		if g.MostRange.Low-0.5 <= high && high <= g.MostRange.High {
			most++
		}
	}
	if math.Abs(explained-4./13) > 0.04 {
		t.Errorf("the list explains %.2f of how weeks differ, not 4 of 13", explained)
	}
	for name, n := range map[string]int{"reaction": held, "least": least, "most": most} {
		if n < runs*88/100 {
			t.Errorf("the range of the %s holds the truth in %d of %d", name, n, runs)
		}
	}
}

// TestDoubtOfLevel: of 60 histories whose demand wanders by 0.2 and keeps 0.6, the stated ranges hold both in most.
func TestDoubtOfLevel(t *testing.T) {
	const runs = 60
	sd, memory := 0, 0
	for i := range runs {
		h, last := NewHistory(), civil.MustParse("2026-11-15")
		s, shocks := des.NewStream(uint64(i), 0, "referrals"), des.NewStream(uint64(i), 0, "level")
		h.Referrals["self"] = Series{}
		level := 0.2 * shocks.Normal()
		for day := 3*364 - 1; day >= 0; day-- {
			d := last.AddDays(-day)
			if d.Weekday() == 1 {
				level = 0.6*level + 0.16*shocks.Normal()
			}
			h.Referrals["self"].Add(d, s.Poisson(weekdays[d.Weekday()]*3*math.Exp(level)))
		}
		f, err := h.Fit(last, workday.England())
		if err != nil {
			t.Fatal(err)
		}
		l := f.Level
		if l.SDRange.Low > l.SD || l.SDRange.High < l.SD || l.SDRange.High-l.SDRange.Low > 0.25 {
			t.Errorf("run %d: %+v", i, l)
		}
		if l.SDRange.Low <= 0.2 && 0.2 <= l.SDRange.High {
			sd++
		}
		if l.MemoryRange.Low <= 0.6 && 0.6 <= l.MemoryRange.High {
			memory++
		}
	}
	if sd < runs*80/100 || memory < runs*80/100 {
		t.Errorf("of %d ranges %d hold how far it wanders, and %d what is kept", runs, sd, memory)
	}
}

// TestOlderFits: a fit that was stored before doubts were worked out reads, is the same when it is written another, and claims none.
func TestOlderFits(t *testing.T) {
	const stored = `{"rates":null,"level":{"sd":0.1,"memory":0.5,"weeks":60},"given":{"mean":40,"se":1,"sd":5,"react":0.2,"list":50,"least":30,"most":50,"weeks":52},"follow_ups":{"value":0.7,"n":300},"roles":[{"name":"nurse","share":0.7,"n":400,"wait":12}]}`
	var f Fits
	if err := json.Unmarshal([]byte(stored), &f); err != nil {
		t.Fatal(err)
	}
	if f.FollowUps != (Mean{Value: 0.7, N: 300}) || f.Roles[0] != (Part{Name: "nurse", Share: 0.7, N: 400, Wait: 12}) || f.Level.SDRange != (Range{}) || f.Given.ReactSE != 0 {
		t.Errorf("%+v", f)
	}
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"level":{"sd":0.1,"memory":0.5,"weeks":60}`, `"most":50,"weeks":52}`, `"follow_ups":{"value":0.7,"n":300}`, `{"name":"nurse","share":0.7,"n":400,"wait":12}`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("%s is not in %s: a run of it would be out of date", part, text)
		}
	}
}
