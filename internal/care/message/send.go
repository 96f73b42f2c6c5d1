package message

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/message/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// linkValid is how long a one-time link opens: somebody off sick may read their post a week late.
const linkValid = 14 * 24 * time.Hour

// ownPages is the purpose of a link to the person's own pages.
const ownPages = "my"

// linkPaths are where the links of each purpose lead.
var linkPaths = map[string]string{"my": "/l/", "feedback": "/feedback/", "feedback_manager": "/feedback/", "invitation": "/invitation/"}

// SenderDeps is what the sender is made of.
type SenderDeps struct {
	Keys    *seal.Keys
	BaseURL string // "https://rowan.example.nhs.uk"
	Words   *locale.Words
	Now     func() time.Time
	// Guardians gives the work e-mails of an organisation's Caldicott guardians: accounts are the hall's alone. Absent: what
	// is for a guardian has no address.
	Guardians func(ctx context.Context, organisation uuid.UUID) ([]string, error)
	// Leads gives those of the leads of its OH service, likewise.
	Leads func(ctx context.Context, organisation uuid.UUID) ([]string, error)
}

// Sender finds address and words of queued messages. It is the worker's: only that login reads the outbox.
type Sender struct{ d SenderDeps }

// NewSender makes a sender.
func NewSender(d SenderDeps) *Sender {
	d.BaseURL = strings.TrimSuffix(d.BaseURL, "/")
	return &Sender{d}
}

// Register has the runner send what is queued.
func (s *Sender) Register(r *job.Runner) { job.Register(r, access.Worker, s.Send) }

// Templates lists the messages that have words.
func Templates(w *locale.Words) []string {
	var out []string
	for _, key := range w.Keys() {
		name, subject := strings.CutSuffix(strings.TrimPrefix(key, "message."), ".subject")
		if subject && strings.HasPrefix(key, "message.") {
			out = append(out, name)
		}
	}
	return out
}

// to is how a message reaches somebody.
type to struct {
	channel, address, name string
	safe                   bool // their safe contact, which they chose and proved, or OH took down
}

// Send works one message: its address, its words, its link. What would be sent is kept with it.
func (s *Sender) Send(ctx context.Context, tx *postgres.Tx, args SendArgs) error {
	q := db.New(tx)
	m, err := q.FindQueued(ctx, args.Message)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find message: %w", err)
	}
	var service db.FindServiceRow
	if m.ServiceID != nil {
		if service, err = q.FindService(ctx, *m.ServiceID); err != nil {
			return fmt.Errorf("find service: %w", err)
		}
	}
	who := to{address: service.Name + ", " + service.Phone}
	switch {
	case Capacity(m.Capacity) == Guardian:
		who, err = holders(ctx, s.d.Guardians, postgres.Value(m.OrganisationID))
	case Capacity(m.Capacity) == Lead:
		who, err = holders(ctx, s.d.Leads, postgres.Value(m.OrganisationID))
	case m.LinkPurpose == Code:
		who, err = proving(ctx, q, m)
	case m.ToPerson != nil:
		who, err = contact(ctx, q, m)
	}
	if err != nil {
		return err
	}
	body, err := s.words(m, who, service)
	if err != nil {
		return err
	}
	state := "shown"
	if who.address == "" {
		state = "undeliverable"
	}
	now := s.d.Now()
	if err := q.NoteSent(ctx, db.NoteSentParams{ID: m.ID, State: state, Channel: who.channel, Address: who.address, Body: &body, ShownAt: &now}); err != nil {
		return fmt.Errorf("keep message: %w", err)
	}
	return nil
}

// contact chooses the address. What concerns somebody themselves goes to the safe contact they chose and proved;
// only who has none is written to at work, where others may read along.
func contact(ctx context.Context, q *db.Queries, m db.FindQueuedRow) (to, error) {
	p, err := q.FindContact(ctx, db.FindContactParams{OrganisationID: postgres.Value(m.OrganisationID), ID: *m.ToPerson})
	if err != nil {
		return to{}, fmt.Errorf("find contact: %w", err)
	}
	if Capacity(m.Capacity) == Self && p.SafeContact != "" {
		return to{channels[p.SafeContactKind], p.SafeContact, p.GivenName, true}, nil
	}
	if p.WorkEmail == "" {
		return to{name: p.GivenName}, nil
	}
	return to{channel: "email", address: p.WorkEmail, name: p.GivenName}, nil
}

