// Package asked is what members of a community of practice are asked by whoever hosts one: the surveys of an ICS or a nation above
// them (network/call), which each answers for themselves.
//
// An answer is read by nobody but its writer, who may change it until the last day. Whoever asked is given numbers by option once that
// day is over, with small ones counted together, and what was written by question: no name, no organisation, and not which answers are
// of one person. Who leaves the community takes back what they could still change; the rest stays, parted from them.
package asked

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/asked/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/growth/survey"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Take is the permission of the slice; who is asked is the community's to say, behind each page.
const Take access.Permission = "community.answer"

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Take, Wall: access.Growth, Data: access.D7, Purpose: "Answer surveys as a member of a community of practice", Allow: access.Allow(access.Any, member.Everybody...)},
}

// Survey is one that a member is asked, with what they answered.
type Survey struct {
	survey.Sheet
	By      string // who asks
	Mine    []string
	Version int // of the answer; 0 for none
	On      civil.Date
}

// Path is its page.
func (x Survey) Path() string { return "/community/surveys/" + x.ID.String() }

// Check finds what is wrong with an answer. It is read by strangers, so it names nobody.
func (x Survey) Check(s *screen.Screen, answers []string, agreed bool, today civil.Date) fault.Fields {
	f := survey.CheckWords(x.Asked, answers, func(text string) string {
		if found := s.Find(today, text); len(found) > 0 {
			return found[0].Text
		}
		return ""
	})
	if !agreed {
		f.Add("agree", "asked.agree.empty")
	}
	return f
}

// Service keeps answers.
type Service struct {
	db     *postgres.DB
	screen *screen.Screen
	asked  Asked
}

// Asked gives what the actor is asked as a member, in a transaction of theirs: whoever asks keeps it.
type Asked func(context.Context, *postgres.Tx) ([]survey.Sheet, error)

// New makes the service.
func New(d *postgres.DB, asked Asked) *Service { return &Service{d, screen.Ours(), asked} }

// Check is Survey.Check with the words that come with the program.
func (s *Service) Check(x Survey, answers []string, agreed bool, now time.Time) fault.Fields {
	return x.Check(s.screen, answers, agreed, locale.Day(now))
}

// List gives what the actor is asked as a member, and what came of it: nothing for a host who has not joined.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (out []Survey, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if _, err := member.Entered(ctx, tx); err != nil {
			return err
		}
		out, err = s.list(ctx, tx, now)
		return err
	})
	return out, err
}

// Waiting counts what the actor is asked and has not answered; nought where they are no member.
func (s *Service) Waiting(ctx context.Context, a access.Actor, now time.Time) (n int, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := s.list(ctx, tx, now)
		for _, x := range all {
			if x.Open(locale.Day(now)) && x.Version == 0 {
				n++
			}
		}
		return err
	})
	return n, err
}

func (s *Service) list(ctx context.Context, tx *postgres.Tx, now time.Time) (out []Survey, err error) {
	c, ok, err := member.Of(ctx, tx)
	if err != nil || !ok || !c.Mine {
		return nil, err
	}
	sheets, err := s.asked(ctx, tx)
	if err != nil {
		return nil, err
	}
	own, err := db.New(tx).FindOwn(ctx, tx.Actor.Account)
	if err != nil {
		return nil, fmt.Errorf("list one's own answers: %w", err)
	}
	names := map[uuid.UUID]string{}
	for _, x := range sheets {
		if _, there := names[x.Asker]; !there {
			o, err := organisation.On(ctx, tx, x.Asker, now)
			if err != nil {
				return nil, err
			}
			names[x.Asker] = o.Name
		}
		one := Survey{Sheet: x, By: names[x.Asker]}
		for _, r := range own {
			if r.OrganisationID == x.Asker && r.CallID == x.ID {
				one.Mine, one.Version, one.On = r.Answers, int(r.Version), civil.Of(r.ChangedOn)
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// Find gives one.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (Survey, error) {
	all, err := s.List(ctx, a, now)
	return pick(all, err, id)
}

func pick(all []Survey, err error, id uuid.UUID) (Survey, error) {
	if err != nil {
		return Survey{}, err
	}
	i := slices.IndexFunc(all, func(x Survey) bool { return x.ID == id })
	if i < 0 {
		return Survey{}, fault.Missing("survey")
	}
	return all[i], nil
}

// Answer answers a survey, or changes the answer that the page showed (its version; 0 for the first).
func (s *Service) Answer(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, version int, answers []string) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := s.list(ctx, tx, now)
		x, err := pick(all, err, id)
		if err != nil {
			return err
		}
		if !x.Open(locale.Day(now)) {
			return fault.New(fault.Conflict, "asked.over")
		}
		if f := s.Check(x, answers, true, now); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		c, err := member.Joined(ctx, tx)
		if err != nil {
			return err
		}
		q := db.New(tx)
		var n int64
		if version == 0 {
			n, err = q.InsertAnswer(ctx, db.InsertAnswerParams{OrganisationID: x.Asker, CallID: id, AccountID: a.Account, CommunityID: c.ID, Answers: answers, OnDay: locale.Day(now).UTC()})
		} else {
			n, err = q.ChangeAnswer(ctx, db.ChangeAnswerParams{OrganisationID: x.Asker, CallID: id, AccountID: a.Account, Version: int32(version), Answers: answers, OnDay: locale.Day(now).UTC()}) //nolint:gosec // a version
		}
		if err != nil {
			return fmt.Errorf("answer a survey: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "asked.changed")
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "community.answered", Kind: "call", Object: id})
	})
}
