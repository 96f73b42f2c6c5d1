package plan

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

const (
	week       = 7
	workdays   = 5 // of a week
	daysOfYear = 365.25
	// longest is the wait beyond which all waits count alike, in working days: four years.
	longest = 1024
)

// sim runs replications one after another and keeps its memory. It is for one worker.
type sim struct {
	*Spec
	worked []int // working days before each day
	days   int
	year   int     // the first day of the last yearPeriods
	at     []int32 // the stretch of each day; none where there are none
	again  float64 // chance of another appointment after each one attended
	pools  []pool
	leave  []int32 // of those unseen: who leaves on a day
	unseen int
	factor []float64 // of each type: exp of this replication's errors, on the day
	errs   [][2]float64
	level  float64
	walk   des.Stream
	out    Outcome
	waits  [longest + 1]int32
	tally  period
}

// pool is the state of a pool.
type pool struct {
	lists []list // by class
	due   []int32
	list  int // on it, all classes
	error float64
	extra float64 // appointments of each working day of this week, beside those of the plan
	carry float64
	owed  float64   // follow-ups of before the plan, as a fraction
	team  []float64 // this replication's future, by stretch; nil: none
	draws des.Stream
	weeks des.Stream
	waits [LongestTarget + 2]int32 // of those seen in this period; the last is longer
	given int32                    // appointments from the day "year" on, and those to which somebody was called
	used  int32
}

// list is those of a class who wait, by the day of their referral.
type list struct {
	on     []int32
	head   int // nobody waits who was referred before
	back   []returned
	called int // today
	next   int // where today's choice stands
}

// returned did not come, asked again, and can be seen from a day on.
type returned struct {
	day, referred int
	n             int32
}

type period struct {
	given, used    float64
	seen, came     int
	waited, listed float64
	worked         int
}

func newSim(s *Spec) *sim {
	x := &sim{Spec: s, days: s.Periods[len(s.Periods)-1], again: s.FollowUps / (1 + s.FollowUps), pools: make([]pool, len(s.Pools)), factor: make([]float64, len(s.Demand)), errs: make([][2]float64, len(s.Demand))}
	if n := len(s.Periods); n > yearPeriods {
		x.year = s.Periods[n-yearPeriods-1]
	}
	x.worked = make([]int, x.days+1)
	for d := range x.days {
		x.worked[d+1] = x.worked[d]
		if s.Working[d] {
			x.worked[d+1]++
		}
	}
	for i, first := range s.Stretches {
		end := x.days
		if i+1 < len(s.Stretches) {
			end = min(s.Stretches[i+1], x.days)
		}
		for range end - first {
			x.at = append(x.at, int32(i)) //nolint:gosec // fewer than days
		}
	}
	x.leave = make([]int32, x.days+s.UnseenFor+1)
	for i := range x.pools {
		x.pools[i].due = make([]int32, x.days+2*s.Gap+1)
		x.pools[i].lists = make([]list, len(s.Classes))
		for k := range x.pools[i].lists {
			x.pools[i].lists[k].on = make([]int32, x.days+past)
		}
	}
	return x
}

// past is how far back referrals of those on the list at the start go, in days: a year.
const past = 366

// run is one replication.
func (s *sim) run(seed uint64, replication int) Outcome {
	s.reset(seed, replication)
	next := 0
	for d := range s.days {
		if d%week == 0 {
			s.monday(d)
		}
		s.refer(d)
		if n := s.leave[d]; n > 0 {
			s.unseen -= int(n)
		}
		if s.Working[d] {
			for i := range s.pools {
				s.hold(i, d)
			}
			s.tally.listed += float64(s.list())
			s.tally.worked++
		} else {
			s.skip(d)
		}
		if d%week == week-1 {
			s.out.Weeks = append(s.out.Weeks, Week{List: s.list()})
			last := len(s.out.Weeks) - 1
			s.out.Weeks[last].Came, s.out.Weeks[last].Seen = s.out.came, s.out.seen
			s.out.came, s.out.seen = 0, 0
		}
		if d+1 == s.Periods[next] {
			s.close()
			next++
		}
	}
	return s.out
}

func (s *sim) reset(seed uint64, replication int) {
	s.out = Outcome{}
	s.tally, s.waits, s.unseen, s.level = period{}, [longest + 1]int32{}, 0, 0
	clear(s.leave)
	e := des.NewStream(seed, replication, "errors")
	for i, d := range s.Demand {
		a, b := e.Normal(), e.Normal()
		s.errs[i] = [2]float64{d.LevelSE * a, d.TrendSE * (d.Corr*a + math.Sqrt(1-d.Corr*d.Corr)*b)}
	}
	s.walk = des.NewStream(seed, replication, "level")
	if s.Level.SD > 0 { // the level has been wandering for ever
		s.level = s.Level.SD * s.walk.Normal()
	}
	for i := range s.pools {
		p, spec := &s.pools[i], &s.Spec.Pools[i]
		p.draws, p.weeks = des.NewStream(seed, replication, "draws "+spec.Name), des.NewStream(seed, replication, "weeks "+spec.Name)
		p.error = spec.SE * p.weeks.Normal()
		p.extra, p.carry, p.owed, p.list, p.given, p.used = 0, 0, 0, 0, 0, 0
		p.team = nil
		if n := len(spec.Futures); n > 0 {
			p.team = spec.Futures[replication%n]
		}
		clear(p.waits[:])
		clear(p.due)
		for k := range p.lists {
			l := &p.lists[k]
			clear(l.on)
			l.head, l.back = len(l.on), l.back[:0]
		}
		s.backlog(i)
	}
	s.backlogUnseen()
}

