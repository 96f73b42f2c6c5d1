package person

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/person/staffcsv"
)

// someone is a person as a feed can know them.
type someone struct {
	id                     uuid.UUID
	number, family, given  string
	born                   time.Time
	work, mobile, personal string
	left                   time.Time // zero while they work here
}

var personFields = []string{"family_name", "given_name", "date_of_birth", "work_email", "mobile", "personal_email", "left_on"}

func (p someone) values() []string {
	return []string{p.family, p.given, day(p.born), p.work, p.mobile, p.personal, day(p.left)}
}

// held is a post as a feed can know it.
type held struct {
	id, person, manager uuid.UUID
	staffcsv.Post
	ends time.Time // first day after; zero while it is held
}

var postFields = []string{"primary", "job_title", "band", "staff_group", "site", "department", "team", "contracted_hours", "shift_pattern",
	"manager_employee_number", "start_date", "end_date", "epp", "patient_contact", "drives", "lone_worker", "safety_critical"}

// values are what a report shows; number gives the manager's employee number.
func (q held) values(number map[uuid.UUID]string) []string {
	h := q.Hazards
	return []string{yes(q.Primary), q.JobTitle, q.Band, q.StaffGroup, q.Site, q.Department, q.Team,
		strconv.FormatFloat(q.ContractedHours, 'f', -1, 64), q.ShiftPattern, number[q.manager], day(q.Start), lastDay(q.ends),
		yes(h.EPP), yes(h.PatientContact), yes(h.Drives), yes(h.LoneWorker), yes(h.SafetyCritical)}
}

// record is what the database holds of an organisation.
type record struct {
	people map[string]someone // by employee number
	posts  map[string]held    // by assignment number
}

// plan is what makes the record agree with a feed.
type plan struct {
	people       []someone // new or changed
	posts        []held    // new or changed
	ended, leave []uuid.UUID
	declared     []declared // of everybody in the feed, where it says
	subjects     []subject  // who is touched and how, for the audit
	report       Report
}

type declared struct {
	id uuid.UUID
	staffcsv.Declared
}

type subject struct {
	id   uuid.UUID
	kind Kind
}

// A file that lacks more than a tenth of those who work here was cut off. A small employer may truly lose more of
// its few, so up to twenty are believed.
const (
	believedShare = 10
	believedFew   = 20
)

// compare finds the differences as of today. New people and posts get ids from newID.
func compare(was record, feed staffcsv.Feed, today time.Time, newID func() uuid.UUID) plan {
	c := comparison{was: was, today: today, newID: newID, ids: map[string]uuid.UUID{}, number: map[uuid.UUID]string{}, gone: map[uuid.UUID][]held{}}
	c.report = Report{Rows: feed.Rows, People: len(feed.People), Rejected: len(feed.Rejects), feed: feed}
	for number, p := range was.people {
		c.ids[number], c.number[p.id] = p.id, number
	}
	inFeed := map[string]bool{}
	for _, p := range feed.People {
		if _, known := c.ids[p.EmployeeNumber]; !known {
			id := newID()
			c.ids[p.EmployeeNumber], c.number[id] = id, p.EmployeeNumber
		}
		for _, q := range p.Posts {
			inFeed[q.AssignmentNumber] = true
		}
	}
	complete := len(feed.Rejects) == 0
	for assignment, q := range was.posts {
		if end := later(q.Start, today); complete && !inFeed[assignment] && (q.ends.IsZero() || q.ends.After(end)) {
			c.gone[q.person] = append(c.gone[q.person], q)
		}
	}
	for _, p := range feed.People {
		c.person(p)
	}
	if complete {
		c.leavers(feed)
	}
	return c.plan
}

type comparison struct {
	plan
	was    record
	today  time.Time
	newID  func() uuid.UUID
	ids    map[string]uuid.UUID // by employee number, file and record together
	number map[uuid.UUID]string
	gone   map[uuid.UUID][]held // posts that the feed no longer has, by person
}

func (c *comparison) person(p staffcsv.Person) {
	now := someone{c.ids[p.EmployeeNumber], p.EmployeeNumber, p.FamilyName, p.GivenName, p.DateOfBirth, p.WorkEmail, p.Mobile, p.PersonalEmail, leftOn(p.Posts, c.today)}
	if p.Declared != nil {
		c.declared = append(c.declared, declared{now.id, *p.Declared})
	}
	was, known := c.was.people[p.EmployeeNumber]
	var list []Difference
	switch {
	case !known:
		c.people = append(c.people, now)
	default:
		if list = changed(personFields, was.values(), now.values()); len(list) > 0 {
			c.people = append(c.people, now)
		}
	}
	for _, q := range p.Posts {
		list = append(list, c.post(now.id, q)...)
	}
	list = append(list, c.end(now.id)...)
	kind := Changed
	switch {
	case !known:
		kind = Joined
	case was.left.IsZero() && !now.left.IsZero():
		kind = Left
	case !was.left.IsZero() && now.left.IsZero():
		kind = Returned
	case len(list) == 0:
		c.report.Unchanged++
		return
	}
	c.note(now, kind, list)
}

