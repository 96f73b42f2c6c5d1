package fivecase

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/agreed"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/foretold"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

// The bounds of a part. A page of print holds some 3,000 characters: five parts of 4,000 and their tables stay readable.
const (
	LongestText = 4000
	MostFigures = 8
)

// Text is one version of a part.
type Text struct {
	Part    string
	N       int
	Body    string
	At      time.Time
	By      string
	Figures []figure.Checked
}

// Draft is the case as it stands.
type Draft struct {
	Organisation string
	Record       investment.Record
	Texts        map[string][]Text // by part, newest first
	Wait         foretold.Pair     // of the option asked for beside doing nothing
	Load         string            // what of the team needs a look before it grows; never part of what is frozen, since the board sees posts, not how people are
	LoadPath     string
	Why          []string    // the option asked for and no cheaper one
	Agreed       *agreed.Gap // nil where the plan costs what the board agreed to, or it agreed to nothing
}

// Last is the newest text of a part.
func (d Draft) Last(part string) (Text, bool) {
	if all := d.Texts[part]; len(all) > 0 {
		return all[0], true
	}
	return Text{}, false
}

// Moved lists the figures of the newest texts whose source has moved on.
func (d Draft) Moved() (out []figure.Checked) {
	for _, part := range d.Record.Pack().Parts {
		t, _ := d.Last(part.Code)
		out = append(out, t.Changed()...)
	}
	return out
}

// Outdated is how many things the case would rest on that are not as they are now: figures that have moved, and waits that were simulated
// before something changed.
func (d Draft) Outdated() int { return len(d.Moved()) + len(d.Wait.Stale()) }

// Missing lists the parts that nobody has written yet.
func (d Draft) Missing() (out []string) {
	for _, part := range d.Record.Pack().Parts {
		if t, there := d.Last(part.Code); !there || t.Body == "" {
			out = append(out, part.Code)
		}
	}
	return out
}

// Frozen is a case as it went to the board.
type Frozen struct {
	ID        uuid.UUID
	N         int
	Meeting   civil.Date
	Body      string
	SHA256    string
	Citations []uuid.UUID
	Outdated  []uuid.UUID // of them, those whose source had moved on when it was submitted
	Promised  investment.Promised
	By        string
	At        time.Time
}

// Verified says whether it still is what was frozen.
func (f Frozen) Verified() bool { return standalone.Hash(f.Body) == f.SHA256 }

// Paper is what goes before the board with a case. It has the id of the case.
type Paper struct {
	ID                               uuid.UUID
	Title, Recommendation, Wellbeing string
	Meeting                          civil.Date
	Outdated                         bool // it may go although sources of its figures have moved on, or its waits are out of date
}

// Decision is what the board said of a case: its choice in a word, as a page says it, and the words of the minutes.
type Decision struct {
	Choice, Words string
	On            civil.Date
	By            string
}

// Deps is what the slice needs. Paper and Decisions may be nil: then there is no board.
type Deps struct {
	Plan *investment.Service
	// Paper puts a case before the board, in the transaction that freezes it.
	Paper func(ctx context.Context, tx *postgres.Tx, at time.Time, p Paper) error
	// Decisions gives what the board decided on a case, the first one first.
	Decisions func(ctx context.Context, a access.Actor, id uuid.UUID) ([]Decision, error)
	// Load says what of the team needs a look before it grows, to whoever may know how people are, and where that is shown; "" where nothing does.
	Load func(ctx context.Context, a access.Actor) (text, path string, err error)
	// Why says why the preferred option is that, where it was simulated beside others; nil where there is no plan for people.
	Why func(ctx context.Context, a access.Actor) ([]string, error)
}

// Service writes the case.
type Service struct {
	d    Deps
	plan *investment.Service
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, d.Plan} }

// Board says whether there is one.
func (s *Service) Board() bool { return s.d.Paper != nil }

// Decisions gives what the board decided on a case.
func (s *Service) Decisions(ctx context.Context, a access.Actor, id uuid.UUID) ([]Decision, error) {
	if s.d.Decisions == nil {
		return nil, nil
	}
	return s.d.Decisions(ctx, a, id)
}

// Why says why the preferred option is that; none where nobody can say, and where the plan asks for another.
func (s *Service) Why(ctx context.Context, a access.Actor, chosen option.Option) ([]string, error) {
	if s.d.Why == nil || chosen != option.Preferred {
		return nil, nil
	}
	return s.d.Why(ctx, a)
}

// Plan is what the case stands on.
func (s *Service) Plan() *investment.Service { return s.plan }

