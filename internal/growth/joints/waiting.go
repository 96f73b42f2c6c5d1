package joints

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Waiting is what the first page of those who lead says waits for them: for the lead the questions of the guardian and of the
// board, for an executive the papers to decide. Nobody is shown what is another's to do. The dashboard is made before what it
// lists, so that is asked for when the page is.
func Waiting(assure func() *assurance.Service, papers func() *board.Service) func(context.Context, access.Actor) ([]indicator.Waiting, error) {
	return func(ctx context.Context, a access.Actor) ([]indicator.Waiting, error) {
		if a.Role != access.Lead && a.Role != access.Executive {
			return nil, nil
		}
		var out []indicator.Waiting
		if a.Role == access.Lead {
			asked, err := assure().Unanswered(ctx, a)
			if err != nil {
				return nil, err
			}
			for _, q := range asked {
				out = append(out, indicator.Waiting{Path: "/assurance/questions/" + q.ID.String(), Text: locale.T(ctx, "assurance.waiting.question", "date", q.Due.Long(), "text", q.Words)})
			}
		}
		all, err := papers().Items(ctx, a)
		if err != nil {
			return nil, err
		}
		for _, paper := range all {
			path := "/plan/board/" + paper.ID.String()
			if _, decided := paper.Decided(); !decided && a.Role == access.Executive {
				out = append(out, indicator.Waiting{Path: path, Text: locale.T(ctx, "board.waiting.paper", "date", paper.Meeting.Long(), "title", paper.Title)})
			}
			for _, q := range paper.Questions {
				if q.Open() && a.Role == access.Lead {
					out = append(out, indicator.Waiting{Path: path, Text: locale.T(ctx, "board.waiting.question", "date", q.Due.Long(), "text", q.Text)})
				}
			}
		}
		return out, nil
	}
}

// Yearly says in the guardian's year when the evidence for accreditation is frozen next. The evidence room is made after
// the guardian's part, so it is asked for when it is needed.
func Yearly(room func() *evidence.Service) func(context.Context, access.Actor, time.Time) (assurance.Yearly, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) (assurance.Yearly, error) {
		r, err := room().Read(ctx, a, now)
		return assurance.Yearly{Begun: len(r.Standards) > 0, Due: r.SnapshotDue(), Late: r.SnapshotLate()}, err
	}
}
