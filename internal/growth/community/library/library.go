// Package library is the shelf of a community of practice: texts, links, and templates that a service copies into its own.
//
// Each resource has a licence, and a day on which somebody looks at it again; past that day it says so, and stands last. A template is a
// pathway or a question set of the service that shares it, as it was on that day. A lead copies it with one button: the copy is made by
// the commands of pathways and question sets, behind the same checks as anything typed there, and belongs to the service from then on.
// How many organisations have copied one is told from 8 on, rounded.
//
// Everything else of a resource (being held, returned, withdrawn, recalled) is community/post's.
package library

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Copy is the permission of this slice; reading and writing are those of community/post.
const Copy access.Permission = "community.copy"

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Copy, Wall: access.Growth, Data: access.D0, Purpose: "Share pathways, question sets, letters and scenarios as templates, and copy those of others into one's own service", Allow: access.Allow(access.Any, access.Lead)},
}

// Pack is content/packs/library.yaml.
type Pack struct {
	ReviewMonths int      `yaml:"review_months"`
	Licences     []string `yaml:"licences"`
}

// Lists is the pack that comes with the program.
var Lists = pack.Once(LoadPack)

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	if err := pack.Read(from, "library", &p); err != nil {
		return p, err
	}
	if p.ReviewMonths < 1 || len(p.Licences) == 0 || slices.Contains(p.Licences, "") {
		return p, fmt.Errorf("library: review_months or licences are missing")
	}
	return p, nil
}

// Template is something of a service that can be copied.
type Template struct {
	Form  string // post.Pathway, post.Questions, post.Letter or post.Scenario
	ID    uuid.UUID
	Title string
	Body  []byte // JSON: a Way, a Set, a Letter or a Scenario
}

// Key names one among those of a service.
func (t Template) Key() string { return t.Form + "/" + t.ID.String() }

// Way is a pathway as a template.
type Way struct {
	Name  string `json:"name"`
	Whom  string `json:"whom"`
	Steps []Step `json:"steps"`
}

// Step is one of a way.
type Step struct {
	Title    string `json:"title"`
	Role     string `json:"role"`
	Class    string `json:"class"`
	Target   int    `json:"target"`
	Unit     string `json:"unit"`
	Measured string `json:"measured,omitempty"`
}

// Set is a question set as a template.
type Set struct {
	Name      string     `json:"name"`
	Questions []Question `json:"questions"`
}

// Question is one of a set.
type Question struct {
	Code       string   `json:"code"`
	Version    int      `json:"version"`
	Subsection string   `json:"subsection"`
	Statement  string   `json:"statement"`
	Guidance   string   `json:"guidance"`
	Evidence   string   `json:"evidence"`
	Applies    []string `json:"applies"`
	Short      bool     `json:"short"`
}

// Letter is a letter as a template.
type Letter struct {
	Name    string `json:"name"`
	Purpose string `json:"purpose"`
	Words   string `json:"words"`
}

// Scenario is what somebody assumed, as a template: nothing that was fitted or measured at their service, and no day. A campaign begins
// with the month after the copy, and so does a contract.
type Scenario struct {
	Title         string  `json:"title"`
	Option        string  `json:"option"`
	Population    float64 `json:"population,omitempty"`
	Campaign      float64 `json:"campaign,omitempty"`
	CampaignWeeks int     `json:"campaign_weeks,omitempty"`
	Contract      float64 `json:"contract,omitempty"`
	Productivity  float64 `json:"productivity,omitempty"`
	Role          string  `json:"role,omitempty"` // of clinics
	Sessions      float64 `json:"sessions,omitempty"`
	Slots         float64 `json:"slots,omitempty"`
	Off           float64 `json:"off,omitempty"`
}

// Content is what a template holds: one of them, the others nil; all nil for what is no template.
type Content struct {
	Way      *Way
	Set      *Set
	Letter   *Letter
	Scenario *Scenario
}

// Copied is where a copy of a template is.
type Copied struct {
	ID   uuid.UUID
	Path string
}

// Deps is what the slice is wired to.
type Deps struct {
	Posts *post.Service
	// Own lists what the actor's service has that can be shared.
	Own     func(ctx context.Context, a access.Actor) ([]Template, error)
	Origins *origin.Service
	// Take makes a copy in the actor's own service, and says where it is.
	Take func(ctx context.Context, a access.Actor, at time.Time, t Template) (Copied, error)
}

// Service keeps the shelf.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, Lists()} }

