// Package pgtest gives tests a real PostgreSQL database in about a tenth of a second.
//
// One server serves all packages of a "go test ./..." and the runs after it: logins belong to a whole server, so two
// packages that migrate at the same time would trip over each other, and a server for each would cost seconds. The
// server belongs to no test: the first test process that needs it starts a supervisor, detached, which runs PostgreSQL
// (pgchild) in a fresh folder below the folder for temporary files, and stops and removes it when no test process has
// used it for a while.
//
// What it promises:
//
//   - It never outlives its use: a test process holds a lock on one file, the lease, which the kernel gives back however
//     that process ends. The supervisor watches the lease. If the supervisor is killed, PostgreSQL goes with it.
//   - It never holds a run up: the supervisor has none of the test's files open, every wait has an end, and a server
//     that was killed is replaced by the next caller.
//   - Nothing is carried over: a new supervisor begins with an empty folder.
//
// A database is a copy of a template, which is migrated once for each key. New gives all tests of one process the same
// copy, since tests make their own organisation and commit; Fresh gives one test a copy of its own. A copy whose process
// has ended is dropped by the next caller, on whatever server.
//
// ROWAN_TEST_DATABASE_URL may name another server, as a superuser who signs in with a password. ROWAN_PG_BIN chooses
// the binaries, as it does for Rowan.
package pgtest
