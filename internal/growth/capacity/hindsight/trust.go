package hindsight

import "time"

// Trust is how far the newest back-test lets the model be believed.
type Trust string

// What a test says. Failed is told apart from never tested, and both from a test that was passed with other activity than there is now.
const (
	Passed   Trust = "passed"
	Broken   Trust = "failed"
	Untested Trust = "never"
	Old      Trust = "old"
)

// Tested is the newest back-test; Back is nil where there was none.
type Tested struct {
	Back  *Back
	Made  time.Time
	Stale bool // the activity has changed since; false for whoever does not read the fits
	Can   bool // there is enough activity to test the model on
}

// Trust tells the four apart. A model that failed has failed, whatever came since.
func (t Tested) Trust() Trust {
	switch {
	case t.Back == nil:
		return Untested
	case t.Back.Verdict != Holds:
		return Broken
	case t.Stale:
		return Old
	}
	return Passed
}
