package campaign

import (
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Channels lists how a campaign reaches people.
var Channels = []string{"poster", "email", "intranet", "stand", "talk", "social", "champion"}

// Hopes lists what may be hoped of the referrals for the reason.
var Hopes = []string{"more", "fewer"}

// Every is the reason of a campaign that is about all of them.
const Every = "all"

// In is a campaign as it is written down.
type In struct {
	ID                       uuid.UUID
	Title, Audience, Message string
	Material                 string // address of its material; may be empty
	Reason                   string // code of a referral reason, or Every
	Hoped                    string
	Starts, Ends             civil.Date
}

// Campaign is one with what became of it.
type Campaign struct {
	In
	Made    time.Time
	Changed time.Time
	By      string
	Reached int
}

// Stage says where a campaign is: "planned", "running" or "over".
func (c Campaign) Stage(today civil.Date) string {
	switch {
	case today.Before(c.Starts):
		return "planned"
	case today.After(c.Ends):
		return "over"
	}
	return "running"
}

// Late says that what was hoped was written down after the campaign had begun.
func (c Campaign) Late(day func(time.Time) civil.Date) bool { return day(c.Made).After(c.Starts) }

// Path is its page.
func (c Campaign) Path() string { return "/campaigns/" + c.ID.String() }

// Lengths of what is written, and the longest campaign, in months: beyond a year it is what the service does anyway.
const (
	mostTitle   = 100
	mostText    = 1000
	mostAddress = 500
	longest     = 12
)

// Check says what is wrong with a campaign.
func Check(in In, reasons []Reason) (f fault.Fields) {
	f.Text("title", "campaign.title.empty", in.Title, mostTitle)
	f.Text("audience", "campaign.audience.empty", in.Audience, mostTitle)
	f.Text("message", "campaign.message.empty", in.Message, mostText)
	if u, err := url.Parse(in.Material); in.Material != "" && (err != nil || u.Scheme != "https" || u.Host == "" || len(in.Material) > mostAddress) {
		f.Add("material", "campaign.material.bad")
	}
	if in.Reason != Every && !slices.ContainsFunc(reasons, func(r Reason) bool { return r.Code == in.Reason }) {
		f.Add("reason", "campaign.reason.empty")
	}
	if !slices.Contains(Hopes, in.Hoped) {
		f.Add("hoped", "campaign.hoped.empty")
	}
	if in.Starts.IsZero() {
		f.Add("starts", "campaign.starts.empty")
	}
	switch {
	case in.Ends.IsZero():
		f.Add("ends", "campaign.ends.empty")
	case !in.Starts.IsZero() && (in.Ends.Before(in.Starts) || in.Ends.After(in.Starts.AddMonths(longest))):
		f.Add("ends", "campaign.ends.range")
	}
	return f
}

// Reach is how many a campaign reached by a channel on a day.
type Reach struct {
	Channel string
	On      civil.Date
	N       int
	By      string
}

// mostReach is more than any organisation has staff.
const mostReach = 1_000_000

// CheckReach says what is wrong with a number.
func CheckReach(r Reach, c Campaign, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Channels, r.Channel) {
		f.Add("channel", "campaign.channel.empty")
	}
	switch {
	case r.On.IsZero():
		f.Add("on", "campaign.on.empty")
	case r.On.Before(c.Starts) || r.On.After(today):
		f.Add("on", "campaign.on.range")
	}
	if r.N < 0 || r.N > mostReach {
		f.Add("n", "campaign.n.bad", "n", mostReach)
	}
	return f
}

// Audiences lists who hears a talk about working in occupational health.
var Audiences = []string{"school", "college", "university", "students", "colleagues", "public"}

// TalkIn is a talk as it is written down.
type TalkIn struct {
	ID        uuid.UUID
	On        civil.Date
	Place     string
	Audience  string
	Listeners int
}

// Talk is one with the enquiries that followed.
type Talk struct {
	TalkIn
	Enquiries int
	Counted   bool // somebody has counted the enquiries
	By        string
}

// mostPeople is more than any hall holds.
const mostPeople = 100_000

// CheckTalk says what is wrong with a talk.
func CheckTalk(in TalkIn, today civil.Date) (f fault.Fields) {
	switch {
	case in.On.IsZero():
		f.Add("on", "campaign.talk.on.empty")
	case in.On.After(today):
		f.Add("on", "campaign.talk.on.range")
	}
	f.Text("place", "campaign.place.empty", in.Place, mostTitle)
	if !slices.Contains(Audiences, in.Audience) {
		f.Add("audience", "campaign.heard.empty")
	}
	return append(f, CheckPeople("listeners", in.Listeners)...)
}

// CheckPeople says what is wrong with a number of people.
func CheckPeople(name string, n int) (f fault.Fields) {
	if n < 0 || n > mostPeople {
		f.Add(name, "campaign.n.bad", "n", mostPeople)
	}
	return f
}
