package app

import (
	"bytes"
	"context"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/handover"
	"github.com/rowan-ohwb/rowan/internal/care/handover/recordview"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/reportweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

// owners lists who of a service may own a step of an exit plan.
func (a *App) owners(ctx context.Context, service uuid.UUID) (out []exit.Member, err error) {
	holders, err := a.Accounts.Team(ctx, service)
	for _, h := range holders {
		out = append(out, exit.Member{Account: h.Account, Name: h.Name})
	}
	return out, err
}

// drawRecord makes the record of one person a page that can be read without Rowan.
func drawRecord(ctx context.Context, r handover.Record) (string, error) {
	var reports []report.Content // decoded first: a page is drawn whole or not at all
	for _, x := range r.Reports {
		c, err := report.Decode(x.Content)
		if err != nil {
			return "", err
		}
		reports = append(reports, c)
	}
	parts := recordview.Parts{Reason: reason,
		Referral: func(x handover.Referral) templ.Component {
			return referralText(casefile.Referral{ID: x.ID, Kind: x.Kind, Version: x.Version, Text: x.Text, At: x.At})
		},
		Report: func(n int) templ.Component { return reportweb.Document(reports[n]) }}
	var text bytes.Buffer
	if err := recordview.Record(r, parts).Render(ctx, &text); err != nil {
		return "", err
	}
	return standalone.File(ctx, locale.T(ctx, "handover.record.title", "name", r.Person.Name), text.String(), locale.T(ctx, "handover.record.foot"))
}
