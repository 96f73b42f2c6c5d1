package joining

import (
	"net/mail"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Job is one to choose from.
type Job struct {
	Code     string `yaml:"code"`
	Group    string `yaml:"group"`    // staff group, as indicators count
	Patients bool   `yaml:"patients"` // meets patients
}

// Pack is content/packs/services.yaml, as far as staff lists go.
type Pack struct {
	LinkDays    int      `yaml:"link_days"`
	LinkMost    int      `yaml:"link_most"`
	WaitingDays int      `yaml:"waiting_days"`
	UsualHours  float64  `yaml:"usual_hours"`
	Small       []string `yaml:"small"`
	Jobs        []Job    `yaml:"jobs"`
}

// Codes lists the jobs.
func (p Pack) Codes() (out []string) {
	for _, j := range p.Jobs {
		out = append(out, j.Code)
	}
	return out
}

// Job finds one by its code.
func (p Pack) Job(code string) (Job, bool) {
	i := slices.IndexFunc(p.Jobs, func(j Job) bool { return j.Code == code })
	if i < 0 {
		return Job{}, false
	}
	return p.Jobs[i], true
}

// Someone is who puts themselves forward.
type Someone struct {
	ID            uuid.UUID
	Given, Family string
	Born          civil.Date
	Email, Job    string
}

// Name is how colleagues know them.
func (s Someone) Name() string { return s.Given + " " + s.Family }

// Bounds: longer is a mistake; nobody works before 14 (the Children and Young Persons Act lets nobody) or after 100.
const (
	maxName  = 100
	maxMail  = 254 // RFC 5321
	youngest = 14
	oldest   = 100
)

// Check says what is wrong with it, in the order of the page.
func (p Pack) Check(s Someone, today civil.Date) (f fault.Fields) {
	for _, n := range []struct{ field, text string }{{"given", s.Given}, {"family", s.Family}} {
		if n.text == "" {
			f.Add(n.field, "joining."+n.field+".empty")
		} else if len([]rune(n.text)) > maxName {
			f.Add(n.field, "joining.long", "n", maxName)
		}
	}
	switch {
	case s.Born.IsZero():
		f.Add("born", "joining.born.empty")
	case s.Born.After(today.AddMonths(-12*youngest)) || s.Born.Before(today.AddMonths(-12*oldest)):
		f.Add("born", "joining.born.bad")
	}
	if a, err := mail.ParseAddress(s.Email); err != nil || a.Address != s.Email || len(s.Email) > maxMail {
		f.Add("email", "joining.email.bad")
	}
	if _, known := p.Job(s.Job); !known {
		f.Add("job", "joining.job.empty")
	}
	return f
}
