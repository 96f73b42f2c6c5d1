package sharing

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Deps is what the slice needs.
type Deps struct {
	DB      *postgres.DB
	Key     seal.Secret // of release.SigningKey
	Now     func() time.Time
	Content fs.FS // where the list of metrics is; ours when nil
	// Figures makes the figures of a metric in some months as they may leave: under disclosure control.
	Figures Figures
}

// Figures makes the figures of a metric in some months as they may leave.
type Figures func(context.Context, access.Actor, time.Time, release.Metric, []civil.Date) ([]release.Figure, error)

// Service keeps what an organisation shares.
type Service struct {
	d      Deps
	pack   release.Pack
	signer *release.Signer
}

// New makes the service.
func New(d Deps) (*Service, error) {
	if d.Content == nil {
		d.Content = content.FS
	}
	pack, err := release.Load(d.Content)
	if err != nil {
		return nil, err
	}
	signer, err := release.NewSigner(d.Key)
	if err != nil {
		return nil, err
	}
	return &Service{d, pack, signer}, nil
}

// Pack is what can be shared.
func (s *Service) Pack() release.Pack { return s.pack }

// Fingerprint is that of the key by which this installation signs.
func (s *Service) Fingerprint() string { return s.signer.Fingerprint() }

// Board is what an organisation shares, and with whom.
type Board struct {
	System     organisation.Member // zero where it belongs to no ICS
	Nation     organisation.Member // above it; zero where there is none
	Code       string              // its pseudonym there; "" before it has one
	Model      string              // how its service is provided
	Agreements []Agreement         // the newest first, of this ICS
	Releases   []Made              // the newest first
}

// Of gives the newest agreement about an item.
func (b Board) Of(item string) (Agreement, bool) {
	i := slices.IndexFunc(b.Agreements, func(a Agreement) bool { return a.Item == item })
	if i < 0 {
		return Agreement{}, false
	}
	return b.Agreements[i], true
}

// InForce says whether an item is agreed on now.
func (b Board) InForce(item string) bool {
	return slices.ContainsFunc(b.Agreements, func(a Agreement) bool { return a.Item == item && a.State == Agreed })
}

// Sharing says whether any metric is.
func (b Board) Sharing() bool {
	return slices.ContainsFunc(b.Agreements, func(a Agreement) bool {
		return a.Item != Name && a.Item != Nation && a.Item != Skills && a.State == Agreed
	})
}

// Items lists what can be agreed on: the metrics in their order, then the name, the skills bank and the nation.
func (s *Service) Items() (out []string) {
	for _, m := range s.pack.Metrics {
		out = append(out, m.ID)
	}
	return append(out, Name, Skills, Nation)
}

// Board reads what the organisation shares.
func (s *Service) Board(ctx context.Context, a access.Actor, now time.Time) (b Board, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err = s.board(ctx, tx, locale.Day(now))
		return err
	})
	return b, err
}

func (s *Service) board(ctx context.Context, tx *postgres.Tx, today civil.Date) (b Board, err error) {
	a, q := tx.Actor, db.New(tx)
	asAt := EndOf(Last(today)).UTC()
	b.Releases, err = releases(ctx, tx)
	if err != nil {
		return b, err
	}
	var ok bool
	if b.System, ok, err = organisation.SystemOf(ctx, tx, a.Organisation, asAt); err != nil || !ok {
		return b, err
	}
	if b.Nation, _, err = organisation.NationOf(ctx, tx, a.Organisation, asAt); err != nil {
		return b, err
	}
	if b.Model, err = organisation.ModelOf(ctx, tx, a.Service, asAt); err != nil {
		return b, err
	}
	if b.Code, err = code(ctx, q, a, b.System.ID); err != nil {
		return b, err
	}
	rows, err := q.ListAgreements(ctx, db.ListAgreementsParams{OrganisationID: a.Organisation, SystemID: b.System.ID})
	if err != nil {
		return b, fmt.Errorf("list agreements: %w", err)
	}
	for _, r := range rows {
		b.Agreements = append(b.Agreements, Agreement{r.ID, r.Item, civil.Of(r.FromMonth), State(r.State), r.AskedAt, r.AskedBy, postgres.Value(r.DecidedAt), postgres.Value(r.DecidedBy),
			postgres.Value(r.EndedAt), postgres.Value(r.EndedBy)})
	}
	return b, nil
}

func code(ctx context.Context, q *db.Queries, a access.Actor, system uuid.UUID) (string, error) {
	c, err := q.NewestCode(ctx, db.NewestCodeParams{OrganisationID: a.Organisation, SystemID: system})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find the pseudonym: %w", err)
	}
	return c, nil
}

