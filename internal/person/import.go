package person

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/person/internal/db"
	"github.com/rowan-ohwb/rowan/internal/person/staffcsv"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the service is made of.
type Deps struct{ DB *postgres.DB }

// Service keeps the workforce record.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Import makes the record of the actor's organisation agree with a feed, in one transaction; a dry run only says
// what would change; a *sheet.Refused is a file that is no staff feed. A file that lacks too many people is reported by a dry run and refused otherwise.
func (s *Service) Import(ctx context.Context, actor access.Actor, at time.Time, r io.Reader, dryRun bool) (Report, error) {
	today := locale.Day(at).UTC() // as staffcsv and PostgreSQL write days
	feed, err := staffcsv.Parse(r, today)
	if err != nil {
		return Report{}, err
	}
	var p plan
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if err := q.LockFeed(ctx, actor.Organisation); err != nil {
			return fmt.Errorf("wait for other imports: %w", err)
		}
		if err := q.PlanAnew(ctx); err != nil {
			return fmt.Errorf("plan anew: %w", err)
		}
		was, err := load(ctx, q, actor.Organisation)
		if err != nil {
			return err
		}
		p = compare(was, feed, today, func() uuid.UUID { return uuid.Must(uuid.NewV7()) })
		summary := audit.Entry{At: at, Action: "person.imported", Kind: "staff_feed", Object: uuid.Must(uuid.NewV7()), Detail: p.report.codes()}
		if dryRun {
			summary.Action = "person.import_previewed"
			return audit.Append(ctx, tx, summary)
		}
		if p.report.TooManyLeft {
			return fault.New(fault.Conflict, "person.import.too_many_left")
		}
		if err := apply(ctx, q, actor.Organisation, at, today, p); err != nil {
			return err
		}
		entries := []audit.Entry{summary}
		for _, who := range p.subjects {
			entries = append(entries, audit.Entry{At: at, Action: "person.updated", Kind: "person", Object: who.id, Subject: who.id, Detail: map[string]string{"change": string(who.kind)}})
		}
		return audit.AppendAll(ctx, tx, entries)
	})
	return p.report, err
}

// codes are the counts for the audit row.
func (r Report) codes() map[string]string {
	out := map[string]string{}
	for name, n := range map[string]int{"rows": r.Rows, "rejected": r.Rejected, "new": r.New, "changed": r.Changed, "returned": r.Returned,
		"left": r.Left, "posts_new": r.PostsNew, "posts_changed": r.PostsChanged, "posts_ended": r.PostsEnded} {
		out[name] = strconv.Itoa(n)
	}
	return out
}

// ImportFile imports a file on disk for the command line. Rejected rows are written beside it; their path is
// returned, or "".
func (s *Service) ImportFile(ctx context.Context, actor access.Actor, at time.Time, path string, dryRun bool) (report Report, rejects string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return Report{}, "", fmt.Errorf("open staff feed: %w", err)
	}
	defer f.Close()
	if report, err = s.Import(ctx, actor, at, f, dryRun); err != nil || report.Rejected == 0 {
		return report, "", err
	}
	rejects = path + ".rejects.csv"
	out, err := os.OpenFile(rejects, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return report, "", fmt.Errorf("write rejected rows: %w", err)
	}
	return report, rejects, errors.Join(report.WriteRejects(out, locale.English()), out.Close())
}

func load(ctx context.Context, q *db.Queries, organisation uuid.UUID) (record, error) {
	people, err := q.ListPeople(ctx, organisation)
	if err != nil {
		return record{}, fmt.Errorf("list people: %w", err)
	}
	posts, err := q.ListPosts(ctx, organisation)
	if err != nil {
		return record{}, fmt.Errorf("list posts: %w", err)
	}
	was := record{make(map[string]someone, len(people)), make(map[string]held, len(posts))}
	for _, p := range people {
		was.people[p.EmployeeNumber] = someone{p.ID, p.EmployeeNumber, p.FamilyName, p.GivenName, p.DateOfBirth, p.WorkEmail, p.Mobile, p.PersonalEmail, postgres.Value(p.LeftOn)}
	}
	for _, r := range posts {
		q := held{id: r.ID, person: r.PersonID, manager: postgres.Value(r.ManagerPersonID), ends: postgres.Value(r.EndsOn)}
		q.Post = staffcsv.Post{AssignmentNumber: r.AssignmentNumber, Primary: r.IsPrimary, JobTitle: r.Title, Band: r.Band, StaffGroup: r.StaffGroup, Site: r.Site,
			Department: r.Department, Team: r.Team, ContractedHours: r.Hours, ShiftPattern: r.ShiftPattern, Start: r.StartsOn,
			Hazards: staffcsv.Hazards{EPP: r.Epp, PatientContact: r.PatientContact, Drives: r.Drives, LoneWorker: r.LoneWorker, SafetyCritical: r.SafetyCritical}}
		was.posts[r.AssignmentNumber] = q
	}
	return was, nil
}

