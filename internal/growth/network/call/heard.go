package call

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/survey"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// fewest is how many people have to have answered before anything of it is shown: the same as of any other count.
var fewest = disclosure.General.Rule().Threshold

// Heard is what members answered to one question, as whoever asked reads it.
type Heard struct {
	survey.Question
	Shares []Share
	Wrote  []string // in an order that says nothing
}

// Share is how many chose an option, or one of several that are counted together because few chose them.
type Share struct {
	Options []string
	People  disclosure.Figure
}

// ForMembers gives what the actor is asked as a member of a community of practice, in a transaction of theirs.
func ForMembers(ctx context.Context, tx *postgres.Tx) (out []survey.Sheet, err error) {
	rows, err := db.New(tx).ListForMembers(ctx)
	if err != nil {
		return nil, fmt.Errorf("list what members are asked: %w", err)
	}
	for _, r := range rows {
		c := callOf(db.ListAskedRow(r))
		out = append(out, survey.Sheet{ID: c.ID, Asker: c.Nation, Title: c.Title, About: c.About, Asked: c.Asked, Published: c.Published, Closes: c.Closes, Said: c.Said, Did: c.Did, Told: c.Told})
	}
	return out, nil
}

// Heard gives what members answered to a survey that is over: nothing while it is open, and nothing where few answered.
func (s *Service) Heard(ctx context.Context, a access.Actor, now time.Time, c Call) (out []Heard, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		text, err := db.New(tx).ReadHeard(ctx, db.ReadHeardParams{CallID: c.ID, Today: locale.Day(now).UTC()})
		if err != nil {
			return fmt.Errorf("read what members answered: %w", err)
		}
		var rows []struct {
			Question, People int
			Answer           string
		}
		if err := json.Unmarshal([]byte(text), &rows); err != nil {
			return fmt.Errorf("read what members answered: %w", err)
		}
		for i, q := range c.Asked {
			said := map[string]int{}
			for _, r := range rows {
				if r.Question == i+1 {
					said[r.Answer] = r.People
				}
			}
			if h, ok := hear(q, said); ok {
				out = append(out, h)
			}
		}
		return nil
	})
	return out, err
}

// hear says of one question what may be shown of its answers: nothing where fewer than 8 people answered.
func hear(q survey.Question, said map[string]int) (h Heard, ok bool) {
	all := 0
	for _, n := range said {
		all += n
	}
	if all < fewest {
		return h, false
	}
	h.Question = q
	if len(q.Options) == 0 {
		for text, n := range said {
			h.Wrote = append(h.Wrote, slices.Repeat([]string{text}, n)...)
		}
		slices.Sort(h.Wrote)
		return h, true
	}
	counts := make([]int, len(q.Options))
	for i, o := range q.Options {
		counts[i] = said[o]
	}
	h.Shares = shares(q.Options, counts)
	return h, true
}

// shares counts options together until no share is small: the fewest first. What is counted together is told in the order of the
// options, so that it does not say which of them was chosen less.
func shares(options []string, counts []int) (out []Share) {
	order := make([]int, len(options))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(counts[a], counts[b]) })
	pool, people := []int{}, 0
	for len(order) > 0 && (counts[order[0]] < fewest || len(pool) > 0 && people < fewest) {
		pool, people, order = append(pool, order[0]), people+counts[order[0]], order[1:]
	}
	if len(pool) == 1 && len(order) > 0 { // one alone would be told by what is left
		pool, people, order = append(pool, order[0]), people+counts[order[0]], order[1:]
	}
	slices.Sort(order)
	for _, i := range order {
		out = append(out, Share{options[i : i+1], disclosure.Count(counts[i], disclosure.General)})
	}
	if len(pool) > 0 {
		if most := 6 * len(pool); counts[pool[len(pool)-1]] < fewest && people > most { // or the most that small numbers can make would tell each
			people = most
		}
		slices.Sort(pool)
		together := Share{People: disclosure.Count(people, disclosure.General)}
		for _, i := range pool {
			together.Options = append(together.Options, options[i])
		}
		out = append(out, together)
	}
	return out
}
