// Package person is the workforce record: who works here and in which posts. The truth is the employer's own
// human resources system; the record follows its staff feed (person/staffcsv) and is never edited by hand here.
//
// An import compares the feed with the record and applies the differences in one transaction behind the employer
// wall, so everybody who looks sees the old record or the new one:
//
//   - People are known by employee number within their organisation. Two people of the same name and birthday
//     stay two; nothing is ever merged on a name.
//   - A person whom the feed no longer has, or whose posts have all ended, is a leaver: left_on is the first day
//     on which they no longer work here. Their record stays, because occupational health keeps theirs. One who
//     comes back under the same number is the same person again.
//   - A post that the feed no longer has has ended.
//   - Nobody leaves and no post ends by absence from a file with rejected rows: the rejected row may be theirs.
//   - A file that lacks more than a tenth of those who work here is taken for one cut off, and refused whole. An
//     employer who really loses so many feeds them with end dates first.
//   - A manager who is in neither file nor record leaves the post without one, and the report says so.
//   - The same file again on the same day changes nothing. A dry run reports what an import would do.
//
// The safe contact is the person's own and no feed touches it.
//
// ends_on and left_on are the first day after; the feed's end date is the last day in post.
package person
