// Package awards asks for the pay awards of single years, and says what they are: one figure is of every year that has none of its own.
package awards

import (
	"context"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// Fields asks for each of some years.
func Fields(f form.Form, years []int) (out []templ.Component) {
	for _, y := range years {
		out = append(out, form.Text(f, form.Field{Name: pay.AwardName(y), Key: "payaward.year", Args: []any{"year", pay.YearName(y)}, Width: 5}))
	}
	return out
}

// Fill writes what is stored into the fields.
func Fill(v url.Values, of map[int]float64) {
	for y, x := range of {
		v.Set(pay.AwardName(y), locale.Plain(x))
	}
}

// Read takes what was typed for some years; what is no number is none, which the rules of the plan refuse.
func Read(f form.Form, years []int) (of map[int]float64) {
	for _, y := range years {
		text := strings.NewReplacer(",", "", " ", "", "%", "").Replace(f.Get(pay.AwardName(y)))
		if text == "" {
			continue
		}
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			x = math.NaN()
		}
		if of == nil {
			of = map[int]float64{}
		}
		of[y] = x
	}
	return of
}

// Say says them: "3.3% a year", or those of single years and the one of all others.
func Say(ctx context.Context, a pay.Awards, years []int) string {
	if len(years) > 0 && a.Same(pay.Awards{Every: a.In(years[0])}, years) {
		return locale.T(ctx, "payaward.every", "percent", locale.Plain(a.In(years[0])))
	}
	var each []string
	for _, y := range years {
		each = append(each, locale.T(ctx, "payaward.one", "percent", locale.Plain(a.In(y)), "year", pay.YearName(y)))
	}
	return locale.And(ctx, each)
}
