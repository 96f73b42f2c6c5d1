package outreach_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/outreach"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func pack(t *testing.T) outreach.Pack {
	p, err := outreach.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPlan(t *testing.T) {
	p := pack(t)
	e := outreach.Event{Kind: outreach.Recruitment, Starts: time.Date(2027, 3, 20, 10, 0, 0, 0, locale.London)}
	steps := p.Plan(e, []outreach.Step{{Code: "place", Done: civil.MustParse("2027-01-20"), By: "Ann"}})
	at := func(code string) outreach.Step {
		i := slices.IndexFunc(steps, func(s outreach.Step) bool { return s.Code == code })
		if i < 0 {
			t.Fatalf("no step %s", code)
		}
		return steps[i]
	}
	if s := at("place"); s.Due != civil.MustParse("2027-02-06") || s.By != "Ann" || s.Late(civil.MustParse("2027-03-01")) {
		t.Errorf("the place: %+v", s)
	}
	if s := at("follow"); s.Due != civil.MustParse("2027-03-27") || s.Late(civil.MustParse("2027-03-27")) || !s.Late(civil.MustParse("2027-03-28")) {
		t.Errorf("a step after the day: %+v", s)
	}
	if slices.ContainsFunc(steps, func(s outreach.Step) bool { return s.Code == "signpost" }) {
		t.Error("a recruitment day is asked for what a wellbeing event needs")
	}
}

func TestCheck(t *testing.T) {
	now := time.Date(2027, 3, 1, 12, 0, 0, 0, locale.London)
	good := outreach.EventIn{ID: uuid.New(), Kind: outreach.Wellbeing, Title: "Walk", About: "We walk.", On: civil.MustParse("2027-03-01"), At: "13:00", Minutes: 60, Place: "Park", Places: 20}
	for name, c := range map[string]struct {
		change func(*outreach.EventIn)
		taken  int
		want   string
	}{
		"good":           {func(*outreach.EventIn) {}, 20, ""},
		"no kind":        {func(e *outreach.EventIn) { e.Kind = "party" }, 0, "outreach.kind.empty"},
		"yesterday":      {func(e *outreach.EventIn) { e.On = civil.MustParse("2027-02-28") }, 0, "outreach.on.past"},
		"an hour ago":    {func(e *outreach.EventIn) { e.At = "11:00" }, 0, "outreach.at.past"},
		"too far":        {func(e *outreach.EventIn) { e.On = civil.MustParse("2029-01-01") }, 0, "outreach.on.far"},
		"no time":        {func(e *outreach.EventIn) { e.At = "soon" }, 0, "outreach.at.bad"},
		"ten minutes":    {func(e *outreach.EventIn) { e.Minutes = 10 }, 0, "outreach.minutes.bad"},
		"nobody":         {func(e *outreach.EventIn) { e.Places = 0 }, 0, "outreach.places.bad"},
		"fewer than are": {func(e *outreach.EventIn) { e.Places = 19 }, 20, "outreach.places.taken"},
	} {
		in := good
		c.change(&in)
		f := outreach.Check(in, c.taken, now)
		if c.want == "" && len(f) > 0 || c.want != "" && (len(f) != 1 || f[0].Key != c.want) {
			t.Errorf("%s: %v", name, f)
		}
	}
	p := pack(t)
	for name, c := range map[string]struct {
		in   outreach.SignIn
		want []string
	}{
		"good":        {outreach.SignIn{Name: "Jo", Email: "jo@example.org"}, nil},
		"interested":  {outreach.SignIn{Name: "Jo", Email: "jo@example.org", MayWrite: true, Interest: "nurse"}, nil},
		"in nothing":  {outreach.SignIn{Name: "Jo", Email: "jo@example.org", MayWrite: true}, []string{"interest"}},
		"no address":  {outreach.SignIn{Name: "Jo", Email: "Jo <jo@example.org>"}, []string{"email"}},
		"nobody":      {outreach.SignIn{Email: "jo"}, []string{"name", "email"}},
		"an invented": {outreach.SignIn{Name: "Jo", Email: "jo@example.org", MayWrite: true, Interest: "spy"}, []string{"interest"}},
	} {
		var got []string
		for _, x := range p.CheckSign(c.in) {
			got = append(got, x.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// The cost of a lead is the money and the hours over those who agreed and have not given their place up.
func TestPerLead(t *testing.T) {
	p := pack(t)
	pounds, hours := 150, 10.0
	e := outreach.Event{Pounds: &pounds, Hours: &hours, WalkIns: 3}
	guests := []outreach.Guest{
		{State: outreach.Attended, MayWrite: true, Outcome: "started"}, {State: outreach.Missed, MayWrite: true, Outcome: "written"},
		{State: outreach.Attended}, {State: outreach.Cancelled, MayWrite: true},
	}
	tally := outreach.Count(e, guests)
	if want := (outreach.Tally{Signed: 3, Came: 5, Leads: 2, Applied: 1, Started: 1}); tally != want {
		t.Errorf("counted %+v, want %+v", tally, want)
	}
	if cost, ok := p.PerLead(e, tally); !ok || cost != (150+10*p.Hour)/2 {
		t.Errorf("a lead costs %v, %v", cost, ok)
	}
	if _, ok := p.PerLead(e, outreach.Tally{}); ok {
		t.Error("no lead has a cost")
	}
	if _, ok := p.PerLead(outreach.Event{}, tally); ok {
		t.Error("a cost that nobody said")
	}
}
