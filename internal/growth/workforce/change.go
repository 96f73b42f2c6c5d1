package workforce

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Development is the training that a post is for, as somebody writes it; percents.
type Development struct {
	Months       int         `json:"months"` // of the course
	Study        float64     `json:"study"`  // days a year
	Supervision  float64     `json:"supervision"`
	Backfill     float64     `json:"backfill"` // hours a week
	Fee          float64     `json:"fee"`      // pounds a year
	CompleteLow  float64     `json:"complete_low"`
	CompleteHigh float64     `json:"complete_high"`
	RetainLow    float64     `json:"retain_low"`
	RetainHigh   float64     `json:"retain_high"`
	Pay          outlook.Pay `json:"pay"`
}

// ChangeIn is a planned change as somebody writes it.
type ChangeIn struct {
	ID          uuid.UUID
	Kind        outlook.Kind
	Title       string
	From        civil.Date // first day of a quarter
	Day         civil.Date // in that quarter; zero is its first
	Post        uuid.UUID  // that it changes or ends
	Role, Band  string
	WTE         float64
	Heads       int
	Salary      int
	Hours       float64
	Development *Development
	Action      uuid.UUID // of the strategy, that it is for; nil for none
	In          map[option.Option]bool
	More        bool // on top of planned posts that are alike
}

// Change is a planned change.
type Change struct {
	ChangeIn
	Taken   int // heads that have started and are in the establishment
	Changed time.Time
	By      string
}

// Path is where it is changed.
func (c Change) Path() string { return "/workforce/changes/" + c.ID.String() }

// Open says that it still changes something: a planned post is done when all of its heads have started.
func (c Change) Open() bool { return !c.Kind.Adds() || c.Taken < c.Heads }

// Begins is the day from which it counts.
func (c ChangeIn) Begins() civil.Date {
	if c.Day.IsZero() {
		return c.From
	}
	return c.Day
}

// New are the whole-time equivalents that a change adds and that nobody has started in yet.
func (c Change) New() float64 {
	if !c.Kind.Adds() {
		return 0
	}
	return math.Round(100*float64(c.Heads-c.Taken)*c.WTE) / 100
}

// Chosen are the options a change may be in; doing nothing has none.
var Chosen = []option.Option{option.Minimum, option.Preferred, option.Maximum}

// longestCourse is that of a part-time degree.
const longestCourse = 48

// FromQuarters lists the quarters of a plan.
func FromQuarters(start civil.Date) (out []civil.Date) {
	for t := range outlook.Quarters {
		out = append(out, start.AddMonths(3*t))
	}
	return out
}

// Coming is the first quarter of a plan that has not begun by a day: nobody starts in the past. Of a plan that is over it is the first.
func Coming(start, today civil.Date) civil.Date {
	for _, q := range FromQuarters(start) {
		if !q.Before(today) {
			return q
		}
	}
	return start
}

// CheckChange says what is wrong with a change of a plan.
func (t Team) CheckChange(in ChangeIn) (f fault.Fields) {
	if !slices.Contains(outlook.Kinds, in.Kind) {
		f.Add("kind", "workforce.kind.empty")
		return f
	}
	post, there := t.Post(in.Post)
	if in.Kind.Adds() {
		title(&f, in.Title)
	} else if !there {
		f.Add("post", "workforce.post.empty")
	}
	if !slices.Contains(FromQuarters(t.Setting.Start), in.From) {
		f.Add("from", "workforce.from.empty")
	} else if !in.Day.IsZero() && outlook.QuarterOf(in.Day) != in.From {
		f.Add("from_day", "workforce.from_day.outside", "from", in.From.Long(), "to", in.From.AddMonths(3).AddDays(-1).Long())
	}
	switch in.Kind {
	case outlook.New:
		t.Pack.checkPlace(&f, in.Role, in.Band, in.Salary)
	case outlook.Alter, outlook.Leadership:
		if in.Band != "" && (!slices.Contains(Bands(), in.Band) || (in.Band == outlook.Medical) != (post.Band == outlook.Medical)) {
			f.Add("band", "workforce.band.other")
		}
	}
	if in.Kind.Adds() || in.WTE != 0 {
		if !(in.WTE > 0 && in.WTE <= 1) {
			f.Add("wte", "workforce.wte.bad")
		}
	}
	if in.Kind == outlook.Alter && in.Band == "" && in.WTE == 0 {
		f.Add("wte", "workforce.alter.empty")
	}
	if in.Kind.Adds() && (in.Heads < 1 || in.Heads > mostHeads) {
		f.Add("heads", "workforce.heads.bad", "n", mostHeads)
	}
	if in.Kind == outlook.Leadership {
		within(&f, "hours", in.Hours, 1, 37)
	}
	if in.Kind == outlook.Develop && in.Development != nil {
		in.Development.check(&f)
	}
	if !slices.ContainsFunc(Chosen, func(o option.Option) bool { return in.In[o] }) {
		f.Add("in", "workforce.in.empty")
	}
	return f
}

