package appointment

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// A clinic keeps its wall time over a clock change; on the day itself slots stay a real slot's length apart.
func TestSlotTimes(t *testing.T) {
	for name, c := range map[string]struct {
		day   string
		start time.Duration
		utc   []string
	}{
		"Friday before summer time":                 {"2026-03-27", 9 * time.Hour, []string{"09:00", "09:30", "10:00"}},
		"Monday in summer time":                     {"2026-03-30", 9 * time.Hour, []string{"08:00", "08:30", "09:00"}},
		"Friday before winter time":                 {"2026-10-23", 9 * time.Hour, []string{"08:00", "08:30", "09:00"}},
		"Monday in winter time":                     {"2026-10-26", 9 * time.Hour, []string{"09:00", "09:30", "10:00"}},
		"across the change to summer, 29 March":     {"2026-03-29", 30 * time.Minute, []string{"00:30", "01:00", "01:30"}},
		"after the change to summer, 29 March":      {"2026-03-29", 9 * time.Hour, []string{"08:00", "08:30", "09:00"}},
		"across the change to winter, 25 October":   {"2026-10-25", 30 * time.Minute, []string{"23:30", "00:00", "00:30"}},
		"after the change to winter, 25 October":    {"2026-10-25", 9 * time.Hour, []string{"09:00", "09:30", "10:00"}},
		"half past nine has its minutes as well":    {"2026-11-23", 9*time.Hour + 30*time.Minute, []string{"09:30", "10:00", "10:30"}},
		"an afternoon that ends after the last bus": {"2026-07-01", 20 * time.Hour, []string{"19:00", "19:30", "20:00"}},
	} {
		var got []string
		for _, at := range slotTimes(civil.MustParse(c.day), c.start, 30, 3) {
			got = append(got, at.UTC().Format("15:04"))
		}
		if d := cmp.Diff(c.utc, got); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
}

func TestCancelCode(t *testing.T) {
	at := time.Date(2026, 3, 28, 10, 0, 0, 0, time.UTC)
	for starts, want := range map[time.Time]string{
		at.Add(24 * time.Hour):             ByThem,
		at.Add(24*time.Hour - time.Second): LateByThem,
		at.Add(time.Minute):                LateByThem,
		// ten o'clock on Sunday is 23 hours away: the clocks go forward in between
		time.Date(2026, 3, 29, 10, 0, 0, 0, locale.London): LateByThem,
	} {
		if got := cancelCode(starts, at); got != want {
			t.Errorf("%s before: %s, want %s", starts.Sub(at), got, want)
		}
	}
}

func TestMoveCode(t *testing.T) {
	at := time.Date(2026, 3, 28, 10, 0, 0, 0, time.UTC)
	for _, asked := range MoveCodes {
		for starts, want := range map[time.Time]string{
			at.Add(24 * time.Hour):             asked,
			at.Add(24*time.Hour - time.Second): map[string]string{MovedByThem: LateMovedByThem, MovedByBoss: LateMovedByBoss, MovedByUs: MovedByUs}[asked],
		} {
			got := moveCode(asked, starts, at)
			if got != want || Standing("cancelled", got) != "moved" {
				t.Errorf("%s asked %s before: %s, shown as %s", asked, starts.Sub(at), got, Standing("cancelled", got))
			}
		}
	}
	for _, code := range CancelCodes {
		if Standing("cancelled", code) != "cancelled" {
			t.Errorf("%s is shown as moved", code)
		}
	}
	for _, state := range []string{"booked", "attended", "dna"} {
		if Standing(state, "") != state {
			t.Errorf("%s is shown as %s", state, Standing(state, ""))
		}
	}
}

func TestReoffered(t *testing.T) {
	at := time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)
	for starts, want := range map[time.Time]bool{at.Add(offerNotice): true, at.Add(offerNotice - time.Second): false, at.Add(-time.Hour): false} {
		if Reoffered(starts, at) != want {
			t.Errorf("%s before: %v", starts.Sub(at), !want)
		}
	}
}

