package practice_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

var today = civil.MustParse("2026-11-23")

// TestPack reads the pack that is compiled in, and compares its roles with those of the workforce.
func TestPack(t *testing.T) {
	p, err := practice.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	text, err := content.FS.ReadFile("packs/workforce-roles.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var workforce struct {
		Roles []struct {
			Key string `yaml:"key"`
		} `yaml:"roles"`
	}
	if err := yaml.Unmarshal(text, &workforce); err != nil {
		t.Fatal(err)
	}
	var roles []string
	for _, r := range workforce.Roles {
		roles = append(roles, r.Key)
	}
	if !slices.Equal(roles, practice.Roles) {
		t.Errorf("roles %q, the workforce has %q", practice.Roles, roles)
	}
	if !strings.Contains(p.Source, "Not a national framework") || p.Verified != "" {
		t.Errorf("the list is ours and says so: %q, verified %q", p.Source, p.Verified)
	}
	for _, b := range access.Bodies {
		if _, ok := p.Register(b); !ok {
			t.Errorf("one can sign under %s, and the pack has no such register", b)
		}
	}
	for name, broken := range map[string][2]string{
		"no version":     {"version: 2", "version: 0"},
		"an odd role":    {"roles: [nurse, physician]", "roles: [wizard]"},
		"twice":          {"key: assessment", "key: triage"},
		"never reviewed": {"review_months: 36", "review_months: 0"},
		"an odd body":    {"body: NMC", "body: ABC"},
		"no date":        {"effective_from: 2026-11-23", "effective_from: soon"},
		"two intervals":  {"roles: [development-nurse]\n    months: 1", "roles: [nurse]\n    months: 1"},
		"no interval":    {"    months: 3\n", "    months: 0\n"},
		"since never":    {"    from: 2026-11-23\n", ""},
		"whose rule":     {"  - kind: cpd", "  - kind: joy"},
	} {
		source, err := content.FS.ReadFile("packs/competencies.yaml")
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.MkdirAll(dir+"/packs", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir+"/packs/competencies.yaml", []byte(strings.Replace(string(source), broken[0], broken[1], 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := practice.LoadPack(os.DirFS(dir)); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}

func happened(list ...string) (out []practice.Event) {
	for _, x := range list {
		kind, expires, _ := strings.Cut(x, " ")
		e := practice.Event{ID: uuid.New(), Kind: practice.Kind(kind)}
		if expires != "" {
			e.Expires = civil.MustParse(expires)
		}
		out = append(out, e)
	}
	return out
}

func TestStateOf(t *testing.T) {
	for _, tt := range []struct {
		events []string
		want   practice.Standing
		asked  bool
		next   []practice.Kind
	}{
		{nil, practice.None, false, []practice.Kind{practice.Started, practice.Ready}},
		{[]string{"started"}, practice.Learning, false, []practice.Kind{practice.Ready}},
		{[]string{"started", "ready"}, practice.Waiting, true, []practice.Kind{practice.Started}},
		{[]string{"started", "ready", "started"}, practice.Learning, false, []practice.Kind{practice.Ready}},
		{[]string{"ready", "signed_off"}, practice.Unsupervised, false, []practice.Kind{practice.Ready, practice.Withdrawn}},
		{[]string{"ready", "signed_off 2026-11-23"}, practice.Unsupervised, false, []practice.Kind{practice.Ready, practice.Withdrawn}},
		{[]string{"ready", "signed_off 2026-11-22"}, practice.Lapsed, false, []practice.Kind{practice.Ready}},
		{[]string{"ready", "signed_off 2026-12-01", "ready"}, practice.Unsupervised, true, []practice.Kind{practice.Withdrawn}},
		{[]string{"ready", "signed_off 2026-11-22", "ready"}, practice.Waiting, true, []practice.Kind{practice.Started}},
		{[]string{"ready", "signed_off", "withdrawn"}, practice.Stopped, false, []practice.Kind{practice.Started, practice.Ready}},
		{[]string{"ready", "signed_off", "withdrawn", "ready", "signed_off"}, practice.Unsupervised, false, []practice.Kind{practice.Ready, practice.Withdrawn}},
	} {
		s := practice.StateOf(happened(tt.events...), today)
		if s.Standing != tt.want || s.Asked != tt.asked || !slices.Equal(s.Next(), tt.next) {
			t.Errorf("%v: %s, asked %v, next %v; want %s, %v, %v", tt.events, s.Standing, s.Asked, s.Next(), tt.want, tt.asked, tt.next)
		}
	}
}

// Whatever happened, nobody practises unsupervised without a sign-off after the last withdrawal, and nobody signs for
// themselves.
func TestNobodyPractisesUnsigned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := rapid.SliceOf(rapid.SampledFrom([]string{"started", "ready", "signed_off", "signed_off 2026-11-22", "withdrawn"})).Draw(t, "events")
		s := practice.StateOf(happened(kinds...), today)
		signed := false
		for _, k := range kinds {
			switch k {
			case "signed_off":
				signed = true
			case "withdrawn", "signed_off 2026-11-22":
				signed = false
			}
		}
		if (s.Standing == practice.Unsupervised) != signed {
			t.Fatalf("%v: %s", kinds, s.Standing)
		}
		me := uuid.New()
		if (practice.Signer{Account: me, Lead: rapid.Bool().Draw(t, "lead"), Holds: rapid.Bool().Draw(t, "holds")}).MaySignOff(me) {
			t.Fatal("somebody signs for themselves")
		}
	})
}

func TestWhoMaySign(t *testing.T) {
	me, whose, other := uuid.New(), uuid.New(), uuid.New()
	for name, tt := range map[string]struct {
		signer         practice.Signer
		sign, withdraw bool // of a sign-off that other gave
	}{
		"a stranger":      {practice.Signer{Account: me}, false, false},
		"a holder":        {practice.Signer{Account: me, Holds: true}, true, false},
		"the lead":        {practice.Signer{Account: me, Lead: true}, true, true},
		"who gave it":     {practice.Signer{Account: other, Holds: true}, true, true},
		"its holder":      {practice.Signer{Account: whose, Holds: true}, false, true},
		"holder and lead": {practice.Signer{Account: whose, Holds: true, Lead: true}, false, true},
		"nobody":          {practice.Signer{Lead: true, Holds: true}, false, false},
	} {
		if got := tt.signer.MaySignOff(whose); got != tt.sign {
			t.Errorf("%s signs: %v", name, got)
		}
		if got := tt.signer.MayWithdraw(practice.Event{Account: whose, By: other}); got != tt.withdraw {
			t.Errorf("%s withdraws: %v", name, got)
		}
	}
}

func names(f fault.Fields) string {
	var out []string
	for _, x := range f {
		out = append(out, x.Name+" "+x.Key)
	}
	return strings.Join(out, ", ")
}

func TestChecks(t *testing.T) {
	p, err := practice.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	d := civil.MustParse
	long := strings.Repeat("x", 5000)
	entry := func(in practice.Registration) fault.Fields { _, f := in.Check(p, today); return f }
	for _, tt := range []struct {
		name string
		got  fault.Fields
		want string
	}{
		{"a good sign-off", practice.SignIn{On: today, Expires: d("2027-11-23")}.Check(today), ""},
		{"without end", practice.SignIn{On: d("2026-01-05")}.Check(today), ""},
		{"no day", practice.SignIn{}.Check(today), "on practice.sign.on.empty"},
		{"tomorrow", practice.SignIn{On: d("2026-11-24")}.Check(today), "on practice.past"},
		{"years ago", practice.SignIn{On: d("2025-11-22")}.Check(today), "on practice.long_ago"},
		{"ended already", practice.SignIn{On: d("2026-10-01"), Expires: today}.Check(today), "expires practice.sign.expires.past"},
		{"for ever", practice.SignIn{On: today, Expires: d("2031-11-24")}.Check(today), "expires practice.sign.expires.far"},
		{"good learning", practice.CPD{On: today, Kind: "course", Minutes: 90, What: "x"}.Check(today), ""},
		{"nothing", practice.CPD{}.Check(today), "on practice.cpd.on.empty, what practice.cpd.what.empty, kind practice.cpd.kind.empty, hours practice.cpd.hours.bad"},
		{"too much", practice.CPD{On: today, Kind: "course", Minutes: 6001, What: long, Reflection: long}.Check(today), "what form.too_long, hours practice.cpd.hours.bad, reflection form.too_long"},
		{"good supervision", practice.Session{On: today, With: "Anne", Minutes: 60}.Check(today), ""},
		{"empty supervision", practice.Session{Minutes: -1}.Check(today), "on practice.supervision.on.empty, supervisor practice.supervision.supervisor.empty, minutes practice.supervision.minutes.bad"},
		{"supervision with a stranger", practice.Session{On: today, Outside: true, Minutes: 60}.Check(today), "with practice.supervision.with.empty"},
		{"a nurse", entry(practice.Registration{Body: "NMC", Number: "98i 1234e", Expires: d("2027-03-31"), Revalidates: d("2028-03-31")}), ""},
		{"a counsellor", entry(practice.Registration{Body: "BACP", Number: "123456", Expires: d("2027-03-31")}), ""},
		{"a nurse's number at the GMC", entry(practice.Registration{Body: "GMC", Number: "98I1234E", Expires: d("2027-03-31")}), "number practice.registration.number.bad"},
		{"no entry", entry(practice.Registration{}), "body practice.registration.body.empty, number practice.registration.number.empty, expires practice.registration.expires.empty"},
		{"odd years", entry(practice.Registration{Body: "HCPC", Number: "PH123456", Expires: d("2062-03-31"), Revalidates: d("1999-01-01")}), "expires practice.registration.date.far, revalidates practice.registration.date.far"},
	} {
		if got := names(tt.got); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if in, f := (practice.Registration{Body: "NMC", Number: " 98i 1234e", Expires: d("2027-03-31")}).Check(p, today); in.Number != "98I1234E" || len(f) > 0 {
		t.Errorf("the number is kept as %q", in.Number)
	}
	for hours, want := range map[float64]int{1.5: 90, 0.25: 15, 0: 0, -1: 0, 1e9: 0} {
		if got := practice.Minutes(hours); got != want {
			t.Errorf("%v hours are %d minutes, want %d", hours, got, want)
		}
	}
}

func TestBands(t *testing.T) {
	for days, want := range map[int]int{91: 0, 90: 90, 61: 90, 60: 60, 31: 60, 30: 30, 0: 30, -1: 0} {
		d := practice.Due{On: today.AddDays(days)}
		if got := d.Band(today); got != want || d.Over(today) != (days < 0) {
			t.Errorf("in %d days: band %d, want %d", days, got, want)
		}
	}
	p := practice.Person{Registrations: []practice.Registration{{Body: "NMC", Expires: today.AddDays(40), Revalidates: today.AddDays(-2)}, {Body: "HCPC", Expires: today.AddDays(91)}},
		States: map[string]practice.State{"triage": practice.StateOf(happened("ready", "signed_off 2026-12-01"), today), "reports": practice.StateOf(happened("ready", "signed_off"), today),
			"havs": practice.StateOf(happened("ready", "signed_off 2026-12-01", "withdrawn"), today), "exposure": practice.StateOf(happened("ready", "signed_off 2026-10-01"), today)}}
	var got []string
	for _, d := range p.Due(practice.Pack{}, today) {
		got = append(got, d.Kind+" "+d.What)
	}
	if want := []string{"competence exposure", "revalidation NMC", "competence triage", "registration NMC"}; !slices.Equal(got, want) {
		t.Errorf("due %q, want %q", got, want)
	}
}

// TestAgain: supervision and learning are expected again after the interval of the role, and in the band from two weeks before until
// they are done; of whom nothing is expected, or who never wrote any down, no day is known.
func TestAgain(t *testing.T) {
	p, err := practice.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		role             string
		session, learned civil.Date
		want             []string
	}{
		"a nurse who took it yesterday":       {"nurse", today.AddDays(-1), today.AddDays(-1), nil},
		"fifteen days before":                 {"nurse", today.AddDays(15).AddMonths(-3), today, nil},
		"fourteen days before":                {"nurse", today.AddDays(14).AddMonths(-3), today, []string{"supervision 14"}},
		"long ago":                            {"nurse", today.AddMonths(-9), today, []string{"supervision 14"}},
		"a trainee is seen every month":       {"development-nurse", today.AddDays(-40), today, []string{"supervision 14"}},
		"nothing learned for half a year":     {"physician", today, today.AddMonths(-7), []string{"cpd 14"}},
		"nothing is expected of a technician": {"technician", today.AddMonths(-30), today.AddMonths(-30), nil},
		"who never wrote any down":            {"nurse", civil.Date{}, civil.Date{}, nil},
	} {
		var got []string
		who := practice.Person{Role: c.role, LastSession: c.session, LastCPD: c.learned}
		for _, d := range who.Due(p, today) {
			got = append(got, fmt.Sprintf("%s %d", d.Kind, d.Band(today)))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if unwritten := who.Unwritten(p); (len(unwritten) == 2) != (name == "who never wrote any down") {
			t.Errorf("%s: %q were never written", name, unwritten)
		}
	}
	for _, x := range p.Intervals {
		if x.Mark == "V" || !x.Own && x.Source == "" {
			t.Errorf("%+v", x)
		}
	}
}
