package wing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/clinicalaudit"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// minutes is a file as a service keeps it: text, so that its words are searched.
const minutes = `Minutes of the clinical governance meeting, occupational health

Present: head of occupational health, lead nurse, lead physician, lead physiotherapist

1. Complaints. Three since the last meeting, all answered in time. Two were about waiting, one about a room.
   What we changed: the letter now says how long it takes. Answers for it: lead nurse.
2. Significant events. None.
3. Cold chain. One alarm of the vaccine fridge, at night. Nothing was lost. The service contract is renewed.
4. Next meeting in three months.
`

// evidence is the evidence room a year on: standards met, nearly met and open, evidence of each kind in each of its
// states, an audit that was repeated, and a snapshot of which the next is not far away.
func (t *story) evidence(ctx context.Context) error {
	if _, err := t.room.StartOutline(ctx, t.lead, t.ago(360)); err != nil {
		return err
	}
	r, err := t.room.Read(ctx, t.lead, t.Now)
	if err != nil {
		return err
	}
	codes := map[string]uuid.UUID{}
	for _, s := range r.Standards {
		codes[s.Code] = s.ID
	}
	file, err := document.Take("clinical-governance-minutes.txt", strings.NewReader(minutes))
	if err != nil {
		return err
	}
	today, frozen := locale.Day(t.Now), false
	const head, nurse, physician, director = "Head of occupational health", "Lead nurse", "Lead physician", "Medical director"
	for _, x := range []struct {
		item  evidence.NewItem
		codes string
		ago   int // days ago it was added
		to    evidence.Status
	}{
		{evidence.NewItem{Kind: evidence.KindLink, Title: "Indemnity certificate", Body: "https://intranet.wyrevalley.example/indemnity", Owner: head, Reviewer: director, ValidUntil: today.AddDays(24)}, "R1.3", 340, evidence.Accepted},
		{evidence.NewItem{Kind: evidence.KindLink, Title: "Service of the vaccine fridge", Body: "https://intranet.wyrevalley.example/fridge", Owner: nurse, Reviewer: head, ValidUntil: today.AddDays(-11)}, "R2.5 R2.6", 330, evidence.Accepted},
		{evidence.NewItem{Kind: evidence.KindLink, Title: "Records policy, version 3", Body: "https://intranet.wyrevalley.example/records", Owner: head, Reviewer: director, ValidUntil: today.AddDays(410)}, "R4.1 R4.2 R5.4", 320, evidence.Accepted},
		{evidence.NewItem{Kind: evidence.KindNote, Title: "How registration is checked", Body: "Each quarter the lead nurse checks the registers of the professional bodies for everybody in the team, and writes the day into the staff file.\nNobody sees staff whose registration has lapsed.", Owner: nurse, Reviewer: physician, ValidUntil: today.AddDays(70)}, "R2.1", 290, evidence.Accepted},
		{evidence.NewItem{Kind: evidence.KindFigure, Figure: ref("indicator/K02"), Owner: head, Reviewer: director}, "R3.1", 60, evidence.Accepted},
		{evidence.NewItem{Kind: evidence.KindFile, Title: "Minutes of the clinical governance meeting", File: &file, Owner: head, Reviewer: director, ValidUntil: today.AddDays(300)}, "R1.5 R5.3", 48, evidence.Accepted},
		{evidence.NewItem{Kind: evidence.KindNote, Title: "Plan of clinical audits", Body: "Two a year: pain flags in the spring, advice on adjustments in the autumn. Each is repeated after half a year.", Owner: physician, Reviewer: head}, "R5.1 R5.2", 20, evidence.Review},
		{evidence.NewItem{Kind: evidence.KindNote, Title: "Induction", Body: "The checklist is being rewritten with the practice educator.", Owner: nurse, Reviewer: head}, "R2.3", 6, evidence.Draft},
	} {
		if x.ago < snapshotAgo && !frozen {
			frozen = true
			if err := t.room.Snapshot(ctx, t.lead, t.ago(snapshotAgo), t.Next()); err != nil {
				return err
			}
		}
		at := t.ago(x.ago)
		x.item.ID, x.item.Collected = t.Next(), locale.Day(at)
		for _, code := range strings.Fields(x.codes) {
			id, ok := codes[code]
			if !ok {
				return fmt.Errorf("the outline has no %s", code)
			}
			x.item.Standards = append(x.item.Standards, id)
		}
		if err := t.keep(ctx, at, x.item, x.to); err != nil {
			return fmt.Errorf("%s: %w", x.item.Title, err)
		}
	}
	return t.audits(ctx, today)
}

// snapshotAgo is how many days ago the evidence was frozen: the next is due within two months.
const snapshotAgo = 310

// keep adds an item and takes it as far as it came.
func (t *story) keep(ctx context.Context, at time.Time, n evidence.NewItem, to evidence.Status) error {
	if err := t.room.Add(ctx, t.lead, at, n); err != nil {
		return err
	}
	for _, step := range []evidence.Status{evidence.Review, evidence.Accepted} {
		if to == evidence.Draft {
			return nil
		}
		if err := t.room.Move(ctx, t.lead, at.Add(48*time.Hour), n.ID, step); err != nil {
			return err
		}
		if step == to {
			return nil
		}
	}
	return nil
}

// audits are one clinical audit and its repetition half a year later.
func (t *story) audits(ctx context.Context, today civil.Date) error {
	first := clinicalaudit.New{ID: t.Next(), Topic: "Signs that back pain may last", Standard: "The signs that back pain may last are asked for and written down at the first appointment.", Target: 90,
		On: today.AddDays(-230), Sample: 80, Denominator: 64, Numerator: 41, Found: "They are asked for more often than they are written down. The template has no place for them.",
		Actions: "A place in the template, and half an hour of teaching.", Owner: "Lead physiotherapist", Again: today.AddDays(-50)}
	again := first
	again.ID, again.First, again.On, again.Again = t.Next(), first.ID, today.AddDays(-45), today.AddDays(320)
	again.Sample, again.Denominator, again.Numerator = 80, 66, 62
	again.Found, again.Actions = "They are written down at nearly every first appointment.", "Nothing more. We look again in a year."
	return all(
		func() error { return t.clinical.Record(ctx, t.lead, t.ago(225), first) },
		func() error { return t.clinical.Record(ctx, t.lead, t.ago(40), again) },
	)
}
