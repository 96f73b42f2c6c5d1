package network

import (
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// people are the posts of an invented organisation by its appointments a month, told in two quarters: in the later one half a vacancy
// was filled. Every third shares no retirements.
func (b *builder) people(i, size int, last civil.Date) (out []release.Figure) {
	nurses, doctors := float64(size)/40, float64(size)/250
	vacant := 0.5 * float64(1+i%4)
	for k, month := range []civil.Date{quarter(last).AddMonths(-3), quarter(last)} {
		t := peopleplan.Team{Now: map[peopleplan.Place]float64{{Role: "nurse", Band: "6"}: nurses, {Role: "nurse", Band: "7"}: 1, {Role: "physician", Band: "medical"}: doctors, {Role: "administrator", Band: "4"}: nurses / 3},
			Planned: map[int]map[peopleplan.Place]float64{}, Vacant: map[string]float64{"nurse": vacant - 0.5*float64(k), "physician": 0}, Expected: map[int]map[string]float64{}, InPost: 3 + size/20, Retire: float64(size) / 60}
		for y := range peopleplan.Years {
			year := april(last).Year + 1 + y
			t.Planned[year] = map[peopleplan.Place]float64{{Role: "nurse", Band: "6"}: nurses + 0.5*float64(y), {Role: "nurse", Band: "7"}: 1, {Role: "physician", Band: "medical"}: doctors, {Role: "administrator", Band: "4"}: nurses / 3}
			t.Expected[year] = map[string]float64{"nurse": 1 + nurses - vacant - 0.5*float64(y), "physician": doctors, "administrator": nurses / 3}
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
