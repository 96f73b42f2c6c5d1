package skillsbank_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
)

var (
	day   = civil.MustParse
	today = day("2026-11-10")
	taker = uuid.MustParse("00000000-0000-0000-0000-000000000001")
	giver = uuid.MustParse("00000000-0000-0000-0000-000000000002")
)

func theNeed() skillsbank.Need {
	return skillsbank.Need{NeedIn: skillsbank.NeedIn{ID: uuid.New(), Competence: "havs", Place: "Main site", Slots: []string{"tue-am", "wed-am"}, From: day("2026-11-16"), Until: day("2026-12-31"), Hours: 12}, Organisation: taker}
}

func theOffer() skillsbank.Offer {
	return skillsbank.Offer{Organisation: giver, ID: uuid.New(), Where: "Fells", Role: "nurse", Band: "6", Slots: []string{"tue-am", "fri-pm"}, Places: []string{taker.String()}, From: day("2026-11-01"), Until: day("2027-03-31"), State: "agreed",
		Held: []skillsbank.Holding{{Competence: "havs", Until: day("2026-12-15")}, {Competence: "triage", Until: day("2028-01-01")}}}
}

// TestMatch: an offer fits by competence, dates, place and half-days alone, and each that does not is counted under the first reason.
func TestMatch(t *testing.T) {
	n := theNeed()
	fits, not := skillsbank.Match(n, []skillsbank.Offer{theOffer()}, today)
	if len(fits) != 1 || len(not) != 0 || fits[0].From != day("2026-11-16") || fits[0].Until != day("2026-12-15") || len(fits[0].Slots) != 1 || fits[0].Slots[0] != "tue-am" || fits[0].Remote {
		t.Fatalf("%+v %v", fits, not)
	}
	remote := theNeed()
	remote.Remote = true
	for name, x := range map[string]struct {
		need   skillsbank.Need
		change func(*skillsbank.Offer)
		why    skillsbank.Why
	}{
		"signed off for something else": {n, func(o *skillsbank.Offer) { o.Held = o.Held[1:] }, skillsbank.OtherSkill},
		"lapses before the first day":   {n, func(o *skillsbank.Offer) { o.Held[0].Until = day("2026-11-15") }, skillsbank.OtherSkill},
		"other dates":                   {n, func(o *skillsbank.Offer) { o.Until = day("2026-11-15") }, skillsbank.OtherDates},
		"another place":                 {n, func(o *skillsbank.Offer) { o.Places = []string{giver.String(), skillsbank.Remote} }, skillsbank.OtherPlace},
		"other half-days":               {n, func(o *skillsbank.Offer) { o.Slots = []string{"tue-pm", "fri-am"} }, skillsbank.OtherSlots},
		"no such day in so short a time": {n, func(o *skillsbank.Offer) {
			o.From, o.Slots = day("2026-12-10"), []string{"wed-am"} // a Thursday; the competence ends on a Tuesday
		}, skillsbank.OtherSlots},
		"by video":     {remote, func(o *skillsbank.Offer) { o.Places = []string{skillsbank.Remote} }, ""},
		"comes anyway": {remote, func(*skillsbank.Offer) {}, ""},
	} {
		o := theOffer()
		x.change(&o)
		fits, not := skillsbank.Match(x.need, []skillsbank.Offer{o}, today)
		if x.why == "" {
			if len(fits) != 1 || fits[0].Remote != (name == "by video") {
				t.Errorf("%s: %+v %v", name, fits, not)
			}
			continue
		}
		if len(fits) != 0 || len(not) != 1 || not[x.why] != 1 {
			t.Errorf("%s: %d fit, not %v", name, len(fits), not)
		}
	}
	own := theOffer()
	own.Organisation = taker
	if fits, not := skillsbank.Match(n, []skillsbank.Offer{own}, today); len(fits)+len(not) != 0 {
		t.Error("the own team is matched")
	}
}

// TestOrder: who fits stands by the first possible day and then by the organisation, whatever else an offer holds, its band or its role.
func TestOrder(t *testing.T) {
	n := theNeed()
	late, fells, moors := theOffer(), theOffer(), theOffer()
	late.From, late.Where, late.Band = day("2026-11-24"), "Estuary", "8a"
	moors.Where, moors.Band, moors.Role = "Moors", "8c", "physician"
	moors.Held = append(moors.Held, skillsbank.Holding{Competence: "assessment", Until: day("2029-01-01")})
	fits, _ := skillsbank.Match(n, []skillsbank.Offer{late, moors, fells}, today)
	if len(fits) != 3 || fits[0].Offer.ID != fells.ID || fits[1].Offer.ID != moors.ID || fits[2].Offer.ID != late.ID {
		t.Errorf("%+v", fits)
	}
}

