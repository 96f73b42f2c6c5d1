// Package catalogue knows what occupational health can do, and how spend, staff time and contacts are balanced between
// preventing, finding and treating.
//
// The thirty interventions are a pack (content/packs/catalogue.yaml), each with its classes and the strength of its
// evidence as we know it, marked as unverified.
//
// The balance shows three classes side by side. Spend and staff time are what the head of occupational health enters for
// a financial year; an empty field says that nobody knows, which is not nought. Contacts are those of the last twelve
// whole months, from the roll-ups, rounded and hidden by calc/disclosure whoever asks; where no contact was recorded at
// all, they were not collected. Need is what the plan says: open needs that an action of the class answers. No national
// target for the mix is known, so none is shown.
//
// Shares are figures of kind "balance" (contacts.CLASS, spend.CLASS, hours.CLASS), so that others can cite them.
package catalogue
