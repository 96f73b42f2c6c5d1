package ownweb_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
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
	var reason []byte
	if signed {
		at = &b.Now
	}
	if withheld != "" {
		day := b.Now.AddDate(0, 1, 0)
		reason, review = b.Seal(sealed.NoteWithheld, id, withheld), &day
	}
	b.Exec(b.W.OHNurse.As(access.Nurse, access.Clinical), `insert into note (service_id, id, casefile_id, organisation_id, person_id, author_account, author_name, author_role, body, findings, saved_at, signed_at, withheld_reason, withheld_review_on)
 values ($1,$2,$3,$4,$5,$6,'Helen Marsh','oh_nurse',$7,$8,$9,$10,$11,$12)`, c.Service, id, c.ID, c.Organisation, c.Person, b.W.OHNurse.Account,
		b.Seal(sealed.NoteBody, id, canary), b.Seal(sealed.NoteFindings, id, `{}`), b.Now, at, reason, review)
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
	b.Exec(b.W.OHPhysician.As(access.Physician, access.Clinical), `insert into audit_event (id, at, organisation_id, service_id, actor_account, role, wall, action, object_kind, subject_person, ground, outcome)
 values ($1,$2,$3,$4,$5,'oh_physician','clinical','casefile.open','casefile',$6,'','denied')`, uuid.New(), b.Now, b.W.Trust, c.Service, b.W.OHPhysician.Account, c.Person)
	b.Exec(b.W.Ward.As(access.Manager, access.Employer), `insert into audit_event (id, at, organisation_id, actor_account, actor_person, role, wall, action, object_kind, subject_person, ground, outcome)
 values ($1,$2,$3,$4,$5,'manager','employer','something.new','referral',$6,'line','ok')`, uuid.New(), b.Now, b.W.Trust, b.W.Ward.Account, b.W.Ward.Person, c.Person)

	want := ids(b, b.W.Caldicott.As(access.Caldicott, access.Audit), c.Person)
	var got []uuid.UUID
	service, actor := own.New(b.DB, b.Box), b.W.Nurse.As(access.Person, access.Portal)
	for page := 1; ; page++ {
		looks, total, err := service.Looks(context.Background(), actor, page)
		if err != nil {
			t.Fatal(err)
		}
		if total != len(want) {
			t.Fatalf("%d looks, the log has %d", total, len(want))
		}
		if len(looks) == 0 {
			break
		}
		for _, l := range looks {
			got = append(got, l.ID)
		}
	}
	slices.SortFunc(got, compare)
	if len(want) < own.PerPage || !slices.Equal(got, want) {
		t.Errorf("the person reads %d rows, the log has %d, or others", len(got), len(want))
	}
	last := (len(want) + own.PerPage - 1) / own.PerPage
	var text string
	for page := 1; page <= last; page++ {
		p := person.Get("/my/who-looked?page=" + strconv.Itoa(page)).Want(200).Says(strconv.Itoa(len(want)) + " entries")
		if where := fmt.Sprintf(" (page %d of %d) - Rowan", page, last); last > 1 && !strings.HasSuffix(p.Title(), where) {
			t.Errorf("title %q, want %s", p.Title(), where)
		}
		text += p.Text()
	}
	for _, words := range []string{"Helen Marsh, OH nurse, Wyre Valley Staff Health", "They are in charge of your case", "Opened your case", "OH administrator, Wyre Valley Staff Health",
		"Tried, and was refused: Opened your case", "Read your record", "It is yours", "Manager, Wyre Valley Hospitals", "Worked on something about you", "You report to them", "Signed a note about you"} {
		if !strings.Contains(text, words) {
			t.Errorf("the pages do not say %q", words)
		}
	}
	s.As(b.W.Peer.As(access.Person, access.Portal)).Get("/my/who-looked").Want(200).Says("0 entries")
}

func ids(b *casetest.Bench, a access.Actor, person uuid.UUID) (list []uuid.UUID) {
	b.T.Helper()
	ctx := context.Background()
	err := b.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := tx.Query(ctx, `select id from audit_event where subject_person = $1`, person)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id uuid.UUID
			if err := rows.Scan(&id); err != nil {
				return err
			}
			list = append(list, id)
		}
		return rows.Err()
	})
	if err != nil {
		b.T.Fatal(err)
	}
	slices.SortFunc(list, compare)
	return list
}

func compare(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }
