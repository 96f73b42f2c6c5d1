package past

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// write puts a history into the database in the order in which its rows depend on each other. The order is also
// the proof: what a person says is written before what it allows, so the trigger of a release finds it.
func (h *history) write(ctx context.Context, d diary) error {
	for _, step := range []struct {
		say string
		do  func(context.Context) error
	}{
		{"referrals", h.writeReferrals},
		{"self-referrals", h.writeSelfReferrals},
		{"cases and appointments", func(ctx context.Context) error { return h.writeCases(ctx, d) }},
		{"", h.recount},
		{"what referrers saw", h.writeSeen},
		{"notes", h.writeNotes},
		{"reports", h.writeReports},
		{"receipts and adjustments", h.writeAnswers},
		{"feedback", h.writeFeedback},
		{"audit trail and ledger", h.writeTrail},
	} {
		if step.say != "" {
			h.b.Say("  " + step.say)
		}
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("write %s: %w", step.say, err)
		}
	}
	return nil
}

// recounted is after how many services PostgreSQL no longer takes the tables for empty: counting them all anew then costs more than it gives.
const recounted = 2

func (h *history) recount(ctx context.Context) error {
	if h.s.N >= recounted {
		return nil
	}
	return h.b.Recount(ctx)
}

// system is the service's own hand behind a wall.
func (h *history) system(w access.Wall) access.Actor {
	return access.SystemActor(w, h.s.Host.ID, h.s.ID)
}

// as runs each list of rows as its author, in one transaction of one wall: one rebind and one statement for each
// author, so thousands of people write in the time of a few round trips.
func as[T any](ctx context.Context, h *history, wall access.Wall, table string, rows []T, author func(T) access.Actor) error {
	if len(rows) == 0 {
		return nil
	}
	var order []access.Actor
	lists := map[access.Actor][]T{}
	for _, r := range rows {
		a := author(r)
		if lists[a] == nil {
			order = append(order, a)
		}
		lists[a] = append(lists[a], r)
	}
	sql := cast.InsertSQL[T](table)
	return h.b.In(ctx, h.system(wall), func(tx *postgres.Tx) error {
		batch := &pgx.Batch{}
		for i, a := range order {
			b, err := cast.Encode(lists[a])
			if err != nil {
				return err
			}
			tx.Rebind(batch, a)
			batch.Queue(sql, b)
			if batch.Len() > cast.Chunk || i == len(order)-1 {
				if err := tx.SendBatch(ctx, batch).Close(); err != nil {
					return fmt.Errorf("insert %s: %w", table, err)
				}
				batch = &pgx.Batch{}
			}
		}
		return nil
	})
}

// person is the author of rows about themselves, organisation and id being all that the policies ask.
func (h *history) person(organisation, id uuid.UUID) access.Actor {
	return access.Actor{Organisation: organisation, Service: h.s.ID, Person: id, Role: access.Person, Wall: access.Portal}
}

func (h *history) writeReferrals(ctx context.Context) error {
	var rows []referralRow
	var texts []referralVersionRow
	for _, s := range h.stories {
		if s.referral == nil {
			continue
		}
		r := *s.referral
		r.Text = s.texts[len(s.texts)-1].Text
		rows = append(rows, r)
		texts = append(texts, s.texts...)
	}
	referrer := func(organisation, id uuid.UUID) access.Actor {
		return access.Actor{Organisation: organisation, Service: h.s.ID, Person: id, Role: access.Manager, Wall: access.Employer}
	}
	return cast.FirstError(
		as(ctx, h, access.Employer, "referral", rows, func(r referralRow) access.Actor { return referrer(r.Organisation, r.Referrer) }),
		as(ctx, h, access.Employer, "referral_version", texts, func(r referralVersionRow) access.Actor { return referrer(r.Organisation, r.Author) }))
}

func (h *history) writeSelfReferrals(ctx context.Context) error {
	return as(ctx, h, access.Portal, "self_referral", h.selfs, func(r selfReferralRow) access.Actor { return h.person(r.Organisation, r.Person) })
}

func (h *history) writeCases(ctx context.Context, d diary) error {
	// A case that was merged names another: those without a name go first.
	slices.SortStableFunc(h.cases, func(a, b caseRow) int { return cmp.Compare(len(zero(a.Into)), len(zero(b.Into))) })
	return h.b.In(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
		return cast.FirstError(cast.Insert(ctx, tx, "clinic", d.clinics), cast.Insert(ctx, tx, "clinic_session", d.sessions), cast.Insert(ctx, tx, "slot", d.slots),
			cast.Insert(ctx, tx, "casefile", h.cases), cast.Insert(ctx, tx, "casefile_state", h.states), cast.Insert(ctx, tx, "triage", h.triages),
			cast.Insert(ctx, tx, "clock_pause", h.pauses), cast.Insert(ctx, tx, "task", h.tasks), cast.Insert(ctx, tx, "appointment", h.appointments), h.agreed(ctx, tx))
	})
}

// agreed writes that everybody who came agreed to be assessed.
func (h *history) agreed(ctx context.Context, tx *postgres.Tx) error {
	_, err := tx.Exec(ctx, `insert into assessment_consent (service_id, id, casefile_id, appointment_id, organisation_id, person_id, agreed, method, words, recorder_account, recorder_name, at)
 select service_id, id, casefile_id, id, organisation_id, person_id, true, mode, $2, clinician_account, clinician_name, ended_at from appointment where service_id = $1 and state = 'attended'`,
		h.s.ID, locale.English().T("appointment.agrees"))
	if err != nil {
		return fmt.Errorf("write consent to be assessed: %w", err)
	}
	return nil
}

func zero(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return "named"
}

// updateSeen moves many referrals one state on; the trigger of the table keeps each state.
const updateSeen = `update referral r set state = u.state, state_at = u.at, state_reason = coalesce(nullif(u.reason, ''), r.state_reason)
 from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) as u (id, state, reason, at) where r.service_id = $5 and r.id = u.id`

// writeSeen shows each referral its states, all first ones together, then all second ones, and so on.
func (h *history) writeSeen(ctx context.Context) error {
	return h.b.In(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
		for round := 0; ; round++ {
			var ids []uuid.UUID
			var states, reasons []string
			var ats []time.Time
			for _, s := range h.stories {
				if round < len(s.seen) {
					x := s.seen[round]
					ids, states, reasons, ats = append(ids, s.row.ID), append(states, x.state), append(reasons, x.reason), append(ats, x.at)
				}
			}
			if len(ids) == 0 {
				return nil
			}
			if _, err := tx.Exec(ctx, updateSeen, ids, states, reasons, ats, h.s.ID); err != nil {
				return fmt.Errorf("show states: %w", err)
			}
		}
	})
}

func (h *history) writeNotes(ctx context.Context) error {
	err := as(ctx, h, access.Clinical, "note", h.notes, func(n noteRow) access.Actor { return h.account(n.Author) })
	if err != nil {
		return err
	}
	return h.b.In(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
		return cast.FirstError(cast.Insert(ctx, tx, "outcome", h.outcomes), cast.Insert(ctx, tx, "contact", h.contacts), cast.Insert(ctx, tx, "case_step", h.steps))
	})
}

func (h *history) account(id uuid.UUID) access.Actor { return h.b.Accounts[id].Actor(access.Clinical) }

// writeReports follows a report's life: choices before the first signature, the first version, what was said to
// it, the second version, what was said to that, and last the releases, each with its consent before it.
func (h *history) writeReports(ctx context.Context) error {
	clinical := func(do func(*postgres.Tx) error) error { return h.b.In(ctx, h.system(access.Clinical), do) }
	own := func(r consentRow) access.Actor { return h.person(r.Organisation, r.Person) }
	say := func(rows []consentRow) error {
		var online, assisted []consentRow
		for _, r := range rows {
			if r.Assisted {
				assisted = append(assisted, r)
			} else {
				online = append(online, r)
			}
		}
		return cast.FirstError(as(ctx, h, access.Portal, "consent_event", online, own),
			as(ctx, h, access.Clinical, "consent_event", assisted, func(r consentRow) access.Actor { return h.account(r.Recorder) }))
	}
	for _, do := range []func() error{
		func() error {
			return clinical(func(tx *postgres.Tx) error { return cast.Insert(ctx, tx, "report", h.reports) })
		},
		func() error { return say(h.choices) },
		func() error {
			return clinical(func(tx *postgres.Tx) error { return cast.Insert(ctx, tx, "report_version", h.versions[0]) })
		},
		func() error { return say(h.says[0]) },
		func() error {
			return as(ctx, h, access.Portal, "correction", h.corrections, func(r correctionRow) access.Actor { return h.person(r.Organisation, r.Person) })
		},
		func() error {
			return clinical(func(tx *postgres.Tx) error { return cast.Insert(ctx, tx, "report_version", h.versions[1]) })
		},
		func() error { return say(h.says[1]) },
		func() error {
			return clinical(func(tx *postgres.Tx) error {
				return cast.FirstError(cast.Insert(ctx, tx, "released_report", h.released), cast.Insert(ctx, tx, "adjustment", h.adjustments))
			})
		},
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

const answerAdjustment = `update adjustment set status = $3, status_reason = $4, status_by = $5, status_at = $6 where released_id = $1 and n = $2`

// writeAnswers writes what recipients read and did, each behind the employer wall as themselves.
func (h *history) writeAnswers(ctx context.Context) error {
	employer := map[uuid.UUID]access.Actor{}
	for _, s := range h.stories {
		if s.referrer != nil {
			employer[s.referrer.ID] = access.Actor{Organisation: s.m.Org.ID, Service: h.s.ID, Person: s.referrer.ID, Role: access.Manager, Wall: access.Employer}
		}
	}
	err := as(ctx, h, access.Employer, "report_receipt", h.receipts, func(r receiptRow) access.Actor { return employer[r.Person] })
	if err != nil || len(h.adjusted) == 0 {
		return err
	}
	slices.SortStableFunc(h.adjusted, func(a, b adjustedRow) int { return cmp.Compare(a.by.String(), b.by.String()) })
	return h.b.In(ctx, h.system(access.Employer), func(tx *postgres.Tx) error {
		batch := &pgx.Batch{}
		for i, r := range h.adjusted {
			if i == 0 || r.by != h.adjusted[i-1].by {
				tx.Rebind(batch, employer[r.by])
			}
			batch.Queue(answerAdjustment+` and organisation_id = $7`, r.released, r.n, r.status, r.reason, r.by, r.at, employer[r.by].Organisation)
		}
		return tx.SendBatch(ctx, batch).Close()
	})
}

func (h *history) writeFeedback(ctx context.Context) error {
	return h.b.In(ctx, h.system(access.Portal), func(tx *postgres.Tx) error { return cast.Insert(ctx, tx, "feedback", h.feedback) })
}

// writeTrail writes the audit rows behind the wall each happened at, and the ledger through its own checks.
func (h *history) writeTrail(ctx context.Context) error {
	for _, w := range []access.Wall{access.Employer, access.Clinical, access.Portal} {
		err := h.b.In(ctx, h.system(w), func(tx *postgres.Tx) error { return cast.Insert(ctx, tx, "audit_event", h.audits[w]) })
		if err != nil {
			return err
		}
	}
	return h.b.In(ctx, h.system(access.Worker), func(tx *postgres.Tx) error { return h.b.Ledger.CopyIn(ctx, tx, h.ledger) })
}
