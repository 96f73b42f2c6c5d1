package walls

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// house are the logins that serve the installation and not one tenant: sign-in, the sealer, jobs.
var house = []string{"owner", "hall", "audit", "worker"}

// Lint lists what breaks the rules; no table is excepted.
func Lint(c *Catalogue, d *Declared) []string {
	l := &linter{c: c, d: d}
	l.declared()
	l.closed()
	l.policies()
	l.keys()
	l.classes()
	l.sealed()
	l.reading()
	l.granted()
	l.functions()
	l.relations()
	l.roles()
	sort.Strings(l.faults)
	return slices.Compact(l.faults)
}

type linter struct {
	c      *Catalogue
	d      *Declared
	faults []string
}

func (l *linter) fault(format string, args ...any) {
	l.faults = append(l.faults, fmt.Sprintf(format, args...))
}

// library says whether a table or function is a library's: river.river_job.
func (l *linter) library(name string) bool {
	schema, _, dotted := strings.Cut(name, ".")
	return dotted && slices.Contains(l.d.Libraries, schema)
}

// tables lists ours.
func (l *linter) tables() (out []Table) {
	for _, t := range l.c.Tables {
		if !l.library(t.Name) {
			out = append(out, t)
		}
	}
	return out
}

// declared: every table and column has its class, and every class its table and column.
func (l *linter) declared() {
	have := map[string]bool{}
	for _, t := range l.tables() {
		have[t.Name] = true
		if l.d.Class(t.Name) == "" {
			l.fault("table %s declares no class", t.Name)
		}
	}
	for _, col := range l.c.Columns {
		have[col.Table+"."+col.Name] = true
		if !l.library(col.Table) && l.d.Class(col.Table) != "" && l.d.Data(col.Table, col.Name) == "" {
			l.fault("column %s.%s declares no data class", col.Table, col.Name)
		}
	}
	for name, t := range l.d.Tables {
		if !have[name] {
			l.fault("table %s is declared and does not exist", name)
			continue
		}
		for _, columns := range t.Columns {
			for _, col := range columns {
				if !have[name+"."+col] {
					l.fault("column %s.%s is declared and does not exist", name, col)
				}
			}
		}
	}
}

// closed: row security holds on every table, for its owner too, and every granted command has its policy.
func (l *linter) closed() {
	for _, t := range l.tables() {
		if !t.Enabled || !t.Forced {
			l.fault("table %s: row security is not enabled and forced", t.Name)
		}
		if !t.OwnedByMigration {
			l.fault("table %s does not belong to the owner", t.Name)
		}
	}
	for _, g := range l.c.Grants {
		if g.Kind != "table" || l.library(g.Object) {
			continue
		}
		found := slices.ContainsFunc(l.c.Policies, func(p Policy) bool {
			return p.Table == g.Object && p.Login == g.Login && p.Verb == g.Verb
		})
		if !found {
			l.fault("table %s: %s may %s and no policy says which rows", g.Object, g.Login, g.Verb)
		}
	}
}

var (
	// asked is a setting as policies must ask it: a scalar sub-select, evaluated once for a statement.
	asked = regexp.MustCompile(`\( SELECT (\(?NULLIF\(current_setting\('app\.[a-z]+'::text, true\), ''::text\)\)?(::uuid)?|current_setting\('app\.[a-z]+'::text, true\)) AS "?[a-z_]+"?\)`)
	// called is a name before a bracket; SQL's own words are no functions.
	called   = regexp.MustCompile(`\b([a-z_][a-z0-9_]*)\(`)
	settings = regexp.MustCompile(`app\.([a-z]+)`)
)

// policies: how rules are written.
func (l *linter) policies() {
	for _, p := range l.c.Policies {
		where := "policy " + p.Table + "." + p.Name
		if !p.Permissive || p.Verb == "all" || p.Login == "public" {
			l.fault("%s: a policy is permissive, for one command and one login", where)
		}
		if (p.Verb == "insert" || p.Verb == "update") && p.Check == "" {
			l.fault("%s: rows are written without a check", where)
		}
		if p.Verb != "insert" && p.Using == "" {
			l.fault("%s has no rule", where)
		}
		for _, rule := range []string{p.Using, p.Check} {
			if strings.Contains(asked.ReplaceAllString(rule, "$"), "current_setting") {
				l.fault("%s asks a setting outside a scalar sub-select", where)
			}
			for _, f := range called.FindAllStringSubmatch(rule, -1) {
				if l.c.Volatile[f[1]] {
					l.fault("%s calls %s, which is volatile", where, f[1])
				}
			}
		}
		l.bounded(p, where)
	}
}

