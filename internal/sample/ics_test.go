package sample_test

import (
	"context"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/sample"
)

// TestICS: the ICS of eight organisations, each with few people. What its tables hold came by the releases of two years.
func TestICS(t *testing.T) {
	b := build(t, "ics", sample.Options{Seed: 1, ICS: true})
	if is, err := sample.IsICS(context.Background(), b.DB); err != nil || !is {
		t.Errorf("it is not taken for the ICS: %v", err)
	}
	for rule, sql := range rules {
		if n := ask[int](t, b, sql); n > 0 {
			t.Errorf("%d times: %s", n, rule)
		}
	}
	// now is 19 November 2026: the newest month is October, the first of all November 2024.
	at := func(metric, month, more string) int {
		return ask[int](t, b, `select count(distinct code) from system_value where metric = $1 and month = $2::date and `+more, metric, month)
	}
	// Of a small organisation a month may have had nobody to count; K10 counts appointments, and somebody was due in most months.
	code := func(ods string) string {
		return ask[string](t, b, `select c.code from sharing_code c join organisation o on o.id = c.organisation_id where o.ods_code = $1 order by c.made_at limit 1`, ods)
	}
	months := func(ods, metric string) int {
		return ask[int](t, b, `select count(*) from system_value where code = $1 and metric = $2`, code(ods), metric)
	}
	if n := ask[int](t, b, `select count(*) from service`); n != 8 {
		t.Errorf("%d services", n)
	}
	if n := ask[int](t, b, `select count(distinct code) from system_release`); n != 8 {
		t.Errorf("%d organisations have released", n)
	}
	if n := at("K10", "2025-06-01", "true"); n < 6 {
		t.Errorf("%d organisations in June 2025", n)
	}
	// Withdrawn from the release of May 2026 on; in every past one. What was agreed on before is kept, and its name is no longer given.
	left := code("ZF1")
	if n := ask[int](t, b, `select count(*) from system_value where code = $1 and month >= '2026-05-01'`, left); n != 0 {
		t.Errorf("who withdrew has %d figures since", n)
	}
	if n := ask[int](t, b, `select count(*) from system_release where code = $1 and as_at < '2026-05-01'`, left); n < 15 {
		t.Errorf("who withdrew is in %d past releases", n)
	}
	if months("ZE1", "K09") != 0 || months("ZE1", "K10") == 0 || months("ZS1", "K18") != 0 || months("ZS1", "K19") != 0 {
		t.Error("what was not agreed on has left")
	}
	// The late one has told no month before its time, and all of them.
	if n := ask[int](t, b, `select count(*) from system_release where code = $1 and as_at in ('2026-06-30', '2026-07-31')`, code("ZT1")); n != 0 {
		t.Error("who was late released in time")
	}
	if n := ask[int](t, b, `select count(*) from system_value v join system_release r on r.organisation_id = v.organisation_id and r.id = v.release_id where v.code = $1 and v.month in ('2026-06-01', '2026-07-01') and r.as_at = '2026-08-31'`, code("ZT1")); n == 0 {
		t.Error("who was late never released what it owed")
	}
	if n := ask[int](t, b, `select count(*) from system_release where code = $1 and as_at < '2026-01-31'`, code("ZC1")); n != 0 {
		t.Error("the last to join released before it had joined")
	}
	if n := ask[int](t, b, `select count(*) from system_release where code = $1 and name <> ''`, code("ZH1")); n != 0 {
		t.Error("who does not give its name is named")
	}
	if n := ask[int](t, b, `select count(*) from system_value where metric = 'gaps'`); n < 6 {
		t.Errorf("%d organisations have told of gaps", n)
	}
	// Each that gives its name and has not withdrawn takes part in the skills bank, and offers something; some look for a skill.
	if n := ask[int](t, b, `select count(distinct organisation_id) from skills_offer o where exists (select 1 from skills_held h where h.organisation_id = o.organisation_id and h.offer_id = o.id)`); n != 6 {
		t.Errorf("%d organisations offer a skill", n)
	}
	if n := ask[int](t, b, `select count(distinct organisation_id) from skills_need`); n < 4 {
		t.Errorf("%d organisations look for a skill", n)
	}
	if n := ask[int](t, b, `select count(distinct model) from system_release where taken_at >= '2026-11-01'`); n < 4 {
		t.Errorf("%d models of service", n)
	}
	if n := ask[int](t, b, `select count(*) from role_grant where role = 'system_lead'`); n != 1 {
		t.Errorf("%d ICS leads", n)
	}
}
