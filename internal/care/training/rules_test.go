package training_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func TestPack(t *testing.T) {
	p, err := training.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range p.Courses {
		for _, key := range []string{"training.course." + c.Code, "training.course." + c.Code + ".about"} {
			if w := locale.English().T(key); w == key || w == "" {
				t.Errorf("%s has no words", key)
			}
		}
	}
	for _, q := range p.Asked {
		if w := locale.English().T("training.ask." + q + ".short"); strings.Contains(w, ".") {
			t.Errorf("question %s has no words: %s", q, w)
		}
	}
	head := "version: 1\neffective_from: 2026-11-01\nsource: x\nmark: D\nremind_days: 3\nmark_days: 9\nevaluate_days: 9\nwindow_days: 9\nquestions: [a, b, c, d]\ncourses:\n"
	for name, text := range map[string]string{
		"no courses":             head,
		"twice":                  head + "  - {code: a, audience: managers, minutes: 60}\n  - {code: a, audience: managers, minutes: 60}\n",
		"for nobody":             head + "  - {code: a, audience: all, minutes: 60}\n",
		"too long":               head + "  - {code: a, audience: team, minutes: 6000}\n",
		"a role outside":         head + "  - {code: a, audience: managers, role: oh_nurse, minutes: 60}\n",
		"three questions":        strings.Replace(head, ", d]", "]", 1) + "  - {code: a, audience: team, minutes: 60}\n",
		"without a window":       strings.Replace(head, "window_days: 9\n", "", 1) + "  - {code: a, audience: team, minutes: 60}\n",
		"nobody knows from when": strings.Replace(head, "2026-11-01", "soon", 1) + "  - {code: a, audience: team, minutes: 60}\n",
	} {
		if _, err := training.LoadPack(fstest.MapFS{"packs/training.yaml": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: it was read", name)
		}
	}
}

func wrong(f fault.Fields) string {
	var out []string
	for _, x := range f {
		out = append(out, x.Name+" "+x.Key)
	}
	return strings.Join(out, ", ")
}

func TestCheckSession(t *testing.T) {
	at := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC) // the clocks go forward the night after
	good := training.SessionIn{On: locale.Day(at).AddDays(1), At: "09:30", Online: "no", Place: "Room 1", Places: 12, Trainer: "A"}
	if f := training.CheckSession(good, at); len(f) > 0 {
		t.Fatal(wrong(f))
	}
	if starts, ok := good.Starts(); !ok || !starts.Equal(time.Date(2026, 3, 29, 8, 30, 0, 0, time.UTC)) {
		t.Errorf("half past nine in summer is %v", starts)
	}
	for want, change := range map[string]func(*training.SessionIn){
		"on training.on.empty":           func(x *training.SessionIn) { x.On = civil.Date{} },
		"on training.on.past":            func(x *training.SessionIn) { x.On = locale.Day(at).AddDays(-1) },
		"on training.on.far":             func(x *training.SessionIn) { x.On = locale.Day(at).AddDays(731) },
		"at training.at.bad":             func(x *training.SessionIn) { x.At = "25:00" },
		"at training.at.past":            func(x *training.SessionIn) { x.On, x.At = locale.Day(at), "11:59" },
		"online training.online.empty":   func(x *training.SessionIn) { x.Online = "" },
		"place training.place.empty":     func(x *training.SessionIn) { x.Place = " " },
		"place form.too_long":            func(x *training.SessionIn) { x.Place = strings.Repeat("x", 201) },
		"places training.places.bad":     func(x *training.SessionIn) { x.Places = 201 },
		"trainer training.trainer.empty": func(x *training.SessionIn) { x.Trainer = "" },
	} {
		x := good
		change(&x)
		if got := wrong(training.CheckSession(x, at)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCheckCourse(t *testing.T) {
	good := training.CourseIn{Title: "A", About: "B", Audience: training.OfTeam, Minutes: 60, Renew: 12}
	if f := training.CheckCourse(good); len(f) > 0 {
		t.Fatal(wrong(f))
	}
	for want, change := range map[string]func(*training.CourseIn){
		"title training.title.empty":       func(x *training.CourseIn) { x.Title = "" },
		"about training.about.empty":       func(x *training.CourseIn) { x.About = "" },
		"audience training.audience.empty": func(x *training.CourseIn) { x.Audience = "hr" },
		"minutes training.minutes.bad":     func(x *training.CourseIn) { x.Minutes = 14 },
		"renew training.renew.bad":         func(x *training.CourseIn) { x.Renew = 121 },
	} {
		x := good
		change(&x)
		if got := wrong(training.CheckCourse(x)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTimes(t *testing.T) {
	p := training.Lists()
	starts := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	s := training.Session{Starts: starts, Minutes: 60}
	marked := s
	marked.Marked = true
	off := s
	off.Cancelled = true
	for name, c := range map[string]struct {
		s                           training.Session
		at                          time.Time
		coming, markable, evaluable bool
	}{
		"before":          {s, starts.Add(-time.Minute), true, false, false},
		"at its start":    {s, starts, false, true, false},
		"long after":      {s, starts.AddDate(0, 0, p.MarkDays+1), false, false, false},
		"called off":      {off, starts.Add(-time.Minute), false, false, false},
		"marked":          {marked, starts.Add(time.Hour), false, false, true},
		"marked long ago": {marked, starts.AddDate(0, 0, p.Evaluate+1), false, false, false},
	} {
		if got := [3]bool{c.s.Coming(c.at), p.Markable(c.s, c.at), p.Evaluable(c.s, c.at)}; got != [3]bool{c.coming, c.markable, c.evaluable} {
			t.Errorf("%s: coming, markable, evaluable are %v", name, got)
		}
	}
	c := training.Course{Renew: 12}
	if got := c.Renewal(civil.MustParse("2024-02-29")); got != civil.MustParse("2025-02-28") {
		t.Errorf("again by %s", got)
	}
	if !(training.Course{}).Renewal(civil.MustParse("2024-02-29")).IsZero() {
		t.Error("never is a day")
	}
	for role, want := range map[access.Role]bool{access.Nurse: true, access.Lead: true, access.Physio: false} {
		if got := (training.Course{Audience: training.OfTeam, Role: "oh_nurse"}).For(role); got != want {
			t.Errorf("for %s: %v", role, got)
		}
	}
}

func TestNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var random [10]byte
		copy(random[:], rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "random"))
		n := training.Number(random)
		if len(n) != 19 || strings.Count(n, "-") != 3 {
			t.Fatalf("%q", n)
		}
		typed := n
		if rapid.Bool().Draw(t, "small letters") {
			typed = strings.ToLower(typed)
		}
		if rapid.Bool().Draw(t, "no dashes") {
			typed = " " + strings.ReplaceAll(typed, "-", "")
		}
		if got, ok := training.ReadNumber(strings.ReplaceAll(typed, "0", "o")); !ok || got != n {
			t.Fatalf("%q is read as %q", typed, got)
		}
	})
	for _, typed := range []string{"", "7K2M", "7K2M-Q9XW-4HTB-C6R?", "7K2M-Q9XW-4HTB-C6RDX"} {
		if _, ok := training.ReadNumber(typed); ok {
			t.Errorf("%q is no number", typed)
		}
	}
	if a, b := training.Number([10]byte{9: 1}), training.Number([10]byte{9: 2}); a == b {
		t.Error("the last bit does not count")
	}
}
