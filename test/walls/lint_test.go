package walls_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/test/walls"
)

// TestLint breaks each rule once, in a transaction that is rolled back, and wants it named.
func TestLint(t *testing.T) {
	tests := []struct{ name, sql, want string }{
		{"a new table", `create table extra (id uuid primary key); call wall.close('extra')`, "table extra declares no class"},
		{"a new column", `alter table note add column mood text`, "column note.mood declares no data class"},
		{"a table gone", `drop table chart_mark`, "table chart_mark is declared and does not exist"},
		{"a column gone", `alter table triage drop column rationale`, "column triage.rationale is declared and does not exist"},
		{"row security off", `alter table note disable row level security`, "table note: row security is not enabled and forced"},
		{"row security not forced", `alter table note no force row level security`, "table note: row security is not enabled and forced"},
		{"a grant without a policy", `grant delete on note to rowan_clinical`, "table note: clinical may delete and no policy"},
		{"a write without a check", `create policy x on note for insert to rowan_clinical`, "rows are written without a check"},
		{"a bare setting", `create policy x on post for select to rowan_employer using (site = current_setting('app.organisation'))`, "outside a scalar sub-select"},
		{"a volatile function", `create policy x on post for select to rowan_employer using (organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and random() < 0.5)`, "calls random, which is volatile"},
		{"a policy for all commands", `create policy x on post to rowan_employer using (true) with check (true)`, "for one command and one login"},
		{"every tenant's rows", `call wall.allow('casefile_state', 'rowan_clinical', 'd', 'true')`, "opens rows of every tenant to clinical"},
		{"people without asking", `call wall.allow('outbox', 'rowan_portal', 's', 'true')`, "shows portal what is about somebody"},
		{"a key over tenants", `create unique index on person (employee_number)`, "key person.person_employee_number_idx is not led by the tenant"},
		{"a reference over tenants", `create unique index u on note (id); alter table contact add foreign key (id) references note (id)`, "is not led by the tenant of note"},
		{"a key on one side", `alter table referral_version drop constraint referral_version_service_id_referral_id_version_key`, "referral_version crosses: it needs a unique key led by service_id"},
		{"a tenant that may be missing", `alter table referral_draft drop constraint referral_draft_pkey; alter table referral_draft alter organisation_id drop not null`, "referral_draft needs organisation_id"},
		{"a clinical column for the employer", `grant select (clinician_name) on appointment to rowan_employer`, "employer may read appointment.clinician_name, which is D3"},
		{"a person for growth", `call wall.allow('person', 'rowan_growth', 's', 'organisation')`, "growth may read person.family_name, which is D1"},
		{"the record for the worker", `call wall.allow('triage', 'rowan_worker', 's', 'service')`, "worker may read triage.outcome of the clinical record"},
		{"sealed text for the worker", `call wall.allow('triage', 'rowan_worker', 's', 'service')`, "worker may read triage.rationale, which is D4"},
		{"sealed text in clear", `alter table note alter body type text using encode(body, 'escape')`, "column note.body is D5, so sealed, and holds text"},
		{"a twin in clear", `alter table note add body_text text`, "column note.body_text could be the text of the sealed body in clear"},
		{"a twin by another name", `alter table triage add plain_rationale text`, "column triage.plain_rationale could be the text of the sealed rationale in clear"},
		{"a clinical table for the employer", `call wall.allow('note', 'rowan_employer', 'i', 'service')`, "a clinical table is open to another wing"},
		{"passwords for the employer", `call wall.allow('account', 'rowan_employer', 'i', 'organisation')`, "the hall's alone"},
		{"everybody", `grant select on organisation to public`, "granted to everybody"},
		{"a function for everybody", `grant execute on function taken_slots(timestamptz, timestamptz) to public`, "granted to everybody"},
		{"truncate", `grant truncate on rollup_count to rowan_worker`, "no login needs worker truncate"},
		{"jobs of all tenants", `grant usage on schema river to rowan_clinical; grant select on river.river_job to rowan_clinical`, "only the worker looks"},
		{"a sequence", `create sequence s; grant usage on sequence s to rowan_employer`, "a sequence counts"},
		{"a definer function", `create function f() returns int language sql security definer set search_path = pg_catalog as 'select 1'`, "is not on the list"},
		{"a loose path", `alter function taken_slots(timestamptz, timestamptz) reset search_path`, "no fixed search_path"},
		{"a path that begins in pg_temp", `alter function taken_slots(timestamptz, timestamptz) set search_path = pg_catalog, public`, "ends in pg_temp"},
		{"a view with its owner's eyes", `create view v as select * from note`, "view v must be security_invoker"},
		{"a copy", `create materialized view v as select * from note`, "holds a copy"},
		{"a login that makes things", `grant create on schema public to rowan_employer`, "employer may create in public"},
		{"a login that owns", `reset role; create table mine (id uuid); alter table mine owner to rowan_worker`, "a login owns something: rowan_worker owns pg_class"},
		{"a login in another", `reset role; grant rowan_clinical to rowan_employer`, "employer is a member of rowan_clinical"},
		{"a login with powers", `reset role; alter role rowan_audit bypassrls createdb`, "audit has bypassrls, createdb"},
	}
	conn := connect(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx := context.Background()
			tx, err := conn.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(ctx) }()
			if _, err := tx.Exec(ctx, "set local role rowan_owner; "+tt.sql); err != nil {
				t.Fatal(err)
			}
			c, d := read(t, tx)
			faults := walls.Lint(c, d)
			if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("found %q, want %q", faults, tt.want)
			}
		})
	}
}

// TestSealedAsDeclared changes the declaration instead: the code seals other columns than it, and under other classes.
func TestSealedAsDeclared(t *testing.T) {
	for name, tt := range map[string]struct {
		from, to string
		want     string
	}{
		"not sealed any more": {"D4: [why]", "D2: [why]", "column case_step.why is sealed by the code and declared D2, which is not sealed"},
		"another class":       {"D4: [why]", "D5: [why]", "column case_step.why is D5, so sealed, and the code does not seal it as that"},
		"sealed from now on":  {"D3: [comment]", "D4: [comment]", "column feedback.comment is D4, so sealed, and the code does not seal it as that"},
		"bytes were promised": {"D3: [comment]", "D4: [comment]", "column feedback.comment is D4, so sealed, and holds text"},
		"nothing is sealed":   {"sealed: [D4, D5]", "sealed: []", "column note.body is sealed by the code and declared D5, which is not sealed"},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := read(t, connect(t))
			source, err := os.ReadFile("../../database/dataclass.yaml")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(source), tt.from) {
				t.Fatalf("the declaration does not say %q", tt.from)
			}
			d, err := walls.Parse([]byte(strings.ReplaceAll(string(source), tt.from, tt.to)))
			if err != nil {
				t.Fatal(err)
			}
			if faults := walls.Lint(c, d); !slices.Contains(faults, tt.want) {
				t.Errorf("found %q, want %q", faults, tt.want)
			}
		})
	}
}
