package sample

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/staff"
)

// member is somebody with a workforce record.
type member struct {
	staff.Person
	id      uuid.UUID
	org     *org
	manager *member
	busy    time.Time // until when they have a case
	account uuid.UUID
}

// who is somebody who signs in.
type who struct {
	*member
	role access.Role
}

// actor is how they act behind a wall.
func (w who) actor(wall access.Wall) access.Actor {
	return access.Actor{Account: w.account, Name: w.Name(), Organisation: w.org.id, Service: w.org.service.id, Person: w.id, Role: w.role, Registration: w.registration(), Wall: wall, Demo: true}
}

// registration is a clinician's entry in a register, of a shape that no real one has: no month Z, no number as high.
func (w who) registration() access.Registration {
	last := w.Number[len(w.Number)-4:]
	switch w.role {
	case access.Nurse:
		return access.Registration("NMC 00Z" + last + "E")
	case access.Physician:
		return access.Registration("GMC 999" + last)
	case access.Physio:
		return access.Registration("HCPC PH99" + last)
	case access.Counsellor:
		return access.Registration("BACP 99" + last)
	}
	return ""
}

// firstNumber keeps the organisations' employee numbers apart.
const firstNumber = 30000000

// workforce invents the staff of each organisation and imports their feed.
func (b *builder) workforce(ctx context.Context) error {
	people := person.New(person.Deps{DB: b.DB})
	for _, o := range b.orgs {
		list := staff.Invent(staff.Size{Seed: b.Seed, First: firstNumber + o.n*1000000, People: o.size, Sites: o.sites, Trades: o.trades, Special: o.special, Now: b.Now})
		var feed bytes.Buffer
		if err := staff.Feed(&feed, o.mail, list); err != nil {
			return err
		}
		if err := b.keep(fmt.Sprintf("staff-%s.csv", o.ods), feed.Bytes()); err != nil {
			return err
		}
		actor := access.SystemActor(access.Employer, o.id, o.service.id)
		report, err := people.Import(ctx, actor, b.Now, &feed, false)
		if err != nil {
			return fmt.Errorf("import the staff of %s: %w", o.name, err)
		}
		if report.Rejected > 0 {
			return fmt.Errorf("import the staff of %s: %d rows rejected", o.name, report.Rejected)
		}
		if err := b.load(ctx, o, list); err != nil {
			return err
		}
	}
	return nil
}

// keep writes a file that was imported where somebody can look at it.
func (b *builder) keep(name string, content []byte) error {
	if b.Dir == "" {
		return nil
	}
	if err := os.MkdirAll(b.Dir, 0o700); err != nil {
		return fmt.Errorf("make the folder of the sample's files: %w", err)
	}
	return os.WriteFile(filepath.Join(b.Dir, name), content, 0o600)
}

// load reads the ids that the import gave.
func (b *builder) load(ctx context.Context, o *org, list []staff.Person) error {
	byNumber := make(map[string]*member, len(list))
	for _, p := range list {
		m := &member{Person: p, org: o}
		byNumber[p.Number] = m
		o.people = append(o.people, m)
	}
	for _, m := range o.people {
		m.manager = byNumber[m.Manager]
		switch access.Role(m.Role) {
		case access.HR:
			o.hr = append(o.hr, m)
		case access.Caldicott:
			o.caldicott = m
		}
	}
	return b.in(ctx, access.SystemActor(access.Employer, o.id, o.service.id), func(tx *postgres.Tx) error {
		rows, err := tx.Query(ctx, `select employee_number, id from person where organisation_id = $1`, o.id)
		if err != nil {
			return fmt.Errorf("read staff: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var number string
			var id uuid.UUID
			if err := rows.Scan(&number, &id); err != nil {
				return err
			}
			byNumber[number].id = id
		}
		return rows.Err()
	})
}
