package walls

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Querier is a connection or transaction with a superuser's eyes.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Catalogue is what PostgreSQL says about the schema. Tables of public go by their name alone, others by schema.name.
type Catalogue struct {
	Tables    []Table
	Columns   []Column
	Policies  []Policy
	Keys      []Key
	Grants    []Grant
	Functions []Function
	Others    []Relation // views, materialised views, sequences
	Roles     []Role
	Owned     []string // "rowan_hall owns table x"
	Volatile  map[string]bool
}

// Table is a table and whether row security is on and forced.
type Table struct {
	Name             string
	Enabled, Forced  bool
	OwnedByMigration bool
}

// Column is a column of a table.
type Column struct {
	Table, Name, Type string
	NotNull           bool
	Generated         bool // computed from other columns of its row: nobody writes it
}

// Policy is a row policy.
type Policy struct {
	Table, Name, Login, Verb string
	Using, Check             string
	Permissive               bool
}

// Key is a primary key, unique index or foreign key.
type Key struct {
	Table, Name, Kind string // kind: p, u, f
	Columns           []string
	Refers            string // table that a foreign key leads to
	ReferColumns      []string
}

// Grant is one privilege; Columns is empty when it is on the whole table.
type Grant struct {
	Kind, Object, Login, Verb string // kind: table, function, schema, sequence
	Columns                   []string
}

// Function is one of ours.
type Function struct {
	Name    string
	Definer bool
	Config  []string
}

// Relation is a view or sequence.
type Relation struct {
	Name, Kind string
	Options    []string
}

// Role is a login, or the owner.
type Role struct {
	Name      string
	CanLogin  bool
	Powers    []string // superuser, bypassrls, ...
	MemberOf  []string
	MayCreate []string // schemas
}

// ours are the schemas that hold anything of the application.
const ours = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

// Read asks the catalogue.
func Read(ctx context.Context, q Querier) (*Catalogue, error) {
	c := &Catalogue{Volatile: map[string]bool{}}
	for _, read := range []func(context.Context, Querier) error{c.tables, c.policies, c.keys, c.grants, c.functions, c.others, c.roles, c.volatile} {
		if err := read(ctx, q); err != nil {
			return nil, fmt.Errorf("read the catalogue: %w", err)
		}
	}
	return c, nil
}

// Logins are the seven, and the owner who cannot sign in.
func Logins() []string {
	out := []string{"owner"}
	for _, w := range access.Walls {
		out = append(out, string(w))
	}
	return out
}

// short is the name of a role without its prefix; "" is everybody.
const short = `case when %[1]s = 0 then 'public' else regexp_replace(pg_get_userbyid(%[1]s), '^` + postgres.LoginPrefix + `', '') end`

func name(column string) string {
	return `case when n.nspname = 'public' then ` + column + ` else n.nspname || '.' || ` + column + ` end`
}

func rows[T any](ctx context.Context, q Querier, into *[]T, sql string) error {
	found, err := q.Query(ctx, sql)
	if err != nil {
		return err
	}
	*into, err = pgx.CollectRows(found, pgx.RowToStructByPos[T])
	return err
}

func (c *Catalogue) tables(ctx context.Context, q Querier) error {
	err := rows(ctx, q, &c.Tables, `select `+name("c.relname")+`, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) = '`+postgres.LoginPrefix+`owner'
 from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r','p') and `+ours+` order by 1`)
	if err != nil {
		return err
	}
	return rows(ctx, q, &c.Columns, `select `+name("c.relname")+`, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated <> ''
 from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r','p') and a.attnum > 0 and not a.attisdropped and `+ours+` order by 1, a.attnum`)
}

func (c *Catalogue) policies(ctx context.Context, q Querier) error {
	return rows(ctx, q, &c.Policies, `select `+name("c.relname")+`, p.polname::text, `+fmt.Sprintf(short, "r.role")+`,
 case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
 coalesce(pg_get_expr(p.polqual, p.polrelid), ''), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''), p.polpermissive
 from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace, unnest(p.polroles) r(role) order by 1, 2`)
}

