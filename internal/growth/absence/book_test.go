package absence_test

import (
	"fmt"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// TestBook: the figures of absence are always those that may leave the service, and a corrected month is another figure.
func TestBook(t *testing.T) {
	b := open(t)
	book := b.s.Figures()
	if all, err := book.List(ctx, b.lead, now); err != nil || len(all) != 0 {
		t.Errorf("without a file: %+v %v", all, err)
	}
	row := func(day string, lost int) string {
		return fmt.Sprintf("%s,Y61,East,QXX,ICS,%s,Name,Acute,Large,All staff groups,%d,10000,0\n", day, b.ods, lost)
	}
	b.take(rateHeading + row("31/01/2026", 512) + row("28/02/2026", 480))
	get := func(name, period string) (figure.Figure, error) {
		var at civil.Date
		if period != "" {
			at = civil.MustParse(period)
		}
		return book.Figure(ctx, b.lead, now, figure.Ref{Kind: "absence", Name: name}, at)
	}
	january, err := get("rate", "2026-01-01")
	if err != nil || january.Value != "5.1%" || january.PeriodText != "January 2026" || january.SourceAt.IsZero() {
		t.Errorf("%+v %v", january, err)
	}
	if latest, err := get("rate", ""); err != nil || latest.Value != "4.8%" {
		t.Errorf("%+v %v", latest, err)
	}
	h, err := b.s.History(ctx, b.lead, now, "rate", january.Version, civil.MustParse("2026-01-01"))
	if err != nil || len(h.Months) != 2 || h.Values[0].Value != *january.Number || h.Months[1] != civil.MustParse("2026-02-01") {
		t.Errorf("month by month: %+v %v", h, err)
	}
	if h, err := b.s.History(ctx, b.lead, now, "rate", "", civil.MustParse("2026-02-11")); err != nil || len(h.Months) != 1 {
		t.Errorf("from a month on: %+v %v", h, err)
	}
	for _, missing := range [][2]string{{"top-reason", ""}, {"rate", "absence rate, version 0"}} {
		if _, err := b.s.History(ctx, b.lead, now, missing[0], missing[1], civil.MustParse("2020-01-01")); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%v: %v", missing, err)
		}
	}
	b.take(rateHeading + row("31/01/2026", 600))
	if again, err := get("rate", "2026-01-01"); err != nil || again.Digest() == january.Digest() {
		t.Errorf("a corrected month: %+v %v", again, err)
	}
	for _, missing := range [][2]string{{"rate", "2020-01-01"}, {"top-reason", ""}, {"other", ""}} {
		if _, err := get(missing[0], missing[1]); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%v: %v", missing, err)
		}
	}
}
