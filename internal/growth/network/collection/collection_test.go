package collection_test

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/collection"
	"github.com/rowan-ohwb/rowan/internal/growth/network/collection/collectionweb"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storytest"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var ctx = context.Background()

// house is an organisation with a published case study, and a nation with an open call.
type house struct {
	*storytest.House
	t      *testing.T
	hand   *collection.Service
	nation access.Actor
	call   uuid.UUID
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{House: storytest.New(t), t: t, call: uuid.New()}
	calls := call.New(h.DB)
	published := func(ctx context.Context, a access.Actor, now time.Time) (out []collection.Offered, err error) {
		all, err := h.S.List(ctx, a, now)
		for _, x := range all {
			if m, ok := x.Main(); ok && x.Shown(locale.Day(now)) {
				out = append(out, collection.Offered{ID: x.ID, Title: x.Title, Ends: x.Ends, Found: m.Tag})
			}
		}
		return out, err
	}
	h.hand, h.nation = collection.New(collection.Deps{DB: h.DB, Calls: calls, Published: published}), h.W.NationalLead().As(access.NationalLead, access.Growth)
	h.OK(calls.Add(ctx, h.nation, storytest.Now, call.In{ID: h.call, Kind: call.Cases, Asks: call.Leads, Title: "Access", About: "What helped?", Closes: locale.Day(storytest.Now).AddDays(60)}))
	h.OK(calls.Publish(ctx, h.nation, storytest.Now, h.call, 1))
	return h
}

// drawn draws a study in short: how it is drawn is the part of whoever wires the slice.
func drawn(x collection.Study) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, x.Failed+" "+x.Cost+" "+x.Effects[0].ChanceText)
		return err
	})
}

// publish writes a case study of the action, has it checked and publishes it.
func (h *house) publish(place string) uuid.UUID {
	h.t.Helper()
	in := storytest.In()
	in.Place = place
	h.OK(h.S.Save(ctx, h.Lead, storytest.Now, in))
	h.OK(h.S.Measure(ctx, h.Lead, storytest.Now, in.ID, story.MeasureIn{Action: h.Action, Version: 1}))
	h.OK(h.S.Check(ctx, h.Admin, storytest.Now, in.ID, 2))
	h.OK(h.S.Publish(ctx, h.Lead, storytest.Now, in.ID, 3))
	return in.ID
}

func (h *house) standing() []collection.Study {
	h.t.Helper()
	all, err := h.hand.List(ctx, h.nation, storytest.Now)
	h.OK(err)
	return all
}

// TestPages: a lead hands a case study over; the national lead reads it with its chart.
func TestPages(t *testing.T) {
	h := open(t)
	site := webtest.New(t, storytest.Now, collectionweb.Routes(h.hand, drawn), collection.Rules)
	lead, national := site.As(h.Lead), site.As(h.nation)
	hand := "/calls/" + h.call.String() + "/study"
	national.Get("/nation/studies").Want(200).Says("No case study stands here yet")
	lead.Get(hand).Want(200).Says("You have no published case study")
	id := h.publish(story.Inside)
	f := lead.Get(hand).Want(200).Says("Seen sooner", "Word of consistent").Form()
	lead.Post(hand, f).Refuses("Select a case study", "Agree that it is handed over")
	lead.Post(hand, webtest.Fill(f, "agree", "yes", "story", uuid.NewString())).Want(404)
	lead.Post(hand, webtest.Fill(f, "story", id.String())).To("/calls/studies")
	lead.Post(hand, f).To("/calls/studies") // sent twice, it is there once
	f.Set("id", uuid.NewString())
	lead.Post(hand, f).Want(404) // it is not offered any more
	lead.Get("/calls/studies").Want(200).Says("Seen sooner", "Shown there until 24 November 2028", "Take it back")
	one := national.Get("/nation/studies").Want(200).Says("One case study. Something was foretold and judged in 1.", "Word of consistent", "Word of no_claim", "Wyre Valley Hospitals").Link(`/nation/studies/[0-9a-f-]{36}`)
	national.Get(one).Want(200).Says("Nobody came in the evening", "by chance 10 to 14", "£1,000", "It stays as it was then")
	national.Get("/nation/studies-table").Want(200).Says("Wyre Valley Hospitals,Seen sooner,D2,2028-11-24,Thursday clinic,Waits,", ",12,8,10,14,Word of consistent")
	national.Get("/calls/studies").Want(404)
	lead.Get("/nation/studies").Want(404)
	site.As(h.W.SystemLead().As(access.SystemLead, access.Growth)).Get(one).Want(404)
	site.As(h.Comms).Get(hand).Want(404)
	back := "/calls/studies/" + one[len("/nation/studies/"):] + "/take-back"
	foreign := h.Lead
	foreign.Organisation, foreign.Service = h.W.Other, h.W.OtherService
	site.As(foreign).Post(back, nil).Want(404)
	lead.Post(back, nil).To("/calls/studies")
	lead.Post(back, nil).Want(409)
	national.Get(one).Want(404)
	national.Get("/nation/studies").Says("No case study stands here yet")
	lead.Get("/calls/studies").Says("Ended on 24 November 2026")
	lead.Get(hand).Want(200).Says("Seen sooner") // it can be handed over again
}

