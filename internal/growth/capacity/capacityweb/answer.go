package capacityweb

import (
	"context"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/advice"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/said"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/worth"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
)

// half is told too where not even half are seen in time now.
const half = 50

// people are so many of a role, in a word.
func people(ctx context.Context, n int, role string) string {
	return locale.T(ctx, "capacity.people."+role, "n", n)
}

// chosen is the option that posts are planned in.
func chosen(ctx context.Context) string {
	return locale.T(ctx, "capacity.option."+string(capacity.Chosen))
}

// whose are the people whom an answer is about.
func whose(ctx context.Context, v postsView) string {
	if v.at().Mixes != nil {
		return locale.T(ctx, "capacity.posts.everyone")
	}
	return people(ctx, 2, v.at().One.Role)
}

// between is where 8 of 10 simulated runs lie.
func between(ctx context.Context, low, high float64) string {
	return locale.T(ctx, "capacity.between", "between", said.Span(ctx, whole(low), whole(high)))
}

// next is what is best done next about the answer for one profession.
func next(v postsView) advice.Next {
	return advice.Of(*v.at(), v.Target, float64(v.Share), v.Added[v.at().One.Role], len(measured.Unknown(v.Recorded, []string{v.at().One.Role})) > 0)
}

// begins says what the first row is: the team as it is, or what the option has already, and what that has.
func begins(ctx context.Context, v postsView) []string {
	s := v.at()
	now := s.Table[0].Within[v.Target]
	key := "capacity.posts.now"
	if s.Mixes != nil {
		key = "capacity.posts.now.planned"
	}
	out := []string{locale.T(ctx, key, "share", whole(now.Middle), "between", between(ctx, now.Low, now.High), "n", v.Target, "quarter", locale.Quarter(s.Last), "option", chosen(ctx))}
	if s.Filled != nil {
		out = append(out, locale.T(ctx, "capacity.posts.fill", "wte", said.Tenth(vacant(*s)), "people", whose(ctx, v), "share", whole(s.Filled.Within[v.Target].Middle)))
	}
	switch added := addedTo(ctx, v); {
	case v.old(): // it is said above, of now
	case added == "" && s.Mixes != nil:
		out = append(out, locale.T(ctx, "capacity.posts.added.none.several", "option", chosen(ctx)))
	case added == "":
		out = append(out, locale.T(ctx, "capacity.posts.added.none", "option", chosen(ctx), "people", whose(ctx, v)))
	case s.Planned != nil:
		out = append(out, locale.T(ctx, "capacity.posts.added.brings", "option", chosen(ctx), "added", added, "share", whole(s.Planned.Within[v.Target].Middle)))
	default:
		out = append(out, locale.T(ctx, "capacity.posts.added", "option", chosen(ctx), "added", added))
	}
	return out
}

// earlier says, of an answer that is out of date, what the option adds by now, and that the rest is older.
func earlier(ctx context.Context, v postsView) string {
	key := "capacity.posts.earlier"
	switch {
	case v.running():
		key += ".running"
	case !v.Writes:
		key += ".reader"
	}
	out := locale.T(ctx, key, "when", locale.DateTime(v.Best.Finished))
	if added := addedTo(ctx, v); added != "" {
		out = locale.T(ctx, "capacity.posts.added.now", "option", chosen(ctx), "added", added) + " " + out
	}
	return out
}

// addedTo is what the option adds now to the professions of the answer: "1.6 WTE of nurses"; "" for nothing.
func addedTo(ctx context.Context, v postsView) string {
	s := v.at()
	team := s.Team
	if s.Mixes == nil {
		team = []capacity.OnePost{s.One}
	}
	var parts []string
	for _, one := range team {
		if wte := v.Added[one.Role]; wte > 0 {
			parts = append(parts, locale.T(ctx, "capacity.posts.added.role", "wte", said.Tenth(wte), "people", people(ctx, 2, one.Role)))
		}
	}
	return locale.And(ctx, parts)
}

