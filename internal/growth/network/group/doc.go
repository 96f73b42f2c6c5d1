// Package group is the groups that steer and do the work of a nation or an integrated care system: a steering group, task groups. Each
// has members, meetings with papers, a log of decisions, and actions with an owner and a day. Before a meeting there is a pack to print:
// what is open, what is to be decided, the papers, what was decided last.
//
// A decision is never changed; another one follows it. An action belongs to the meeting that agreed on it. The tenant is the
// organisation that leads (docs/nation.md).
package group
