// Package call is what a nation asks of organisations, and what comes of it: a survey whose questions they answer, or a call for case
// studies (package collection).
//
//	draft --publish--> published --(its last day)--> closed --say what came of it--> answered
//	  |                    |
//	  +------withdraw------+--> withdrawn
//
// A published call is read by the lead of every organisation below the nation, who works in their own tenant. An answer is handed over:
// it is written into the nation's tenant, once, with the organisation's name or without, and kept with the organisation as it left. The
// nation reads answers; no organisation reads another's. What the nation heard and what it did is told to all, whoever answered first.
package call