var channels = map[string]string{"mobile": "sms", "email": "email", "post": "letter"}

// proving is the address that somebody says is theirs: a code goes there, and nothing else.
func proving(ctx context.Context, q *db.Queries, m db.FindQueuedRow) (to, error) {
	p, err := q.FindProof(ctx, db.FindProofParams{OrganisationID: postgres.Value(m.OrganisationID), ID: postgres.Value(m.LinkObject)})
	if err != nil {
		return to{}, fmt.Errorf("find the address to prove: %w", err)
	}
	return to{channel: channels[p.Kind], address: p.Address}, nil
}

// holders is whoever holds a role at an organisation now.
func holders(ctx context.Context, find func(context.Context, uuid.UUID) ([]string, error), organisation uuid.UUID) (to, error) {
	if find == nil {
		return to{}, nil
	}
	list, err := find(ctx, organisation)
	if err != nil {
		return to{}, fmt.Errorf("find who holds the role: %w", err)
	}
	if len(list) == 0 {
		return to{}, nil
	}
	return to{channel: "email", address: strings.Join(list, ", ")}, nil
}

// unfilled is a place in a text that no argument filled.
var unfilled = regexp.MustCompile(`\{[a-z_]+\}`)

// words writes the message.
func (s *Sender) words(m db.FindQueuedRow, who to, service db.FindServiceRow) (string, error) {
	w, key := s.d.Words, "message."+m.Template
	if !w.Has(key+".subject") || !w.Has(key+".body") {
		return "", fmt.Errorf("message template %q has no words", m.Template)
	}
	var given map[string]string
	if err := json.Unmarshal(m.Args, &given); err != nil {
		return "", fmt.Errorf("read arguments: %w", err)
	}
	args := []any{"name", who.name, "service", service.Name, "phone", service.Phone}
	for name, value := range given {
		args = append(args, name, value)
	}
	parts := []string{w.T(key+".subject", args...), w.T(key+".body", args...)}
	for _, p := range parts {
		if unfilled.MatchString(p) {
			return "", fmt.Errorf("message template %q lacks an argument", m.Template)
		}
	}
	switch link, err := s.link(m, who); {
	case err != nil:
		return "", err
	case m.LinkPurpose == Code:
		parts = append(parts, w.T("message.code", "code", s.d.Keys.Code(Code, postgres.Value(m.LinkObject))))
	case link != "":
		intro := "message.link"
		if w.Has(intro + "." + m.LinkPurpose) {
			intro += "." + m.LinkPurpose
		}
		parts = append(parts, w.T(intro)+"\n"+link)
	case m.ToPerson != nil || Capacity(m.Capacity) == Guardian || Capacity(m.Capacity) == Lead:
		parts = append(parts, w.T("message.sign_in"))
	}
	if service.Name != "" {
		parts = append(parts, w.T("message.footer", args...))
	}
	return strings.Join(parts, "\n\n"), nil
}

// link mints the one-time link. A link to somebody's own pages goes to their safe contact or nowhere: at work others
// may read along, and the message asks them to sign in instead. A feedback link does not carry who got it: the answer
// is nobody's.
func (s *Sender) link(m db.FindQueuedRow, who to) (string, error) {
	if m.LinkPurpose == "" || m.LinkPurpose == Code || m.LinkPurpose == ownPages && !who.safe {
		return "", nil
	}
	path, ok := linkPaths[m.LinkPurpose]
	if !ok {
		return "", fmt.Errorf("no page for links of purpose %q", m.LinkPurpose)
	}
	l := seal.Link{ID: m.ID, Purpose: m.LinkPurpose, Organisation: postgres.Value(m.OrganisationID), Service: postgres.Value(m.ServiceID), Object: postgres.Value(m.LinkObject), Expires: s.d.Now().Add(linkValid)}
	if linkPaths[m.LinkPurpose] != linkPaths["feedback"] {
		l.Person = postgres.Value(m.ToPerson)
	}
	token, err := s.d.Keys.MintLink(l)
	if err != nil {
		return "", err
	}
	return s.d.BaseURL + path + token, nil
}
