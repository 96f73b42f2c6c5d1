package past

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// text is what the referrer wrote. Of the optional parts as many are filled as the case says; an answer to OH
// fills them all.
func (s *story) text(at time.Time, full bool) json.RawMessage {
	t, m, day := textOf(s.c.Reason), s.m, locale.Day(at)
	parts := s.complete(at) / 20
	if full {
		parts = 5
	}
	out := sheet.Text{
		Person:   sheet.Person{ID: m.ID, Name: m.Name(), Title: m.Title, Band: m.Band, StaffGroup: m.Group, Department: m.Department, Team: m.Team, Site: m.Site, Hours: m.Hours},
		Referrer: sheet.Named{ID: s.referrer.ID, Name: s.referrer.Name(), Title: s.referrer.Title}, Reason: s.c.Reason, Why: t.why,
		Absence: sheet.Absence{Now: "no"}, Questions: t.questions, Told: sheet.Told{Done: "yes", On: day.AddDays(-1 - s.c.N%5), How: sheet.Hows[s.c.N%len(sheet.Hows)]}}
	if off := s.off(at); off > 0 {
		out.Absence = sheet.Absence{Now: "yes", First: day.AddDays(1 - off)}
	}
	spells, lost := 1+s.c.N%5, 4+s.c.N%40
	if parts > 0 && out.Absence.Now == "yes" {
		out.Absence.FitNote = day.AddDays(14)
	}
	if parts > 1 {
		out.Absence.Spells, out.Absence.Days = &spells, &lost
	}
	if parts > 2 {
		out.Demands = t.demands
	}
	if parts > 3 && m.Patients {
		out.Hazards = []string{"SHARPS", "INFECT"}
	}
	if parts > 4 {
		out.Tried = t.tried
	}
	for _, v := range s.referral.Viewers {
		if v != s.referrer.ID {
			for _, x := range append([]*cast.Member{m.Boss}, m.Org.HR...) {
				if x.ID == v {
					out.Viewers = append(out.Viewers, sheet.Named{ID: x.ID, Name: x.Name(), Title: x.Title})
				}
			}
		}
	}
	out.Told.Shown = out.Digest()
	b, err := json.Marshal(out)
	if err != nil {
		panic(err) // plain values
	}
	return b
}

// taught says whether the referrer had been to the course that helps before they wrote.
func (s *story) taught(at time.Time) bool {
	l, went := s.h.b.Lessons()[s.referrer.ID]
	return went && l.Course == cast.Helps && at.After(l.At)
}

// complete is how much of the form they filled in, per cent of its optional parts: more, once they were taught.
func (s *story) complete(at time.Time) int {
	if s.referral != nil && s.taught(at) {
		return min(100, s.c.Complete+40)
	}
	return s.c.Complete
}

// off is how many days the person had been off, the first counted; 0 where they are at work. Who was taught waits no longer.
func (s *story) off(at time.Time) int {
	if s.referral == nil || !slices.Contains([]string{"LTS", "RTW", "IHR", "STR"}, s.c.Reason) {
		return 0
	}
	if s.taught(at) {
		return 7 + s.c.N%12
	}
	return 21 + s.c.N%30
}

// version keeps a text of the referral.
func (s *story) version(text json.RawMessage, at time.Time) {
	r := s.referral
	s.texts = append(s.texts, referralVersionRow{r.Organisation, r.Service, r.ID, r.Version, r.Person, text, r.Referrer, at})
}
