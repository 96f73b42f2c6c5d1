package codesign

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service keeps drafts, versions and rounds.
type Service struct {
	db     *postgres.DB
	posts  *post.Service
	screen *screen.Screen
}

// New makes the service.
func New(d *postgres.DB, posts *post.Service) *Service { return &Service{d, posts, screen.Ours()} }

// Found lists what looks like a person in some words that many read.
func (s *Service) Found(today civil.Date, words ...string) []screen.Finding {
	return s.screen.Find(today, words...)
}

// Person finds the first of what looks like a person in words that another organisation reads; "" for none.
func Person(today civil.Date, words ...string) string {
	if found := screen.Ours().Find(today, words...); len(found) > 0 {
		return found[0].Text
	}
	return ""
}

// House is all that a community has of the framework, as the reader may see it.
type House struct {
	Hosted, Mine bool
	Drafts       []Draft // every version, the newest first; a draft for its host alone
	Rounds       []Round // the newest first
	Comments     []Comment
	Homes        int // organisations with a member
	agreeing     map[uuid.UUID][]Agreeing
}

// Published are ours and those that the community has published, the oldest first.
func (h House) Published() []framework.Version {
	out := []framework.Version{framework.Ours()}
	for _, d := range slices.Backward(h.Drafts) {
		if !d.Open() {
			out = append(out, d.Version)
		}
	}
	return out
}

// Newest is the version that a draft goes on from, and is compared with: the last that was published before it.
func (h House) Newest(before int) framework.Version {
	newest := framework.Ours()
	for _, v := range h.Published() {
		if v.Number < before {
			newest = v
		}
	}
	return newest
}

// Draft is the draft there is; false for none.
func (h House) Draft() (Draft, bool) {
	i := slices.IndexFunc(h.Drafts, Draft.Open)
	if i < 0 {
		return Draft{}, false
	}
	return h.Drafts[i], true
}

// Find finds a version by its id.
func (h House) Find(id uuid.UUID) (Draft, error) {
	i := slices.IndexFunc(h.Drafts, func(d Draft) bool { return d.ID == id })
	if i < 0 {
		return Draft{}, fault.Missing("version")
	}
	return h.Drafts[i], nil
}

// Round finds a round by its id.
func (h House) Round(id uuid.UUID) (Round, error) {
	i := slices.IndexFunc(h.Rounds, func(r Round) bool { return r.ID == id })
	if i < 0 {
		return Round{}, fault.Missing("round")
	}
	return h.Rounds[i], nil
}

// Of are the rounds of a version, the newest first.
func (h House) Of(version uuid.UUID) (out []Round) {
	for _, r := range h.Rounds {
		if r.Version == version {
			out = append(out, r)
		}
	}
	return out
}

// Said are the comments of a round, the oldest first.
func (h House) Said(round uuid.UUID) (out []Comment) {
	for _, c := range h.Comments {
		if c.Round == round {
			out = append(out, c)
		}
	}
	return out
}

// SaidOf are the comments of all rounds of a version.
func (h House) SaidOf(version uuid.UUID) (out []Comment) {
	for _, r := range h.Of(version) {
		out = append(out, h.Said(r.ID)...)
	}
	return out
}

// Numbers are those of a round.
func (h House) Numbers(r Round) Numbers {
	return Count(r, h.Said(r.ID), h.agreeing[r.ID], h.Homes)
}

// Comment finds a comment with its round.
func (h House) Comment(id uuid.UUID) (Comment, Round, error) {
	i := slices.IndexFunc(h.Comments, func(c Comment) bool { return c.ID == id })
	if i < 0 {
		return Comment{}, Round{}, fault.Missing("comment")
	}
	r, err := h.Round(h.Comments[i].Round)
	return h.Comments[i], r, err
}

// Frozen says that the version of a round is published: nothing that was said in it is answered any more.
func (h House) Frozen(r Round) bool {
	return slices.ContainsFunc(h.Drafts, func(d Draft) bool { return d.ID == r.Version && !d.Open() })
}

// Read reads all of it, for who is in the community.
func (s *Service) Read(ctx context.Context, a access.Actor) (h House, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Entered(ctx, tx)
		if err != nil {
			return err
		}
		h, err = read(ctx, db.New(tx), a, c)
		return err
	})
	return h, err
}

