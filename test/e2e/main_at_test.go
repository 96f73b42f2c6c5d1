package e2e

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// file is the address of the person's case from the referral.
func (j *journey) file() string {
	j.t.Helper()
	return "/cases/" + j.id(`select id from casefile where service_id = $1 and person_id = $2 order by received_at limit 1`).String()
}

// proposal is the address that the first clinician gives to the second.
func (j *journey) proposal() string {
	j.t.Helper()
	return j.file() + "/disclosure/" + j.id(`select id from disclosure where service_id = $1 and person_id = $2`).String()
}

// id asks the clinical side for something of the person's.
func (j *journey) id(query string) (id uuid.UUID) {
	j.t.Helper()
	err := j.h.db.InTenant(j.t.Context(), access.SystemActor(access.Clinical, j.w.Trust, j.w.Service), func(tx *postgres.Tx) error {
		return tx.QueryRow(j.t.Context(), query, j.w.Service, j.w.Nurse.Person).Scan(&id)
	})
	if err != nil {
		j.t.Fatal(err)
	}
	return id
}
