package sample

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// team tells of the practice of the large trust's service: who was signed off for what, and what ends soon.
type team struct {
	*builder
	s    *practice.Service
	lead access.Actor
	made int
	err  error
}

// practice has a few professionals keep their competencies, development, supervision and registration, by the commands.
func (b *builder) practice(ctx context.Context) error {
	at := b.Services[0]
	s := practice.New(practice.Deps{DB: b.DB, Box: b.Box, Team: func(context.Context, uuid.UUID) (out []practice.Member, err error) {
		for role, list := range at.Team {
			for _, w := range list {
				out = append(out, practice.Member{Account: w.Account, Organisation: w.Org.ID, Person: w.ID, Name: w.Name(), Acting: role})
			}
		}
		return out, nil
	}})
	t := &team{builder: b, s: s, lead: at.Team[access.Lead][0].Actor(access.Clinical)}
	t.nurses(ctx, at.Team[access.Nurse])
	for _, x := range []struct {
		role  access.Role
		first []string // of the first of the role, who has been there longest
		keys  []string // of the others
	}{
		{access.Physician, []string{"assessment", "reports", "fitness", "ill-health", "confidentiality"}, []string{"assessment", "reports"}},
		{access.Physio, []string{"function", "ergonomics", "reports", "confidentiality"}, []string{"function", "reports"}},
		{access.Counsellor, []string{"counselling", "risk", "confidentiality"}, []string{"counselling", "risk"}},
		{access.OHAdmin, []string{"contact", "booking", "confidentiality"}, []string{"contact", "booking"}},
	} {
		for i, w := range at.Team[x.role] {
			who, keys := w.Actor(access.Clinical), x.keys
			if i == 0 {
				keys = x.first
				t.learn(ctx, who, 40, "course", 6*60, "A day on fitness for work", "")
				t.supervised(ctx, who, 25, "A colleague outside the service", 60)
			}
			for _, key := range keys {
				t.signOff(ctx, t.lead, who, key, 150, 600-60*i)
			}
			if body, number := who.Registration.Parts(); body != "" && i < 3 { // the others have not said
				t.register(ctx, who, body, number, 230+70*i, 0)
			}
		}
	}
	return t.err
}

// nurses are the first four: the senior one, an experienced one, one who came half a year ago and learns, and one for hand-arm vibration
// who gave another sign-off back. The fifth leads the others, and is a manager. The rest do what most nurses do, and have
// registrations that end in different months.
func (t *team) nurses(ctx context.Context, all []cast.Who) {
	var n []access.Actor
	for _, w := range all[:min(4, len(all))] {
		n = append(n, w.Actor(access.Clinical))
	}
	ends, revalidates := []int{24, 200, 55, 310}, []int{78, 700, 420, 900}
	for i, w := range all[len(n):] {
		who := w.Actor(access.Clinical)
		t.register(ctx, who, "NMC", number(len(n)+i), 110+17*i, 200+61*i)
		for _, key := range []string{"assessment", "reports", "return"} {
			t.signOff(ctx, t.lead, who, key, 180, 130+40*i)
		}
		t.supervised(ctx, who, 20+4*i, "A colleague outside the service", 60)
	}
	for i, who := range n {
		t.register(ctx, who, "NMC", number(i), ends[i], revalidates[i])
		t.supervisedBy(ctx, who, 12+9*i, t.lead, 60)
		t.supervised(ctx, who, 45+9*i, "A colleague outside the service", 45)
	}
	if len(n) < 2 {
		return
	}
	for _, key := range []string{"triage", "assessment", "reports", "return", "immunisation", "exposure", "surveillance", "mental-health", "confidentiality", "supervision"} {
		t.signOff(ctx, t.lead, n[0], key, 300, 420)
	}
	for _, key := range []string{"assessment", "reports", "return", "surveillance", "confidentiality"} {
		t.signOff(ctx, n[0], n[1], key, 200, 500)
	}
	t.signOff(ctx, n[0], n[1], "immunisation", 330, -10) // has ended
	t.move(ctx, n[1], "havs", practice.Started, 60)
	t.move(ctx, n[1], "mental-health", practice.Ready, 5)
	t.learn(ctx, n[0], 20, "teaching", 90, "Taught new starters about safe contacts", "They asked what to do when a manager rings. I had an answer, and no example: I will collect some.")
	t.learn(ctx, n[0], 70, "conference", 12*60, "Two days with other services", "")
	t.learn(ctx, n[1], 33, "reading", 120, "Guidance on long absence", "We plan the return too late. I want to ask about it at the first contact.")
	if len(n) < 4 {
		return
	}
	if len(all) > len(n) {
		t.check(t.s.SetRole(ctx, t.lead, t.ago(160), all[len(n)].Account, "manager"))
	}
	t.supervisedBy(ctx, n[2], 8, n[0], 60)
	t.signOff(ctx, n[0], n[2], "confidentiality", 150, 200)
	for _, key := range []string{"assessment", "reports", "return", "immunisation"} {
		t.move(ctx, n[2], key, practice.Started, 140)
	}
	t.move(ctx, n[2], "immunisation", practice.Ready, 3)
	t.learn(ctx, n[2], 15, "work", 180, "Sat in on four assessments", "I ask too many questions at once.")
	t.signOff(ctx, t.lead, n[3], "havs", 240, 440)
	t.signOff(ctx, t.lead, n[3], "assessment", 250, 700)
	t.signOff(ctx, t.lead, n[3], "exposure", 250, 60)
	if t.err == nil {
		f, err := t.s.Withdraw(ctx, n[3], t.ago(18), n[3].Account, "exposure", t.id(), "I have had no exposure call for a year")
		t.check(f, err)
	}
}

