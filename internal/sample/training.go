package sample

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// school runs the courses of the large trust's service: sessions that were held and one that is full.
type school struct {
	*builder
	s    *training.Service
	lead access.Actor
	made int
}

// training fills them by the commands, and has the worker judge and count.
func (b *builder) training(ctx context.Context) error {
	x := &school{builder: b, s: training.New(training.Deps{DB: b.DB, Keys: b.Ledger.Keys, Now: func() time.Time { return b.Now }}), lead: b.Services[0].Team[access.Lead][0].Actor(access.Clinical)}
	begun := b.Now.AddDate(0, 0, -cast.Rounds[0]-60)
	of := map[string]uuid.UUID{}
	for _, code := range []string{cast.Helps, cast.Idle, "conversations", "return", "triage"} {
		of[code] = x.id()
		if err := x.s.SwitchOn(ctx, x.lead, begun, of[code], code, locale.English().T("training.course."+code), locale.English().T("training.course."+code+".about")); err != nil {
			return fmt.Errorf("course %s: %w", code, err)
		}
	}
	classes := map[cast.Lesson][]*cast.Member{}
	for _, m := range b.Services[0].Host.People {
		if l, went := b.Lessons()[m.ID]; went {
			classes[l] = append(classes[l], m)
		}
	}
	for round, ago := range cast.Rounds {
		for _, code := range []string{cast.Helps, cast.Idle} {
			l := cast.Lesson{Course: code, Round: round, At: b.Now.AddDate(0, 0, -ago)}
			if err := x.held(ctx, of[code], l.At, classes[l], code == cast.Helps && round == 2); err != nil {
				return fmt.Errorf("course %s, round %d: %w", code, round, err)
			}
		}
	}
	if err := x.full(ctx, of); err != nil {
		return err
	}
	return b.In(ctx, access.SystemActor(access.Worker, x.lead.Organisation, x.lead.Service), func(tx *postgres.Tx) error {
		for _, code := range []string{cast.Helps, cast.Idle} {
			if err := x.s.Judge(ctx, tx, x.lead.Service, of[code], b.Now); err != nil {
				return err
			}
		}
		return training.Count(ctx, tx, b.Now)
	})
}

func (x *school) id() uuid.UUID {
	x.made++
	return x.ID("training", x.made)
}

func (x *school) session(ctx context.Context, of uuid.UUID, planned time.Time, days, places int) (uuid.UUID, error) {
	id := x.id()
	return id, x.s.Open(ctx, x.lead, planned, of, training.SessionIn{ID: id, On: locale.Day(planned).AddDays(days), At: "09:30", Online: "no", Place: "Education centre, room 2", Places: places, Trainer: x.lead.Name})
}

// held is a session of the past, to which all came but every twelfth who had a place; some say what they think.
func (x *school) held(ctx context.Context, of uuid.UUID, on time.Time, class []*cast.Member, thinks bool) error {
	planned := on.AddDate(0, 0, -40)
	id, err := x.session(ctx, of, planned, 40, len(class)+2)
	if err != nil {
		return err
	}
	for _, m := range class {
		if _, err := x.s.Take(ctx, as(m, access.Person, access.Portal), planned.AddDate(0, 0, 3), id, x.id()); err != nil {
			return err
		}
	}
	after := on.AddDate(0, 0, 1)
	r, err := x.s.Register(ctx, x.lead, id)
	if err != nil {
		return err
	}
	var came []uuid.UUID
	who := map[uuid.UUID]uuid.UUID{}
	for i, p := range r.Places {
		if i%12 != 11 {
			came = append(came, p.ID)
			who[p.Person] = p.ID
		}
	}
	if err := x.s.Mark(ctx, x.lead, after, id, came); err != nil || !thinks {
		return err
	}
	for i, m := range class {
		place, did := who[m.ID]
		if !did {
			continue
		}
		if err := x.s.Evaluate(ctx, as(m, access.Person, access.Portal), after, place, map[string]int{"useful": 4 + i%2, "clear": 4, "confident": 3 + i%2, "recommend": 5 - i%2}, training.Said{}); err != nil {
			return err
		}
	}
	return nil
}

// full is what comes: a session with a waiting list, and some with room.
func (x *school) full(ctx context.Context, of map[string]uuid.UUID) error {
	for i, code := range []string{cast.Helps, "conversations", "return", "triage"} {
		places := 12
		if i == 0 {
			places = 3
		}
		id, err := x.session(ctx, of[code], x.Now.AddDate(0, 0, -5), 19+7*i, places)
		if err != nil {
			return err
		}
		if i > 0 {
			continue
		}
		n := 0
		for _, m := range x.Services[0].Host.People {
			if _, went := x.Lessons()[m.ID]; went || m.Boss == nil || m.Role != "" || n == places+2 {
				continue
			}
			n++
			if _, err := x.s.Take(ctx, as(m, access.Person, access.Portal), x.Now.AddDate(0, 0, -4), id, x.id()); err != nil {
				return err
			}
		}
	}
	return nil
}
