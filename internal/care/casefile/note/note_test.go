package note_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Each fitness code with what clinical.md 1.10 asks of it, complete and with one thing missing.
func TestOutcomeCheck(t *testing.T) {
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	lifting := []note.Adjustment{{Kind: "LIFTING", Detail: "Up to 5 kg", End: "2027-01-31"}}
	endless := []note.Adjustment{{Kind: "LIFTING", Detail: "Up to 5 kg"}}
	for _, tt := range []struct {
		name string
		out  note.Outcome
		role access.Role
		want string // fields that are faulted
	}{
		{"fit", note.Outcome{Fitness: "FIT", Effective: day}, access.Nurse, ""},
		{"fit without a day", note.Outcome{Fitness: "FIT"}, access.Nurse, "effective"},
		{"no code", note.Outcome{Effective: day}, access.Nurse, "fitness"},
		{"no code, and an adjustment of no kind", note.Outcome{Effective: day, Adjustments: []note.Adjustment{{Detail: "x"}}}, access.Nurse, "fitness adj-0-kind"},
		{"forged code", note.Outcome{Fitness: "VERY_FIT", Effective: day}, access.Nurse, "fitness"},
		{"temporary with an end", note.Outcome{Fitness: "FIT_ADJ_TEMP", Effective: day, Adjustments: lifting}, access.Nurse, ""},
		{"temporary with a review", note.Outcome{Fitness: "FIT_ADJ_TEMP", Effective: day, Review: day, Adjustments: endless}, access.Nurse, ""},
		{"temporary without end or review", note.Outcome{Fitness: "FIT_ADJ_TEMP", Effective: day, Adjustments: endless}, access.Nurse, "adj-0-end"},
		{"temporary without adjustments", note.Outcome{Fitness: "FIT_ADJ_TEMP", Effective: day}, access.Nurse, "adj-0-kind"},
		{"long-term needs no end", note.Outcome{Fitness: "FIT_ADJ_PERM", Effective: day, Adjustments: endless}, access.Nurse, ""},
		{"unfit", note.Outcome{Fitness: "UNFIT_TEMP", Effective: day, Words: "Cannot predict", Review: day}, access.Nurse, ""},
		{"unfit without a review", note.Outcome{Fitness: "UNFIT_TEMP", Effective: day, Words: "6 weeks"}, access.Nurse, "review"},
		{"unfit without a timescale", note.Outcome{Fitness: "UNFIT_TEMP", Effective: day, Review: day}, access.Nurse, "words"},
		{"role for good, without limits", note.Outcome{Fitness: "UNFIT_PERM_ROLE", Effective: day}, access.Nurse, "words"},
		{"any role, by a physician", note.Outcome{Fitness: "UNFIT_PERM_ANY", Effective: day}, access.Physician, ""},
		{"any role, by a nurse", note.Outcome{Fitness: "UNFIT_PERM_ANY", Effective: day}, access.Nurse, "fitness"},
		{"pending", note.Outcome{Fitness: "FIT_PENDING", Effective: day, Words: "Letter of the specialist", Review: day}, access.Nurse, ""},
		{"not assessed without a reason", note.Outcome{Fitness: "NOT_ASSESSED"}, access.Nurse, "words"},
		{"adjustment of no kind", note.Outcome{Fitness: "FIT", Effective: day, Adjustments: []note.Adjustment{{Detail: "x"}}}, access.Nurse, "adj-0-kind"},
		{"adjustment without words", note.Outcome{Fitness: "FIT", Effective: day, Adjustments: []note.Adjustment{{Kind: "BREAKS"}}}, access.Nurse, "adj-0-detail"},
		{"ends before it starts", note.Outcome{Fitness: "FIT", Effective: day, Adjustments: []note.Adjustment{{Kind: "BREAKS", Detail: "x", Start: "2027-02-01", End: "2027-01-31"}}}, access.Nurse, "adj-0-end"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var at []string
			for _, x := range tt.out.Check(tt.role) {
				at = append(at, x.Name)
			}
			if got := strings.Join(at, " "); got != tt.want {
				t.Errorf("faults at %q, want %q", got, tt.want)
			}
		})
	}
}

func TestToSign(t *testing.T) {
	full := note.Findings{Presenting: "x", Risk: "none", Contact: note.Contact{Class: "treatment", Minutes: 30}}
	for _, tt := range []struct {
		name   string
		change func(*note.Findings)
		want   string
	}{
		{"complete", func(*note.Findings) {}, ""},
		{"nothing presented", func(f *note.Findings) { f.Presenting = "" }, "presenting"},
		{"nothing at work, and something", func(f *note.Findings) { f.Work = []string{"physical", "none"} }, "work"},
		{"nothing at work", func(f *note.Findings) { f.Work = []string{"none"} }, ""},
		{"risk not said", func(f *note.Findings) { f.Risk = "" }, "risk"},
		{"risk without what was done", func(f *note.Findings) { f.Risk = "act" }, "risk_detail"},
		{"contact not said", func(f *note.Findings) { f.Contact = note.Contact{} }, "class"},
		{"contact without minutes", func(f *note.Findings) { f.Contact.Minutes = 0 }, "minutes"},
		{"no contact needs no minutes", func(f *note.Findings) { f.Contact = note.Contact{Class: "none"} }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := full
			tt.change(&f)
			faults := note.ToSign(f, "", false)
			if (tt.want == "") != (len(faults) == 0) || (tt.want != "" && faults[0].Name != tt.want) {
				t.Errorf("faults %v, want %q", faults, tt.want)
			}
		})
	}
	if len(note.ToSign(note.Findings{}, "", true)) != 1 || len(note.ToSign(note.Findings{}, "x", true)) != 0 {
		t.Error("an addendum needs its text and nothing else")
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	words := locale.English()
	for prefix, codes := range map[string][]string{"note.fitness": note.Fitness(), "note.adjustment": note.Adjustments(), "note.work": note.WorkFactors,
		"note.risk": note.Risks, "note.class": note.Classes, "note.withhold.reason": note.WithholdReasons} {
		if len(codes) == 0 {
			t.Errorf("%s has no codes", prefix)
		}
		for _, c := range codes {
			if !words.Has(prefix + "." + c) {
				t.Errorf("no words for %s.%s", prefix, c)
			}
		}
	}
}

func TestPhasedReturn(t *testing.T) {
	// the vector of clinical.md 1.10
	if got, want := note.PhasedReturn(37.5), []float64{18.75, 22.5, 28.125, 37.5}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Whoever sees a note on the page of the case holds the permission to read one, and nobody else does.
func TestSightAgreesWithTheAccessTable(t *testing.T) {
	table, err := access.NewTable(note.Rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles {
		sees := casefile.SightOf(role)
		if (sees.Clinical || sees.OwnNotes) != table.MayEver(role, note.Read) {
			t.Errorf("%s: sees %+v, note.read %v", role, sees, table.MayEver(role, note.Read))
		}
		if sees.Clinical != table.MayEver(role, note.Opinion) {
			t.Errorf("%s: outcome.record differs from what it sees", role)
		}
	}
}
