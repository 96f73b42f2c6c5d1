// Package network holds what organisations do together: sharing with an integrated care system and what it sees. The parts are the
// folders below; the test here goes through the pages of both sides.
package network
