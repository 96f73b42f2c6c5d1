package past

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

// The rows of the care tables, by their columns. Dates are "2006-01-02".

type referralRow struct {
	Organisation uuid.UUID       `json:"organisation_id"`
	Service      uuid.UUID       `json:"service_id"`
	ID           uuid.UUID       `json:"id"`
	Kind         string          `json:"kind"`
	Person       uuid.UUID       `json:"person_id"`
	Referrer     uuid.UUID       `json:"referrer_person_id"`
	Viewers      []uuid.UUID     `json:"viewers"`
	Text         json.RawMessage `json:"text"`
	Version      int             `json:"version"`
	State        string          `json:"state"`
	StateAt      time.Time       `json:"state_at"`
	SubmittedAt  time.Time       `json:"submitted_at"`
}

type referralVersionRow struct {
	Organisation uuid.UUID       `json:"organisation_id"`
	Service      uuid.UUID       `json:"service_id"`
	Referral     uuid.UUID       `json:"referral_id"`
	Version      int             `json:"version"`
	Person       uuid.UUID       `json:"person_id"`
	Text         json.RawMessage `json:"text"`
	Author       uuid.UUID       `json:"author_person_id"`
	At           time.Time       `json:"at"`
}

type selfReferralRow struct {
	Service      uuid.UUID `json:"service_id"`
	ID           uuid.UUID `json:"id"`
	Organisation uuid.UUID `json:"organisation_id"`
	Person       uuid.UUID `json:"person_id"`
	Reason       string    `json:"reason"`
	Text         locked    `json:"text"`
	Contact      string    `json:"contact"`
	At           time.Time `json:"at"`
}

type caseRow struct {
	Service      uuid.UUID `json:"service_id"`
	ID           uuid.UUID `json:"id"`
	Organisation uuid.UUID `json:"organisation_id"`
	Person       uuid.UUID `json:"person_id"`
	Source       string    `json:"source"`
	Referral     uuid.UUID `json:"referral_id,omitzero"`
	SelfReferral uuid.UUID `json:"self_referral_id,omitzero"`
	State        string    `json:"state"`
	StateAt      time.Time `json:"state_at"`
	ReceivedAt   time.Time `json:"received_at"`
	CompleteAt   time.Time `json:"complete_at,omitzero"`
	Reason       string    `json:"reason"`
	Priority     string    `json:"priority,omitempty"`
	Pathway      string    `json:"pathway,omitempty"`
	Owner        uuid.UUID `json:"owner_account,omitzero"`
	DueOn        string    `json:"due_on,omitempty"`
	Into         uuid.UUID `json:"merged_into,omitzero"`
	ClosedAt     time.Time `json:"closed_at,omitzero"`
	Closing      string    `json:"closing_reason,omitempty"`
}

type stateRow struct {
	Service uuid.UUID `json:"service_id"`
	Case    uuid.UUID `json:"casefile_id"`
	Step    int       `json:"step"`
	State   string    `json:"state"`
	At      time.Time `json:"at"`
	Actor   uuid.UUID `json:"actor_account,omitzero"`
}

type triageRow struct {
	Service   uuid.UUID `json:"service_id"`
	ID        uuid.UUID `json:"id"`
	Case      uuid.UUID `json:"casefile_id"`
	Outcome   string    `json:"outcome"`
	Priority  string    `json:"priority,omitempty"`
	Rationale locked    `json:"rationale"`
	Message   string    `json:"message_to_referrer,omitempty"`
	By        uuid.UUID `json:"by_account"`
	At        time.Time `json:"at"`
}

type pauseRow struct {
	Service uuid.UUID `json:"service_id"`
	ID      uuid.UUID `json:"id"`
	Case    uuid.UUID `json:"casefile_id"`
	Reason  string    `json:"reason"`
	Starts  time.Time `json:"starts_at"`
	Ends    time.Time `json:"ends_at,omitzero"`
	By      uuid.UUID `json:"by_account,omitzero"`
}

