package survey_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/series/intake"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey/surveyfile"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)
)

const (
	published = "../../../sample/published/nhs-staff-survey-wellbeing-2020-to-2024.csv"
	national  = "National Average"
	heading   = "question,wording,year,group,responses,answer,share,state\n"
)

func open(t *testing.T) (*postgres.DB, *world.World, *survey.Service, access.Actor) {
	db := world.Open(t)
	w := world.New(t, db)
	return db, w, survey.New(survey.Deps{DB: db}), w.OHLead.As(access.Lead, access.Growth)
}

// TestPublished takes the real file, twice.
func TestPublished(t *testing.T) {
	_, w, s, lead := open(t)
	r, err := s.ImportFile(ctx, lead, now, published, false)
	if err != nil || r.Rows != 15 || r.Changed != 75 || r.Rejects.N != 0 {
		t.Fatalf("%+v %v", r, err)
	}
	again, err := s.ImportFile(ctx, lead, now.AddDate(0, 0, 1), published, false)
	if err != nil || !again.Same || again.ID != r.ID || !again.At.Equal(now) {
		t.Errorf("the same file again: %+v %v", again, err)
	}
	q, err := s.Find(ctx, lead, "Q11a")
	if err != nil || q.Wording != "My organisation takes positive action on health and well-being" || len(q.Years) != 5 {
		t.Fatalf("%+v %v", q, err)
	}
	if c := q.Top(national, 2020, ""); c.State != seriesfile.NotCollected {
		t.Errorf("2020 was not asked: %+v", c)
	}
	if c := q.Top(national, 2023, ""); c.Text != "57.8%" {
		t.Errorf("2023: %+v", c)
	}
	if f, err := s.Figures().Figure(ctx, lead, now, figure.Ref{Kind: "survey", Name: "q11a"}, civil.Date{}); err != nil || f.State != figure.NotCollected {
		t.Errorf("without results of our own: %+v %v", f, err)
	}
	if all, err := s.List(ctx, w.Foreign.As(access.Lead, access.Growth)); err != nil || len(all) != 0 {
		t.Errorf("another trust sees %d questions, %v", len(all), err)
	}
}

// TestLocal: 7,000 rows with errors; a group under 11 leaves no number behind.
func TestLocal(t *testing.T) {
	db, _, s, lead := open(t)
	var file strings.Builder
	file.WriteString(heading)
	answers := []string{"Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"}
	for i := range 7000 {
		n, group, share := 200, fmt.Sprintf("Ward %d", i/5%70), "0.2"
		if i/5%70 == 0 {
			group, n = "", 9000
		}
		if i/5%70 == 1 {
			n, share = 10, "30%"
		}
		fmt.Fprintf(&file, "q%da,Something,%d,%s,%d,%s,%s,\n", 1+i/5/70%10, 2023+i/5/700, group, n, answers[i%5], share)
	}
	bad := []string{"11,x,2024,,50,Yes,0.5,", "q1a,x,24,,50,Yes,0.5,", "q1a,x,2024,,some,Yes,0.5,", "q1a,x,2024,,50,Yes,45,", "q1a,x,2024,,50,,0.5,", "q1a,x,2024,,50,Yes,0.5,suppressed",
		"q1a,x,2024,,50,Yes,0.5,maybe", "q1a,x,2024,,50,Agree,0.5,", "q1a,x,2024,!!,50,Yes,0.5,", "q1a,x,2024,,50,Yes,,", "q1a"}
	file.WriteString(strings.Join(bad, "\n") + "\n")
	take := func(dry bool) intake.Report {
		r, err := s.Import(ctx, lead, now, "own.csv", strings.NewReader(file.String()), dry)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if dry := take(true); !dry.DryRun || dry.Changed != 7000 {
		t.Errorf("dry: %d", dry.Changed)
	}
	if all, _ := s.List(ctx, lead); len(all) != 0 {
		t.Error("a dry run left something")
	}
	r := take(false)
	if r.Changed != 7000 || r.Rejects.N != len(bad) {
		t.Errorf("changed %d, rejected %d: %v", r.Changed, r.Rejects.N, r.Rejects.List)
	}
	if again := take(false); !again.Same {
		t.Error("the second time changed something")
	}
	var small, numbered int
	if err := db.InTenant(ctx, lead, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select count(*), count(coalesce(share, responses)) from survey_result where part = 'ward-1'`).Scan(&small, &numbered)
	}); err != nil || small != 100 || numbered != 0 {
		t.Errorf("%d results of the small group, %d with a number, %v", small, numbered, err)
	}
	q, err := s.Find(ctx, lead, "q1a")
	if err != nil {
		t.Fatal(err)
	}
	if c := q.Top(surveyfile.Own, 2024, ""); c.Text != "40%" {
		t.Errorf("headline %+v", c)
	}
	if c := q.Top(surveyfile.Own, 2024, "ward-1"); c.State != seriesfile.Suppressed || c.Text != "" {
		t.Errorf("small group %+v", c)
	}
	f, err := s.Figures().Figure(ctx, lead, now, figure.Ref{Kind: "survey", Name: "q1a"}, civil.Date{Year: 2023, Month: 1, Day: 1})
	if err != nil || f.Value != "40%" || f.PeriodText != "2023 survey" {
		t.Errorf("figure %+v %v", f, err)
	}
	for _, whole := range []string{"", "question,year\n", "Question,Organisation type,Response\n", heading} {
		var refused *sheet.Refused
		if _, err := s.Import(ctx, lead, now, "x.csv", strings.NewReader(whole), false); !errors.As(err, &refused) {
			t.Errorf("%q: %v", whole, err)
		}
	}
}

type sink struct{ t *testing.T }

func (s sink) Result(r surveyfile.Result) error {
	if r.Share < 0 || r.Share > 1 || r.State != seriesfile.Known && (r.Share != 0 || r.Responses != 0) || r.Whose == surveyfile.Own && r.State == seriesfile.Known && r.Responses < 11 {
		s.t.Errorf("%+v", r)
	}
	return nil
}

func (s sink) Reject(err error) error {
	var r *sheet.Reject
	if errors.As(err, &r) {
		return nil
	}
	return err
}

func FuzzParse(f *testing.F) {
	if file, err := os.ReadFile(published); err == nil {
		f.Add(string(file))
	}
	f.Add(heading + "q1a,Words,2024,Ward 1,9,Agree,30%,\nq1a,,2024,,900,Agree,,not collected\n")
	f.Fuzz(func(t *testing.T, file string) {
		_, err := surveyfile.Parse(strings.NewReader(file), sink{t})
		var refused *sheet.Refused
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("%v", err)
		}
	})
}