func TestClinicCheck(t *testing.T) {
	day := func(s string) time.Time {
		return time.Date(civil.MustParse(s).Year, civil.MustParse(s).Month, civil.MustParse(s).Day, 0, 0, 0, 0, time.UTC)
	}
	good := Clinic{ID: uuid.New(), Name: "Tuesday clinic", Site: "Main site", Mode: "phone", Role: "oh_nurse", Weekday: time.Tuesday, Start: 9 * time.Hour, SlotMinutes: 60, Slots: 4,
		Clinician: uuid.New(), From: day("2026-11-01")}
	if f := good.check(nil); len(f) > 0 {
		t.Fatalf("a good clinic: %v", f)
	}
	for want, change := range map[string]func(*Clinic){
		"name":      func(c *Clinic) { c.Name = "" },
		"site":      func(c *Clinic) { c.Site = "" },
		"mode":      func(c *Clinic) { c.Mode = "letter" },
		"clinician": func(c *Clinic) { c.Clinician = uuid.Nil },
		"weekday":   func(c *Clinic) { c.Weekday = time.Sunday },
		"minutes":   func(c *Clinic) { c.SlotMinutes = 5 },
		"slots":     func(c *Clinic) { c.Slots = 14 },
		"from":      func(c *Clinic) { c.From = time.Time{} },
		"to":        func(c *Clinic) { c.To = c.From },
	} {
		c := good
		change(&c)
		if f := c.check(nil); len(f) != 1 || f[0].Name != want {
			t.Errorf("%s: %v", want, f)
		}
	}
	for name, c := range map[string]struct {
		change   func(*Clinic)
		overlaps bool
	}{
		"the same again":         {func(*Clinic) {}, true},
		"in its last hour":       {func(c *Clinic) { c.Start = 12 * time.Hour }, true},
		"right after":            {func(c *Clinic) { c.Start = 13 * time.Hour }, false},
		"another day":            {func(c *Clinic) { c.Weekday = time.Monday }, false},
		"another clinician":      {func(c *Clinic) { c.Clinician = uuid.New() }, false},
		"once the other is over": {func(c *Clinic) { c.From = day("2027-01-01") }, false},
	} {
		old, other := good, good
		old.To = day("2027-01-01")
		other.ID = uuid.New()
		c.change(&other)
		if got := len(other.check([]Clinic{old})) > 0; got != c.overlaps {
			t.Errorf("%s: overlaps %v", name, got)
		}
	}
}

func TestPack(t *testing.T) {
	p := Lists()
	if p.LateHours != 24 || p.MissedBeforeClosing != 2 || len(p.Types) != 4 {
		t.Errorf("pack: %+v", p)
	}
	for _, x := range p.Types {
		if x.Mark == "" || x.Shortest > x.Review || x.Review > x.New || x.New > x.Longest {
			t.Errorf("type %+v", x)
		}
	}
}

func TestReminderTimes(t *testing.T) {
	p := ReminderPack()
	if p.Source == "" || p.Mark == "" || p.EffectiveFrom == "" || p.Draft || !cmp.Equal(p.DaysBefore, []int{5, 1}) || p.Hour != 9 {
		t.Fatalf("pack: %+v", p)
	}
	london := func(s string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", s, locale.London)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for name, c := range map[string]struct {
		starts, booked string
		want           []string
	}{
		"weeks ahead":                              {"2026-12-15 10:00", "2026-11-20 12:00", []string{"2026-12-10 09:00", "2026-12-14 09:00"}},
		"over the change to summer time":           {"2026-03-30 09:00", "2026-03-01 09:00", []string{"2026-03-25 09:00", "2026-03-29 09:00"}},
		"booked four days before":                  {"2026-12-15 10:00", "2026-12-11 12:00", []string{"2026-12-14 09:00"}},
		"booked as the reminder is due":            {"2026-12-15 10:00", "2026-12-10 09:00", []string{"2026-12-14 09:00"}},
		"booked the evening before":                {"2026-12-15 10:00", "2026-12-14 19:00", nil},
		"before nine, a day is a day all the same": {"2026-12-15 08:00", "2026-11-20 12:00", []string{"2026-12-10 09:00", "2026-12-14 09:00"}},
	} {
		var got []string
		for _, at := range p.Times(london(c.starts), london(c.booked)) {
			got = append(got, at.In(locale.London).Format("2006-01-02 15:04"))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
	off := *p
	off.Draft = true
	if at := london("2026-12-14 10:00"); off.Times(london("2026-12-15 10:00"), at.AddDate(0, -1, 0)) != nil || off.due(london("2026-12-15 10:00"), at, 1) {
		t.Error("a draft drives a message")
	}
}