// Pack is what a resource can be shared under.
func (s *Service) Pack() Pack { return s.pack }

// Posts keeps the life of what is on the shelf.
func (s *Service) Posts() *post.Service { return s.d.Posts }

// Due says that a resource is to be looked at again.
func Due(p post.Post, today civil.Date) bool { return !p.Review.IsZero() && !p.Review.After(today) }

// Check says what is wrong with a resource besides its words.
func (p Pack) Check(in post.In, today civil.Date) (f fault.Fields) {
	switch in.Form {
	case post.Text, post.Pathway, post.Questions, post.Letter, post.Scenario:
	case post.Link:
		if u, err := url.Parse(in.Address); err != nil || u.Scheme != "https" || u.Host == "" || len(in.Address) > 500 {
			f.Add("address", "library.address.bad")
		}
	default:
		f.Add("form", "library.form.empty")
	}
	if !slices.Contains(p.Licences, in.Licence) {
		f.Add("licence", "library.licence.empty")
	}
	return append(f, p.CheckReview(in.Review, today)...)
}

// CheckReview says what is wrong with the day on which it is to be looked at again.
func (p Pack) CheckReview(review, today civil.Date) (f fault.Fields) {
	switch {
	case review.IsZero():
		f.Add("review", "library.review.empty")
	case !review.After(today) || review.After(today.AddMonths(p.ReviewMonths)):
		f.Add("review", "library.review.range", "n", p.ReviewMonths)
	}
	return f
}

// Shelf lists the resources in their order: those that hold by title, then those that are due, then what was recalled.
func Shelf(all []post.Post, today civil.Date, form, topic string) (out []post.Post) {
	for _, p := range all {
		if (p.State == post.Published || p.State == post.Recalled) && (form == "" || p.Form == form) && (topic == "" || p.Topic == topic) {
			out = append(out, p)
		}
	}
	rank := func(p post.Post) int {
		switch {
		case p.Gone():
			return 2
		case Due(p, today):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b post.Post) int {
		if c := rank(a) - rank(b); c != 0 {
			return c
		}
		return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	})
	return out
}

// Find finds a resource.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (post.Post, error) {
	p, err := s.d.Posts.Find(ctx, a, id)
	if err == nil && p.Kind != post.Resource {
		err = fault.Missing("resource")
	}
	return p, err
}

// Own lists what the actor's service can share.
func (s *Service) Own(ctx context.Context, a access.Actor) ([]Template, error) {
	return s.d.Own(ctx, a)
}

// Template gives one of them by its key.
func (s *Service) Template(ctx context.Context, a access.Actor, key string) (Template, bool, error) {
	all, err := s.d.Own(ctx, a)
	i := slices.IndexFunc(all, func(t Template) bool { return t.Key() == key })
	if err != nil || i < 0 {
		return Template{}, false, err
	}
	return all[i], true, nil
}

// Read gives what a template holds.
func Read(p post.Post) (c Content, err error) {
	if p.Payload == nil {
		return c, nil
	}
	var into any
	switch p.Form {
	case post.Pathway:
		c.Way = &Way{}
		into = c.Way
	case post.Letter:
		c.Letter = &Letter{}
		into = c.Letter
	case post.Scenario:
		c.Scenario = &Scenario{}
		into = c.Scenario
	default:
		c.Set = &Set{}
		into = c.Set
	}
	return c, json.Unmarshal(p.Payload, into)
}

// TakeCopy copies a template into the actor's own service with where it is from, and says where the copy is.
func (s *Service) TakeCopy(ctx context.Context, a access.Actor, at time.Time, id, copied uuid.UUID) (path string, err error) {
	p, err := s.Find(ctx, a, id)
	if err != nil {
		return "", err
	}
	if p.State != post.Published || p.Payload == nil {
		return "", fault.New(fault.Conflict, "library.no_template")
	}
	made, err := s.d.Take(ctx, a, at, Template{Form: p.Form, ID: copied, Title: p.Title, Body: p.Payload})
	if err != nil {
		return "", err
	}
	return made.Path, s.d.Posts.Used(ctx, a, at, origin.Origin{Object: made.ID, Post: id, Form: p.Form, Path: made.Path, Title: p.Title, Author: p.AuthorName, Home: p.Home, Licence: p.Licence, Review: p.Review, Copied: at})
}

// Copies lists what the actor's service copied, with where it is from.
func (s *Service) Copies(ctx context.Context, a access.Actor) ([]origin.Origin, error) {
	return s.d.Origins.List(ctx, a)
}