// number is one that the register has given nobody: its serial number is nought.
func number(i int) string { return fmt.Sprintf("%02d%c0000E", i/12, 'A'+i%12) }

func (t *team) ago(days int) time.Time { return t.Now.AddDate(0, 0, -days) }

func (t *team) id() uuid.UUID {
	t.made++
	return t.ID("practice", t.made)
}

// check keeps the first thing that went wrong: the sample fills every form in well.
func (t *team) check(f fault.Fields, err error) {
	if err == nil && len(f) > 0 {
		err = fmt.Errorf("%s: %s", f[0].Name, f[0].Key)
	}
	if t.err == nil {
		t.err = err
	}
}

func (t *team) move(ctx context.Context, who access.Actor, key string, to practice.Kind, ago int) {
	if t.err == nil {
		t.check(nil, t.s.Move(ctx, who, t.ago(ago), key, to))
	}
}

// signOff has somebody ask and a colleague sign, so many days ago; it ends in so many from today.
func (t *team) signOff(ctx context.Context, by, who access.Actor, key string, ago, left int) {
	t.move(ctx, who, key, practice.Ready, ago+4)
	if t.err != nil {
		return
	}
	at := t.ago(ago)
	in := practice.SignIn{ID: t.id(), On: locale.Day(at), Expires: locale.Day(t.Now).AddDays(left)}
	t.check(t.s.SignOff(ctx, by, at, who.Account, key, in))
}

func (t *team) register(ctx context.Context, who access.Actor, body, number string, ends, revalidates int) {
	if t.err != nil {
		return
	}
	today := locale.Day(t.Now)
	in := practice.Registration{ID: t.id(), Body: body, Number: number, Expires: today.AddDays(ends)}
	if revalidates > 0 {
		in.Revalidates = today.AddDays(revalidates)
	}
	t.check(t.s.Register(ctx, who, t.ago(100), in))
}

func (t *team) learn(ctx context.Context, who access.Actor, ago int, kind string, minutes int, what, reflection string) {
	if t.err == nil {
		t.check(t.s.KeepCPD(ctx, who, t.ago(ago-1), practice.CPD{ID: t.id(), On: locale.Day(t.ago(ago)), Kind: kind, Minutes: minutes, What: what, Reflection: reflection}))
	}
}

// supervisedBy is supervision with a colleague, who sees it too.
func (t *team) supervisedBy(ctx context.Context, who access.Actor, ago int, by access.Actor, minutes int) {
	if t.err == nil {
		t.check(t.s.Supervised(ctx, who, t.ago(ago-1), practice.Session{ID: t.id(), On: locale.Day(t.ago(ago)), Supervisor: by.Account, Minutes: minutes}))
	}
}

func (t *team) supervised(ctx context.Context, who access.Actor, ago int, with string, minutes int) {
	if t.err == nil {
		t.check(t.s.Supervised(ctx, who, t.ago(ago-1), practice.Session{ID: t.id(), On: locale.Day(t.ago(ago)), With: with, Minutes: minutes}))
	}
}