func (d Development) check(f *fault.Fields) {
	if d.Months < 3 || d.Months > longestCourse {
		f.Add("months", "workforce.within", "label", locale.Key("workforce.months"), "low", 3, "high", longestCourse)
	}
	within(f, "study_days", d.Study, 0, 120)
	within(f, "supervision", d.Supervision, 0, 15)
	within(f, "backfill", d.Backfill, 0, 37)
	within(f, "fee", d.Fee, 0, 50_000)
	within(f, "complete_low", d.CompleteLow, 0, 100)
	within(f, "complete_high", d.CompleteHigh, 0, 100)
	within(f, "retain_low", d.RetainLow, 0, 100)
	within(f, "retain_high", d.RetainHigh, 0, 100)
	if d.CompleteLow > d.CompleteHigh && f.Of("complete_high") == nil {
		f.Add("complete_high", "workforce.range")
	}
	if d.RetainLow > d.RetainHigh && f.Of("retain_high") == nil {
		f.Add("retain_high", "workforce.range")
	}
	if !slices.Contains(outlook.Pays, d.Pay) {
		f.Add("pay", "workforce.pay.empty")
	}
}

// Alike lists the planned posts that a new one equals: of the same role and band, from the same quarter, in an option of it.
func (t Team) Alike(in ChangeIn) (out []Change) {
	if in = t.tidy(in); !in.Kind.Adds() {
		return nil
	}
	for _, c := range t.Changes {
		same := c.Kind == in.Kind && c.Role == in.Role && c.Band == in.Band && c.From == in.From && c.ID != in.ID && c.Open()
		if same && slices.ContainsFunc(Chosen, func(o option.Option) bool { return in.In[o] && c.In[o] }) {
			out = append(out, c)
		}
	}
	return out
}

// CheckNew says what is wrong with a change that is not in the plan yet. One that is there already is asked about, by name: whoever plans
// the same twice by mistake doubles its cost.
func (t Team) CheckNew(in ChangeIn) fault.Fields {
	f := t.CheckChange(in)
	if len(f) > 0 || in.More {
		return f
	}
	alike := t.Alike(in)
	for _, o := range Chosen {
		var same []Change
		sum := 0.0
		for _, c := range alike {
			if in.In[o] && c.In[o] {
				same, sum = append(same, c), sum+c.New()
			}
		}
		if len(same) > 0 {
			f.Add("more", "workforce.more.found", "option", locale.Key("workforce.option."+string(o)), "n", len(same), "title", same[0].Title, "wte", locale.Plain(sum), "when", in.From.MonthYear())
			return f
		}
	}
	return f
}

// tidy drops what does not belong to a change of this kind, and fills in what follows from it.
func (t Team) tidy(in ChangeIn) ChangeIn {
	in.Title = strings.TrimSpace(in.Title)
	if in.Kind != outlook.Develop {
		in.Development = nil
	} else {
		r := t.Pack.Trainee()
		in.Role, in.Band = r.Key, r.Bands[0]
	}
	if in.Kind != outlook.Leadership {
		in.Hours = 0
	}
	if in.Kind.Adds() {
		in.Post = uuid.Nil
	} else {
		p, _ := t.Post(in.Post)
		in.Title, in.Role, in.Heads = p.Title, "", 0
	}
	if in.Kind == outlook.End {
		in.Band, in.WTE = "", 0
	}
	if in.Band != outlook.Medical || !in.Kind.Adds() {
		in.Salary = 0
	}
	return in
}

// PlanChange plans a change. The same id again changes nothing.
func (s *Service) PlanChange(ctx context.Context, a access.Actor, at time.Time, in ChangeIn) error {
	return s.do(ctx, a, at, planned, changeKind, in.ID, func(tx *postgres.Tx) (bool, error) { return s.insert(ctx, tx, at, in) })
}

// How an audit row calls a planned change.
const planned, changeKind = "workforce.change_planned", "workforce_change"

func (s *Service) insert(ctx context.Context, tx *postgres.Tx, at time.Time, in ChangeIn) (bool, error) {
	in, development, err := s.ready(ctx, tx, at, in, Team.CheckNew)
	if err != nil {
		return false, err
	}
	n, err := db.New(tx).InsertChange(ctx, db.InsertChangeParams{OrganisationID: tx.Actor.Organisation, ID: in.ID, Kind: string(in.Kind), Title: in.Title, FromQuarter: in.From.UTC(), FromDay: in.Day.Null(), PostID: postgres.Null(in.Post), Role: in.Role, Band: in.Band,
		Wte: in.WTE, Heads: int32(in.Heads), Salary: pounds(in.Salary), Hours: in.Hours, Development: development, ActionID: postgres.Null(in.Action), InMinimum: in.In[option.Minimum], InPreferred: in.In[option.Preferred], InMaximum: in.In[option.Maximum],
		ChangedAt: postgres.Stamp(at), ChangedBy: tx.Actor.Name})
	if err != nil {
		return false, fmt.Errorf("insert change: %w", err)
	}
	return n > 0, nil
}

