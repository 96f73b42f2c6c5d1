package workforce

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Fundings lists how a post may be paid for: for good, until a day, or by somebody else.
var Fundings = []string{"recurrent", "fixed", "outside"}

// NoZone says of a post that it is in no high-cost area although the others are.
const NoZone = "none"

// Zones lists where a post may be, apart from where the plan says that all are.
func Zones() []string {
	out := []string{NoZone}
	for _, z := range pay.Zones {
		out = append(out, string(z))
	}
	return out
}

// Readies lists when a successor could act up.
var Readies = []string{"now", "year", "later"}

// The bounds of what somebody may write.
const (
	longestTitle = 120
	mostHeads    = 200
	mostYears    = 50.0
	mostSalary   = 500_000
)

// PostIn is a post as somebody writes it.
type PostIn struct {
	ID            uuid.UUID
	Title         string
	Role, Band    string
	WTE           float64 // of each head
	Heads, InPost int
	VacantSince   civil.Date
	Years         float64    // in the band, of those in post on YearsOn, on average
	YearsOn       civil.Date // zero: today, as somebody writes it
	Salary        int        // of a doctor; 0 for others
	Funding       string
	ContractEnds  civil.Date
	Zone          string // high-cost area; "" where the plan says
	Skills        []string
	Successor     uuid.UUID
	Ready         string
}

// Post is a line of the establishment.
type Post struct {
	PostIn
	Change    uuid.UUID // that added it; Nil for most
	StartedOn civil.Date
	Changed   time.Time
	By        string
}

// Funded is its WTE.
func (p Post) Funded() float64 { return p.WTE * float64(p.Heads) }

// Filled is the WTE in post.
func (p Post) Filled() float64 { return p.WTE * float64(p.InPost) }

// Vacant is the heads to be found.
func (p Post) Vacant() int { return p.Heads - p.InPost }

// YearsAt are the years in the band on a day, on average of those in post: they grow from the day on which they were written down.
// There are none where nobody is, and before they came.
func (p Post) YearsAt(day civil.Date) float64 {
	if p.InPost == 0 {
		return 0
	}
	return min(max(outlook.YearsAt(p.Years, p.YearsOn, day), 0), mostYears)
}

// YearsShown are those as a page says them.
func (p Post) YearsShown(day civil.Date) float64 { return math.Round(100*p.YearsAt(day)) / 100 }

// joined are the years of those in post once somebody has come to them on a day who had so many, and the day on which they are so
// many: a mean, for the establishment knows no more of a line of several heads. Who leaves, leaves it as it is.
func (p Post) joined(on civil.Date, years float64) (float64, civil.Date) {
	if p.InPost == 0 {
		return years, on
	}
	day := on
	if day.Before(p.YearsOn) {
		day = p.YearsOn
	}
	n := float64(p.InPost)
	return (n*p.YearsAt(day) + outlook.YearsAt(years, on, day)) / (n + 1), day
}

// dated says on which day the years hold that somebody wrote: today, but those that they left as the page showed them stay as they were.
func (in PostIn) dated(all []Post, today civil.Date) PostIn {
	if !in.YearsOn.IsZero() {
		return in
	}
	in.YearsOn = today
	was, there := find(all, func(p Post) bool { return p.ID == in.ID })
	if there && was.InPost > 0 && in.Years == was.YearsShown(today) {
		in.Years, in.YearsOn = was.Years, was.YearsOn
	}
	return in
}

// Path is where it is changed.
func (p Post) Path() string { return "/workforce/posts/" + p.ID.String() }