// backlog puts those on the list at the start there. A list of n that r join a day is n/r days long: they were referred over
// those days.
func (s *sim) backlog(i int) {
	p, spec := &s.pools[i], &s.Spec.Pools[i]
	days := min(max(int(float64(spec.Backlog)/max(s.joining(i), 1e-9)), 1), past)
	for k, c := range s.Classes {
		n := int(math.Round(float64(spec.Backlog) * c.Share))
		if k == len(s.Classes)-1 {
			n = max(spec.Backlog-p.list, 0)
		}
		for j := range n {
			p.lists[k].add(-1-j*days/n, 1)
		}
		p.list += n
	}
}

// joining is the mean number who join a pool's list on a day.
func (s *sim) joining(i int) (sum float64) {
	n := min(s.days, 4*week)
	for t, d := range s.Demand {
		for _, x := range d.Daily[:n] {
			sum += x * s.Spec.Pools[i].Share[t] * (1 - s.Unseen) / float64(n)
		}
	}
	return sum
}

// backlogUnseen are those who will leave: as many each day as came each day.
func (s *sim) backlogUnseen() {
	n := min(s.days, 4*week)
	owed := 0.0
	daily := 0.0
	for _, d := range s.Demand {
		for _, x := range d.Daily[:n] {
			daily += x * s.Unseen / float64(n)
		}
	}
	for d := range min(s.UnseenFor, s.days) {
		owed += daily
		whole := int32(owed)
		owed -= float64(whole)
		s.leave[d] += whole
		s.unseen += int(whole)
	}
}

// add puts people on the list by the day of their referral.
func (l *list) add(referred int, n int32) {
	at := max(referred+past, 0)
	l.on[at] += n
	l.head = min(l.head, at)
}

func (s *sim) list() int32 {
	n := s.unseen
	for i := range s.pools {
		n += s.pools[i].list
	}
	return int32(n) //nolint:gosec // the limits of a plan keep it small
}

// monday begins a week: the level wanders, and each pool looks at its list. The team that is there stretches within the range that
// its weeks have had; what the plan adds or takes away comes on top.
func (s *sim) monday(d int) {
	shock := s.walk.Normal()
	if d > 0 {
		s.level = s.Level.Memory*s.level + math.Sqrt(1-s.Level.Memory*s.Level.Memory)*s.Level.SD*shock
	}
	years := float64(d) / daysOfYear
	for t := range s.factor {
		// Half the variance less, so that the mean is the mean.
		s.factor[t] = math.Exp(s.errs[t][0] + s.errs[t][1]*years + s.level - s.Level.SD*s.Level.SD/2)
	}
	for i := range s.pools {
		p, spec := &s.pools[i], &s.Spec.Pools[i]
		noise := p.weeks.Normal()
		if spec.Weekly == 0 {
			continue
		}
		given := spec.Weekly + p.error + spec.SD*noise + spec.React*(float64(p.list)-spec.Mean)
		p.extra = (min(max(given, spec.Least), spec.Most) - spec.Weekly) / workdays
	}
}

// refer lets the referrals of a day in.
func (s *sim) refer(d int) {
	for i := range s.pools {
		p, spec := &s.pools[i], &s.Spec.Pools[i]
		mean := 0.0
		for t := range s.Demand {
			mean += s.Demand[t].Daily[d] * s.factor[t] * spec.Share[t]
		}
		leaves := poisson(p.draws.Float(), mean*s.Unseen)
		s.leave[d+s.UnseenFor] += int32(leaves) //nolint:gosec // under mostDaily
		s.unseen += leaves
		s.came(leaves)
		for k := range s.Classes {
			n := poisson(p.draws.Float(), mean*(1-s.Unseen)*s.Classes[k].Share)
			if n > 0 {
				p.lists[k].add(d, int32(n)) //nolint:gosec // as above
				p.list += n
				s.came(n)
			}
		}
	}
}

func (s *sim) came(n int) {
	s.tally.came += n
	s.out.came += int32(n) //nolint:gosec // as above
}

// draws on a working day for each pool: follow-ups missed, asked again, followed; and for each class the same three.
const drawsOfGroup = 3

// skip is a day without work: follow-ups that fall on it are due on the next, and the streams keep in step.
func (s *sim) skip(d int) {
	for i := range s.pools {
		p := &s.pools[i]
		p.due[d+1] += p.due[d]
		p.due[d] = 0
		for range drawsOfGroup * (1 + len(s.Classes)) {
			p.draws.Float()
		}
	}
}
