package load

import (
	"testing"
	"testing/fstest"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
)

// TestLevel: the newest weeks lie against the weeks before them, which must be enough, and may be switched off.
func TestLevel(t *testing.T) {
	weeks := func(n int, list, given, days int) (out []demand.Week) {
		for range n {
			out = append(out, demand.Week{List: list, Given: given, Days: days})
		}
		return out
	}
	join := func(all ...[]demand.Week) (out []demand.Week) {
		for _, x := range all {
			out = append(out, x...)
		}
		return out
	}
	off := rules()
	off.Caseload.List.On = false
	for name, c := range map[string]struct {
		weeks       []demand.Week
		rules       Rules
		known       bool
		list, given bool // high
	}{
		"as ever":                    {weeks(80, 50, 100, 5), rules(), true, false, false},
		"a fifth more is not above":  {join(weeks(60, 50, 100, 5), weeks(4, 60, 100, 5)), rules(), true, false, false},
		"more than a fifth":          {join(weeks(60, 50, 100, 5), weeks(4, 61, 100, 5)), rules(), true, true, false},
		"few people":                 {join(weeks(60, 10, 100, 5), weeks(4, 14, 100, 5)), rules(), true, false, false},
		"switched off":               {join(weeks(60, 50, 100, 5), weeks(4, 99, 100, 5)), off, false, false, false},
		"a short past":               {weeks(29, 50, 100, 5), rules(), false, false, false},
		"just enough":                {join(weeks(26, 50, 100, 5), weeks(4, 99, 100, 5)), rules(), true, true, false},
		"older than a year is left":  {join(weeks(50, 500, 100, 5), weeks(52, 50, 100, 5), weeks(4, 61, 100, 5)), rules(), true, true, false},
		"more work":                  {join(weeks(60, 50, 100, 5), weeks(13, 50, 121, 5)), rules(), true, false, true},
		"as much on fewer days":      {join(weeks(60, 50, 100, 5), weeks(13, 50, 100, 4)), rules(), true, false, true},
		"nobody worked in the past":  {join(weeks(60, 50, 0, 0), weeks(13, 50, 100, 5)), rules(), true, false, false},
		"nobody waited, and few do":  {join(weeks(60, 0, 100, 5), weeks(4, 4, 100, 5)), rules(), true, false, false},
		"nobody waited, and some do": {join(weeks(60, 0, 100, 5), weeks(4, 5, 100, 5)), rules(), true, true, false},
	} {
		list, given := levels(c.weeks, c.rules)
		if list.Known != c.known || list.High != c.list || given.High != c.given {
			t.Errorf("%s: list %+v, given %+v", name, list, given)
		}
	}
}

// TestLoadRules: a pack with a rule that cannot be is refused.
func TestLoadRules(t *testing.T) {
	const head = "version: 1\nsource: x\neffective_from: 2026-11-01\ncaseload:\n  given: {newest: 1, before: 2, least: 1}\n"
	for text, good := range map[string]bool{"  list: {on: true, newest: 4, before: 52, least: 26}\n": true, "  list: {newest: 0, before: 52, least: 26}\n": false, "  list: {newest: 4, before: 5, least: 26}\n": false, "  list: {newest: 4, before: 52, least: 26, above: -1}\n": false} {
		if _, err := LoadRules(fstest.MapFS{"packs/workforce-load.yaml": {Data: []byte(head + text)}}); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestLeft: whoever leaves counts once, whether or not the seat is advertised.
func TestLeft(t *testing.T) {
	today, d := civil.MustParse("2026-11-22"), civil.MustParse
	id := uuid.New()
	post := func(heads, in int, since string) workforce.Post {
		p := workforce.Post{PostIn: workforce.PostIn{ID: id, Heads: heads, InPost: in}}
		if since != "" {
			p.VacantSince = d(since)
		}
		return p
	}
	ad := func(left *bool, on string, change func(*workforce.Vacancy)) workforce.Vacancy {
		v := workforce.Vacancy{VacancyIn: workforce.VacancyIn{Post: id, Left: left, Advertised: d(on)}}
		if change != nil {
			change(&v)
		}
		return v
	}
	yes, no := new(true), new(false)
	for name, c := range map[string]struct {
		post               workforce.Post
		ads                []workforce.Vacancy
		advertised, silent int
	}{
		"everybody is in post":         {post(2, 2, ""), nil, 0, 0},
		"left without an advert":       {post(2, 1, "2026-06-01"), nil, 0, 1},
		"two of them":                  {post(3, 1, "2026-06-01"), nil, 0, 2},
		"longer than a year ago":       {post(2, 1, "2025-11-21"), nil, 0, 0},
		"a year ago to the day":        {post(2, 1, "2025-11-22"), nil, 0, 1},
		"advertised":                   {post(2, 1, "2026-06-01"), []workforce.Vacancy{ad(yes, "2026-06-10", nil)}, 1, 0},
		"advertised before they went":  {post(2, 1, "2026-06-01"), []workforce.Vacancy{ad(yes, "2026-05-01", nil)}, 1, 0},
		"one of two is advertised":     {post(3, 1, "2026-06-01"), []workforce.Vacancy{ad(yes, "2026-06-10", nil)}, 1, 1},
		"newly funded, and it says so": {post(2, 1, "2026-06-01"), []workforce.Vacancy{ad(no, "2026-06-10", nil)}, 0, 0},
		"the advert was stopped":       {post(2, 1, "2026-06-01"), []workforce.Vacancy{ad(yes, "2026-06-10", func(v *workforce.Vacancy) { v.Closed = d("2026-07-01") })}, 1, 0},
		"an older advert was stopped":  {post(2, 1, "2026-06-01"), []workforce.Vacancy{ad(no, "2026-01-10", func(v *workforce.Vacancy) { v.Closed = d("2026-02-01") })}, 0, 1},
		"somebody came, another left":  {post(2, 1, "2026-06-01"), []workforce.Vacancy{ad(yes, "2026-01-10", func(v *workforce.Vacancy) { v.Started = d("2026-03-01") })}, 1, 1},
		"of another post":              {post(2, 1, "2026-06-01"), []workforce.Vacancy{ad(yes, "2026-06-10", func(v *workforce.Vacancy) { v.Post = uuid.New() })}, 1, 1},
	} {
		if a, s := left(workforce.Team{Posts: []workforce.Post{c.post}, Vacancies: c.ads}, today); a != c.advertised || s != c.silent {
			t.Errorf("%s: %d advertised, %d not, want %d and %d", name, a, s, c.advertised, c.silent)
		}
	}
}
