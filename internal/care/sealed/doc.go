// Package sealed is the list of the columns that hold the most sensitive text of the record, and the one way in and
// out of them.
//
// Row security and logins decide who may read. Sealing is for whoever is past both: somebody with a copy of the
// database, a backup, or a database administrator's rights. They find ciphertext; the key is in a folder that is not
// in the database (platform/seal).
//
// A column is sealed when it is of class D4 or D5 in database/dataclass.yaml, and only then: free text about
// somebody's health that stays inside occupational health, and what a professional writes for their own development. docs/adr/0006 says what is left out, and why. test/walls
// holds this list, the declaration and the migrated tables to each other.
//
// A ciphertext opens in its own cell only (service, table, column, row, class). One that was altered, or moved to
// another row, is an [Unreadable] fault: the page says that part of the record cannot be opened, and the log says
// which cell. Nothing else is shown in its place, so nobody takes another person's words for this person's.
//
// [Unreadable]: github.com/rowan-ohwb/rowan/internal/fault.Unreadable
package sealed
