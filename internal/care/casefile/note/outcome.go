package note

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Outcome is an opinion on fitness. The id is the page's.
type Outcome struct {
	ID, Note    uuid.UUID
	Fitness     string    // a code of packs/fitness.yaml
	Effective   time.Time // from which day
	Words       string    // what the code asks for in words: timescale, limits, reason, evidence awaited
	Review      time.Time
	Adjustments []Adjustment
}

// Adjustment is one thing the employer is advised to change. Start and End are civil dates, "2006-01-02" or "".
type Adjustment struct {
	Kind   string `json:"kind"` // a code of packs/adjustments.yaml
	Detail string `json:"detail"`
	Start  string `json:"start,omitempty"`
	End    string `json:"end,omitempty"`
}

// MaxAdjustments bounds the list of one opinion: more than eight is a redeployment.
const MaxAdjustments = 8

// Check says what an opinion lacks for its code, by the pack. Field names of adjustment i are "adj-i-kind" and so on.
func (o Outcome) Check(role access.Role) (faults fault.Fields) {
	f, known := fitness()[o.Fitness]
	switch {
	case !known:
		faults.Add("fitness", "note.fitness.empty")
	case len(f.Roles) > 0 && !slices.Contains(f.Roles, string(role)):
		faults.Add("fitness", "note.fitness.role")
	}
	if f.asks("effective") && o.Effective.IsZero() {
		faults.Add("effective", "note.effective.empty")
	}
	if f.asks("words") && o.Words == "" {
		faults.Add("words", "note.words.empty")
	}
	if f.asks("review") && o.Review.IsZero() {
		faults.Add("review", "note.review.empty")
	}
	if f.asks("adjustments") && len(o.Adjustments) == 0 {
		faults.Add("adj-0-kind", "note.adjustments.empty")
	}
	if len(o.Adjustments) > MaxAdjustments {
		faults.Add("adj-0-kind", "note.adjustments.many", "n", MaxAdjustments)
	}
	for i, a := range o.Adjustments {
		a.check(i, f.asks("end"), !o.Review.IsZero(), &faults)
	}
	return faults
}

func (a Adjustment) check(i int, needsEnd, reviewed bool, faults *fault.Fields) {
	name := func(part string) string { return fmt.Sprintf("adj-%d-%s", i, part) }
	if !slices.Contains(Adjustments(), a.Kind) {
		faults.Add(name("kind"), "note.adj_kind.empty")
	}
	if a.Detail == "" {
		faults.Add(name("detail"), "note.adj_detail.empty")
	}
	if a.Start != "" && a.End != "" && a.End < a.Start {
		faults.Add(name("end"), "note.adj_end.before")
	}
	if !Timed(a.Kind, a.Detail, a.Start != "", a.End != "") {
		faults.Add(name("end"), "note.adj_end.phased")
	} else if needsEnd && a.End == "" && !reviewed {
		faults.Add(name("end"), "note.adj_end.empty")
	}
}

// weeks is a length in words: "over 4 weeks".
var weeks = regexp.MustCompile(`(?i)\bweeks?\b`)

// Timed says whether an adjustment says how long it takes, where its kind must: the manager has to plan a phased return,
// so it needs both dates, or its weeks in words.
func Timed(kind, detail string, start, end bool) bool {
	return kind != "PHASED_RETURN" || start && end || weeks.MatchString(detail)
}

// Record stores an opinion on a signed note of the case. The same id again changes nothing.
func (s *Service) Record(ctx context.Context, a access.Actor, at time.Time, c casefile.Case, in Outcome) error {
	list, err := json.Marshal(append([]Adjustment{}, in.Adjustments...))
	if err != nil {
		return fmt.Errorf("encode adjustments: %w", err)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := s.find(ctx, tx, c.ID, in.Note)
		if err != nil {
			return err
		}
		if !n.Signed() || n.Restricted {
			return fault.New(fault.Conflict, "note.outcome.unsigned")
		}
		made, err := db.New(tx).InsertOutcome(ctx, db.InsertOutcomeParams{ServiceID: a.Service, ID: in.ID, CasefileID: c.ID, NoteID: in.Note, Fitness: in.Fitness,
			EffectiveOn: opt(in.Effective), Timescale: opt(in.Words), ReviewOn: opt(in.Review), Adjustments: list, At: at, ByAccount: a.Account})
		if err != nil {
			return fmt.Errorf("insert outcome: %w", err)
		}
		if made == 0 {
			return nil
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: string(activity.OutcomeRecorded), Kind: "outcome", Object: in.ID, Subject: c.Person}); err != nil {
			return err
		}
		row, err := casefile.Activity(ctx, tx, c, activity.OutcomeRecorded, at)
		if err != nil {
			return err
		}
		row.Codes.Outcome = in.Fitness
		return s.d.Ledger.Append(ctx, tx, row)
	})
}

// opt gives a pointer, or nil for a zero value: an absent fact is NULL.
func opt[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// Day reads the civil date of an adjustment; the zero time when there is none.
func Day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, locale.London)
	if err != nil {
		return time.Time{}
	}
	return t
}
