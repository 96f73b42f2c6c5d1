package workforce

import (
	"cmp"
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
)

// Team is the establishment with its plan and its vacancies.
type Team struct {
	Pack      Pack
	Posts     []Post
	Changes   []Change
	Vacancies []Vacancy
	Setting   Setting
	Actions   []Action // of the strategy
	AsAt      civil.Date
}

// Action is the title of the action that a change is for; "" for none.
func (t Team) Action(c Change) string {
	a, _ := find(t.Actions, func(a Action) bool { return a.ID == c.Action && c.Action != uuid.Nil })
	return a.Title
}

// Post finds one.
func (t Team) Post(id uuid.UUID) (Post, bool) {
	return find(t.Posts, func(p Post) bool { return p.ID == id })
}

// Change finds one.
func (t Team) Change(id uuid.UUID) (Change, bool) {
	return find(t.Changes, func(c Change) bool { return c.ID == id })
}

// Vacancy finds one.
func (t Team) Vacancy(id uuid.UUID) (Vacancy, bool) {
	return find(t.Vacancies, func(v Vacancy) bool { return v.ID == id })
}

func find[T any](all []T, is func(T) bool) (x T, ok bool) {
	i := slices.IndexFunc(all, is)
	if i < 0 {
		return x, false
	}
	return all[i], true
}

// RoleLine is the establishment of a role.
type RoleLine struct {
	Role          Role
	Heads, InPost int
	Funded, WTE   float64
}

// Vacancy is the WTE that is not filled.
func (l RoleLine) Vacancy() float64 { return max(l.Funded-l.WTE, 0) }

// Rate is the share of the funded WTE that is not filled.
func (l RoleLine) Rate() float64 {
	if l.Funded == 0 {
		return 0
	}
	return l.Vacancy() / l.Funded
}

func (l *RoleLine) add(p Post) {
	l.Heads += p.Heads
	l.InPost += p.InPost
	l.Funded += p.Funded()
	l.WTE += p.Filled()
}

// ByRole sums up the establishment of each role that has posts, and of all.
func (t Team) ByRole() (lines []RoleLine, all RoleLine) {
	for _, r := range t.Pack.Roles {
		l := RoleLine{Role: r}
		for _, p := range t.Posts {
			if p.Role == r.Key {
				l.add(p)
				all.add(p)
			}
		}
		if l.Heads > 0 {
			lines = append(lines, l)
		}
	}
	return lines, all
}

// BandLine is the establishment of a band.
type BandLine struct {
	Band string
	RoleLine
}

// ByBand sums up the establishment of each band that has posts.
func (t Team) ByBand() (lines []BandLine) {
	for _, b := range Bands() {
		l := BandLine{Band: b}
		for _, p := range t.Posts {
			if p.Band == b {
				l.add(p)
			}
		}
		if l.Heads > 0 {
			lines = append(lines, l)
		}
	}
	return lines
}

// Single is a role or a skill that one head holds, or that nobody does.
type Single struct {
	Name  string
	Skill bool
	Heads int    // 0 or 1
	Post  string // of the one who holds it
}

// Singles lists the single points of failure: roles of the establishment, and skills that some post is held to have.
func (t Team) Singles() (out []Single) {
	count := func(has func(Post) bool) (n int, title string, any bool) {
		for _, p := range t.Posts {
			if has(p) {
				any = true
				n += p.InPost
				if p.InPost > 0 {
					title = p.Title
				}
			}
		}
		return n, title, any
	}
	for _, r := range t.Pack.Roles {
		if n, title, any := count(func(p Post) bool { return p.Role == r.Key }); any && n <= 1 {
			out = append(out, Single{Name: r.Name, Heads: n, Post: title})
		}
	}
	for _, s := range t.Pack.Skills {
		if n, title, any := count(func(p Post) bool { return slices.Contains(p.Skills, s.Key) }); any && n <= 1 {
			out = append(out, Single{Name: s.Name, Skill: true, Heads: n, Post: title})
		}
	}
	return out
}

// leads says that a post is felt by all when it is empty: Band 8a and above, and one that a single Band 7 or doctor holds.
func leads(p Post) bool {
	return p.Band > "8" && p.Band != outlook.Medical || (p.Band == "7" || p.Band == outlook.Medical) && p.Heads == 1
}

// Heir says who could act up for a post.
type Heir struct {
	Post      Post
	Successor string // title of a post; "" for none
	Ready     string
}

// Succession lists who could act up for the posts that lead, and for others that say so.
func (t Team) Succession() (out []Heir) {
	for _, p := range t.Posts {
		s, there := t.Post(p.Successor)
		if there {
			out = append(out, Heir{p, s.Title, p.Ready})
		} else if leads(p) {
			out = append(out, Heir{Post: p})
		}
	}
	return out
}

