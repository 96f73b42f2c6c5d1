package sample

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/growth/voice"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// read is how the team of the sample reads what people write; a comment that begins otherwise waits to be read.
var read = []struct{ begins, theme, tone string }{
	{"I felt listened", "respect", theme.Well}, {"Clear and kind", "informed", theme.Well}, {"I waited", "waiting", theme.Better},
	{"The report said", "report", theme.Well}, {"It helped", "confidence", theme.Well}, {"I would have liked", "respect", theme.Better},
}

const (
	// mostRead of the newest comments are read, and mostQuoted of those released: it takes well under a second.
	mostRead   = 60
	mostQuoted = 4
)

// told is what was done about it; the last is a draft.
var told = []struct {
	theme, said, did string
	ago              int
}{
	{"waiting", "You wait too long for a date.", "We opened a second clinic on Thursdays, and show on your page how long people wait.", 60},
	{"informed", "You did not know what happens after the appointment.", "Your page now says what comes next, and who does it.", 25},
	{"place", "You would like to be seen near where you work.", "We looked at rooms on two sites. One can be used from the spring; the other has no step-free way in.", 0},
}

// voices has the team read comments, release a few quotes, and the lead say what was done.
func (b *builder) voices(ctx context.Context) error {
	clinical := b.Services[0].Team[access.Lead][0].Actor(access.Clinical)
	s := feedback.New(feedback.Deps{DB: b.DB})
	r, err := s.Read(ctx, clinical, b.Now)
	if err != nil {
		return err
	}
	marked, quoted := 0, 0
	for _, c := range r.Comments {
		if marked == mostRead {
			break
		}
		for _, x := range read {
			if !strings.HasPrefix(c.Text, x.begins) {
				continue
			}
			marked++
			if err := s.Mark(ctx, clinical, b.Now.AddDate(0, 0, -1), c.ID, 0, feedback.Reading{Themes: []string{x.theme}, Tone: x.tone}); err != nil {
				return fmt.Errorf("read a comment: %w", err)
			}
			if c.Quotable && quoted < mostQuoted {
				quoted++
				if err := s.Release(ctx, clinical, b.Now, c.ID, b.ID("quote", quoted), c.Text); err != nil {
					return fmt.Errorf("release a quote: %w", err)
				}
			}
			break
		}
	}
	growth := b.Services[0].Team[access.Lead][0].Actor(access.Growth)
	v := voice.New(voice.Deps{DB: b.DB})
	for i, x := range told {
		at := b.Now.AddDate(0, 0, -x.ago)
		id := b.ID("said", i)
		e := voice.Entry{ID: id, Action: uuid.Nil, Theme: x.theme, Said: x.said, Did: x.did, Review: locale.Day(at).AddMonths(theme.List().Review)}
		if err := v.Keep(ctx, growth, at, e); err != nil {
			return fmt.Errorf("say what was done: %w", err)
		}
		if x.ago == 0 {
			continue
		}
		if err := v.Publish(ctx, growth, at.AddDate(0, 0, 1), id); err != nil {
			return fmt.Errorf("publish what was done: %w", err)
		}
	}
	return nil
}
