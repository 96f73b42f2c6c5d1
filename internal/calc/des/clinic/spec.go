package clinic

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// The limits of a model.
const (
	MostClasses   = 20
	MostPosts     = 500
	MostSessions  = 50     // of a post
	MostSlots     = 100    // of a session
	MostWeekSlots = 20_000 // of all sessions together, overbooking included
	MostMinutes   = 24 * 60
	MostKinds     = 32 // different skills and lengths of slots
	MostWeeks     = 5_200
	MostInside    = 1_000_000     // people in the service at one time
	MostReferrals = 1_000_000_000 // expected in a replication
	MostHorizon   = 5 * 365       // days that one can book ahead
	MostFollowUps = 100           // for each new
)

// Spec is a model.
type Spec struct {
	Name         string // of the clinic
	Start        civil.Date
	Weeks        int
	WarmupWeeks  int
	Week         float64 // length of a week in the unit in which times are told
	Target       float64 // of the wait, in that unit; 0 for none
	Classes      []Class
	Posts        []Post
	BankHolidays bool // no sessions on them
	Notice       int  // days from asking to the first bookable day
	Horizon      int  // days ahead that the diary is open
	Overbooking  Overbooking
}

// Overbooking lets sessions of so many slots take extra bookings.
type Overbooking struct{ Extra, FromSlots int }

// Class is a kind of referral.
type Class struct {
	Name      string
	Daily     []float64 // expected on each day
	Priority  int       // the lowest number goes first
	Backlog   int       // on the list at the start
	Skills    []string  // that may see it, the preferred first; empty: all, in the order of the posts
	Minutes   int       // a first appointment takes; 0: any slot
	FollowUps float64   // for each first appointment
	Return    int       // minutes of a follow-up
	Gap       des.Dist  // days to a follow-up
	DNA       float64   // share that does not attend
	Rebook    float64   // of these, share that asks again
}

// Post is a clinician's post.
type Post struct {
	Name        string
	Skill       string
	Sessions    []Session
	Leave       []Period
	LeaveDays   int      // a year, at random
	Sickness    float64  // share of days
	Spell       float64  // mean length in weekdays
	Turnover    float64  // leavers a year
	Recruitment des.Dist // days a post is vacant
	RampWeeks   int      // until somebody new has all slots
	RampFrom    float64  // share at the start
	Vacant      bool     // at the start
	Training    bool     // whoever holds it at the start is new
	From, Until civil.Date
}

// Session is a clinic of a post on a weekday.
type Session struct {
	Day   time.Weekday
	Slots []int // minutes
	Every int   // weeks; 0 counts as 1
	First int   // week of the first, from 1; 0 counts as 1
}

// Period is from a day to a day, both included.
type Period struct{ From, To civil.Date }
