// Package strategy keeps the plan of an organisation for the health and wellbeing of its staff: what they need, the
// objectives that answer it, and the actions that serve an objective.
//
// A need is proposed from a figure, which is cited, or from what people say, in words. People judge its importance (1 to
// 5) and its reach (percent of staff); nothing is ranked by itself.
//
//	proposed -> agreed | set aside      agreed -> met | set aside
//	set aside -> proposed               met -> agreed
//
// An objective belongs to one of the four drivers and one of the seven elements (content/packs/strategy.yaml), has a
// horizon, names the objective of the organisation that it serves, answers needs, and is measured by figures. It is
// withdrawn, with a reason, when nothing is being done for it any more.
//
// An action has a post as its owner, a class (preventative, diagnostic or treatment), planned days, a risk
// (likelihood times impact), what it costs and what it means for equality. The day on which it starts is the server's:
// a forecast of what it will change counts only if it was registered before.
//
//	planned -> started | stopped        started -> done | stopped
//
// To set aside, withdraw or stop something takes a reason. Nothing is deleted. The head of occupational health
// writes; the guardian and executives read. A page that shows something older than what is stored changes nothing
// and says so. Package board freezes the plan into versions and keeps what the board decided.
package strategy
