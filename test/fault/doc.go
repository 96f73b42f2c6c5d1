// Package fault breaks a running Rowan and looks at what is left. It runs the built program as an installation in
// use: people accept their invitations, sign in over HTTP and work, while the server or its PostgreSQL is killed
// (kill -9) at moments that nobody chose. Every client tries again with the id of its page until it is told that
// its work is done; afterwards
//
//   - everything that was acknowledged is there, once: the case, its first state, the appointment, the message;
//   - the audit and the activity ledger have one row for each, and an export of the audit verifies;
//   - every job has run, and the effect of each is there once.
//
// Nothing is judged by time: a slow machine is slow, not wrong. What recovery took is reported.
//
// go test kills each twice; with ROWAN_PROVE=1 (make prove) ten times, as issue 2 asks.
package fault
