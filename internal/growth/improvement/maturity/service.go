package maturity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
	// Offered is the version of ours that is in force for the actor's organisation; nil where nobody writes any.
	Offered func(ctx context.Context, a access.Actor, now time.Time) (framework.Version, error)
}

// Service keeps frameworks and ratings.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// ours is the framework that ships, in one of its versions.
func ours(v framework.Version) Framework {
	return Framework{Key: Ours, Version: v, Name: v.Name, Source: v.Source, Themes: framework.For(v.Themes, framework.Internal)}
}

// Summary is a framework with how its themes stand.
type Summary struct {
	Framework
	Standings []Standing
}

// Rated counts the themes that have a rating.
func (s Summary) Rated() (n int) {
	for _, x := range s.Standings {
		if x.Now.Level > 0 {
			n++
		}
	}
	return n
}

// Summaries gives every framework, ours first.
func (s *Service) Summaries(ctx context.Context, a access.Actor) ([]Summary, error) {
	out, _, err := s.read(ctx, a)
	return out, err
}

func (s *Service) read(ctx context.Context, a access.Actor) (out []Summary, ratings []Rating, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		found, err := q.ListRatings(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list ratings: %w", err)
		}
		for _, r := range found {
			ratings = append(ratings, Rating{ID: r.ID, Framework: r.Framework, Theme: r.Theme, Number: int(r.Number), Taken: postgres.Value(r.TakenID), Level: int(r.Level), Evidence: r.Evidence, NextStep: r.NextStep, On: civil.Of(r.RatedOn), At: r.At, By: r.By})
		}
		taken, err := listTaken(ctx, q, a)
		if err != nil {
			return err
		}
		f := ours(used(taken))
		out = []Summary{{f, standings(f, ratings, taken)}}
		rows, err := q.ListFrameworks(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list frameworks: %w", err)
		}
		for _, r := range rows {
			f := Framework{Key: r.ID.String(), Name: r.Name, FileName: r.FileName, Rows: int(r.RowsRead), At: r.ImportedAt, By: r.ImportedBy}
			if err := errors.Join(json.Unmarshal(r.Themes, &f.Themes), json.Unmarshal(r.Rejects, &f.Rejects)); err != nil {
				return fmt.Errorf("read framework: %w", err)
			}
			out = append(out, Summary{f, standings(f, ratings, nil)})
		}
		return nil
	})
	return out, ratings, err
}

// Find gives one framework with its ratings, newest first.
func (s *Service) Find(ctx context.Context, a access.Actor, key string) (Summary, []Rating, error) {
	all, ratings, err := s.read(ctx, a)
	if err != nil {
		return Summary{}, nil, err
	}
	for _, x := range all {
		if x.Key == key {
			return x, ratings, nil
		}
	}
	return Summary{}, nil, fault.Missing("framework")
}

// Rate keeps a rating. The same id again changes nothing.
func (s *Service) Rate(ctx context.Context, a access.Actor, at time.Time, r Rating) error {
	if err := improvement.Refuse(CheckRating(r, locale.Day(at))); err != nil {
		return err
	}
	f, _, err := s.Find(ctx, a, r.Framework)
	if err != nil {
		return err
	}
	if _, ok := f.Theme(r.Theme); !ok {
		return fault.Missing("theme")
	}
	return improvement.Audited(ctx, s.d.DB, a, at, "improvement.maturity_rated", "maturity_rating", r.ID, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).InsertRating(ctx, db.InsertRatingParams{OrganisationID: a.Organisation, ID: r.ID, Framework: r.Framework, Theme: r.Theme, Number: int32(max(f.Version.Number, 1)), TakenID: postgres.Null(f.Version.ID), Level: int32(r.Level),
			Evidence: r.Evidence, NextStep: r.NextStep, RatedOn: r.On.UTC(), At: at.UTC(), By: a.Name})
		if err != nil {
			return false, fmt.Errorf("insert rating: %w", err)
		}
		return n > 0, nil
	})
}

// Report is what came of a file.
type Report struct {
	File
	Key  string // of the framework; "" when the file was only checked
	Same bool   // it was taken in before: nothing changed
}

// Import takes in a framework, or only checks the file. A *sheet.Refused error says why the file as a whole was not
// taken.
func (s *Service) Import(ctx context.Context, a access.Actor, at time.Time, name, fileName string, r io.Reader, check bool) (Report, error) {
	f, err := Parse(r)
	if err != nil {
		return Report{}, err
	}
	if len(f.Themes) == 0 {
		return Report{}, &sheet.Refused{Key: "improvement.file.none", Args: []any{"n", len(f.Rejects), "line", f.Rejects[0].Line}}
	}
	out := Report{File: f}
	if check {
		return out, nil
	}
	digest, err := f.digest()
	if err != nil {
		return out, fmt.Errorf("digest of framework: %w", err)
	}
	themes, err := json.Marshal(f.Themes)
	if err != nil {
		return out, fmt.Errorf("write themes: %w", err)
	}
	rejects, err := sheet.Rejects{List: f.Rejects}.JSON()
	if err != nil {
		return out, fmt.Errorf("write rejects: %w", err)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return out, err
	}
	out.Key = id.String()
	err = improvement.Audited(ctx, s.d.DB, a, at, "improvement.framework_imported", "maturity_framework", id, func(tx *postgres.Tx) (bool, error) {
		q := db.New(tx)
		n, err := q.InsertFramework(ctx, db.InsertFrameworkParams{OrganisationID: a.Organisation, ID: id, Name: sheet.Line(name, improvement.LongestTitle), FileName: sheet.FileName(fileName), Digest: digest,
			RowsRead: int32(f.Rows), Themes: themes, Rejects: rejects, ImportedAt: at.UTC(), ImportedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("insert framework: %w", err)
		}
		if n > 0 {
			return true, nil
		}
		before, err := q.FindByDigest(ctx, db.FindByDigestParams{OrganisationID: a.Organisation, Digest: digest})
		if err != nil {
			return false, fmt.Errorf("find earlier import: %w", err)
		}
		out.Key, out.Same = before.String(), true
		return false, nil
	})
	return out, err
}
