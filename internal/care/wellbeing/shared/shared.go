// Package shared is how somebody reads what a member of their team shares with them of what is their own, a passport or a plan: row
// security shows who shares, only that is opened, and its owner sees who looked.
package shared

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// From is somebody who shares with the actor.
type From struct {
	Person uuid.UUID
	Name   string
	Since  time.Time
	Until  civil.Date
}

// Row is a share as the database has it.
type Row = struct {
	PersonID uuid.UUID
	Name     string
	At       time.Time
	Until    time.Time
}

// List gives who shares, of what a query found.
func List[R ~Row](rows []R, err error) (out []From, _ error) {
	if err != nil {
		return nil, fmt.Errorf("list shares: %w", err)
	}
	for _, row := range rows {
		r := Row(row)
		out = append(out, From{r.PersonID, r.Name, r.At, civil.Of(r.Until)})
	}
	return out, nil
}

// Kind is what is shared: its name where it is missing, the action of the audit trail when it is read, and who shares it with the actor.
type Kind struct {
	What, Action string
	All          func(ctx context.Context, tx *postgres.Tx) ([]From, error)
}

// Read finds who the path names among those who share, and writes down that the actor reads it.
func (k Kind) Read(ctx context.Context, tx *postgres.Tx, at time.Time, r *http.Request) (From, error) {
	id, err := web.PathID(r, "person")
	if err != nil {
		return From{}, err
	}
	all, err := k.All(ctx, tx)
	if err != nil {
		return From{}, err
	}
	i := slices.IndexFunc(all, func(f From) bool { return f.Person == id })
	if i < 0 {
		return From{}, fault.Missing(k.What)
	}
	return all[i], audit.Append(ctx, tx, audit.Entry{At: at, Action: k.Action, Kind: "person", Object: id, Subject: id, Ground: "shared"})
}
