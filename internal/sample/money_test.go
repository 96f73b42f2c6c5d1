package sample_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/workbook/workbooktest"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
)

// invested checks that a board would believe the case of the demonstration: the preferred option is worth somewhat more than it costs and may not
// be, no benefit is counted twice, no line pays for a post that is paid for already; and the workbook agrees to a penny.
func invested(t *testing.T, b built) {
	t.Helper()
	staff := workforce.New(workforce.Deps{DB: b.DB, Now: func() time.Time { return now }})
	s := investment.New(investment.Deps{DB: b.DB, Figures: figure.NewLibrary(), Posts: joints.Employed(staff)})
	host := ask[uuid.UUID](t, b, `select organisation_id from invest_plan`)
	r, err := s.Written(context.Background(), access.SystemActor(access.Growth, host, ask[uuid.UUID](t, b, `select id from service where organisation_id = (select organisation_id from invest_plan)`)))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range option.All[1:] {
		for _, v := range []investment.View{investment.Budget, investment.Social} {
			a, err := r.Appraise(o, v)
			if err != nil {
				t.Fatal(err)
			}
			risk, uncertain, err := r.Risk(a)
			if err != nil || !uncertain || a.Central.BCR == nil || risk.PNegative == nil {
				t.Fatal(o, v, uncertain, err)
			}
			t.Logf("%s, %s: costs %.0f, benefits %.0f (%v), NPV %.0f, BCR %.2f, as hoped %.2f, chance of a loss %.1f%%", o, v, a.Central.PVCosts, a.Central.PVBenefits, a.PVByClass, a.Central.NPSV, *a.Central.BCR, *a.Hoped.BCR, 100**risk.PNegative)
			if o == option.Preferred && v == investment.Social && (*a.Central.BCR < 1.05 || *a.Central.BCR > 1.6 || *risk.PNegative < 0.05 || *risk.PNegative > 0.4) {
				t.Errorf("%s has a benefit-cost ratio of %.2f and a chance of %.1f%% to lose", o, *a.Central.BCR, 100**risk.PNegative)
			}
		}
	}
	found, err := doubt.Of(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		t.Logf("doubt %s: %s", d.Key, d.Text(context.Background()))
		if d.Key == "apart" || d.Key == "simulated" || d.Key == "claimed" || d.Key == "paid" || d.Key == "smaller" || d.Key == "fewer" {
			t.Errorf("the demonstration has %s", d.Text(context.Background()))
		}
	}
	workbooktest.Recomputes(t, r)
}
