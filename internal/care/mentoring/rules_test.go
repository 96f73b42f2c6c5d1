package mentoring_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func TestPack(t *testing.T) {
	p, err := mentoring.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	w := locale.English()
	for prefix, codes := range map[string][]string{"mentoring.interest.": p.Interests, "mentoring.thanks.": p.Thanks} {
		for _, c := range codes {
			if !w.Has(prefix + c) {
				t.Errorf("%s%s has no words", prefix, c)
			}
		}
	}
	was, err := content.FS.ReadFile("packs/mentoring.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{"no rhythm": {"quiet_days: 42", "quiet_days: 0"}, "more places than the table has": {"most_places: 5", "most_places: 6"}, "a code twice": {"[time, listening", "[time, time"}, "no mark": {"mark: D", "mark: \"\""}} {
		text := strings.Replace(string(was), change[0], change[1], 1)
		if text == string(was) {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := mentoring.LoadPack(fstest.MapFS{"packs/mentoring.yaml": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func profile(name string, offers ...string) mentoring.Profile {
	return mentoring.Profile{Account: uuid.New(), Name: name, Taking: true, Places: 1, Offers: offers}
}

// Whoever offers what somebody looks for is named with the reasons, by name whatever their number; who is off, and oneself, is not there.
func TestFind(t *testing.T) {
	one, many, none := profile("Zoe", "area.leadership"), profile("Ben", "area.career", "competence.triage", "interest.exams"), profile("Ann", "interest.digital")
	off, me := profile("Carl", "area.leadership"), profile("Mia", "area.leadership")
	off.Taking = false
	has := mentoring.Standing{Areas: []string{"leadership", "career"}, Learning: []string{"triage"}, Holds: []string{"reports"}}
	fit, others := mentoring.Find([]mentoring.Profile{one, none, me, many, off}, me.Account, has, []string{"exams"})
	if len(fit) != 2 || fit[0].Name != "Ben" || fit[1].Name != "Zoe" || len(others) != 1 || others[0].Name != "Ann" {
		t.Fatalf("fit %+v, others %+v", fit, others)
	}
	if !slices.Equal(fit[0].Goals, []string{"career"}) || !slices.Equal(fit[0].Learning, []string{"triage"}) || !slices.Equal(fit[0].Share, []string{"exams"}) || !slices.Equal(fit[1].Goals, []string{"leadership"}) || len(fit[1].Learning)+len(fit[1].Share) > 0 {
		t.Errorf("reasons %+v", fit)
	}
	many.Name, one.Name = "Zoe", "Ben"
	if fit, _ := mentoring.Find([]mentoring.Profile{many, one}, me.Account, has, []string{"exams"}); fit[0].Name != "Ben" || len(fit[0].Learning) != 0 {
		t.Errorf("one who fits for three reasons stands before one who fits for one: %+v", fit)
	}
}

func keys(f fault.Fields) (out []string) {
	for _, x := range f {
		out = append(out, x.Name+" "+x.Key)
	}
	return out
}

func TestChecks(t *testing.T) {
	p := mentoring.Lists()
	day, m := civil.MustParse("2026-11-22"), mentoring.Mentorship{Wants: []string{"area.career"}}
	good := mentoring.ProfileIn{Taking: "yes", Places: 2, Offers: []string{"area.career", "competence.triage", "interest.exams"}, How: []string{"online"}, Days: []string{"1", "5"}}
	with := func(change func(*mentoring.ProfileIn)) fault.Fields {
		in := good
		change(&in)
		return p.CheckProfile(in, []string{"career"}, []string{"triage"})
	}
	goal := mentoring.GoalIn{About: "area.career", State: mentoring.Open, Words: "Lead a clinic"}
	for name, tt := range map[string]struct {
		got  fault.Fields
		want string
	}{
		"a good profile":                         {with(func(*mentoring.ProfileIn) {}), ""},
		"nothing said":                           {p.CheckProfile(mentoring.ProfileIn{}, nil, nil), "taking mentoring.taking.empty,areas mentoring.offers.empty,places mentoring.places.bad,how mentoring.how.empty"},
		"a competence that they do not hold":     {with(func(in *mentoring.ProfileIn) { in.Offers = []string{"competence.fitness"} }), "areas mentoring.offers.bad"},
		"an interest that is none":               {with(func(in *mentoring.ProfileIn) { in.Offers = []string{"interest.cake"} }), "areas mentoring.offers.bad"},
		"the same twice":                         {with(func(in *mentoring.ProfileIn) { in.Offers = []string{"area.career", "area.career"} }), "areas mentoring.offers.bad"},
		"more places than there are":             {with(func(in *mentoring.ProfileIn) { in.Places = p.MostPlaces + 1 }), "places mentoring.places.bad"},
		"a Sunday":                               {with(func(in *mentoring.ProfileIn) { in.Days = []string{"7"} }), "days mentoring.days.bad"},
		"a question about nothing":               {mentoring.CheckAsk(nil, profile("Ann", "area.career")), "wants mentoring.wants.empty"},
		"a question about what they do not help": {mentoring.CheckAsk([]string{"area.leadership"}, profile("Ann", "area.career")), "wants mentoring.wants.bad"},
		"a question about everything":            {mentoring.CheckAsk(make([]string, 9), profile("Ann", "area.career")), "wants mentoring.wants.many"},
		"a good goal":                            {mentoring.CheckGoal(goal, m), ""},
		"a goal about something else":            {mentoring.CheckGoal(mentoring.GoalIn{About: "area.service", Words: strings.Repeat("x", 201)}, m), "about mentoring.about.empty,words form.too_long,state mentoring.goal.state.empty"},
		"no words":                               {mentoring.CheckGoal(mentoring.GoalIn{About: "area.career", State: "open", Words: " "}, m), "words mentoring.goal.words.empty"},
		"an empty entry":                         {mentoring.CheckEntry(" "), "words mentoring.log.words.empty"},
		"a long entry":                           {mentoring.CheckEntry(strings.Repeat("x", mentoring.MaxText+1)), "words form.too_long"},
		"a meeting today":                        {mentoring.CheckMeeting(mentoring.MeetingIn{On: day, Minutes: 60}, day, day), ""},
		"a meeting tomorrow":                     {mentoring.CheckMeeting(mentoring.MeetingIn{On: day.AddDays(1), Minutes: 481}, day, day), "on mentoring.meeting.on.bad,minutes mentoring.meeting.minutes.bad"},
		"a meeting before they knew each other":  {mentoring.CheckMeeting(mentoring.MeetingIn{On: day.AddDays(-1), Minutes: 1}, day, day), "on mentoring.meeting.on.bad"},
		"a meeting on no day":                    {mentoring.CheckMeeting(mentoring.MeetingIn{Minutes: 1}, day, day), "on mentoring.meeting.on.empty"},
		"no next meeting":                        {mentoring.CheckNext(civil.Date{}, day), ""},
		"the next meeting yesterday":             {mentoring.CheckNext(day.AddDays(-1), day), "next mentoring.next.bad"},
		"the next meeting in two years":          {mentoring.CheckNext(day.AddMonths(24), day), "next mentoring.next.bad"},
		"no thanks":                              {p.CheckThanks(""), "thanks mentoring.thanks.empty"},
		"a score of 6":                           {mentoring.CheckScore(6), "score mentoring.help.empty"},
		"a score of 1":                           {mentoring.CheckScore(1), ""},
	} {
		if got := strings.Join(keys(tt.got), ","); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestMaySay(t *testing.T) {
	p, end := mentoring.Lists(), time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	m := mentoring.Mentorship{State: mentoring.Ended, EndedAt: end}
	if !p.MaySay(m, end.AddDate(0, 0, p.Help-1)) || p.MaySay(m, end.AddDate(0, 0, p.Help)) {
		t.Error("the days are not those of the pack")
	}
	for name, change := range map[string]func(*mentoring.Mentorship){"the mentor": func(m *mentoring.Mentorship) { m.Mentors = true }, "again": func(m *mentoring.Mentorship) { m.Said = true }, "while it goes on": func(m *mentoring.Mentorship) { m.State = mentoring.On }} {
		x := m
		if change(&x); p.MaySay(x, end.Add(time.Hour)) {
			t.Errorf("%s may say", name)
		}
	}
}

func TestTold(t *testing.T) {
	for exact := range int32(40) {
		got := mentoring.Told(exact)
		if exact < 8 && got != nil || exact >= 8 && (got == nil || *got%5 != 0 || *got < 10 || *got-exact > 2 || exact-*got > 2) {
			t.Errorf("%d is told as %v", exact, got)
		}
	}
}
