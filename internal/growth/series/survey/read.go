package survey

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey/surveyfile"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
}

// Service takes results in and reads them.
type Service struct {
	d      Deps
	scales Scales
}

// New makes the service. The pack is compiled in and tested, so one that does not load is a broken build.
func New(d Deps) *Service {
	scales, err := LoadScales(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d, scales}
}

// Question is a question with its results.
type Question struct {
	Code, Wording string
	Headline      []string // answers that are added up; none where the scale is not known
	Whose         []string // surveyfile.Own first, where there are results of the organisation
	Years         []int    // with any result, oldest first
	Answers       []string // in the order of the scale
	Filled        time.Time
	scale         string
	scales        int // version of the pack of scales
	held          map[key]stored
}

// Cell is a result as it may be shown.
type Cell struct {
	State   seriesfile.State
	None    bool    // nothing was taken in
	Percent float64 // when Known
	Text    string  // "44%", "43.8%"; when Known
}

// Share is the result of one answer.
func (q Question) Share(whose string, year int, part, answer string) Cell {
	x, ok := q.held[key{whose, q.Code, year, part, answer}]
	if !ok {
		return Cell{None: true}
	}
	return cell(whose, x.state, x.share)
}

// Top is the headline: the sum of its answers, of which all must be known.
func (q Question) Top(whose string, year int, part string) Cell {
	sum, state := 0.0, seriesfile.Known
	for _, h := range q.Headline {
		x, ok := q.held[key{whose, q.Code, year, part, h}]
		if !ok {
			return Cell{None: true}
		}
		sum += x.share
		if x.state != seriesfile.Known {
			state = x.state
		}
	}
	if len(q.Headline) == 0 {
		return Cell{None: true}
	}
	return cell(whose, state, math.Min(sum, 1))
}

// cell rounds a share of our own to whole per cents.
func cell(whose string, state seriesfile.State, share float64) Cell {
	switch {
	case state != seriesfile.Known:
		return Cell{State: state}
	case whose == surveyfile.Own:
		percent := math.Round(100 * share)
		return Cell{State: state, Percent: percent, Text: fmt.Sprintf("%.0f%%", percent)}
	}
	percent := math.Round(1000*share) / 10
	return Cell{State: state, Percent: percent, Text: fmt.Sprintf("%.1f%%", percent)}
}

// Responses is how many of our own answered, rounded.
func (q Question) Responses(year int, part string) (disclosure.Figure, bool) {
	most := 0
	for k, x := range q.held {
		if k.whose == surveyfile.Own && k.year == year && k.part == part {
			most = max(most, x.responses)
		}
	}
	return disclosure.Count(most, disclosure.General), most > 0
}

// Group is a group of our own staff.
type Group struct{ Part, Name string }

// Groups lists those with a result in a year, shown or not.
func (q Question) Groups(year int) []Group {
	seen := map[string]string{}
	for k, x := range q.held {
		if k.whose == surveyfile.Own && k.year == year && k.part != "" {
			seen[k.part] = x.name
		}
	}
	var out []Group
	for _, p := range slices.Sorted(maps.Keys(seen)) {
		out = append(out, Group{p, seen[p]})
	}
	return out
}

// Last is the newest year that is known for some organisation type, and whether ours is.
func (q Question) Last() int { return q.Years[len(q.Years)-1] }

// Find reads one question.
func (s *Service) Find(ctx context.Context, a access.Actor, code string) (Question, error) {
	all, err := s.read(ctx, a, strings.ToLower(code))
	if err == nil && len(all) == 0 {
		err = fault.Missing("question")
	}
	if err != nil {
		return Question{}, err
	}
	return all[0], nil
}

// List reads every question.
func (s *Service) List(ctx context.Context, a access.Actor) ([]Question, error) {
	return s.read(ctx, a, "")
}

func (s *Service) read(ctx context.Context, a access.Actor, question string) ([]Question, error) {
	var held map[key]stored
	var words map[string]string
	filled := map[string]time.Time{}
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		if held, err = results(ctx, tx, question); err != nil {
			return err
		}
		if words, err = wordings(ctx, tx); err != nil {
			return err
		}
		rows, err := db.New(tx).LastFilled(ctx, a.Organisation)
		for _, r := range rows {
			filled[r.Question] = r.At
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read survey: %w", err)
	}
	byQuestion := map[string]map[key]stored{}
	for k, x := range held {
		if byQuestion[k.question] == nil {
			byQuestion[k.question] = map[key]stored{}
		}
		byQuestion[k.question][k] = x
	}
	var out []Question
	for _, c := range slices.Sorted(maps.Keys(byQuestion)) {
		q := Question{Code: c, Wording: words[c], Filled: filled[c], held: byQuestion[c]}
		q.index(s.scales)
		out = append(out, q)
	}
	return out, nil
}

// index finds who, when and which answers there are.
func (q *Question) index(scales Scales) {
	place := map[string]int{}
	for k, x := range q.held {
		if !slices.Contains(q.Whose, k.whose) {
			q.Whose = append(q.Whose, k.whose)
		}
		if !slices.Contains(q.Years, k.year) {
			q.Years = append(q.Years, k.year)
		}
		place[k.answer] = max(place[k.answer], x.place)
	}
	q.Answers = slices.SortedFunc(maps.Keys(place), func(a, b string) int { return cmp.Or(cmp.Compare(place[a], place[b]), cmp.Compare(a, b)) })
	slices.Sort(q.Years)
	slices.SortFunc(q.Whose, func(a, b string) int {
		if (a == surveyfile.Own) != (b == surveyfile.Own) {
			if a == surveyfile.Own {
				return -1
			}
			return 1
		}
		return cmp.Compare(a, b)
	})
	if scale, ok := scales.of(q.Answers); ok {
		q.scale, q.scales = scale.ID, scales.Version
		for _, a := range q.Answers {
			if scale.has(scale.Headline, a) {
				q.Headline = append(q.Headline, a)
			}
		}
	}
}
