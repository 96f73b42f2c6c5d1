// Package message says what is to be sent to whom. A command queues a message in its own transaction, under a
// key that makes it once only; the worker finds the address and the words, and for now shows what would be
// sent on a page (/messages). The wording says nothing about health, and a message leads to a sign-in or a
// one-time link, never to content.
package message

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Capacity is in which part of their life somebody is written to.
type Capacity string

// A person off sick is written to at the safe contact they chose; a manager at work; the OH team at its own address;
// the Caldicott guardian of the organisation and the lead of its OH service as whoever holds that role when it is sent.
const (
	Self     Capacity = "self"
	Work     Capacity = "work"
	Service  Capacity = "service"
	Guardian Capacity = "guardian"
	Lead     Capacity = "lead"
)

// Code is the purpose of a message that proves an address: LinkObject names the request (contact_proof), which has the
// address, and the words carry its code.
const Code = "code"

// Out is one message to send.
type Out struct {
	Key          string // makes it once only: "<template>:<business event id>"
	Organisation uuid.UUID
	Service      uuid.UUID
	To           uuid.UUID // person; zero for the OH team and those who hold a role
	Capacity     Capacity
	Template     string            // key under content/words/en/message.yaml: <template>.subject and <template>.body
	Args         map[string]string // neutral arguments: a date, a first name; never a reason or a clinic
	LinkPurpose  string            // "" for no link; else what the one-time link opens: "my", "feedback", "invitation"; or Code
	LinkObject   uuid.UUID         // of a "my" link: the report that it opens at; of a "feedback" link: what is answered once
	At           time.Time
}

// Again is the moment from which somebody can be sent links: a safe contact of theirs has just been verified. Each slice
// queues again what waits for them, so that it reaches them once, with the link that it lacked.
type Again struct {
	Organisation, Person uuid.UUID
	Event                uuid.UUID // how the contact became theirs: makes each message once
	At                   time.Time
}

// Out is one of these messages. what names the thing it is about.
func (a Again) Out(service uuid.UUID, template, what string) Out {
	return Out{Key: "again:" + template + ":" + what + ":" + a.Event.String(), Organisation: a.Organisation, Service: service, To: a.Person,
		Capacity: Self, Template: template, LinkPurpose: ownPages, At: a.At}
}

// SendArgs is the job that finds address and words of one message.
type SendArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Message      uuid.UUID `json:"message"`
}

// Kind names the job.
func (SendArgs) Kind() string { return "message.send" }

// Tenant is where the job works.
func (a SendArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

const insert = `insert into outbox (id, message_key, organisation_id, service_id, to_person, capacity, template, args, link_purpose, link_object, created_at)
 values ($1,$2,$3,$4,$5,$6,$7,$8,nullif($9,''),$10,$11) on conflict do nothing`

// Queue queues a message in the caller's transaction. The same key again does nothing.
func Queue(ctx context.Context, tx *postgres.Tx, m Out) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	if m.Args == nil {
		m.Args = map[string]string{}
	}
	args, err := json.Marshal(m.Args)
	if err != nil {
		return fmt.Errorf("encode message: %w", err)
	}
	tag, err := tx.Exec(ctx, insert, id, m.Key, postgres.Null(m.Organisation), postgres.Null(m.Service), postgres.Null(m.To), m.Capacity, m.Template, args, m.LinkPurpose, postgres.Null(m.LinkObject), m.At)
	if err != nil {
		return fmt.Errorf("queue message: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return nil
	}
	return job.Add(ctx, tx, SendArgs{m.Organisation, m.Service, id}, time.Time{})
}
