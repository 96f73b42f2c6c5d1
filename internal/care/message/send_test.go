package message_test

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/message/messageweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
)

// about are words that say, or let a reader at the kitchen table guess, something about health.
var about = regexp.MustCompile(`(?i)\b(sick\w*|ill|illness|absen\w+|health|medical\w*|clinic\w*|nurse|doctor|physician|physio\w*|counsel\w*|mental\w*|diagnos\w*|treat\w*|symptom\w*|disab\w*|refer\w*|report\w*|occupational|wellbeing|stress|fitness|consent)\b`)

func TestWordsSayNothingAboutHealth(t *testing.T) {
	w := locale.English()
	templates := message.Templates(w)
	if len(templates) < 30 {
		t.Fatalf("only %d templates", len(templates))
	}
	for _, name := range templates {
		if !w.Has("message." + name + ".body") {
			t.Errorf("%s has a subject and no body", name)
		}
		for _, part := range []string{".subject", ".body"} {
			text := strings.ReplaceAll(w.T("message."+name+part), "staff health service", "service")
			if found := about.FindString(text); found != "" {
				t.Errorf("%s%s says %q: %s", name, part, found, text)
			}
		}
	}
}

// TestEveryTemplateHasWords reads the code of the house for the templates it queues.
func TestEveryTemplateHasWords(t *testing.T) {
	templates := message.Templates(locale.English())
	used := regexp.MustCompile(`Template: +"([a-z_]+)"[,}]`)
	err := filepath.WalkDir("../../", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		for _, m := range used.FindAllSubmatch(code, -1) {
			if !slices.Contains(templates, string(m[1])) {
				t.Errorf("%s queues %q, which has no words in content/words/en/message.yaml", path, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

type post struct {
	*testing.T
	db     *postgres.DB
	w      *world.World
	keys   *seal.Keys
	sender *message.Sender
}

func open(t *testing.T) *post {
	db := world.Open(t)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := message.NewSender(message.SenderDeps{Keys: keys, BaseURL: "https://rowan.example", Words: locale.English(), Now: func() time.Time { return now },
		Guardians: guardians, Leads: leads})
	return &post{t, db, world.New(t, db), keys, s}
}

// guardians stands in for the hall.
func guardians(_ context.Context, organisation uuid.UUID) ([]string, error) {
	return []string{"guardian@" + organisation.String()}, nil
}

func leads(_ context.Context, organisation uuid.UUID) ([]string, error) {
	return []string{"lead@" + organisation.String()}, nil
}

func (p *post) in(a access.Actor, fn func(tx *postgres.Tx) error) {
	p.Helper()
	if err := p.db.InTenant(ctx, a, fn); err != nil {
		p.Fatal(err)
	}
}

// send queues a message and works it, and gives what the outbox then holds.
func (p *post) send(m message.Out) (out message.Sent) {
	p.Helper()
	m.Key, m.At = uuid.NewString(), now
	p.in(p.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error { return message.Queue(ctx, tx, m) })
	p.in(access.SystemActor(access.Worker, m.Organisation, m.Service), func(tx *postgres.Tx) error {
		if err := tx.QueryRow(ctx, `select id from outbox where message_key = $1`, m.Key).Scan(&out.ID); err != nil {
			return err
		}
		if err := p.sender.Send(ctx, tx, message.SendArgs{Organisation: m.Organisation, Service: m.Service, Message: out.ID}); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select state, coalesce(channel, ''), coalesce(address, ''), body from outbox where id = $1`, out.ID).Scan(&out.State, &out.Channel, &out.Address, &out.Body)
	})
	return out
}

func (p *post) contact(who world.Who, set string) {
	p.Helper()
	p.in(access.SystemActor(access.Employer, who.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update person set `+set+` where id = $1`, who.Person)
		return err
	})
}

func TestSend(t *testing.T) {
	p := open(t)
	self := message.Out{Organisation: p.w.Trust, Service: p.w.Service, To: p.w.Nurse.Person, Capacity: message.Self, Template: "report_ready", LinkPurpose: "my", LinkObject: p.w.Nurse.Person}

	got := p.send(self)
	if got.State != "shown" || got.Channel != "sms" || got.Address != "07700900111" {
		t.Errorf("what concerns somebody themselves goes to their safe contact: %+v", got)
	}
	_, token, found := strings.Cut(got.Body, "https://rowan.example/l/")
	token, _, _ = strings.Cut(token, "\n")
	l, err := p.keys.OpenLink(token, "my", now.AddDate(0, 0, 13))
	if !found || err != nil || l.Person != p.w.Nurse.Person || l.ID != got.ID || l.Organisation != p.w.Trust {
		t.Errorf("the link: %v, %+v", err, l)
	}
	if _, err := p.keys.OpenLink(token, "my", now.AddDate(0, 0, 14)); err != seal.ErrExpired {
		t.Errorf("after 14 days: %v", err)
	}
	if !strings.Contains(got.Body, "Amara, ") || !strings.Contains(got.Body, "01234 567890") {
		t.Errorf("the words: %s", got.Body)
	}

	p.contact(p.w.Nurse, "safe_contact_verified_at = null")
	if got := p.send(self); got.Channel != "email" || !strings.HasPrefix(got.Address, "amara.okafor@") {
		t.Errorf("a safe contact that is not verified is not used: %+v", got)
	} else if strings.Contains(got.Body, "/l/") || !strings.Contains(got.Body, "Sign in to Rowan") {
		t.Errorf("a link to somebody's own pages goes to work, where others read along: %s", got.Body)
	}
	p.contact(p.w.Nurse, "work_email = null")
	if got := p.send(self); got.State != "undeliverable" || got.Address != "" || strings.Contains(got.Body, "/l/") {
		t.Errorf("no address: %+v", got)
	}
	work := message.Out{Organisation: p.w.Trust, Service: p.w.Service, To: p.w.Ward.Person, Capacity: message.Work, Template: "report_released"}
	if got := p.send(work); got.Channel != "email" || !strings.HasPrefix(got.Address, "tom.reid@") || !strings.Contains(got.Body, "Sign in to Rowan") {
		t.Errorf("a manager is written to at work: %+v", got)
	}
	team := message.Out{Organisation: p.w.Trust, Service: p.w.Service, Capacity: message.Service, Template: "self_referral_received"}
	if got := p.send(team); got.Address != "Wyre Valley Staff Health, 01234 567890" {
		t.Errorf("the team: %+v", got)
	}
	guardian := message.Out{Organisation: p.w.Trust, Service: p.w.Service, Capacity: message.Guardian, Template: "break_glass"}
	if got := p.send(guardian); got.Channel != "email" || got.Address != "guardian@"+p.w.Trust.String() || !strings.Contains(got.Body, "waiting for your review") {
		t.Errorf("the guardian: %+v", got)
	}
	lead := message.Out{Organisation: p.w.Trust, Capacity: message.Lead, Template: "evidence_due", Args: map[string]string{"n": "2", "days": "30"}}
	if got := p.send(lead); got.Channel != "email" || got.Address != "lead@"+p.w.Trust.String() || !strings.Contains(got.Body, "2 pieces of evidence run out within 30 days.") {
		t.Errorf("the lead: %+v", got)
	}
	feedback := self
	feedback.To, feedback.Template, feedback.LinkPurpose = p.w.Peer.Person, "feedback_asked", "feedback"
	got = p.send(feedback)
	_, token, _ = strings.Cut(got.Body, "/feedback/")
	token, _, _ = strings.Cut(token, "\n")
	if l, err := p.keys.OpenLink(token, "feedback", now); err != nil || l.Person != uuid.Nil {
		t.Errorf("a feedback link carries nobody: %v, %+v", err, l)
	}
	again := message.SendArgs{Organisation: p.w.Trust, Service: p.w.Service, Message: got.ID}
	p.in(access.SystemActor(access.Worker, p.w.Trust, p.w.Service), func(tx *postgres.Tx) error { return p.sender.Send(ctx, tx, again) })

	p.Run("missing argument", func(t *testing.T) {
		m := self
		m.Template, m.Key, m.At = "appointment_booked", uuid.NewString(), now
		p.in(p.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error { return message.Queue(ctx, tx, m) })
		err := p.db.InTenant(ctx, access.SystemActor(access.Worker, m.Organisation, m.Service), func(tx *postgres.Tx) error {
			var id uuid.UUID
			if err := tx.QueryRow(ctx, `select id from outbox where message_key = $1`, m.Key).Scan(&id); err != nil {
				return err
			}
			return p.sender.Send(ctx, tx, message.SendArgs{Organisation: m.Organisation, Service: m.Service, Message: id})
		})
		if err == nil || !strings.Contains(err.Error(), "lacks an argument") {
			t.Errorf("sent with a gap: %v", err)
		}
	})
}

// TestCode sends a code to the address that it is to prove, and to no other, and shows it to no OH administrator.
func TestCode(t *testing.T) {
	p := open(t)
	proof := uuid.New()
	p.in(p.w.Nurse.As(access.Person, access.Portal), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into contact_proof (organisation_id, id, person_id, kind, address, asked_at, expires_at) values ($1,$2,$3,'email','amara@post.example',$4,$5)`,
			p.w.Trust, proof, p.w.Nurse.Person, now, now.Add(30*time.Minute))
		return err
	})
	got := p.send(message.Out{Organisation: p.w.Trust, Service: p.w.Service, To: p.w.Nurse.Person, Capacity: message.Self, Template: "contact_code", LinkPurpose: message.Code, LinkObject: proof})
	code := p.keys.Code(message.Code, proof)
	if got.Address != "amara@post.example" || got.Channel != "email" || !strings.Contains(got.Body, "Your code: "+code) || strings.Contains(got.Body, "Amara") || strings.Contains(got.Body, "/l/") {
		t.Errorf("the code: %+v", got)
	}
	site := webtest.New(t, now, messageweb.Routes(message.NewOutbox(p.db)), message.Rules)
	site.As(p.w.OHAdmin.As(access.OHAdmin, access.Hall)).Get("/messages").Want(200).Says("amara@post.example", "Your code: …", "01234 567890").Hides(code)
}

func TestPage(t *testing.T) {
	p := open(t)
	p.send(message.Out{Organisation: p.w.Trust, Service: p.w.Service, To: p.w.Nurse.Person, Capacity: message.Self, Template: "report_ready", LinkPurpose: "my"})
	p.send(message.Out{Organisation: p.w.Trust, Service: p.w.Service, Capacity: message.Service, Template: "self_referral_received"})
	p.send(message.Out{Organisation: p.w.Trust, Service: p.w.Service, To: p.w.Ward.Person, Capacity: message.Work, Template: "report_released"})
	p.send(message.Out{Organisation: p.w.Other, Service: p.w.OtherService, To: p.w.Foreign.Person, Capacity: message.Self, Template: "report_ready"})
	site := webtest.New(t, now, messageweb.Routes(message.NewOutbox(p.db)), message.Rules)

	page := site.As(p.w.OHAdmin.As(access.OHAdmin, access.Hall)).Get("/messages").Want(200).Says("What would be sent", "07700900111", "Somebody has asked for help", "tom.reid@").Hides("Harrow Fell", "ben.stone", "1984")
	if link := regexp.MustCompile(`/l/[\w-]{7}`).FindString(page.Body); link != "" {
		t.Errorf("a whole link is shown: %s", link)
	}
	demo := p.w.OHAdmin.As(access.OHAdmin, access.Hall)
	demo.Demo = true
	invented := site.As(demo).Get("/messages").Want(200).Says("7 March 1984")
	if n := strings.Count(invented.Text(), "1984"); n != 1 {
		t.Errorf("the second check stands beside %d messages, not beside the one link", n)
	}
	links := invented.Links()
	if !slices.ContainsFunc(links, func(l string) bool { return strings.HasPrefix(l, "https://rowan.example/l/") }) {
		t.Errorf("the demonstration shows no link: %v", links)
	}
	site.As(p.w.HR.As(access.Admin, access.Hall)).Get("/messages").Want(200).Says("tom.reid@").Hides("07700900111", "Somebody has asked for help", "Amara")
	for _, role := range access.Roles {
		if role != access.OHAdmin && role != access.Admin && role != access.Anonymous {
			site.As(p.w.HR.As(role, access.Hall)).Get("/messages").Want(404)
		}
	}
}

// TestJob sends by the job that Queue adds.
func TestJob(t *testing.T) {
	p := open(t)
	runner := job.NewRunner(p.db, slog.New(slog.DiscardHandler))
	p.sender.Register(runner)
	if err := runner.Start(ctx); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = runner.Stop(ctx) }()
	m := message.Out{Key: uuid.NewString(), Organisation: p.w.Trust, Service: p.w.Service, To: p.w.Ward.Person, Capacity: message.Work, Template: "report_released", At: now}
	p.in(p.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error { return message.Queue(ctx, tx, m) })
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var state string
		p.in(access.SystemActor(access.Worker, p.w.Trust, p.w.Service), func(tx *postgres.Tx) error {
			return tx.QueryRow(ctx, `select state from outbox where message_key = $1`, m.Key).Scan(&state)
		})
		if state == "shown" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the message is still %s", state)
		}
	}
}
