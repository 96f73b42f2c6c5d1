// Package questionset reads the questions of a diagnostic round from a file, CSV or YAML. It is pure: text in,
// questions and rejected rows out.
//
// A question is a code, which is its identity and stays with it over versions, a version, the sub-section it belongs to,
// a statement, guidance, evidence to look for, the kinds of organisation it applies to, and whether it is in the short
// form. Columns of CSV (any order, any case): code, version, subsection, statement, guidance, evidence, applies, short;
// the last four may be missing. YAML is the layout of content/packs/need-questions.yaml.
//
// A row that cannot be taken is listed with line, column and reason, never with its content; the others are taken. Codes
// that begin with OURS are the starter set's and no file may use them.
package questionset
