package noteweb

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// Bounds of the boxes, in characters: a sentence or two each.
const (
	maxWords  = 1_000
	maxDetail = 500
)

type outcomeView struct {
	about
	Form form.Form
	ID   uuid.UUID
	Rows int // of adjustments
	// Hours is what the person is contracted for; the page works out a phased return from it.
	Hours float64
}

// phased says the usual phased return week by week, in hours.
func (v outcomeView) phased() string {
	var weeks []string
	for _, h := range note.PhasedReturn(v.Hours) {
		weeks = append(weeks, strconv.FormatFloat(h, 'f', -1, 64))
	}
	return strings.Join(weeks, ", ")
}

func (p *pages) outcomeGet(c *web.Context) error {
	if _, err := p.signed(c); err != nil {
		return err
	}
	v := outcomeView{about: aboutOf(c), ID: uuid.New(), Rows: 1, Form: form.Of(url.Values{})}
	var err error
	if v.Hours, err = p.s.Hours(c.Ctx(), c.Actor, c.Now, v.Case); err != nil {
		return err
	}
	form.SetDate(v.Form.Values, "effective", c.Now)
	return c.Render(outcomePage(c.Page("note.outcome.title", v.Back), v))
}

func (p *pages) outcomePost(c *web.Context) error {
	n, err := p.signed(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	v := outcomeView{about: aboutOf(c)}
	if v.Hours, err = p.s.Hours(c.Ctx(), c.Actor, c.Now, v.Case); err != nil {
		return err
	}
	if v.ID, err = uuid.Parse(f.Get("outcome")); err != nil {
		v.ID = uuid.New()
	}
	rows := compact(f.Values)
	if f.Get("do") == "more" {
		v.Form, v.Rows = f, min(rows+1, note.MaxAdjustments)
		return c.Render(outcomePage(c.Page("note.outcome.title", v.Back), v))
	}
	out := note.Outcome{ID: v.ID, Note: n.ID, Fitness: f.Get("fitness"), Effective: f.Date("effective", "note.effective.date"), Words: f.Get("words"), Review: f.Date("review", "note.review")}
	f.Limit("words", maxWords)
	for i := range rows {
		name, n := func(part string) string { return rowField(i, part) }, strconv.Itoa(i+1)
		f.Limit(name("detail"), maxDetail)
		out.Adjustments = append(out.Adjustments, note.Adjustment{Kind: f.Get(name("kind")), Detail: f.Get(name("detail")),
			Start: civil(f.Date(name("start"), "note.adj_start.date", "n", n)), End: civil(f.Date(name("end"), "note.adj_end.date", "n", n))})
	}
	f.Faults.Merge(out.Check(c.Actor.Role))
	f.Faults.Order(outcomeBoxes())
	if f.Bad() {
		v.Form, v.Rows = f, max(rows, 1)
		return c.Invalid(outcomePage(c.FormPage("note.outcome.title", v.Back, f), v))
	}
	return c.Done(p.s.Record(c.Ctx(), c.Actor, c.Now, v.Case, out), "note.flash.outcome", v.Back)
}

// outcomeBoxes are the fields of the page from top to bottom.
func outcomeBoxes() []string {
	list := []string{"fitness", "effective", "words"}
	for i := range note.MaxAdjustments {
		for _, part := range []string{"kind", "detail", "start", "end"} {
			list = append(list, rowField(i, part))
		}
	}
	return append(list, "review")
}

// rowField is the name of a field of the adjustment in a row, counted from 0.
func rowField(row int, part string) string { return fmt.Sprintf("adj-%d-%s", row, part) }

// rowFields are the fields of one adjustment.
var rowFields = []string{"kind", "detail", "start-day", "start-month", "start-year", "end-day", "end-month", "end-year"}

// compact moves filled rows of adjustments together, so that a row left empty in between is no fault, and counts them.
func compact(v url.Values) (n int) {
	for i := range note.MaxAdjustments {
		filled := false
		row := map[string]string{}
		for _, part := range rowFields {
			name := rowField(i, part)
			row[part] = v.Get(name)
			filled = filled || row[part] != ""
			v.Del(name)
		}
		if !filled {
			continue
		}
		for part, value := range row {
			v.Set(rowField(n, part), value)
		}
		n++
	}
	return n
}

func civil(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
