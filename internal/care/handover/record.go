package handover

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/handover/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Record is what goes of one person.
type Record struct {
	Person         Person
	Family, Given  string
	EmployeeNumber string
	Employer       string
	Told           civil.Date
	Cases          []Was
	Referrals      []Referral
	Own            []Own
	Appointments   []Visit
	Notes          []Note
	Reports        []Report
}

// The parts of a record.
type (
	// Was is a case, open or closed.
	Was struct {
		Source, State, Reason, Closing string
		Received, Closed               time.Time
	}
	// Referral is what a referrer wrote, the newest version.
	Referral struct {
		ID      uuid.UUID
		Kind    string
		Version int
		Text    []byte
		At      time.Time
	}
	// Own is what the person wrote to OH: "self" or "comment".
	Own struct {
		Kind, Text string
		At         time.Time
	}
	// Visit is an appointment.
	Visit struct {
		Clinician, Role, Mode, State string
		At                           time.Time
	}
	// Note is a signed note.
	Note struct {
		Author, Role, Body string
		Findings           note.Findings
		Addendum, Withheld bool
		Signed             time.Time
	}
	// Report is the newest signed version of one.
	Report struct {
		Content  []byte
		Author   string
		Signed   time.Time
		Released bool
	}
)

// read fills a record.
func (s *Service) read(ctx context.Context, q *db.Queries, service, organisation uuid.UUID, r *Record) error {
	id := r.Person.ID
	cases, err := q.RecordCases(ctx, db.RecordCasesParams{ServiceID: service, OrganisationID: organisation, PersonID: id})
	if err != nil {
		return fmt.Errorf("read cases: %w", err)
	}
	for _, x := range cases {
		r.Cases = append(r.Cases, Was{x.Source, x.State, x.Reason, postgres.Value(x.ClosingReason), x.ReceivedAt, postgres.Value(x.ClosedAt)})
	}
	referrals, err := q.RecordReferrals(ctx, db.RecordReferralsParams{ServiceID: service, OrganisationID: organisation, PersonID: id})
	if err != nil {
		return fmt.Errorf("read referrals: %w", err)
	}
	for _, x := range referrals {
		r.Referrals = append(r.Referrals, Referral{x.ID, x.Kind, int(x.Version), x.Text, x.SubmittedAt})
	}
	own, err := q.RecordOwn(ctx, db.RecordOwnParams{ServiceID: service, OrganisationID: organisation, PersonID: id})
	if err != nil {
		return fmt.Errorf("read what the person wrote: %w", err)
	}
	for _, x := range own {
		column := sealed.SelfReferral
		if x.Kind == "comment" {
			column = sealed.OHComment
		}
		text, err := s.d.Box.Open(column, service, x.ID, x.Text)
		if err != nil {
			return err
		}
		r.Own = append(r.Own, Own{x.Kind, text, x.At})
	}
	visits, err := q.RecordAppointments(ctx, db.RecordAppointmentsParams{ServiceID: service, OrganisationID: organisation, PersonID: id})
	if err != nil {
		return fmt.Errorf("read appointments: %w", err)
	}
	for _, x := range visits {
		r.Appointments = append(r.Appointments, Visit{x.ClinicianName, x.Role, x.Mode, x.State, x.StartsAt})
	}
	notes, err := q.RecordNotes(ctx, db.RecordNotesParams{ServiceID: service, OrganisationID: organisation, PersonID: id})
	if err != nil {
		return fmt.Errorf("read notes: %w", err)
	}
	for _, x := range notes {
		body, findings, err := note.Open(s.d.Box, service, x.ID, x.Body, x.Findings)
		if err != nil {
			return err
		}
		r.Notes = append(r.Notes, Note{x.AuthorName, x.AuthorRole, body, findings, x.AddendumTo != nil, x.Withheld, x.SignedAt})
	}
	reports, err := q.RecordReports(ctx, db.RecordReportsParams{ServiceID: service, OrganisationID: organisation, PersonID: id})
	if err != nil {
		return fmt.Errorf("read reports: %w", err)
	}
	for _, x := range reports {
		r.Reports = append(r.Reports, Report{x.Content, x.AuthorName, x.SignedAt, x.Released})
	}
	return nil
}

// Basis says on what a record goes, in words.
func (r Record) Basis(ctx context.Context) string {
	if r.Person.Word.Said == "agreed" {
		return locale.T(ctx, "handover.basis.agreed", "day", r.Person.Word.On.Long())
	}
	return locale.T(ctx, "handover.basis.told", "day", r.Told.Long())
}

// bundle packs pages and the index that names them: a name of a file says nothing of a person.
func (s *Service) bundle(ctx context.Context, at time.Time, all []Record) ([]byte, string, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, text string) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		return nil
	}
	var index bytes.Buffer
	rows := csv.NewWriter(&index)
	if err := rows.Write([]string{"file", "family_name", "given_name", "date_of_birth", "employee_number", "basis", "notes", "reports", "sha256"}); err != nil {
		return nil, "", fmt.Errorf("write index: %w", err)
	}
	for i, r := range all {
		page, err := s.d.Draw(ctx, r)
		if err != nil {
			return nil, "", fmt.Errorf("draw a record: %w", err)
		}
		name := fmt.Sprintf("record-%05d.html", i+1)
		if err := add(name, page); err != nil {
			return nil, "", err
		}
		row := []string{name, r.Family, r.Given, r.Person.Born.String(), r.EmployeeNumber, r.Basis(ctx), fmt.Sprint(len(r.Notes)), fmt.Sprint(len(r.Reports)), sum([]byte(page))}
		for i := range row {
			row[i] = sheet.Guard(row[i])
		}
		if err := rows.Write(row); err != nil {
			return nil, "", fmt.Errorf("write index: %w", err)
		}
	}
	rows.Flush()
	if err := add("index.csv", index.String()); err != nil {
		return nil, "", err
	}
	if err := z.Close(); err != nil {
		return nil, "", fmt.Errorf("close the file: %w", err)
	}
	return out.Bytes(), sum(out.Bytes()), nil
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