// answers say how many are seen in time now, how many people it takes for more, and what is best done next.
func answers(ctx context.Context, v postsView) []string {
	s := v.at()
	out := begins(ctx, v)
	if s.Mixes != nil {
		out = append(out, together(ctx, v))
		if len(blocked(v)) > 0 {
			return out
		}
		return append(out, idle(ctx, v)...)
	}
	if next(v).Kind == advice.Record {
		return append(out, unknown(ctx, v, measured.Unknown(v.Recorded, []string{s.One.Role})))
	}
	wanted := []float64{float64(v.Share)}
	if v.Share > half {
		wanted = []float64{half, float64(v.Share)}
	}
	for _, share := range wanted {
		w, ok := s.Needed(v.Target, share)
		if !ok {
			out = append(out, never(ctx, v, float64(v.Share))...)
			break
		}
		if w.Posts > 0 {
			out = append(out, locale.T(ctx, "capacity.posts.needed", "share", whole(share), "n", w.Posts, "people", people(ctx, w.Posts, s.One.Role), "cost", said.Thousands(float64(w.Posts)*s.One.Cost)))
		} else if share == float64(v.Share) {
			out = append(out, locale.T(ctx, "capacity.posts.none", "share", whole(share)))
		}
	}
	out = append(out, idle(ctx, v)...)
	switch do := next(v).Kind; {
	case v.old():
	case do == advice.Fill:
		out = append(out, locale.T(ctx, "capacity.posts.next.fill"))
	case do == advice.Held:
		out = append(out, locale.T(ctx, "capacity.posts.next.held", "option", chosen(ctx)))
	}
	return out
}

// idle says how many of the appointments of the last year are used with what the answer has, from the same runs: what is bought for the
// target and stands empty. Nothing where nobody knows.
func idle(ctx context.Context, v postsView) []string {
	s, key := v.at(), "capacity.posts.idle"
	var used mix.Share
	if s.Mixes != nil {
		all := s.Mixes[v.Target]
		m, ok := mix.Cheapest(all, float64(v.Share))
		if !ok {
			m = all[len(all)-1]
		}
		if used = m.Used; m.Cost == 0 {
			key += ".planned"
		}
	} else {
		w, ok := s.Needed(v.Target, float64(v.Share))
		if !ok {
			w = advice.Fewest(*s, v.Target)
		}
		if used = w.Used; w.Posts == 0 {
			key += ".now"
		}
	}
	if used.High == 0 {
		return nil
	}
	year := locale.T(ctx, "capacity.posts.idle.year", "from", s.Last.AddMonths(-9).MonthYear(), "to", s.Last.AddMonths(2).MonthYear())
	return []string{locale.T(ctx, key, "option", chosen(ctx), "used", whole(used.Middle), "idle", whole(100-math.Round(used.Middle)), "between", between(ctx, used.Low, used.High), "year", year)}
}

// scenario says of the scenario of the option whether it is the same question, and what it answers.
func scenario(ctx context.Context, v postsView) string {
	t := v.Scenario
	if t == nil || t.Best == nil {
		return ""
	}
	key := "capacity.posts.scenario.same"
	quarters := t.Best.Result.Quarters
	share := whole(quarters[len(quarters)-1].Measures[capacity.Within].P50)
	switch {
	case !t.Terms.Plain():
		key = "capacity.posts.scenario.other"
	case t.Last.State == capacity.Queued || t.Last.State == capacity.Running:
		key += ".running"
	case t.Best.Stale:
		key += ".stale"
	case v.old():
		return ""
	case v.Target != v.Pack || share != whole(v.at().AsPlanned().Within[v.Target].Middle):
		key = "capacity.posts.scenario.days"
	}
	return locale.T(ctx, key, "title", t.Title, "share", share, "n", v.Pack)
}

