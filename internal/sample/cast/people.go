package cast

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
	Decides      bool      `json:"decides_disclosures"`
}

// People opens the accounts of everybody with a role in Rowan.
func (b *Cast) People(ctx context.Context) error {
	var list []Who
	for _, o := range b.orgs {
		for _, m := range o.People {
			if m.Role == "" {
				continue
			}
			w := Who{Member: m, Acting: access.Role(m.Role)}
			// The lead physician and the senior nurse of a service are the first of each.
			w.Decides = (w.Acting == access.Nurse || w.Acting == access.Physician) && len(o.Service.Team[w.Acting]) == 0
			list = append(list, w)
			if w.Acting.AtService() {
				o.Service.Team[w.Acting] = append(o.Service.Team[w.Acting], w)
			}
		}
	}
	return b.Open(ctx, list)
}

// Open makes accounts without a password: on the demonstration one picks a person instead.
func (b *Cast) Open(ctx context.Context, list []Who) error {
	var accounts []accountRow
	var grants []grantRow
	for _, w := range list {
		w.Account = b.Next()
		b.Accounts[w.Account] = w
		accounts = append(accounts, accountRow{ID: w.Account, Login: strings.ToLower(w.Email(w.Org.mail)), Name: w.Name(), Registration: w.registration(), Organisation: w.Org.ID, Person: w.ID, State: "active", CreatedAt: b.Since()})
		if w.Role == "" {
			continue // staff and managers have their roles by their posts
		}
		g := grantRow{ID: b.Next(), Account: w.Account, Role: string(w.Acting), From: b.Since(), Decides: w.Decides}
		if w.Acting.AtService() {
			g.Service = w.Org.Service.ID
		} else {
			g.Organisation = w.Org.ID
		}
		grants = append(grants, g)
	}
	return b.In(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		if err := Insert(ctx, tx, "account", accounts); err != nil {
			return err
		}
		return Insert(ctx, tx, "role_grant", grants)
	})
}
