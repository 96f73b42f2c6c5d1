// Package delegation says whom a manager may refer: the people whose live post names them, and those whom a
// confirmed delegation puts under them for a time.
//
// Somebody who is not on the list is asked for: who, why, from when to when, a quarter at most. HR of the
// organisation or an administrator of its OH service confirms or refuses, never the manager or the person
// concerned. The person is told when it is confirmed; the manager is told either way. A delegation ends by
// itself on its last day.
package delegation