type taskRow struct {
	Service  uuid.UUID `json:"service_id"`
	ID       uuid.UUID `json:"id"`
	Case     uuid.UUID `json:"casefile_id"`
	Kind     string    `json:"kind"`
	Priority string    `json:"priority"`
	Owner    uuid.UUID `json:"owner_account,omitzero"`
	Created  time.Time `json:"created_at"`
	Due      time.Time `json:"due_at"`
	AckAt    time.Time `json:"acknowledged_at,omitzero"`
	AckBy    uuid.UUID `json:"acknowledged_by,omitzero"`
	DoneAt   time.Time `json:"done_at,omitzero"`
}

type appointmentRow struct {
	Service       uuid.UUID `json:"service_id"`
	Organisation  uuid.UUID `json:"organisation_id"`
	ID            uuid.UUID `json:"id"`
	Case          uuid.UUID `json:"casefile_id"`
	Referral      uuid.UUID `json:"referral_id,omitzero"`
	Person        uuid.UUID `json:"person_id"`
	Slot          uuid.UUID `json:"slot_id"`
	Clinician     uuid.UUID `json:"clinician_account"`
	ClinicianName string    `json:"clinician_name"`
	Role          string    `json:"role"`
	Kind          string    `json:"kind"`
	Mode          string    `json:"mode"`
	Site          string    `json:"site"`
	StartsAt      time.Time `json:"starts_at"`
	Minutes       int       `json:"minutes"`
	State         string    `json:"state"`
	Outcome       string    `json:"outcome_code,omitempty"`
	BookedAt      time.Time `json:"booked_at"`
	EndedAt       time.Time `json:"ended_at,omitzero"`
}

type noteRow struct {
	Service      uuid.UUID `json:"service_id"`
	ID           uuid.UUID `json:"id"`
	Case         uuid.UUID `json:"casefile_id"`
	Organisation uuid.UUID `json:"organisation_id"`
	Person       uuid.UUID `json:"person_id"`
	Appointment  uuid.UUID `json:"appointment_id,omitzero"`
	Restricted   bool      `json:"restricted"`
	Author       uuid.UUID `json:"author_account"`
	AuthorName   string    `json:"author_name"`
	AuthorRole   string    `json:"author_role"`
	Body         locked    `json:"body"`
	Findings     locked    `json:"findings"`
	SavedAt      time.Time `json:"saved_at"`
	SignedAt     time.Time `json:"signed_at,omitzero"`
}

type outcomeRow struct {
	Service     uuid.UUID `json:"service_id"`
	ID          uuid.UUID `json:"id"`
	Case        uuid.UUID `json:"casefile_id"`
	Note        uuid.UUID `json:"note_id"`
	Fitness     string    `json:"fitness"`
	EffectiveOn string    `json:"effective_on,omitempty"`
	Timescale   string    `json:"timescale,omitempty"`
	ReviewOn    string    `json:"review_on,omitempty"`
	Adjustments any       `json:"adjustments"`
	At          time.Time `json:"at"`
	By          uuid.UUID `json:"by_account"`
}

type contactRow struct {
	Service uuid.UUID `json:"service_id"`
	ID      uuid.UUID `json:"id"`
	Case    uuid.UUID `json:"casefile_id"`
	Class   string    `json:"class"`
	Role    string    `json:"role"`
	Minutes int       `json:"minutes"`
	By      uuid.UUID `json:"by_account"`
	At      time.Time `json:"at"`
}

type stepRow struct {
	Service    uuid.UUID `json:"service_id"`
	ID         uuid.UUID `json:"id"`
	Case       uuid.UUID `json:"casefile_id"`
	ToRole     string    `json:"to_role"`
	ToAccount  uuid.UUID `json:"to_account,omitzero"`
	Why        locked    `json:"why"`
	State      string    `json:"state"`
	AskedBy    uuid.UUID `json:"asked_by"`
	AskedAt    time.Time `json:"asked_at"`
	AcceptedAt time.Time `json:"accepted_at,omitzero"`
	DoneAt     time.Time `json:"done_at,omitzero"`
}
