package exchange

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/lending"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// lent is what a nurse of a further service of a large ICS is signed off for and offers, and what the service looks for.
type lent struct {
	keys, slots []string
	looks       string
	place       string
	when        []string
	hours       int
}

// further are those services in the order of their organisations; who does not take part is passed over.
var further = []lent{
	{[]string{"spirometry", "surveillance"}, []string{"mon-am", "wed-am"}, "", "", nil, 0},
	{[]string{"mental-health"}, []string{"thu-am", "thu-pm"}, "havs", "Grounds and estates depot", []string{"thu-am", "fri-am"}, 16},
	{[]string{"audiometry"}, []string{"fri-pm"}, "", "", nil, 0},
	{[]string{"immunisation", "exposure"}, []string{"mon-pm", "tue-pm"}, "spirometry", "East station", []string{"mon-am", "wed-am"}, 20},
	{[]string{"surveillance"}, []string{"wed-pm"}, "", "", nil, 0},
	{[]string{"assessment", "reports"}, []string{"tue-am", "fri-am"}, "mental-health", "Southbeck General", []string{"thu-pm"}, 12},
	{[]string{"skin"}, []string{"wed-am"}, "fitness", "Heron Park", []string{"tue-pm", "fri-pm"}, 8},
}

// team lists who works at a service, for their competencies.
func (b *builder) team(_ context.Context, service uuid.UUID) (out []practice.Member, err error) {
	for _, s := range b.Services {
		if s.ID != service {
			continue
		}
		for role, list := range s.Team {
			for _, w := range list {
				out = append(out, practice.Member{Account: w.Account, Organisation: w.Org.ID, Person: w.ID, Name: w.Name(), Acting: role})
			}
		}
	}
	return out, nil
}

// round has each further service of a large ICS offer what a nurse of it is signed off for, some look for a skill, and one get it.
func (b *builder) round(ctx context.Context, s *practice.Service) error {
	for i, service := range b.Services {
		if i == 0 || i > len(further) || len(b.Services) <= len(further) { // a smaller sample has told all it has
			continue
		}
		asks := service.Team[access.Lead][0].Actor(access.Growth)
		board, err := b.bank.Board(ctx, asks, b.Now)
		if err != nil || !board.Takes {
			if err != nil {
				return err
			}
			continue
		}
		if err := b.lends(ctx, s, service, i, further[i-1]); err != nil {
			return fmt.Errorf("%s: %w", service.Name, err)
		}
	}
	return nil
}

// said is what a command of practice answers.
func said(f fault.Fields, err error) error {
	if err == nil && len(f) > 0 {
		return fmt.Errorf("refused: %s", f[0].Key)
	}
	return err
}

func (b *builder) lends(ctx context.Context, s *practice.Service, at *cast.Service, i int, x lent) error {
	nurse, lead := at.Team[access.Nurse][0].Actor(access.Clinical), at.Team[access.Lead][0]
	signed, today := 130+3*i, locale.Day(b.Now)
	if err := said(s.Register(ctx, nurse, b.ago(signed+10), practice.Registration{ID: b.Next(), Body: "NMC", Number: fmt.Sprintf("%02d%c0000E", 70+i, 'A'+i), Expires: today.AddDays(150 + 20*i), Revalidates: today.AddDays(400 + 50*i)})); err != nil {
		return fmt.Errorf("register: %w", err)
	}
	for _, key := range x.keys {
		if err := s.Move(ctx, nurse, b.ago(signed+5), key, practice.Ready); err != nil {
			return fmt.Errorf("ask to be signed off: %w", err)
		}
		on := b.ago(signed)
		if err := said(s.SignOff(ctx, lead.Actor(access.Clinical), on, nurse.Account, key, practice.SignIn{ID: b.Next(), On: locale.Day(on), Expires: today.AddDays(500)})); err != nil {
			return fmt.Errorf("sign off %s: %w", key, err)
		}
	}
	offer, offered := b.Next(), b.ago(70-2*i)
	in := lending.In{ID: offer, Band: "6", Competencies: x.keys, Slots: x.slots, Places: []string{b.Services[0].Host.ID.String(), lending.Remote}, From: locale.Day(offered), Until: today.AddMonths(4)}
	if err := b.lending.Add(ctx, nurse, offered, in); err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	if err := b.bank.Decide(ctx, lead.Actor(access.Growth), offered.AddDate(0, 0, 2), offer, true); err != nil {
		return fmt.Errorf("agree to the offer: %w", err)
	}
	if x.looks == "" {
		return nil
	}
	posted := b.ago(40 - i)
	if err := b.bank.Post(ctx, lead.Actor(access.Growth), posted, skillsbank.NeedIn{ID: b.Next(), Competence: x.looks, Place: x.place, Slots: x.when, From: locale.Day(posted), Until: today.AddMonths(2), Hours: x.hours}); err != nil {
		return fmt.Errorf("look for %s: %w", x.looks, err)
	}
	return nil
}