// TestGoneWhenItEnds: a copy is gone when the study is withdrawn or written anew at home, and after its last day; in the database too.
func TestGoneWhenItEnds(t *testing.T) {
	h := open(t)
	first := h.publish(story.Public)
	h.OK(h.hand.Hand(ctx, h.Lead, storytest.Now, h.call, first, uuid.New()))
	if len(h.standing()) != 1 {
		t.Fatal("it does not stand")
	}
	over, err := h.hand.List(ctx, h.nation, storytest.In().Ends.UTC().AddDate(0, 0, 1))
	if h.OK(err); len(over) != 0 {
		t.Error("it stands after its last day")
	}
	next := uuid.New()
	h.OK(h.S.Follow(ctx, h.Lead, storytest.Now, first, next))
	if len(h.standing()) != 1 {
		t.Error("it is gone while the new one is written")
	}
	h.OK(h.S.Check(ctx, h.Admin, storytest.Now, next, 1))
	h.OK(h.S.Publish(ctx, h.Lead, storytest.Now, next, 2))
	if len(h.standing()) != 0 {
		t.Error("what was written anew stands")
	}
	h.OK(h.hand.Hand(ctx, h.Lead, storytest.Now, h.call, next, uuid.New()))
	if len(h.standing()) != 1 || len(h.standing()[0].Effects) != 2 {
		t.Error("the new one does not stand with what was measured")
	}
	h.OK(h.S.Withdraw(ctx, h.Lead, storytest.Now, next, "The clinic is closed"))
	if len(h.standing()) != 0 {
		t.Error("what was withdrawn stands")
	}
	h.OK(h.DB.InTenant(ctx, h.nation, func(tx *postgres.Tx) error {
		for _, table := range []string{"nation_study", "nation_study_effect"} {
			n := 0
			if err := tx.QueryRow(ctx, `select count(*) from `+table).Scan(&n); err != nil || n != 0 {
				t.Errorf("the nation reads %d rows of %s that ended: %v", n, table, err)
			}
		}
		return nil
	}))
}