// CheckPost says what is wrong with a post. Others are the posts that could act up.
func (p Pack) CheckPost(in PostIn, others []Post, today civil.Date) (f fault.Fields) {
	title(&f, in.Title)
	p.checkPlace(&f, in.Role, in.Band, in.Salary)
	if !(in.WTE > 0 && in.WTE <= 1) {
		f.Add("wte", "workforce.wte.bad")
	}
	if in.Heads < 1 || in.Heads > mostHeads {
		f.Add("heads", "workforce.heads.bad", "n", mostHeads)
	}
	switch {
	case in.InPost < 0 || in.InPost > mostHeads:
		f.Add("in_post", "workforce.in_post.bad")
	case in.InPost > in.Heads:
		f.Add("in_post", "workforce.in_post.many")
	}
	switch vacant := in.InPost < in.Heads; {
	case vacant && in.VacantSince.IsZero():
		f.Add("vacant_since", "workforce.vacant_since.empty")
	case vacant && in.VacantSince.After(today):
		f.Add("vacant_since", "workforce.past")
	}
	if !(in.Years >= 0 && in.Years <= mostYears) {
		f.Add("years", "workforce.years.bad")
	} else if in.YearsOn.After(today) {
		f.Add("years", "workforce.past")
	}
	if !slices.Contains(Fundings, in.Funding) {
		f.Add("funding", "workforce.funding.empty")
	}
	if in.Funding == "fixed" && in.ContractEnds.IsZero() {
		f.Add("contract_ends", "workforce.contract_ends.empty")
	}
	if in.Zone != "" && !slices.Contains(Zones(), in.Zone) {
		f.Add("zone", "workforce.zone.empty")
	}
	for _, s := range in.Skills {
		if !slices.ContainsFunc(p.Skills, func(x Skill) bool { return x.Key == s }) {
			f.Add("skills", "workforce.skills.unknown")
			break
		}
	}
	switch {
	case in.Successor == uuid.Nil && in.Ready != "":
		f.Add("successor", "workforce.successor.empty")
	case in.Successor != uuid.Nil && (in.Successor == in.ID || !slices.ContainsFunc(others, func(x Post) bool { return x.ID == in.Successor })):
		f.Add("successor", "workforce.successor.unknown")
	case in.Successor != uuid.Nil && !slices.Contains(Readies, in.Ready):
		f.Add("ready", "workforce.ready.empty")
	}
	return f
}

func title(f *fault.Fields, s string) {
	f.Text("title", "workforce.title.empty", s, longestTitle)
}

// checkPlace looks at role and band: doctors have a salary, everybody else a band of Agenda for Change.
func (p Pack) checkPlace(f *fault.Fields, role, band string, salary int) {
	r, known := p.Role(role)
	medical := slices.Contains(r.Bands, outlook.Medical)
	if !known {
		f.Add("role", "workforce.role.empty")
	}
	switch {
	case !slices.Contains(Bands(), band):
		f.Add("band", "workforce.band.empty")
	case known && medical && band != outlook.Medical:
		f.Add("band", "workforce.band.medical")
	case known && !medical && band == outlook.Medical:
		f.Add("band", "workforce.band.agenda")
	}
	if band == outlook.Medical && (salary < 1 || salary > mostSalary) {
		f.Add("salary", "workforce.salary.empty")
	}
}

// tidy drops what does not belong to a post of this kind.
func (in PostIn) tidy() PostIn {
	in.Title = strings.TrimSpace(in.Title)
	if in.InPost >= in.Heads {
		in.VacantSince = civil.Date{}
	}
	if in.InPost == 0 {
		in.Years = 0
	}
	if in.Funding != "fixed" {
		in.ContractEnds = civil.Date{}
	}
	if in.Band != outlook.Medical {
		in.Salary = 0
	}
	if in.Skills == nil {
		in.Skills = []string{}
	}
	return in
}

// AddPost adds a post. The same id again changes nothing.
func (s *Service) AddPost(ctx context.Context, a access.Actor, at time.Time, in PostIn) error {
	return s.do(ctx, a, at, "workforce.post_added", "workforce_post", in.ID, func(tx *postgres.Tx) (bool, error) {
		in, err := s.readyPost(ctx, tx, at, in)
		if err != nil {
			return false, err
		}
		return insertPost(ctx, tx, at, in, uuid.Nil, civil.Date{})
	})
}

// readyPost checks a post beside the others, and makes it as it is stored.
func (s *Service) readyPost(ctx context.Context, tx *postgres.Tx, at time.Time, in PostIn) (PostIn, error) {
	others, err := posts(ctx, tx)
	if err != nil {
		return in, err
	}
	today := locale.Day(at)
	return in.tidy().dated(others, today), refuse(s.pack.CheckPost(in, others, today))
}