// TestLapse: the day after a sign-off or a registration ends the offer is on no list, and nobody has to do anything for it.
func TestLapse(t *testing.T) {
	n, o := theNeed(), theOffer()
	o.Held = o.Held[:1]
	for _, x := range []struct {
		on   string
		live bool
	}{{"2026-12-15", true}, {"2026-12-16", false}, {"2027-03-01", false}} {
		fits, not := skillsbank.Match(n, []skillsbank.Offer{o}, day(x.on))
		if o.Live(day(x.on)) != x.live || (len(fits) == 1) != x.live || len(not) != 0 {
			t.Errorf("on %s: live %v, %d fit, not %v", x.on, o.Live(day(x.on)), len(fits), not)
		}
	}
	for _, state := range []string{"waits", "refused", "withdrawn"} {
		o := theOffer()
		o.State = state
		if o.Live(today) {
			t.Errorf("%s is live", state)
		}
	}
	if o := theOffer(); o.Live(day("2027-04-01")) || !o.Live(day("2027-03-31")) {
		t.Error("an offer outlives its last day")
	}
}

// TestAsk: a session is on a half-day of both, within the days of both, and never after the competence has ended.
func TestAsk(t *testing.T) {
	n, o := theNeed(), theOffer()
	ok := skillsbank.AskIn{On: day("2026-11-17"), Part: halfday.Morning, Hours: 4}
	if f := ok.Check(n, o, today); len(f) > 0 {
		t.Fatal(f)
	}
	for name, x := range map[string]struct {
		change func(*skillsbank.AskIn)
		key    string
	}{
		"no day":          {func(in *skillsbank.AskIn) { in.On = civil.Date{} }, "skills.on.empty"},
		"before the need": {func(in *skillsbank.AskIn) { in.On = day("2026-11-10") }, "skills.on.outside"},
		"after the lapse": {func(in *skillsbank.AskIn) { in.On = day("2026-12-22") }, "skills.on.outside"},
		"another part":    {func(in *skillsbank.AskIn) { in.Part = halfday.Afternoon }, "skills.part.other"},
		"another weekday": {func(in *skillsbank.AskIn) { in.On = day("2026-11-18") }, "skills.part.other"},
		"no part":         {func(in *skillsbank.AskIn) { in.Part = "" }, "skills.part.empty"},
		"more than a day": {func(in *skillsbank.AskIn) { in.Hours = 13 }, "skills.session.hours.bad"},
		"no hours":        {func(in *skillsbank.AskIn) { in.Hours = 0 }, "skills.session.hours.bad"},
	} {
		in := ok
		x.change(&in)
		if f := in.Check(n, o, today); len(f) != 1 || f[0].Key != x.key {
			t.Errorf("%s: %v", name, f)
		}
	}
}

// TestTally: only what took place counts, once for each side, in the quarter of its day; all given is received by somebody.
func TestTally(t *testing.T) {
	at := func(on string, state skillsbank.State, hours int) skillsbank.Session {
		return skillsbank.Session{Organisation: taker, Giver: giver, State: state, On: day(on), Hours: hours}
	}
	back := at("2026-09-30", skillsbank.Done, 3)
	back.Organisation, back.Giver = giver, taker
	all := []skillsbank.Session{at("2026-10-01", skillsbank.Done, 4), at("2026-12-31", skillsbank.Done, 2), at("2026-11-01", skillsbank.Booked, 9), at("2026-11-01", skillsbank.Cancelled, 9), back}
	got := skillsbank.Tally(all)
	want := map[[2]string][2]int{{giver.String(), "2026-10-01"}: {6, 0}, {taker.String(), "2026-10-01"}: {0, 6}, {giver.String(), "2026-07-01"}: {0, 3}, {taker.String(), "2026-07-01"}: {3, 0}}
	balance := 0
	for _, h := range got {
		if want[[2]string{h.Organisation.String(), h.Quarter.String()}] != [2]int{h.Given, h.Received} {
			t.Errorf("%+v", h)
		}
		balance += h.Given - h.Received
	}
	if len(got) != len(want) || balance != 0 || got[0].Quarter != day("2026-10-01") {
		t.Errorf("%+v, balance %d", got, balance)
	}
	n := theNeed()
	booked, other := at("2026-11-17", skillsbank.Booked, 4), at("2026-11-17", skillsbank.Asked, 5)
	booked.Need, other.Need = n.ID, n.ID
	if got := n.Met([]skillsbank.Session{booked, other}); got != 4 {
		t.Errorf("met %d", got)
	}
}
