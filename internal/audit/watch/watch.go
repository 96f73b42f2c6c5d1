// Package watch is how the Caldicott guardian keeps watch: search who saw what, review every broken glass, see
// patterns that may be snooping, and take an export that proves itself.
//
// The guardian sees the events of the organisation and the service they act for (row policy of audit_event).
// The audit login cannot read who anybody is, on purpose: names and employee numbers are looked up apart, behind
// the hall wall, for people of the guardian's own organisation and of those that their service serves. Reading
// the audit is itself audited; a search about one person is shown to that person like any other look.
package watch

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/audit/watch/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the service is made of.
type Deps struct {
	DB          *postgres.DB
	VerifierKey string // of the checkpoints, for outsiders
}

// Service answers the guardian.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// VerifierKey is what an outsider checks signatures with.
func (s *Service) VerifierKey() string { return s.d.VerifierKey }

// The permissions of the guardian.
const (
	Read   access.Permission = "audit.read"
	Review access.Permission = "break_glass.review"
	Export access.Permission = "audit.export"
)

var guardian = map[access.Role][]access.Relation{access.Caldicott: {access.Any}}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Audit, Data: access.D6, Purpose: "Find out who saw what, and why", Allow: guardian},
	{Permission: Review, Wall: access.Audit, Data: access.D6, Purpose: "Decide whether breaking the glass was justified", Allow: guardian},
	{Permission: Export, Wall: access.Audit, Data: access.D6, Purpose: "Hand over evidence that proves itself", Allow: guardian, StepUp: true},
}

// Event is one row of the audit, with names where the guardian may know them.
type Event struct {
	ID, Object, Subject                    uuid.UUID
	At                                     time.Time
	Actor, SubjectName                     string // "" when there is none, or none that may be shown
	ActorAccount, ActorPerson              uuid.UUID
	Role, Wall, Action, ObjectKind, Ground string
	Channel, Address, Strength             string
	Denied                                 bool
}

// Export writes the guardian's export; see audit.Export.
func (s *Service) Export(ctx context.Context, actor access.Actor, at time.Time, w io.Writer) error {
	return audit.Export(ctx, s.d.DB, actor, at, w)
}

// Checkpoint is a signed state of the log.
type Checkpoint struct {
	Size int64
	Note string
	Made time.Time
}

// checkpointsShown is a day of them at the busiest hour's pace; the folder has all.
const checkpointsShown = 50

// Checkpoints lists the newest.
func (s *Service) Checkpoints(ctx context.Context, actor access.Actor) (out []Checkpoint, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListCheckpoints(ctx, checkpointsShown)
		for _, r := range rows {
			out = append(out, Checkpoint{r.Size, r.Note, r.MadeAt})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list checkpoints: %w", err)
	}
	return out, nil
}

func event(r db.AuditEvent) Event {
	return Event{ID: r.ID, At: r.At, Object: postgres.Value(r.ObjectID), Subject: postgres.Value(r.SubjectPerson), ActorAccount: postgres.Value(r.ActorAccount), ActorPerson: postgres.Value(r.ActorPerson),
		Role: r.Role, Wall: r.Wall, Action: r.Action, ObjectKind: r.ObjectKind, Ground: r.Ground, Denied: r.Outcome == "denied",
		Actor: r.ActorName, Channel: r.Channel, Address: r.Address, Strength: r.Strength}
}