// bounded: a tenant's login sees and writes a tenant's rows by a setting, never all rows.
func (l *linter) bounded(p Policy, where string) {
	if slices.Contains(house, p.Login) {
		return
	}
	class := l.d.Class(p.Table)
	for _, rule := range []string{p.Using, p.Check} {
		if rule == "" || settings.MatchString(rule) || l.throughAnother(rule) {
			continue
		}
		if class.Tenant() {
			l.fault("%s opens rows of every tenant to %s", where, p.Login)
		}
		if class == Platform && p.Verb == "select" && !l.aboutNobody(p.Table, p.Login) {
			l.fault("%s shows %s what is about somebody without asking who they are", where, p.Login)
		}
	}
}

// throughAnother says whether a rule leaves it to the row security of another table: exists (select 1 from referral …).
func (l *linter) throughAnother(rule string) bool {
	from := regexp.MustCompile(`FROM ([a-z_]+) `).FindStringSubmatch(rule)
	return strings.Contains(rule, "EXISTS") && from != nil && l.d.Class(from[1]).Tenant()
}

// aboutNobody says whether everything that a login may select of a table is of class D0.
func (l *linter) aboutNobody(table, login string) bool {
	for _, col := range l.readable(table, login) {
		if data := l.d.Data(table, col); data != "D0" && data != "" {
			return false
		}
	}
	return true
}

// readable lists the columns of a table that a login may select.
func (l *linter) readable(table, login string) (out []string) {
	for _, g := range l.c.Grants {
		if g.Kind != "table" || g.Object != table || g.Login != login || g.Verb != "select" {
			continue
		}
		if len(g.Columns) > 0 {
			out = append(out, g.Columns...)
			continue
		}
		for _, col := range l.c.Columns {
			if col.Table == table {
				out = append(out, col.Name)
			}
		}
	}
	return out
}

// leads gives the tenant column that must lead a key of a class; Both allows either.
func leads(class Class, column string) bool {
	switch class {
	case Organisation:
		return column == "organisation_id"
	case Service:
		return column == "service_id"
	case Both:
		return column == "organisation_id" || column == "service_id"
	}
	return true
}

// keys: uniqueness and references ignore row security, so both stay inside a tenant, or they would tell of others' rows.
func (l *linter) keys() {
	led := map[string]bool{}
	for _, k := range l.c.Keys {
		class := l.d.Class(k.Table)
		if k.Kind == "f" {
			to := l.d.Class(k.Refers)
			if to.Tenant() && (!leads(to, k.Columns[0]) || k.Columns[0] != k.ReferColumns[0]) {
				l.fault("foreign key %s.%s is not led by the tenant of %s", k.Table, k.Name, k.Refers)
			}
			continue
		}
		if !leads(class, k.Columns[0]) {
			l.fault("key %s.%s is not led by the tenant column", k.Table, k.Name)
		}
		led[k.Table+" "+k.Columns[0]] = true
	}
	for _, t := range l.tables() {
		if l.d.Class(t.Name) != Both {
			continue
		}
		for _, column := range []string{"organisation_id", "service_id"} {
			if !led[t.Name+" "+column] {
				l.fault("table %s crosses: it needs a unique key led by %s", t.Name, column)
			}
		}
	}
}

// classes: the tenant columns are there and filled.
func (l *linter) classes() {
	need := map[Class][]string{Organisation: {"organisation_id"}, Service: {"service_id"}, Both: {"organisation_id", "service_id"}}
	for _, t := range l.tables() {
		for _, column := range need[l.d.Class(t.Name)] {
			if !slices.Contains(l.c.Columns, Column{Table: t.Name, Name: column, Type: "uuid", NotNull: true}) {
				l.fault("table %s needs %s uuid not null", t.Name, column)
			}
		}
	}
}

