package handover

import (
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Pack is content/packs/exit.yaml, as far as records go.
type Pack struct {
	Items   []string `yaml:"items"`
	Sources []string `yaml:"sources"`
	Reasons []string `yaml:"reasons"`
	Instead []string `yaml:"instead"`
	Goes    []string `yaml:"goes"`
	Stays   []string `yaml:"stays"`
	Source  string   `yaml:"source"`
}

// Plan is a contract that ends, as clinicians see it.
type Plan struct {
	ID, Organisation  uuid.UUID
	Name              string
	Receiver, Contact string // "" while nobody said who takes over
	Nobody            bool   // nobody does
	ObjectionDays     int
	Told              civil.Date // the day on which people were told; zero: not yet
	Last, Until       civil.Date // last day for new referrals, first day of closed doors
}

// Open says whether anything may still be decided.
func (p Plan) Open(today civil.Date) bool { return p.Until.IsZero() || p.Until.After(today) }

// Objections is the last day on which somebody may say no before a file is made; zero while nobody was told.
func (p Plan) Objections() civil.Date {
	if p.Told.IsZero() {
		return civil.Date{}
	}
	return p.Told.AddDays(p.ObjectionDays)
}

// Waits says why no file can be asked for or made yet, as a key of words; "" for nothing.
func (p Plan) Waits(today civil.Date) string {
	switch {
	case p.Nobody:
		return "handover.wait.nobody"
	case p.Receiver == "":
		return "handover.wait.receiver"
	case p.Told.IsZero():
		return "handover.wait.told"
	case !p.Objections().Before(today):
		return "handover.wait.objections"
	}
	return ""
}

// Person is somebody with a record.
type Person struct {
	ID   uuid.UUID
	Name string
	Born civil.Date
	Word Word
	Open []Case
}

// Word is what somebody said about their record.
type Word struct {
	Said    string // "agreed" or "objected"; "" for nothing
	On      civil.Date
	Instead string
	By      string
}

// Case is an open case of theirs.
type Case struct {
	ID       uuid.UUID
	Received time.Time
	State    string
	Way      string // "transfer" or "ends"; "" where nobody decided
	Reason   string
	Decided  time.Time
}

// Choice is the decision as the page offers it: "transfer", a reason, or "".
func (c Case) Choice() string {
	if c.Way == "ends" {
		return c.Reason
	}
	return c.Way
}

// In is what is decided about somebody.
type In struct {
	Word    string
	On      civil.Date
	Instead string
	Choice  map[uuid.UUID]string // by open case
}

// Field is the name of the field of a case.
func Field(id uuid.UUID) string { return "case_" + id.String() }

// Check says what is wrong with it.
func (k Pack) Check(p Plan, who Person, in In, today civil.Date) (f fault.Fields) {
	switch in.Word {
	case "":
		if who.Word.Said != "" {
			f.Add("word", "handover.word.empty") // what was said is not unsaid
		}
	case "agreed", "objected":
		switch {
		case in.On.IsZero():
			f.Add("on", "handover.on.empty")
		case in.On.After(today) || in.On.Before(today.AddMonths(-24)):
			f.Add("on", "handover.on.far")
		}
		if in.Word == "objected" && !slices.Contains(k.Instead, in.Instead) {
			f.Add("instead", "handover.instead.empty")
		}
	default:
		f.Add("word", "handover.word.empty")
	}
	for _, c := range who.Open {
		switch choice := in.Choice[c.ID]; {
		case choice == "" && c.Way != "":
			f.Add(Field(c.ID), "handover.case.empty")
		case choice == "transfer" && (p.Nobody || p.Receiver == ""):
			f.Add(Field(c.ID), "handover.case.nobody")
		case choice == "transfer" && in.Word == "objected":
			f.Add(Field(c.ID), "handover.case.objected")
		case choice != "" && choice != "transfer" && !slices.Contains(k.Reasons, choice):
			f.Add(Field(c.ID), "handover.case.empty")
		}
	}
	return f
}

// Due is how many of something come due, as counted where they are kept.
type Due struct {
	N      int
	Source string
	On     civil.Date
	By     string
}

// mostDue is more than any service has.
const mostDue = 100_000

// CheckDue says what is wrong with a count.
func (k Pack) CheckDue(d Due, today civil.Date) (f fault.Fields) {
	if d.N < 0 || d.N > mostDue {
		f.Add("n", "handover.n.empty")
	}
	if !slices.Contains(k.Sources, d.Source) || d.Source == "none" && d.N > 0 {
		f.Add("source", "handover.source.empty")
	}
	if d.On.IsZero() || d.On.After(today) || d.On.Before(today.AddMonths(-6)) {
		f.Add("on", "handover.counted.empty")
	}
	return f
}

// File is a file of records that was asked for.
type File struct {
	ID           uuid.UUID
	Asked        time.Time
	AskedAccount uuid.UUID
	AskedBy      string
	Made         time.Time // zero: not yet
	MadeBy       string
	People, Size int
	SHA256       string
	Received     civil.Date // zero: no receipt yet
	Receiver     string
	Document     string // name of the receipt
	DocumentHash string
	KeptBy       string
}

// Receipt is what the receiver said.
type Receipt struct {
	On       civil.Date
	Receiver string
	SHA256   string
}

var hash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// longest holds a name with a role.
const longest = 120

// Check says what is wrong with it.
func (r Receipt) Check(f File, today civil.Date) (bad fault.Fields) {
	switch {
	case r.On.IsZero() || r.On.After(today):
		bad.Add("on", "handover.received.empty")
	case r.On.Before(locale.Day(f.Made)):
		bad.Add("on", "handover.received.early")
	}
	bad.Text("receiver", "handover.receiver.empty", r.Receiver, longest)
	switch {
	case !hash.MatchString(r.SHA256):
		bad.Add("sha256", "handover.sha256.empty")
	case r.SHA256 != f.SHA256:
		bad.Add("sha256", "handover.sha256.other")
	}
	return bad
}
