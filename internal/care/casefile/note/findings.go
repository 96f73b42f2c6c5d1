package note

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Findings is the structured part of a note. The structure is our own and neutral: no scale of a rights holder,
// no diagnosis code; what does not fit goes into the free text.
type Findings struct {
	Presenting string   `json:"presenting,omitempty"` // what the person came with, in their words
	Function   string   `json:"function,omitempty"`   // what they can and cannot do, at work and at home
	Work       []string `json:"work,omitempty"`       // codes of WorkFactors
	WorkDetail string   `json:"work_detail,omitempty"`
	Risk       string   `json:"risk,omitempty"` // a code of Risks
	RiskDetail string   `json:"risk_detail,omitempty"`
	Contact    Contact  `json:"contact,omitzero"`
}

// Contact is the contact that a note tells of; Class "none" when it tells of none (results read, a telephone call to
// somebody else).
type Contact struct {
	Class   string `json:"class,omitempty"`
	Minutes int    `json:"minutes,omitempty"`
}

// The codes. Work factors follow the six areas of HSE's management standards for work-related stress, and the
// physical side beside them.
var (
	WorkFactors = []string{"demands", "control", "support", "relationships", "role", "change", "physical", "shifts", "environment", "equipment", "violence", nothing}
	Risks       = []string{"none", "watch", "act"}
	Classes     = []string{"preventative", "diagnostic", "treatment", "none"}
)

// nothing is the work factor that no other can stand beside.
const nothing = "none"

// Bounds of the boxes, in characters. Body is a long letter of about ten pages; the boxes are a page each.
const (
	MaxBox  = 4_000
	MaxBody = 30_000
)

// Seal gives what the columns of a note hold.
func (in Draft) Seal(box sealed.Box, service uuid.UUID) (body, findings []byte, err error) {
	if body, err = box.Seal(sealed.NoteBody, service, in.ID, in.Body); err != nil {
		return nil, nil, err
	}
	plain, err := json.Marshal(in.Findings)
	if err != nil {
		return nil, nil, fmt.Errorf("encode findings: %w", err)
	}
	findings, err = box.Seal(sealed.NoteFindings, service, in.ID, string(plain))
	return body, findings, err
}

// Open reads what the columns of a note hold.
func Open(box sealed.Box, service, id uuid.UUID, body, findings []byte) (text string, f Findings, err error) {
	if text, err = box.Open(sealed.NoteBody, service, id, body); err != nil {
		return "", f, err
	}
	plain, err := box.Open(sealed.NoteFindings, service, id, findings)
	if err != nil {
		return "", f, err
	}
	f, err = Decode([]byte(plain))
	return text, f, err
}

// Decode reads findings.
func Decode(b []byte) (f Findings, err error) {
	if err := json.Unmarshal(b, &f); err != nil {
		return f, fmt.Errorf("decode findings: %w", err)
	}
	return f, nil
}

// ToSign says what a note lacks before it can be signed; an addendum needs its text alone.
func ToSign(f Findings, body string, addendum bool) (faults fault.Fields) {
	if addendum {
		if body == "" {
			faults.Add("body", "note.body.empty")
		}
		return faults
	}
	if f.Presenting == "" {
		faults.Add("presenting", "note.presenting.empty")
	}
	if len(f.Work) > 1 && slices.Contains(f.Work, nothing) {
		faults.Add("work", "note.work_nothing")
	}
	if f.Risk == "" {
		faults.Add("risk", "note.risk.empty")
	}
	if f.Risk != "" && f.Risk != "none" && f.RiskDetail == "" {
		faults.Add("risk_detail", "note.risk_detail.empty")
	}
	switch {
	case f.Contact.Class == "":
		faults.Add("class", "note.class.empty")
	case f.Contact.Class != "none" && f.Contact.Minutes == 0:
		faults.Add("minutes", "note.minutes.empty")
	}
	return faults
}
