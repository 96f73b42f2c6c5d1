package investmentweb_test

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmentweb"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestCase(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), context.Background()
	library := figure.NewLibrary()
	s := investment.New(investment.Deps{DB: db, Figures: library})
	library.Add(s.Book())
	papers := board.New(board.Deps{DB: db, Plan: strategy.New(strategy.Deps{DB: db, Figures: library})})
	site := webtest.New(t, now, investmentweb.Routes(s, fivecase.New(fivecase.Deps{Plan: s, Paper: joints.Proposed(papers), Decisions: joints.Decided(papers)})), investment.Rules)
	leader := w.OHLead.As(access.Lead, access.Growth)
	lead, guardian := site.As(leader), site.As(w.Guardian.As(access.Guardian, access.Growth))

	guardian.Get("/investment/case").Want(200).Says("There is no investment plan yet")
	for _, path := range []string{"/investment/case/print", "/investment/case.xlsx"} {
		guardian.Get(path).To("/investment/case")
	}
	july := civil.Date{Year: 2026, Month: 7, Day: 1}
	line := investment.Line{ID: uuid.New(), Title: "Second clinic room", Kind: "estate", Treatment: "capital", Pence: 4_800_000, Start: july, In: investment.In{Preferred: true}, Type: "building", Bias: 24}
	for _, err := range []error{s.SavePlan(ctx, leader, now, investment.Plan{Start: july, Inflation: 2, Chosen: option.Preferred}), s.WriteLine(ctx, leader, now, line)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	guardian.Get("/investment/case").Want(200).Says("Nobody has written this part yet", "Before it can go to the board, write: strategic case, economic case", "No case has been submitted yet").Hides("Write the")
	lead.Get("/investment/case/submit").To("/investment/case")
	lead.Get("/investment/case/parts/other").Want(404)
	guardian.Get("/investment/case/parts/economic").Want(404)
	guardian.Get("/investment/case/parts/economic/versions").Want(200).Says("Nobody has written this part yet")

	// A part with its figures.
	form := lead.Get("/investment/case/parts/economic").Want(200).Says("Which options were looked at", "Preferred: net present social value: -£", "What this plan costs and brings (").Form()
	lead.Post("/investment/case/parts/economic", form).Refuses("Enter the text of this part")
	many := url.Values{"version": {"0"}, "body": {strings.Repeat("x", 4001)}, "figures": strings.Split(strings.Repeat("case/npsv.preferred ", 9), " ")[:9]}
	lead.Post("/investment/case/parts/economic", many).Refuses("Shorten this to 4,000 characters or fewer", "Choose 8 figures at most")
	text := url.Values{"version": {"0"}, "body": {"Doing nothing was <looked> at.\n\nThe clinic is best: £59,520, and £123,457 of other work for 12% of staff."}, "figures": {"case/npsv.preferred", "case/cost.preferred"}}
	lead.Post("/investment/case/parts/economic", text).To("/investment/case")
	lead.Post("/investment/case/parts/economic", text).Want(409)
	lead.Post("/investment/case/parts/economic", url.Values{"version": {"1"}, "body": {"x"}, "figures": {"case/other"}}).Want(404)
	page := guardian.Get("/investment/case").Want(200).Says("The clinic is best", "2 numbers in this text are not taken from Rowan: £123,457, 12%. They will not show", "Preferred: cost over five years, with optimism bias: £59,520", "version 1").Hides("Out of date", "moved since", "To have a number followed")
	lead.Get("/investment/case").Says("To have a number followed, write this part and choose its figure under the text")
	if !slices.ContainsFunc(page.Links(), func(link string) bool { return strings.HasPrefix(link, "/figures/cited/") }) {
		t.Errorf("no link to where a number comes from in %v", page.Links())
	}

	// The number is bound to its source: the source changes, and the case says so.
	line.Version, line.Pence = 1, 6_000_000
	if err := s.WriteLine(ctx, leader, now, line); err != nil {
		t.Fatal(err)
	}
	guardian.Get("/investment/case").Want(200).Says("2 figures have moved since they were cited", "the text says £59,520. It was taken from “Preferred: cost over five years, with optimism bias”, which is £74,400 now.")
	// The section says what has changed, and whoever has read it again says that it holds: the same words, with the figures as they are.
	guardian.Get("/investment/case").Says("2 figures behind this text have changed since 10 November 2026").Hides("I have read it again")
	lead.Get("/investment/case").Want(200).Says("I have read it again: the text still holds")
	lead.Post("/investment/case/parts/economic/again", url.Values{"version": {"0"}}).Want(409)
	lead.Post("/investment/case/parts/other/again", url.Values{"version": {"1"}}).Want(404)
	lead.Post("/investment/case/parts/economic/again", url.Values{}).Want(404)
	lead.Post("/investment/case/parts/strategic/again", url.Values{"version": {"0"}}).Want(404)
	guardian.Post("/investment/case/parts/economic/again", url.Values{"version": {"1"}}).Want(404)
	form = lead.Get("/investment/case/parts/economic").Want(200).Form()
	if form.Get("version") != "1" || len(form["figures"]) != 2 {
		t.Errorf("the form shows %v", form)
	}
	lead.Post("/investment/case/parts/economic", form).To("/investment/case")
	guardian.Get("/investment/case").Want(200).Says("£74,400").Hides("moved since")
	guardian.Get("/investment/case/parts/economic/versions").Want(200).Says("Version 2", "Version 1", "£59,520")
	line.Version, line.Pence = 2, 6_100_000
	if err := s.WriteLine(ctx, leader, now, line); err != nil {
		t.Fatal(err)
	}
	guardian.Get("/investment/case").Says("2 figures behind this text have changed", "£75,640")
	for range 2 { // sent twice, it is one reading
		lead.Post("/investment/case/parts/economic/again", url.Values{"version": {"2"}})
	}
	lead.Get("/investment/case").Says("The clinic is best", "the text says £59,520", "which is £75,640 now", "version 3").Hides("have changed since", "I have read it again")
	line.Version, line.Pence = 3, 6_000_000
	if err := s.WriteLine(ctx, leader, now, line); err != nil {
		t.Fatal(err)
	}
	lead.Post("/investment/case/parts/economic/again", url.Values{"version": {"3"}}).To("/investment/case")

	for _, part := range []string{"strategic", "commercial", "financial", "management"} {
		lead.Post("/investment/case/parts/"+part, url.Values{"version": {"0"}, "body": {"The " + part + " words."}}).To("/investment/case")
	}
	draft := guardian.Get("/investment/case/print").Want(200)
	for _, words := range []string{"1. Strategic case", "5. Management case", "The commercial words.", "&lt;looked&gt;", "A draft.", "Numbers typed by the authors, not taken from Rowan (Economic case): £123,457, 12%.", "the text says £59,520", "What has to be funded, in the prices of each year: Preferred", "£74,400", `href="#figure-1"`, "Green Book"} {
		if !strings.Contains(draft.Body, words) {
			t.Errorf("the draft does not say %q", words)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader([]byte(guardian.Get("/investment/case.xlsx").Want(200).Body)))
	if err != nil || len(f.GetSheetList()) != 11 {
		t.Errorf("%v, %v", f, err)
	}

	// To the board.
	form = lead.Get("/investment/case/submit").Want(200).Form()
	id := form.Get("id")
	lead.Post("/investment/case/submit", form).Refuses("Enter the date of the meeting", "Enter what you recommend", "Enter what it means for the wellbeing of staff")
	lead.Post("/investment/case/submit", webtest.Fill(form, "meeting-day", "9", "meeting-month", "11", "meeting-year", "2026", "recommendation", "Agree to it", "wellbeing", strings.Repeat("x", 1001))).Refuses(
		"The meeting must be today or later", "Shorten this to 1,000 characters or fewer")
	webtest.Fill(form, "wellbeing", "Help comes sooner")
	lead.Post("/investment/case/submit", webtest.Fill(form, "meeting-day", "1", "meeting-month", "12")).To("/investment/case/frozen/" + id)
	lead.Post("/investment/case/submit", form).To("/investment/case/frozen/" + id) // sent twice, it is one case
	guardian.Get("/investment/case/frozen/"+id).Want(200).Says("Business case 1", "1 December 2026", "It still is what was submitted", "Each figure in it still holds", "The management words.")

	// It is a paper before the board, of the same transaction; what the board says of it stands on its page.
	executive := w.Executive.As(access.Executive, access.Growth)
	item, err := papers.Item(ctx, executive, uuid.MustParse(id))
	if err != nil || !item.OfCase() || item.Title != "Business case 1 for occupational health" || item.Meeting.String() != "2026-12-01" || item.Wellbeing != "Help comes sooner" {
		t.Errorf("the paper is %+v, %v", item, err)
	}
	guardian.Get("/investment/case/frozen/" + id).Says("Nothing yet. The paper is for the meeting on 1 December 2026")
	for i, d := range []board.Decision{{Choice: board.More, Words: "What do waits cost?", On: locale.Day(now)}, {Choice: board.Approve, Words: "Agreed for two years", On: locale.Day(now)}} {
		if err := papers.Decide(ctx, executive, now.Add(time.Duration(i)*time.Hour), uuid.New(), item.ID, d); err != nil {
			t.Fatal(err)
		}
	}
	guardian.Get("/investment/case/frozen/"+id).Says("Asked for more on 10 November 2026: What do waits cost?", "Approved on 10 November 2026: Agreed for two years").Hides("Nothing yet")
	refusing := fivecase.New(fivecase.Deps{Plan: s, Paper: func(context.Context, *postgres.Tx, time.Time, fivecase.Paper) error { return errors.New("no board") }})
	if err := refusing.Submit(ctx, leader, now, fivecase.Paper{ID: uuid.New(), Meeting: item.Meeting, Recommendation: "Agree", Wellbeing: "Better"}); err == nil {
		t.Error("a case goes without its paper")
	}
	if all, err := refusing.Cases(ctx, leader); err != nil || len(all) != 1 {
		t.Errorf("%d cases, %v: one that the board does not have was frozen", len(all), err)
	}
	file := guardian.Get("/investment/case/frozen/" + id + "/file").Want(200)
	if before, _, _ := strings.Cut(file.Body, "SHA-256 of the text above: "); !strings.Contains(before, "Preferred: cost over five years, with optimism bias: £74,400") || before == file.Body {
		t.Error(file.Body)
	}
	line.Version = 4
	line.Pence = 7_000_000
	if err := s.WriteLine(ctx, leader, now, line); err != nil {
		t.Fatal(err)
	}
	guardian.Get("/investment/case/frozen/"+id).Want(200).Says("figures have moved since the board had it", "£74,400", "£86,800", "It still is what was submitted")
	guardian.Get("/investment/case").Want(200).Says("Business case 1", "For the meeting on 1 December 2026")
	site.As(w.Foreign.As(access.Lead, access.Growth)).Get("/investment/case/frozen/" + id).Want(404)
}
