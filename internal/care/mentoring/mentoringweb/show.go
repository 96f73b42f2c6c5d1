package mentoringweb

import (
	"context"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/icalendar"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// What leaves the two of a mentorship: days in a calendar, and counts for the lead.

func (p *pages) makeFeed(c *web.Context) error {
	return c.Done(p.s.MakeFeed(c.Ctx(), c.Actor, c.Now), "mentoring.feed.made", home)
}

func (p *pages) closeFeed(c *web.Context) error {
	return c.Done(p.s.CloseFeed(c.Ctx(), c.Actor, c.Now), "mentoring.feed.closed", home)
}

// feed answers the calendar of a private link. It says nothing but days.
func (p *pages) feed(c *web.Context) error {
	calendar, err := p.s.Calendar(c.Ctx(), c.R.PathValue("token"), c.Now, mentoring.Words{Name: c.T("mentoring.feed.name"), Day: c.T("mentoring.feed.day")})
	if err != nil {
		return err
	}
	c.Attach(icalendar.ContentType, "mentoring.ics")
	c.W.WriteHeader(http.StatusOK)
	return icalendar.Write(c.W, calendar)
}

func (p *pages) counts(c *web.Context) error {
	b, err := p.s.Board(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(countsPage(c.Page("mentoring.counts.title", home), b))
}

// told is a count as it is shown.
func told(ctx context.Context, n *int32) string {
	if n == nil {
		return locale.T(ctx, "mentoring.counts.few")
	}
	return locale.T(ctx, "mentoring.counts.about", "n", int(*n))
}

func monthTable(ctx context.Context, all []mentoring.Month) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "mentoring.counts.months"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "mentoring.counts.on"), locale.T(ctx, "mentoring.counts.mentorships"), locale.T(ctx, "mentoring.counts.waiting"), locale.T(ctx, "mentoring.counts.gained"))}
	for _, m := range all {
		t.Rows = append(t.Rows, nhsuk.Cells(locale.Date(m.On), told(ctx, m.Mentorships), told(ctx, m.Waiting), told(ctx, m.Gained)))
	}
	return t
}
