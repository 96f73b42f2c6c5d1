package cast

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

// Member is somebody with a workforce record.
type Member struct {
	staff.Person
	ID      uuid.UUID
	Org     *Org
	Boss    *Member
	Busy    time.Time // until when they have a case
	Account uuid.UUID
}

// Who is somebody who signs in.
type Who struct {
	*Member
	Acting  access.Role // the role they act in
	Decides bool        // a senior clinician, who may decide on disclosures
}

// Actor is how they act behind a wall.
func (w Who) Actor(wall access.Wall) access.Actor {
	return access.Actor{Account: w.Account, Name: w.Name(), Organisation: w.Org.ID, Service: w.Org.Service.ID, Person: w.ID, Role: w.Acting, Registration: w.registration(), Wall: wall, Demo: true}
}

// registration is a clinician's entry in a register, of a shape that no real one has: no month Z, no number as high.
func (w Who) registration() access.Registration {
	last := w.Number[len(w.Number)-4:]
	switch w.Acting {
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

// Workforce invents the staff of each organisation and imports their feed.
func (b *Cast) Workforce(ctx context.Context) error {
	people := person.New(person.Deps{DB: b.DB})
	for _, o := range b.orgs {
		list := staff.Invent(staff.Size{Seed: b.Seed, First: firstNumber + o.N*1000000, People: o.size, Sites: o.Sites, Trades: o.trades, Special: o.special, Now: b.Now})
		var feed bytes.Buffer
		if err := staff.Feed(&feed, o.mail, list); err != nil {
			return err
		}
		if err := b.Keep(fmt.Sprintf("staff-%s.csv", o.ODS), feed.Bytes()); err != nil {
			return err
		}
		actor := access.SystemActor(access.Employer, o.ID, o.Service.ID)
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

// Keep writes a file that was imported where somebody can look at it.
func (b *Cast) Keep(name string, content []byte) error {
	if b.Dir == "" {
		return nil
	}
	if err := os.MkdirAll(b.Dir, 0o700); err != nil {
		return fmt.Errorf("make the folder of the sample's files: %w", err)
	}
	return os.WriteFile(filepath.Join(b.Dir, name), content, 0o600)
}

// load reads the ids that the import gave.
func (b *Cast) load(ctx context.Context, o *Org, list []staff.Person) error {
	byNumber := make(map[string]*Member, len(list))
	for _, p := range list {
		m := &Member{Person: p, Org: o}
		byNumber[p.Number] = m
		o.People = append(o.People, m)
	}
	for _, m := range o.People {
		m.Boss = byNumber[m.Manager]
		switch access.Role(m.Role) {
		case access.HR:
			o.HR = append(o.HR, m)
		case access.Caldicott:
			o.caldicott = m
		}
	}
	return b.In(ctx, access.SystemActor(access.Employer, o.ID, o.Service.ID), func(tx *postgres.Tx) error {
		rows, err := tx.Query(ctx, `select employee_number, id from person where organisation_id = $1`, o.ID)
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
			byNumber[number].ID = id
		}
		return rows.Err()
	})
}
