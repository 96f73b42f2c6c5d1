package demand

import (
	"math"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

var (
	weekdays = [7]float64{0, 6, 5, 5, 4, 3, 0.2}
	months   = [12]float64{1.1, 1.05, 1.05, 1, 1, 1, 0.95, 0.9, 1, 1.05, 1, 0.9}
)

// simulated is a history whose referrals are known to the last parameter.
func simulated(seed uint64, trend float64, days int) (*History, civil.Date) {
	h, last := NewHistory(), civil.MustParse("2026-11-15")
	calendar := workday.England()
	s := des.NewStream(seed, 0, "referrals")
	h.Referrals["management"] = Series{}
	for i := days - 1; i >= 0; i-- {
		d := last.AddDays(-i)
		mean := weekdays[d.Weekday()] * months[d.Month-1] * math.Exp(-trend*float64(i)/daysOfYear)
		if calendar.Holiday(d) != "" {
			mean = 0
		}
		h.Referrals["management"].Add(d, s.Poisson(mean))
	}
	return h, last
}

// TestRecovers fits 40 histories of known parameters: the mean error of each must be within chance (4 standard errors of the
// mean), and the standard errors that the fits state must be those that the fits have.
func TestRecovers(t *testing.T) {
	const runs, trend = 40, 0.08
	var level, slope, z [runs]float64
	var monday, august float64
	want := 0.0
	for _, x := range weekdays {
		want += x
	}
	scale := 0.0
	for _, m := range months {
		scale += m / 12
	}
	for i := range runs {
		h, last := simulated(uint64(i)+1, trend, 3*365)
		f, err := h.Fit(last, workday.England())
		if err != nil {
			t.Fatal(err)
		}
		r := f.Rates[0]
		if !r.Trended || !r.Monthly || r.To != last {
			t.Fatalf("fit is %+v", r)
		}
		level[i], slope[i] = math.Log(r.Weekly/(want*scale)), r.Trend-trend
		z[i] = slope[i] / r.TrendSE
		monday += r.Day[1] / (weekdays[1] * scale) / runs
		august += r.Month[7] * scale / months[7] / runs
		if q := r.Weeks.Quality(); q != Good {
			t.Errorf("run %d: pure Poisson is %s (%.2f)", i, q, r.Weeks.Value)
		}
	}
	for name, x := range map[string][runs]float64{"level": level, "trend": slope} {
		mean, sd := moments(x[:])
		if se := sd / math.Sqrt(runs); math.Abs(mean) > 4*se {
			t.Errorf("%s is off by %.4f, standard error %.4f", name, mean, se)
		}
	}
	if _, sd := moments(z[:]); sd < 0.7 || sd > 1.4 {
		t.Errorf("errors of the trend are %.2f times what the fits say", sd)
	}
	if math.Abs(monday-1) > 0.02 || math.Abs(august-1) > 0.03 {
		t.Errorf("Monday is %.3f and August %.3f of what they are", monday, august)
	}
}

func moments(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sd += (v - mean) * (v - mean) / float64(len(x)-1)
	}
	return mean, math.Sqrt(sd)
}

// TestLittle: with less history, less is claimed.
func TestLittle(t *testing.T) {
	for _, c := range []struct {
		days             int
		short            bool
		trended, monthly bool
	}{{30, true, false, false}, {120, false, false, false}, {500, false, true, false}, {900, false, true, true}} {
		h, last := simulated(7, 0, c.days)
		f, err := h.Fit(last, workday.England())
		if (err != nil) != c.short {
			t.Errorf("%d days: %v", c.days, err)
		}
		if err == nil && (f.Rates[0].Trended != c.trended || f.Rates[0].Monthly != c.monthly) {
			t.Errorf("%d days: trend %v, months %v", c.days, f.Rates[0].Trended, f.Rates[0].Monthly)
		}
	}
}

// TestLengths: a mean by role of those contacts of the last year that say how long they took, by hand.
func TestLengths(t *testing.T) {
	h, last := simulated(7, 0, 500)
	for _, c := range []struct{ before, minutes int }{{3, 20}, {40, 40}, {41, 60}, {400, 480}} { // the last is too long ago
		h.Took(last.AddDays(-c.before), "nurse", c.minutes)
	}
	h.Took(last.AddDays(-3), "physician", 30) // one says nothing of an error
	f, err := h.Fit(last, workday.England())
	if err != nil || len(f.Lengths) != 1 {
		t.Fatal(f.Lengths, err)
	}
	if l := f.Lengths[0]; l.Role != "nurse" || l.N != 3 || l.Mean != 40 || l.SD != 20 || math.Abs(l.SE-20/math.Sqrt(3)) > 1e-12 {
		t.Errorf("%+v", l)
	}
}

// TestAsAt: what comes later changes nothing of what was known.
func TestAsAt(t *testing.T) {
	long, last := simulated(3, 0.05, 900)
	short := NewHistory()
	short.Referrals["management"] = Series{}
	cut := last.AddDays(-364)
	for d, n := range long.Referrals["management"] {
		if d <= cut.DayNumber() {
			short.Referrals["management"][d] = n
		}
	}
	a, err := long.Fit(cut, workday.England())
	if err != nil {
		t.Fatal(err)
	}
	b, err := short.Fit(cut, workday.England())
	if err != nil {
		t.Fatal(err)
	}
	if a.Rates[0] != b.Rates[0] || a.List != b.List || len(a.Weeks) != len(b.Weeks) {
		t.Error("a fit as at a day depends on later days")
	}
}

// TestLevelWanders: extra variation with memory is found, and makes the errors wider.
func TestLevelWanders(t *testing.T) {
	h, last := NewHistory(), civil.MustParse("2026-11-15")
	s, shocks := des.NewStream(5, 0, "referrals"), des.NewStream(5, 0, "level")
	h.Referrals["self"] = Series{}
	level := 0.0
	for i := 3*364 - 1; i >= 0; i-- {
		d := last.AddDays(-i)
		if d.Weekday() == 1 {
			level = 0.6*level + 0.16*shocks.Normal() // SD 0.2
		}
		h.Referrals["self"].Add(d, s.Poisson(weekdays[d.Weekday()]*3*math.Exp(level)))
	}
	f, err := h.Fit(last, workday.England())
	if err != nil {
		t.Fatal(err)
	}
	if f.Level.SD < 0.12 || f.Level.SD > 0.28 || f.Level.Memory < 0.35 || f.Level.Memory > 0.8 {
		t.Errorf("level is %+v, want about 0.2 and 0.6", f.Level)
	}
	if q := f.Rates[0].Weeks.Quality(); q != Fair && q != Poor {
		t.Errorf("quality is %s", q)
	}
}

// TestGiven: a service that gives 40 and one more for each five people on the list.
func TestGiven(t *testing.T) {
	s := des.NewStream(1, 0, "given")
	var weeks []Week
	list := 50
	for range 60 {
		given := 40 + (list-50)/5 + int(2*s.Normal())
		list = max(20, min(80, list+int(8*s.Normal())))
		weeks = append(weeks, Week{Days: 5, Given: given, List: list})
	}
	g := given(weeks)
	if math.Abs(g.Mean-40) > 3 || math.Abs(g.React-0.2) > 0.06 || g.SD > 4 || g.Least >= g.Mean || g.Most <= g.Mean {
		t.Errorf("%+v", g)
	}
}
