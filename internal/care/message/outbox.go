package message

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/message/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Read is the right to see what would be sent.
const Read access.Permission = "message.read"

// Rules of the slice. The one page behind the worker wall: no other login may read an outbox of addresses.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Worker, Data: access.D1, Purpose: "See what would be sent, while nothing is",
		Allow: map[access.Role][]access.Relation{access.OHAdmin: {access.Any}, access.Admin: {access.Any}}},
}

// Sent is a message as it would go out.
type Sent struct {
	ID                                      uuid.UUID
	At                                      time.Time
	Template, State, Channel, Address, Body string
	Born                                    time.Time // of whom a link to their own pages asks it, on invented data alone
}

// Outbox reads what would be sent.
type Outbox struct{ db *postgres.DB }

// NewOutbox makes the reader.
func NewOutbox(database *postgres.DB) *Outbox { return &Outbox{database} }

// shown is how many messages the page has: a busy day of a large service.
const shown = 100

// token is the secret end of a one-time link.
var token = regexp.MustCompile(`(/(?:l|feedback|invitation)/[\w-]{6})[\w-]+`)

// digits is a code that proves an address. The telephone number of the service comes after it.
var digits = regexp.MustCompile(`[0-9]{6}`)

// masked takes out of a text what would let its reader in.
func masked(body string, code bool) string {
	if at := digits.FindStringIndex(body); code && at != nil {
		body = body[:at[0]] + "…" + body[at[1]:]
	}
	return token.ReplaceAllString(body, "$1…")
}

// List gives the newest messages. An OH administrator sees those of the service; an administrator of an
// organisation only what goes to managers and new accounts, because what is sent to somebody about themselves
// would tell the employer of a self-referral. Links are cut short and codes left out, except on invented data: there the
// second check of each link stands beside it, since nobody's life tells it.
func (o *Outbox) List(ctx context.Context, actor access.Actor, at time.Time) (out []Sent, err error) {
	var rows []db.Outbox
	err = o.db.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		var err error
		if actor.Role == access.OHAdmin {
			rows, err = q.ListOfService(ctx, db.ListOfServiceParams{ServiceID: &actor.Service, Most: shown})
		} else {
			rows, err = q.ListOfOrganisation(ctx, db.ListOfOrganisationParams{OrganisationID: &actor.Organisation, Most: shown})
		}
		if err != nil {
			return fmt.Errorf("list messages: %w", err)
		}
		for _, r := range rows {
			m := Sent{ID: r.ID, At: r.CreatedAt, Template: r.Template, State: r.State, Channel: postgres.Value(r.Channel), Address: postgres.Value(r.Address), Body: postgres.Value(r.Body)}
			if !actor.Demo {
				m.Body = masked(m.Body, postgres.Value(r.LinkPurpose) == Code)
			}
			out = append(out, m)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "message.listed", Kind: "message"})
	})
	if err == nil && actor.Demo {
		err = o.born(ctx, actor, rows, out)
	}
	return out, err
}

// born adds the second check to the messages with a link to somebody's own pages. A person is read where they work.
func (o *Outbox) born(ctx context.Context, actor access.Actor, rows []db.Outbox, out []Sent) error {
	people := map[uuid.UUID][]uuid.UUID{} // by organisation
	for _, r := range rows {
		if postgres.Value(r.LinkPurpose) == ownPages {
			at := postgres.Value(r.OrganisationID)
			people[at] = append(people[at], postgres.Value(r.ToPerson))
		}
	}
	born := map[uuid.UUID]time.Time{}
	for at, ids := range people {
		actor.Organisation = at
		err := o.db.InTenant(ctx, actor, func(tx *postgres.Tx) error {
			list, err := db.New(tx).ListBorn(ctx, db.ListBornParams{OrganisationID: at, People: ids})
			if err != nil {
				return fmt.Errorf("list dates of birth: %w", err)
			}
			for _, x := range list {
				born[x.ID] = x.DateOfBirth
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for i, r := range rows {
		if postgres.Value(r.LinkPurpose) == ownPages && strings.Contains(out[i].Body, linkPaths[ownPages]) {
			out[i].Born = born[postgres.Value(r.ToPerson)]
		}
	}
	return nil
}
