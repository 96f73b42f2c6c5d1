package member

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

var today = civil.MustParse("2026-11-10")

func TestPackHolds(t *testing.T) {
	p := Lists()
	words := locale.English()
	for prefix, list := range map[string][]string{"profession": p.Professions, "skill": p.Skills, "interest": p.Interests} {
		for _, code := range list {
			if !words.Has("member." + prefix + "." + code) {
				t.Errorf("no words for %s %s", prefix, code)
			}
		}
	}
	for name, change := range map[string]func(*Pack){
		"bands that meet":    func(p *Pack) { p.SeeksTo = p.StrongFrom },
		"over a hundred":     func(p *Pack) { p.StrongFrom = 101 },
		"never confirmed":    func(p *Pack) { p.ConfirmDays = 0 },
		"a profession twice": func(p *Pack) { p.Professions = []string{"nurse", "nurse"} },
		"no skills":          func(p *Pack) { p.Skills = nil },
	} {
		bad := p
		change(&bad)
		if bad.check() == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}

func TestCheck(t *testing.T) {
	elements := []Element{{"E1", ""}, {"E4", ""}}
	for name, x := range map[string]struct {
		change func(*ProfileIn)
		want   string
	}{
		"the least":            {func(*ProfileIn) {}, ""},
		"no profession":        {func(in *ProfileIn) { in.Profession = "" }, "member.profession.empty"},
		"a made-up one":        {func(in *ProfileIn) { in.Profession = "wizard" }, "member.profession.empty"},
		"not said where":       {func(in *ProfileIn) { in.ShowHome = "" }, "member.home.empty"},
		"not said alone":       {func(in *ProfileIn) { in.Alone = "perhaps" }, "member.alone.empty"},
		"not said mentor":      {func(in *ProfileIn) { in.Mentors = "" }, "member.mentors.empty"},
		"a made-up element":    {func(in *ProfileIn) { in.Offers = []string{"E9"} }, "member.list.bad"},
		"a made-up skill":      {func(in *ProfileIn) { in.Skills = []string{"flying"} }, "member.list.bad"},
		"strong at and asked":  {func(in *ProfileIn) { in.Offers, in.Wants = []string{"E1", "E4"}, []string{"E4"} }, "member.wants.both"},
		"each once":            {func(in *ProfileIn) { in.Offers, in.Wants = []string{"E1"}, []string{"E4"} }, ""},
		"too long":             {func(in *ProfileIn) { in.About = strings.Repeat("a", 501) }, "form.too_long"},
		"names somebody":       {func(in *ProfileIn) { in.About = "I work with Dr Ash" }, "member.about.person"},
		"a number in about":    {func(in *ProfileIn) { in.About = "Ring 01632 960123" }, "member.about.person"},
		"an address":           {func(in *ProfileIn) { in.Contact = "helen@example.nhs.uk" }, ""},
		"a name in an address": {func(in *ProfileIn) { in.Contact = "Helen <helen@example.nhs.uk>" }, "member.contact.bad"},
		"no address":           {func(in *ProfileIn) { in.Contact = "helen" }, "member.contact.bad"},
	} {
		in := ProfileIn{Profession: "nurse", ShowHome: "yes", Alone: "no", Mentors: "no"}
		x.change(&in)
		f := Lists().Check(in, elements, today)
		if x.want == "" && len(f) > 0 || x.want != "" && (len(f) != 1 || f[0].Key != x.want) {
			t.Errorf("%s: %v, want %q", name, f, x.want)
		}
	}
	if f := CheckOpen(OpenIn{}); len(f) != 2 {
		t.Errorf("%v", f)
	}
}

// TestListed: who has not confirmed for a year is in no list, from that day on.
func TestListed(t *testing.T) {
	p := Lists()
	at := func(days int) Profile {
		return Profile{Account: uuid.New(), Name: "A", Profession: "nurse", Confirmed: time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC).AddDate(0, 0, -days)}
	}
	for days, want := range map[int]bool{0: true, 364: true, 365: false, 400: false} {
		if got := p.Listed(at(days), today); got != want {
			t.Errorf("%d days ago: listed %v", days, got)
		}
	}
	x := at(0)
	x.Offers, x.Skills, x.Interests, x.Alone = []string{"E1"}, []string{"audit"}, []string{"research"}, true
	for name, c := range map[string]struct {
		f    Filter
		want int
	}{"none": {Filter{}, 2}, "profession": {Filter{Profession: "physician"}, 0}, "helps": {Filter{Helps: "E1"}, 1}, "helps not": {Filter{Helps: "E4"}, 0}, "skill": {Filter{Interest: "audit"}, 1},
		"interest": {Filter{Interest: "research"}, 1}, "alone": {Filter{Alone: true}, 1}, "mentors": {Filter{Mentors: true}, 0}} {
		if got := p.Shown([]Profile{x, at(1), at(365)}, today, c.f); len(got) != c.want {
			t.Errorf("%s: %d, want %d", name, len(got), c.want)
		}
	}
}

func TestBand(t *testing.T) {
	p := Pack{StrongFrom: 70, SeeksTo: 50}
	for percent, want := range map[float64]string{95: Strong, 70: Strong, 69: "", 51: "", 50: Seeks, 5: Seeks} {
		if got := p.Band(percent); got != want {
			t.Errorf("%v: %q, want %q", percent, got, want)
		}
	}
}
