package walls_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/walls"
)

// tenant is one side of the wall. Every id of its rows that is not a tenant's is who, so that all rows of a tenant
// belong together and a policy that looks into a neighbour table finds its row there.
type tenant struct{ organisation, service, who uuid.UUID }

func newTenant() tenant { return tenant{uuid.New(), uuid.New(), uuid.New()} }

// settings are what InTenant sets for somebody of this tenant.
func (x tenant) settings() map[string]string {
	return map[string]string{"organisation": x.organisation.String(), "service": x.service.String(), "person": x.who.String(), "account": x.who.String()}
}

// value makes up a value for a column: present wherever a policy could ask for presence, absent where it could ask
// for absence (a text, sealed or not, or a date that may be missing).
func (x tenant) value(c walls.Column) string {
	switch base, _, _ := strings.Cut(c.Type, "("); {
	case c.Name == "organisation_id":
		return "'" + x.organisation.String() + "'"
	case c.Name == "service_id":
		return "'" + x.service.String() + "'"
	case c.Type == "uuid":
		return "'" + x.who.String() + "'"
	case c.Type == "uuid[]":
		return "array['" + x.who.String() + "']::uuid[]"
	case (base == "text" || base == "bytea" || base == "date") && !c.NotNull:
		return "null"
	case base == "date":
		return "date '2020-04-01'"
	case strings.HasPrefix(base, "timestamp"):
		return "now()"
	case base == "text":
		return "'" + strings.ReplaceAll(x.who.String(), "-", "") + "'"
	case base == "bytea":
		return "'\\x" + strings.ReplaceAll(x.who.String(), "-", "") + "'"
	case c.Name == "under_withheld": // it hides a row, as a date of withholding does
		return "false"
	case base == "boolean":
		return "true"
	case base == "jsonb":
		return "'{}'"
	case strings.HasPrefix(base, "time"):
		return "'09:00'"
	case strings.HasSuffix(base, "[]"):
		return "'{}'"
	default:
		return "7" // fits every column of numbers
	}
}

// row writes the insert of one row.
func (x tenant) row(c *walls.Catalogue, table string) string {
	var names, values []string
	for _, col := range c.Columns {
		if col.Table == table && !col.Generated {
			names, values = append(names, col.Name), append(values, x.value(col))
		}
	}
	return fmt.Sprintf("insert into %s (%s) values (%s)", table, strings.Join(names, ", "), strings.Join(values, ", "))
}

// stage is a transaction in which checks and triggers sleep, so that a row can be made for any table; it is rolled back.
type stage struct {
	t  *testing.T
	tx pgx.Tx
	c  *walls.Catalogue
	d  *walls.Declared
}

func newStage(t *testing.T) *stage {
	t.Helper()
	conn := connect(t)
	c, d := read(t, conn)
	tx, err := conn.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	s := &stage{t, tx, c, d}
	s.exec(`set local session_replication_role = replica`)
	s.exec(`do $$ declare k record; begin
 for k in select conrelid::regclass as tab, conname from pg_constraint where contype = 'c' and conrelid <> 0 and connamespace = 'public'::regnamespace loop
 execute format('alter table %s drop constraint %I', k.tab, k.conname); end loop; end $$`)
	return s
}

func (s *stage) exec(sql string) {
	s.t.Helper()
	if _, err := s.tx.Exec(context.Background(), sql); err != nil {
		s.t.Fatalf("%s: %v", sql, err)
	}
}

// seed gives every tenant table, and the tables that decide who serves whom, a row of the tenant.
func (s *stage) seed(x tenant) {
	s.t.Helper()
	for _, table := range s.tenantTables() {
		s.exec(x.row(s.c, table))
	}
	s.exec(x.row(s.c, "contract"))
	s.exec(x.row(s.c, "audit_event"))
}

func (s *stage) tenantTables() (out []string) {
	for _, t := range s.c.Tables {
		if s.d.Class(t.Name).Tenant() {
			out = append(out, t.Name)
		}
	}
	return out
}

// as runs statements under a login with settings, and takes them back.
func (s *stage) as(login string, settings map[string]string, fn func(tx pgx.Tx)) {
	s.t.Helper()
	inner, err := s.tx.Begin(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = inner.Rollback(context.Background()) }()
	for _, name := range []string{"organisation", "service", "person", "account", "sealer"} {
		if _, err := inner.Exec(context.Background(), `select set_config($1, $2, true)`, "app."+name, settings[name]); err != nil {
			s.t.Fatal(err)
		}
	}
	if _, err := inner.Exec(context.Background(), "set local role "+postgres.LoginPrefix+login); err != nil {
		s.t.Fatal(err)
	}
	fn(inner)
}

// granted lists the logins that hold a command on a table.
func (s *stage) granted(table, verb string) (out []string) {
	for _, g := range s.c.Grants {
		if g.Kind == "table" && g.Object == table && g.Verb == verb && !slices.Contains(out, g.Login) {
			out = append(out, g.Login)
		}
	}
	return out
}

// open says whether a policy opens rows of every tenant to a house login on purpose: all of them (starred in docs/walls.md), or those
// in some state, without a word about whose. The lint refuses such a rule to the other logins.
func (s *stage) open(table, login, verb string) bool {
	return slices.ContainsFunc(s.c.Policies, func(p walls.Policy) bool {
		return p.Table == table && p.Login == login && p.Verb == verb && (p.Using == "true" || (verb == "insert" && p.Check == "true") ||
			slices.Contains([]string{"hall", "audit", "worker"}, login) && !strings.Contains(p.Using+p.Check, "app."))
	})
}