func read(ctx context.Context, q *db.Queries, a access.Actor, c member.Community) (h House, err error) {
	h = House{Hosted: c.Hosted, Mine: c.Mine, agreeing: map[uuid.UUID][]Agreeing{}}
	versions, err := q.ListVersions(ctx, c.ID)
	if err != nil {
		return h, fmt.Errorf("list versions: %w", err)
	}
	for _, r := range versions {
		d, err := draftOf(r)
		if err != nil {
			return h, err
		}
		h.Drafts = append(h.Drafts, d)
	}
	rounds, err := q.ListRounds(ctx, c.ID)
	if err != nil {
		return h, fmt.Errorf("list rounds: %w", err)
	}
	for _, r := range rounds {
		themes, err := framework.Parse(r.Themes)
		if err != nil {
			return h, err
		}
		h.Rounds = append(h.Rounds, Round{RoundIn: RoundIn{r.ID, r.About, r.Questions, civil.Of(r.OpensOn), civil.Of(r.ClosesOn)}, Version: r.VersionID, Number: int(r.Number), Themes: themes, Opened: r.OpenedAt, By: r.OpenedBy, Ended: postgres.Value(r.EndedAt)})
	}
	said, err := q.ListComments(ctx, db.ListCommentsParams{OrganisationID: c.ID, AccountID: a.Account})
	if err != nil {
		return h, fmt.Errorf("list comments: %w", err)
	}
	for _, r := range said {
		h.Comments = append(h.Comments, commentOf(r))
	}
	agreed, err := q.ListAgreedHomes(ctx, c.ID)
	if err != nil {
		return h, fmt.Errorf("list who agreed: %w", err)
	}
	for _, r := range agreed {
		h.agreeing[r.RoundID] = append(h.agreeing[r.RoundID], Agreeing{r.AccountID, r.HomeID})
	}
	n, err := q.CountHomes(ctx, c.ID)
	if err != nil {
		return h, fmt.Errorf("count organisations: %w", err)
	}
	h.Homes = int(n)
	return h, nil
}

func draftOf(r db.FrameworkVersion) (d Draft, err error) {
	d = Draft{Version: framework.Version{ID: r.ID, Host: r.OrganisationID, Number: int(r.Number), Name: r.Name, Source: r.Source, Effective: civil.FromNull(r.EffectiveFrom), Summary: r.Summary},
		Stage: int(r.Version), Started: r.StartedAt, By: r.StartedBy, Published: postgres.Value(r.PublishedAt), PublishedBy: r.PublishedBy}
	if d.Themes, err = framework.Parse(r.Themes); err == nil {
		err = json.Unmarshal(r.Reasons, &d.Reasons)
	}
	if err != nil {
		err = fmt.Errorf("read version %d: %w", r.Number, err)
	}
	return d, err
}

func commentOf(r db.ListCommentsRow) Comment {
	c := Comment{Post: post.Post{In: post.In{ID: r.ID, Kind: post.Comment, Title: r.Title, Words: r.Words, Payload: r.Payload, Version: int(r.Version)}, Author: r.AuthorAccount, AuthorName: r.AuthorName, Home: r.AuthorHome, State: post.State(r.State), Marks: r.Marks, Reason: r.Reason,
		Made: r.MadeAt, Changed: r.ChangedAt, Ended: postgres.Value(r.EndedAt), EndedBy: r.EndedBy}, Spot: Spot{int(r.Question), r.Theme, r.Spot, int(r.Level)}, Round: r.RoundID, Home: r.HomeID, Agreed: int(r.Agreed), Mine: r.Mine}
	if r.Verdict != nil {
		c.Answer = &Answer{Verdict(*r.Verdict), postgres.Value(r.Answer), postgres.Value(r.AnsweredAt), postgres.Value(r.AnsweredBy)}
	}
	return c
}

// InForce is the version that is in force for the actor's organisation: of the nearest above it that has published any, else ours. Nobody
// has to be a member for it.
func (s *Service) InForce(ctx context.Context, a access.Actor, now time.Time) (v framework.Version, err error) {
	all := []framework.Version{framework.Ours()}
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListPublished(ctx, locale.Day(now).UTC())
		if err != nil {
			return fmt.Errorf("list versions above: %w", err)
		}
		for _, r := range rows {
			if r.OrganisationID != rows[0].OrganisationID {
				break
			}
			d, err := draftOf(db.FrameworkVersion{OrganisationID: r.OrganisationID, ID: r.ID, Number: r.Number, Name: r.Name, Source: r.Source, Themes: r.Themes, EffectiveFrom: r.EffectiveFrom, Summary: r.Summary, Reasons: r.Reasons, PublishedAt: r.PublishedAt})
			if err != nil {
				return err
			}
			d.HostName = r.HostName
			all = append(all, d.Version)
		}
		return nil
	})
	v, ok := framework.InForce(all, locale.Day(now))
	if err == nil && !ok {
		v = framework.Ours() // its own day is that of its pack, and somebody may look before it
	}
	return v, err
}

// errAlready ends a command that was done before: it leaves no second row.
var errAlready = errors.New("done already")
