// Package codesigned tells how the community of a sample's integrated care system wrote version 2 of the service development framework: a
// draft, a round in which members commented and agreed, the answers, the version that was published and that one service has taken up; a
// contract whose two sides see the service by it; and version 3, about which members are being asked.
package codesigned

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity"
	"github.com/rowan-ohwb/rowan/internal/growth/network/procured"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

type teller struct {
	*cast.Cast
	s    *codesign.Service
	host access.Actor
	made int
}

// Tell tells it. The community and its members are there already.
func Tell(ctx context.Context, c *cast.Cast) error {
	x := &teller{Cast: c, s: codesign.New(c.DB, post.New(c.DB))}
	if err := x.find(ctx); err != nil {
		return err
	}
	large, small, away := c.Services[0], c.Services[1], c.Services[2]
	nurse, lead := large.Team[access.Nurse][0].Actor(access.Growth), large.Team[access.Lead][0].Actor(access.Growth)
	counsellor, alone := small.Team[access.Counsellor][0].Actor(access.Growth), away.Team[access.Lead][0].Actor(access.Growth)
	if err := x.second(ctx, nurse, lead, counsellor, alone); err != nil {
		return fmt.Errorf("version 2: %w", err)
	}
	if err := x.used(ctx, lead); err != nil {
		return fmt.Errorf("a service takes it up: %w", err)
	}
	if err := x.third(ctx, nurse, alone); err != nil {
		return fmt.Errorf("version 3: %w", err)
	}
	return nil
}

