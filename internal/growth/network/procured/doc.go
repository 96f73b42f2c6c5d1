// Package procured is how the two sides of a contract see the service that is bought: theme by theme, by the same framework
// (growth/framework) and its words for services that are bought.
//
// The client says which level it sees, what shows it, and what comes next; the service says the same of itself, for this client. Both
// read both, beside each other, and neither changes what was said: the newest counts. Each says it by the version that is in force for
// its own organisation, and the number of that version and the words of the level stay with what was said. Where both sides differ by two
// levels or more, the page says so: that is what a review is for. Nobody else reads it, no level leaves for an ICS, nothing is added up.
//
// What is written crosses from one organisation to another, so words that look like a person are refused (the caller screens them).
package procured
