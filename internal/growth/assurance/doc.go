// Package assurance is the part of a Health and Wellbeing Guardian: somebody on the board, often a non-executive
// director, who does not run wellbeing but asks whether it works, and has ten minutes for it.
//
// Principles are versioned data (content/packs/guardian-principles.yaml), and so are the scale of ratings, the three
// lines of evidence, the questions to start from and the steps of the year.
//
//   - Evidence for a principle is a cited figure, a document or a decision. It is ended, never deleted; a figure is
//     renewed by ending its row and citing it as it is now. A document may have a day until which it is valid.
//
//   - A rating is the guardian's own judgement, in words, with the lines that its evidence comes from. None without a
//     line, except the lowest. Each one stays; the newest holds.
//
//   - A question has an owner (a post) and a day by which it is to be answered. Its life:
//
//     open ──answered──> answered ──accepted──> accepted
//     answered ──again (with a new day)──> open
//
//     It is overdue when it is open after its day. Any figure can be asked about: the page of a figure leads to a
//     form that can be sent as it is.
//
//   - A wellbeing impact statement goes with a board paper: decision, groups affected, effect on health, mitigation,
//     and the figures behind it. It is not changed: a wrong one is withdrawn and written again.
//
//   - The plan of a financial year has steps by quarter with the day on which each is due, and when it was done.
//
//   - A pack is all of that as it was on the day, rendered once, with a SHA-256 of its text. The database refuses to
//     change it, and reading it computes the hash again.
//
// The OH lead writes; guardian and executives read, ask, and (the guardian) rate and close questions. Nothing here is
// about a person: figures have passed disclosure control before they are cited, owners are posts.
package assurance
