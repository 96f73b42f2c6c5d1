// Package house proves the walls of the whole composed application: the access table in docs/access.md, every route
// as every role, canaries in every clinical text, requests for other tenants' objects, and a self-referral that
// leaves no trace on the employer's side.
//
// Everything runs through app.Handler with real sessions on a migrated database: nothing is replaced. The catalogue
// and the logins have their tests one folder up.
package house
