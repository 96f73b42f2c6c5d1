// Package network makes the integrated care system of a sample: each service of the installation shares with it, by the commands of the
// slices, and eight organisations that keep Rowan elsewhere send signed files. Those eight and their figures are invented and say so.
package network

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/staffed"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// shared is how many months are shared from the beginning: a year.
const shared = 12

// elsewhere are the organisations of other installations: about how many appointments a month, and how many of 100 are missed.
var elsewhere = []struct {
	name, ods, model string
	size             int
	rate             float64
}{
	{"Quarry Vale Hospitals (invented)", "ZQ1", "internal", 320, 9}, {"Sandhills Community Health (invented)", "ZQ2", "outsourced", 190, 14},
	{"Beacon Moor Hospitals (invented)", "ZQ3", "collaborative", 300, 8}, {"Rushwater Mental Health (invented)", "ZQ4", "hosted", 240, 11}, {"Tarn Side Hospitals (invented)", "ZQ5", "mixed", 260, 17},
	{"Larch Bank Hospitals (invented)", "ZQ6", "internal", 280, 10}, {"Ferry Bridge Ambulance (invented)", "ZQ7", "outsourced", 220, 13}, {"Heath and Weald Community (invented)", "ZQ8", "income", 340, 9},
}

// kept is how many of 100 keep what a metric asks for, in a service that misses few appointments.
var kept = map[string]float64{"K01": 84, "K04": 88, "K09": 80, "K18": 86, "K19": 78}

type builder struct {
	*cast.Cast
	sharing *sharing.Service
	system  *system.Service
	lead    access.Actor // of the ICS
	rng     *rand.Rand
}

// Sharing is the slice as the composition root makes it.
func Sharing(c *cast.Cast) (*sharing.Service, error) {
	figures := joints.Shareable(indicator.New(indicator.Deps{DB: c.DB}), diagnostic.New(diagnostic.Deps{DB: c.DB}), strategy.New(strategy.Deps{DB: c.DB, Figures: figure.NewLibrary()}), capacity.New(capacity.Deps{DB: c.DB}), reach.Service{DB: c.DB})
	team := workforce.New(workforce.Deps{DB: c.DB, Now: func() time.Time { return c.Now }})
	return sharing.New(sharing.Deps{DB: c.DB, Key: c.Sign, Figures: staffed.Shareable(figures, team)})
}

// Tell tells it.
func Tell(ctx context.Context, c *cast.Cast) error {
	b := &builder{Cast: c, rng: rand.New(rand.NewPCG(c.Seed, 0x1c5))}
	var err error
	if b.sharing, err = Sharing(c); err != nil {
		return err
	}
	if b.system, err = system.New(c.DB, nil); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{b.account, b.here, b.files, b.pool} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Lead opens the account of who leads on occupational health for the ICS.
func Lead(ctx context.Context, c *cast.Cast) (access.Actor, error) {
	ics := c.ID("ics", 0)
	lead := access.Actor{Account: c.Next(), Name: "Mary Ives", Organisation: ics, Role: access.SystemLead, Wall: access.Growth, Demo: true}
	return lead, c.In(ctx, access.SystemActor(access.Hall, ics, uuid.Nil), func(tx *postgres.Tx) error {
		do := func(sql string, args ...any) error {
			_, err := tx.Exec(ctx, sql, args...)
			return err
		}
		return cast.FirstError(
			do(`insert into account (id, login, display_name, created_at) values ($1, 'mary.ives@wyreandfells.example', $2, $3)`, lead.Account, lead.Name, c.Since()),
			do(`insert into role_grant (id, account_id, role, organisation_id, valid_from) values ($1, $2, $3, $4, $5)`, c.Next(), lead.Account, string(access.SystemLead), ics, c.Since()))
	})
}

// account opens that account, and adds the organisations of other installations.
func (b *builder) account(ctx context.Context) (err error) {
	if b.lead, err = Lead(ctx, b.Cast); err != nil {
		return err
	}
	ics := b.lead.Organisation
	return b.In(ctx, access.SystemActor(access.Hall, ics, uuid.Nil), func(tx *postgres.Tx) error {
		for i, x := range elsewhere {
			id := b.ID("elsewhere", i)
			if _, err := tx.Exec(ctx, `insert into organisation (id, kind, ods_code) values ($1, 'trust', $2)`, id, x.ods); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `insert into organisation_span (organisation_id, valid_from, name, parent_id) values ($1, $2, $3, $4)`, id, b.Since(), x.name, ics); err != nil {
				return err
			}
		}
		return nil
	})
}

