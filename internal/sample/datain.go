package sample

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// nationalSurvey is the published share of each answer to three questions (NHS Staff Survey, Open Government Licence
// v3.0); like the absence reasons it is not invented.
//
//go:embed published/nhs-staff-survey-wellbeing-2020-to-2024.csv
var nationalSurvey []byte

// dataIn imports the published survey and an invented file of measures for each hospital trust, as its OH lead would.
func (b *builder) dataIn(ctx context.Context) error {
	measures, results := series.New(series.Deps{DB: b.DB}), survey.New(survey.Deps{DB: b.DB})
	for _, s := range b.Services {
		lead := s.Team[access.Lead][0].Actor(access.Growth)
		if _, err := results.Import(ctx, lead, b.Now, "nhs-staff-survey.csv", bytes.NewReader(nationalSurvey), false); err != nil {
			return fmt.Errorf("import the survey: %w", err)
		}
		if _, err := measures.Import(ctx, lead, b.Now, "measures.csv", bytes.NewReader(b.measures(s.Host)), false); err != nil {
			return fmt.Errorf("import measures: %w", err)
		}
	}
	return nil
}

// measures is two years of turnover and mandatory training with what real files have: a month nobody sent, one that was
// not collected, and one that was held back.
func (b *builder) measures(o *cast.Org) []byte {
	rng := rand.New(rand.NewPCG(b.Seed, uint64(o.N)<<8|0xd1))
	var out bytes.Buffer
	out.WriteString("measure,date,numerator,denominator,state\n")
	first := time.Date(b.Now.Year(), b.Now.Month()-24, 1, 0, 0, 0, 0, time.UTC)
	const staff = 4200 // of the whole trust: the sample's people are some of them
	for i := range 24 {
		month := first.AddDate(0, i, 0).Format("2006-01")
		switch i {
		case 7: // nobody sent it
		case 11:
			fmt.Fprintf(&out, "turnover,%s,,,not collected\n", month)
		case 15:
			fmt.Fprintf(&out, "turnover,%s,,,suppressed\n", month)
		default:
			fmt.Fprintf(&out, "turnover,%s,%d,%d,\n", month, 38+rng.IntN(14), staff)
		}
		fmt.Fprintf(&out, "training_mandatory,%s,%d,%d,\n", month, 3500+12*i+rng.IntN(60), staff)
	}
	return out.Bytes()
}
