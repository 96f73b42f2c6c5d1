package report

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/report/clinicalword"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Content is the text of a report (clinical.md 1.10): what the person agrees to and the manager reads, to the
// byte. The database compares it, and reads the adjustments by these JSON names.
type Content struct {
	Header        Header       `json:"header"`
	Summary       string       `json:"summary"`
	Answers       []Answer     `json:"answers"`
	Fitness       string       `json:"fitness"`
	FitnessDetail string       `json:"fitness_detail"` // timescale, limits of redeployment, evidence awaited: as the code demands
	EffectiveOn   civil.Date   `json:"effective_on,omitzero"`
	Adjustments   []Adjustment `json:"adjustments"`
	EqualityAct   string       `json:"equality_act"`
	Outlook       string       `json:"outlook"`
	WorkRelated   string       `json:"work_related"`
	ReviewOn      civil.Date   `json:"review_on,omitzero"`
}

// Header says about whom, and by whom. It is made at signing, not typed.
type Header struct {
	Person        string              `json:"person"`
	Post          string              `json:"post"`
	SeenOn        civil.Date          `json:"seen_on,omitzero"`
	Mode          string              `json:"mode,omitempty"`
	Clinician     string              `json:"clinician"`
	ClinicianRole string              `json:"clinician_role"`
	Registration  access.Registration `json:"registration,omitempty"`
	SignedOn      civil.Date          `json:"signed_on,omitzero"`
}

// Answer is one question of the referral and the opinion on it.
type Answer struct {
	Code     string `json:"code"`
	Question string `json:"question"`
	Text     string `json:"text"`
	Declined bool   `json:"declined,omitempty"` // OH does not answer it: not a matter for the employer
}

// Adjustment is one change at work that is advised; the JSON is that of an outcome (casefile/note).
type Adjustment struct {
	Kind     string     `json:"kind"`
	Detail   string     `json:"detail"`
	StartsOn civil.Date `json:"start,omitzero"`
	EndsOn   civil.Date `json:"end,omitzero"`
}

// The code lists of clinical.md 1.10 that only a report has; fitness and adjustments are the packs of casefile/note.
var (
	EqualityActs = []string{"LIKELY", "UNLIKELY", "POSSIBLE", "DEEMED", notAddressed}
	WorkLinks    = []string{"YES", "PARTLY", "NO", notAddressed}
)

// notAddressed is what is said of a question that nobody asked: the report then has no row for it.
const notAddressed = "NOT_ADDRESSED"

// Addressed says whether the report has a row for an opinion of EqualityActs or WorkLinks.
func Addressed(code string) bool { return code != notAddressed }

// maxText bounds a box: about a page and a half, more than any one answer needs.
const maxText = 4000

// maxAdjustments bounds the table: a report that advises more says nothing a manager can act on.
const maxAdjustments = 12

// Encode writes the content as it is stored.
func (c Content) Encode() ([]byte, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("encode report: %w", err)
	}
	return b, nil
}

// Decode reads stored content.
func Decode(b []byte) (c Content, err error) {
	if err := json.Unmarshal(b, &c); err != nil {
		return c, fmt.Errorf("decode report: %w", err)
	}
	return c, nil
}

// Bounds finds what no draft may hold: a forged code, a text beyond the box.
func (c Content) Bounds() (f fault.Fields) {
	long := func(name, text string) {
		f.Long(name, text, maxText)
	}
	code := func(name, v string, list []string) {
		if v != "" && !slices.Contains(list, v) {
			f.Add(name, "report."+name+".empty")
		}
	}
	long("summary", c.Summary)
	for i, a := range c.Answers {
		long(AnswerName(i), a.Text)
	}
	code("fitness", c.Fitness, note.Fitness())
	long("fitness_detail", c.FitnessDetail)
	if len(c.Adjustments) > maxAdjustments {
		f.Add(AdjustmentName("kind", 0), "report.adjustments.many", "n", maxAdjustments)
	}
	for i, a := range c.Adjustments {
		if a.Kind != "" && !slices.Contains(note.Adjustments(), a.Kind) {
			f.Add(AdjustmentName("kind", i), "report.adjustment.kind.empty")
		}
		long(AdjustmentName("detail", i), a.Detail)
	}
	code("equality_act", c.EqualityAct, EqualityActs)
	code("work_related", c.WorkRelated, WorkLinks)
	long("outlook", c.Outlook)
	return f
}

