package workforceweb_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// sums reads the pounds of a text in order; what is taken away is below zero.
func sums(t *testing.T, text string) (out []int) {
	t.Helper()
	for _, m := range regexp.MustCompile(`(-?)£([0-9,]+)`).FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(m[1] + strings.ReplaceAll(m[2], ",", ""))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

// TestCosts: the page begins with the team as it is, has the preferred option beside it and the rest of the running year before
// it; what makes year five adds up to the pound, in the sentence and in every row; a high-cost area makes it dearer.
func TestCosts(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead := webtest.New(t, now, workforceweb.Routes(s), workforce.Rules).As(actor)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	team := nurses(5, "Senior OH nurse", "7", 1.5)
	must(s.AddPost(t.Context(), actor, now, team))
	must(s.AddPost(t.Context(), actor, now, nurses(3, "OH nurse", "6", 0)))
	must(s.PlanChange(t.Context(), actor, now, workforce.ChangeIn{ID: uuid.New(), Kind: outlook.New, Title: "Evening nurse", Role: "nurse", Band: "6", From: civil.MustParse("2027-04-01"), WTE: 1, Heads: 2, In: map[option.Option]bool{option.Preferred: true}}))

	text := lead.Get("/workforce/costs").Want(200).Says("Our team as it is", "Preferred adds", "2026/27, October to March", "2027/28", "The quarters before the plan begins are those of the team as it stands today",
		"saved only if empty posts are not covered by agency", "In detail: Our team as it is", "Newcomers on lower points", "Empty posts", "No high-cost area supplement").Hides("Evening nurse", "2026/27 ", "turnover").Text()
	lead.Get("/workforce/costs?option=preferred").Want(200).Says("Evening nurse", "In detail: Preferred")

	sentence := text[strings.Index(text, "In its fifth year"):]
	sentence = sentence[:strings.Index(sentence, "What makes the cost of each year")]
	x := sums(t, sentence) // plan, difference, flat, increments, awards, newcomers, empty posts
	if len(x) != 7 || !strings.Contains(sentence, "newcomers, who begin on lower pay points than those who leave, take away") || !strings.Contains(sentence, "posts that stand empty until they are filled take away") {
		t.Fatalf("the sentence is %s", sentence)
	}
	if x[0]-x[2] != x[1] || x[3]+x[4]-x[5]-x[6] != x[1] || x[5] == 0 || x[6] == 0 {
		t.Errorf("it does not add up: %v", x)
	}
	rows := strings.Split(text[strings.Index(text, "What makes the cost of each year"):strings.Index(text, "Each row adds up")], "Year of the plan")
	if len(rows) != 7 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows[2:] {
		y := sums(t, row)
		if len(y) != 6 || y[0]+y[1]+y[2]+y[3]+y[4] != y[5] {
			t.Errorf("a row does not add up: %v in %s", y, row)
		}
	}

	// The whole team in outer London but one post.
	f := lead.Get("/workforce/plan/assumptions").Want(200).Says("In which high-cost area are the posts?").Form()
	if got := lead.Post("/workforce/plan/assumptions", with(f, "zone", "middle")).Want(422).Errors(); len(got) != 1 || got[0] != "Select a high-cost area from the list, or none" {
		t.Errorf("errors %q", got)
	}
	lead.Post("/workforce/plan/assumptions", with(f, "zone", "outer")).To("/workforce/plan")
	lead.Get("/workforce/plan").Want(200).Says("Outer London")
	dear := lead.Get("/workforce/costs").Want(200).Says("High-cost area: Outer London", "its minimum and maximum raised by the award").Text()
	if before, after := sums(t, text)[0], sums(t, dear)[0]; after <= before {
		t.Errorf("half a year costs £%d and £%d in outer London", before, after)
	}
	posts := lead.Get("/workforce").Links()
	for _, l := range posts {
		if id, found := strings.CutPrefix(l, "/workforce/posts/"); found && id == team.ID.String() {
			f = lead.Get(l).Want(200).Says("High-cost area of this post").Form()
			if got := lead.Post(l, with(f, "zone", "middle")).Want(422).Errors(); len(got) != 1 || got[0] != "Select a high-cost area from the list, or none" {
				t.Errorf("errors %q", got)
			}
			lead.Post(l, with(f, "zone", "none")).To("/workforce")
		}
	}
	elsewhere := lead.Get("/workforce/costs").Want(200).Text()
	if a, b, c := sums(t, text)[0], sums(t, elsewhere)[0], sums(t, dear)[0]; a >= b || b >= c {
		t.Errorf("£%d, with one post elsewhere £%d, all there £%d", a, b, c)
	}
}

// TestNoRateInWords: what a pay table says of the pension and of annex 21 no words say by themselves, so that they cannot be of another year.
func TestNoRateInWords(t *testing.T) {
	w := locale.English()
	for _, table := range pay.Tables() {
		rates := []string{locale.Percent(table.Pension.Employer), locale.Percent(table.Pension.Full)}
		if rates[0] != "14.38" || rates[1] != "23.78" {
			t.Errorf("%s: %v", table.Year, rates)
		}
		for _, key := range w.Keys() {
			for _, rate := range rates {
				if strings.Contains(w.T(key), rate) {
					t.Errorf("%s says %s%% by itself", key, rate)
				}
			}
			for _, s := range table.Annex21.Steps {
				if strings.HasPrefix(key, "workforce.") && strings.Contains(w.T(key), locale.Plain(s.Percent)+"% ") {
					t.Errorf("%s says %v%% by itself", key, s.Percent)
				}
			}
		}
	}
}

func nurses(n int, title, band string, years float64) workforce.PostIn {
	return workforce.PostIn{ID: uuid.New(), Title: title, Role: "nurse", Band: band, WTE: 0.9, Heads: n, InPost: n, Years: years, Funding: "recurrent"}
}
