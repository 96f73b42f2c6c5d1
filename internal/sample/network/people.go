package network

import (
	"maps"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// people are the posts of an invented organisation by its appointments a month, told in two quarters: in the later one half a vacancy
// was filled. Every third shares no retirements.
func (b *builder) people(i, size int, last civil.Date) (out []release.Figure) {
	nurses, doctors, clerks := 4+float64(size)/40, 1+float64(size)/250, 2+float64(size)/120
	vacant := 1.5 + 0.5*float64(i%4)
	staff := func(wte float64) peopleplan.Staff { return peopleplan.Staff{WTE: wte, Heads: wte * 1.2} }
	for k, month := range []civil.Date{quarter(last).AddMonths(-3), quarter(last)} {
		posts := map[peopleplan.Place]float64{{Role: "nurse", Band: "6"}: nurses, {Role: "nurse", Band: "7"}: 1, {Role: "physician", Band: "medical"}: doctors, {Role: "administrator", Band: "4"}: clerks}
		t := peopleplan.Team{Now: posts, Planned: map[int]map[peopleplan.Place]float64{}, Retire: float64(size) / 60, Expected: map[int]map[string]peopleplan.Staff{},
			InPost: map[string]peopleplan.Staff{"nurse": staff(1 + nurses - vacant + 0.5*float64(k)), "physician": staff(doctors), "administrator": staff(clerks - 0.5)}}
		for y := range peopleplan.Years {
			year := april(last).Year + 1 + y
			t.Planned[year] = maps.Clone(posts)
			t.Planned[year][peopleplan.Place{Role: "nurse", Band: "6"}] += 0.5 * float64(y)
			t.Expected[year] = map[string]peopleplan.Staff{"nurse": staff(1 + nurses - vacant - 0.5*float64(y)), "physician": staff(max(doctors-0.2*float64(y), 0)), "administrator": staff(clerks - 0.5)}
		}
		for _, id := range peopleplan.Metrics {
			if id == peopleplan.Retirements && (i%3 == 2 || k == 0) {
				continue
			}
			m, _ := b.sharing.Pack().Find(id)
			out = append(out, t.Figures(m, month)...)
		}
	}
	return out
}

// april is the next first of April after a month that is over: when plans begin unless somebody says otherwise.
func april(last civil.Date) civil.Date {
	d := civil.Date{Year: last.Year, Month: 4, Day: 1}
	if !d.After(last.AddMonths(1)) {
		d = d.AddMonths(12)
	}
	return d
}