// letters of a pseudonym: none that is taken for another. 32 of them, so that each byte gives one without favour.
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// newCode is chance, and made from nothing that could be found out.
func newCode() string {
	b := make([]byte, 6)
	rand.Read(b) // never fails
	for i := range b {
		b[i] = letters[b[i]%byte(len(letters))]
	}
	return string(b)
}

// change runs a command about agreements in one transaction.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, fn func(*postgres.Tx, *db.Queries, Board) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err := s.board(ctx, tx, locale.Day(at))
		if err == nil && b.System.ID == uuid.Nil {
			err = fault.New(fault.Conflict, "sharing.no_system")
		}
		if err != nil {
			return err
		}
		return fn(tx, db.New(tx), b)
	})
}

// CheckFrom says what is wrong with the month from which an item is to be shared.
func (s *Service) CheckFrom(from, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Choices(today, s.pack.Back), from) {
		f.Add("from", "sharing.from.empty")
	}
	return f
}

// Ask asks to share an item from a month on. One that is asked for or agreed on already stays.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, item string, from civil.Date) error {
	if !slices.Contains(s.Items(), item) {
		return fault.Missing("metric")
	}
	if f := s.CheckFrom(from, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.change(ctx, a, at, func(tx *postgres.Tx, q *db.Queries, b Board) error {
		var nation *uuid.UUID
		if item == Nation {
			if nation = postgres.Null(b.Nation.ID); nation == nil {
				return fault.Missing("metric")
			}
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		n, err := q.InsertAgreement(ctx, db.InsertAgreementParams{OrganisationID: a.Organisation, ID: id, SystemID: b.System.ID, Item: item, NationID: nation, FromMonth: from.UTC(), At: postgres.Stamp(at), ByName: a.Name})
		if err != nil || n == 0 {
			return err
		}
		if b.Code == "" {
			if err := q.InsertCode(ctx, db.InsertCodeParams{OrganisationID: a.Organisation, SystemID: b.System.ID, At: postgres.Stamp(at), Code: newCode()}); err != nil {
				return fmt.Errorf("make a pseudonym: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "sharing.asked", Kind: "sharing", Object: id, Detail: map[string]string{"item": item}})
	})
}

// Decide agrees to what was asked for, or refuses it.
func (s *Service) Decide(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, agree bool) error {
	return s.change(ctx, a, at, func(tx *postgres.Tx, q *db.Queries, b Board) error {
		state, action := Refused, "sharing.refused"
		if agree {
			state, action = Agreed, "sharing.agreed"
		}
		n, err := q.DecideAgreement(ctx, db.DecideAgreementParams{OrganisationID: a.Organisation, ID: id, State: string(state), At: postgres.Null(postgres.Stamp(at)), ByName: &a.Name})
		if err != nil {
			return fmt.Errorf("decide on sharing: %w", err)
		}
		if n == 0 {
			return fault.Missing("agreement")
		}
		if agree {
			if err := s.catchUp(ctx, tx, b, id, at); err != nil {
				return err
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "sharing", Object: id})
	})
}

// End ends an agreement: from now on nothing of it leaves.
func (s *Service) End(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.end(ctx, a, at, func(x Agreement) bool { return x.ID == id })
}

// EndAll ends every agreement.
func (s *Service) EndAll(ctx context.Context, a access.Actor, at time.Time) error {
	return s.end(ctx, a, at, func(Agreement) bool { return true })
}

func (s *Service) end(ctx context.Context, a access.Actor, at time.Time, which func(Agreement) bool) error {
	return s.change(ctx, a, at, func(tx *postgres.Tx, q *db.Queries, b Board) error {
		ended := 0
		for _, x := range b.Agreements {
			if !x.Open() || !which(x) {
				continue
			}
			if _, err := q.EndAgreement(ctx, db.EndAgreementParams{OrganisationID: a.Organisation, ID: x.ID, At: postgres.Null(postgres.Stamp(at)), ByName: &a.Name}); err != nil {
				return fmt.Errorf("end sharing: %w", err)
			}
			if x.Item == Name && x.State == Agreed {
				if err := q.InsertCode(ctx, db.InsertCodeParams{OrganisationID: a.Organisation, SystemID: b.System.ID, At: postgres.Stamp(at), Code: newCode()}); err != nil {
					return fmt.Errorf("make a new pseudonym: %w", err)
				}
			}
			if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "sharing.ended", Kind: "sharing", Object: x.ID, Detail: map[string]string{"item": x.Item}}); err != nil {
				return err
			}
			ended++
		}
		if ended == 0 {
			return fault.Missing("agreement")
		}
		return nil
	})
}