// here has each service of the installation share everything for a year; the last one without its name.
func (b *builder) here(ctx context.Context) error {
	choices := sharing.Choices(locale.Day(b.Now), b.sharing.Pack().Back)
	asked := b.Now.AddDate(0, 0, -20)
	for i, s := range b.Services {
		lead, executive := s.Team[access.Lead][0].Actor(access.Growth), s.Host.Holder(access.Executive).Actor(access.Growth)
		for _, item := range b.sharing.Items() {
			if item == sharing.Name && i == len(b.Services)-1 {
				continue
			}
			if err := b.sharing.Ask(ctx, lead, asked, item, choices[shared-1]); err != nil {
				return fmt.Errorf("ask to share %s: %w", item, err)
			}
		}
		board, err := b.sharing.Board(ctx, lead, b.Now)
		if err != nil {
			return err
		}
		for _, x := range board.Agreements {
			if err := b.sharing.Decide(ctx, executive, asked.Add(time.Hour), x.ID, true); err != nil {
				return fmt.Errorf("agree to share: %w", err)
			}
		}
		// A small sample may have nothing that can leave.
		if _, err := b.sharing.Release(ctx, lead, b.Now, ""); err != nil && fault.KindOf(err) != fault.Conflict {
			return fmt.Errorf("release: %w", err)
		}
	}
	return nil
}

// files has the ICS take the files of the others.
func (b *builder) files(ctx context.Context) error {
	var ics organisation.Member
	err := b.DB.InTenant(ctx, b.lead, func(tx *postgres.Tx) (err error) {
		ics, err = organisation.On(ctx, tx, b.lead.Organisation, b.Now)
		return err
	})
	if err != nil {
		return err
	}
	defined, err := indicator.LoadPack(content.FS)
	if err != nil {
		return err
	}
	for i, x := range elsewhere {
		key, err := release.SigningKey.Make()
		if err != nil {
			return err
		}
		signer, err := release.NewSigner(seal.Secret(strings.TrimSpace(key)))
		if err != nil {
			return err
		}
		if err := b.system.AddKey(ctx, b.lead, b.Now, x.name, signer.Fingerprint()); err != nil {
			return err
		}
		last := sharing.Last(locale.Day(b.Now))
		r := release.Release{Format: release.Format, Version: release.Version, ID: b.Next(), MadeAt: b.Now, AsAt: sharing.EndOf(last), System: release.SystemCode(ics.ID, ics.ODS), Code: code(i), Name: x.name, Model: x.model,
			Figures: append(b.invent(defined, x.size, x.rate, last), b.people(i, x.size, last)...)}
		file, err := signer.Sign(r)
		if err != nil {
			return err
		}
		if err := b.Keep("release-"+x.ods+".json", file); err != nil {
			return err
		}
		if _, err := b.system.Take(ctx, b.lead, b.Now, file); err != nil {
			return fmt.Errorf("take the file of %s: %w", x.name, err)
		}
	}
	return nil
}

// code is the pseudonym of an invented organisation.
func code(i int) string { return "ZZZZZ" + string(rune('A'+i)) }

// invent makes a year of figures.
func (b *builder) invent(defined indicator.Pack, size int, rate float64, last civil.Date) (out []release.Figure) {
	for m := last.AddMonths(1 - shared); !m.After(last); m = m.AddMonths(1) {
		for _, metric := range b.sharing.Pack().Metrics {
			d, ok := defined.At(metric.ID, m)
			if !ok || metric.Kind != release.Share {
				continue
			}
			n, p := size, rate
			if metric.ID != "K10" {
				n, p = size/3, kept[metric.ID]-2*(rate-10)
			}
			whole, part := n*9/10+b.rng.IntN(n/5+1), 0
			for range whole {
				if 100*b.rng.Float64() < p {
					part++
				}
			}
			left, all := disclosure.Split(part, whole, metric.Topic())
			out = append(out, release.OfPeople(metric.ID, d.Label(), m, left, all))
		}
	}
	out = append(out, release.OfThings("gaps", "framework, version 1", last, 4+b.rng.IntN(8), 20), release.OfThings("plan", "plan, version 1", last, 2+b.rng.IntN(5), 9))
	out = append(out, b.groups(size, rate, last)...)
	return append(out, b.capacity(size, rate, last)...)
}
