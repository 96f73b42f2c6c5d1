// Package joining puts the staff of a small organisation on its staff list, where no HR system feeds one.
//
// Who looks after the staff there (role HR) first says who they are themselves: they become the first on the list, and everybody's
// manager. Then they share a link. Whoever follows it says name, date of birth, work e-mail and job, and is not asked about health.
// That puts them on no list: they wait until the manager takes them on, and only then can anybody refer them. Somebody whom the
// manager does not know is removed, and nothing is kept of what they wrote.
//
// The link says the name of the organisation to whoever holds it, and nothing of who is there: who puts themselves forward twice, or
// is on the list already, reads the same answer as everybody. It opens for a time and a number of people, and can be closed.
//
// Organisations with a staff feed (package person) do not use it: the next feed would take everybody for a leaver who is not in it.
package joining
