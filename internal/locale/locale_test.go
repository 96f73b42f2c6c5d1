package locale

import (
	"regexp"
	"testing"
)

func TestPlural(t *testing.T) {
	w := English()
	for _, c := range []struct {
		got, want string
	}{
		{w.T("indicator.value.working_days", "n", "1"), "1 working day"},
		{w.T("indicator.value.working_days", "n", "1.5"), "1.5 working days"},
		{w.T("indicator.value.working_days", "n", "0"), "0 working days"},
		{w.T("indicator.value.referrals", "n", 1), "1 referral"},
		{w.T("indicator.value.referrals", "n", 1021), "1,021 referrals"},
		{w.T("sheet.hours", "n", "1"), "1 hour a week"},
		{w.T("sheet.hours", "n", "37.5"), "37.5 hours a week"},
		{w.T("casefile.record.contact", "n", int32(1), "date", "1 May", "class", "Treatment", "role", "Nurse"), "1 May: Treatment, Nurse, 1 minute"},
		{w.T("audit.checkpoints.one", "n", 1, "at", "noon"), "1 event, signed noon"},
		{w.T("form.date.real.of", "label", Key("note.adj_end.date"), "n", "2"), "Adjustment 2, until: enter a real date"},
		{w.T("absence.days.unit"), "days"},
		{w.T("absence.days.unit", "n", 1), "day"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// counted is a number before a noun in the plural.
var counted = regexp.MustCompile(`\{[a-z_]+\} (calendar |working )?(days|weeks|months|minutes|hours|years|people|rows|events|referrals|appointments|adjustments|answers|entries|episodes|posts|times)\b`)

// neverOne are numbers that are never 1, and why.
var neverOne = map[string]string{
	"appointment.clinic.minutes.wrong":             "the longest appointment of a role",
	"appointment.time":                             "the shortest appointment is longer",
	"appointment.time_at":                          "the shortest appointment is longer",
	"audit.snooping.many":                          "a bound",
	"audit.snooping.refused":                       "a bound",
	"capacity.back.came.says":                      "a whole year",
	"capacity.back.list.says":                      "a whole year",
	"capacity.back.verdict.drifted":                "of a whole year",
	"capacity.back.verdict.holds":                  "of a whole year",
	"capacity.compare.days.endless.unsure.longer":  "written with one decimal",
	"capacity.compare.days.endless.unsure.shorter": "written with one decimal",
	"capacity.compare.days.endless.longer":         "written with one decimal",
	"capacity.compare.days.endless.shorter":        "written with one decimal",
	"capacity.compare.days.level":                  "written with one decimal",
	"capacity.compare.days.longer":                 "written with one decimal",
	"capacity.compare.days.shorter":                "written with one decimal",
	"capacity.compare.days.unsure.longer":          "written with one decimal",
	"capacity.compare.days.unsure.shorter":         "written with one decimal",
	"capacity.demand.react":                        "written with one decimal",
	"capacity.drift.hours.less":                    "of a whole team",
	"capacity.drift.hours.more":                    "of a whole team",
	"capacity.drift.people.off":                    "written with one decimal",
	"capacity.drift.people.on":                     "written with one decimal",
	"capacity.formula.needed.value":                "a target of a service is of more days",
	"capacity.posts.how":                           "written with one decimal",
	"capacity.queue.says":                          "of a whole list",
	"capacity.trust.failed.drifted":                "of a whole year",
	"capacity.unit.of.days":                        "written with one decimal",
	"capacity.unit.of.minutes":                     "written with one decimal",
	"capacity.unit.of.working_days":                "written with one decimal",
	"delegation.ends.long":                         "a bound",
	"development.by.far":                           "a bound",
	"feedback.read.few":                            "a bound",
	"glass.break.limits":                           "a bound",
	"investment.appraisal.flow.says.back":          "written with two decimals",
	"investment.years":                             "written with two decimals",
	"note.adjustments.many":                        "a bound",
	"person.import.listed":                         "only where the list is cut",
	"pulse.closes.bad":                             "a bound",
	"refer.viewers.many":                           "a bound",
	"report.adjustments.many":                      "a bound",
	"report.sign.days":                             "the page offers 5, 7 and 14",
	"report.words.choice.after_days":               "the page offers 5, 7 and 14",
	"workforce.plan.hours.sentence":                "of a whole team",
	"workforce.plan.hours.sentence.nothing":        "of a whole team",
}

// TestEveryCountHasASingular finds words that would say "1 days".
func TestEveryCountHasASingular(t *testing.T) {
	w, found := English(), map[string]bool{}
	for _, key := range w.Keys() {
		if f := w.texts[key]; f.one == "" && counted.MatchString(f.other) {
			found[key] = true
			if neverOne[key] == "" {
				t.Errorf("%s has no singular: %s", key, f.other)
			}
		}
	}
	for key := range neverOne {
		if !found[key] {
			t.Errorf("%s is an exception without need", key)
		}
	}
}
