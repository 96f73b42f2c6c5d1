// Package pulse asks the team of an OH service one question for a period, and tells how the team is when enough have answered.
//
// The lead sets a question and a period of two to six weeks; periods do not overlap, and a question that is set never changes.
// Each professional answers once, from 1 to 5. Nobody's answer has a name:
//
//   - who has answered is one table, how often each score was given another. They share the question alone. No answer has a row: it
//     adds one to a tally, in a transaction of its own that writes all five counts, so neither a time nor the order of rows leads from
//     one table to the other, in the database or in a backup of it.
//   - no login of the team reads the tally, and each reads of who answered its own account's row only. There is no audit row of an
//     answer: the time in it would lead back.
//   - while the period runs there is no result, for anybody, and the worker sees no tally: by the database's clock. When it is over
//     the worker counts, writes one result and deletes the tally: what is counted later is not there to be compared.
//   - the function that adds (answer_pulse) holds the rules a second time, for whoever comes past the commands: a score from 1 to 5, a
//     question that is open today and has no result, and never more answers than people who said that they answer.
//   - of fewer than 8 answers the result says that they were too few, and keeps nothing else. Of 8 and more it keeps the mean to the
//     nearest half and the number to the nearest 5 (the rule of calc/disclosure). There is no breakdown by role and no distribution,
//     so no two results differ by fewer than 8 people of one period.
//
// The result crosses to growth as a roll-up does: a table that the worker writes and that both sides read. Growth has no way to the
// answers. That is why they live here, on the clinical side, where the professionals work, and only a counted number leaves.
//
// What remains: an administrator of the database who reads both tables before and after an answer, or has a backup from before and
// one from after, sees what was added between. Who has the clinical login itself can say that people answer who do not exist, and
// answer for them.
package pulse
