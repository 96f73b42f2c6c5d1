package access

import (
	"fmt"
	"slices"
	"sort"

	"github.com/google/uuid"
)

// Permission names what somebody does to what: "referral.submit". The slice that does it owns the name.
type Permission string

// Relation is what an actor must be to the object, beyond holding a role.
type Relation string

// The relations a loader can find.
const (
	Any    Relation = "any"    // no object, or nothing needed beyond the tenant
	Own    Relation = "own"    // the object is about the actor
	Line   Relation = "line"   // the person reports to the actor, or a confirmed delegation says so
	Viewer Relation = "viewer" // the actor referred, or was named to see it
	Author Relation = "author" // the actor wrote it
	Care   Relation = "care"   // open case, booked appointment or assigned task with the person
	Glass  Relation = "glass"  // break-glass: one person, at most 60 minutes, read only
)

// Data is the class of what is shown or changed (docs/walls.md, after security.md A.1).
type Data string

// The data classes.
const (
	D1 Data = "D1" // who somebody is, post, manager, contact
	D2 Data = "D2" // referral text, appointment times, released report, adjustments
	D3 Data = "D3" // the OH clinical record
	D5 Data = "D5" // counselling notes
	D6 Data = "D6" // audit
	D7 Data = "D7" // aggregates after disclosure control
	D8 Data = "D8" // accounts, roles, configuration
	D0 Data = "D0" // nothing about anybody
)

// Rule says who may use one permission. A role that is not in Allow may not.
type Rule struct {
	Permission Permission
	Wall       Wall
	Data       Data
	Purpose    string              // why, in plain words: the purpose register is made from it
	Allow      map[Role][]Relation // any one of the relations is enough
	States     []string            // states of the object in which it is possible; none means all
	StepUp     bool                // a second factor within the last ten minutes
}

// Object is what a loader found: the facts a decision needs about one thing.
type Object struct {
	Kind      string
	ID        uuid.UUID
	Subject   uuid.UUID // the person it is about
	State     string
	Relations []Relation
	Ground    string // short code of the relation for the audit row: "case", "appointment", "task", "glass:<id>"
	Value     any    // the loaded thing itself, so that a handler does not read it twice
}

// Decision is the answer, with the reason for the audit row.
type Decision struct {
	Allowed bool
	Reason  string // "" | "role" | "relation" | "state" | "step_up"
}

// Table holds every rule of the house.
type Table struct {
	rules map[Permission]Rule
}

// NewTable gathers the rules of all slices; two rules for one permission, or a rule that names no wall, class
// or purpose, is an error.
func NewTable(groups ...[]Rule) (*Table, error) {
	t := &Table{rules: map[Permission]Rule{}}
	for _, g := range groups {
		for _, r := range g {
			if _, dup := t.rules[r.Permission]; dup {
				return nil, fmt.Errorf("permission %s has two rules", r.Permission)
			}
			if r.Wall == "" || r.Data == "" || r.Purpose == "" {
				return nil, fmt.Errorf("permission %s names no wall, data class or purpose", r.Permission)
			}
			t.rules[r.Permission] = r
		}
	}
	return t, nil
}

// Rule returns the rule of a permission.
func (t *Table) Rule(p Permission) (Rule, bool) {
	r, ok := t.rules[p]
	return r, ok
}

// Rules lists every rule in order of permission.
func (t *Table) Rules() []Rule {
	out := make([]Rule, 0, len(t.rules))
	for _, r := range t.rules {
		out = append(out, r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Permission < out[j].Permission })
	return out
}

// MayEver says whether a role holds the permission for some object: it decides which links a page shows.
func (t *Table) MayEver(role Role, p Permission) bool {
	return len(t.rules[p].Allow[role]) > 0
}

// Decide answers whether the actor may use the permission on the object. Default deny.
func (t *Table) Decide(a Actor, p Permission, o Object) Decision {
	rule, ok := t.rules[p]
	if !ok {
		return Decision{Reason: "role"}
	}
	needed := rule.Allow[a.Role]
	if len(needed) == 0 {
		return Decision{Reason: "role"}
	}
	related := slices.Contains(needed, Any)
	for _, have := range o.Relations {
		related = related || slices.Contains(needed, have)
	}
	if !related {
		return Decision{Reason: "relation"}
	}
	if len(rule.States) > 0 && !slices.Contains(rule.States, o.State) {
		return Decision{Reason: "state"}
	}
	return Decision{Allowed: true}
}

// Allow lets each of some roles do something where they are in a relation to the object.
func Allow(relation Relation, roles ...Role) map[Role][]Relation {
	out := make(map[Role][]Relation, len(roles))
	for _, r := range roles {
		out[r] = []Relation{relation}
	}
	return out
}
