package auditweb_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/audit/auditweb"
	"github.com/rowan-ohwb/rowan/internal/audit/tree"
	"github.com/rowan-ohwb/rowan/internal/audit/watch"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

type scene struct {
	*testing.T
	db   *postgres.DB
	w    *world.World
	site *webtest.Site
	key  seal.Secret
}

func open(t *testing.T) *scene {
	db := world.Open(t)
	s := &scene{T: t, db: db, w: world.New(t, db)}
	key, err := tree.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := tree.VerifierKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s.key = seal.Secret(key)
	s.site = webtest.New(t, now, auditweb.Routes(watch.New(watch.Deps{DB: db, VerifierKey: verifier})), watch.Rules)
	return s
}

func (s *scene) happens(a access.Actor, list ...audit.Entry) {
	s.Helper()
	err := s.db.InTenant(context.Background(), a, func(tx *postgres.Tx) error { return audit.AppendAll(context.Background(), tx, list) })
	if err != nil {
		s.Fatal(err)
	}
}

func (s *scene) guardian() *webtest.Browser {
	a := s.w.Caldicott.As(access.Caldicott, access.Hall)
	a.SteppedUpAt = now
	return s.site.As(a)
}

func (s *scene) in(a access.Actor, sql string, args ...any) {
	s.Helper()
	err := s.db.InTenant(context.Background(), a, func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
}

// number is somebody's employee number, as the guardian would know it.
func (s *scene) number(who world.Who) (n string) {
	err := s.db.InTenant(context.Background(), access.SystemActor(access.Hall, who.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		return tx.QueryRow(context.Background(), `select employee_number from person where organisation_id = $1 and id = $2`, who.Organisation, who.Person).Scan(&n)
	})
	if err != nil {
		s.Fatal(err)
	}
	return n
}

func TestSearch(t *testing.T) {
	s := open(t)
	nurse := s.w.OHNurse.As(access.Nurse, access.Clinical)
	nurse.Channel, nurse.Address, nurse.Strength = access.Browser, "192.0.2.7", access.SecondFactor
	s.happens(nurse, audit.Entry{At: now.Add(-time.Hour), Action: "casefile.opened", Kind: "casefile", Object: uuid.New(), Subject: s.w.Nurse.Person, Ground: "case"},
		audit.Entry{At: now.Add(-2 * time.Hour), Action: "note.read", Kind: "note", Subject: s.w.Local.Person, Ground: "case", Denied: true})
	s.happens(s.w.ForeignOHNurse.As(access.Nurse, access.Clinical), audit.Entry{At: now.Add(-time.Hour), Action: "note.signed", Kind: "note", Subject: s.w.Foreign.Person, Ground: "case"})
	g := s.guardian()

	g.Get("/audit").Want(200).Says("Who saw what", "Opened a record", "Amara Okafor", "Helen Marsh", "Open case", "Refused: Read a note", "Joan Miles", "Browser, 192.0.2.7, second factor").Hides("Iris Webb", "Ben Stone")
	g.Post("/audit", url.Values{"about": {s.number(s.w.Nurse)}}).Want(200).Says("Opened a record").Hides("Joan Miles")
	g.Post("/audit", url.Values{"by": {s.number(s.w.OHNurse)}, "action": {"note.read"}}).Want(200).Says("Joan Miles").Hides("Amara Okafor")
	g.Post("/audit", url.Values{"about": {s.w.Foreign.Person.String()}}).Want(200).Says("Nothing found")
	g.Post("/audit", url.Values{"about": {"99999999"}}).Want(422).Says("Nobody in your organisation has this employee number")
	g.Post("/audit", url.Values{"from-day": {"31"}, "from-month": {"2"}, "from-year": {"2026"}}).Want(422)
	g.Post("/audit", url.Values{"after": {"rubbish"}}).Want(404)
	g.Post("/audit", url.Values{"action": {"audit.searched"}}).Want(200).Says("David Poole", "Searched the audit")

	t.Run("pages", func(t *testing.T) {
		var many []audit.Entry
		for i := range 60 {
			many = append(many, audit.Entry{At: now.Add(-time.Duration(i) * time.Minute), Action: "task.done", Kind: "task"})
		}
		s.happens(nurse, many...)
		first := g.Post("/audit", url.Values{"action": {"task.done"}}).Want(200)
		next := url.Values{"action": {"task.done"}, "after": {first.Form().Get("after")}, "page": {"2"}}
		if !strings.Contains(first.Body, `name="page"`) || !strings.Contains(first.Body, `value="2"`) {
			t.Error("the button does not say which page comes next")
		}
		second := g.Post("/audit", next).Want(200)
		rows := func(p *webtest.Page) int { return strings.Count(p.Body, "Finished a task") - 1 } // one is the choice
		if rows(first) != 50 || rows(second) != 10 || second.Form().Get("after") != "" {
			t.Errorf("%d and %d rows", rows(first), rows(second))
		}
		if a, b := first.Title(), second.Title(); strings.Contains(a, "page") || !strings.HasSuffix(b, " (page 2) - Rowan") {
			t.Errorf("titles %q and %q", a, b)
		}
	})
	t.Run("roles", func(t *testing.T) {
		for _, role := range access.Roles {
			if role == access.Caldicott || role == access.Anonymous {
				continue
			}
			b := s.site.As(s.w.HR.As(role, access.Hall))
			for _, path := range []string{"/audit", "/audit/break-glass", "/audit/snooping", "/audit/export", "/audit/checkpoints"} {
				b.Get(path).Want(404)
			}
		}
	})
}

func TestBreakGlass(t *testing.T) {
	s := open(t)
	id := uuid.New()
	nurse := s.w.OHNurse.As(access.Nurse, access.Clinical)
	ground := "glass:" + id.String()
	s.happens(nurse, audit.Entry{At: now.Add(-time.Hour), Action: "break_glass.opened", Kind: "break_glass", Object: id, Subject: s.w.Nurse.Person, Ground: ground, Detail: map[string]string{"reason": "danger_to_life"}},
		audit.Entry{At: now.Add(-50 * time.Minute), Action: "note.read", Kind: "note", Subject: s.w.Nurse.Person, Ground: ground})
	s.in(nurse, `insert into break_glass (service_id, id, organisation_id, person_id, account_id, reason, detail, opened_at, expires_at)
 values ($1,$2,$3,$4,$5,'danger_to_life','Collapsed on ward 7',$6,$7)`, s.w.Service, id, s.w.Trust, s.w.Nurse.Person, s.w.OHNurse.Account, now.Add(-time.Hour), now.Add(-time.Minute))
	g, path := s.guardian(), "/audit/break-glass/"+id.String()

	g.Get("/audit/break-glass").Want(200).Says("Helen Marsh", "Amara Okafor", "life is in danger", "Collapsed on ward 7", "Not reviewed Review : Amara Okafor")
	g.Get(path).Want(200).Says("Was this justified?", "Collapsed on ward 7", "Read a note", "Broke the glass")
	g.Get("/audit/break-glass/" + uuid.NewString()).Want(404)
	g.Post(path, url.Values{}).Want(422).Says("Select what you find", "Select what you have done about it")
	itself := s.w.OHNurse.As(access.Caldicott, access.Hall)
	s.site.As(itself).Get(path).Want(200).Says("You did this yourself")
	form := url.Values{"finding": {"justified"}, "note": {"spoke_to_colleague"}}
	s.site.As(itself).Post(path, form).Want(409).Says("You did this yourself")
	s.site.As(s.w.Foreign.As(access.Caldicott, access.Hall)).Get(path).Want(404)
	g.Post(path, form).To("/audit/break-glass")
	g.Post(path, form).To("/audit/break-glass")
	g.Post(path, url.Values{"finding": {"not_justified"}, "note": {"training"}}).Want(409).Says("Somebody has reviewed this already")
	g.Get("/audit/break-glass").Want(200).Says("Justified Read the review").Hides("Not reviewed")
	if got := strings.Count(g.Post("/audit", url.Values{"action": {"break_glass.reviewed"}}).Want(200).Text(), "Reviewed a broken glass"); got != 2 { // the choice and one row
		t.Errorf("reviewed %d times", got-1)
	}
}

func TestSnooping(t *testing.T) {
	s := open(t)
	nurse, second := s.w.OHNurse.As(access.Nurse, access.Clinical), s.w.OHNurse2.As(access.Nurse, access.Clinical)
	refused := audit.Entry{At: now.Add(-time.Hour), Action: "casefile.opened", Kind: "casefile", Subject: s.w.Nurse.Person, Denied: true}
	s.happens(nurse, refused, refused)
	s.guardian().Get("/audit/snooping").Want(200).Hides("Helen Marsh")
	s.happens(nurse, refused)
	s.guardian().Get("/audit/snooping").Want(200).Says("Helen Marsh").Hides("Ruth Vale", "Omar Aziz")
	var many []audit.Entry
	for range watch.PeopleADay + 1 {
		many = append(many, audit.Entry{At: now.Add(-time.Hour), Action: "record.opened", Kind: "person", Subject: uuid.New()})
	}
	s.happens(second, many...)
	physician := s.w.OHPhysician.As(access.Physician, access.Clinical)
	s.happens(physician, audit.Entry{At: now.Add(-time.Hour), Action: "note.read", Kind: "note", Subject: physician.Person})
	s.guardian().Get("/audit/snooping").Want(200).Says("Ruth Vale", "Omar Aziz", "41")
}

func TestEvidence(t *testing.T) {
	s := open(t)
	folder := t.TempDir()
	sealer, err := audit.NewSealer(audit.SealerDeps{DB: s.db, Key: s.key, Checkpoints: folder, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	from := s.w.OHNurse.As(access.Nurse, access.Clinical)
	from.Channel, from.Address, from.Strength = access.Browser, "192.0.2.7", access.SecondFactor
	s.happens(from, audit.Entry{At: now, Action: "note.read", Kind: "note", Subject: s.w.Nurse.Person})
	s.happens(s.w.ForeignOHNurse.As(access.Nurse, access.Clinical), audit.Entry{At: now, Action: "note.read", Kind: "note", Subject: s.w.Foreign.Person})
	if _, err := sealer.Seal(context.Background()); err != nil {
		t.Fatal(err)
	}
	g := s.guardian()
	g.Get("/audit/export").Want(200).Says("Download the export")
	g.Get("/audit/checkpoints").Want(200).Says("rowan-audit+", "rowan audit log")

	tired := s.w.Caldicott.As(access.Caldicott, access.Hall)
	s.site.As(tired).Post("/audit/export", nil).To("/account/step-up")
	file := g.Post("/audit/export", nil).Want(200).Hides(s.w.Foreign.Person.String(), s.w.ForeignOHNurse.Account.String())
	if !strings.Contains(file.Body, s.w.Nurse.Person.String()) {
		t.Error("the export lacks an event of the guardian's service")
	}
	if !strings.Contains(file.Body, `"actor_name":"Helen Marsh","channel":"browser","address":"192.0.2.7","strength":"second_factor"`) {
		t.Error("the export does not say who it was and from where")
	}
	path := filepath.Join(t.TempDir(), "export.jsonl")
	if err := os.WriteFile(path, []byte(file.Body), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := audit.VerifyFiles(path, folder)
	if err != nil || !r.OK() || r.Withheld == 0 {
		t.Errorf("%v, %+v", err, r)
	}
	g.Post("/audit", url.Values{"action": {"audit.exported"}}).Want(200).Says("David Poole")
}