// Compared is a ratio that people quote beside our own.
type Compared struct {
	Ratio
	WTE   float64
	Staff int // served by one WTE; 0 if nobody is in post
}

// Compare lays the quoted ratios beside ours; nothing while nobody said how many staff are served.
func (t Team) Compare() (out []Compared) {
	if t.Setting.Served == 0 {
		return nil
	}
	for _, r := range t.Pack.Ratios {
		c := Compared{Ratio: r}
		for _, p := range t.Posts {
			if len(r.Roles) == 0 || slices.Contains(r.Roles, p.Role) {
				c.WTE += p.Filled()
			}
		}
		if c.WTE > 0 {
			c.Staff = int(math.Round(float64(t.Setting.Served) / c.WTE))
		}
		out = append(out, c)
	}
	return out
}

// Fillable is something to recruit for.
type Fillable struct {
	Post, Change uuid.UUID
	Title        string
	Role, Band   string
	Heads        int // to be found, besides those being recruited
}

// Fillable lists what can be recruited for: vacant heads and planned posts, less the vacancies that are open.
func (t Team) Fillable() (out []Fillable) {
	open := func(is func(Vacancy) bool) (n int) {
		for _, v := range t.Vacancies {
			if v.Open() && is(v) {
				n++
			}
		}
		return n
	}
	for _, p := range t.Posts {
		if n := p.Vacant() - open(func(v Vacancy) bool { return v.Post == p.ID }); n > 0 {
			out = append(out, Fillable{Post: p.ID, Title: p.Title, Role: p.Role, Band: p.Band, Heads: n})
		}
	}
	for _, c := range t.Changes {
		if n := c.Heads - c.Taken - open(func(v Vacancy) bool { return v.Change == c.ID }); c.Kind.Adds() && n > 0 {
			out = append(out, Fillable{Change: c.ID, Title: c.Title, Role: c.Role, Band: c.Band, Heads: n})
		}
	}
	return out
}

// What is the title of what a vacancy is for.
func (t Team) What(v Vacancy) string {
	if p, ok := t.Post(v.Post); ok {
		return p.Title
	}
	c, _ := t.Change(v.Change)
	return c.Title
}

// enoughFilled is how many vacancies must have been filled before their times are taken for the rule.
const enoughFilled = 5

// Fill is how long it takes from advert to start.
type Fill struct {
	N      int       // vacancies that were filled
	Median int       // days
	Shares []float64 // that take one, two, three... quarters
	Own    bool      // computed from our own vacancies, and not assumed
}

// longestFill is the last of the quarters that are told apart.
const longestFill = 6

// TimeToFill looks at the vacancies that were filled.
func (t Team) TimeToFill() Fill {
	var days []int
	for _, v := range t.Vacancies {
		if !v.Started.IsZero() {
			days = append(days, v.DaysToFill())
		}
	}
	f := Fill{N: len(days)}
	if f.N > 0 {
		slices.Sort(days)
		f.Median = (days[(f.N-1)/2] + days[f.N/2]) / 2
	}
	if f.N < enoughFilled {
		for _, x := range t.Pack.Assumed.Fill {
			f.Shares = append(f.Shares, x/100)
		}
		return f
	}
	f.Own, f.Shares = true, make([]float64, longestFill)
	for _, d := range days {
		quarter := int(math.Ceil(float64(d) / (365.25 / 4)))
		f.Shares[min(max(quarter, 1), longestFill)-1] += 1 / float64(f.N)
	}
	return f
}

// Input is the team as the projection takes it.
func (t Team) Input() outlook.Input {
	s := t.Setting
	in := outlook.Input{Plan: outlook.Plan{Start: s.Start, Leave: s.Leave, Study: s.Study, Sickness: s.Sickness / 100, RampMonths: s.RampMonths, RampBegins: t.Pack.Assumed.RampBegins / 100,
		Fill: t.TimeToFill().Shares, Awards: s.Pay(), Calendar: workday.England()}}
	for _, r := range t.Pack.Roles {
		x := s.Rates[r.Key]
		in.Roles = append(in.Roles, outlook.Role{Key: r.Key, Clinical: x.Clinical / 100, Leavers: x.Leavers / 100, Retire: x.Retire})
	}
	for _, p := range t.Posts {
		x := outlook.Post{ID: p.ID, Title: p.Title, Role: p.Role, Band: p.Band, WTE: p.WTE, Heads: p.Heads, InPost: p.InPost, Years: p.Years, YearsOn: p.YearsOn, Salary: float64(p.Salary), Zone: t.zone(p), Since: p.StartedOn, Ends: p.ContractEnds,
			Starting: t.starting(func(v Vacancy) bool { return v.Post == p.ID }), Came: t.came(p)}
		if p.VacantSince.After(s.Start) {
			x.Left = slices.Repeat([]civil.Date{p.VacantSince}, p.Vacant())
		}
		if c, ok := t.Change(p.Change); ok {
			of := t.planned(c)
			x.Of = &of
			if p.Role == c.Role {
				x.Development = of.Development
			}
		}
		in.Posts = append(in.Posts, x)
	}
	for _, c := range t.Changes {
		if c.Open() {
			in.Changes = append(in.Changes, t.planned(c))
		}
	}
	return in
}