// never says that no number that was tried brings so many in time, what bounds it, and how far the fewest get that are worth it.
func never(ctx context.Context, v postsView, share float64) []string {
	s := v.at()
	fewest, most := advice.Fewest(*s, v.Target), s.Table[len(s.Table)-1]
	bound, reach := s.Bound(v.Target, share)
	if bound == capacity.Unbound {
		return []string{locale.T(ctx, "capacity.posts.never.more", "share", whole(share), "n", most.Posts, "people", people(ctx, most.Posts, s.One.Role), "reached", whole(most.Within[v.Target].Middle), "cost", said.Thousands(float64(most.Posts)*s.One.Cost))}
	}
	out := locale.T(ctx, "capacity.posts.bound."+string(bound), "share", whole(share), "reach", whole(reach.Middle), "people", people(ctx, 2, s.One.Role), "n", v.Target, "lead", whole(s.Lead))
	if fewest.Posts == 0 {
		return []string{out + " " + locale.T(ctx, "capacity.posts.never.none", "n", most.Posts, "people", people(ctx, most.Posts, s.One.Role), "best", whole(most.Within[v.Target].Middle))}
	}
	return []string{out, locale.T(ctx, "capacity.posts.never", "n", fewest.Posts, "people", people(ctx, fewest.Posts, s.One.Role), "reached", whole(fewest.Within[v.Target].Middle), "cost", said.Thousands(float64(fewest.Posts)*s.One.Cost), "most", locale.Number(most.Posts), "best", whole(most.Within[v.Target].Middle))}
}

// vacant are the whole-time equivalents that are funded and empty, of the profession or of all.
func vacant(s capacity.Staffed) (sum float64) {
	for _, one := range s.Team {
		sum += one.Vacant
	}
	return sum + s.One.Vacant
}

// together says which combination is the cheapest that does, or how far the best of them gets.
func together(ctx context.Context, v postsView) string {
	s := v.at()
	all := s.Mixes[v.Target]
	best := all[len(all)-1]
	m, ok := mix.Cheapest(all, float64(v.Share))
	switch bound, reach := s.Bound(v.Target, float64(v.Share)); {
	case ok && m.Cost == 0:
		return locale.T(ctx, "capacity.posts.none.planned", "share", v.Share, "option", chosen(ctx))
	case len(blocked(v)) > 0:
		return locale.T(ctx, "capacity.posts.together.record", "share", v.Share, "people", combined(ctx, *s, m)) + " " + unknown(ctx, v, blocked(v))
	case ok:
		return locale.T(ctx, "capacity.posts.together", "share", v.Share, "people", combined(ctx, *s, m, v.Recorded...), "cost", said.Thousands(m.Cost), "between", between(ctx, m.Low, m.High), "option", chosen(ctx))
	case bound == capacity.Booked:
		return locale.T(ctx, "capacity.posts.bound.booked", "share", v.Share, "reach", whole(reach.Middle), "n", v.Target, "lead", whole(s.Lead))
	}
	return locale.T(ctx, "capacity.posts.together.never", "share", v.Share, "people", combined(ctx, *s, best, v.Recorded...), "reached", whole(best.Middle), "cost", said.Thousands(best.Cost))
}

