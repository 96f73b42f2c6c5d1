package house_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/test/walls"
)

// noWords are the clinical text columns in which nobody types: codes, and names or sentences that the house itself
// writes. A new column is in the journey with a canary, or here with its reason.
var noWords = map[string][]string{
	"codes": {"casefile.source", "casefile.state", "casefile.reason", "casefile.priority", "casefile.pathway", "casefile.closing_reason", "casefile_state.state",
		"triage.outcome", "triage.priority", "triage.message_to_referrer", "clock_pause.reason", "task.kind", "task.priority", "note.author_role", "note.withheld_reason",
		"outcome.fitness", "contact.class", "contact.role", "case_step.to_role", "case_step.state", "break_glass.reason", "consent_event.kind", "consent_event.choice",
		"consent_event.method", "assessment_consent.method", "disclosure.ground", "self_referral.reason", "self_referral.contact", "appointment.role", "appointment.kind", "appointment.mode",
		"appointment.outcome_code", "activity.kind", "activity.reason", "activity.class", "activity.source", "activity.priority", "activity.outcome", "feedback_asked.source", "activity.completeness", "activity.minutes",
		"development_goal.area", "development_goal.state", "development_interest.role",
		"mentorship.state", "mentorship.thanks", "mentoring_goal.about", "mentoring_goal.state",
		"handover_person.word", "handover_person.instead", "handover_case.way", "handover_case.reason"},
	"lists of codes": {"mentorship.wants"},
	"names of staff and places": {"note.author_name", "assessment_consent.recorder_name", "disclosure.asked_name", "report.recipient_names", "report_version.author_name", "appointment.clinician_name", "appointment.site",
		"activity.staff_group", "activity.band", "activity.site", "activity.team", "feedback_asked.staff_group", "feedback_asked.site", "development_share.owner_name", "development_share.with_name", "development_interest.name",
		"development_feedback.asker_name", "development_feedback.asked_name",
		"mentorship.mentor_name", "mentorship.mentee_name", "mentoring_meeting.by_name",
		"handover_person.by_name", "handover_case.by_name"},
	"the fixed words of a choice, read out": {"consent_event.words", "assessment_consent.words"},
}

var code = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,40}$`)

// TestEveryClinicalTextHasACanary finds a clinical text column that the journey of the other tests does not fill, so
// that no new column is left unproved.
func TestEveryClinicalTextHasACanary(t *testing.T) {
	h := open(t)
	x := h.journey("columns")
	conn := h.super()
	c, d := catalogue(t, conn)
	filled, exempt := 0, 0
	for _, col := range c.Columns {
		class := d.Data(col.Table, col.Name)
		if class != "D3" && class != "D4" && class != "D5" || !strings.HasPrefix(col.Type, "text") && col.Type != "jsonb" && !d.IsSealed(col.Table, col.Name) {
			continue
		}
		name, n, odd := col.Table+"."+col.Name, 0, 0
		if d.IsSealed(col.Table, col.Name) {
			for _, text := range x.texts(t, conn, sealed.Column{Table: col.Table, Name: col.Name, Class: class}) {
				n += strings.Count(text, "canary-"+x.tag+"-")
				if !code.MatchString(text) {
					odd++
				}
			}
		} else {
			n = count(t, conn, fmt.Sprintf(`select count(*) from %s where %s::text like '%%canary-%s-%%'`, col.Table, col.Name, x.tag))
			odd = count(t, conn, fmt.Sprintf(`select count(*) from %s where %s::text !~ $1`, col.Table, col.Name), code.String())
		}
		known := slices.Contains(slices.Concat(slices.Collect(maps.Values(noWords))...), name)
		switch {
		case known && n > 0:
			t.Errorf("%s is listed as a column without free words and holds a canary", name)
		case known:
			exempt++
		case n == 0:
			t.Errorf("%s is clinical text and no canary was put into it", name)
		default:
			filled++
		}
		if slices.Contains(noWords["codes"], name) && odd > 0 {
			t.Errorf("%s is listed as a code and holds words in %d rows", name, odd)
		}
	}
	t.Logf("%d clinical text columns filled with canaries, %d hold no free words", filled, exempt)
}

// catalogue reads the columns that there are and what each is declared to hold.
func catalogue(t *testing.T, conn *pgx.Conn) (*walls.Catalogue, *walls.Declared) {
	t.Helper()
	c, err := walls.Read(ctx, conn)
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("../../../database/dataclass.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := walls.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	return c, d
}

func count(t *testing.T, conn *pgx.Conn, sql string, args ...any) (n int) {
	t.Helper()
	if err := conn.QueryRow(ctx, sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
