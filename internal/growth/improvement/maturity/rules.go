package maturity

import (
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Levels is how many there are.
const Levels = framework.Levels

// Theme is one thing that is rated; a level is what one would see at it.
type Theme = framework.Theme

// Ours is the key of the framework that ships, and whose later versions are taken up; any other is the id of an import.
const Ours = "ours"

// Framework is a list of themes.
type Framework struct {
	Key      string
	Version  framework.Version // of ours: the one that is rated by
	Name     string
	Source   string // of ours, in words
	Themes   []Theme
	FileName string
	Rows     int
	Rejects  []sheet.Reject
	At       time.Time
	By       string
}

// Theme finds one by its code.
func (f Framework) Theme(code string) (Theme, bool) {
	return framework.Find(f.Themes, code)
}

// Rating is what people judged of a theme on a day.
type Rating struct {
	ID        uuid.UUID
	Framework string
	Theme     string
	Number    int       // the version under which it was made
	Taken     uuid.UUID // its id; nil for version 1
	Level     int
	Evidence  string
	NextStep  string
	On        civil.Date
	At        time.Time
	By        string
}

// CheckRating says what is wrong with a rating that is dated today at the latest.
func CheckRating(r Rating, today civil.Date) (f fault.Fields) {
	if r.Level < 1 || r.Level > Levels {
		f.Add("level", "improvement.rating.level.empty")
	}
	f.Text("evidence", "improvement.rating.evidence.empty", r.Evidence, improvement.LongestText)
	f.Long("next_step", r.NextStep, improvement.LongestText)
	if r.Level >= 1 && r.Level < Levels && r.NextStep == "" {
		f.Add("next_step", "improvement.rating.next_step.empty")
	}
	switch {
	case r.On.IsZero():
		f.Add("on", "improvement.rating.on.empty")
	case r.On.After(today):
		f.Add("on", "improvement.rating.on.future")
	}
	return f
}

// Standing is the newest rating of a theme and the one before it.
type Standing struct {
	Theme     Theme
	Now, Last Rating // zero where there is none
	Moved     bool   // the newest was made under an earlier version, in which the theme had other words
}

// Change is by how many levels a theme has moved; ok is false where it was rated less than twice.
func (s Standing) Change() (levels int, ok bool) {
	return s.Now.Level - s.Last.Level, s.Last.Level > 0
}

// under are the themes of the version under which a rating was made.
func under(r Rating, taken []Taken) []Theme {
	for _, x := range taken {
		if x.ID == r.Taken {
			return x.Themes
		}
	}
	return framework.Ours().Themes
}

// standings lays the ratings of a framework beside its themes. Ratings come newest first; taken are the versions of ours that they may
// have been made under.
func standings(f Framework, ratings []Rating, taken []Taken) []Standing {
	var out []Standing
	for _, t := range f.Themes {
		s := Standing{Theme: t}
		for _, r := range ratings {
			switch {
			case r.Framework != f.Key || r.Theme != t.Code:
			case s.Now.Level == 0:
				s.Now = r
			case s.Last.Level == 0:
				s.Last = r
			}
		}
		if f.Key == Ours && s.Now.Level > 0 && s.Now.Taken != f.Version.ID {
			old, there := framework.Find(under(s.Now, taken), t.Code)
			s.Moved = !there || !framework.Same(old, t, framework.Internal)
		}
		out = append(out, s)
	}
	return out
}
