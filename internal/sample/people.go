package sample

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

type accountRow struct {
	ID           uuid.UUID           `json:"id"`
	Login        string              `json:"login"`
	Name         string              `json:"display_name"`
	Registration access.Registration `json:"registration,omitzero"`
	Organisation uuid.UUID           `json:"organisation_id"`
	Person       uuid.UUID           `json:"person_id"`
	TotpStep     int                 `json:"totp_used_step"`
	Failed       int                 `json:"failed_count"`
	State        string              `json:"state"`
	CreatedAt    time.Time           `json:"created_at"`
}

type grantRow struct {
	ID           uuid.UUID `json:"id"`
	Account      uuid.UUID `json:"account_id"`
	Role         string    `json:"role"`
	Organisation uuid.UUID `json:"organisation_id,omitzero"`
	Service      uuid.UUID `json:"service_id,omitzero"`
	From         time.Time `json:"valid_from"`
}

// people opens the accounts of everybody with a role in Rowan.
func (b *builder) people(ctx context.Context) error {
	var list []who
	for _, o := range b.orgs {
		for _, m := range o.people {
			if m.Role == "" {
				continue
			}
			w := who{m, access.Role(m.Role)}
			list = append(list, w)
			if w.role.AtService() {
				o.service.team[w.role] = append(o.service.team[w.role], w)
			}
		}
	}
	return b.open(ctx, list)
}

// open makes accounts without a password: on the demonstration one picks a person instead.
func (b *builder) open(ctx context.Context, list []who) error {
	var accounts []accountRow
	var grants []grantRow
	for _, w := range list {
		w.account = b.next()
		b.accounts[w.account] = w
		accounts = append(accounts, accountRow{ID: w.account, Login: strings.ToLower(w.Email(w.org.mail)), Name: w.Name(), Registration: w.registration(), Organisation: w.org.id, Person: w.id, State: "active", CreatedAt: b.since()})
		if w.Role == "" {
			continue // staff and managers have their roles by their posts
		}
		g := grantRow{ID: b.next(), Account: w.account, Role: string(w.role), From: b.since()}
		if w.role.AtService() {
			g.Service = w.org.service.id
		} else {
			g.Organisation = w.org.id
		}
		grants = append(grants, g)
	}
	return b.in(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		if err := insert(ctx, tx, "account", accounts); err != nil {
			return err
		}
		return insert(ctx, tx, "role_grant", grants)
	})
}
