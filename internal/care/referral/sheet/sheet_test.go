package sheet_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

var today = civil.Date{Year: 2026, Month: time.November, Day: 22}

// changed is the day on which an answer was last changed.
var changed = today.AddDays(-2)

func complete() sheet.Text {
	t := sheet.Text{Reason: "LTS", Why: "Off since October.", Absence: sheet.Absence{Now: "yes", First: today.AddDays(-30)},
		Questions: []string{"Q01"}, Told: sheet.Told{Done: "yes", On: today, How: "phone"}}
	t.Told.Shown = t.Digest()
	return t
}

func TestMissing(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*sheet.Text)
		want   []sheet.Part
	}{
		"complete":                         {func(*sheet.Text) {}, nil},
		"nothing":                          {func(x *sheet.Text) { *x = sheet.Text{} }, []sheet.Part{sheet.Reason, sheet.Why, sheet.AbsenceOf, sheet.Questions, sheet.ToldThem}},
		"a reason for self-referral alone": {func(x *sheet.Text) { x.Reason = "URG" }, []sheet.Part{sheet.Reason}},
		"blank why":                        {func(x *sheet.Text) { x.Why = " \n" }, []sheet.Part{sheet.Why}},
		"at work":                          {func(x *sheet.Text) { x.Absence = sheet.Absence{Now: "no"} }, nil},
		"off, since when unknown":          {func(x *sheet.Text) { x.Absence.First = civil.Date{} }, []sheet.Part{sheet.AbsenceOf}},
		"back before off":                  {func(x *sheet.Text) { x.Absence.Return = today.AddDays(-31) }, []sheet.Part{sheet.AbsenceOf}},
		"back on the first day off":        {func(x *sheet.Text) { x.Absence.Return = x.Absence.First }, nil},
		"a fit note of before":             {func(x *sheet.Text) { x.Absence.FitNote = today.AddDays(-31) }, []sheet.Part{sheet.AbsenceOf}},
		"a fit note for one day":           {func(x *sheet.Text) { x.Absence.FitNote = x.Absence.First }, nil},
		"an unknown hazard":                {func(x *sheet.Text) { x.Hazards = []string{"NOISE", "X"} }, []sheet.Part{sheet.Work}},
		"own question only":                {func(x *sheet.Text) { x.Questions, x.Own = nil, []string{"Can he drive?"} }, nil},
		"six own questions":                {func(x *sheet.Text) { x.Own = slices.Repeat([]string{"a?"}, 6) }, []sheet.Part{sheet.Questions}},
		"not told":                         {func(x *sheet.Text) { x.Told.Done = "no" }, []sheet.Part{sheet.ToldThem}},
		"told tomorrow":                    {func(x *sheet.Text) { x.Told.On = today.AddDays(1) }, []sheet.Part{sheet.ToldThem}},
		"told before the last change":      {func(x *sheet.Text) { x.Told.On = changed.AddDays(-1) }, []sheet.Part{sheet.ToldThem}},
		"told on the day of it":            {func(x *sheet.Text) { x.Told.On = changed }, nil},
		"told, not how":                    {func(x *sheet.Text) { x.Told.How = "" }, []sheet.Part{sheet.ToldThem}},
		"four viewers":                     {func(x *sheet.Text) { x.Viewers = make([]sheet.Named, 4) }, []sheet.Part{sheet.Viewers}},
	} {
		t.Run(name, func(t *testing.T) {
			x := complete()
			c.change(&x)
			if x.Told.Shown != "" {
				x.Told.Shown = x.Digest() // told of exactly this
			}
			if got := x.Missing(today, changed); !slices.Equal(got, c.want) {
				t.Errorf("missing %v, want %v", got, c.want)
			}
		})
	}
}

// Without a change on record any day counts.
func TestToldWithoutAChange(t *testing.T) {
	x := complete()
	x.Told.On = today.AddDays(-300)
	if got := x.Missing(today, civil.Date{}); len(got) > 0 {
		t.Errorf("missing %v", got)
	}
}