func insertPost(ctx context.Context, tx *postgres.Tx, at time.Time, in PostIn, change uuid.UUID, started civil.Date) (bool, error) {
	in = in.tidy()
	n, err := db.New(tx).InsertPost(ctx, db.InsertPostParams{OrganisationID: tx.Actor.Organisation, ID: in.ID, Title: in.Title, Role: in.Role, Band: in.Band, Wte: in.WTE, Heads: int32(in.Heads), InPost: int32(in.InPost),
		VacantSince: in.VacantSince.Null(), Years: in.Years, YearsOn: in.YearsOn.UTC(), Salary: pounds(in.Salary), Funding: in.Funding, ContractEnds: in.ContractEnds.Null(), Zone: in.Zone, Skills: in.Skills, SuccessorID: postgres.Null(in.Successor), Ready: in.Ready,
		ChangeID: postgres.Null(change), StartedOn: started.Null(), ChangedAt: postgres.Stamp(at), ChangedBy: tx.Actor.Name})
	if err != nil {
		return false, fmt.Errorf("insert post: %w", err)
	}
	return n > 0, nil
}

// ChangePost writes a post anew, if it is still as it was when it was last changed.
func (s *Service) ChangePost(ctx context.Context, a access.Actor, at, seen time.Time, in PostIn) error {
	return s.do(ctx, a, at, "workforce.post_changed", "workforce_post", in.ID, func(tx *postgres.Tx) (bool, error) {
		in, err := s.readyPost(ctx, tx, at, in)
		if err != nil {
			return false, err
		}
		n, err := db.New(tx).UpdatePost(ctx, db.UpdatePostParams{OrganisationID: a.Organisation, ID: in.ID, Seen: postgres.Stamp(seen), Title: in.Title, Role: in.Role, Band: in.Band, Wte: in.WTE, Heads: int32(in.Heads), InPost: int32(in.InPost),
			VacantSince: in.VacantSince.Null(), Years: in.Years, YearsOn: in.YearsOn.UTC(), Salary: pounds(in.Salary), Funding: in.Funding, ContractEnds: in.ContractEnds.Null(), Zone: in.Zone, Skills: in.Skills, SuccessorID: postgres.Null(in.Successor), Ready: in.Ready,
			ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		return settled(n, "update post", err)
	})
}

// CheckEnd says what is wrong with the last day of a post.
func CheckEnd(on, today civil.Date) (f fault.Fields) {
	switch {
	case on.IsZero():
		f.Add("on", "workforce.end.on.empty")
	case on.After(today):
		f.Add("on", "workforce.end.on.future")
	}
	return f
}

// EndPost takes a post out of the establishment; it is kept.
func (s *Service) EndPost(ctx context.Context, a access.Actor, at time.Time, post uuid.UUID, on civil.Date) error {
	if err := refuse(CheckEnd(on, locale.Day(at))); err != nil {
		return err
	}
	return s.do(ctx, a, at, "workforce.post_ended", "workforce_post", post, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).EndPost(ctx, db.EndPostParams{OrganisationID: a.Organisation, ID: post, EndedOn: on.Null(), ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		return settled(n, "end post", err)
	})
}

// posts lists the establishment.
func posts(ctx context.Context, tx *postgres.Tx) ([]Post, error) {
	rows, err := db.New(tx).ListPosts(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list posts: %w", err)
	}
	out := make([]Post, len(rows))
	for i, r := range rows {
		out[i] = fromPost(r)
	}
	return out, nil
}

func fromPost(r db.WorkforcePost) Post {
	p := Post{PostIn: PostIn{ID: r.ID, Title: r.Title, Role: r.Role, Band: r.Band, WTE: r.Wte, Heads: int(r.Heads), InPost: int(r.InPost), VacantSince: civil.FromNull(r.VacantSince), Years: r.Years, YearsOn: civil.Of(r.YearsOn),
		Funding: r.Funding, ContractEnds: civil.FromNull(r.ContractEnds), Zone: r.Zone, Skills: r.Skills, Ready: r.Ready}, StartedOn: civil.FromNull(r.StartedOn), Changed: r.ChangedAt, By: r.ChangedBy}
	if r.Salary != nil {
		p.Salary = int(*r.Salary)
	}
	if r.SuccessorID != nil {
		p.Successor = *r.SuccessorID
	}
	if r.ChangeID != nil {
		p.Change = *r.ChangeID
	}
	return p
}
