// Package lending is where a professional of an OH service offers to help at other organisations of the integrated care system, in its
// skills bank (internal/growth/network/skillsbank, docs/skills.md).
//
// It is their own choice, and it stands behind the clinical wall because it rests on their practice: an offer holds only competencies
// that its person is signed off for today, and each until the sign-off or the entry in the register ends, whichever comes first. What
// shortens either (a sign-off that is taken back, an entry that ends or is renewed) changes the offer in the same transaction. Past the
// day it is on no list, whatever nobody did.
//
// Others see role, band, competencies and when; the name is seen by one organisation once its person says yes to a session there. An
// offer is withdrawn by its person at any time, with whatever was asked of it.
package lending