// The person's having been told covers exactly the answers that they were shown: any change undoes it, and ticking
// the same boxes in another order is none.
func TestTold(t *testing.T) {
	days := 3
	for name, c := range map[string]struct {
		change func(*sheet.Text)
		undone bool
	}{
		"nothing":                 {func(*sheet.Text) {}, false},
		"the same boxes":          {func(x *sheet.Text) { x.Questions = []string{"Q02", "Q01"} }, false},
		"the reason":              {func(x *sheet.Text) { x.Reason = "STS" }, true},
		"why":                     {func(x *sheet.Text) { x.Why += " " }, true},
		"the first day":           {func(x *sheet.Text) { x.Absence.First = today.AddDays(-31) }, true},
		"days lost":               {func(x *sheet.Text) { x.Absence.Days = &days }, true},
		"a hazard":                {func(x *sheet.Text) { x.Hazards = []string{"NOISE"} }, true},
		"what was tried":          {func(x *sheet.Text) { x.Tried = "Breaks." }, true},
		"a question less":         {func(x *sheet.Text) { x.Questions = []string{"Q01"} }, true},
		"an own question":         {func(x *sheet.Text) { x.Own = []string{"Can she drive?"} }, true},
		"a viewer":                {func(x *sheet.Text) { x.Viewers = []sheet.Named{{Name: "Priya Nair"}} }, true},
		"a declaration of before": {func(x *sheet.Text) { x.Told.Shown = "" }, true},
	} {
		t.Run(name, func(t *testing.T) {
			x := complete()
			x.Questions = []string{"Q01", "Q02"}
			x.Told.Shown = x.Digest()
			c.change(&x)
			want := []sheet.Part(nil)
			if c.undone {
				want = []sheet.Part{sheet.ToldThem}
			}
			for _, undo := range []bool{false, true} { // with and without the page's having noticed
				if undo {
					x.Undo()
				}
				if got := x.Missing(today, changed); !slices.Equal(got, want) {
					t.Errorf("missing %v, want %v", got, want)
				}
			}
			if (x.Told.Done == "") != c.undone {
				t.Errorf("told %+v", x.Told)
			}
		})
	}
}

func TestFacts(t *testing.T) {
	nursing, office := "Nursing and Midwifery Registered", "Administrative and Clerical"
	for _, c := range []struct {
		group, shifts   string
		post            sheet.Post
		demands, hazard []string
	}{
		{nursing, "rotating, with nights", sheet.Post{Patients: true}, []string{"MOVE", "NIGHT", "ROTATE", "PUBLIC"}, []string{"NIGHTW"}},
		{nursing, "days", sheet.Post{}, nil, nil},
		{office, "days", sheet.Post{Patients: true}, []string{"PUBLIC"}, nil},
		{office, "Nights, on call", sheet.Post{Alone: true, Drives: true}, []string{"DRIVE", "NIGHT", "ONCALL", "LONE"}, []string{"NIGHTW"}},
		{nursing, "", sheet.Post{EPP: true, Critical: true}, []string{"SAFETY"}, []string{"BLOOD", "EPP", "SHARPS"}},
	} {
		facts := sheet.Facts(c.group, c.shifts, c.post)
		if got := sheet.Lists().Demands.Ticked(facts...); !slices.Equal(got, c.demands) {
			t.Errorf("%s, %s, %+v: demands %v, want %v", c.group, c.shifts, c.post, got, c.demands)
		}
		if got := sheet.Lists().Hazards.Ticked(facts...); !slices.Equal(got, c.hazard) {
			t.Errorf("%s, %s, %+v: hazards %v, want %v", c.group, c.shifts, c.post, got, c.hazard)
		}
	}
}

func TestCompleteness(t *testing.T) {
	x := complete()
	if got := x.Completeness(); got != 0 {
		t.Errorf("needed parts alone: %d%%", got)
	}
	days := 12
	x.Absence.FitNote, x.Absence.Days, x.Demands, x.Hazards, x.Tried = today, &days, []string{"LIFT"}, []string{"NOISE"}, "Breaks."
	if got := x.Completeness(); got != 100 {
		t.Errorf("every optional part: %d%%", got)
	}
}

func texts(t *rapid.T, name string) sheet.Text {
	x := complete()
	x.Reason = rapid.SampledFrom([]string{"LTS", "STR", "MSK"}).Draw(t, name+" reason")
	x.Why = rapid.SampledFrom([]string{"a", "b"}).Draw(t, name+" why")
	x.Absence.Now = rapid.SampledFrom([]string{"yes", "no"}).Draw(t, name+" now")
	x.Hazards = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"NOISE", "MRI", "FOOD"}), rapid.ID).Draw(t, name+" hazards")
	if rapid.Bool().Draw(t, name+" days?") {
		n := rapid.IntRange(0, 3).Draw(t, name+" days")
		x.Absence.Days = &n
	}
	return x
}

