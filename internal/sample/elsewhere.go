package sample

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/wing"
)

// mapping says how the events of the invented other system are read.
var mapping = feed.Mapping{
	Name:    "Other system",
	Columns: map[string]string{"kind": "Event", "time": "Event date", "person": "Staff ref", "case": "Case no", "reason": "Reason", "staff_group": "Staff group", "source": "Referred by"},
	Values: map[string]map[string]string{
		"kind": {"Referral in": "referral.submitted", "Triaged": "referral.triaged priority=P2 outcome=ACCEPT-OHN", "Accepted": "referral.accepted priority=P2", "Booked": "appointment.booked",
			"Seen": "appointment.attended", "Did not attend": "appointment.missed outcome=DNA", "Report written": "report.signed", "Report sent": "report.released", "Closed": "casefile.closed outcome=done"},
		"reason": {"Long term sickness": "LTS", "Stress": "STR", "Back and joints": "MSK", "Return to work": "RTW", "Fit for post": "FFW"},
		"source": {"Manager": "management", "HR": "hr", "Self": "self"},
	},
}

// awayMonths is how far the other system's file goes back, and awayCases how many people it saw each month.
const awayMonths, awayCases = 30, 34

// elsewhere takes in what the trust without care data has: its activity, measures and its own survey.
func (b *builder) elsewhere(ctx context.Context) error {
	for _, s := range b.Services {
		if !s.Elsewhere {
			continue
		}
		lead := s.Team[access.Lead][0]
		events := feed.New(feed.Deps{DB: b.DB, Ledger: b.Ledger})
		if err := events.Save(ctx, lead.Actor(access.Clinical), b.Now, mapping); err != nil {
			return fmt.Errorf("save the mapping: %w", err)
		}
		file := b.events(s)
		if err := b.Keep("activity-"+s.Host.ODS+".csv", file); err != nil {
			return err
		}
		worker := access.SystemActor(access.Worker, s.Host.ID, s.ID)
		report, err := events.Import(ctx, worker, b.Now, mapping, "activity.csv", bytes.NewReader(file), false)
		if err != nil {
			return fmt.Errorf("import activity: %w", err)
		}
		if report.Rejects.N > 0 {
			return fmt.Errorf("import activity: %d rows rejected, the first: %v", report.Rejects.N, report.Rejects.List[0])
		}
		if err := b.moreMeasures(ctx, s, lead.Actor(access.Growth)); err != nil {
			return err
		}
	}
	return nil
}

// events writes what the other system exports: referrals with all that followed, up to now.
func (b *builder) events(s *cast.Service) []byte {
	rng := rand.New(rand.NewPCG(b.Seed, uint64(s.N)<<8|0xac))
	var out bytes.Buffer
	out.WriteString("Event,Event date,Staff ref,Case no,Reason,Staff group,Referred by\n")
	reasons := []string{"Long term sickness", "Stress", "Back and joints", "Return to work", "Fit for post"}
	groups := []string{"Nursing and Midwifery Registered", "Additional Clinical Services", "Administrative and Clerical", "Allied Health Professionals"}
	cases := awayCases
	if b.Small {
		cases = 14 // enough that most months show a share
	}
	first := time.Date(b.Now.Year(), b.Now.Month()-awayMonths, 1, 9, 0, 0, 0, time.UTC)
	for month, n := 0, 0; month < awayMonths; month++ {
		for range cases + rng.IntN(9) {
			n++
			day := weekday(first.AddDate(0, month, rng.IntN(28)))
			who, reason, group, by := fmt.Sprintf("4%05d", rng.IntN(4000)), reasons[rng.IntN(len(reasons))], groups[rng.IntN(len(groups))], "Manager"
			if x := rng.IntN(20); x < 3 {
				by = "Self"
			} else if x == 3 {
				by = "HR"
			}
			add := func(event string, days int) {
				if day = weekday(day.AddDate(0, 0, days)); day.Before(b.Now) {
					fmt.Fprintf(&out, "%s,%s,%s,ME-%05d,%s,%s,%s\n", event, day.Format("2006-01-02"), who, n, reason, group, by)
				}
			}
			add("Referral in", 0)
			add("Triaged", 1+rng.IntN(2))
			add("Accepted", 0)
			add("Booked", 1+rng.IntN(8))
			wait := 6 + rng.IntN(14)
			if rng.IntN(12) == 0 {
				add("Did not attend", wait)
				add("Booked", 1)
			}
			add("Seen", wait)
			if by != "Self" {
				add("Report written", rng.IntN(5))
				add("Report sent", rng.IntN(6))
			}
			add("Closed", 1+rng.IntN(20))
		}
	}
	return out.Bytes()
}

