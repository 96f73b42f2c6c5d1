package model

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/network"
)

// arrivals is how a class arrives, as it is written.
type arrivals struct {
	node    *yaml.Node
	poisson float64
	weekly  []float64 // expected on each weekday, Monday first
	monthly []float64 // expected in each month, January first
	factors []float64 // by month
	growth  float64   // a year: 0.03 is 3% more each year
	gap     des.Dist
	times   []float64
}

// mostGrowth is a bound on a slip of the pen: ten times as many each year.
const mostGrowth = 9

func (r *reader) arrivals(to *arrivals) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		to.node = n
		f := fields{
			"poisson":       number(&to.poisson, "poisson"),
			"weekly":        numbers(&to.weekly, "weekly", 7),
			"monthly":       numbers(&to.monthly, "monthly", 12),
			"month_factors": numbers(&to.factors, "month_factors", 12),
			"growth":        number(&to.growth, "growth"),
			"file":          func(n *yaml.Node) error { return r.times(n, &to.times) },
		}
		for kind, read := range distributions {
			f[kind] = func(n *yaml.Node) (err error) {
				to.gap, err = read(n)
				return err
			}
		}
		if err := object(n, "arrivals", f); err != nil {
			return err
		}
		ways := 0
		for _, set := range []bool{to.poisson != 0, to.weekly != nil, to.monthly != nil, !to.gap.IsZero(), to.times != nil} {
			if set {
				ways++
			}
		}
		switch varied := to.factors != nil || to.growth != 0; {
		case ways != 1:
			return errors.New("arrivals needs one of poisson (above 0), weekly, monthly, file or a distribution of the times between")
		case varied && (!to.gap.IsZero() || to.times != nil), to.factors != nil && to.monthly != nil:
			return errors.New("month_factors and growth go with poisson and weekly, growth with monthly too")
		case !(to.growth > -1 && to.growth <= mostGrowth):
			return fmt.Errorf("growth is %g: a share a year above -1 and at most %d", to.growth, mostGrowth)
		}
		for _, values := range [][]float64{to.weekly, to.monthly, to.factors, {to.poisson}} {
			for _, x := range values {
				if x < 0 || x > des.MostTime {
					return fmt.Errorf("%g arrivals are not from 0 to %g", x, des.MostTime)
				}
			}
		}
		return nil
	}
}

// spec gives the arrivals to an engine. A day has so many units of time; days is the length of the horizon.
func (a *arrivals) spec(start civil.Date, days int, day float64) network.Arrivals {
	if a.weekly != nil || a.monthly != nil || a.factors != nil || a.growth != 0 {
		return network.Arrivals{Daily: a.daily(start, days, day)}
	}
	return network.Arrivals{Rate: a.poisson, Gap: a.gap, Times: a.times}
}

// daily is the number expected on each day.
func (a *arrivals) daily(start civil.Date, days int, day float64) []float64 {
	out := make([]float64, days)
	for i := range out {
		d := start.AddDays(i)
		x := a.poisson * day
		switch {
		case a.weekly != nil:
			x = a.weekly[(d.Weekday()+6)%7]
		case a.monthly != nil:
			first := civil.Date{Year: d.Year, Month: d.Month, Day: 1}
			x = a.monthly[d.Month-time.January] / float64(first.AddMonths(1).DaysSince(first))
		}
		if a.factors != nil {
			x *= a.factors[d.Month-time.January]
		}
		if a.growth != 0 {
			x *= math.Pow(1+a.growth, float64(i)/365.25)
		}
		out[i] = x
	}
	return out
}

// times reads a file with one time a line, in the unit of the model from its start.
func (r *reader) times(n *yaml.Node, to *[]float64) error {
	var path string
	if err := text(&path, "file")(n); err != nil {
		return err
	}
	if r.files == nil {
		return errors.New("files cannot be read here")
	}
	data, err := r.files(path)
	if err != nil {
		return err
	}
	values := []float64{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for i := 1; lines.Scan(); i++ {
		word := strings.TrimSpace(lines.Text())
		if word == "" || word[0] == '#' {
			continue
		}
		x, err := strconv.ParseFloat(word, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("%s, line %d is not a time", path, i) // without the line: the file may be none of ours
		}
		if len(values) == network.MostTimes {
			return fmt.Errorf("%s has more than %d times", path, network.MostTimes)
		}
		values = append(values, x)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if len(values) == 0 {
		return fmt.Errorf("%s holds no times", path)
	}
	*to = values
	return nil
}
