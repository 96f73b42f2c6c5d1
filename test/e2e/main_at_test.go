package e2e

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// file is the address of the person's newest case from a referral.
func (j *journey) file() string {
	j.t.Helper()
	var id uuid.UUID
	err := j.h.db.InTenant(j.t.Context(), access.SystemActor(access.Clinical, j.w.Trust, j.w.Service), func(tx *postgres.Tx) error {
		return tx.QueryRow(j.t.Context(), `select id from casefile where service_id = $1 and person_id = $2 order by received_at limit 1`, j.w.Service, j.w.Nurse.Person).Scan(&id)
	})
	if err != nil {
		j.t.Fatal(err)
	}
	return "/cases/" + id.String()
}