// find finds the lead of the ICS.
func (x *teller) find(ctx context.Context) error {
	x.host = access.Actor{Organisation: x.ID("ics", 0), Role: access.SystemLead, Wall: access.Growth, Demo: true}
	return x.In(ctx, access.SystemActor(access.Hall, x.host.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select a.id, a.display_name from account a join role_grant g on g.account_id = a.id where g.organisation_id = $1 and g.role = $2`, x.host.Organisation, string(access.SystemLead)).Scan(&x.host.Account, &x.host.Name)
	})
}

func (x *teller) ago(days int) time.Time { return x.Now.AddDate(0, 0, -days) }

func (x *teller) id() uuid.UUID {
	x.made++
	return x.ID("codesigned", x.made)
}

// stage counts the changes of a draft.
func (x *teller) stage(ctx context.Context, id uuid.UUID) (int, error) {
	h, err := x.s.Read(ctx, x.host)
	if err != nil {
		return 0, err
	}
	d, err := h.Find(id)
	return d.Stage, err
}

// write changes a level of a draft.
func (x *teller) write(ctx context.Context, at time.Time, id uuid.UUID, theme string, level int, internal, procured, evidence string) error {
	n, err := x.stage(ctx, id)
	if err == nil {
		err = x.s.WriteLevel(ctx, x.host, at, id, n, theme, level, internal, procured, evidence)
	}
	return err
}

// ask opens a round and gives it back.
func (x *teller) ask(ctx context.Context, ago, days int, version uuid.UUID, about string, questions ...string) (r codesign.Round, err error) {
	opens := locale.Day(x.ago(ago))
	in := codesign.RoundIn{ID: x.id(), About: about, Questions: questions, Opens: opens, Closes: opens.AddDays(days)}
	if err := x.s.OpenRound(ctx, x.host, x.ago(ago), version, in); err != nil {
		return r, fmt.Errorf("open a round: %w", err)
	}
	h, err := x.s.Read(ctx, x.host)
	if err != nil {
		return r, err
	}
	return h.Round(in.ID)
}

func (x *teller) say(ctx context.Context, by access.Actor, ago int, r codesign.Round, spot, words, proposes string) (uuid.UUID, error) {
	s, ok := r.Spot(spot)
	if !ok {
		return uuid.Nil, fmt.Errorf("the round has no %s", spot)
	}
	in := codesign.CommentIn{ID: x.id(), Round: r, Spot: s, Words: words, Proposes: proposes}
	_, err := x.s.Comment(ctx, by, x.ago(ago), in)
	return in.ID, err
}

// second is the version that was asked about, answered and published.
func (x *teller) second(ctx context.Context, nurse, lead, counsellor, alone access.Actor) error {
	id := x.id()
	if err := x.s.Start(ctx, x.host, x.ago(120), id, "Wyre and Fells framework", "Written by the members of our community"); err != nil {
		return err
	}
	if err := x.write(ctx, x.ago(118), id, "M03", 3, "Managers and champions are trained to act early, and use it", "The contract pays for training of managers and champions, and asks what came of it", "Numbers trained, teams with a champion, and one example of what was done earlier"); err != nil {
		return err
	}
	r, err := x.ask(ctx, 100, 30, id, "Levels 2 and 3 are what most of us work on. Are the words right for a small service and for one that is bought? We answer each comment before anything is published.", "What is missing?", "Which level could nobody show evidence for?")
	if err != nil {
		return err
	}
	for i, c := range []struct {
		by              access.Actor
		spot            string
		words, proposes string
		agree           []access.Actor
		verdict, answer string
	}{
		{nurse, "M03-evidence-3", "Numbers trained say little. Ask for what changed.", "One referral or adjustment that came earlier because somebody was trained", []access.Actor{lead, counsellor, alone}, "taken", "The evidence for level 3 now asks for one thing that was done earlier."},
		{alone, "M05-internal-2", "In a service of one, posts are always filled. This reads as if I were at level 2 by accident.", "Posts are filled, somebody stands in when they are empty, and training happens when there is time", []access.Actor{counsellor}, "part", "Who stands in is in the words now. Training stays at level 3, where a plan pays for it."},
		{lead, "q1", "Money. Nothing asks what the service costs.", "", nil, "not", "Not taken up, because a theme of money would be rated by who has most of it. What a contact costs is in the review of contracts."},
		{counsellor, "M06", "This is the clearest of the six.", "", []access.Actor{nurse}, "taken", "Thank you. It stays as it is."},
	} {
		at := 98 - 4*i
		said, err := x.say(ctx, c.by, at, r, c.spot, c.words, c.proposes)
		if err != nil {
			return err
		}
		for _, a := range c.agree {
			if err := x.s.Agree(ctx, a, x.ago(at-1), said, true); err != nil {
				return err
			}
		}
		if err := x.s.Answer(ctx, x.host, x.ago(65-i), said, c.verdict, c.answer); err != nil {
			return err
		}
	}
	if err := x.write(ctx, x.ago(60), id, "M03", 3, "Managers and champions are trained to act early, and do", "The contract pays for training of managers and champions, and asks what came of it", "Numbers trained, and one referral or adjustment that came earlier for it"); err != nil {
		return err
	}
	if err := x.write(ctx, x.ago(60), id, "M05", 2, "Posts are filled, somebody stands in when they are empty, and training happens when there is time", "The provider names professions and registrations, and who stands in", "Posts, registrations, and who stands in"); err != nil {
		return err
	}
	n, err := x.stage(ctx, id)
	if err != nil {
		return err
	}
	return x.s.Publish(ctx, x.host, x.ago(55), id, n, codesign.PublishIn{Effective: locale.Day(x.ago(50)), Summary: "Training counts by what it changed, and small services are asked who stands in.",
		Reasons: []framework.Reason{{Theme: "M03", Why: "Three organisations said that numbers trained say little."}, {Theme: "M05", Why: "A service of one asked what filled posts mean there."}}})
}

// used is a service that takes it up, and a client of it that sees it otherwise.
func (x *teller) used(ctx context.Context, lead access.Actor) error {
	own := maturity.New(maturity.Deps{DB: x.DB, Offered: x.s.InForce})
	rate := func(ago int, theme string, level int, evidence, next string) error {
		return own.Rate(ctx, lead, x.ago(ago), maturity.Rating{ID: x.id(), Framework: maturity.Ours, Theme: theme, Level: level, Evidence: evidence, NextStep: next, On: locale.Day(x.ago(ago))})
	}
	for _, r := range []struct {
		theme          string
		level          int
		evidence, next string
	}{{"M02", 3, "Definitions, and charts of three years", "Name the measure before each change"}, {"M03", 3, "41 managers trained, champions in 12 teams", "Find teams at risk from the figures"}, {"M05", 2, "Posts and registrations of the team", "A development post"}} {
		if err := rate(90, r.theme, r.level, r.evidence, r.next); err != nil {
			return err
		}
	}
	v, _, there, err := own.Newer(ctx, lead, x.ago(20))
	if err != nil {
		return err
	}
	if there {
		if err := own.Take(ctx, lead, x.ago(20), v.ID); err != nil {
			return err
		}
	}
	if err := rate(19, "M03", 2, "Two adjustments came earlier; nobody wrote down why", "Ask each manager after the course"); err != nil {
		return err
	}
	clients := client.NewService(x.DB, nil) // nobody is invited here
	k := procured.New(procured.Deps{DB: x.DB, Find: clients.Find, InForce: x.s.InForce, Person: codesign.Person})
	all, err := clients.List(ctx, lead, x.Now)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Host || c.Kind != organisation.Trust || !c.Taking(locale.Day(x.Now)) {
			continue
		}
		ours, err := k.OfClient(ctx, lead, x.ago(15), c.Organisation)
		if err != nil {
			return err
		}
		buyer := access.Actor{Account: x.id(), Name: "Harriet Quill", Organisation: c.Organisation, Role: access.HR, Wall: access.Growth, Demo: true}
		theirs, err := k.OfProvider(ctx, buyer, x.ago(14), lead.Organisation)
		if err != nil {
			return err
		}
		on := locale.Day(x.ago(15))
		for _, r := range []struct {
			v  procured.View
			by access.Actor
			in procured.In
		}{
			{ours, lead, procured.In{Theme: "M02", Level: 4, Evidence: "Packs with definitions since the spring, and one change to a level that named its measure", Next: "Register the next change before it starts"}},
			{ours, lead, procured.In{Theme: "M04", Level: 3, Evidence: "Waits are in each pack", Next: "Find who uses it less"}},
			{theirs, buyer, procured.In{Theme: "M02", Level: 2, Evidence: "We get counts, and nobody has explained the definitions to us", Next: "Go through one pack together"}},
			{theirs, buyer, procured.In{Theme: "M04", Level: 3, Evidence: "We see the waits each quarter", Next: "Ask our night staff"}},
		} {
			r.in.ID, r.in.On = x.id(), on
			if err := k.Rate(ctx, r.by, x.ago(14), r.v, r.in); err != nil {
				return err
			}
		}
		break
	}
	return nil
}

// third is being asked about: one comment waits for its answer.
func (x *teller) third(ctx context.Context, nurse, alone access.Actor) error {
	id := x.id()
	if err := x.s.Start(ctx, x.host, x.ago(12), id, "Wyre and Fells framework", "Written by the members of our community"); err != nil {
		return err
	}
	if err := x.write(ctx, x.ago(11), id, "M06", 4, "What staff said and what changed is shown to them within a quarter", "What staff said and what the provider changed is shown to them within a quarter", "What staff said beside what changed, where they see it, with both days"); err != nil {
		return err
	}
	r, err := x.ask(ctx, 10, 40, id, "One change: what staff said is shown with what changed within a quarter. Can you keep that?", "What would stop you?")
	if err != nil {
		return err
	}
	said, err := x.say(ctx, alone, 6, r, "M06-internal-4", "A quarter is short for whoever reports twice a year.", "What staff said and what changed is shown to them before they are asked again")
	if err != nil {
		return err
	}
	return x.s.Agree(ctx, nurse, x.ago(4), said, true)
}