// ready checks a change within the plan as it is.
func (s *Service) ready(ctx context.Context, tx *postgres.Tx, at time.Time, in ChangeIn, check func(Team, ChangeIn) fault.Fields) (ChangeIn, []byte, error) {
	t, err := s.team(ctx, tx, at)
	if err != nil {
		return in, nil, err
	}
	if err := refuse(check(t, in)); err != nil {
		return in, nil, err
	}
	in = t.tidy(in)
	if in.Development == nil {
		return in, nil, nil
	}
	text, err := json.Marshal(in.Development)
	return in, text, err
}

// ChangeChange writes a planned change anew, if it is still as it was when it was last changed. Its kind stays, and so do the
// heads that have started.
func (s *Service) ChangeChange(ctx context.Context, a access.Actor, at, seen time.Time, in ChangeIn) error {
	return s.do(ctx, a, at, "workforce.change_changed", "workforce_change", in.ID, func(tx *postgres.Tx) (bool, error) {
		was, err := findChange(ctx, tx, in.ID)
		if err != nil {
			return false, err
		}
		in.Kind = was.Kind
		if in.Kind.Adds() && in.Heads < was.Taken {
			return false, fault.New(fault.Conflict, "workforce.heads.taken")
		}
		in, development, err := s.ready(ctx, tx, at, in, Team.CheckChange)
		if err != nil {
			return false, err
		}
		n, err := db.New(tx).UpdateChange(ctx, db.UpdateChangeParams{OrganisationID: a.Organisation, ID: in.ID, Seen: postgres.Stamp(seen), Title: in.Title, FromQuarter: in.From.UTC(), FromDay: in.Day.Null(), PostID: postgres.Null(in.Post), Role: in.Role, Band: in.Band,
			Wte: in.WTE, Heads: int32(in.Heads), Salary: pounds(in.Salary), Hours: in.Hours, Development: development, ActionID: postgres.Null(in.Action), InMinimum: in.In[option.Minimum], InPreferred: in.In[option.Preferred], InMaximum: in.In[option.Maximum],
			ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		return settled(n, "update change", err)
	})
}

// WithdrawChanges takes changes out of the plan, all of them or none; they are kept. A planned post in which somebody has started cannot be
// undone: it is made for no more heads than have started. Those that are out already stay out.
func (s *Service) WithdrawChanges(ctx context.Context, a access.Actor, at time.Time, all ...uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		there, err := changes(ctx, tx)
		if err != nil {
			return err
		}
		there = slices.DeleteFunc(there, func(c Change) bool { return !slices.Contains(all, c.ID) })
		if len(there) == 0 {
			return fault.Missing("change")
		}
		for _, c := range there {
			if c.Taken > 0 {
				return fault.New(fault.Conflict, "workforce.withdraw.taken")
			}
			today := locale.Day(at)
			n, err := db.New(tx).WithdrawChange(ctx, db.WithdrawChangeParams{OrganisationID: a.Organisation, ID: c.ID, WithdrawnOn: today.Null(), ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
			if _, err := settled(n, "withdraw change", err); err != nil {
				return err
			}
			if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "workforce.change_withdrawn", Kind: changeKind, Object: c.ID}); err != nil {
				return err
			}
		}
		if s.d.Withdrawn != nil {
			return s.d.Withdrawn(ctx, tx, at)
		}
		return nil
	})
}

// For lists the changes that are planned for an action of the strategy.
func (s *Service) For(ctx context.Context, a access.Actor, action uuid.UUID) (out []Change, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := changes(ctx, tx)
		for _, c := range all {
			if c.Action == action {
				out = append(out, c)
			}
		}
		return err
	})
	return out, err
}

func findChange(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Change, error) {
	all, err := changes(ctx, tx)
	for _, c := range all {
		if c.ID == id {
			return c, nil
		}
	}
	if err == nil {
		err = fault.Missing("change")
	}
	return Change{}, err
}

// changes lists what is planned.
func changes(ctx context.Context, tx *postgres.Tx) ([]Change, error) {
	rows, err := db.New(tx).ListChanges(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list changes: %w", err)
	}
	out := make([]Change, len(rows))
	for i, r := range rows {
		c := Change{ChangeIn: ChangeIn{ID: r.ID, Kind: outlook.Kind(r.Kind), Title: r.Title, From: civil.Of(r.FromQuarter), Day: civil.FromNull(r.FromDay), Role: r.Role, Band: r.Band, WTE: r.Wte, Heads: int(r.Heads), Hours: r.Hours,
			In: map[option.Option]bool{option.Minimum: r.InMinimum, option.Preferred: r.InPreferred, option.Maximum: r.InMaximum}}, Taken: int(r.Taken), Changed: r.ChangedAt, By: r.ChangedBy}
		if r.PostID != nil {
			c.Post = *r.PostID
		}
		if r.ActionID != nil {
			c.Action = *r.ActionID
		}
		if r.Salary != nil {
			c.Salary = int(*r.Salary)
		}
		if r.Development != nil {
			if err := json.Unmarshal(r.Development, &c.Development); err != nil {
				return nil, fmt.Errorf("read development of change %s: %w", r.ID, err)
			}
		}
		out[i] = c
	}
	return out, nil
}
