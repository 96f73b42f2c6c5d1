// Package skillsbank is who can cover what, where and when across the organisations of an integrated care system (ICS) that agreed to it.
//
// Both sides choose. An organisation takes part by an agreement (item "skills" of package sharing), and ends it at once. A professional
// offers themselves behind the clinical wall, with what they are signed off for (internal/care/lending); their lead agrees, never for
// themselves. An organisation that needs somebody posts a need. Match says whose offer fits it, and why, and how many do not and why
// not: it compares competence, dates, half-days and place, and knows nothing of how good somebody is. Offers that fit stand by the first
// day on which they could come, then by organisation: a list, no ranking.
//
// A session goes from asked over offered (the person says yes) to booked (both leads agree) and done. Before the person's yes the other
// side reads role, band, competencies and when; row security opens the name to that one organisation with the yes. Role and band may
// tell who it is where few do the work; whoever offers is told so first.
//
// What an offer holds ends with the sign-off or the registration, by the day: Live takes the day as a parameter and nobody has to act.
// Hours that took place are added up by organisation and quarter, given and received. The ICS reads needs, hours and how many take part;
// of offers a count, rounded, and none under eight.
package skillsbank