func (c *Catalogue) keys(ctx context.Context, q Querier) error {
	return rows(ctx, q, &c.Keys, `select `+name("c.relname")+`, i.relname::text, case when x.indisprimary then 'p' else 'u' end,
 (select array_agg(a.attname::text order by k.n) from unnest(x.indkey::int2[]) with ordinality k(attnum, n) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum where k.n <= x.indnkeyatts),
 '', '{}'::text[]
 from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid join pg_namespace n on n.oid = c.relnamespace
 where x.indisunique and c.relkind in ('r','p') and `+ours+`
 union all
 select `+name("c.relname")+`, f.conname::text, 'f',
 (select array_agg(a.attname::text order by k.n) from unnest(f.conkey) with ordinality k(attnum, n) join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
 case when m.nspname = 'public' then t.relname else m.nspname || '.' || t.relname end,
 (select array_agg(a.attname::text order by k.n) from unnest(f.confkey) with ordinality k(attnum, n) join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum)
 from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
 join pg_class t on t.oid = f.confrelid join pg_namespace m on m.oid = t.relnamespace where f.contype = 'f' order by 1, 2`)
}

// grants leaves out the constructors that PostgreSQL makes of a range type: they belong to the bootstrap superuser, read
// nothing, and nobody can take them away.
func (c *Catalogue) grants(ctx context.Context, q Querier) error {
	grantee := fmt.Sprintf(short, "g.grantee")
	return rows(ctx, q, &c.Grants, `select case c.relkind when 'S' then 'sequence' else 'table' end, `+name("c.relname")+`, `+grantee+`, lower(g.privilege_type), '{}'::text[]
 from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) g
 where c.relkind in ('r','p','v','m','S') and g.grantee <> c.relowner and `+ours+`
 union all
 select 'table', `+name("c.relname")+`, `+grantee+`, lower(g.privilege_type), array_agg(a.attname::text order by a.attnum)
 from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace, aclexplode(a.attacl) g
 where g.grantee <> c.relowner and `+ours+` group by 1, 2, 3, 4
 union all
 select 'function', n.nspname || '.' || p.proname, `+grantee+`, lower(g.privilege_type), '{}'
 from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee <> p.proowner and `+ours+`
  and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.refclassid = 'pg_type'::regclass and d.deptype = 'i')
 union all
 select 'schema', n.nspname, `+grantee+`, lower(g.privilege_type), '{}'
 from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) g where g.grantee <> n.nspowner and `+ours+` order by 1, 2, 3, 4`)
}

func (c *Catalogue) functions(ctx context.Context, q Querier) error {
	return rows(ctx, q, &c.Functions, `select n.nspname || '.' || p.proname, p.prosecdef, coalesce(p.proconfig, '{}')
 from pg_proc p join pg_namespace n on n.oid = p.pronamespace where `+ours+` order by 1`)
}

func (c *Catalogue) others(ctx context.Context, q Querier) error {
	return rows(ctx, q, &c.Others, `select `+name("c.relname")+`, case c.relkind when 'v' then 'view' when 'm' then 'materialised view' when 'S' then 'sequence' else 'foreign table' end, coalesce(c.reloptions, '{}')
 from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v','m','S','f') and `+ours+` order by 1`)
}

func (c *Catalogue) roles(ctx context.Context, q Querier) error {
	var list []string
	for _, l := range Logins() {
		list = append(list, "'"+postgres.LoginPrefix+l+"'")
	}
	in := `(` + strings.Join(list, ",") + `)`
	err := rows(ctx, q, &c.Roles, `select `+fmt.Sprintf(short, "r.oid")+`, r.rolcanlogin,
 array_remove(array[case when r.rolsuper then 'superuser' end, case when r.rolbypassrls then 'bypassrls' end, case when r.rolcreaterole then 'createrole' end, case when r.rolcreatedb then 'createdb' end, case when r.rolreplication then 'replication' end], null),
 array(select pg_get_userbyid(m.roleid)::text from pg_auth_members m where m.member = r.oid),
 array(select n.nspname::text from pg_namespace n where has_schema_privilege(r.oid, n.oid, 'create') and `+ours+`)
 from pg_roles r where r.rolname in `+in+` order by 1`)
	if err != nil {
		return err
	}
	found, err := q.Query(ctx, `select r.rolname || ' owns ' || d.classid::regclass || ' ' || d.objid from pg_shdepend d join pg_roles r on r.oid = d.refobjid
 where d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass and r.rolname in `+in+` and r.rolname <> '`+postgres.LoginPrefix+`owner'`)
	if err != nil {
		return err
	}
	c.Owned, err = pgx.CollectRows(found, pgx.RowTo[string])
	return err
}

// volatile lists the names that any volatile function has: a policy that calls one may answer each row differently.
func (c *Catalogue) volatile(ctx context.Context, q Querier) error {
	found, err := q.Query(ctx, `select distinct proname::text from pg_proc where provolatile = 'v'`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(found, pgx.RowTo[string])
	for _, n := range names {
		c.Volatile[n] = true
	}
	return err
}
