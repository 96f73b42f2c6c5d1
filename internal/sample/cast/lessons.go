package cast

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Lesson is a course that a manager of the large trust went to. One of the two is a course after which they refer better, the other
// one after which they refer as before: the pages say so of each.
type Lesson struct {
	Course string // of content/packs/training.yaml
	Round  int    // which session of it
	At     time.Time
}

const (
	// Helps is the course that helps.
	Helps = "attendance"
	// Idle is the one that does not.
	Idle = "quality"
	// lessonsEach is how many managers went to each course: enough that an effect shows, and few enough that the sample is made in no time.
	lessonsEach = 30
)

// Rounds are how many days ago the sessions of a course were. A year after the last of them is not over, as it is in life.
var Rounds = []int{430, 350, 270}

// Lessons says which managers of the large trust went to which course: those with the largest teams, who refer most, in turns.
func (b *Cast) Lessons() map[uuid.UUID]Lesson {
	if b.lessons != nil {
		return b.lessons
	}
	size := map[*Member]int{}
	var bosses []*Member
	for _, m := range b.Services[0].Host.People {
		if m.Boss == nil || m.Role != "" {
			continue
		}
		if size[m.Boss] == 0 {
			bosses = append(bosses, m.Boss)
		}
		size[m.Boss]++
	}
	slices.SortStableFunc(bosses, func(x, y *Member) int { return size[y] - size[x] })
	b.lessons = map[uuid.UUID]Lesson{}
	for i, m := range bosses[:min(len(bosses)/2, 2*lessonsEach)] {
		l := Lesson{Course: Helps, Round: i / 2 % len(Rounds)}
		if i%2 == 1 {
			l.Course = Idle
		}
		l.At = b.Now.AddDate(0, 0, -Rounds[l.Round])
		b.lessons[m.ID] = l
	}
	return b.lessons
}
