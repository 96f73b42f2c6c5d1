package appointment

import (
	"slices"
	"sync"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Type is how long an appointment with a role takes, in minutes.
type Type struct {
	Role     string `yaml:"role"`
	New      int    `yaml:"new"`
	Review   int    `yaml:"review"`
	Shortest int    `yaml:"shortest"`
	Longest  int    `yaml:"longest"`
	Mark     string `yaml:"mark"`
}

// Pack is content/packs/appointment-types.yaml.
type Pack struct {
	Version             int    `yaml:"version"`
	Date                string `yaml:"date"`
	Source              string `yaml:"source"`
	Types               []Type `yaml:"types"`
	LateHours           int    `yaml:"late_cancellation_hours"`
	MissedBeforeClosing int    `yaml:"missed_before_closing"`
}

// Lists is the pack that Rowan is delivered with.
var Lists = sync.OnceValue(func() *Pack { return pack.BuiltIn[*Pack]("appointment-types") })

// Reminders is content/packs/reminders.yaml: when a person is reminded of an appointment. A draft drives no message.
type Reminders struct {
	Version       int    `yaml:"version"`
	EffectiveFrom string `yaml:"effective_from"`
	Source        string `yaml:"source"`
	Mark          string `yaml:"mark"`
	Draft         bool   `yaml:"draft"`
	DaysBefore    []int  `yaml:"days_before"` // the earliest reminder first
	Hour          int    `yaml:"hour"`        // of the day in London
}

// ReminderPack is the pack that Rowan is delivered with.
var ReminderPack = sync.OnceValue(func() *Reminders { return pack.BuiltIn[*Reminders]("reminders") })

// Type finds the lengths of a role.
func (p *Pack) Type(role string) (Type, bool) {
	i := slices.IndexFunc(p.Types, func(t Type) bool { return t.Role == role })
	if i < 0 {
		return Type{}, false
	}
	return p.Types[i], true
}

// Roles lists the roles that hold clinics.
func (p *Pack) Roles() (roles []string) {
	for _, t := range p.Types {
		roles = append(roles, t.Role)
	}
	return roles
}

// Modes are the ways to meet.
var Modes = []string{"face_to_face", "phone", "video"}

// The outcome codes of an appointment that did not take place.
const (
	DNA         = "DNA"
	LateByThem  = "LATE-CANC-EMP"
	ByThem      = "CANC-EMP"
	LateByBoss  = "LATE-CANC-MGR"
	ByUs        = "CANC-OH"
	TechFailure = "TECH-FAIL"
	Unwell      = "UNWELL"
	NoConsent   = "CONSENT-WITHDRAWN"
)

// CancelCodes are the reasons OH may record for a cancellation.
var CancelCodes = []string{ByThem, LateByThem, LateByBoss, ByUs, TechFailure, Unwell, NoConsent}

// The outcome codes of an appointment that another replaced. Late is what was moved so late that nobody else can be
// expected to take the time, unless it was OH who moved it.
const (
	MovedByThem     = "MOVE-EMP"
	MovedByBoss     = "MOVE-MGR"
	MovedByUs       = "MOVE-OH"
	LateMovedByThem = "LATE-MOVE-EMP"
	LateMovedByBoss = "LATE-MOVE-MGR"
)

// MoveCodes are who wanted another time, as OH may record it. That it was late follows from the hour.
var MoveCodes = []string{MovedByThem, MovedByBoss, MovedByUs}

// Standing is the state of an appointment as it is shown: "moved" where another replaced it, which the database knows
// as cancelled with the code of a move.
func Standing(state, outcome string) string {
	if state == "cancelled" && (known(MoveCodes, outcome) || outcome == LateMovedByThem || outcome == LateMovedByBoss) {
		return "moved"
	}
	return state
}

// SessionReasons are why a whole session is cancelled.
var SessionReasons = []string{"clinician_away", "room", "systems", "other"}

// cancelCode says how a person's own cancellation counts.
func cancelCode(starts, at time.Time) string {
	if late(starts, at) {
		return LateByThem
	}
	return ByThem
}

// moveCode says how a move counts for whoever asked for it.
func moveCode(asked string, starts, at time.Time) string {
	switch {
	case asked == MovedByThem && late(starts, at):
		return LateMovedByThem
	case asked == MovedByBoss && late(starts, at):
		return LateMovedByBoss
	}
	return asked
}

func late(starts, at time.Time) bool {
	return starts.Sub(at) < time.Duration(Lists().LateHours)*time.Hour
}
