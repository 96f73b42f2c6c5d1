package site

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Opening is a vacancy of the workforce plan that takes applications.
type Opening struct {
	ID          uuid.UUID
	Title, Band string
	WTE         float64
	Development bool // for somebody who is still to be trained for the work
	Advertised  civil.Date
}

// Vacancy is one that the public site shows.
type Vacancy struct {
	Opening
	Words     string
	Link      string // to the advert, where people apply
	Closes    civil.Date
	Published time.Time
	By        string
}

// VacancyIn is what is said of a vacancy in public.
type VacancyIn struct {
	ID          uuid.UUID
	Words, Link string
	Closes      civil.Date
}

// Bounds of what is said of a vacancy: two paragraphs, and an advert that takes applications for half a year at most.
const (
	mostVacancy  = 1000
	openMonths   = 6
	mostLinkSize = 500
)

// CheckVacancy says what is wrong with it.
func CheckVacancy(in VacancyIn, today civil.Date) (f fault.Fields) {
	f.Text("words", "site.vacancy.words.empty", in.Words, mostVacancy)
	if u, err := url.Parse(in.Link); err != nil || u.Scheme != "https" || u.Host == "" || len(in.Link) > mostLinkSize {
		f.Add("link", "site.vacancy.link.bad")
	}
	switch {
	case in.Closes.IsZero():
		f.Add("closes", "site.vacancy.closes.empty")
	case in.Closes.Before(today) || in.Closes.After(today.AddMonths(openMonths)):
		f.Add("closes", "site.vacancy.closes.range")
	}
	return f
}

// Openings lists the vacancies that may be shown in public.
func (s *Service) Openings(ctx context.Context, a access.Actor, now time.Time) ([]Opening, error) {
	return s.d.Advertised(ctx, a, now)
}

func shown(ctx context.Context, tx *postgres.Tx) (out []Vacancy, err error) {
	rows, err := db.New(tx).ListVacancies(ctx, db.ListVacanciesParams{OrganisationID: tx.Actor.Organisation, ServiceID: tx.Actor.Service})
	if err != nil {
		return nil, fmt.Errorf("list vacancies: %w", err)
	}
	for _, r := range rows {
		out = append(out, Vacancy{Opening: Opening{ID: r.ID, Title: r.Title, Band: r.Band, WTE: r.Wte, Development: r.Development}, Words: r.Words, Link: r.Link, Closes: civil.Of(r.ClosesOn), Published: r.PublishedAt, By: r.ByName})
	}
	return out, nil
}

// Show puts a vacancy on the site, or changes what is said of it.
func (s *Service) Show(ctx context.Context, a access.Actor, at time.Time, in VacancyIn) error {
	if f := CheckVacancy(in, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	all, err := s.Openings(ctx, a, at)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.ID == in.ID {
			return s.do(ctx, a, audit.Entry{At: at, Action: "site.vacancy_shown", Kind: "site", Detail: map[string]string{"vacancy": in.ID.String()}}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
				err := q.SaveVacancy(ctx, db.SaveVacancyParams{OrganisationID: a.Organisation, ID: o.ID, ServiceID: a.Service, Title: o.Title, Band: o.Band, Wte: o.WTE, Development: o.Development,
					Words: in.Words, Link: in.Link, ClosesOn: in.Closes.UTC(), PublishedAt: at, ByName: a.Name})
				return 1, err
			})
		}
	}
	return fault.Missing("vacancy")
}

// Hide takes a vacancy off the site.
func (s *Service) Hide(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "site.vacancy_hidden", Kind: "site", Detail: map[string]string{"vacancy": id.String()}}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		known, err := q.VacancyKnown(ctx, db.VacancyKnownParams{OrganisationID: a.Organisation, ID: id})
		if err == nil && !known {
			err = fault.Missing("vacancy")
		}
		if err != nil {
			return 0, err
		}
		return q.WithdrawVacancy(ctx, db.WithdrawVacancyParams{At: &at, OrganisationID: a.Organisation, ID: id})
	})
}
