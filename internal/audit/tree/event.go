package tree

import (
	"encoding/binary"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
)

// The two outcomes of an event. A refusal is recorded as carefully as an
// access: repeated refusals are how snooping is noticed.
const (
	OutcomeOK     = "ok"
	OutcomeDenied = "denied"
)

// Event says who did what to which object, about whom, on what ground and with
// what result. A zero id and an empty code mean "none". It never holds free
// text but the name of a colleague, nor anything clinical.
type Event struct {
	ID             uuid.UUID         `json:"id"`
	At             time.Time         `json:"at"`
	OrganisationID uuid.UUID         `json:"organisation_id,omitzero"`
	ServiceID      uuid.UUID         `json:"service_id,omitzero"`
	ActorAccount   uuid.UUID         `json:"actor_account,omitzero"`
	ActorPerson    uuid.UUID         `json:"actor_person,omitzero"`
	Role           string            `json:"role,omitzero"`
	Wall           string            `json:"wall,omitzero"`         // the database login it ran under
	Action         string            `json:"action"`                // "referral.submitted"
	ObjectKind     string            `json:"object_kind,omitzero"`  // "referral"
	ObjectID       uuid.UUID         `json:"object_id,omitzero"`    //
	Subject        uuid.UUID         `json:"subject,omitzero"`      // the person the event is about
	Ground         string            `json:"ground,omitzero"`       // relationship, break-glass or purpose
	Outcome        string            `json:"outcome"`               // OutcomeOK or OutcomeDenied
	Detail         map[string]string `json:"detail,omitempty"`      // codes only
	SessionHash    string            `json:"session_hash,omitzero"` // hex
	RequestID      string            `json:"request_id,omitzero"`
	ActorName      string            `json:"actor_name,omitzero"` // of somebody who acted for their work, at the time
	Channel        string            `json:"channel,omitzero"`    // browser, link, command, house
	Address        string            `json:"address,omitzero"`    // IP address of the request
	Strength       string            `json:"strength,omitzero"`   // how well the actor had proved who they are
}

var (
	// A code has no space and at most 80 characters: long enough for
	// "break-glass:" and an id, too awkward for a sentence.
	codePattern   = regexp.MustCompile(`^[A-Za-z0-9._:/+-]{0,80}$`)
	keyPattern    = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	actionPattern = regexp.MustCompile(`^[a-z][a-z_-]*(\.[a-z][a-z_-]*)+$`)
	namePattern   = regexp.MustCompile(`^[^\pC]{0,200}$`) // one line
	hexPattern    = regexp.MustCompile(`^([0-9a-f]{2}){0,64}$`)
)

// Validate says why an event must not be appended. The sealer does not call
// it: whatever stands in the table is sealed, or one bad row would stop all
// evidence after it.
func (e Event) Validate() error {
	switch {
	case e.ID == uuid.Nil:
		return fmt.Errorf("audit event without id")
	case e.At.IsZero():
		return fmt.Errorf("audit event without time")
	case !actionPattern.MatchString(e.Action):
		return fmt.Errorf("audit action %q is not of the form thing.done", e.Action)
	case e.Outcome != OutcomeOK && e.Outcome != OutcomeDenied:
		return fmt.Errorf("audit outcome %q is neither ok nor denied", e.Outcome)
	case e.Wall == "":
		return fmt.Errorf("audit event without wall")
	case !hexPattern.MatchString(e.SessionHash):
		return fmt.Errorf("audit session hash is not hexadecimal")
	}
	codes := []struct{ name, value string }{
		{"role", e.Role}, {"wall", e.Wall}, {"object kind", e.ObjectKind},
		{"ground", e.Ground}, {"request id", e.RequestID},
		{"channel", e.Channel}, {"address", e.Address}, {"strength", e.Strength},
	}
	for _, c := range codes {
		if !codePattern.MatchString(c.value) {
			return fmt.Errorf("audit %s is not a code", c.name)
		}
	}
	if !namePattern.MatchString(e.ActorName) {
		return fmt.Errorf("audit actor name is no name")
	}
	for key, value := range e.Detail {
		if !keyPattern.MatchString(key) || !codePattern.MatchString(value) {
			return fmt.Errorf("audit detail %q is not a code", key)
		}
	}
	return nil
}

// A version byte starts every encoding, so that a later field can be added
// without two different events ever having the same bytes.
//
// Version 2 has, after version 1's fields, name, channel, address and
// strength. An event with none of them is encoded as version 1: what was
// sealed before they were recorded still verifies, and to empty them in a row
// changes its leaf.
const (
	firstVersion = 1
	whereVersion = 2
)

// Encode is the canonical form of an event: a version byte, then every field
// in the order of the struct, each with its length in four bytes before it;
// the time is microseconds since 1970 in eight bytes, because that is what
// PostgreSQL keeps; detail is a count and then keys and values in byte order
// of the keys. It never fails.
func Encode(e Event) []byte {
	b := make([]byte, 0, 384) // the usual event fits
	where := []string{e.ActorName, e.Channel, e.Address, e.Strength}
	version := byte(firstVersion)
	if strings.Join(where, "") != "" {
		version = whereVersion
	}
	b = append(b, version)
	b = appendField(b, e.ID[:])
	b = appendField(b, binary.BigEndian.AppendUint64(nil, uint64(e.At.UnixMicro())))
	for _, id := range []uuid.UUID{e.OrganisationID, e.ServiceID, e.ActorAccount, e.ActorPerson} {
		b = appendField(b, id[:])
	}
	for _, s := range []string{e.Role, e.Wall, e.Action, e.ObjectKind} {
		b = appendField(b, []byte(s))
	}
	b = appendField(b, e.ObjectID[:])
	b = appendField(b, e.Subject[:])
	b = appendField(b, []byte(e.Ground))
	b = appendField(b, []byte(e.Outcome))
	b = binary.BigEndian.AppendUint32(b, uint32(len(e.Detail)))
	for _, key := range slices.Sorted(maps.Keys(e.Detail)) {
		b = appendField(b, []byte(key))
		b = appendField(b, []byte(e.Detail[key]))
	}
	b = appendField(b, []byte(e.SessionHash))
	b = appendField(b, []byte(e.RequestID))
	if version == whereVersion {
		for _, s := range where {
			b = appendField(b, []byte(s))
		}
	}
	return b
}

func appendField(b, field []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(field)))
	return append(b, field...)
}

// LeafHash is the RFC 6962 leaf of an event.
func LeafHash(e Event) tlog.Hash { return tlog.RecordHash(Encode(e)) }
