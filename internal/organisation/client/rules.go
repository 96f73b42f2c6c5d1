package client

import (
	"net/mail"
	"regexp"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/organisation"
)

// Pack is content/packs/services.yaml, as far as contracts go.
type Pack struct {
	Version          int      `yaml:"version"`
	EffectiveFrom    string   `yaml:"effective_from"`
	Models           []string `yaml:"models"`
	Integration      []string `yaml:"integration"` // levels of our own scale, the lowest first
	Core             []string `yaml:"core"`
	UsualModel       string   `yaml:"usual_model"`
	UsualIntegration string   `yaml:"usual_integration"`
	UsualMonths      int      `yaml:"usual_months"`
}

// Kinds are the kinds of organisation that become clients, those that we expect most first.
var Kinds = []organisation.Kind{organisation.Practice, organisation.Employer, organisation.Provider, organisation.Trust}

// Terms is what a contract says.
type Terms struct {
	Model, Integration string
	Services           []string // of the core services, those that it covers
	From               civil.Date
	Last               civil.Date // the last day on which a new referral is taken; zero for no end
}

// New is a client to add, with who looks after its staff.
type New struct {
	ID            uuid.UUID
	Kind          organisation.Kind
	Name, ODS     string
	Terms         Terms
	Given, Family string // of who looks after its staff
	Email         string
}

// An ODS code is three to eight letters and digits: RWY, B81008.
var odsCode = regexp.MustCompile(`^[A-Z0-9]{3,8}$`)

// Lengths that hold what is real: the longest name of an NHS organisation is under 100 characters.
const (
	maxName = 120
	maxMail = 254 // RFC 5321
)

// Check says what is wrong with a client to add, in the order of the page.
func (p Pack) Check(n New, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Kinds, n.Kind) {
		f.Add("kind", "client.kind.empty")
	}
	name(&f, "name", n.Name)
	if n.ODS != "" && !odsCode.MatchString(n.ODS) {
		f.Add("ods", "client.ods.bad")
	}
	f = append(f, p.CheckTerms(n.Terms, today)...)
	name(&f, "given", n.Given)
	name(&f, "family", n.Family)
	if a, err := mail.ParseAddress(n.Email); err != nil || a.Address != n.Email || len(n.Email) > maxMail {
		f.Add("email", "client.email.bad")
	}
	return f
}

func name(f *fault.Fields, field, text string) {
	switch {
	case text == "":
		f.Add(field, "client."+field+".empty")
	case len([]rune(text)) > maxName:
		f.Add(field, "client.long", "n", maxName)
	}
}

// longest is how far ahead an end may lie: a year typed wrong is found.
const longest = 12 * 15

// CheckTerms says what is wrong with what a contract says.
func (p Pack) CheckTerms(t Terms, today civil.Date) (f fault.Fields) {
	if !slices.Contains(p.Models, t.Model) {
		f.Add("model", "client.model.empty")
	}
	if !slices.Contains(p.Integration, t.Integration) {
		f.Add("integration", "client.integration.empty")
	}
	if len(t.Services) == 0 || slices.ContainsFunc(t.Services, func(s string) bool { return !slices.Contains(p.Core, s) }) {
		f.Add("services", "client.services.empty")
	}
	switch {
	case t.From.IsZero():
		f.Add("from", "client.from.empty")
	case t.From.Before(today.AddMonths(-longest)) || t.From.After(today.AddMonths(longest)):
		f.Add("from", "client.from.far")
	}
	if !t.Last.IsZero() && !t.From.IsZero() {
		switch {
		case t.Last.Before(t.From):
			f.Add("last", "client.last.before")
		case t.Last.After(t.From.AddMonths(longest)):
			f.Add("last", "client.last.far")
		}
	}
	return f
}

// CheckLast says what is wrong with a day on which the last new referral is taken: the past is as it was.
func CheckLast(last, from, today civil.Date) (f fault.Fields) {
	switch {
	case last.IsZero():
		f.Add("last", "client.last.empty")
	case last.Before(today):
		f.Add("last", "client.last.past")
	case last.Before(from):
		f.Add("last", "client.last.before")
	case last.After(today.AddMonths(longest)):
		f.Add("last", "client.last.far")
	}
	return f
}
