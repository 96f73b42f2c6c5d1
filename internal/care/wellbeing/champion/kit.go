package champion

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Kit is a message to all champions, or a campaign kit.
type Kit struct {
	ID                       uuid.UUID
	Kind, Title, Words, Link string
	On                       civil.Date
	By                       string
}

// Kinds of kit.
var Kinds = []string{"message", "kit"}

// Bounds of a kit, in characters: a line, and a page.
const (
	MaxTitle = 120
	MaxWords = 3000
	MaxLink  = 400
)

// CheckKit says what is wrong with a kit.
func CheckKit(k Kit) (f fault.Fields) {
	if k.Kind != "message" && k.Kind != "kit" {
		f.Add("kind", "champion.kit.kind.empty")
	}
	f.Text("title", "champion.kit.title.empty", k.Title, MaxTitle)
	f.Text("words", "champion.kit.words.empty", k.Words, MaxWords)
	if k.Link != "" {
		if u, err := url.Parse(k.Link); err != nil || u.Scheme != "https" || u.Host == "" {
			f.Add("link", "champion.kit.link.bad")
		} else if len(k.Link) > MaxLink {
			f.Add("link", "form.too_long", "n", MaxLink)
		}
	}
	return f
}

func kits(ctx context.Context, tx *postgres.Tx) (out []Kit, err error) {
	rows, err := db.New(tx).ListKits(ctx, tx.Actor.Service)
	if err != nil {
		return nil, fmt.Errorf("list kits: %w", err)
	}
	for _, r := range rows {
		out = append(out, Kit{r.ID, r.Kind, r.Title, r.Words, r.Link, locale.Day(r.PublishedAt), r.ByName})
	}
	return out, nil
}

// Kits lists what was sent and stands.
func (s *Service) Kits(ctx context.Context, a access.Actor) (out []Kit, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = kits(ctx, tx)
		return err
	})
	return out, err
}

// Publish sends a kit to every champion of the service: each is told, once, that there is something to read.
func (s *Service) Publish(ctx context.Context, a access.Actor, at time.Time, k Kit) error {
	if err := refuse(CheckKit(k)); err != nil {
		return err
	}
	return s.do(ctx, a, audit.Entry{At: at, Action: "champion.kit_sent", Kind: "champion_kit", Object: k.ID}, func(tx *postgres.Tx) (int64, error) {
		q := db.New(tx)
		n, err := q.InsertKit(ctx, db.InsertKitParams{ServiceID: a.Service, ID: k.ID, Kind: k.Kind, Title: strings.TrimSpace(k.Title), Words: k.Words, Link: k.Link, At: at, ByName: a.Name})
		if err != nil {
			return 0, fmt.Errorf("insert kit: %w", err)
		}
		if n == 0 {
			return 0, nil
		}
		to, err := q.ListToTell(ctx, locale.Day(at).Null())
		if err != nil {
			return 0, fmt.Errorf("list champions to tell: %w", err)
		}
		for _, c := range to {
			if err := message.Queue(ctx, tx, message.Out{Key: "champion_news:" + k.ID.String() + ":" + c.ID.String(), Organisation: c.OrganisationID, Service: a.Service, To: c.PersonID,
				Capacity: message.Work, Template: "champion_news", At: at}); err != nil {
				return 0, err
			}
		}
		return n, nil
	})
}

// WithdrawKit takes a kit away.
func (s *Service) WithdrawKit(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "champion.kit_withdrawn", Kind: "champion_kit", Object: id}, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).WithdrawKit(ctx, db.WithdrawKitParams{ServiceID: a.Service, ID: id, At: &at})
		if err != nil {
			return 0, fmt.Errorf("withdraw kit: %w", err)
		}
		if n == 0 {
			return 0, fault.Missing("kit")
		}
		return n, nil
	})
}
