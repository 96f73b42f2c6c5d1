package house_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/walls"
)

// texts opens every cell of a sealed column of the tenant.
func (x *tenant) texts(t *testing.T, conn *pgx.Conn, c sealed.Column) (out []string) {
	t.Helper()
	rows, err := conn.Query(ctx, fmt.Sprintf(`select id, %s from %s where service_id = $1 and %[1]s is not null`, c.Name, c.Table), x.w.Service)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	box := sealed.New(x.keys)
	for rows.Next() {
		var id uuid.UUID
		var cell []byte
		if err := rows.Scan(&id, &cell); err != nil {
			t.Fatal(err)
		}
		text, err := box.Open(c, x.w.Service, id, cell)
		if err != nil {
			t.Error(err)
		}
		out = append(out, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// inClear reads every column of every table, libraries included, as a thief of the database does, and gives the tenant's
// canaries with the columns they stand in.
func (x *tenant) inClear(t *testing.T, conn *pgx.Conn) map[string][]string {
	t.Helper()
	c, err := walls.Read(ctx, conn)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, col := range c.Columns {
		text := col.Name + "::text"
		if col.Type == "bytea" {
			text = "encode(" + col.Name + ", 'escape')" // leaves letters as they are
		}
		rows, err := conn.Query(ctx, fmt.Sprintf(`select %s from %s where position($1 in %[1]s) > 0`, text, col.Table), "canary-"+x.tag+"-")
		if err != nil {
			t.Fatal(err)
		}
		found, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range canary.FindAllString(strings.Join(found, "\n"), -1) {
			out[m] = append(out[m], col.Table+"."+col.Name)
		}
	}
	return out
}

// shown are the sealed texts that stand on a page at the end of the journey. A triage rationale left the pages with the
// queue, and what is withheld is not on the person's.
func (x *tenant) shown(disclosure string) []struct {
	who    world.Who
	role   access.Role
	path   string
	fields []string
} {
	record, mine := "/cases/"+x.case1.String(), "/my/referrals/"+x.case1.String()
	return []struct {
		who    world.Who
		role   access.Role
		path   string
		fields []string
	}{
		{x.w.OHNurse, access.Nurse, record, []string{"comment", "note", "note-presenting", "note-function", "note-work", "note-risk", "addendum", "refer-on"}},
		{x.w.OHPhysician, access.Physician, record + "/disclosure/" + disclosure, []string{"statement", "disclosure-rationale", "not-told"}},
		{x.w.OHCounsellor, access.Counsellor, record, []string{"counselling", "counselling-presenting"}},
		{x.w.Nurse, access.Person, "/my/record", []string{"note", "counselling"}},
		{x.w.Nurse, access.Person, mine, []string{"comment"}},
		{x.w.Peer, access.Person, "/my/refer/" + x.case2.String(), []string{"self-referral"}},
		{x.w.Peer, access.Person, "/my/record", []string{"self-note"}},
		{x.w.OHNurse, access.Nurse, "/development", []string{"goal", "goal-why", "goal-step", "plan-review"}},
		{x.w.OHNurse, access.Nurse, "/mentoring/with/" + x.mentorship.String(), []string{"mentoring-goal", "mentoring-log"}},
	}
}

// TestStolenDatabase does the whole job and then looks at the database without its keys: what was sealed stands nowhere
// in clear. With the keys it is all there, and those whom it was written for read it on their pages.
func TestStolenDatabase(t *testing.T) {
	h := open(t)
	x := h.journey("stolen")
	conn := h.super()
	secret := map[string]string{}
	for _, c := range sealed.Columns {
		texts := x.texts(t, conn, c)
		if len(texts) == 0 {
			t.Errorf("%s.%s is empty after the journey", c.Table, c.Name)
		}
		for _, m := range canary.FindAllString(strings.Join(texts, "\n"), -1) {
			secret[m] = c.Table + "." + c.Name
		}
	}
	clear := x.inClear(t, conn)
	if len(secret) < 20 || len(clear) < 5 {
		t.Fatalf("%d canaries sealed and %d in clear: the test looks at the wrong tenant", len(secret), len(clear))
	}
	for m, where := range secret {
		if len(clear[m]) > 0 {
			t.Errorf("%s of %s stands in clear in %s", m, where, strings.Join(clear[m], ", "))
		}
	}
	for _, s := range x.shown(x.disclosure(conn)) {
		page := h.signIn(s.who, s.role).get(s.path).body
		for _, field := range s.fields {
			m := x.say(private, field)
			if secret[m] == "" || !strings.Contains(page, m) {
				t.Errorf("%s: sealed in %q; the %s finds it on %s: %v", m, secret[m], s.role, s.path, strings.Contains(page, m))
			}
		}
	}
	t.Logf("%d canaries sealed in %d columns, none in clear; %d others are not sealed: %s", len(secret), len(sealed.Columns), len(clear),
		strings.Join(slices.Sorted(maps.Keys(clear)), " "))
}

// disclosure is the id of the tenant's one disclosure.
func (x *tenant) disclosure(conn *pgx.Conn) (id string) {
	x.t.Helper()
	if err := conn.QueryRow(ctx, `select id::text from disclosure where service_id = $1`, x.w.Service).Scan(&id); err != nil {
		x.t.Fatal(err)
	}
	return id
}

// TestMovedText puts the ciphertext of one row into another, as a database administrator could who would have a
// colleague read the wrong words: the page says so and shows nothing, the log names the cell, and the rest goes on.
func TestMovedText(t *testing.T) {
	h := open(t)
	x := h.journey("moved")
	conn := h.super()
	nurse, physician, person := h.signIn(x.w.OHNurse, access.Nurse), h.signIn(x.w.OHPhysician, access.Physician), h.signIn(x.w.Nurse, access.Person)
	record := "/cases/" + x.case1.String()
	for _, tt := range []struct {
		column sealed.Column
		sql    string // with the case to spoil as $1
		who    *visitor
		path   string
	}{
		{sealed.NoteBody, `update note set body = (select body from note where casefile_id <> $1 and service_id = $2 limit 1) where casefile_id = $1`, nurse, record},
		{sealed.NoteFindings, `update note set findings = body where casefile_id = $1 and service_id = $2`, person, "/my/record"},
		{sealed.NoteWithheld, `update note set withheld_reason = '' where casefile_id = $1 and service_id = $2 and withheld_reason is not null`, nurse, record},
		{sealed.StepWhy, `update case_step set why = substr(why, 1, 40) where casefile_id = $1 and service_id = $2`, nurse, record},
		{sealed.OHComment, `update oh_comment set text = (select text from self_referral where service_id = $2 limit 1) where referral_id = $1`, person, "/my/referrals/" + x.case1.String()},
		{sealed.DisclosureStatement, `update disclosure set statement = rationale where casefile_id = $1 and service_id = $2`, physician, record + "/disclosure/" + x.disclosure(conn)},
	} {
		t.Run(tt.column.Table+"."+tt.column.Name, func(t *testing.T) {
			if a := tt.who.get(tt.path); a.status != http.StatusOK || !strings.Contains(a.body, "canary-moved-"+private) {
				t.Fatalf("%s answers %d before anything was moved", tt.path, a.status)
			}
			tx, err := conn.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			kept := fmt.Sprintf(`create temporary table kept on commit preserve rows as select id, %s as cell from %s where service_id = $1`, tt.column.Name, tt.column.Table)
			for _, do := range []struct {
				sql  string
				args []any
			}{{`set local session_replication_role = replica`, nil}, {kept, []any{x.w.Service}}, {tt.sql + ` and $2::uuid is not null`, []any{x.case1, x.w.Service}}} {
				if _, err := tx.Exec(ctx, do.sql, do.args...); err != nil {
					t.Fatal(err)
				}
			}
			if err := tx.Commit(ctx); err != nil {
				t.Fatal(err)
			}
			a := tt.who.get(tt.path)
			if a.status != http.StatusInternalServerError || !strings.Contains(a.body, "Part of this record cannot be opened") || canary.MatchString(a.whole()) {
				t.Errorf("%s answers %d: %s", tt.path, a.status, a.body)
			}
			if log := h.log.String(); !strings.Contains(log, "open "+tt.column.Table+"."+tt.column.Name+" of ") || canary.MatchString(log) {
				t.Error("the log does not name the cell, or quotes it")
			}
			if a := tt.who.get("/account"); a.status >= http.StatusInternalServerError {
				t.Errorf("the rest of the house answers %d", a.status)
			}
			restore := fmt.Sprintf(`update %s t set %s = k.cell from kept k where t.id = k.id`, tt.column.Table, tt.column.Name)
			for _, sql := range []string{`set session_replication_role = replica`, restore, `drop table kept`, `reset session_replication_role`} {
				if _, err := conn.Exec(ctx, sql); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
