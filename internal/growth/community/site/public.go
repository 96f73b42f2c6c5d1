package site

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Public is a site as whoever is not signed in sees it.
type Public struct {
	Address
	Pages     []Version // what is published, the newest first
	Setting   Setting
	Vacancies []Vacancy // with development posts first
}

// Page finds what is published at a path.
func (p Public) Page(path string) (Version, bool) {
	for _, v := range p.Pages {
		if v.Path == path {
			return v, true
		}
	}
	return Version{}, false
}

// Of lists what is published of a kind, the newest first.
func (p Public) Of(kind Kind) (out []Version) {
	for _, v := range p.Pages {
		if v.Kind == kind {
			out = append(out, v)
		}
	}
	return out
}

// Hosted is a site, with the name of the organisation that hosts its service.
type Hosted struct {
	Address
	Host string
}

// Sites lists the services that have a site.
func (s *Service) Sites(ctx context.Context, a access.Actor, now time.Time) (all []Hosted, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListHosted(ctx, locale.Day(now).UTC())
		if err != nil {
			return fmt.Errorf("list sites: %w", err)
		}
		for _, r := range rows {
			all = append(all, Hosted{Address{Slug: r.Slug, Service: r.ServiceID, Organisation: r.OrganisationID, Name: r.Name, Phone: r.Phone, Urgent: r.UrgentText}, r.Host})
		}
		return nil
	})
	return all, err
}

// Public reads a site, behind the hall.
func (s *Service) Public(ctx context.Context, a access.Actor, now time.Time, slug string) (p Public, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		r, err := q.FindSlug(ctx, slug)
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("site")
		}
		if err != nil {
			return fmt.Errorf("find site: %w", err)
		}
		p.Address = Address{Slug: r.Slug, Service: r.ServiceID, Organisation: r.OrganisationID, Name: r.Name, Phone: r.Phone, Urgent: r.UrgentText}
		rows, err := q.ListPublished(ctx, p.Service)
		if err != nil {
			return fmt.Errorf("list published pages: %w", err)
		}
		for _, r := range rows {
			p.Pages = append(p.Pages, Version{Path: r.Path, Version: int(r.Version), Kind: Kind(r.Kind), Title: r.Title, Words: r.Words, Easy: r.Easy, ReviewOn: civil.Of(r.ReviewOn), State: Published, Decided: postgres.Value(r.DecidedAt)})
		}
		set, err := q.FindShown(ctx, p.Service)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find settings: %w", err)
		}
		p.Setting = Setting{Origins: set.Origins, Measured: set.Measured, Wait: set.Wait, Period: set.WaitPeriod}
		open, err := q.ListAdvertised(ctx, db.ListAdvertisedParams{ServiceID: p.Service, Today: locale.Day(now).UTC()})
		if err != nil {
			return fmt.Errorf("list vacancies: %w", err)
		}
		for _, r := range open {
			p.Vacancies = append(p.Vacancies, Vacancy{Opening: Opening{ID: r.ID, Title: r.Title, Band: r.Band, WTE: r.Wte, Development: r.Development}, Words: r.Words, Link: r.Link, Closes: civil.Of(r.ClosesOn)})
		}
		return nil
	})
	return p, err
}

// Bounds of a search: a question of a line, eight words of it, and a page of answers.
const (
	mostQuery   = 100
	mostTerms   = 8
	mostHits    = 20
	snippetSize = 160
)

// Hit is a page that a search found.
type Hit struct {
	Version
	Snippet string // of its text, around the first word found
}

// Index is the pages of a site as a search reads them.
type Index []indexed

type indexed struct {
	Version
	text, all string // without marks; and with the title, in small letters
}

// Index makes it. plain gives the text of a page without its marks.
func (p Public) Index(plain func(string) string) (out Index) {
	for _, v := range p.Pages {
		text := plain(v.Words + "\n\n" + v.Easy)
		out = append(out, indexed{v, text, strings.ToLower(v.Title + "\n" + text)})
	}
	return out
}

// Search finds published pages that hold every word, in the title first.
func (x Index) Search(query string) (hits []Hit) {
	if r := []rune(query); len(r) > mostQuery {
		query = string(r[:mostQuery])
	}
	words := strings.Fields(strings.ToLower(query))
	if len(words) == 0 {
		return nil
	}
	words = words[:min(len(words), mostTerms)]
	for _, v := range x {
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(v.all, w) }) {
			continue
		}
		hits = append(hits, Hit{v.Version, snippet(v.text, words)})
	}
	inTitle := func(h Hit) int {
		if strings.Contains(strings.ToLower(h.Title), words[0]) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return inTitle(a) - inTitle(b) })
	return hits[:min(len(hits), mostHits)]
}

// snippet is the part of a text around the first word that was looked for.
func snippet(text string, words []string) string {
	runes, at := []rune(strings.Join(strings.Fields(text), " ")), 0
	lower := strings.ToLower(string(runes))
	for _, w := range words {
		if i := strings.Index(lower, w); i >= 0 {
			at = len([]rune(lower[:i]))
			break
		}
	}
	from := max(0, min(at, len(runes))-snippetSize/3)
	for from > 0 && runes[from-1] != ' ' {
		from--
	}
	to := min(len(runes), from+snippetSize)
	out := string(runes[from:to])
	if from > 0 {
		out = "… " + out
	}
	if to < len(runes) {
		out += " …"
	}
	return out
}
