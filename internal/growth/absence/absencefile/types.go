package absencefile

import "time"

// Rate is the published sickness absence of an organisation in a month.
type Rate struct {
	Organisation  string    // ODS code
	Month         time.Time // its last day
	StaffGroup    string
	DaysLost      float64
	DaysAvailable float64
}

// Reason is what one reason cost in a month.
type Reason struct {
	Month      time.Time
	StaffGroup string
	Code       string // level 1, "S10"
	DaysLost   float64
	Started    int // episodes that began in the month; NotCounted in published files
}

// NotCounted stands where a file gives days but no episodes.
const NotCounted = -1

// Episodes is what a trust's own report says of a staff group in a month.
type Episodes struct {
	Month         time.Time
	StaffGroup    string
	LongStarted   int // episodes that began in the month
	ShortStarted  int
	OpenStarted   int // of these, still open
	LongDaysLost  float64
	ShortDaysLost float64
}

// Sink takes the figures. Published rows arrive while the file is read, those
// of a trust's report at its end, ordered by month, staff group and code. An
// error stops the reading.
type Sink interface {
	Rate(Rate) error
	Reason(Reason) error
	Episodes(Episodes) error
}

// Summary says what was read. Rows are Accepted, Skipped or Rejected.
type Summary struct {
	Layout         string // "ESR absence report"
	Rows           int
	Accepted       int
	Skipped        int // not sickness, or cancelled
	Rejected       int // also those beyond the listed rejects
	First, Last    time.Time
	CompleteFrom   time.Time // a trust's report: the month before which it holds only what lasted into it
	DaysLost       float64
	Episodes       int
	Open           int // episodes not yet ended
	UnknownReasons int // rows counted as "not specified", which is a measure of data quality
	UnknownGroups  int // rows counted as "Other"
	DaysNotDates   int // rows whose days lost do not fit their dates: the report was probably cut to a period
}

// Reject is a row that was not counted. It never quotes the row.
type Reject struct {
	Line   int
	Column string // as in the file; empty when the whole row is at fault
	Reason string // a key of words
}

// maxRejects bounds the list; a file with more is the wrong file.
const maxRejects = 1000
