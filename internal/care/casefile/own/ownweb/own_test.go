package ownweb_test

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/own"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// put inserts a note of the nurse and gives its id.
func put(b *casetest.Bench, c casefile.Case, canary string, signed bool, withheld string) uuid.UUID {
	id := uuid.New()
	var at, review *time.Time
	var reason, why []byte
	if signed {
		at = &b.Now
	}
	if withheld != "" {
		day := b.Now.AddDate(0, 1, 0)
		reason, why, review = b.Seal(sealed.NoteWithheld, id, withheld), b.Seal(sealed.NoteWithheldWhy, id, "why"), &day
	}
	b.Exec(b.W.OHNurse.As(access.Nurse, access.Clinical), `insert into note (service_id, id, casefile_id, organisation_id, person_id, author_account, author_name, author_role, body, findings, saved_at, signed_at, withheld_reason, withheld_review_on, withheld_why)
 values ($1,$2,$3,$4,$5,$6,'Helen Marsh','oh_nurse',$7,$8,$9,$10,$11,$12,$13)`, c.Service, id, c.ID, c.Organisation, c.Person, b.W.OHNurse.Account,
		b.Seal(sealed.NoteBody, id, canary), b.Seal(sealed.NoteFindings, id, `{}`), b.Now, at, reason, review, why)
	return id
}

func TestMyRecord(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Now.Add(-time.Hour))
	put(b, c, "canary-signed", true, "")
	put(b, c, "canary-draft", false, "")
	put(b, c, "canary-harm", true, "serious_harm")
	put(b, c, "canary-third", true, "third_party")
	other := b.About(b.W.Peer, b.W.Ward, flow.Attended, &b.W.OHNurse)
	put(b, other, "canary-other", true, "")
	s := b.Site(b.Now)
	s.As(b.W.Nurse.As(access.Person, access.Portal)).Get("/my/record").Want(200).Says("canary-signed", "Helen Marsh", "Attended").
		Hides("canary-draft", "canary-harm", "canary-third", "canary-other")
	s.As(b.W.Peer.As(access.Person, access.Portal)).Get("/my/record").Want(200).Says("canary-other").Hides("canary-signed")
	s.As(b.W.Foreign.As(access.Person, access.Portal)).Get("/my/record").Want(200).Hides("canary")
	for _, a := range []access.Actor{b.W.Ward.As(access.Manager, access.Employer), b.W.HR.As(access.HR, access.Employer), b.W.OHNurse.As(access.Nurse, access.Clinical)} {
		s.As(a).Get("/my/record").Want(404)
		s.As(a).Get("/my/who-looked").Want(404)
	}
}

