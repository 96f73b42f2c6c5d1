package pooled

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

// Member is an organisation that has released what its service is.
type Member struct {
	system.Who
	Name  string     `json:"name"` // "" for one that is not named
	Month civil.Date `json:"month"`
	Model Model      `json:"model"`
}

// ID names a member in a form.
func (m Member) ID() string { return m.Code + "." + m.Fingerprint }

// Offer is who can be pooled.
type Offer struct {
	Members []Member // in the order of their names
	Of      int      // organisations of the ICS
}

// Professions that two members or more have, in the order of their names.
func (o Offer) Professions() (out []string) {
	seen := map[string]int{}
	for _, m := range o.Members {
		for _, p := range m.Model.professions() {
			if seen[p]++; seen[p] == 2 {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Offer lists who can be pooled now.
func (s *Service) Offer(ctx context.Context, a access.Actor) (o Offer, err error) {
	t, err := s.d.System.Beside(ctx, a, civil.Date{}, func(m release.Metric) bool { return m.ID == Metric })
	if err != nil {
		return o, err
	}
	o.Of = t.Of
	for _, row := range t.Rows {
		var newest civil.Date
		var figures []release.Figure
		for _, f := range row.Figures {
			if f.Month.After(newest) {
				newest, figures = f.Month, nil
			}
			if f.Month == newest {
				figures = append(figures, f)
			}
		}
		if m, ok := Received(s.metric, figures); ok {
			o.Members = append(o.Members, Member{row.Who, row.Name, newest, m})
		}
	}
	return o, nil
}

// Answers are what is asked for.
type Answers struct {
	Members     []string // by their ID
	Professions []string
	Lost        int // percent of pooled appointments that travel and handing over cost
}

// MostLost is the largest percentage of appointments that can be said to be lost.
const MostLost = 50

const (
	fewest       = 2
	replications = 200
	mostRuns     = 20
)

// Check says what is wrong with answers.
func (o Offer) Check(x Answers) (f fault.Fields) {
	if len(o.chosen(x.Members)) < fewest {
		f.Add("members", "pooled.members.few")
	}
	if len(o.pooled(x.Professions)) == 0 {
		f.Add("professions", "pooled.professions.none")
	}
	if x.Lost < 0 || x.Lost > MostLost {
		f.Add("lost", "pooled.lost.range")
	}
	return f
}

func (o Offer) chosen(ids []string) (out []Member) {
	for _, m := range o.Members {
		if slices.Contains(ids, m.ID()) {
			out = append(out, m)
		}
	}
	return out
}

func (o Offer) pooled(names []string) (out []string) {
	for _, p := range o.Professions() {
		if slices.Contains(names, p) {
			out = append(out, p)
		}
	}
	return out
}
