package postgres

import "time"

// Null is what a column that may be null takes: nil for the zero value, because what was not said is null, not empty.
func Null[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// Value reads such a column: the zero value for null.
func Value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// Stamp is a moment as the database keeps it: in UTC, to the microsecond. What is compared with a stored one is made so first.
func Stamp(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }
