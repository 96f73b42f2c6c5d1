// Package improvement holds what the tools beside the plan share. Each tool is a package of its own:
//
//   - catalogue: thirty interventions as data, and the balance of spend, staff time and contacts by class of work;
//   - pathway: the way through the service as it is meant to be, held against the time measured;
//   - maturity: frameworks of five levels, ours and local, with ratings over time;
//   - cycle: small steps inside an action of the plan: aim, measures, plan, do, study, act.
//
// The head of occupational health writes; the guardian and executives read. Every change is audited in its own
// transaction, nothing is deleted, and everything works without care data.
package improvement
