// Package member is a community of practice as its members see each other: who joined, what they say of themselves, and who fits whom.
//
// A community is hosted by an organisation above its members in the tree: an ICS, a region or the nation. Its rows are the host's. Nobody
// is in it until they join, as who they are where they work; leaving deletes what they wrote of themselves. A member reads and writes in
// the tables of the community and in no others of the host, by policies that ask the database who is a member (docs/adr/0012): what
// belongs to an organisation is opened to nobody.
//
// A profile says what the person wrote and agreed to show. It may not name anybody else: what looks like a person is refused. Once a year
// a member confirms it; one that was not confirmed is in no list. Matching (community/match) lays what one asks for beside what others
// are strong at. The self-assessment of an organisation takes part only when its lead offers it, as bands of its elements; what is too
// small to be shown in the results has no band.
//
// The host names moderators among the members, and may take somebody off the list.
package member
