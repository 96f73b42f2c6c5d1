package wing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// asked is a round with how many of each perspective answered, and how far they find each sub-section.
type asked struct {
	name         string
	short        bool
	open, closed time.Time
	voices       map[round.Perspective]int
	workshop     round.Perspective // counted on a screen in place of links
	score        func(round.Perspective, string) float64
}

// views is how a perspective differs from the others: the board sees more in place than those who do the work.
var views = map[round.Perspective]float64{round.Board: 0.9, round.Manager: 0.2, round.StaffSide: -0.8, round.OH: -0.1, round.StaffNetwork: -0.6}

// firstRound finds long waits and little help for managers. Four of the staff network are too few to be shown apart.
func (t *story) firstRound(ctx context.Context) error {
	_, err := t.ask(ctx, asked{name: "Baseline round", short: true, open: t.at(-6, 3), closed: t.at(-5, 2),
		voices: map[round.Perspective]int{round.Board: 6, round.Manager: 9, round.StaffSide: 7, round.OH: 8, round.StaffNetwork: 4},
		score: func(p round.Perspective, section string) float64 {
			return 1.9 + t.level + views[p] + map[string]float64{"E7.1": -0.9, "E4.3": -0.7, "E1.2": -0.5, "E5.2": -0.4, "E3.1": 0.3}[section]
		}})
	return err
}

// secondRound finds access better, and board and staff side further apart on rest and facilities.
func (t *story) secondRound(ctx context.Context) error {
	id, err := t.ask(ctx, asked{name: "Second round", open: t.ago(55), closed: t.ago(27), workshop: round.Manager,
		voices: map[round.Perspective]int{round.Board: 7, round.Manager: 14, round.StaffSide: 8, round.OH: 9, round.StaffNetwork: 6},
		score: func(p round.Perspective, section string) float64 {
			apart := 0.0
			if section == "E5.2" {
				apart = views[p]
			}
			return 2.2 + views[p]*0.7 + apart + map[string]float64{"E7.1": 0.3, "E4.3": -0.6, "E1.2": -0.9, "E5.2": -0.6, "E1.1": 0.2}[section]
		}})
	if err != nil {
		return err
	}
	return t.rounds.Weigh(ctx, t.lead, t.ago(26), id, map[string]round.Weight{"E1.2": {Importance: 5, Reach: 45}, "E4.3": {Importance: 4, Reach: 80}, "E5.2": {Importance: 4, Reach: 60}, "E7.1": {Importance: 5, Reach: 15}})
}

// comments are what people wrote; none says who they are.
var comments = map[string]string{
	"E7.1": "People give up before they are seen.", "E4.3": "New managers get no training for these conversations.",
	"E5.2": "There is nowhere to sit down on nights.", "E1.2": "Help for backs comes when somebody has been off for weeks.",
}

// ask opens a round, has everybody answer, and closes it.
func (t *story) ask(ctx context.Context, r asked) (id uuid.UUID, err error) {
	p := diagnostic.Plan{Name: r.name, Scope: "organisation", Setting: "trust", Short: r.short, Targets: map[string]int{}, OpenUntil: r.closed.AddDate(0, 0, 1)}
	for _, e := range t.rounds.Framework().Elements {
		p.Elements = append(p.Elements, e.Code)
		p.Targets[e.Code] = t.rounds.Framework().Target
	}
	id, fields, err := t.rounds.Start(ctx, t.lead, r.open, p)
	if err := valid(fields, err); err != nil {
		return id, err
	}
	running, err := t.rounds.Find(ctx, t.lead, id)
	if err != nil {
		return id, err
	}
	if err := t.rounds.Attach(ctx, t.lead, r.open, id, running.Questions[len(running.Questions)-1].Code, figure.Ref{Kind: "indicator", Name: "K02"}); err != nil {
		return id, fmt.Errorf("attach evidence: %w", err)
	}
	for _, perspective := range round.Perspectives {
		n := r.voices[perspective]
		if perspective == r.workshop {
			err = t.count(ctx, r, id, running.Questions, n)
		} else {
			err = t.answer(ctx, r, id, running.Questions, perspective, n)
		}
		if err != nil {
			return id, fmt.Errorf("answers of %s: %w", perspective, err)
		}
	}
	return id, t.rounds.Close(ctx, t.lead, r.closed, id)
}