// declare replaces what people of the feed have declared. Nobody reads it back, so it is not compared.
func declare(ctx context.Context, q *db.Queries, organisation uuid.UUID, all []declared) error {
	in := db.InsertDeclaredParams{OrganisationID: organisation}
	for _, d := range all {
		in.People, in.Sexes = append(in.People, d.id), append(in.Sexes, d.Sex)
		in.EthnicGroups, in.Disabilities = append(in.EthnicGroups, d.EthnicGroup), append(in.Disabilities, d.Disability)
	}
	if err := q.DeleteDeclared(ctx, db.DeleteDeclaredParams{OrganisationID: organisation, People: in.People}); err != nil {
		return fmt.Errorf("clear what was declared: %w", err)
	}
	if err := q.InsertDeclared(ctx, in); err != nil {
		return fmt.Errorf("write what was declared: %w", err)
	}
	return nil
}

// apply writes a plan: four statements however many people.
func apply(ctx context.Context, q *db.Queries, organisation uuid.UUID, at, today time.Time, p plan) error {
	people := db.UpsertPeopleParams{OrganisationID: organisation, At: at}
	for _, w := range p.people {
		people.Ids = append(people.Ids, w.id)
		people.EmployeeNumbers = append(people.EmployeeNumbers, w.number)
		people.FamilyNames = append(people.FamilyNames, w.family)
		people.GivenNames = append(people.GivenNames, w.given)
		people.NameKeys = append(people.NameKeys, NameKey(w.family, w.given))
		people.DatesOfBirth = append(people.DatesOfBirth, w.born)
		people.WorkEmails = append(people.WorkEmails, w.work)
		people.Mobiles = append(people.Mobiles, w.mobile)
		people.PersonalEmails = append(people.PersonalEmails, w.personal)
		people.LeftOns = append(people.LeftOns, day(w.left))
	}
	posts := db.UpsertPostsParams{OrganisationID: organisation}
	for _, h := range p.posts {
		manager, ends := "", day(h.ends)
		if h.manager != uuid.Nil {
			manager = h.manager.String()
		}
		posts.Ids = append(posts.Ids, h.id)
		posts.People = append(posts.People, h.person)
		posts.AssignmentNumbers = append(posts.AssignmentNumbers, h.AssignmentNumber)
		posts.Primaries = append(posts.Primaries, h.Primary)
		posts.Titles = append(posts.Titles, h.JobTitle)
		posts.Bands = append(posts.Bands, h.Band)
		posts.StaffGroups = append(posts.StaffGroups, h.StaffGroup)
		posts.Sites = append(posts.Sites, h.Site)
		posts.Departments = append(posts.Departments, h.Department)
		posts.Teams = append(posts.Teams, h.Team)
		posts.Hours = append(posts.Hours, h.ContractedHours)
		posts.ShiftPatterns = append(posts.ShiftPatterns, h.ShiftPattern)
		posts.Managers = append(posts.Managers, manager)
		posts.Epps = append(posts.Epps, h.Hazards.EPP)
		posts.PatientContacts = append(posts.PatientContacts, h.Hazards.PatientContact)
		posts.Drivers = append(posts.Drivers, h.Hazards.Drives)
		posts.LoneWorkers = append(posts.LoneWorkers, h.Hazards.LoneWorker)
		posts.SafetyCriticals = append(posts.SafetyCriticals, h.Hazards.SafetyCritical)
		posts.StartsOns = append(posts.StartsOns, h.Start)
		posts.EndsOns = append(posts.EndsOns, ends)
	}
	if err := q.PlanAfresh(ctx); err != nil {
		return fmt.Errorf("plan afresh: %w", err)
	}
	if err := q.UpsertPeople(ctx, people); err != nil {
		return fmt.Errorf("write people: %w", err)
	}
	if err := q.UpsertPosts(ctx, posts); err != nil {
		return fmt.Errorf("write posts: %w", err)
	}
	if err := q.EndPosts(ctx, db.EndPostsParams{OrganisationID: organisation, OnDay: today, Ids: p.ended}); err != nil {
		return fmt.Errorf("end posts: %w", err)
	}
	if err := declare(ctx, q, organisation, p.declared); err != nil {
		return err
	}
	if err := q.Leave(ctx, db.LeaveParams{OrganisationID: organisation, OnDay: &today, At: at, Ids: p.leave}); err != nil {
		return fmt.Errorf("note leavers: %w", err)
	}
	return nil
}