// column is one that the login may read; a tenant's row is told by the column that leads its keys, which all may read.
func tenantColumn(class walls.Class) string {
	if class == walls.Service {
		return "service_id"
	}
	return "organisation_id"
}

func (x tenant) key(class walls.Class) uuid.UUID {
	if class == walls.Service {
		return x.service
	}
	return x.organisation
}

// TestWrongTenant puts a row of two tenants into every tenant table and looks from one at the other's, under every
// login that may look at all. From its own tenant the row is there, so an empty answer means the wall and not an
// empty table.
func TestWrongTenant(t *testing.T) {
	s := newStage(t)
	a, b := newTenant(), newTenant()
	s.seed(a)
	s.seed(b)
	looked, refused := 0, 0
	for _, table := range s.tenantTables() {
		class := s.d.Class(table)
		count := func(tx pgx.Tx, whose tenant) (n int) {
			sql := fmt.Sprintf("select count(*) from %s where %s = $1", table, tenantColumn(class))
			if err := tx.QueryRow(context.Background(), sql, whose.key(class)).Scan(&n); err != nil {
				t.Errorf("%s: %v", sql, err)
			}
			return n
		}
		for _, login := range s.granted(table, "select") {
			s.as(login, a.settings(), func(tx pgx.Tx) {
				if n := count(tx, a); n != 1 {
					t.Errorf("%s sees %d rows of its own tenant in %s, want 1", login, n, table)
				}
			})
			if s.open(table, login, "select") {
				continue
			}
			for name, settings := range strangers(a, b, login, table, s) {
				s.as(login, settings, func(tx pgx.Tx) {
					looked++
					if n := count(tx, a); n != 0 {
						t.Errorf("%s with %s sees %d foreign rows in %s", login, name, n, table)
					}
				})
			}
		}
		refused += s.writeAcross(table, a, b)
	}
	if looked < 150 || refused < 50 {
		t.Errorf("only %d looks and %d writes tried", looked, refused)
	}
	t.Logf("%d looks found nothing, %d writes changed nothing", looked, refused)
}

// strangers are the settings under which rows of a must not show: another tenant's, none at all, and somebody else of the same
// tenant, for the portal and where rows belong to an account.
func strangers(a, b tenant, login, table string, s *stage) map[string]map[string]string {
	out := map[string]map[string]string{"the other tenant's settings": b.settings(), "no settings": {}}
	personal := slices.ContainsFunc(s.c.Policies, func(p walls.Policy) bool {
		return p.Table == table && p.Login == login && p.Verb == "select" && strings.Contains(p.Using, "app.person")
	})
	if personal {
		out["a colleague's settings"] = map[string]string{"organisation": a.organisation.String(), "service": a.service.String(), "person": b.who.String(), "account": b.who.String()}
		out["their own person id in another tenant"] = map[string]string{"organisation": b.organisation.String(), "service": b.service.String(), "person": a.who.String(), "account": a.who.String()}
	}
	if named := slices.ContainsFunc(s.c.Policies, func(p walls.Policy) bool {
		return p.Table == table && p.Login == login && p.Verb == "select" && strings.Contains(p.Using, "app.account")
	}); named {
		out["a colleague's account"] = map[string]string{"organisation": a.organisation.String(), "service": a.service.String(), "person": b.who.String(), "account": b.who.String()}
	}
	return out
}

// writeAcross tries to change, delete and insert rows of a as somebody of b.
func (s *stage) writeAcross(table string, a, b tenant) (tried int) {
	s.t.Helper()
	class := s.d.Class(table)
	stranger := a
	stranger.who = uuid.New()
	for verb, sql := range map[string]string{
		"update": "update " + table + " set %s where " + tenantColumn(class) + " = '" + a.key(class).String() + "'",
		"delete": "delete from " + table + " where " + tenantColumn(class) + " = '" + a.key(class).String() + "'",
		"insert": stranger.row(s.c, table),
	} {
		for _, login := range s.granted(table, verb) {
			if s.open(table, login, verb) {
				continue
			}
			statement := sql
			if verb == "update" {
				col := s.updatable(table, login)
				statement = fmt.Sprintf(sql, col+" = "+col)
			}
			s.as(login, b.settings(), func(tx pgx.Tx) {
				tried++
				tag, err := tx.Exec(context.Background(), statement)
				switch {
				case err != nil && postgres.Code(err) != postgres.PermissionDenied:
					s.t.Errorf("%s: %s: %v", login, statement, err)
				case err == nil && tag.RowsAffected() > 0:
					s.t.Errorf("%s of another tenant may %s in %s", login, verb, table)
				}
			})
		}
	}
	return tried
}

// updatable names a column that the login may set.
func (s *stage) updatable(table, login string) string {
	for _, g := range s.c.Grants {
		if g.Object == table && g.Login == login && g.Verb == "update" && len(g.Columns) > 0 {
			return g.Columns[0]
		}
	}
	for _, col := range s.c.Columns {
		if col.Table == table {
			return col.Name
		}
	}
	return ""
}
