package model

import (
	"math"
	"time"
)

// work is how many slots a week a profession has for 1,500 referrals a year: always, and when the list is long. It is somewhat more than the rota Large, whose
// service is better at filling a clinic than a small one.
var work = []struct {
	role            string
	minutes         int
	always, further float64
}{{Nurse, 60, 30, 14}, {Physician, 60, 9, 8}, {Physio, 45, 4.5, 5}, {Counsellor, 50, 3.5, 5}}

// session is the most slots that a clinic has: four hours.
const session = 4

// Sized is the rota of a service for so many referrals a year, from some 150 up: as many slots for each as Large has, in half days that go
// round the week.
func Sized(perYear float64) (out []Clinic) {
	const large = 1500
	for _, w := range work {
		n := 0
		add := func(slots float64, when When) {
			for left := max(1, int(math.Ceil(slots*perYear/large))); left > 0; left -= session {
				from := morning
				if n/5%2 == 1 {
					from = afternoon
				}
				out = append(out, Clinic{w.role, n, time.Monday + time.Weekday((n*2+len(w.role))%5), from, min(left, session), w.minutes, when})
				n++
			}
		}
		add(w.always, Always)
		add(w.further, OnDemand)
	}
	return out
}
