package handover

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/handover/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Ask asks for the file of the records that go: a colleague makes it. The same id again does nothing.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, plan, id uuid.UUID) error {
	return s.change(ctx, a, at, plan, func(tx *postgres.Tx, b Board) error {
		if key := b.Plan.Waits(locale.Day(at)); key != "" {
			return fault.New(fault.Conflict, key)
		}
		n, err := db.New(tx).AskFile(ctx, db.AskFileParams{ServiceID: a.Service, ID: id, PlanID: plan, OrganisationID: b.Plan.Organisation, At: postgres.Stamp(at), Account: a.Account, ByName: a.Name})
		if err != nil {
			return fmt.Errorf("ask for a file: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "handover.asked", Kind: "handover_file", Object: id})
	})
}

// Make makes a file that a colleague asked for and hands it out, once: it is kept nowhere. That a record went is written down about each
// person before it does.
func (s *Service) Make(ctx context.Context, a access.Actor, at time.Time, plan, id uuid.UUID) (content []byte, err error) {
	err = s.change(ctx, a, at, plan, func(tx *postgres.Tx, b Board) error {
		f, ok := b.File(id)
		switch {
		case !ok:
			return fault.Missing("file")
		case !f.Made.IsZero():
			return fault.New(fault.Conflict, "handover.made")
		case f.AskedAccount == a.Account:
			return fault.New(fault.Conflict, "handover.two")
		}
		if key := b.Plan.Waits(locale.Day(at)); key != "" {
			return fault.New(fault.Conflict, key)
		}
		q := db.New(tx)
		all, err := s.going(ctx, tx, q, b.Plan)
		if err != nil {
			return err
		}
		var hash string
		if content, hash, err = s.bundle(ctx, at, all); err != nil {
			return err
		}
		n, err := q.MadeFile(ctx, db.MadeFileParams{At: postgres.Null(postgres.Stamp(at)), Account: &a.Account, ByName: &a.Name, People: postgres.Null(int32(len(all))), Size: postgres.Null(int32(len(content))), Sha256: &hash, ServiceID: a.Service, PlanID: plan, ID: id})
		switch {
		case err != nil:
			return fmt.Errorf("keep what was made: %w", err)
		case n == 0:
			return fault.New(fault.Conflict, "handover.made")
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "handover.made", Kind: "handover_file", Object: id}); err != nil {
			return err
		}
		var entries []audit.Entry
		for _, r := range all {
			entries = append(entries, audit.Entry{At: at, Action: "handover.sent", Kind: "handover_file", Object: id, Subject: r.Person.ID, Ground: "handover"})
		}
		return audit.AppendAll(ctx, tx, entries)
	})
	if err != nil {
		return nil, err
	}
	return content, nil
}

// going reads the records that go. Nobody makes a file with their own in it.
func (s *Service) going(ctx context.Context, tx *postgres.Tx, q *db.Queries, p Plan) (out []Record, err error) {
	people, err := q.ListGoing(ctx, db.ListGoingParams{PlanID: p.ID, ServiceID: tx.Actor.Service, OrganisationID: p.Organisation})
	if err != nil {
		return nil, fmt.Errorf("list whose record goes: %w", err)
	}
	for _, x := range people {
		if x.ID == tx.Actor.Person {
			return nil, fault.New(fault.Conflict, "handover.own_record")
		}
		r := Record{Person: Person{ID: x.ID, Name: x.GivenName + " " + x.FamilyName, Born: civil.Of(x.DateOfBirth)}, Family: x.FamilyName, Given: x.GivenName, EmployeeNumber: x.EmployeeNumber, Employer: p.Name, Told: p.Told}
		if x.Word != nil && x.OnDay != nil {
			r.Person.Word = Word{Said: *x.Word, On: civil.Of(*x.OnDay)}
		}
		if err := s.read(ctx, q, tx.Actor.Service, p.Organisation, &r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// mostReceipt is more than a signed page takes, scanned.
const mostReceipt = 5 << 20

// Keep keeps the receipt of a file, with the document that the receiver sent. What is wrong with it is given back; a second one is refused.
func (s *Service) Keep(ctx context.Context, a access.Actor, at time.Time, plan, id uuid.UUID, r Receipt, name string, document io.Reader) (bad fault.Fields, err error) {
	content, hash, err := sheet.Whole(document, mostReceipt)
	if err != nil {
		return nil, err
	}
	err = s.change(ctx, a, at, plan, func(tx *postgres.Tx, b Board) error {
		f, ok := b.File(id)
		switch {
		case !ok:
			return fault.Missing("file")
		case f.Made.IsZero():
			return fault.New(fault.Conflict, "handover.unmade")
		case !f.Received.IsZero():
			return fault.New(fault.Conflict, "handover.received")
		}
		if bad = r.Check(f, locale.Day(at)); len(bad) > 0 {
			return nil
		}
		n, err := db.New(tx).InsertReceipt(ctx, db.InsertReceiptParams{ServiceID: a.Service, FileID: id, PlanID: plan, OrganisationID: b.Plan.Organisation, Sha256: r.SHA256, ReceivedOn: r.On.UTC(), ReceiverName: r.Receiver,
			Name: sheet.FileName(name), Size: int32(len(content)), Content: content, DocumentSha256: hash, At: postgres.Stamp(at), ByAccount: a.Account, ByName: a.Name})
		switch {
		case err != nil:
			return fmt.Errorf("keep a receipt: %w", err)
		case n == 0:
			return fault.New(fault.Conflict, "handover.received")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "handover.received", Kind: "handover_file", Object: id})
	})
	return bad, err
}

// Document gives the receipt that the receiver sent.
func (s *Service) Document(ctx context.Context, a access.Actor, at time.Time, plan, id uuid.UUID) (name string, content []byte, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindReceipt(ctx, db.FindReceiptParams{ServiceID: a.Service, PlanID: plan, FileID: id})
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return fault.Missing("receipt")
		case err != nil:
			return fmt.Errorf("find receipt: %w", err)
		}
		name, content = r.Name, r.Content
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "handover.receipt_opened", Kind: "handover_file", Object: id})
	})
	return name, content, err
}
