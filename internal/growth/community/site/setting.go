package site

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Setting is what a service decided about its site.
type Setting struct {
	Origins  []string // intranet sites that may show the block
	Measured bool     // say how long people wait
	Wait     string   // "9 working days"; "" where it may not be shown
	Period   string   // of the wait
	Counted  time.Time
}

// waitRef is the wait to the first appointment that the performance pages show.
var waitRef = figure.Ref{Kind: "indicator", Name: "K02"}

// Slugs may be 2 to 40 long: they stand on posters.
const leastSlug, mostSlug = 2, 40

// CheckSlug says what is wrong with an address.
func CheckSlug(slug string) (f fault.Fields) {
	if len(slug) < leastSlug || len(slug) > mostSlug || !pathForm.MatchString(slug) {
		f.Add("slug", "site.slug.bad", "min", leastSlug, "max", mostSlug)
	}
	return f
}

// Open gives the service its address, behind the hall; taken is true where another service has it.
func (s *Service) Open(ctx context.Context, a access.Actor, at time.Time, slug string) (taken bool, err error) {
	if f := CheckSlug(slug); len(f) > 0 {
		return false, fault.New(fault.Invalid, f[0].Key)
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if _, err := address(ctx, tx); err != nil {
			return err
		}
		q := db.New(tx)
		n, err := q.InsertAddress(ctx, db.InsertAddressParams{Slug: slug, ServiceID: a.Service, OrganisationID: a.Organisation, OpenedAt: at, ByName: a.Name})
		if err != nil {
			return fmt.Errorf("open site: %w", err)
		}
		if n == 0 { // this service has one, or another has the address
			r, err := q.FindAddress(ctx, a.Service)
			taken = errors.Is(err, pgx.ErrNoRows)
			if err == nil && r.Slug != slug {
				return errChanged
			}
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "site.opened", Kind: "site", Object: a.Service, Detail: map[string]string{"slug": slug}})
	})
	s.changes.Add(1)
	return taken, err
}

func setting(ctx context.Context, tx *postgres.Tx) (out Setting, err error) {
	r, err := db.New(tx).FindSetting(ctx, db.FindSettingParams{OrganisationID: tx.Actor.Organisation, ServiceID: tx.Actor.Service})
	if errors.Is(err, pgx.ErrNoRows) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("find settings: %w", err)
	}
	return Setting{Origins: r.Origins, Measured: r.Measured, Wait: r.Wait, Period: r.WaitPeriod, Counted: postgres.Value(r.CountedAt)}, nil
}

// mostOrigins is more intranets than any organisation has.
const mostOrigins = 10

// Origins reads the origins that somebody typed, one a line.
func Origins(text string) (out []string) {
	for _, line := range strings.Fields(text) {
		if o := strings.TrimSuffix(line, "/"); !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}

// CheckOrigins says what is wrong with them. An origin goes into a header, so it holds nothing but https, a host and a port.
func CheckOrigins(all []string) (f fault.Fields) {
	if len(all) > mostOrigins {
		f.Add("origins", "site.origins.many", "n", mostOrigins)
		return f
	}
	for _, o := range all {
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "https" || u.Host == "" || o != "https://"+u.Host || !hostForm(u.Hostname()) || strings.HasSuffix(u.Host, ":") {
			f.Add("origins", "site.origins.bad", "origin", o)
			return f
		}
	}
	return f
}

func hostForm(host string) bool {
	return host != "" && strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") == "" && strings.Contains(host, ".")
}

// SettingIn is what is decided.
type SettingIn struct {
	Origins  []string
	Measured bool
}

// Set keeps what was decided, and reads the wait at once.
func (s *Service) Set(ctx context.Context, a access.Actor, at time.Time, in SettingIn) error {
	if f := CheckOrigins(in.Origins); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	wait, period, err := s.measured(ctx, a, at)
	if err != nil {
		return err
	}
	if !in.Measured {
		wait, period = "", ""
	}
	return s.do(ctx, a, audit.Entry{At: at, Action: "site.set", Kind: "site"}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		err := q.SaveSetting(ctx, db.SaveSettingParams{OrganisationID: a.Organisation, ServiceID: a.Service, Origins: append([]string{}, in.Origins...), Measured: in.Measured, Wait: wait, WaitPeriod: period,
			CountedAt: &at, SavedAt: at, SavedBy: a.Name})
		return 1, err
	})
}

// measured is the service's own wait as it may be shown: of a figure that is hidden, or too new, nothing.
func (s *Service) measured(ctx context.Context, a access.Actor, now time.Time) (wait, period string, err error) {
	f, err := s.d.Figures.Find(ctx, a, now, waitRef, civil.Date{})
	if fault.KindOf(err) == fault.NotFound || err == nil && f.State != figure.Known {
		return "", "", nil
	}
	return f.Value, f.PeriodText, err
}