// zone is the high-cost area of a post.
func (t Team) zone(p Post) pay.Zone {
	switch p.Zone {
	case "":
		return t.Setting.Zone
	case NoZone:
		return ""
	}
	return pay.Zone(p.Zone)
}

// planned is a change as the projection takes it: what of it is still to come.
func (t Team) planned(c Change) outlook.Change {
	return outlook.Change{ID: c.ID, Kind: c.Kind, Title: c.Title, From: c.Begins(), Post: c.Post, Role: c.Role, Band: c.Band, WTE: c.WTE, Heads: c.Heads - c.Taken, Salary: float64(c.Salary), Zone: t.Setting.Zone, Hours: c.Hours,
		Starting: t.starting(func(v Vacancy) bool { return v.Change == c.ID }), Development: t.development(c), In: c.In}
}

// came are those who have filled seats of a post since the plan began. That a seat was empty before is known from its advert on.
func (t Team) came(p Post) (out []outlook.Came) {
	for _, v := range t.Vacancies {
		if v.Post != p.ID || !v.Started.After(t.Setting.Start) {
			continue
		}
		x := outlook.Came{On: v.Started}
		if v.Left != nil && *v.Left && v.Advertised.After(t.Setting.Start) {
			x.Empty = v.Advertised
		}
		out = append(out, x)
	}
	return out
}

// starting are the agreed starts of vacancies, earliest first. One that is overdue is no start: the seat is still to be filled.
func (t Team) starting(is func(Vacancy) bool) (out []civil.Date) {
	for _, v := range t.Vacancies {
		if v.Open() && is(v) && !v.Starts.IsZero() && !v.Overdue(t.AsAt) {
			out = append(out, v.Starts)
		}
	}
	slices.SortFunc(out, func(a, b civil.Date) int { return a.Compare(b) })
	return out
}

func (t Team) development(c Change) *outlook.Development {
	d := c.Development
	if d == nil {
		return nil
	}
	become := t.Pack.Trainee().Becomes
	return &outlook.Development{Role: become.Role, Band: become.Band, Months: d.Months, Study: d.Study, Supervision: d.Supervision, Backfill: d.Backfill, Fee: d.Fee,
		Complete: outlook.Range{Low: d.CompleteLow / 100, High: d.CompleteHigh / 100}, Retain: outlook.Range{Low: d.RetainLow / 100, High: d.RetainHigh / 100}, Pay: d.Pay, Apply: t.Pack.Starting.Apply}
}

// Annexed is a development post that is paid by annex 21, with what that is beside the band from which its holders come.
type Annexed struct {
	Change
	outlook.Annexed
}

// Annexed lists those by which somebody may earn less than now, or less than anybody may.
func (t Team) Annexed() (out []Annexed) {
	for _, c := range t.Changes {
		if x, ok := t.Annex(c); ok && c.Open() && (x.Lower() || x.Bottom()) {
			out = append(out, x)
		}
	}
	return out
}

// Annex looks at one; ok is false of what annex 21 does not pay.
func (t Team) Annex(c Change) (x Annexed, ok bool) {
	d := t.development(c)
	if d == nil || d.Pay != outlook.Annex21 {
		return x, false
	}
	return Annexed{c, outlook.Annex(t.Setting.Start, *d, c.Band)}, true
}

// Leaving is what the plan expects of a role in a year.
type Leaving struct {
	Role            Role
	Leavers, Retire float64 // heads a year
}

// Leavings gives the heads expected to leave and to retire a year, of those in post now.
func (t Team) Leavings() (out []Leaving) {
	lines, _ := t.ByRole()
	for _, l := range lines {
		r := t.Setting.Rates[l.Role.Key]
		out = append(out, Leaving{l.Role, float64(l.InPost) * r.Leavers / 100, min(r.Retire, float64(l.InPost)) / 5})
	}
	return out
}

// InOption lists the changes of an option, in order of time.
func (t Team) InOption(o option.Option) (out []Change) {
	for _, c := range t.Changes {
		if c.In[o] && c.Open() {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Or(a.Begins().Compare(b.Begins()), cmp.Compare(a.Title, b.Title)) })
	return out
}
