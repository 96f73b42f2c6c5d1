package seriesfile_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

func TestDate(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03": "2026-03-01", "31/03/2024": "2024-03-31", "March 2026": "2026-03-01", "2026 Q2": "2026-04-01", "2025/26": "2025-04-01", "2025/2026": "2025-04-01", "1999/00": "1999-04-01",
		"2024": "2024-01-01", "2025/27": "", "Q2": "", "2026 Q5": "", "1200-01": "", "soon": "", "": "",
	} {
		got, ok := seriesfile.Date(text)
		if ok != (want != "") || ok && got != civil.MustParse(want) {
			t.Errorf("%q: %v %v, want %s", text, got, ok, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	d := civil.MustParse("2026-02-17")
	for frequency, want := range map[string]string{"month": "February 2026", "quarter": "January to March 2026", "year": "2026", "financial_year": "2025/26"} {
		if got := seriesfile.PeriodText(frequency, seriesfile.Start(frequency, d)); got != want {
			t.Errorf("%s: %s, want %s", frequency, got, want)
		}
	}
}

// sink checks what the fuzzer finds.
type sink struct{ t *testing.T }

func (s sink) Define(_ sheet.Row, d seriesfile.Definition) error {
	if d.Title == "" || d.Counts == "" || d.Source == "" {
		s.t.Errorf("a definition without words: %+v", d)
	}
	return nil
}

func (s sink) Point(p seriesfile.Point) error {
	if p.State != seriesfile.Known && (p.Numerator != 0 || p.Of) || p.Numerator < 0 || p.Denominator < 0 || !p.Date.Valid() || strings.ContainsAny(p.Part, "./? ") {
		s.t.Errorf("%+v", p)
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
	f.Add("measure,date,numerator,denominator,state,group\nturnover,2026-01,1,2,,Nurses & midwives\nturnover,2026-02,,,suppressed,\n")
	f.Add("measure,date,numerator,denominator,title,counts,source,per\ngym,,,,Gym,Visits,Gym,100\ngym,2026 Q1,3,,\n")
	f.Fuzz(func(t *testing.T, file string) {
		_, err := seriesfile.Parse(strings.NewReader(file), sink{t})
		var refused *sheet.Refused
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("%v", err)
		}
	})
}