// A difference shows exactly the lines whose words differ, both ways round, and survives storage.
func TestChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := texts(t, "a"), texts(t, "b")
		if c := sheet.Changes(a, a); len(c) != 0 {
			t.Fatalf("a text differs from itself: %v", c)
		}
		there, back := sheet.Changes(a, b), sheet.Changes(b, a)
		keys := map[string]sheet.Change{}
		for _, c := range there {
			keys[c.Key] = c
		}
		for _, c := range back {
			want, ok := keys[c.Key]
			if !ok || !slices.Equal(c.Before.Answers, want.After.Answers) || !slices.Equal(c.After.Answers, want.Before.Answers) {
				t.Fatalf("%s: %v one way, %v the other", c.Key, want, c)
			}
		}
		if len(there) != len(back) {
			t.Fatalf("%d changes one way, %d the other", len(there), len(back))
		}
		var stored sheet.Text
		raw, err := json.Marshal(b)
		if err == nil {
			err = json.Unmarshal(raw, &stored)
		}
		if err != nil || len(sheet.Changes(b, stored)) != 0 {
			t.Fatalf("storage changed it: %v %s", err, cmp.Diff(b, stored))
		}
	})
}

func TestOrderOfTicksIsNoChange(t *testing.T) {
	a, b := complete(), complete()
	a.Hazards, b.Hazards = []string{"MRI", "NOISE"}, []string{"NOISE", "MRI"}
	if c := sheet.Changes(a, b); len(c) != 0 {
		t.Errorf("changes %v", c)
	}
}

func TestCodeLists(t *testing.T) {
	l := sheet.Lists()
	for id, n := range map[string]int{"referral-reasons": 20, "referral-questions": 14, "job-demands": 21, "hazards": 20} {
		list := map[string]sheet.List{"referral-reasons": l.Reasons, "referral-questions": l.Questions, "job-demands": l.Demands, "hazards": l.Hazards}[id]
		if list.ID != id || list.Version < 1 || list.EffectiveFrom == "" || list.Source == "" || !slices.Contains([]string{"V", "V2", "M", "D"}, list.Mark) {
			t.Errorf("%s does not say what it is: %+v", id, list)
		}
		seen := map[string]bool{}
		for _, c := range list.Items {
			if c.Code == "" || c.Name == "" || seen[c.Code] {
				t.Errorf("%s: bad row %+v", id, c)
			}
			seen[c.Code] = true
		}
		if len(list.Items) != n {
			t.Errorf("%s has %d rows, want %d", id, len(list.Items), n)
		}
	}
	if got := l.Demands.Ticked("drives", "nights"); !slices.Equal(got, []string{"DRIVE", "NIGHT"}) {
		t.Errorf("ticked %v", got)
	}
}

func TestEveryLineHasWords(t *testing.T) {
	w := locale.English()
	for _, l := range complete().Lines() {
		for _, k := range append(l.AnswerKeys, l.Key) {
			if !w.Has(k) {
				t.Errorf("no words for %s", k)
			}
		}
	}
	for _, how := range sheet.Hows {
		if !w.Has("sheet.how." + how) {
			t.Errorf("no words for %s", how)
		}
	}
}

func TestAbsentDays(t *testing.T) {
	for name, c := range map[string]struct {
		in   sheet.Absence
		want int
	}{
		"at work":            {sheet.Absence{Now: "no", First: today.AddDays(-5)}, 0},
		"since nobody knows": {sheet.Absence{Now: "yes"}, 0},
		"from tomorrow":      {sheet.Absence{Now: "yes", First: today.AddDays(1)}, 0},
		"on the first day":   {sheet.Absence{Now: "yes", First: today}, 1},
		"a week into it":     {sheet.Absence{Now: "yes", First: today.AddDays(-6)}, 7},
		"over a month of 31": {sheet.Absence{Now: "yes", First: today.AddMonths(-1)}, 32},
	} {
		if got := (sheet.Text{Absence: c.in}).AbsentDays(today); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