// TestOnlyWhatWasPublished: nothing is handed over but a published study as it is, by its organisation, to an open call; and no number
// is another than the verdict's.
func TestOnlyWhatWasPublished(t *testing.T) {
	h := open(t)
	draft := storytest.In()
	h.OK(h.S.Save(ctx, h.Lead, storytest.Now, draft))
	if err := h.hand.Hand(ctx, h.Lead, storytest.Now, h.call, draft.ID, uuid.New()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a draft: %v", err)
	}
	id := h.publish(story.Inside)
	if err := h.hand.Hand(ctx, h.Lead, storytest.Now.AddDate(0, 3, 0), h.call, id, uuid.New()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("after the last day: %v", err)
	}
	const study = `insert into nation_study (organisation_id, id, call_id, from_id, from_name, story_id, driver, title, need, done, failed, contact, cited, cost, forecast_id, ends_on, handed_at, handed_by)
 select $1, $2, $3, s.organisation_id, 'x', s.id, s.driver, s.title || $5, s.need, s.done, s.failed, s.contact, s.cited, s.cost, s.forecast_id, s.ends_on, now(), 'x' from story s where s.id = $4`
	const effect = `insert into nation_study_effect (organisation_id, study_id, from_id, forecast_id, judgement, told_before, told_after, told_low, told_high, title, foretold, tag, sentence, caution, explanations, figure, version, source,
 months, readings, withheld, start_on, due_month, foretold_low, foretold_high, chance_text, foretold_text, judged_at)
 select $1, $2, e.organisation_id, e.forecast_id, e.judgement, e.told_before, e.told_after - $4::int, e.told_low, e.told_high, e.title, e.foretold, e.tag, e.sentence, e.caution, e.explanations, e.figure, e.version, e.source, e.months, e.readings, e.withheld, e.start_on, e.due_month, e.foretold_low, e.foretold_high, e.chance_text, e.foretold_text, e.judged_at from story_effect e where e.story_id = $3`
	run := func(a access.Actor, sql string, args ...any) error {
		return h.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql, args...); return err })
	}
	if err := run(h.Lead, study, h.W.Nation, uuid.New(), h.call, id, "!"); postgres.Code(err) != postgres.Locked {
		t.Errorf("other words: %v", err)
	}
	if err := run(h.Lead, study, h.W.Nation, uuid.New(), h.call, draft.ID, ""); postgres.Code(err) != postgres.Locked {
		t.Errorf("a draft: %v", err)
	}
	if err := run(h.Lead, study, h.W.Nation, uuid.New(), uuid.New(), id, ""); err == nil {
		t.Error("to no call")
	}
	at := uuid.New()
	h.OK(run(h.Lead, study, h.W.Nation, at, h.call, id, ""))
	if err := run(h.Lead, effect, h.W.Nation, at, id, 4); postgres.Code(err) != postgres.Locked {
		t.Errorf("a better number: %v", err)
	}
	h.OK(run(h.Lead, effect, h.W.Nation, at, id, 0))
	for _, sql := range []string{`update nation_study set title = 'x'`, `delete from nation_study`, `update nation_study_effect set told_after = 0`, `delete from nation_study_effect`} {
		for _, a := range []access.Actor{h.Lead, h.nation} {
			if err := run(a, sql); postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s as %s: %v", sql, a.Role, err)
			}
		}
	}
	// The nation reads what was handed over, and not the study at home; nor does it end anything.
	h.OK(h.DB.InTenant(ctx, h.nation, func(tx *postgres.Tx) error {
		n := 0
		if err := tx.QueryRow(ctx, `select (select count(*) from story) + (select count(*) from story_effect) + (select count(*) from forecast_verdict)`).Scan(&n); err != nil || n != 0 {
			t.Errorf("the nation reads %d rows of a trust: %v", n, err)
		}
		tag, err := tx.Exec(ctx, `update nation_study set ended_on = '2020-01-01'`)
		if tag.RowsAffected() != 0 {
			t.Error("the nation ends a study")
		}
		return err
	}))
}

// TestWithheld: of an effect with a month that is not told the nation gets neither the month nor the means, on its page, in its table and in
// its rows, and nobody can put them there.
func TestWithheld(t *testing.T) {
	h := open(t)
	e := h.Effects[0]
	month := e.Months[1]
	h.Effects[0] = e.Without(e.Months[1:2], "Judged by all months.", "Not on the chart: "+month.MonthYear())
	id := h.publish(story.Inside)
	h.OK(h.hand.Hand(ctx, h.Lead, storytest.Now, h.call, id, uuid.New()))
	all := h.standing()
	if len(all) != 1 || len(all[0].Effects) != 2 {
		t.Fatalf("%+v", all)
	}
	told := 0
	for _, x := range all[0].Effects {
		if x.Forecast != e.Forecast {
			if x.Before != nil && *x.Before == 12 && x.High != nil && len(x.Months) == 3 {
				told++
			}
			continue
		}
		if x.Before != nil || x.After != nil || x.Low != nil || x.High != nil || x.ChanceText != "" || x.ForetoldText != "" || x.ForetoldHigh != 0 || len(x.Months) != 2 || len(x.Readings) != 2 || x.Readings[1] != 8 || len(x.Withheld) != 1 || x.Withheld[0] != month || x.Sentence == e.Sentence {
			t.Errorf("the nation reads %+v", x)
		}
	}
	if told != 1 {
		t.Error("the other effect is not told whole")
	}
	site := webtest.New(t, storytest.Now, collectionweb.Routes(h.hand, drawn), collection.Rules)
	site.As(h.nation).Get("/nation/studies-table").Want(200).Says("2026-02-01,2026-04-01,,,,,Word of consistent", "2026-02-01,2026-04-01,12,8,10,14,Word of no_claim")
	err := h.DB.InTenant(ctx, h.Lead, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into nation_study_effect select organisation_id, study_id, from_id, gen_random_uuid(), judgement, 12, 8, 10, 14, title, foretold, tag, sentence, caution, explanations, figure, version, source,
 months, readings, withheld, start_on, due_month, foretold_low, foretold_high, chance_text, foretold_text, judged_at from nation_study_effect where cardinality(withheld) > 0`)
		return err
	})
	if postgres.Code(err) != postgres.Locked {
		t.Errorf("means beside a month that is withheld: %v", err)
	}
}
