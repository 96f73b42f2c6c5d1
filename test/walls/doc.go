// Package walls proves the walls of the house from outside: it reads the catalogue of a migrated database, compares
// it with database/dataclass.yaml and docs/walls.md, and then knocks on every table under every login.
//
// The lint has no exceptions. A table that does not fit is changed, or the declaration of a class says why it fits.
// walls_test.go runs it; lint_test.go breaks each rule once, so that a rule which went blind fails too.
package walls
