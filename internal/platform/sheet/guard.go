// Package sheet keeps files for spreadsheets harmless.
package sheet

import "strings"

// triggers begin a formula in one spreadsheet program or another; the last four
// are the full-width forms (OWASP, CSV injection).
var triggers = []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}

// guard is the apostrophe that tells a spreadsheet "this is text".
const guard = "'"

// Guard makes a cell that no spreadsheet takes for a formula. Unguard gives
// the cell back exactly, whatever it was, so that a file may go round.
func Guard(cell string) string {
	if triggered(strings.TrimLeft(cell, guard)) {
		return guard + cell
	}
	return cell
}

// Unguard takes one guard away, if there is one.
func Unguard(cell string) string {
	bare := strings.TrimLeft(cell, guard)
	if len(bare) < len(cell) && triggered(bare) {
		return cell[len(guard):]
	}
	return cell
}

func triggered(s string) bool {
	for _, t := range triggers {
		if strings.HasPrefix(s, t) {
			return true
		}
	}
	return false
}
