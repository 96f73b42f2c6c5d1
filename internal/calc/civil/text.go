package civil

import (
	"fmt"
)

// String writes YYYY-MM-DD, the form of files and of the database.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Long writes "7 March 2026", the form of pages and letters.
func (d Date) Long() string {
	return fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year)
}

// MonthYear writes "March 2026", for a point that stands for a month.
func (d Date) MonthYear() string {
	return fmt.Sprintf("%s %d", d.Month, d.Year)
}

// MarshalText writes YYYY-MM-DD, and nothing for no date.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
