package casefileweb

import (
	"slices"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// recordView is the record and what its reader may do with it.
type recordView struct {
	casefile.Record
	Path     string
	Reason   string
	Referrer templ.Component
	Actions  []action
	Finish   bool // tasks can be marked as done
	Start    bool // the clock stands and can be started
	Outcome  bool // an opinion can be recorded on a signed note of one's own
	Account  string
	Entries  []entry
}

// action is a link below the heading.
type action struct {
	Key, Path string
	Main      bool // the next step of the case, if it stands first; what puts the case off or ends it never is
}

// entry is a note with its structure read and its addenda below it.
type entry struct {
	casefile.Note
	Findings note.Findings
	Addenda  []casefile.Note
	Mine     bool
}

func (p *pages) record(c *web.Context) error {
	rec, err := p.s.Record(c.Ctx(), c.Actor, c.Now, c.Object)
	if err != nil {
		return err
	}
	v := recordView{Record: rec, Path: "/cases/" + rec.Case.ID.String(), Reason: p.v.Reason(c.Ctx(), rec.Case.Reason), Referrer: templ.NopComponent}
	if rec.Referral != nil {
		v.Referrer = p.v.Referral(*rec.Referral)
	}
	if v.Entries, err = entries(rec.Notes, c.Actor); err != nil {
		return err
	}
	live := rec.Case.State.Live() && !rec.ReadOnly
	v.Finish = live && c.May(casefile.FinishTasks)
	v.Start = live && rec.Clock.Startable() && c.May(casefile.Pausing)
	v.Outcome = live && c.May(note.Opinion)
	for _, x := range []struct {
		permission access.Permission
		now        bool
		action     action
	}{
		{triage.MayComplete, live && rec.Case.Unchecked(), action{"casefile.record.check", "/queue/" + rec.Case.ID.String() + "/complete", true}},
		{note.Write, live && unreported(rec, c.Actor.Account), action{"casefile.record.write_report", v.Path + "/report", true}},
		{note.Write, live, action{"casefile.record.write_note", v.Path + "/notes/new", true}},
		{casefile.ReferringOn, live, action{"casefile.record.refer_on", v.Path + "/refer-on", false}},
		{casefile.Reviewing, live && flow.Can(rec.Case.State, flow.AwaitingBooking) && rec.Case.State != flow.Booked && rec.Case.State != flow.Received,
			action{"casefile.record.review", v.Path + "/review", false}},
		{casefile.Pausing, live && rec.Clock.Stoppable(rec.Case.State), action{"casefile.record.stop", v.Path + "/clock/stop", false}},
		{safecontact.Assist, live, action{"casefile.record.safe_contact", v.Path + "/safe-contact", false}},
		{casefile.Closing, live, action{"casefile.record.close", v.Path + "/close", false}},
	} {
		if x.now && c.May(x.permission) {
			v.Actions = append(v.Actions, x.action)
		}
	}
	return c.Render(recordPage(c.Page("casefile.record.title", "/today"), v))
}

// unreported says that the reader has signed a note and the report that follows from it is not signed.
func unreported(rec casefile.Record, reader uuid.UUID) bool {
	mine := slices.ContainsFunc(rec.Notes, func(n casefile.Note) bool { return n.Author == reader && !n.SignedAt.IsZero() })
	toSign := slices.ContainsFunc(rec.Reports, func(r casefile.Report) bool { return (!r.Signed || r.Drafting) && !r.Released })
	return mine && rec.Sight.Clinical && toSign
}

// entries puts addenda below the note they add to. A note whose first is not the reader's to see stands alone.
func entries(notes []casefile.Note, a access.Actor) (list []entry, err error) {
	at := map[string]int{}
	for _, n := range notes {
		e := entry{Note: n, Mine: n.Author == a.Account}
		if e.Findings, err = note.Decode([]byte(n.Findings)); err != nil {
			return nil, err
		}
		if i, ok := at[n.AddendumTo.String()]; ok {
			list[i].Addenda = append(list[i].Addenda, n)
			continue
		}
		at[n.ID.String()] = len(list)
		list = append(list, e)
	}
	return list, nil
}