// What the person reads is the audit log: row for row, whoever acted and whether it was allowed.
func TestWhoLookedEqualsTheAuditLog(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Now.Add(-time.Hour))
	s := b.Site(b.Now)
	record := "/cases/" + c.ID.String()
	nurse, admin, person := s.As(b.W.OHNurse.As(access.Nurse, access.Clinical)), s.As(b.W.OHAdmin.As(access.OHAdmin, access.Clinical)), s.As(b.W.Nurse.As(access.Person, access.Portal))
	for range 30 {
		nurse.Get(record).Want(200)
		admin.Get(record).Want(200)
	}
	nurse.Post(record+"/notes/"+uuid.NewString()+"/save", url.Values{"do": {"sign"}, "presenting": {"x"}, "risk": {"none"}, "class": {"treatment"}, "minutes": {"20"}}).To(record)
	person.Get("/my/record").Want(200)
	b.Exec(b.W.OHPhysician.As(access.Physician, access.Clinical), `insert into audit_event (id, at, organisation_id, service_id, actor_account, actor_name, role, wall, action, object_kind, subject_person, ground, outcome)
 values ($1,$2,$3,$4,$5,'Omar Aziz','oh_physician','clinical','casefile.open','casefile',$6,'','denied')`, uuid.New(), b.Now, b.W.Trust, c.Service, b.W.OHPhysician.Account, c.Person)
	b.Exec(b.W.Ward.As(access.Manager, access.Employer), `insert into audit_event (id, at, organisation_id, actor_account, actor_person, actor_name, role, wall, action, object_kind, subject_person, ground, outcome)
 values ($1,$2,$3,$4,$5,'Tom Reid','manager','employer','something.new','referral',$6,'line','ok')`, uuid.New(), b.Now, b.W.Trust, b.W.Ward.Account, b.W.Ward.Person, c.Person)

	want := b.Count(b.W.Caldicott.As(access.Caldicott, access.Audit), `select count(*) from audit_event where subject_person = $1`, c.Person)
	got := 0
	service, actor := own.New(b.DB, b.Box), b.W.Nurse.As(access.Person, access.Portal)
	for page, more := 1, true; more; page++ {
		var looks []own.Look
		var total int
		var err error
		if looks, total, more, err = service.Looks(context.Background(), actor, page); err != nil {
			t.Fatal(err)
		}
		if total != want {
			t.Fatalf("%d looks, the log has %d", total, want)
		}
		for _, l := range looks {
			got += l.N
		}
	}
	if got != want || want < 60 {
		t.Errorf("the person reads of %d rows, the log has %d", got, want)
	}
	page := person.Get("/my/who-looked").Want(200).Says(strconv.Itoa(want)+" entries",
		"Helen Marsh, OH nurse, Wyre Valley Staff Health", "They are in charge of your case", "Opened your case, 30 times from",
		"Lucy Brand, OH administrator, Wyre Valley Staff Health", "They do the administration of your case, and see no notes",
		"Tried, and was refused: Opened your case", "Omar Aziz, OH physician", "nothing was shown or changed",
		"Read your record", "It is yours", "Tom Reid, Manager, Wyre Valley Hospitals", "They referred you",
		"Did something that has no words yet: something.new", "Signed a note about you", "They are caring for you")
	page.Hides("Worked on something about you", "Their role allows it")
	if n := strings.Count(page.Text(), "Helen Marsh"); n > 2 {
		t.Errorf("one person and day and reason stand in %d rows", n)
	}
	s.As(b.W.Peer.As(access.Person, access.Portal)).Get("/my/who-looked").Want(200).Says("0 entries")
}

// A second check that the person mistyped is no break-in.
func TestWhoLookedAccusesNobodyOfAMistypedDate(t *testing.T) {
	b := casetest.New(t)
	me := b.W.Nurse.As(access.Person, access.Hall)
	me.Account = uuid.Nil
	err := b.DB.InTenant(context.Background(), me, func(tx *postgres.Tx) error {
		return audit.Append(context.Background(), tx, audit.Entry{At: b.Now, Action: "account.link_entered", Kind: "link", Subject: me.Person, Ground: "own", Denied: true})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Site(b.Now).As(b.W.Nurse.As(access.Person, access.Portal)).Get("/my/who-looked").Want(200).
		Says("Somebody with your link, probably you", "a date of birth that does not match. Nothing was shown").Hides("refused", "no right")
}

// An addendum to a withheld note goes with it: by the person's own login, and on their page, whichever came first.
func TestWhatIsAddedToAWithheldNote(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	nurse, me := b.W.OHNurse.As(access.Nurse, access.Clinical), b.W.Nurse.As(access.Person, access.Portal)
	page, s := "/cases/"+c.ID.String()+"/notes/", b.Site(b.Now)
	open, hidden := put(b, c, "canary-open", true, ""), put(b, c, "canary-hidden", true, "third_party")
	for _, to := range []uuid.UUID{open, hidden} {
		s.As(nurse).Post(page+to.String()+"/addendum", url.Values{"addendum": {uuid.NewString()}, "body": {"canary-added"}}).To("/cases/")
	}
	visible := func() int { return b.Count(me, `select count(*) from note where addendum_to is not null`) }
	if n := visible(); n != 1 {
		t.Fatalf("the person's login reads %d addenda, want the one to the open note", n)
	}
	s.As(me).Get("/my/record").Says("canary-open", "canary-added").Hides("canary-hidden")
	day := b.Now.AddDate(0, 1, 0)
	v := url.Values{"reason": {"serious_harm"}, "why": {"x"}, "review-day": {day.Format("2")}, "review-month": {day.Format("1")}, "review-year": {day.Format("2006")}}
	s.As(nurse).Post(page+open.String()+"/withhold", v).To("/cases/")
	if n := visible(); n != 0 {
		t.Errorf("%d addenda after their note was withheld", n)
	}
	s.As(me).Get("/my/record").Hides("canary")
	s.As(nurse).Post(page+open.String()+"/withhold", url.Values{"reason": {"show"}}).To("/cases/")
	if n := visible(); n != 1 {
		t.Errorf("%d addenda after their note was shown", n)
	}
}
