// Package password holds what people prove themselves with: a password
// (argon2id), a code from an authenticator app (TOTP, RFC 6238) and ten
// recovery codes for the day the phone is lost.
//
// It compares in constant time and does the same work for an account that does
// not exist as for one that does, so that the time of an answer does not tell
// who has an account. Attempts are limited by the caller; accepted steps of a
// TOTP code and used recovery codes are recorded by the caller in the
// transaction of the sign-in, so that each works once.
package password
