package member

import (
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/match"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Lengths of what is written.
const (
	mostName    = 100
	MostAbout   = 500
	mostContact = 100
)

// Element is one of the framework.
type Element struct{ Code, Title string }

// ProfileIn is what somebody says of themselves.
type ProfileIn struct {
	Community                        uuid.UUID // that they join; the nearest above them where it is the nil id
	Profession                       string
	ShowHome, Alone, Mentors         string // "yes" or "no"
	Contact, About                   string
	Skills, Interests, Offers, Wants []string
}

// Check says what is wrong with a profile. It is read at many organisations, so it names nobody: contact is an address of the member's
// own, asked for by itself.
func (p Pack) Check(in ProfileIn, elements []Element, today civil.Date) (f fault.Fields) {
	if !slices.Contains(p.Professions, in.Profession) {
		f.Add("profession", "member.profession.empty")
	}
	for _, q := range []struct{ name, value string }{{"home", in.ShowHome}, {"alone", in.Alone}, {"mentors", in.Mentors}} {
		if q.value != "yes" && q.value != "no" {
			f.Add(q.name, "member."+q.name+".empty")
		}
	}
	codes := make([]string, len(elements))
	for i, e := range elements {
		codes[i] = e.Code
	}
	for _, q := range []struct {
		name          string
		list, allowed []string
	}{{"offers", in.Offers, codes}, {"wants", in.Wants, codes}, {"skills", in.Skills, p.Skills}, {"interests", in.Interests, p.Interests}} {
		if slices.ContainsFunc(q.list, func(x string) bool { return !slices.Contains(q.allowed, x) }) {
			f.Add(q.name, "member.list.bad")
		}
	}
	if f.Of("wants") == nil && slices.ContainsFunc(in.Wants, func(x string) bool { return slices.Contains(in.Offers, x) }) {
		f.Add("wants", "member.wants.both")
	}
	f.Long("about", in.About, MostAbout)
	if found := redaction.Scan(in.About, today); len(found) > 0 && f.Of("about") == nil {
		f.Add("about", "member.about.person", "words", found[0].Text)
	}
	if in.Contact != "" {
		if a, err := mail.ParseAddress(in.Contact); err != nil || a.Address != in.Contact || len(in.Contact) > mostContact {
			f.Add("contact", "member.contact.bad")
		}
	}
	return f
}

// Profile is a member as others read them.
type Profile struct {
	Account, Home                    uuid.UUID
	Name, HomeName, Profession       string
	Alone, Mentors, Moderates        bool
	Contact, About                   string
	Skills, Interests, Offers, Wants []string
	Joined, Confirmed                time.Time
}

// Path is their page.
func (p Profile) Path() string { return "/community/members/" + p.Account.String() }

// Due is the day from which on a profile is in no list until it is confirmed.
func (p Pack) Due(x Profile) civil.Date { return locale.Day(x.Confirmed).AddDays(p.ConfirmDays) }

// Listed says whether a profile is in lists and matched.
func (p Pack) Listed(x Profile, today civil.Date) bool { return today.Before(p.Due(x)) }

// Filter narrows the directory; what is empty asks nothing.
type Filter struct {
	Profession, Helps, Interest string
	Alone, Mentors              bool
}

// Shown lists who is listed and fits a filter, by name.
func (p Pack) Shown(all []Profile, today civil.Date, f Filter) (out []Profile) {
	for _, x := range all {
		if p.Listed(x, today) && (f.Profession == "" || x.Profession == f.Profession) && (f.Helps == "" || slices.Contains(x.Offers, f.Helps)) &&
			(f.Interest == "" || slices.Contains(x.Interests, f.Interest) || slices.Contains(x.Skills, f.Interest)) && (!f.Alone || x.Alone) && (!f.Mentors || x.Mentors) {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b Profile) int {
		if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
			return c
		}
		return strings.Compare(a.Account.String(), b.Account.String())
	})
	return out
}

// Score is how an organisation scored an element in its newest closed self-assessment; only what the results show.
type Score struct {
	Element string
	Percent float64
}

// The bands that can be offered.
const (
	Strong = "strong"
	Seeks  = "seeks"
)

// Band of a score; "" for what says nothing.
func (p Pack) Band(percent float64) string {
	switch {
	case percent >= float64(p.StrongFrom):
		return Strong
	case percent <= float64(p.SeeksTo):
		return Seeks
	}
	return ""
}

// Band is what an organisation offers of an element.
type Band struct {
	Home    uuid.UUID
	Element string
	Band    string
	Round   civil.Date
	Offered time.Time
	By      string
}

// person is a profile as matching takes it.
func person(x Profile, bands []Band) match.Person {
	p := match.Person{Account: x.Account, Home: x.Home, Name: x.Name, Profession: x.Profession, Alone: x.Alone, Mentors: x.Mentors, Interests: slices.Concat(x.Skills, x.Interests), Offers: x.Offers, Wants: x.Wants}
	for _, b := range bands {
		switch {
		case b.Home != x.Home:
		case b.Band == Strong:
			p.Strong = append(p.Strong, b.Element)
		default:
			p.Seeks = append(p.Seeks, b.Element)
		}
	}
	return p
}

// OpenIn is a community as its host describes it.
type OpenIn struct{ Name, About string }

// CheckOpen says what is wrong with it.
func CheckOpen(in OpenIn) (f fault.Fields) {
	f.Text("name", "member.open.name.empty", in.Name, mostName)
	f.Text("about", "member.open.about.empty", in.About, MostAbout*2)
	return f
}
