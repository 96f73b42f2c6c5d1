// Package client brings organisations to an OH service as its clients: a GP practice, a small employer, another trust.
//
// # One step
//
// Who leads or runs the service says on one page who the organisation is, what its contract covers and for how long, and who looks
// after its staff there. In one transaction of the hall there is an organisation, a contract, and an invited account with the role HR
// at that organisation and nowhere else. The invitation is the house's own (internal/account): a link that opens once.
//
// Only a new organisation can be added. One that is there already belongs to somebody: a contract opens its staff list to a service,
// so that is not for a lead to write who never asked. An ODS code that is taken is refused for that.
//
// # The end
//
// A contract ends in two steps. From refers_until on no new referral is taken; everything else stays as it was, so what was begun is
// finished, reports are released, people read their own record and can still ask for help today. Only valid_to closes the doors, and
// that day is set by hand, once the records are handed over: [Service.Close] wants each step of the exit plan done before.
// A day is set once and may be moved until it has come.
package client