// Check finds what keeps a report from being signed, in the order of the page. A report of "no opinion possible" needs
// its reason only.
func (c Content) Check(role access.Role, today civil.Date) fault.Fields {
	f := c.Bounds()
	need := func(name, v string) {
		if v == "" {
			f.Add(name, "report."+name+".empty")
		}
	}
	need("fitness", c.Fitness)
	c.checkFitness(&f, role, today)
	if c.Fitness != "NOT_ASSESSED" {
		need("summary", c.Summary)
		for i, a := range c.Answers {
			if a.Text == "" && !a.Declined {
				f.Add(AnswerName(i), "report.answer.empty", "question", a.Question)
			}
		}
		for i, a := range c.Adjustments {
			c.checkAdjustment(&f, i, a)
		}
		need("equality_act", c.EqualityAct)
		need("work_related", c.WorkRelated)
		need("outlook", c.Outlook)
	}
	f.Order(c.Boxes())
	return f
}

// Boxes are the fields of the page from top to bottom.
func (c Content) Boxes() []string {
	list := []string{"correction", "summary"}
	for i := range c.Answers {
		list = append(list, AnswerName(i))
	}
	list = append(list, "fitness", "fitness_detail", "effective_on")
	for i := range max(len(c.Adjustments), maxAdjustments) {
		for _, part := range []string{"kind", "detail", "start", "end"} {
			list = append(list, AdjustmentName(part, i))
		}
	}
	return append(list, "equality_act", "outlook", "work_related", "review_on")
}

// checkFitness holds the extra data that each fitness code demands (clinical.md 1.10).
func (c Content) checkFitness(f *fault.Fields, role access.Role, today civil.Date) {
	review := func() {
		if c.ReviewOn.IsZero() {
			f.Add("review_on", "report.review_on.empty")
		}
	}
	detail := func() {
		if c.FitnessDetail == "" {
			f.Add("fitness_detail", "report.fitness_detail."+c.Fitness)
		}
	}
	switch c.Fitness {
	case "FIT":
		if c.EffectiveOn.IsZero() {
			f.Add("effective_on", "report.effective_on.empty")
		}
	case "FIT_ADJ_TEMP", "FIT_ADJ_PERM":
		if len(c.Adjustments) == 0 {
			f.Add(AdjustmentName("kind", 0), "report.adjustments.empty")
		}
	case "UNFIT_TEMP", "FIT_PENDING":
		detail()
		review()
	case "UNFIT_PERM_ROLE", "NOT_ASSESSED":
		detail()
	case "UNFIT_PERM_ANY":
		if role != access.Physician {
			f.Add("fitness", "report.fitness.physician")
		}
	}
	if !c.ReviewOn.IsZero() && c.ReviewOn.Before(today) {
		f.Add("review_on", "report.review_on.past")
	}
}

func (c Content) checkAdjustment(f *fault.Fields, i int, a Adjustment) {
	if a.Kind == "" {
		f.Add(AdjustmentName("kind", i), "report.adjustment.kind.empty")
	}
	if a.Detail == "" {
		f.Add(AdjustmentName("detail", i), "report.adjustment.detail.empty")
	}
	if !note.Timed(a.Kind, a.Detail, !a.StartsOn.IsZero(), !a.EndsOn.IsZero()) {
		f.Add(AdjustmentName("end", i), "report.adjustment.end.phased")
	} else if c.Fitness == "FIT_ADJ_TEMP" && a.EndsOn.IsZero() && c.ReviewOn.IsZero() {
		f.Add(AdjustmentName("end", i), "report.adjustment.end.empty")
	}
	if !a.EndsOn.IsZero() && !a.StartsOn.IsZero() && a.EndsOn.Before(a.StartsOn) {
		f.Add(AdjustmentName("end", i), "report.adjustment.end.before")
	}
}

// Found is a clinical word in what the recipients would read, and the form field in which it stands.
type Found struct{ Word, Field string }

// Clinical finds the words that name a diagnosis, a treatment or a medicine, box by box in the order of the page. They
// warn and never block. The manager's own questions are the manager's words.
func (c Content) Clinical() (out []Found) {
	box := func(field, text string) {
		for _, w := range clinicalword.In(text) {
			out = append(out, Found{w, field})
		}
	}
	box("summary", c.Summary)
	for i, a := range c.Answers {
		box(AnswerName(i), a.Text)
	}
	box("fitness_detail", c.FitnessDetail)
	for i, a := range c.Adjustments {
		box(AdjustmentName("detail", i), a.Detail)
	}
	box("outlook", c.Outlook)
	return out
}

// AnswerName is the form field of the i-th answer, from 0.
func AnswerName(i int) string { return fmt.Sprintf("answer-%d", i+1) }

// DeclineName is the tick with which the i-th question, from 0, is declined.
func DeclineName(i int) string { return fmt.Sprintf("decline-%d", i+1) }

// AdjustmentName is the form field of one part of the i-th adjustment, from 0.
func AdjustmentName(part string, i int) string { return fmt.Sprintf("adjustment-%d-%s", i+1, part) }
