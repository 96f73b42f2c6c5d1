package feedback

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Report is what a service reads of its feedback.
type Report struct {
	Audiences []Scores // who was seen, then managers, then who took a course
	Themes    []Theme
	Comments  []Comment
}

// Scores are the marks of one audience.
type Scores struct {
	Audience string
	Answers  int
	Marks    map[string][5]int // by question, how often 1..5
	Months   []Month
	Asked    []Group // all, then by source, staff group and site
}

// Month is the mean mark of a month, of all questions together, where enough answered to show one.
type Month struct {
	Of    civil.Date
	Mean  float64
	Shown bool
}

// Group is how many of a group were asked, and what share of them answered. Counts are controlled: a service is small, and to know
// that nobody of a ward answered is to know it of each of them.
type Group struct {
	Dimension, Code string
	Asked           disclosure.Figure
	Rate            disclosure.Percentage
}

// Theme is how often comments of a month were about something.
type Theme struct {
	Month      civil.Date
	Code, Tone string
	N          disclosure.Figure
}

// Comment is one comment, by month, with how it was read last.
type Comment struct {
	ID               uuid.UUID
	Month            time.Time
	Audience         string
	Text             string // "" when it is set aside
	Quotable, Quoted bool
	Version          int // of the reading; 0 when nobody has read it yet
	Themes           []string
	Tone             string
	Aside            bool
}

// Few is how many answers are too few to draw a conclusion from, or to hide who gave them (numbers.md: the same
// 10 from which a percentage on a special topic may be shown).
const Few = 10

// shownMonths is how far back a report goes.
const shownMonths = 12

// Read gives a service its feedback of the last twelve months.
func (s *Service) Read(ctx context.Context, actor access.Actor, now time.Time) (r Report, err error) {
	in := now.In(locale.London)
	since := time.Date(in.Year(), in.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 1-shownMonths, 0)
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		scores, err := q.CountScores(ctx, db.CountScoresParams{ServiceID: actor.Service, Since: since})
		if err != nil {
			return fmt.Errorf("count scores: %w", err)
		}
		asked, err := q.SumAsked(ctx, db.SumAskedParams{ServiceID: actor.Service, Since: since})
		if err != nil {
			return fmt.Errorf("count who was asked: %w", err)
		}
		scores = told(scores, in)
		for _, a := range []string{invite.Person, invite.Manager, invite.Course} {
			if one := scoresOf(a, scores, asked); one.Answers > 0 || a == invite.Person || a == invite.Course && len(one.Asked) > 0 {
				r.Audiences = append(r.Audiences, one)
			}
		}
		if err := r.voices(ctx, q, actor.Service, since); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "feedback.read", Kind: "service", Object: actor.Service})
	})
	return r, err
}

// voices adds what people wrote.
func (r *Report) voices(ctx context.Context, q *db.Queries, service uuid.UUID, since time.Time) error {
	themes, err := q.SumThemes(ctx, db.SumThemesParams{ServiceID: service, Since: since})
	if err != nil {
		return fmt.Errorf("count themes: %w", err)
	}
	for _, x := range themes {
		r.Themes = append(r.Themes, Theme{civil.Of(x.Month), x.Theme, x.Tone, disclosure.Count(int(x.N), disclosure.Special)})
	}
	comments, err := q.ListComments(ctx, db.ListCommentsParams{ServiceID: service, Since: since})
	if err != nil {
		return fmt.Errorf("list comments: %w", err)
	}
	for _, c := range comments {
		x := Comment{ID: c.ID, Month: c.Month, Audience: c.Audience, Text: *c.Comment, Quotable: c.Quotable, Quoted: c.Quoted, Version: int(c.Version), Themes: c.Themes, Tone: c.Tone, Aside: c.Aside}
		if x.Aside {
			x.Text = ""
		}
		r.Comments = append(r.Comments, x)
	}
	return nil
}

// told leaves out the marks of courses of a month that is not over, or in which fewer than Few answered: a course has few people, who
// were told that nobody sees less. Each answer is in one month, so nobody is the difference of two sums.
func told(scores []db.CountScoresRow, now time.Time) []db.CountScoresRow {
	this, n := civil.Date{Year: now.Year(), Month: now.Month(), Day: 1}, map[civil.Date]int{}
	for _, x := range scores {
		if x.Audience == invite.Course {
			n[civil.Of(x.Month)] += int(x.N)
		}
	}
	return slices.DeleteFunc(scores, func(x db.CountScoresRow) bool {
		of := civil.Of(x.Month)
		return x.Audience == invite.Course && (n[of] < Few || !of.Before(this))
	})
}

func scoresOf(audience string, scores []db.CountScoresRow, asked []db.SumAskedRow) Scores {
	out := Scores{Audience: audience, Marks: map[string][5]int{}}
	sum, n := map[civil.Date]int{}, map[civil.Date]int{}
	for _, x := range scores {
		if x.Audience != audience {
			continue
		}
		of := civil.Of(x.Month)
		if n[of] == 0 {
			out.Months = append(out.Months, Month{Of: of})
		}
		out.Answers += int(x.N)
		n[of] += int(x.N)
		for question, mark := range (Answer{Communication: int(x.Communication), Specific: int(x.Specific), Mattered: int(x.Mattered)}).marks() {
			counts := out.Marks[question]
			counts[mark-1] += int(x.N)
			out.Marks[question] = counts
			sum[of] += mark * int(x.N)
		}
	}
	for i, m := range out.Months {
		if disclosure.Statistic(n[m.Of], disclosure.Special) {
			out.Months[i].Shown, out.Months[i].Mean = true, float64(sum[m.Of])/float64(len(Questions)*n[m.Of])
		}
	}
	for _, x := range asked {
		if x.Audience == audience {
			whole := disclosure.Count(int(x.Asked), disclosure.Special)
			out.Asked = append(out.Asked, Group{x.Dimension, x.Code, whole, disclosure.Share(disclosure.Count(int(x.Answered), disclosure.Special), whole)})
		}
	}
	return out
}
