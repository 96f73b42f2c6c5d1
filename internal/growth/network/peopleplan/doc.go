// Package peopleplan is the people plan of an integrated care system (ICS): posts by profession and band as organisations have released
// them, now and planned by year, vacancies, retirements that are expected, the gap between posts and who is expected in them, and what
// the ICS does about it together with its organisations.
//
// What leaves an organisation is Team: three metrics (posts, staffing, retirements), each agreed on by itself, told once a quarter
// through package release and frozen there like every other. Posts are things, so they are told to half a post. Who is in post, is expected
// to be, or may retire are people: told by profession and of the whole team, under eight not at all and else in steps of ten
// (calc/disclosure.Stock), so that no quarter beside the next, and no year beside today, tells that one of a few left. The whole team
// is told where that says no more of a small profession than its posts do. Collect adds
// up what was released; it knows no organisation's own rows, and says of how many organisations each number is.
//
// An action is the ICS's own. An organisation takes part by its own word. What came of it is read from the releases of all: the change in
// people in post since the quarter before it began, over the organisations that told both. It is not told by organisation, which would
// set a name beside a pseudonym.
package peopleplan
