// Package pgchild runs PostgreSQL as a child process, so that Rowan starts on a machine without a database server.
//
// What it promises:
//
//   - It needs no set-up. The binaries are those ROWAN_PG_BIN names, else those that npm brought, else installed ones
//     (see Find). Start makes the data folder, starts the server on a Unix socket and returns when it answers.
//   - Nobody else gets in. There is no network port. Peer authentication admits the operating-system user that runs
//     Rowan, as one of Logins, and nobody else, not even the user that PostgreSQL itself runs as.
//   - One folder, one Rowan. A lock on the folder refuses a second instance.
//   - PostgreSQL lives as long as Rowan does. Ctrl-C reaches Rowan first, which stops it in order. If Rowan is killed
//     the kernel stops it (on Linux). One that is left over all the same is stopped by the next Start.
//   - If PostgreSQL dies under Rowan it is started again, with growing pauses; Healthy is false meanwhile.
//   - The log keeps people's data out: no statement, parameter or detail of a row is logged.
//   - PostgreSQL refuses to run as root. Root runs it as the owner of the data, or as nobody. What that user cannot
//     reach (a checkout below /root) lives in /var/lib/rowan instead, and the file "location" in the folder says where.
//   - Data of another major version, data that is not ours and data that has gone missing are refused, never replaced.
//
// Every refusal is a *UserError: one sentence that says what to do.
//
// The folder holds: lock, postgres/ (the data), run/ (the socket) and, where data lives elsewhere, location.
package pgchild

import "fmt"

// Super is the superuser that owns the cluster. Only migrations and tests sign in as it.
const Super = "rowan_super"

// Logins are the database users that may sign in over the socket: one for each wall (design, section 5), the owner of
// the tables and the superuser. PostgreSQL 15 wants one line for each in the ident map.
func Logins() []string {
	return []string{
		"rowan_hall", "rowan_employer", "rowan_clinical", "rowan_portal", "rowan_growth", "rowan_audit", "rowan_worker",
		"rowan_migrate", Super,
	}
}

// A UserError is one sentence for the person who started Rowan. The cause, where there is one, is not part of it.
type UserError struct {
	Text string
	Err  error
}

func (e *UserError) Error() string { return e.Text }
func (e *UserError) Unwrap() error { return e.Err }

func refuse(cause error, format string, args ...any) error {
	return &UserError{Text: fmt.Sprintf(format, args...), Err: cause}
}
