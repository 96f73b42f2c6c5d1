package past

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

type reportRow struct {
	Service        uuid.UUID   `json:"service_id"`
	ID             uuid.UUID   `json:"id"`
	Organisation   uuid.UUID   `json:"organisation_id"`
	Case           uuid.UUID   `json:"casefile_id"`
	Referral       uuid.UUID   `json:"referral_id"`
	Person         uuid.UUID   `json:"person_id"`
	Recipients     []uuid.UUID `json:"recipients"`
	RecipientNames []string    `json:"recipient_names"` // filled by trigger
	OpenedAt       time.Time   `json:"opened_at"`
	NoticeVersion  int         `json:"notice_version"` // the newest version whose time ended without a release
}

type versionRow struct {
	Service      uuid.UUID       `json:"service_id"`
	Report       uuid.UUID       `json:"report_id"`
	Version      int             `json:"version"`
	Organisation uuid.UUID       `json:"organisation_id"`
	Person       uuid.UUID       `json:"person_id"`
	Content      json.RawMessage `json:"content"`
	Author       uuid.UUID       `json:"author_account"`
	AuthorName   string          `json:"author_name"`
	SavedAt      time.Time       `json:"saved_at"`
	SignedAt     time.Time       `json:"signed_at,omitzero"`
}

type consentRow struct {
	Service      uuid.UUID   `json:"service_id"`
	Report       uuid.UUID   `json:"report_id"`
	No           int         `json:"event_no"` // given by trigger
	Organisation uuid.UUID   `json:"organisation_id"`
	Person       uuid.UUID   `json:"person_id"`
	Kind         string      `json:"kind"`
	Choice       string      `json:"choice,omitempty"`
	Days         int         `json:"days,omitempty"`
	Version      int         `json:"version,omitempty"`
	Recipients   []uuid.UUID `json:"recipients"`
	Assisted     bool        `json:"assisted"`
	Method       string      `json:"method"`
	Recorder     uuid.UUID   `json:"recorder_account,omitzero"`
	Words        string      `json:"words"`
	At           time.Time   `json:"at"`
}

type correctionRow struct {
	Service      uuid.UUID `json:"service_id"`
	ID           uuid.UUID `json:"id"`
	Report       uuid.UUID `json:"report_id"`
	Version      int       `json:"version"`
	Organisation uuid.UUID `json:"organisation_id"`
	Person       uuid.UUID `json:"person_id"`
	Text         string    `json:"text"`
	At           time.Time `json:"at"`
}

type releasedRow struct {
	Organisation uuid.UUID       `json:"organisation_id"`
	Service      uuid.UUID       `json:"service_id"`
	ID           uuid.UUID       `json:"id"`
	Report       uuid.UUID       `json:"report_id"`
	Version      int             `json:"version"`
	Referral     uuid.UUID       `json:"referral_id"`
	Person       uuid.UUID       `json:"person_id"`
	Recipients   []uuid.UUID     `json:"recipients"`
	Content      json.RawMessage `json:"content"`
	AuthorName   string          `json:"author_name"`
	ConsentNo    int             `json:"consent_no"`
	ReleasedAt   time.Time       `json:"released_at"`
}

type adjustmentRow struct {
	Organisation uuid.UUID `json:"organisation_id"`
	Service      uuid.UUID `json:"service_id"`
	Released     uuid.UUID `json:"released_id"`
	N            int       `json:"n"`
	Person       uuid.UUID `json:"person_id"`
	Referral     uuid.UUID `json:"referral_id"`
	Kind         string    `json:"kind"`
	Detail       string    `json:"detail"`
	StartsOn     string    `json:"starts_on,omitempty"`
	EndsOn       string    `json:"ends_on,omitempty"`
	Status       string    `json:"status"`
}

type receiptRow struct {
	Organisation uuid.UUID `json:"organisation_id"`
	Service      uuid.UUID `json:"service_id"`
	Released     uuid.UUID `json:"released_id"`
	Person       uuid.UUID `json:"person_id"`
	ReadAt       time.Time `json:"first_read_at"`
	Answered     string    `json:"answered,omitempty"`
	AnsweredAt   time.Time `json:"answered_at,omitzero"`
}

type feedbackRow struct {
	Service       uuid.UUID `json:"service_id"`
	ID            uuid.UUID `json:"id"`
	Organisation  uuid.UUID `json:"organisation_id"`
	Month         string    `json:"month"`
	Communication int       `json:"communication"`
	Specific      int       `json:"specific"`
	Mattered      int       `json:"mattered"`
	Comment       string    `json:"comment,omitempty"`
	Quotable      bool      `json:"quotable"`
}

type auditRow struct {
	ID           uuid.UUID         `json:"id"`
	At           time.Time         `json:"at"`
	Organisation uuid.UUID         `json:"organisation_id,omitzero"`
	Service      uuid.UUID         `json:"service_id,omitzero"`
	Account      uuid.UUID         `json:"actor_account,omitzero"`
	ActorPerson  uuid.UUID         `json:"actor_person,omitzero"`
	Role         string            `json:"role"`
	Wall         string            `json:"wall"`
	Action       string            `json:"action"`
	Kind         string            `json:"object_kind"`
	Object       uuid.UUID         `json:"object_id,omitzero"`
	Subject      uuid.UUID         `json:"subject_person,omitzero"`
	Ground       string            `json:"ground"`
	Outcome      string            `json:"outcome"`
	Detail       map[string]string `json:"detail"`
	Session      string            `json:"session_hash"`
	Request      string            `json:"request_id"`
	Name         string            `json:"actor_name"`
	Channel      string            `json:"channel"`
	Address      string            `json:"address"`
	Strength     string            `json:"strength"`
}
