package casefile_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func relation(b *casetest.Bench, a access.Actor, at time.Time, who world.Who) (access.Relation, string) {
	b.T.Helper()
	var r access.Relation
	var ground string
	ctx := context.Background()
	if err := b.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		r, ground, err = casefile.Relation(ctx, tx, at, who.Organisation, who.Person)
		return err
	}); err != nil {
		b.T.Fatal(err)
	}
	return r, ground
}

func TestRelation(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func(b *casetest.Bench)
		who  func(w *world.World) access.Actor
		want string
	}{
		{"owner of an open case", func(b *casetest.Bench) { b.Managed(flow.Attended, &b.W.OHNurse) }, nil, "case"},
		{"owner of a closed case", func(b *casetest.Bench) { b.Managed(flow.Closed, &b.W.OHNurse) }, nil, ""},
		{"another nurse", func(b *casetest.Bench) { b.Managed(flow.Attended, &b.W.OHNurse2) }, nil, ""},
		{"booked with the clinician", func(b *casetest.Bench) {
			b.Visit(b.Managed(flow.Booked, nil), b.W.OHNurse, access.Nurse, "booked", b.Now.AddDate(0, 0, 9))
		}, nil, "appointment"},
		{"attended eleven months ago", func(b *casetest.Bench) {
			b.Visit(b.Managed(flow.Attended, nil), b.W.OHNurse, access.Nurse, "attended", b.Now.AddDate(0, -11, 0))
		}, nil, "appointment"},
		{"attended thirteen months ago", func(b *casetest.Bench) {
			b.Visit(b.Managed(flow.Attended, nil), b.W.OHNurse, access.Nurse, "attended", b.Now.AddDate(0, -13, 0))
		}, nil, ""},
		{"attended, case closed since", func(b *casetest.Bench) {
			b.Visit(b.Managed(flow.Closed, nil), b.W.OHNurse, access.Nurse, "attended", b.Now.AddDate(0, -1, 0))
		}, nil, ""},
		{"did not attend", func(b *casetest.Bench) {
			b.Visit(b.Managed(flow.AwaitingBooking, nil), b.W.OHNurse, access.Nurse, "dna", b.Now.AddDate(0, 0, -1))
		}, nil, ""},
		{"cancelled", func(b *casetest.Bench) {
			b.Visit(b.Managed(flow.AwaitingBooking, nil), b.W.OHNurse, access.Nurse, "cancelled", b.Now.AddDate(0, 0, 3))
		}, nil, ""},
		{"assigned task", func(b *casetest.Bench) { b.Task(b.Managed(flow.AwaitingBooking, nil), b.W.OHNurse) }, nil, "task"},
		{"administrator who owns the case", func(b *casetest.Bench) { b.Managed(flow.Attended, &b.W.OHAdmin) },
			func(w *world.World) access.Actor { return w.OHAdmin.As(access.OHAdmin, access.Clinical) }, ""},
		{"lead who owns the case", func(b *casetest.Bench) { b.Managed(flow.Attended, &b.W.OHLead) },
			func(w *world.World) access.Actor { return w.OHLead.As(access.Lead, access.Clinical) }, ""},
		{"nurse of another service", func(b *casetest.Bench) { b.Managed(flow.Attended, &b.W.ForeignOHNurse) },
			func(w *world.World) access.Actor { return w.ForeignOHNurse.As(access.Nurse, access.Clinical) }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := casetest.New(t)
			tt.make(b)
			a := b.W.OHNurse.As(access.Nurse, access.Clinical)
			if tt.who != nil {
				a = tt.who(b.W)
			}
			r, ground := relation(b, a, b.Now, b.W.Nurse)
			if ground != tt.want || (r == access.Care) != (tt.want != "") {
				t.Errorf("got %q %q, want %q", r, ground, tt.want)
			}
		})
	}
}

func TestNobodyHasARelationToThemselves(t *testing.T) {
	b := casetest.New(t)
	c := b.About(b.W.OHNurse, b.W.Ward, flow.Attended, &b.W.OHNurse)
	b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Now.Add(-time.Hour))
	if r, ground := relation(b, b.W.OHNurse.As(access.Nurse, access.Clinical), b.Now, b.W.OHNurse); r != "" {
		t.Errorf("an OH nurse opens her own record as a nurse: %s %s", r, ground)
	}
}

func TestBreakGlassEndsByTheClock(t *testing.T) {
	b := casetest.New(t)
	b.Managed(flow.Attended, nil)
	nurse := b.W.OHNurse.As(access.Nurse, access.Clinical)
	id := uuid.New()
	b.Exec(nurse, `insert into break_glass (service_id, id, organisation_id, person_id, account_id, reason, detail, opened_at, expires_at) values ($1,$2,$3,$4,$5,'danger_to_life','x',$6,$7)`,
		nurse.Service, id, b.W.Nurse.Organisation, b.W.Nurse.Person, nurse.Account, b.Now, b.Now.Add(time.Hour))
	for _, tt := range []struct {
		name string
		a    access.Actor
		at   time.Time
		who  world.Who
		want access.Relation
	}{
		{"at once", nurse, b.Now, b.W.Nurse, access.Glass},
		{"a second before the end", nurse, b.Now.Add(time.Hour - time.Second), b.W.Nurse, access.Glass},
		{"at the end", nurse, b.Now.Add(time.Hour), b.W.Nurse, ""},
		{"before it was opened", nurse, b.Now.Add(-time.Second), b.W.Nurse, ""},
		{"another person", nurse, b.Now, b.W.Peer, ""},
		{"another nurse", b.W.OHNurse2.As(access.Nurse, access.Clinical), b.Now, b.W.Nurse, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, ground := relation(b, tt.a, tt.at, tt.who)
			if r != tt.want || (r != "") != (ground == "glass:"+id.String()) {
				t.Errorf("got %q %q, want %q", r, ground, tt.want)
			}
		})
	}
	if err := b.Try(nurse, `insert into break_glass (service_id, id, organisation_id, person_id, account_id, reason, detail, opened_at, expires_at) values ($1,$2,$3,$4,$5,'danger_to_life','x',$6,$7)`,
		nurse.Service, uuid.New(), b.W.Nurse.Organisation, b.W.Nurse.Person, nurse.Account, b.Now, b.Now.Add(61*time.Minute)); err == nil {
		t.Error("the database takes a grant of more than 60 minutes")
	}
	if err := b.Try(nurse, `update break_glass set expires_at = expires_at`); postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("a grant can be changed: %v", err)
	}
}