// post compares one post of the feed.
func (c *comparison) post(person uuid.UUID, q staffcsv.Post) []Difference {
	now := held{person: person, manager: c.ids[q.ManagerEmployeeNumber], Post: q}
	if !q.End.IsZero() {
		now.ends = q.End.AddDate(0, 0, 1)
	}
	if q.ManagerEmployeeNumber != "" && now.manager == uuid.Nil {
		c.report.UnknownManagers = append(c.report.UnknownManagers, q.Line)
	}
	was, known := c.was.posts[q.AssignmentNumber]
	if !known {
		now.id = c.newID()
		c.posts = append(c.posts, now)
		c.report.PostsNew++
		return []Difference{{Post: q.AssignmentNumber, Field: "post", New: q.JobTitle}}
	}
	now.id = was.id
	list := changed(postFields, was.values(c.number), now.values(c.number))
	if len(list) == 0 {
		return nil
	}
	c.posts = append(c.posts, now)
	if was.ends.IsZero() && !now.ends.IsZero() {
		c.report.PostsEnded++
	} else {
		c.report.PostsChanged++
	}
	for i := range list {
		list[i].Post = q.AssignmentNumber
	}
	return list
}

// end ends the posts of a person that the feed no longer has.
func (c *comparison) end(person uuid.UUID) (list []Difference) {
	posts := c.gone[person]
	slices.SortFunc(posts, func(a, b held) int { return strings.Compare(a.AssignmentNumber, b.AssignmentNumber) })
	for _, q := range posts {
		c.ended = append(c.ended, q.id)
		c.report.PostsEnded++
		list = append(list, Difference{Post: q.AssignmentNumber, Field: "end_date", Old: lastDay(q.ends), New: lastDay(later(q.Start, c.today))})
	}
	return list
}

// leavers finds those whom the feed no longer has.
func (c *comparison) leavers(feed staffcsv.Feed) {
	fed := map[string]bool{}
	for _, p := range feed.People {
		fed[p.EmployeeNumber] = true
	}
	var absent []someone
	working := 0
	for number, p := range c.was.people {
		if !p.left.IsZero() {
			continue
		}
		working++
		if !fed[number] {
			absent = append(absent, p)
		}
	}
	c.report.TooManyLeft = len(absent) > believedFew && len(absent)*believedShare > working
	slices.SortFunc(absent, func(a, b someone) int { return strings.Compare(a.number, b.number) })
	for _, p := range absent {
		c.leave = append(c.leave, p.id)
		c.note(p, Left, append([]Difference{{Field: "left_on", New: day(c.today)}}, c.end(p.id)...))
	}
}

func (c *comparison) note(p someone, kind Kind, list []Difference) {
	switch kind {
	case Joined:
		c.report.New++
	case Changed:
		c.report.Changed++
	case Returned:
		c.report.Returned++
	case Left:
		c.report.Left++
	}
	c.subjects = append(c.subjects, subject{p.id, kind})
	if len(c.report.Differences) < maxDifferences {
		c.report.Differences = append(c.report.Differences, Touched{Number: p.number, Name: strings.TrimSpace(p.given + " " + p.family), Kind: kind, Fields: list})
	}
}

// changed lists the fields that differ.
func changed(names, was, now []string) (list []Difference) {
	for i, name := range names {
		if was[i] != now[i] {
			list = append(list, Difference{Field: name, Old: was[i], New: now[i]})
		}
	}
	return list
}

// leftOn is the day after the last post ended, when all have.
func leftOn(posts []staffcsv.Post, today time.Time) time.Time {
	var last time.Time
	for _, q := range posts {
		if q.End.IsZero() || !q.End.Before(today) {
			return time.Time{}
		}
		last = later(last, q.End)
	}
	return last.AddDate(0, 0, 1)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func lastDay(ends time.Time) string {
	if ends.IsZero() {
		return ""
	}
	return day(ends.AddDate(0, 0, -1))
}

func yes(b bool) string {
	if b {
		return "Y"
	}
	return "N"
}
