// Package shelf joins the shelf of a community of practice to the pathways and question sets of a service.
package shelf

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Templates lists the pathways that are in use and the question sets of a service, as a community takes them.
func Templates(ways *pathway.Service, sets *diagnostic.Service) func(context.Context, access.Actor) ([]library.Template, error) {
	return func(ctx context.Context, a access.Actor) (out []library.Template, err error) {
		all, err := ways.List(ctx, a)
		if err != nil {
			return nil, err
		}
		for _, w := range all {
			if !w.InUse || len(w.Steps) == 0 {
				continue
			}
			body := library.Way{Name: w.Name, Whom: w.Whom}
			for _, x := range w.Steps {
				body.Steps = append(body.Steps, library.Step(x))
			}
			text, err := json.Marshal(body)
			if err != nil {
				return nil, err
			}
			out = append(out, library.Template{Form: post.Pathway, ID: w.ID, Title: w.Name, Body: text})
		}
		found, err := sets.Sets(ctx, a)
		if err != nil {
			return nil, err
		}
		for _, x := range found {
			set, err := sets.FindSet(ctx, a, x.ID)
			if err != nil {
				return nil, err
			}
			body := library.Set{Name: set.Name}
			for _, q := range set.Questions {
				body.Questions = append(body.Questions, library.Question(q))
			}
			text, err := json.Marshal(body)
			if err != nil {
				return nil, err
			}
			out = append(out, library.Template{Form: post.Questions, ID: x.ID, Title: set.Name, Body: text})
		}
		return out, nil
	}
}

// Copied makes a copy of a template in a service, by the commands by which the service makes its own.
func Copied(ways *pathway.Service, sets *diagnostic.Service) func(context.Context, access.Actor, time.Time, library.Template) (string, error) {
	return func(ctx context.Context, a access.Actor, at time.Time, t library.Template) (string, error) {
		if t.Form == post.Pathway {
			var w library.Way
			if err := json.Unmarshal(t.Body, &w); err != nil {
				return "", fmt.Errorf("read a template: %w", err)
			}
			steps := make([]pathway.Step, len(w.Steps))
			for i, x := range w.Steps {
				steps[i] = pathway.Step(x)
			}
			return "/plan/pathways/" + t.ID.String(), ways.Take(ctx, a, at, t.ID, w.Name, w.Whom, steps)
		}
		// A template of questions is JSON, which is YAML: the file that a service takes in by hand.
		set, err := sets.Import(ctx, a, at, t.Title+".yaml", bytes.NewReader(t.Body))
		var refused *sheet.Refused
		if errors.As(err, &refused) {
			return "", fault.New(fault.Conflict, "library.refused")
		}
		return "/need/questions/" + set.ID.String(), err
	}
}
