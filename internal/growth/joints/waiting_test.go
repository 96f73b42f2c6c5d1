package joints_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
)

// TestWaiting: the first page of each says what only they can do, until it is done.
func TestWaiting(t *testing.T) {
	h, ctx, now := strategytest.New(t), context.Background(), strategytest.Now
	h.Fill(t)
	assure := assurance.New(assurance.Deps{DB: h.DB, Figures: figure.NewLibrary()})
	waiting := joints.Waiting(func() *assurance.Service { return assure }, func() *board.Service { return h.Board })
	is := func(a access.Actor, want ...string) {
		t.Helper()
		all, err := waiting(ctx, a)
		var got []string
		for _, x := range all {
			got = append(got, x.Path+" "+x.Text)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q, want %q (%v)", got, want, err)
		}
	}
	is(h.Lead)

	n, err := h.Board.Open(ctx, h.Lead, now, "Staff who are well")
	if err != nil {
		t.Fatal(err)
	}
	due := civil.Of(now).AddDays(7)
	paper := board.ItemIn{ID: uuid.New(), Version: n, Title: "Our plan", Meeting: civil.Of(now), Recommendation: "Approve it", Wellbeing: "Shorter waits"}
	onPaper := board.Question{ID: uuid.New(), Item: paper.ID, Text: "Who pays for it?", Owner: "OH lead", Due: due}
	asked := assurance.NewQuestion{ID: uuid.New(), Words: "Why did waits grow?", Owner: "OH lead", Due: due}
	do := func(errs ...error) {
		t.Helper()
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	do(h.Board.Submit(ctx, h.Lead, now, n), h.Board.AddItem(ctx, h.Lead, now, paper), h.Board.Ask(ctx, h.Guardian, now, onPaper), assure.Ask(ctx, h.Guardian, now, asked))
	at := "/plan/board/" + paper.ID.String()
	is(h.Lead, "/assurance/questions/"+asked.ID.String()+" Question to answer by "+due.Long()+": Why did waits grow?", at+" Question on a paper to answer by "+due.Long()+": Who pays for it?")
	is(h.Executive, at+" Paper to decide on "+paper.Meeting.Long()+": Our plan")
	is(h.Guardian)
	is(h.W.OHNurse.As(access.Nurse, access.Growth))

	do(h.Board.Answer(ctx, h.Lead, now, onPaper.ID, "We do"), assure.Follow(ctx, h.Lead, now, asked.ID, assurance.NewEntry{ID: uuid.New(), Kind: assurance.EntryAnswered, Words: "Two nurses left"}),
		h.Board.Decide(ctx, h.Executive, now, uuid.New(), paper.ID, board.Decision{Choice: board.Conditions, Words: "As recommended", On: civil.Of(now)}))
	is(h.Lead)
	is(h.Executive)
}