// Draft gives the case as it stands, with what became of its figures.
func (s *Service) Draft(ctx context.Context, a access.Actor, now time.Time) (d Draft, err error) {
	if d.Record, err = s.plan.Read(ctx, a, now); err != nil {
		return d, err
	}
	if d.Record.Plan.Set() {
		promised, err := d.Record.Promised(option.Nothing, d.Record.Plan.Chosen)
		if err != nil {
			return d, err
		}
		d.Wait = foretold.Last(promised)
		if d.Why, err = s.Why(ctx, a, d.Record.Plan.Chosen); err != nil {
			return d, err
		}
	}
	if g, ok, err := agreed.Of(d.Record); err != nil {
		return d, err
	} else if ok {
		d.Agreed = &g
	}
	if s.d.Load != nil {
		if d.Load, d.LoadPath, err = s.d.Load(ctx, a); err != nil {
			return d, err
		}
	}
	d.Texts = map[string][]Text{}
	type place struct {
		part string
		n    int
	}
	cited, found := map[place][]uuid.UUID{}, map[uuid.UUID]figure.Citation{}
	err = s.plan.DB().InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if d.Organisation, err = q.OrganisationName(ctx, db.OrganisationNameParams{OrganisationID: a.Organisation, OnDay: locale.Day(now).UTC()}); err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find organisation: %w", err)
		}
		rows, err := q.ListCited(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list cited: %w", err)
		}
		var ids []uuid.UUID
		for _, x := range rows {
			at := place{x.Part, int(x.N)}
			cited[at], ids = append(cited[at], x.CitationID), append(ids, x.CitationID)
		}
		if found, err = figure.Load(ctx, tx, ids...); err != nil {
			return err
		}
		texts, err := q.ListTexts(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list texts: %w", err)
		}
		for _, x := range texts {
			d.Texts[x.Part] = append(d.Texts[x.Part], Text{Part: x.Part, N: int(x.N), Body: x.Body, At: x.At, By: x.By})
		}
		return nil
	})
	if err != nil {
		return d, err
	}
	// Only the newest are asked about again: older ones are history.
	var newest []figure.Citation
	for part, texts := range d.Texts {
		for _, id := range cited[place{part, texts[0].N}] {
			newest = append(newest, found[id])
		}
	}
	all, err := figure.New(s.plan.DB(), s.plan.Figures()).CheckAll(ctx, a, now, newest...)
	if err != nil {
		return d, err
	}
	again := map[uuid.UUID]figure.Checked{}
	for _, c := range all {
		again[c.ID] = c
	}
	for part, texts := range d.Texts {
		for i, t := range texts {
			for _, id := range cited[place{part, t.N}] {
				checked := figure.Checked{Citation: found[id]}
				if i == 0 {
					checked = again[id]
				}
				texts[i].Figures = append(texts[i].Figures, checked)
			}
		}
	}
	return d, nil
}

// CheckText says what is wrong with a text.
func CheckText(body string, figures int) (f fault.Fields) {
	f.Long("body", body, LongestText)
	if strings.TrimSpace(body) == "" {
		f.Add("body", "fivecase.body.empty")
	}
	if figures > MostFigures {
		f.Add("figures", "fivecase.figures.many", "n", MostFigures)
	}
	return f
}

// Write keeps another version of a part with the figures it relies on, if the one that was seen is still the newest.
func (s *Service) Write(ctx context.Context, a access.Actor, now time.Time, part string, seen int, body string, refs []figure.Ref) error {
	if _, there := s.plan.Pack().Part(part); !there {
		return fault.Missing("part")
	}
	if f := CheckText(body, len(refs)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	var found []figure.Figure
	for _, ref := range refs {
		f, err := s.plan.Figures().Find(ctx, a, now, ref, civil.Date{})
		if err != nil {
			return err
		}
		found = append(found, f)
	}
	return s.plan.DB().InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		texts, err := q.ListTexts(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list texts: %w", err)
		}
		newest := 0
		for _, x := range texts {
			if x.Part == part {
				newest = max(newest, int(x.N))
			}
		}
		if newest != seen {
			return fault.New(fault.Conflict, "investment.conflict")
		}
		n := int32(newest + 1) //nolint:gosec // counted up by one
		rows, err := q.InsertText(ctx, db.InsertTextParams{OrganisationID: a.Organisation, Part: part, N: n, Body: strings.TrimSpace(body), At: now.UTC(), By: a.Name})
		if err != nil {
			return fmt.Errorf("insert text: %w", err)
		}
		if rows == 0 { // another window was faster
			return fault.New(fault.Conflict, "investment.conflict")
		}
		for i, f := range found {
			c, err := figure.Cite(ctx, tx, f, now)
			if err != nil {
				return err
			}
			if err := q.InsertCited(ctx, db.InsertCitedParams{OrganisationID: a.Organisation, Part: part, N: n, Place: int32(i), CitationID: c.ID}); err != nil { //nolint:gosec // eight at most
				return fmt.Errorf("cite figure: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "investment.case_written", Kind: "invest_text", Object: a.Organisation, Detail: map[string]string{"part": part}})
	})
}

// Cases lists what went to the board, newest first.
func (s *Service) Cases(ctx context.Context, a access.Actor) (out []Frozen, err error) {
	err = s.plan.DB().InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListCases(ctx, a.Organisation)
		for _, x := range rows {
			f := Frozen{ID: x.ID, N: int(x.N), Meeting: civil.Of(x.MeetingOn), Body: x.Body, SHA256: x.Sha256, Citations: x.Citations, Outdated: x.Outdated, By: x.Author, At: x.At}
			if err := json.Unmarshal(x.Promise, &f.Promised); err != nil {
				return fmt.Errorf("read frozen case %s: %w", x.ID, err)
			}
			out = append(out, f)
		}
		return err
	})
	return out, err
}

