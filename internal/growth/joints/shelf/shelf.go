// Package shelf joins the shelf of a community of practice to what a service can share on it: pathways, question sets, letters, scenarios.
package shelf

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Shelf is what a service can share, and takes copies into.
type Shelf struct {
	Ways      *pathway.Service
	Sets      *diagnostic.Service
	Letters   *letter.Service
	Scenarios *capacity.Service
}

// Templates lists the pathways and letters that are in use, the question sets and the scenarios of a service, as a community takes them.
func (s Shelf) Templates(ctx context.Context, a access.Actor) (out []library.Template, err error) {
	add := func(form string, id uuid.UUID, title string, body any) error {
		text, err := json.Marshal(body)
		out = append(out, library.Template{Form: form, ID: id, Title: title, Body: text})
		return err
	}
	ways, err := s.Ways.List(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, w := range ways {
		body := library.Way{Name: w.Name, Whom: w.Whom}
		for _, x := range w.Steps {
			body.Steps = append(body.Steps, library.Step(x))
		}
		if w.InUse && len(w.Steps) > 0 {
			err = errors.Join(err, add(post.Pathway, w.ID, w.Name, body))
		}
	}
	sets, found := s.Sets.Sets(ctx, a)
	if err = errors.Join(err, found); err != nil {
		return nil, err
	}
	for _, x := range sets {
		set, err := s.Sets.FindSet(ctx, a, x.ID)
		body := library.Set{Name: set.Name}
		for _, q := range set.Questions {
			body.Questions = append(body.Questions, library.Question(q))
		}
		if err = errors.Join(err, add(post.Questions, x.ID, set.Name, body)); err != nil {
			return nil, err
		}
	}
	letters, err := s.Letters.List(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, l := range letters {
		if l.InUse {
			err = errors.Join(err, add(post.Letter, l.ID, l.Name, library.Letter{Name: l.Name, Purpose: l.Purpose, Words: l.Words}))
		}
	}
	scenarios, listed := s.Scenarios.Scenarios(ctx, a)
	if err = errors.Join(err, listed); err != nil {
		return nil, err
	}
	for _, x := range scenarios {
		if len(x.Terms.Clinics) > 0 {
			continue // it changes clinics that no other service has
		}
		err = errors.Join(err, add(post.Scenario, x.ID, x.Title, assumed(x)))
	}
	return out, err
}

const week = 7

// assumed is what somebody assumed in a scenario. What the simulation fits of the service, and the days, stay with it.
func assumed(x capacity.Scenario) library.Scenario {
	t := x.Terms
	out := library.Scenario{Title: x.Title, Option: string(x.Option), Population: t.Population, Campaign: t.Campaign, Contract: t.Contract, Productivity: t.Productivity, Role: t.Clinic.Role, Sessions: t.Clinic.Sessions, Slots: t.Clinic.Slots, Off: t.Clinic.Off}
	if t.Campaign > 0 {
		out.CampaignWeeks = (t.CampaignTo.DaysSince(t.CampaignFrom) + week) / week
	}
	return out
}

// scenario is one for a service that copies it: a campaign and a contract begin with the month after today.
func scenario(x library.Scenario, id uuid.UUID, today civil.Date) capacity.Scenario {
	from := civil.Date{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(1)
	t := capacity.Terms{Population: x.Population, Campaign: x.Campaign, Contract: x.Contract, Productivity: x.Productivity, Clinic: capacity.Clinic{Role: x.Role, Sessions: x.Sessions, Slots: x.Slots, Off: x.Off}}
	if x.Campaign > 0 {
		t.CampaignFrom, t.CampaignTo = from, from.AddDays(week*x.CampaignWeeks-1)
	}
	if x.Contract > 0 {
		t.ContractFrom = from
	}
	return capacity.Scenario{ID: id, Title: x.Title, Option: option.Option(x.Option), Terms: t}
}

// Copied makes a copy of a template in a service, by the commands by which the service makes its own.
func (s Shelf) Copied(ctx context.Context, a access.Actor, at time.Time, t library.Template) (c library.Copied, err error) {
	x, err := library.Read(post.Post{In: post.In{Form: t.Form, Payload: t.Body}})
	if err != nil {
		return c, fmt.Errorf("read a template: %w", err)
	}
	c.ID = t.ID
	switch {
	case x.Way != nil:
		steps := make([]pathway.Step, len(x.Way.Steps))
		for i, y := range x.Way.Steps {
			steps[i] = pathway.Step(y)
		}
		c.Path = "/plan/pathways/" + t.ID.String()
		err = s.Ways.Take(ctx, a, at, t.ID, x.Way.Name, x.Way.Whom, steps)
	case x.Letter != nil:
		in := letter.In{ID: t.ID, Name: x.Letter.Name, Purpose: x.Letter.Purpose, Words: x.Letter.Words}
		c.Path = letter.Letter{In: in}.Path()
		err = s.Letters.Add(ctx, a, at, in)
	case x.Scenario != nil:
		c.Path = "/capacity/scenarios/" + t.ID.String()
		err = s.Scenarios.Add(ctx, a, at, scenario(*x.Scenario, t.ID, locale.Day(at)))
	default:
		// A template of questions is JSON, which is YAML: the file that a service takes in by hand.
		var set diagnostic.Set
		set, err = s.Sets.Import(ctx, a, at, t.Title+".yaml", bytes.NewReader(t.Body))
		c.ID, c.Path = set.ID, "/need/questions/"+set.ID.String()
	}
	var refused *sheet.Refused
	if errors.As(err, &refused) || fault.KindOf(err) == fault.Invalid {
		err = fault.New(fault.Conflict, "library.refused")
	}
	return c, err
}
