package model

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// The professions that see people, by the names of access.Role.
const (
	Nurse      = "oh_nurse"
	Physician  = "oh_physician"
	Physio     = "oh_physio"
	Counsellor = "oh_counsellor"
)

var roles = []string{Nurse, Physician, Physio, Counsellor}

// When says in which weeks a clinic runs.
type When int

// Clinics run every week, from the initiative on, or when the lead opens them because the list is long.
const (
	Always When = iota
	FromInitiative
	OnDemand
)

// Clinic is a weekly session of one clinician.
type Clinic struct {
	Role      string
	Clinician int // which of the profession, from 0
	Weekday   time.Weekday
	From      time.Duration // since midnight
	Slots     int
	Minutes   int // of a slot (packs/appointment-types.yaml: a new appointment of the profession)
	When      When
}

// Plan is one service over one stretch of time.
type Plan struct {
	Seed       uint64
	Now        time.Time // history ends at the midnight before it, in London
	PerYear    float64   // referrals
	Clinics    []Clinic
	Initiative bool
	Missed     float64 // of appointments that are not cancelled, so many are missed; 0 for as many as usual
}

const (
	// Years of history that charts can show: 36 whole months before the running one.
	Years = 3
	// warmUp is how long the queue runs before history begins, so that it begins with a list and not with none.
	warmUp = 52 * 7
	// InitiativeMonths is how long ago the initiative began: a year, so that two whole years are compared with one
	// and each season weighs the same on both sides.
	InitiativeMonths = 12
	// horizon is how many working days ahead slots are given out.
	horizon = 25
)

const (
	morning   = 9 * time.Hour
	afternoon = 13*time.Hour + 30*time.Minute
)

// Large is the rota of the large trust's service for 1,500 referrals a year. A nurse clinic is four hours.
func Large() []Clinic {
	return []Clinic{
		{Nurse, 0, time.Monday, morning, 4, 60, Always}, {Nurse, 1, time.Monday, afternoon, 3, 60, Always},
		{Nurse, 2, time.Tuesday, morning, 4, 60, Always}, {Nurse, 3, time.Wednesday, morning, 4, 60, Always},
		{Nurse, 4, time.Wednesday, afternoon, 4, 60, Always}, {Nurse, 5, time.Thursday, morning, 4, 60, Always},
		{Nurse, 6, time.Friday, morning, 4, 60, Always},
		{Nurse, 7, time.Tuesday, afternoon, 4, 60, FromInitiative}, {Nurse, 10, time.Thursday, afternoon, 3, 60, FromInitiative},
		{Nurse, 8, time.Wednesday, afternoon, 4, 60, OnDemand}, {Nurse, 9, time.Friday, afternoon, 4, 60, OnDemand},
		{Physician, 0, time.Tuesday, morning, 4, 60, Always}, {Physician, 1, time.Thursday, morning, 4, 60, Always},
		{Physician, 2, time.Friday, morning, 3, 60, OnDemand}, {Physician, 3, time.Monday, morning, 3, 60, FromInitiative},
		{Physio, 0, time.Wednesday, morning, 4, 45, Always}, {Physio, 1, time.Friday, afternoon, 3, 45, OnDemand},
		{Counsellor, 0, time.Monday, morning, 3, 50, Always}, {Counsellor, 1, time.Thursday, afternoon, 3, 50, OnDemand},
	}
}

// Small is the rota of a service for some 180 referrals a year.
func Small() []Clinic {
	return []Clinic{
		{Nurse, 0, time.Tuesday, morning, 4, 60, Always}, {Nurse, 0, time.Thursday, morning, 3, 60, OnDemand},
		{Physician, 0, time.Wednesday, morning, 1, 60, Always}, {Physician, 0, time.Wednesday, afternoon, 1, 60, OnDemand},
		{Physio, 0, time.Monday, morning, 1, 45, Always}, {Physio, 0, time.Monday, afternoon, 1, 45, OnDemand},
		{Counsellor, 0, time.Friday, morning, 1, 50, Always}, {Counsellor, 0, time.Friday, afternoon, 1, 50, OnDemand},
	}
}

// Cutoff is the end of history: the midnight, in London, at which today begins.
func (p Plan) Cutoff() time.Time { return midnight(locale.Day(p.Now)) }

// At is the day's time on the clock in London.
func At(day civil.Date, sinceMidnight time.Duration) time.Time { return onDay(day, sinceMidnight) }

// Begin is the first day of the 36 whole months.
func (p Plan) Begin() civil.Date { return p.month(-12 * Years) }

// InitiativeBegin is the first day of the month in which the initiative began.
func (p Plan) InitiativeBegin() civil.Date { return p.month(-InitiativeMonths) }

func (p Plan) month(offset int) civil.Date {
	y, m, _ := p.Now.In(london).Date()
	return civil.Of(time.Date(y, m+time.Month(offset), 1, 0, 0, 0, 0, time.UTC))
}