// draw is one answer: around what the perspective thinks, a fifth of the time a step off.
func (t *story) draw(r asked, p round.Perspective, section string) int {
	x := r.score(p, section) + t.rng.NormFloat64()*0.6
	return min(round.MaxScore, max(0, int(x+0.5)))
}

// answer has n people of a perspective answer by link.
func (t *story) answer(ctx context.Context, r asked, id uuid.UUID, questions []diagnostic.Question, p round.Perspective, n int) error {
	tokens, fields, err := t.rounds.Invite(ctx, t.lead, r.open, id, p, n+1) // one link is never used
	if err := valid(fields, err); err != nil {
		return err
	}
	for i, token := range tokens[:n] {
		at := r.open.Add(time.Duration(i+1) * 20 * time.Hour)
		var given []diagnostic.Given
		for _, q := range questions {
			score := t.draw(r, p, q.Subsection)
			if t.rng.IntN(25) == 0 {
				score = round.NotApplicable
			}
			g := diagnostic.Given{Code: q.Code, Score: &score, Confidence: diagnostic.Confidences[t.rng.IntN(3)]}
			if p == round.StaffSide && i < 2 {
				g.Comment = comments[q.Subsection]
			}
			given = append(given, g)
		}
		browser := diagnostic.NewHolder()
		state, err := t.rounds.Save(ctx, token, browser, at, given)
		if err == nil && state == diagnostic.Open {
			state, err = t.rounds.Submit(ctx, token, browser, at)
		}
		if err != nil || state != diagnostic.Open {
			return fmt.Errorf("the link is in state %d: %w", state, err)
		}
	}
	return nil
}

// count is a workshop of n people.
func (t *story) count(ctx context.Context, r asked, id uuid.UUID, questions []diagnostic.Question, n int) error {
	var votes []round.Tally
	for _, q := range questions {
		by := map[int]int{}
		for range n {
			by[t.draw(r, r.workshop, q.Subsection)]++
		}
		for score := range round.MaxScore + 1 {
			if by[score] > 0 {
				votes = append(votes, round.Tally{Perspective: r.workshop, Code: q.Code, Score: score, N: by[score]})
			}
		}
	}
	return t.rounds.Count(ctx, t.lead, r.closed.Add(-time.Hour), id, votes)
}

// standing fills the self-check in, with a next step where there is most to do, and says how far the route is.
func (t *story) standing(ctx context.Context) error {
	for _, audience := range t.check.Calls().Audiences[:2] { // those of a trust
		for i, call := range audience.Calls {
			c := selfcheck.Check{Call: call.Code, Position: selfcheck.Positions[1+(i+1)%3]}
			switch {
			case call.Code == "P06" || call.Code == "P13":
				c.Figure = "indicator/K02"
			case call.Code == "O01":
				c.Evidence = "Two rounds of the diagnostic are closed."
			case c.Position == "started":
				c.NextStep, c.Owner, c.Due = "Agree with staff side what we do first.", "Head of occupational health", t.Now.AddDate(0, 2, i)
			}
			if err := valid(t.check.Save(ctx, t.lead, t.ago(20), c)); err != nil {
				return fmt.Errorf("call %s: %w", call.Code, err)
			}
		}
	}
	for i, step := range t.check.Route().Steps {
		task := selfcheck.Task{Step: step.Code, State: "todo"}
		if i < 6 {
			task.State, task.Done = "done", t.at(i-6, 10)
		} else if i == 6 {
			task.State, task.Note = "doing", "The first forecast has been judged."
		}
		if err := valid(t.check.SaveStep(ctx, t.lead, t.ago(19), task)); err != nil {
			return fmt.Errorf("step %s: %w", step.Code, err)
		}
	}
	return nil
}
