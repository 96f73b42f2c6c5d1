package survey

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/growth/series/intake"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey/surveyfile"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// ImportFile takes in a file of this machine: `rowan import survey FILE.csv`.
func (s *Service) ImportFile(ctx context.Context, a access.Actor, at time.Time, path string, dry bool) (intake.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return intake.Report{}, fmt.Errorf("open survey file: %w", err)
	}
	defer f.Close()
	return s.Import(ctx, a, at, filepath.Base(path), f, dry)
}

// Import takes in a file of either layout, all or nothing, as series.Service.Import does.
func (s *Service) Import(ctx context.Context, a access.Actor, at time.Time, name string, r io.Reader, dry bool) (intake.Report, error) {
	report, err := intake.New(intake.Survey, a, at, name)
	if err != nil {
		return report, err
	}
	file := sheet.NewHashed(r)
	g := &gathered{report: &report, wordings: map[string]string{}, results: map[key]stored{}, answers: map[key]int{}}
	if report.Rows, err = surveyfile.Parse(file, g); err != nil {
		return report, err
	}
	sum, err := file.Sum()
	if err != nil {
		return report, err
	}
	err = s.d.DB.InTenantDry(ctx, a, dry, func(tx *postgres.Tx) error {
		if err := intake.Begin(ctx, tx); err != nil {
			return err
		}
		return g.store(ctx, tx, sum)
	})
	report.DryRun = dry && err == nil
	return report, err
}

type key struct {
	whose, question string
	year            int
	part, answer    string
}

// stored is a result as the table keeps it, comparable. place is the order of the answer in the file.
type stored struct {
	name      string
	place     int
	state     seriesfile.State
	share     float64
	responses int
}

type gathered struct {
	report   *intake.Report
	wordings map[string]string
	results  map[key]stored
	answers  map[key]int // how many answers a question has had, by whose and group
}

// Result keeps a result; a file gives the share of an answer once.
func (g *gathered) Result(r surveyfile.Result) error {
	k := key{r.Whose, r.Question, r.Year, r.Part, r.Answer}
	if _, twice := g.results[k]; twice {
		return r.Row.Fault("question", "survey.reject.twice")
	}
	group := key{whose: r.Whose, question: r.Question, year: r.Year, part: r.Part}
	g.results[k] = stored{r.PartName, g.answers[group], r.State, r.Share, r.Responses}
	g.answers[group]++
	if r.Wording != "" || g.wordings[r.Question] == "" {
		g.wordings[r.Question] = r.Wording
	}
	return nil
}

// Reject notes a row that was not taken.
func (g *gathered) Reject(err error) error { return g.report.Add(err) }

// store writes what is new or different. A file that changes nothing and was taken before leaves no trace.
func (g *gathered) store(ctx context.Context, tx *postgres.Tx, sum string) error {
	q, org := db.New(tx), tx.Actor.Organisation
	have, err := results(ctx, tx, "")
	if err != nil {
		return err
	}
	known, err := wordings(ctx, tx)
	if err != nil {
		return err
	}
	questions := db.UpsertQuestionsParams{OrganisationID: org, ImportID: g.report.ID}
	for _, c := range slices.Sorted(maps.Keys(g.wordings)) {
		if old, ok := known[c]; !ok || g.wordings[c] != "" && old != g.wordings[c] {
			questions.Question, questions.Wording = append(questions.Question, c), append(questions.Wording, g.wordings[c])
		}
	}
	p := db.UpsertResultsParams{OrganisationID: org, ImportID: g.report.ID}
	for _, k := range slices.SortedFunc(maps.Keys(g.results), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.whose, b.whose), cmp.Compare(a.question, b.question), cmp.Compare(a.year, b.year), cmp.Compare(a.part, b.part), cmp.Compare(a.answer, b.answer))
	}) {
		x := g.results[k]
		if old, ok := have[k]; ok && old == x {
			continue
		}
		p.Whose, p.Question, p.Year, p.Part, p.PartName = append(p.Whose, k.whose), append(p.Question, k.question), append(p.Year, int32(k.year)), append(p.Part, k.part), append(p.PartName, x.name)
		p.Answer, p.Place, p.State, p.Share = append(p.Answer, k.answer), append(p.Place, int32(x.place)), append(p.State, string(x.state)), append(p.Share, x.share)
		p.Responses = append(p.Responses, int32(x.responses))
	}
	g.report.Changed = len(p.Whose)
	if g.report.Changed+len(questions.Question) == 0 {
		before, ok, err := intake.Before(ctx, tx, intake.Survey, sum)
		if err != nil {
			return err
		}
		if ok {
			before.Same = true
			*g.report = before
			return nil
		}
	}
	if len(g.results) == 0 && g.report.Rejects.N == 0 {
		return &sheet.Refused{Key: "series.import.nothing"}
	}
	if err := intake.Record(ctx, tx, *g.report, sum); err != nil {
		return err
	}
	if err := q.UpsertQuestions(ctx, questions); err != nil {
		return fmt.Errorf("store questions: %w", err)
	}
	if err := q.UpsertResults(ctx, p); err != nil {
		return fmt.Errorf("store results: %w", err)
	}
	return audit.Append(ctx, tx, audit.Entry{At: g.report.At, Action: "survey.imported", Kind: "data_import", Object: g.report.ID,
		Detail: map[string]string{"rows": fmt.Sprint(g.report.Rows), "changed": fmt.Sprint(g.report.Changed), "rejected": fmt.Sprint(g.report.Rejects.N)}})
}

// results are what is stored of a question, or of all.
func results(ctx context.Context, tx *postgres.Tx, question string) (map[key]stored, error) {
	rows, err := db.New(tx).ListResults(ctx, db.ListResultsParams{OrganisationID: tx.Actor.Organisation, Question: question})
	if err != nil {
		return nil, fmt.Errorf("list survey results: %w", err)
	}
	out := make(map[key]stored, len(rows))
	for _, r := range rows {
		s := stored{name: r.PartName, place: int(r.Place), state: seriesfile.State(r.State)}
		if r.Share != nil {
			s.share = *r.Share
		}
		if r.Responses != nil {
			s.responses = int(*r.Responses)
		}
		out[key{r.Whose, r.Question, int(r.Year), r.Part, r.Answer}] = s
	}
	return out, nil
}

func wordings(ctx context.Context, tx *postgres.Tx) (map[string]string, error) {
	rows, err := db.New(tx).ListQuestions(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list survey questions: %w", err)
	}
	out := map[string]string{}
	for _, r := range rows {
		out[r.Question] = r.Wording
	}
	return out, nil
}
