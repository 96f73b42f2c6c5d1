// Package pathway keeps the way through the service as it is meant to be: steps in order, each with the role that takes
// it, its class of work and how long it may take, and holds it against the time that was measured.
//
// A pathway is never overwritten: each change is another version, and each can be seen again. One that is not used any
// more is put out of use and stays on the list.
//
// A step may name what measures it in the roll-ups of the last twelve whole months:
//
//   - a wait (from the referral to the first appointment, from the appointment to the signed report, ...), kept as a
//     histogram of working days: its median, nine in ten, and the share within the target;
//   - a state in which cases lie (received, booked, with the person, ...), of which only the sum of hours is kept: its mean,
//     in calendar days. A target in working days is taken times 7/5 to be held against it.
//
// Statistics are shown from 8 waits up and shares from 11 up (calc/disclosure), whoever asks. A step that nothing measures
// says so; so does every step of an organisation without care data.
package pathway
