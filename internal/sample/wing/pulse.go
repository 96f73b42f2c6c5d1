package wing

import (
	"context"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/pulse"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// asksAgo are the days ago on which the team was asked, for three weeks each: enough answered the first question, too few the one in
// the summer holidays, and the last is still open.
var asksAgo = []struct {
	ago, answers int
	scores       []int
}{{200, 20, []int{4, 3, 4, 2, 4, 3, 3}}, {110, 5, []int{3, 3, 2}}, {5, 6, []int{3, 4}}}

// howTheyAre asks the team three times, and enters eight months of overtime. The worker counts the answers when the house is up.
func (t *story) howTheyAre(ctx context.Context) error {
	s := pulse.New(t.DB)
	var team []access.Actor
	for _, r := range []access.Role{access.Nurse, access.Physician, access.Physio, access.Counsellor} {
		for _, w := range t.team[r] {
			team = append(team, w.Actor(access.Clinical))
		}
	}
	for _, x := range asksAgo {
		opens := locale.Day(t.ago(x.ago))
		in := pulse.QuestionIn{ID: t.Next(), Text: "How are you at work these days?", Opens: opens, Closes: opens.AddDays(20)}
		if err := valid(s.Ask(ctx, t.lead.At(access.Clinical), t.ago(x.ago), in)); err != nil {
			return err
		}
		for i, a := range team[:min(x.answers, len(team))] {
			if err := s.Give(ctx, a, t.ago(x.ago-1), in.ID, x.scores[i%len(x.scores)]); err != nil {
				return fmt.Errorf("answer: %w", err)
			}
		}
	}
	people := load.New(t.DB, t.staff)
	for i, hours := range []float64{62, 58, 71, 0, 38, 40, 52, 47} {
		if err := people.Enter(ctx, t.lead, t.ago(10), load.OvertimeIn{Month: load.Months(locale.Day(t.ago(10)))[i], Hours: hours}); err != nil {
			return err
		}
	}
	return nil
}
