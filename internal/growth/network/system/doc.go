// Package system is an integrated care system (ICS) as its lead sees it: what organisations have released to it, and nothing else. It
// runs under the growth login with the ICS as its tenant, so that no row of a trust's own is there to be read, by mistake or on purpose.
//
// What arrives is a release (package release): from this installation in the transaction that made it, or as a signed file of another,
// checked against the fingerprint of a key that the lead has registered. Both write the same rows. A figure that was received stays: a
// file that says another number for a month that was released before is refused.
//
// Organisations are compared and never ranked: a funnel shows each by its size against a target that all make together, with limits
// that allow for how much organisations differ beyond chance (calc/funnel). It shows from three organisations up, of which none makes
// more than 80% of what is counted. Only figures of one version of the definition stand beside each other. Coverage is always said: how
// many of the organisations of the ICS, as they were on the last day of the month, have released the metric. Who was never named is
// under a pseudonym.
//
// An organisation that shares a metric sees the same funnel, with itself marked.
package system