// weekday moves a day at the weekend to Monday.
func weekday(t time.Time) time.Time {
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// moreMeasures gives the trust without care data the measures that its dashboard and its plan can rely on.
func (b *builder) moreMeasures(ctx context.Context, s *cast.Service, lead access.Actor) error {
	rng := rand.New(rand.NewPCG(b.Seed, uint64(s.N)<<8|0xd2))
	var out bytes.Buffer
	out.WriteString("measure,date,numerator,denominator,state\n")
	const heads = 5200
	first := time.Date(b.Now.Year(), b.Now.Month()-24, 1, 0, 0, 0, 0, time.UTC)
	for i := range 24 {
		month := first.AddDate(0, i, 0)
		at := month.Format("2006-01")
		fmt.Fprintf(&out, "headcount,%s,%d,,\nincidents_violence,%s,%d,%d,\nincidents_sharps,%s,%d,,\nappraisals,%s,%d,%d,\n",
			at, heads+rng.IntN(60), at, 40+rng.IntN(25), heads, at, rng.IntN(14), at, 4100+15*i+rng.IntN(80), heads)
		if month.Month()%3 == 1 {
			fmt.Fprintf(&out, "eap_use,%s,%d,%d,\n", at, 90+rng.IntN(40), heads)
		}
	}
	if err := b.Keep("measures-"+s.Host.ODS+".csv", out.Bytes()); err != nil {
		return err
	}
	if _, err := series.New(series.Deps{DB: b.DB}).Import(ctx, lead, b.Now, "more-measures.csv", &out, false); err != nil {
		return fmt.Errorf("import measures: %w", err)
	}
	return b.ownSurvey(ctx, lead, rng)
}

// asked are questions of the staff survey that the framework looks at. The shares are invented.
var asked = []struct {
	code, wording string
	answers       []string
}{
	{"q11a", "My organisation takes positive action on health and well-being", []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"}},
	{"q12b", "How often, if at all, do you feel burnt out because of your work?", []string{"Never", "Rarely", "Sometimes", "Often", "Always"}},
	{"q9d", "My immediate manager takes a positive interest in my health and well-being", []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"}},
}

// ownSurvey takes in the trust's own results of three years.
func (b *builder) ownSurvey(ctx context.Context, lead access.Actor, rng *rand.Rand) error {
	var out bytes.Buffer
	out.WriteString("question,wording,year,group,responses,answer,share\n")
	for _, q := range asked {
		for year := b.Now.Year() - 3; year < b.Now.Year(); year++ {
			left := 100.0
			for i, answer := range q.answers {
				share := left
				if i < len(q.answers)-1 {
					share = left * (0.2 + 0.1*rng.Float64()) * float64(i+1) / 2
				}
				left -= share
				fmt.Fprintf(&out, "%s,%s,%d,,%d,%s,%.1f%%\n", q.code, q.wording, year, 2100+10*year%70, answer, share)
			}
		}
	}
	if _, err := survey.New(survey.Deps{DB: b.DB}).Import(ctx, lead, b.Now, "own-survey.csv", &out, false); err != nil {
		return fmt.Errorf("import the survey: %w", err)
	}
	return nil
}

// grow tells the growth story of the large trust.
func (b *builder) grow(ctx context.Context) error {
	if b.NoInitiative { // the twin in which nothing was done has nothing to tell
		return nil
	}
	return wing.Tell(ctx, b.Cast, b.Services[0])
}
