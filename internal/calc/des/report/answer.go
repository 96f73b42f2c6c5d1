package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
)

// Answer is what "rowan simulate" prints: the result of the scenario, or of the base where there is none.
type Answer struct {
	*Result
	Seed     uint64  `json:"seed"`
	Unit     string  `json:"unit,omitempty"`
	Scenario string  `json:"scenario,omitempty"`
	Base     *Result `json:"base,omitempty"`
	Deltas   *Deltas `json:"deltas,omitempty"`
}

// Text writes the answer as tables.
func (a *Answer) Text(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	if a.Scenario != "" {
		fmt.Fprintf(t, "Scenario %s\n", a.Scenario)
	}
	a.table(t, a.Unit)
	if a.Deltas != nil {
		a.Deltas.table(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, warning := range a.Warnings {
		if _, err := fmt.Fprintln(w, "Warning:", warning); err != nil {
			return err
		}
	}
	return nil
}

func (r *Result) table(t io.Writer, unit string) {
	times := "the model's unit"
	if unit != "" {
		times = unit + "s"
	}
	fmt.Fprintf(t, "Replications %d, people %d; times in %s\n\n", r.Replications, r.Customers, times)
	fmt.Fprint(t, "\twait\tse\tp50\tp90\tp95\tqueue\tutilisation\tthroughput\tabandoned\t\n")
	for _, name := range slices.Sorted(maps.Keys(r.Stations)) {
		s := r.Stations[name]
		s.row(t, name)
		if len(s.Classes) > 1 {
			for _, class := range slices.Sorted(maps.Keys(s.Classes)) {
				c := s.Classes[class]
				c.row(t, name+", "+class)
			}
		}
	}
	s := r.Sojourn
	fmt.Fprintf(t, "sojourn\t%s\t%s\t%s\t%s\t%s\t\t\t\t\t\n", show(s.Mean), show(s.SE), show(s.P50), show(s.P90), show(s.P95))
	if len(r.Series) == 0 {
		return
	}
	fmt.Fprint(t, "\nweek\tlist\tlow\thigh\twithin %\tlow\thigh\t\n")
	for i, p := range r.Series {
		if every := max(1, len(r.Series)/20); (i+1)%every == 0 || i == len(r.Series)-1 {
			fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t\n", p.Week, show(p.List.Mean), show(p.List.Low), show(p.List.High),
				show(p.Within.Mean), show(p.Within.Low), show(p.Within.High))
		}
	}
}

func (s *Station) row(t io.Writer, name string) {
	fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", name, show(s.Wait.Mean), show(s.Wait.SE), show(s.Wait.P50), show(s.Wait.P90),
		show(s.Wait.P95), show(s.Queue), show(s.Utilisation), show(s.Throughput), show(s.Abandoned))
}

func (d *Deltas) table(t io.Writer) {
	fmt.Fprint(t, "\nscenario minus base\tmean\tse\tlow\thigh\t\n")
	row := func(what string, x Delta) {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t\n", what, show(x.Mean), show(x.SE), show(x.Low), show(x.High))
	}
	for _, name := range slices.Sorted(maps.Keys(d.Stations)) {
		s := d.Stations[name]
		row(name+", wait", s.Wait)
		row(name+", queue", s.Queue)
		row(name+", utilisation", s.Utilisation)
		row(name+", throughput", s.Throughput)
		row(name+", abandoned", s.Abandoned)
	}
	row("sojourn", d.Sojourn)
	if n := len(d.Series); n > 0 {
		row(fmt.Sprintf("list after week %d", n), d.Series[n-1].List)
	}
}

func show(x *float64) string {
	if x == nil {
		return "-"
	}
	return fmt.Sprintf("%.4g", *x)
}