// reading: no login reads a column of a class that is not for it.
func (l *linter) reading() {
	for _, t := range l.tables() {
		for _, login := range Logins() {
			for _, col := range l.readable(t.Name, login) {
				data := l.d.Data(t.Name, col)
				if data == "" {
					continue // told by declared
				}
				if !slices.Contains(l.d.Reads[login], data) || login == "growth" && data == "D1" && !slices.Contains(l.d.GrowthReadsMembers, t.Name) {
					l.fault("%s may read %s.%s, which is %s", login, t.Name, col, data)
				}
				if login == "worker" && data == "D3" && !slices.Contains(l.d.WorkerReadsClinical, t.Name) {
					l.fault("worker may read %s.%s of the clinical record", t.Name, col)
				}
			}
		}
	}
}

// granted: who may have anything at all.
func (l *linter) granted() {
	for _, g := range l.c.Grants {
		where := fmt.Sprintf("%s %s on %s %s", g.Login, g.Verb, g.Kind, g.Object)
		switch {
		case g.Login == "public":
			l.fault("granted to everybody: %s", where)
		case g.Kind == "table" && !slices.Contains([]string{"select", "insert", "update", "delete"}, g.Verb):
			l.fault("no login needs %s", where)
		case g.Kind == "schema" && g.Verb != "usage" && slices.Contains(Logins(), g.Login) && g.Login != "owner":
			l.fault("no login makes things: %s", where)
		case l.library(g.Object) || (g.Kind == "schema" && slices.Contains(l.d.Libraries, g.Object)):
			if g.Login != "worker" {
				l.fault("only the worker looks at a library's tables: %s", where)
			}
		case g.Kind == "sequence":
			l.fault("a sequence counts every tenant's rows: %s", where)
		case g.Kind == "table" && l.d.Class(g.Object) == Service && (g.Login == "employer" || g.Login == "growth"):
			l.fault("a clinical table is open to another wing: %s", where)
		case g.Kind == "table" && l.d.Class(g.Object) == Person && g.Login != "hall":
			l.fault("means of signing in are the hall's alone: %s", where)
		}
	}
}

// functions: what runs with its owner's rights is on the list, and finds its tables by a fixed path.
func (l *linter) functions() {
	seen := map[string]bool{}
	for _, f := range l.c.Functions {
		if !f.Definer {
			continue
		}
		seen[f.Name] = true
		if l.d.Definer[f.Name] == "" {
			l.fault("function %s runs with its owner's rights and is not on the list", f.Name)
		}
		if !slices.ContainsFunc(f.Config, func(s string) bool { return strings.HasPrefix(s, "search_path=") && strings.HasSuffix(s, " pg_temp") }) {
			// Unless pg_temp is named, it is searched first for tables: a caller could put its own there, and a function behind it.
			l.fault("function %s runs with its owner's rights and has no fixed search_path that ends in pg_temp", f.Name)
		}
	}
	for name := range l.d.Definer {
		if !seen[name] {
			l.fault("function %s is on the list and does not exist", name)
		}
	}
}

// relations: a view asks as whoever reads it; nothing is copied out of the walls.
func (l *linter) relations() {
	for _, r := range l.c.Others {
		switch {
		case r.Kind == "view" && !slices.Contains(r.Options, "security_invoker=true"):
			l.fault("view %s must be security_invoker", r.Name)
		case r.Kind == "materialised view" || r.Kind == "foreign table":
			l.fault("%s %s holds a copy outside row security", r.Kind, r.Name)
		}
	}
}

// roles: a login has no power but its grants.
func (l *linter) roles() {
	if len(l.c.Roles) != len(Logins()) {
		l.fault("%d roles of %d exist", len(l.c.Roles), len(Logins()))
	}
	for _, r := range l.c.Roles {
		if len(r.Powers) > 0 {
			l.fault("%s has %s", r.Name, strings.Join(r.Powers, ", "))
		}
		if len(r.MemberOf) > 0 {
			l.fault("%s is a member of %s", r.Name, strings.Join(r.MemberOf, ", "))
		}
		if r.CanLogin == (r.Name == "owner") {
			l.fault("%s: the seven sign in, the owner does not", r.Name)
		}
		if len(r.MayCreate) > 0 && r.Name != "owner" {
			l.fault("%s may create in %s", r.Name, strings.Join(r.MayCreate, ", "))
		}
	}
	for _, o := range l.c.Owned {
		l.fault("a login owns something: %s", o)
	}
}