// combined names a combination: "2 nurses and 1 physician". Behind a profession of which far fewer hours are recorded than were given stand
// these, where they are given.
func combined(ctx context.Context, s capacity.Staffed, m mix.Mix, recorded ...measured.Recorded) string {
	var parts []string
	for i, n := range m.Posts {
		if n == 0 {
			continue
		}
		part := locale.T(ctx, "capacity.posts.count", "n", n, "people", people(ctx, n, s.Team[i].Role))
		for _, r := range recorded {
			if r.Low && r.Role == s.Team[i].Role {
				part += " " + locale.T(ctx, "capacity.recorded.of", "hours", whole(r.Hours()), "offered", whole(r.Offered), "share", whole(r.Share()))
			}
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return locale.T(ctx, "capacity.posts.nobody")
	}
	return locale.And(ctx, parts)
}

// how says what one more person is, and what they cost and bring; of several, what was looked at.
func how(ctx context.Context, v postsView) string {
	s := v.at()
	if s.Mixes != nil {
		var names []string
		for _, one := range s.Team {
			if one.Hours > 0 {
				names = append(names, people(ctx, 2, one.Role))
			}
		}
		return costed(ctx, s) + " " + locale.T(ctx, "capacity.posts.searched", "most", capacity.MostPosts, "people", strings.Join(names, ", "), "option", chosen(ctx), "when", locale.DateTime(v.Best.Finished))
	}
	one := s.One
	paid := paidOf(ctx, one)
	return locale.T(ctx, "capacity.posts.how", "role", locale.Key("capacity.role."+one.Role), "hours", said.Tenth(one.Hours), "paid", paid, "cost", said.Thousands(one.Cost), "pension", locale.Percent(worth.Pension(*s).Employer), "source", worth.Pension(*s).Source, "when", locale.DateTime(v.Best.Finished))
}

// paidOf says by what somebody is paid.
func paidOf(ctx context.Context, one capacity.OnePost) string {
	if one.Salary > 0 {
		return locale.T(ctx, "capacity.posts.paid.salary", "salary", said.Thousands(one.Salary))
	}
	return locale.T(ctx, "capacity.posts.paid.band", "band", one.Band)
}

// costed says what one more of each profession costs, and what is in it.
func costed(ctx context.Context, s *capacity.Staffed) string {
	var each []string
	for _, one := range s.Team {
		if one.Hours > 0 {
			each = append(each, locale.T(ctx, "capacity.posts.each", "role", locale.Key("capacity.role."+one.Role), "cost", said.Thousands(one.Cost), "paid", paidOf(ctx, one)))
		}
	}
	return locale.T(ctx, "capacity.posts.costed", "each", strings.Join(each, "; "), "pension", locale.Percent(worth.Pension(*s).Employer), "source", worth.Pension(*s).Source)
}

// unknown says of which professions so few hours are recorded that nothing is planned by them.
func unknown(ctx context.Context, v postsView, of []measured.Recorded) string {
	var each []string
	for _, r := range of {
		each = append(each, locale.T(ctx, "capacity.posts.unknown.one", "share", whole(r.Share()), "people", people(ctx, 2, r.Role)))
	}
	return locale.T(ctx, "capacity.posts.unknown", "each", locale.And(ctx, each), "percent", v.Least)
}

// steady says why the middle wait stays where it is, where no number of people that was tried moves it; "" where one does.
func steady(ctx context.Context, v postsView) string {
	s := v.at()
	if s.Mixes != nil || s.Lead <= 0 {
		return ""
	}
	few, many := s.Table[0].Measures[capacity.Median].P50, s.Table[len(s.Table)-1].Measures[capacity.Median].P50
	if moved(few, many, 2*sameWait) != "same" || many > s.Lead+2 {
		return ""
	}
	return locale.T(ctx, "capacity.posts.steady", "lead", whole(s.Lead))
}

// brings says what one more gives, and what an appointment of theirs costs.
func brings(ctx context.Context, v postsView) string {
	s := v.at()
	if worth.PerAppointment(*s) == 0 {
		return ""
	}
	return locale.T(ctx, "capacity.posts.brings", "role", locale.Key("capacity.role."+s.One.Role), "n", said.Tenth(s.Brings), "cost", "£"+locale.Number(int(worth.PerAppointment(*s)+0.5)))
}

// causes lead to where what bounds the answer can be changed.
func causes(ctx context.Context, v postsView) (out []ask.Link) {
	if !v.Writes {
		return nil
	}
	link := func(path, key string) {
		out = append(out, ask.Link{Path: path, Text: locale.T(ctx, "capacity.posts.cause."+key)})
	}
	if s := v.at(); s.Filled != nil && (s.Mixes != nil || next(v).Kind != advice.Fill && next(v).Kind != advice.Record) { // else it is the one thing that the page leads to
		out = append(out, ask.Link{Path: "/workforce/pipeline", Text: locale.T(ctx, "capacity.posts.next.fill.link")})
	}
	switch bound, _ := v.at().Bound(v.Target, float64(v.Share)); bound {
	case capacity.Booked:
		link("/capacity/demand/lead", "lead")
		link("/performance/triage_median", "triage")
	case capacity.Others:
		if v.Together {
			link(asking(capacity.Several, v.Target, v.Share), "several")
		}
		link("/capacity/add", "clinic")
	}
	return out
}

// lead is the one thing that the page leads to: what helps, and never what it has said does not. Nil where there is none, for whoever
// cannot do it, and while the answer is of something else than there is now: then it is to be run first.
func lead(ctx context.Context, v postsView) *ask.Link {
	s := v.at()
	if !v.Writes || v.old() {
		return nil
	}
	if s.Mixes != nil {
		return record(ctx, blocked(v))
	}
	do := next(v)
	switch do.Kind {
	case advice.Record:
		return record(ctx, measured.Unknown(v.Recorded, []string{s.One.Role}))
	case advice.Fill:
		return &ask.Link{Path: "/workforce/pipeline", Text: locale.T(ctx, "capacity.posts.next.fill.link")}
	case advice.Held:
		return &ask.Link{Path: "/capacity?option=" + string(capacity.Chosen), Text: locale.T(ctx, "capacity.posts.next.held.link", "option", chosen(ctx))}
	case advice.Plan:
		heads, wte := do.Heads()
		q := url.Values{"kind": {"new"}, "role": {s.One.Role}, "band": {s.One.Band}, "number": {strconv.Itoa(heads)}, "wte": {locale.Plain(wte)}}
		if !v.PlanFrom.IsZero() {
			q.Set("from", v.PlanFrom.String())
		}
		text := locale.T(ctx, "capacity.posts.plan", "n", heads, "people", people(ctx, heads, s.One.Role))
		if wte < 1 {
			text = locale.T(ctx, "capacity.posts.plan.wte", "wte", locale.Plain(do.More), "people", people(ctx, 2, s.One.Role))
		}
		return &ask.Link{Path: "/workforce/changes/add?" + q.Encode(), Text: text}
	}
	return nil
}

// blocked are the professions of the cheapest combination of which so few hours are recorded that nothing is planned by them.
func blocked(v postsView) []measured.Recorded {
	m, ok := mix.Cheapest(v.at().Mixes[v.Target], float64(v.Share))
	if !ok {
		return nil
	}
	return measured.Unknown(v.Recorded, v.at().Of(m))
}

// record leads to what is recorded of professions; nil where there are none.
func record(ctx context.Context, of []measured.Recorded) *ask.Link {
	if len(of) == 0 {
		return nil
	}
	var names []string
	for _, r := range of {
		names = append(names, people(ctx, 2, r.Role))
	}
	return &ask.Link{Path: "/capacity/demand", Text: locale.T(ctx, "capacity.posts.unknown.link", "people", locale.And(ctx, names))}
}

// planned is the combination that can be planned in one press; ok is false where there is none, and where somebody may not.
func planned(v postsView) (m mix.Mix, ok bool) {
	if s := v.at(); v.Writes && !v.old() && s.Mixes != nil {
		m, ok = mix.Cheapest(s.Mixes[v.Target], float64(v.Share))
	}
	return m, ok && m.Cost > 0 && len(blocked(v)) == 0
}

// recordedOf are the professions of the answer, as far as it is known what is recorded of them.
func recordedOf(v postsView) (out []measured.Recorded) {
	for _, r := range v.Recorded {
		if v.Role == capacity.Several || r.Role == v.Role {
			out = append(out, r)
		}
	}
	return out
}

// thin names the professions that somebody would be planned of and of which far fewer hours are recorded than given, by the same rule as the
// warning; "" for none.
func thin(ctx context.Context, v postsView, planned func(role string) bool) string {
	var names []string
	for _, r := range recordedOf(v) {
		if r.Low && planned(r.Role) {
			names = append(names, people(ctx, 2, r.Role))
		}
	}
	return locale.And(ctx, names)
}

// of says whether a combination has somebody of a profession.
func of(s capacity.Staffed, m mix.Mix) func(string) bool {
	return func(role string) bool {
		i := slices.IndexFunc(s.Team, func(one capacity.OnePost) bool { return one.Role == role })
		return i >= 0 && i < len(m.Posts) && m.Posts[i] > 0
	}
}
