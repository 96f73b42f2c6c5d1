package member

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Say joins the community, or changes and confirms what a member says of themselves.
func (s *Service) Say(ctx context.Context, a access.Actor, at time.Time, in ProfileIn) error {
	if f := s.pack.Check(in, s.d.Elements, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := chosen(ctx, tx, in.Community)
		if err != nil {
			return err
		}
		home := ""
		if in.ShowHome == "yes" {
			o, err := organisation.On(ctx, tx, a.Organisation, at)
			if err != nil {
				return err
			}
			home = o.Name
		}
		q, yes := db.New(tx), func(s string) bool { return s == "yes" }
		p := db.JoinParams{OrganisationID: c.ID, AccountID: a.Account, HomeID: a.Organisation, Name: a.Name, HomeName: home, Profession: in.Profession, Alone: yes(in.Alone), Mentors: yes(in.Mentors), Contact: in.Contact, About: in.About,
			Skills: list(in.Skills), Interests: list(in.Interests), Offers: list(in.Offers), Wants: list(in.Wants), At: postgres.Stamp(at)}
		action := "community.joined"
		if c.Mine {
			action = "community.confirmed"
			_, err = q.Confirm(ctx, db.ConfirmParams{Name: p.Name, HomeName: p.HomeName, Profession: p.Profession, Alone: p.Alone, Mentors: p.Mentors, Contact: p.Contact, About: p.About,
				Skills: p.Skills, Interests: p.Interests, Offers: p.Offers, Wants: p.Wants, At: p.At, OrganisationID: p.OrganisationID, AccountID: p.AccountID, HomeID: p.HomeID})
		} else {
			n, joined := q.Join(ctx, p)
			if err = joined; err == nil && n == 0 { // a member from another organisation of theirs, which only the host can end
				return fault.New(fault.Conflict, "member.elsewhere")
			}
		}
		if err != nil {
			return fmt.Errorf("say who one is: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "community", Object: c.ID, Subject: a.Person})
	})
}

// chosen is the community that the actor is in, or else the one above them that they chose; the nearest where they chose none.
func chosen(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Community, error) {
	all, err := above(ctx, tx)
	if err != nil {
		return Community{}, err
	}
	i := slices.IndexFunc(all, func(c Community) bool { return id == uuid.Nil || c.ID == id })
	switch {
	case i < 0:
		return Community{}, fault.Missing("community")
	case i > 0 && all[0].Mine:
		return Community{}, fault.New(fault.Conflict, "member.one")
	}
	return all[i], nil
}

// list is never null.
func list(all []string) []string { return append([]string{}, all...) }

// Leave leaves the community: what somebody wrote of themselves is deleted.
func (s *Service) Leave(ctx context.Context, a access.Actor, at time.Time) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := Joined(ctx, tx)
		if err != nil {
			return err
		}
		return s.gone(ctx, tx, at, c, a.Account, "community.left")
	})
}

// Remove takes a member off the list, as the host.
func (s *Service) Remove(ctx context.Context, a access.Actor, at time.Time, account uuid.UUID) error {
	return s.hosted(ctx, a, func(tx *postgres.Tx, c Community) error {
		return s.gone(ctx, tx, at, c, account, "community.removed")
	})
}

func (s *Service) gone(ctx context.Context, tx *postgres.Tx, at time.Time, c Community, account uuid.UUID, action string) error {
	q := db.New(tx)
	if _, err := q.StopModerating(ctx, db.StopModeratingParams{OrganisationID: c.ID, AccountID: account}); err != nil {
		return fmt.Errorf("stop moderating: %w", err)
	}
	n, err := q.Leave(ctx, db.LeaveParams{OrganisationID: c.ID, AccountID: account})
	if err != nil {
		return fmt.Errorf("leave a community: %w", err)
	}
	if n == 0 {
		return fault.Missing("member")
	}
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "community", Object: c.ID, Detail: map[string]string{"account": account.String()}})
}

// hosted runs a command of the host.
func (s *Service) hosted(ctx context.Context, a access.Actor, fn func(*postgres.Tx, Community) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := Entered(ctx, tx)
		if err == nil && !c.Hosted {
			err = fault.Missing("community")
		}
		if err != nil {
			return err
		}
		return fn(tx, c)
	})
}

// Moderator asks a member to moderate, or asks them no longer to.
func (s *Service) Moderator(ctx context.Context, a access.Actor, at time.Time, account uuid.UUID, on bool) error {
	return s.hosted(ctx, a, func(tx *postgres.Tx, c Community) (err error) {
		var n int64
		action := "community.moderator_named"
		if on {
			n, err = db.New(tx).NameModerator(ctx, db.NameModeratorParams{OrganisationID: c.ID, AccountID: account, At: postgres.Stamp(at), ByName: a.Name})
		} else {
			action = "community.moderator_ended"
			n, err = db.New(tx).StopModerating(ctx, db.StopModeratingParams{OrganisationID: c.ID, AccountID: account})
		}
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "community", Object: c.ID, Detail: map[string]string{"account": account.String()}})
	})
}

// Offered is what the actor's organisation offers to matching, and what it would offer now.
type Offered struct {
	Now  []Band     // in force
	Next []Band     // of the newest closed self-assessment
	On   civil.Date // when that was closed; zero where there is none
}

// Offered reads both.
func (s *Service) Offered(ctx context.Context, a access.Actor) (o Offered, err error) {
	scores, on, err := s.d.Scores(ctx, a)
	if err != nil {
		return o, err
	}
	o.On = on
	for _, x := range scores {
		if band := s.pack.Band(x.Percent); band != "" {
			o.Next = append(o.Next, Band{Home: a.Organisation, Element: x.Element, Band: band, Round: on})
		}
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, ok, err := Of(ctx, tx)
		if err != nil || !ok {
			return err
		}
		all, err := bands(ctx, tx, c)
		for _, b := range all {
			if b.Home == a.Organisation {
				o.Now = append(o.Now, b)
			}
		}
		return err
	})
	return o, err
}

// OfferBands offers the bands of the newest closed self-assessment to matching, in place of what was offered before; or offers none.
func (s *Service) OfferBands(ctx context.Context, a access.Actor, at time.Time, offer bool) error {
	o, err := s.Offered(ctx, a)
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, ok, err := Of(ctx, tx)
		if err == nil && !ok {
			err = fault.Missing("community")
		}
		if err == nil && offer && len(o.Next) == 0 {
			err = fault.New(fault.Conflict, "member.bands.none")
		}
		if err != nil {
			return err
		}
		q := db.New(tx)
		if _, err := q.ClearBands(ctx, db.ClearBandsParams{OrganisationID: c.ID, HomeID: a.Organisation}); err != nil {
			return fmt.Errorf("clear bands: %w", err)
		}
		action := "community.bands_withdrawn"
		if offer {
			action = "community.bands_offered"
			type row struct {
				Element string `json:"element"`
				Band    string `json:"band"`
			}
			rows := make([]row, len(o.Next))
			for i, b := range o.Next {
				rows[i] = row{b.Element, b.Band}
			}
			text, err := json.Marshal(rows)
			if err != nil {
				return err
			}
			if _, err := q.OfferBands(ctx, db.OfferBandsParams{OrganisationID: c.ID, HomeID: a.Organisation, RoundOn: o.On.UTC(), At: postgres.Stamp(at), ByName: a.Name, Bands: text}); err != nil {
				return fmt.Errorf("offer bands: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "community", Object: c.ID})
	})
}