// Find gives one of them with what became of its figures.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (Frozen, []figure.Checked, error) {
	all, err := s.Cases(ctx, a)
	if err != nil {
		return Frozen{}, nil, err
	}
	for _, f := range all {
		if f.ID != id {
			continue
		}
		var cited map[uuid.UUID]figure.Citation
		if err := s.plan.DB().InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
			cited, err = figure.Load(ctx, tx, f.Citations...)
			return err
		}); err != nil {
			return f, nil, err
		}
		var in []figure.Citation
		for _, id := range f.Citations {
			in = append(in, cited[id])
		}
		checked, err := figure.New(s.plan.DB(), s.plan.Figures()).CheckAll(ctx, a, now, in...)
		return f, checked, err
	}
	return Frozen{}, nil, fault.Missing("case")
}

// LongestSay is how long a recommendation may be: a few sentences.
const LongestSay = 1000

// CheckPaper says what is wrong with what goes before the board.
func (d Draft) CheckPaper(p Paper, today civil.Date) (f fault.Fields) {
	switch {
	case p.Meeting.IsZero():
		f.Add("meeting", "fivecase.submit.meeting.empty")
	case p.Meeting.Before(today):
		f.Add("meeting", "fivecase.submit.past")
	}
	say := func(name, text string) {
		f.Text(name, "fivecase.submit."+name+".empty", text, LongestSay)
	}
	say("recommendation", p.Recommendation)
	say("wellbeing", p.Wellbeing)
	if n := d.Outdated(); n > 0 && !p.Outdated {
		f.Add("outdated", "fivecase.submit.outdated.empty", "n", n)
	}
	return f
}

// Submit freezes the case and puts it before the board, in one transaction. Every part must have been written. The same id
// again changes nothing.
func (s *Service) Submit(ctx context.Context, a access.Actor, now time.Time, p Paper) error {
	id := p.ID
	d, err := s.Draft(ctx, a, now)
	if err != nil {
		return err
	}
	all, err := s.Cases(ctx, a)
	if err != nil {
		return err
	}
	n := 1
	for _, f := range all {
		if f.ID == id {
			return nil
		}
		n = max(n, f.N+1)
	}
	if !d.Record.Plan.Set() || len(d.Missing()) > 0 {
		return fault.New(fault.Conflict, "fivecase.submit.missing")
	}
	if f := d.CheckPaper(p, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.plan.DB().InTenant(ctx, a, func(tx *postgres.Tx) error {
		var cited []figure.Citation
		for _, o := range option.All[1:] {
			said, err := d.Record.Say(ctx, o)
			if err != nil {
				return err
			}
			for _, f := range said {
				if f.State != figure.Known {
					continue
				}
				c, err := figure.Cite(ctx, tx, f, now)
				if err != nil {
					return err
				}
				cited = append(cited, c)
			}
		}
		body, err := Render(ctx, d, now, cited)
		if err != nil {
			return fmt.Errorf("render case: %w", err)
		}
		row := db.InsertCaseParams{OrganisationID: a.Organisation, ID: id, N: int32(n), MeetingOn: p.Meeting.UTC(), Body: body, Sha256: standalone.Hash(body), Author: a.Name, At: now.UTC()} //nolint:gosec // counted up by one
		for _, c := range d.numbered(cited) {
			row.Citations = append(row.Citations, c.ID)
		}
		row.Outdated = []uuid.UUID{}
		for _, c := range d.Moved() {
			row.Outdated = append(row.Outdated, c.ID)
		}
		promised, err := d.Record.Promised(option.All...)
		if err != nil {
			return err
		}
		if row.Promise, err = json.Marshal(promised); err != nil {
			return fmt.Errorf("write down what is promised: %w", err)
		}
		rows, err := db.New(tx).InsertCase(ctx, row)
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.Wrap(fault.Conflict, "fivecase.submit.other", err)
		}
		if err != nil {
			return fmt.Errorf("insert case: %w", err)
		}
		if rows == 0 {
			return nil
		}
		if s.d.Paper != nil {
			p.Title = locale.T(ctx, "fivecase.frozen.paper", "n", n)
			if err := s.d.Paper(ctx, tx, now, p); err != nil {
				return err
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "investment.case_frozen", Kind: "invest_case", Object: id})
	})
}
