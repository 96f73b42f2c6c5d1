// Package returnplan keeps the hours with which somebody comes back to their contract step by step.
//
// The person proposes them or their manager does, beginning with the usual steps, which are also what occupational health advises with
// (packs/adjustments.yaml); where it did, whoever may read that report sees it said beside the form. Nothing of it is kept with the
// plan: a plan is numbers and days, and does not say why.
//
//	proposed ──> agreed by both | refused
//
// Hours that were proposed are never changed: a change is a new version with a reason by code, and what both agreed last holds until
// both agree to another. One version waits at a time. The arithmetic is calc/phased: never more than the contract, never less than the
// week before unless that is said, whole at the end, nothing worked on bank holidays.
//
// The person and their line read it: whom the live post names, or a confirmed delegation, as they read rotas. A new manager so sees
// the hours and nothing besides.
//
// # The calendar
//
// Somebody may make a private link that a phone subscribes to. It opens their hours alone, says "Working hours" and no more, works
// until they take it back, and each makes the one before it useless.
package returnplan
