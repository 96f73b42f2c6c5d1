package caretest

import (
	"context"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// closed are the columns of some tables that the employer login may touch, with their type and the constraints that bind them alone.
const closed = `select c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
 coalesce((select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]), '')
 from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'public'::regnamespace and c.relname = any ($1)
 and (has_column_privilege('rowan_employer', c.oid, a.attnum, 'select') or has_column_privilege('rowan_employer', c.oid, a.attnum, 'insert') or has_column_privilege('rowan_employer', c.oid, a.attnum, 'update'))`

// list is a constraint that leaves a column the codes of a list.
var list = regexp.MustCompile(`= ANY \(ARRAY\[(.*?)\]\)`)

// Coded holds tables to ids, days and codes, and what else is named, such as numbers: every column that the employer login may read or
// write is one of these, and one of text holds the codes of lists, "table.column": codes. It gives how many columns there are.
func Coded(t testing.TB, conn *pgx.Conn, tables []string, lists map[string][]string, also ...string) (seen int) {
	t.Helper()
	rows, err := conn.Query(context.Background(), closed, tables)
	if err != nil {
		t.Fatal(err)
	}
	var column, kind, check string
	if _, err := pgx.ForEachRow(rows, []any{&column, &kind, &check}, func() error {
		seen++
		if slices.Contains(append([]string{"uuid", "date", "timestamp with time zone"}, also...), kind) {
			return nil
		}
		m := list.FindStringSubmatch(check)
		if kind != "text" || m == nil {
			t.Errorf("%s is %s, and can hold any text: %q", column, kind, check)
			return nil
		}
		var codes []string
		for _, c := range strings.Split(m[1], ",") {
			code, _, _ := strings.Cut(strings.Trim(strings.TrimSpace(c), "'"), "'")
			codes = append(codes, code)
		}
		want := slices.Clone(lists[column])
		slices.Sort(codes)
		slices.Sort(want)
		if !slices.Equal(codes, want) {
			t.Errorf("%s holds %q, the list has %q", column, codes, want)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return seen
}

var (
	inputs  = regexp.MustCompile(`<input\b[^>]*>`)
	inputOf = regexp.MustCompile(`name="([^"]*)"`)
	typeOf  = regexp.MustCompile(`type="([^"]*)"`)
)

// NoRoom holds a page to choices, the parts of dates, and the fields that are read as numbers.
func NoRoom(t testing.TB, path string, p *webtest.Page, numbers ...string) {
	t.Helper()
	if strings.Contains(p.Body, "<textarea") || strings.Contains(p.Body, "contenteditable") || strings.Contains(p.Body, `type="file"`) {
		t.Errorf("%s has a place to write", path)
	}
	for _, in := range inputs.FindAllString(p.Body, -1) {
		kind, field := typeOf.FindStringSubmatch(in), inputOf.FindStringSubmatch(in)
		if field == nil || kind != nil && slices.Contains([]string{"hidden", "radio", "checkbox", "submit"}, kind[1]) || slices.Contains(numbers, field[1]) {
			continue
		}
		if !strings.HasSuffix(field[1], "-day") && !strings.HasSuffix(field[1], "-month") && !strings.HasSuffix(field[1], "-year") {
			t.Errorf("%s asks %s", path, in)
		}
	}
}

// Nowhere searches every table of the database for words that were typed, as text and as the bytes of it.
func Nowhere(t testing.TB, conn *pgx.Conn, words string) {
	t.Helper()
	ctx := context.Background()
	rows, err := conn.Query(ctx, `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r','p') and n.nspname not in ('pg_catalog','information_schema')`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 50 {
		t.Fatal(tables, err)
	}
	for _, table := range tables {
		var n int
		if err := conn.QueryRow(ctx, `select count(*) from `+table+` x where x::text like '%`+words+`%' or x::text like '%`+hex.EncodeToString([]byte(words))+`%'`).Scan(&n); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		if n != 0 {
			t.Errorf("%d rows of %s hold what was typed", n, table)
		}
	}
}
