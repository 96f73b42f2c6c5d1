package board

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
)

// Open says that a version is on its way to the board: drafted, submitted or approved.
func (s State) Open() bool { return s == Draft || s == Submitted || s == Approved }

// Presentable says that a paper may be about a version: it was submitted and is not over.
func (s State) Presentable() bool { return s == Submitted || s == Approved || s == InForce }

// InForceOf finds the version in force, if there is one.
func InForceOf(versions []Version) *Version {
	if i := slices.IndexFunc(versions, func(v Version) bool { return v.State == InForce }); i >= 0 {
		return &versions[i]
	}
	return nil
}

// Signed says that a version was approved, whatever became of it since.
func (v Version) Signed() bool {
	return v.State == Approved || v.State == InForce || v.State == Replaced
}

// lives are the fields that go on after the board approved a part: how far it has come, and what figures said on the
// way. They are no change of the plan.
var lives = []string{"need_status", "action_status", "reason", "started_on", "source", "measures"}

// Unapproved marks what a plan says and the approved version does not: parts that were added, and parts that say
// something else. The line of the version has no id: it stands under the nil one.
func Unapproved(approved, now Snapshot) map[uuid.UUID]What {
	out := map[uuid.UUID]What{}
	for _, d := range Diff(approved, now) {
		alive := slices.DeleteFunc(slices.Clone(d.Edits), func(e Edit) bool { return slices.Contains(lives, e.Name) })
		if d.What == Added || d.What == Changed && len(alive) > 0 {
			out[d.ID] = d.What
		}
	}
	return out
}

// Pending lists the needs, objectives and actions of a plan that a version does not have: agreed needs only, as in any
// version.
func Pending(before Snapshot, p strategy.Plan) (out []Difference) {
	for _, d := range Diff(before, Snapshot{Vision: before.Vision, Plan: p.Strategy()}) {
		if d.What == Added {
			out = append(out, d)
		}
	}
	return out
}
